"""Adjectives and nouns of nationality, people and faith: names, but of no person or place."""

from __future__ import annotations

_FORMS = """
Abkhaz Abkhazian Afghan African Afrikaner Albanian Algerian Alsatian American Andorran Angolan
Antiguan Arab Arabian Arabic Aramaic Argentine Argentinean Argentinian Armenian Aryan Asian
Assamese Assyrian Australasian Australian Austrian Azerbaijani Azeri Aztec Bahamian Bahraini
Balinese Balkan Balochi Baltic Bangladeshi Bantu Barbadian Bashkir Basque Basotho Bavarian Bedouin
Belarusian Belarussian Belgian Belizean Bengali Beninese Berber Bhutanese Bolivian Bosniak Bosnian
Botswanan Brazilian Breton Briton British Bruneian Bulgarian Burkinabe Burmese Burundian Byzantine
Californian Cambodian Cameroonian Canadian Cantonese Cape-Verdean Caribbean Castilian Catalan
Celtic Chadian Chechen Chilean Chinese Circassian Colombian Comorian Congolese Cornish Corsican
Cossack Costa-Rican Creole Croat Croatian Cuban Cypriot Czech Czechoslovak Dagestani Danish Dane
Dominican Dutch Ecuadorian Ecuadorean Egyptian Emirati Englishman English Eritrean Estonian
Ethiopian Eurasian European Faroese Fijian Filipino Filipina Finn Finnish Flemish Floridian French
Frenchman Fulani Gabonese Gaelic Galician Gambian Gazan Georgian German Germanic Ghanaian
Gibraltarian Greek Greenlandic Grenadian Guatemalan Guinean Gujarati Guyanese Haitian Hausa
Hawaiian Hispanic Honduran Hungarian Iberian Icelandic Icelander Igbo Indian Indonesian Ingush
Inuit Inuk Iranian Iraqi Irish Irishman Israeli Israelite Italian Ivorian Jamaican Japanese
Javanese Jordanian Kashmiri Kazakh Kenyan Khmer Korean Kosovan Kosovar Kurd Kurdish Kuwaiti Kyrgyz
Lao Laotian Latin Latina Latino Latvian Lebanese Lesothan Levantine Liberian Libyan Lithuanian
Londoner Luxembourgish Macedonian Malagasy Malawian Malay Malayali Malaysian Maldivian Malian
Maltese Manchu Manx Maori Marathi Mauritanian Mauritian Maya Mayan Mediterranean Melanesian Mexican
Moldovan Monegasque Mongol Mongolian Montenegrin Moor Moorish Moroccan Mozambican Muscovite
Namibian Nauruan Navajo Nepalese Nepali Nicaraguan Nigerian Nigerien Nordic Norman Norse Norwegian
Omani Oromo Ossetian Ottoman Pakistani Palauan Palestinian Panamanian Papuan Paraguayan Parisian
Parsi Pashtun Persian Peruvian Philippine Pole Polish Polynesian Portuguese Prussian Punjabi Qatari
Quebecois Québécois Rohingya Roma Roman Romani Romanian Romansh Russian Rwandan Salvadoran
Salvadorean Sami Samoan Sardinian Saudi Saxon Scandinavian Scot Scots Scottish Scotsman Semitic
Senegalese Serb Serbian Seychellois Siberian Sicilian Sierra-Leonean Sindhi Singaporean Sinhala
Sinhalese Slav Slavic Slovak Slovakian Slovene Slovenian Somali Soviet Spaniard Spanish Sudanese
Sumatran Surinamese Swahili Swazi Swede Swedish Swiss Syrian Syriac Tahitian Taiwanese Tajik Tamil
Tanzanian Tasmanian Tatar Telugu Texan Thai Tibetan Tigrayan Togolese Tongan Trinidadian Tunisian
Turk Turkic Turkish Turkmen Tuvaluan Ugandan Uighur Ukrainian Uruguayan Uyghur Uzbek Venetian
Venezuelan Viennese Vietnamese Viking Walloon Welsh Welshman Western Xhosa Yazidi Yemeni Yemenite
Yoruba Yugoslav Zambian Zimbabwean Zulu
Aboriginal Islander Indigenous Adventist Alawite Anglican Baptist Buddhist Calvinist Catholic
Christian Confucian Coptic Copt Druze Evangelical Hasidic Hindu Hindi Islamic Islamist Jain Jesuit
Jew Jewish Lutheran Methodist Mormon Muslim Orthodox Presbyterian Protestant Quaker Salafi Salafist
Shia Shiite Shi'ite Sikh Sufi Sunni Urdu Wahhabi Zionist Zoroastrian
""".split()  # noqa: SIM905 - a list of one word a line would be 300 lines

DEMONYMS = frozenset(
    variant
    for form in _FORMS
    for word in (form.replace("-", " "),)
    for variant in (word, word + "s", word.replace("man", "men"))
)
"""Capitalised, singular and plural. "Georgian", not "Georgia"."""


def is_demonym(name: str) -> bool:
    """True for "Russian", "Russians", "pro-Russian" and "anglo-Irish", in any letter case."""
    last = name.rsplit("-", 1)[-1]
    return name.title() in DEMONYMS or last.title() in DEMONYMS
