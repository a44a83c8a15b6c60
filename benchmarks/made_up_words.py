"""The words and sentences of made-up news: all invented or of no one."""

from __future__ import annotations


def words(text: str) -> list[str]:
    return text.split()


def parts(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("|")]


LOCALES = words(
    """
    en_IN en_NG yo_NG ha_NG ig_NG tw_GH zu_ZA en_KE id_ID tr_TR vi_VN en_TH es_MX es_AR es_CO pt_BR
    en_PK it_IT fr_FR de_DE pl_PL ro_RO en_NZ az_AZ hr_HR nl_NL fi_FI en_GB en_US et_EE ga_IE sw
    cs_CZ sv_SE hu_HU es_ES
    """
)
CHINESE = (
    "Wang Li Zhang Liu Chen Yang Zhao Huang Wu Zhou Xu Sun Ma Zhu Hu Lin Guo He Gao Luo Lam Chan",
    "Wei Jian Min-nan Xiaoming Ying-wen Jing Lei Hui Yu-sheng Zhigang Mei-hua Tao Kam-lun Yi Xin",
)
KOREAN = (
    "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon",
    "Min-jun Ji-hoon Seo-yeon Ha-neul Sung-min Jae-in Soo-jin Hyun-woo Young-ho Eun-ji Bo-ra",
)
ARABIC = (
    "Mohammed Ahmed Abdullah Khalid Omar Fatima Salem Hassan Youssef Nasser Mona Layla Ibrahim "
    "Mahmoud Sami Rashid Abdul-Rahman Huda Faisal Tariq",
    "al-Sabah Al-Mansouri al-Khatib Al Thani Haddad El-Sayed bin-Rashid Al Humairi Mansour "
    "al-Bakri Darwish Ben Salah Bouazza El Idrissi Shehadeh Al-Otaibi",
)
RUSSIAN = (
    "Ivan Dmitry Sergei Olga Elena Nikolay Yulia Andrei Oleksandr Mykola Natalia Ruslan Aigerim",
    "Petrov Sokolov Orlova Kuznetsov Morozova Shevchenko Kovalenko Baimuratov Akhmetov Zhukova",
)
FIELDS = words(
    """
    Health Education Defence Finance Justice Trade Tourism Agriculture Energy Transport Labour
    Environment Housing Culture Fisheries Mining Youth Science Communications Industry Commerce
    Security Sport Planning Lands Irrigation Forestry Aviation Ports Statistics
    """
)
VALUES = words(
    """
    Democratic Liberal National People's Progressive United Freedom Justice Green Labour Socialist
    Republican Conservative Reform Unity Workers Popular Civic Patriotic
    """
)
BEASTS = words(
    """
    Lions Eagles Stars Tigers United City Rovers Wanderers Sharks Warriors Rangers
    """
)
PAPERS = words(
    """
    Times Post Herald Star Gazette Tribune Standard Observer Nation Guardian Mail
    """
)
FOREIGN = parts(
    """
    Frente Amplio | Acción Ciudadana | Partido Nuevo | La Razón | El Comercio | El Debate | La
    Prensa Libre | Nación Unida | Movimiento al Cambio | Jamaat-e-Amal | Majlis Watan | Al Wasat |
    Al Yaum | Nowa Polska | Tisza Kör | Nova Gazeta | Vecherniy Kurier | Bharat Sena | Jan Morcha |
    Poribesh Andolon | Pheu Chart | Umkhonto Sethu | Amandla Trust | Aksi Rakyat | Parti Maju | Le
    Courrier | Union Populaire | Den Dagen
    """
)
EVENTS = parts(
    """
    {city} Film Festival | {city} Declaration | {country} Open | World Cup | Olympic Games | Climate
    Summit | {city} Accords | National Day | Ramadan | Eid al-Fitr | Holy Week | Diwali | {city}
    Marathon | Operation {word} | Battle of {city} | World War II | {word} Prize | Copa {word}
    """
)
THINGS = parts(
    """
    COVID-19 | Ebola | {word} X3 | {word} Pro | Land Reform Act | Companies Act | Criminal Code |
    {word} Bill | Penal Code | {word} 900 | Vision 2030 | Article 14 | Constitution | {word} Project
    | Omicron
    """
)
WORKS = parts(
    """
    The Long River | Songs of Salt | A House in {city} | Dust and Rain | Mother of Stars
    """
)
FAITHS = words(
    """
    Muslim Christian Catholic Hindu Jewish Buddhist Protestant Sunni Shia Sikh
    """
)
TITLES = parts(
    """
    Minister | Governor | Dr | Dr. | Mr | Mrs | Ms | Prof. | President | Prime Minister | Senator |
    Judge | Chief | Gen. | Advocate | Colonel | Mayor | Foreign Minister | Councillor | Engineer |
    Bishop | Commissioner | Inspector | MP
    """
)
ROLES = parts(
    """
    spokesman | director | chairman | secretary general | head of sales | a resident | chief
    executive | founder | Managing Director | Chief Executive Officer | Head of Research | Deputy
    Director General | CEO | a farmer | Secretary General | a teacher | a lawyer | the coach |
    Chairperson | board member | a student
    """
)
DEMONYMS = words(
    """
    Kenyan Nigerian Indian Thai Chilean Chinese Israeli Palestinian Egyptian Mexican Ghanaian Korean
    Japanese Peruvian Iranian Russian Ukrainian Turkish French German British American Australian
    Canadian Colombian Argentine Malaysian Indonesian Pakistani Bangladeshi Syrian Omani Qatari
    Saudi Emirati Namibian Ethiopian Algerian Moroccan Cuban Brazilian African European Arab
    """
)
OF_PLACES = parts(
    """
    {place} district | {place} Province | Lake {place} | {place} River | Mount {place} | {place}
    Valley | {place} Island | {place} region | Port of {place} | {place} International Airport |
    {place} Bridge | {place} Road | North {place} | {place} County | {place} Prison | {place}
    Hospital | {place} National Park | Upper {place} | San {place} | {place} Market | {place} Square
    """
)

