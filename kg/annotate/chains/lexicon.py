"""Common nouns by what they mean, and pronouns by person, number and gender."""

from __future__ import annotations

from dataclasses import dataclass

from kg.annotate.chains.gender import FEMALE, FEMALE_HEADS, MALE, MALE_HEADS
from kg.vocabulary import EntityType


@dataclass(frozen=True, slots=True)
class Form:
    """What a pronoun tells of what it means; None is unknown."""

    person: int
    plural: bool | None
    gender: str | None = None
    animate: bool | None = None
    possessive: bool = False
    reflexive: bool = False


def _forms() -> dict[str, Form]:
    table: dict[str, Form] = {}
    rows: tuple[tuple[str, int, bool | None, str | None, bool | None], ...] = (
        ("i me my mine myself", 1, False, None, True),
        ("we us our ours ourselves", 1, True, None, True),
        ("you your yours yourself yourselves", 2, None, None, True),
        ("he him his himself", 3, False, MALE, True),
        ("she her hers herself", 3, False, FEMALE, True),
        ("it its itself", 3, False, None, False),
        ("they them their theirs themselves", 3, True, None, None),
    )
    possessives = {"my", "mine", "our", "ours", "your", "yours", "his", "hers", "its", "their",
        "theirs"}  # fmt: skip
    for words, person, plural, gender, animate in rows:
        for word in words.split():
            table[word] = Form(person, plural, gender, animate, word in possessives, "sel" in word)
    return table


PRONOUNS = _forms()
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})

_PERSONS = """
source nominee narrator announcer pollster mogul speechwriter donor executive whistleblower
accused activist actor actress administrator adviser advisor agent aide ambassador analyst
architect archbishop artist astronaut athlete attaché attache attorney author banker bishop
blogger boss broker builder businessman businesswoman campaigner candidate captain cardinal
carpenter celebrity ceo chairman chairperson chairwoman chancellor chef chief citizen clergyman
clerk coach colleague columnist comedian commander commentator commissioner composer congressman
congresswoman constable consultant convict cook coordinator correspondent councillor councilman
councilwoman counsel counselor criminal critic customer cyclist dad dealer defendant defender
delegate deputy designer detective developer dictator diplomat director doctor driver economist
editor educator employee employer engineer entrepreneur envoy expert farmer father fighter
filmmaker firefighter fisherman footballer founder friend gangster general gentleman governor
guard guest guy head historian host hunter husband imam inmate inspector instructor insider
interpreter inventor investigator investor jihadist journalist judge juror justice king lady
landlord lawmaker lawyer leader lecturer legislator librarian lieutenant lobbyist magistrate major
man manager marine mayor mechanic member mentor merchant militant minister miner monk mother mp
musician neighbor neighbour novelist nun nurse observer officer official operator opponent
organiser organizer owner painter parent participant partner passenger pastor patient patriarch
pensioner performer person philosopher photographer physician physicist pilot planner player poet
policeman politician pope premier preacher president priest prince princess principal prisoner
producer professor programmer prosecutor protester provost psychiatrist psychologist publisher
queen rabbi ranger reader rebel receptionist referee refugee relative reporter representative
researcher resident reviewer rival sailor salesman scholar scientist secretary senator senior
sergeant sheriff shopkeeper singer smuggler soldier solicitor son speaker specialist spokesman
spokesperson spokeswoman spouse staffer statesman strategist student successor superintendent
supervisor supporter surgeon surveyor suspect teacher technician teenager terrorist toddler
tourist trader trainer translator treasurer trustee undersecretary veteran victim villager visitor
volunteer voter warden wife winner witness woman worker writer youth sister brother daughter uncle
aunt nephew niece cousin baby child kid teen boy girl boyfriend girlfriend grandfather grandmother
grandson granddaughter widow widower mum mom individual adult human lad bloke pal heir monarch
emperor duke baron knight hero heroine commissar guru mullah ayatollah sheikh predecessor
co-founder cofounder vice-president newcomer applicant claimant plaintiff appellant litigant
complainant passer-by bystander onlooker shooter gunman attacker bomber killer murderer robber
thief rapist abuser survivor hostage captive
"""
_ORGANISATIONS = """
campaign bloc bureaucracy secretariat armed-forces outlet white-house academy administration
agency airline alliance army assembly association authority bank board brand broadcaster broker
brokerage bureau business cabinet caucus centre center chain chamber charity church city-state
club coalition college commission committee company confederation conglomerate congress consortium
consulate consultancy contractor cooperative corporation council court daily department
directorate embassy employer enterprise executive factory faculty federation firm force foundation
fund government group guild hospital house insurer institute institution investigators jury league
legislature lender magazine manufacturer maker ministry mission monopoly mosque movement museum
navy network newspaper newsroom office operator opposition organisation organization panel
parliament party police practice presidency press prosecution publisher regime regulator retailer
school senate service society startup start-up station subsidiary supplier syndicate taskforce
team tabloid think-tank tribunal trust union university vendor watchdog website weekly yard ngo
militia politburo utility carrier automaker carmaker pentagon kremlin brewery bookseller studio
label junta treasury registry platform
"""
_PLACES = """
area airport avenue bay beach borough bridge camp canton capital city coast colony community
continent country county desert district enclave farm field forest harbour harbor hill homeland
island kingdom lake land location mountain municipality nation neighborhood neighbourhood ocean
park peninsula place plain planet port province quarter region republic river road sea settlement
shore site square state street suburb territory town valley village ward world zone prison jail
building tower castle palace hotel restaurant room venue stadium headquarters
"""
_WORKS = """
account agreement analysis announcement article assessment audit autobiography book briefing
bulletin cable chapter column communique communiqué complaint confession court-filing data diary
directive document draft editorial email e-mail essay evidence file filing findings footage
indictment inquiry inquest interview investigation judgment judgement lawsuit leaflet letter
manifesto manuscript memo memoir memorandum message note notice order paper petition poll post
posting press-release probe publication ruling release report research resolution review results
script section speech statement statistics story study submission subpoena summary survey sentence
testimony text transcript treaty tweet verdict video warrant writ blog fax leak census
constitution law bill act legislation guidelines index chart forecast estimate figures dossier
testament novel poem play film series song documentary broadcast programme caption headline
"""
_COLLECTIVES = """
percent majority chorus bystanders coalition-partners audience band clergy congregation couple
crew crowd delegation electorate elite family gang generation household leadership management
media minority mob opposition pair panel people personnel police populace population press public
staff team trio troop troops workforce half many most others some several both none few all
thousands hundreds dozens millions rest everyone everybody
"""

TYPE_OF_HEAD: dict[str, EntityType] = {
    **dict.fromkeys(_WORKS.split(), EntityType.WORK),
    **dict.fromkeys(_PLACES.split(), EntityType.PLACE),
    **dict.fromkeys(_ORGANISATIONS.split(), EntityType.ORGANISATION),
    **dict.fromkeys(_PERSONS.split(), EntityType.PERSON),
    **dict.fromkeys(sorted(FEMALE_HEADS | MALE_HEADS), EntityType.PERSON),
    **dict.fromkeys(_COLLECTIVES.split(), EntityType.GROUP),
}

# Endings of nouns for people ("stockbroker", "violinist"), used where no list knows the noun.
PERSON_ENDINGS = ("er", "or", "ist", "man", "woman", "ian", "ee", "person", "ant")
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
COUNTRY_HEADS = frozenset({"country", "nation", "republic", "kingdom", "state"})
DETERMINERS = frozenset({"the", "a", "an"})