COMPANIES = words(
    """
    Ltd Group Holdings Bank Airlines Inc Energy Chemicals Motors Foods Steel Mining Oil Media Press
    Pharma Textiles Telecom Shipping Capital Insurance Railways Plc Corporation Resources Studios
    """
)
OFFICES = words(
    """
    Inspectorate Directorate Secretariat Tribunal Bureau Office Service Authority Agency Commission
    Council Alliance Union Trust Institute Centre Fund Network Coalition Movement Board Committee
    Chamber Initiative Society Association Forum Corps Court Front
    """
)
SENTENCES = """
{p1} said on {day} that the {o1} would not sign the agreement.
{t} {p1}, {role} of {o1}, told {paper} that prices had doubled in {c1} since {month}.
"We have waited for ten years," {l1} said.
"This is not about money," said {l1}, who was born in {c2}.
{l1} added that {o2} had ignored every letter.
{l2} denied the claim.
{p2}, {role} at {o2}, could not be reached for comment.
The {o1} ({a1}) opened an office in {c1}, {k1}.
{a1} officials met {l2} in {c2} on {day}.
{a1} said in a statement that the talks with {o2} had failed.
According to {a1}, more than 300 families fled from {c1} to {c2}.
{c1}, {month} 12 ({paper}) -- The {o1} has approved a loan for {k1}.
{C1} ({paper}) - {p1} arrived in {c2} for a visit of three days.
{c1}: The {o1} yesterday handed over 40 wheelchairs to the {o2}.
The {d1} government has asked {k2} for help.
{d1} police arrested {p2} near {x1} late on {day}.
Police in {c1} said {l2}, 34, was taken to {x2}.
The accident took place on {x1}, between {c1} and {c2}.
{k1} and {k2} signed the {e1} in {c2}.
{l1} will represent {k1} at the {e1} next {month}.
During the {e1}, {p2} sang a song from "{w1}".
{w1}, a novel by {p2}, won the {e1} last year.
{o2} sells the {g1} in {k1}, {k2} and {c1}.
The {g1} was passed by the {o1} in 2019.
Under the {g1}, a {f1} school may receive money from the State.
The outbreak of {g1} forced {o2} to close its plant in {x2}.
The {f1} community of {c1} has lived there for 200 years.
Hundreds of {d1}s marched to the {o1}.
{p3} of {o2} thanked {l1} for his support.
{p1}, {p2} and {p3} were present at the ceremony.
"{k1} is a partner," {o2} {role} {p3} said.
{o1} chief {p1} and {o2} president {p2} shook hands.
{c2} coach {p3} praised {o3} after the match.
{o3} beat {o4} 2-1 in {c1} on {day}.
{l3} scored twice for {o3}.
{o4} are second in the table with 31 points.
{o3}'s new stadium, built by {o2}, will be opened by {t} {p1}.
Shares of {o2} fell by 4 per cent in {c2}.
{o2}, which is based in {c1}, has 400 workers.
{o2} has been sold to {o4} for US$30 million.
"{o2} never paid us," {l3} told {paper}.
The company, {o2}, did not respond.
The {a1}'s lawyer, {p3}, called the ruling "a shame".
In {month}, {a1} asked the {o4} for a report about {x1}.
Reporters from {paper} were not allowed into {x2}.
{paper} reported that {l2} had left {k1} for {k2}.
{l2}'s wife lives in {c2}, {k2}.
The head of {o4}'s {c1} office, {p3}, resigned.
Ambassador of {k2} to {k1} {p2} visited {x1}.
The {d1} Embassy in {c2} did not answer.
The {d1} Foreign Ministry summoned the ambassador of {k2}.
He studied at the {u1} and worked for {o2}.
{p2} joined the {u1} in 1998.
Students of {u1} marched through {c1}.
The {y1} won 31 seats, the {y2} 22.
{y1} leader {p3} refused to join a coalition with the {y2}.
A {y1} senator, {p2}, walked out.
{l3} ({y2}) voted against the {g1}.
In the {x1} area, residents say the {a1} has done nothing.
Heavy rain hit {c1}, {c2} and {x2}.
The road from {c1} to {x1} is closed.
Tourists from {k2} prefer {x2}.
"I love {c2}," wrote {l3} on Facebook.
The {u1}'s {p2} said the virus had reached {k1}.
The {o1} and the {o2} have signed a Memorandum of Understanding.
The Minister of {field}, {t} {p1}, said the {o1} would build 20 schools.
{field} Minister {p1} told Parliament that the Government had no plan.
The High Court in {c1} sentenced {p3} to five years.
{p3}, 52, pleaded not guilty.
{l3}'s lawyer said his client was ill.
{t} {l3} was born in {x1}.
{t} {l1} also thanked the {o4}.
It is the first time that {l1} has spoken of {o2}.
When {l2} came to {k1}, nobody knew {a1}.
Photo: {p3} / {paper}
By {p2}, {paper}
{p1} in {c1}
Read more: {o2} opens plant in {c1}
{C1} - {O1} CLOSES SCHOOLS IN {C2}
{O2}: We Never Paid {l2}
Subscribe now to the newsletter of {paper}.
https://www.example.com/news/{c1}-story-1
"We are ready," said {l2}.
"It was a hard year," said {p3}.
"That is all," {l3} said, adding that the {o1} would meet in {month}.
A leak at a {o2} plant near {c1} killed all fish in the river {q1}.
The {o2} plant in {c2} was sold, {paper} reported.
Workers of {o2} and a {o4} driver stopped the traffic on {x1}.
The river {q1} and the village of {q2} belong to {c1}.
She moved from {q2} to {c1}, {k1}, with her sister {p3}.
It was built by the {l2} family during the {l1} years.
{q2}-based {o2} will merge with {a1}, {c1} Mayor {l2} said.
The opposition {y1} called for the resignation of {field} Minister {p2}.
Its leader, {p3}, said that {l2} had known about it.
Chief inspector {p2} of the {o1} told a news conference in the capital.
{o1} Says New Rules Will Help {c1}
{p1} Wins Vote As {k1} Waits For {o2}
New Plant Of {o2} To Open In {q2} Next Year
Why {k1} Is Not Ready For The {e1}
{d1} Minister In Talks With {k2} Over {x1}
1) {p1}; $17.8 billion
2. {k1}
3. {p2} ({k2}) 2hr 13min
{a1}: Congratulations. How did you hear about it?
{l1}: I read it in the {paper}.
Also read: Five things to know about {p3}
The Prosecution asked the Court for more time.
The Kingdom's ministers, the Members of Parliament and the Head of State stood up.
The Deputy Chairman of the Board for Technical Affairs and Digital Services left.
There is no Plan B, the Chairman said.
The CEO said GDP would grow by 3 per cent in Phase 2.
Why do we need another report? It is simple.
Mothers, fathers and children stood in line for hours.
However, nothing has changed since the First Lady left.
"""
