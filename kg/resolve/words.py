"""Closed lists of words that the comparison of names reads; the lists are our own."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    """
    mr mrs ms miss mx dr doctor doc prof professor sir dame lord lady baroness baron count
    president vice prime minister chancellor premier king queen prince princess emperor sultan
    emir sheikh ayatollah imam pope cardinal bishop archbishop rabbi rev reverend father brother
    sister pastor senator sen representative rep congressman congresswoman governor gov mayor
    deputy councillor councilman councilwoman alderman judge justice magistrate general gen
    colonel col captain capt lieutenant lt sergeant sgt corporal private major maj commander
    admiral marshal officer constable detective inspector superintendent sheriff chief secretary
    ambassador consul attache attaché spokesman spokeswoman spokesperson chairman chairwoman
    chairperson chair ceo cfo coo director manager editor reporter journalist correspondent
    columnist activist lawyer attorney prosecutor coach host actor actress singer comedian player
    defender striker goalkeeper driver climber mountaineer suspect analyst economist professor
    leader former acting interim press foreign interior defence defense finance environment
    health elect ex wr qb rb lb dt
    """
)
"""Words that stand before a name and are no part of it."""

SUFFIXES = _words("jr sr ii iii iv phd md mp mep qc kc esq obe cbe")

NICKNAMES: tuple[frozenset[str], ...] = tuple(
    _words(line)
    for line in """
    alexander alex alec sandy sasha aleksandr alexandr
    alexandra alex sandra sasha
    andrew andy drew
    anthony tony
    benjamin ben benny
    catherine katherine kathryn kate katie cathy kathy
    charles charlie chuck
    christopher chris
    christine christina chris tina
    daniel dan danny
    david dave davey
    deborah debbie deb
    dmitry dmitri dmitriy dima
    donald don donnie
    edward ed eddie ted ned
    elizabeth liz lizzie beth betty eliza
    eugene gene yevgeny evgeny
    francis frank
    frederick fred freddie
    gregory greg
    henry harry hank
    jacob jake
    james jim jimmy jamie
    jeffrey geoffrey jeff geoff
    jennifer jen jenny
    john jack johnny jon jonathan
    joseph joe joey
    joshua josh
    kenneth ken kenny
    lawrence laurence larry
    leonard leo len lenny
    margaret maggie meg peggy
    maurice mo
    matthew matt
    michael mike mick mickey mikhail
    mohammed mohamed muhammad mohammad
    nicholas nick nikolay nikolai nicolas
    patricia pat patty trish
    patrick pat paddy
    peter pete pyotr
    philip phillip phil
    rebecca becky
    richard rick dick rich richie
    robert bob rob bobby robbie
    ronald ron ronnie
    samuel sam sammy
    samantha sam
    sergei sergey
    stephen steven steve
    susan sue suzanne
    theodore theo ted teddy
    thomas tom tommy
    timothy tim
    victoria vicky
    vincent vince vinny
    vladimir volodymyr
    walter walt
    william bill billy will willy liam
    yulia julia
    """.strip().splitlines()
)
"""Given names that mean the same, one set a row."""

COMMON_GIVEN = _words(
    """
    james john robert michael william david richard joseph thomas charles christopher daniel
    matthew anthony mark donald steven stephen paul andrew joshua kenneth kevin brian george
    edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan larry justin scott
    frank brandon raymond gregory benjamin samuel patrick jack dennis jerry alexander peter simon
    ian adam alan martin philip graham neil craig sean jim bob bill tom mike dave steve joe tony
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty
    margaret sandra ashley kimberly emily donna michelle carol amanda melissa deborah stephanie
    rebecca laura sharon cynthia kathleen amy angela anna ruth maria emma helen jane kate julie
    claire rachel victoria jose juan carlos luis antonio francisco pedro miguel jorge ana carmen
    mohammed mohamed muhammad mohammad ahmed ahmad ali hassan hussein omar ibrahim abdullah
    fatima aisha wei li ming jing hiroshi min jun ji sergei sergey ivan vladimir alexei andrei
    dmitry olga natalia elena hans klaus pierre jean michel marie giovanni marco
    """
)

COMMON_SURNAMES = _words(
    """
    smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez
    gonzalez wilson anderson thomas taylor moore jackson martin lee perez thompson white harris
    sanchez clark ramirez lewis robinson walker young allen king wright scott torres nguyen hill
    flores green adams nelson baker hall rivera campbell mitchell carter roberts gomez phillips
    evans turner diaz parker cruz edwards collins reyes stewart morris morales murphy cook rogers
    gutierrez ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward richardson
    watson brooks chavez wood james bennett gray mendoza ruiz hughes price alvarez castillo
    sanders patel myers long ross foster jimenez simpson graham hamilton hunter murray shaw
    wang li zhang liu chen yang huang zhao wu zhou park choi jung tanaka suzuki sato singh kumar
    sharma khan ahmed ali hassan hussein mohammed ivanov petrov smirnov kuznetsov popov muller
    müller schmidt schneider fischer weber meyer wagner becker rossi russo ferrari bianchi dubois
    durand bernard silva santos oliveira pereira costa souza fernandez
    """
)

LEGAL_FORMS = _words(
    """
    inc incorporated corp corporation co company companies ltd limited llc llp plc ag gmbh sa spa
    nv bv ab oy asa kg group holding holdings sarl pty
    """
)
"""Words that name the legal form of a company, and are often left out."""

TRADE_WORDS = _words(
    """
    motor motors airlines airline airways airtran aerospace newspaper bank banking oil energy
    petroleum pharmaceuticals chemicals construction industries technologies technology systems
    software stores party union university college club school institute foundation association
    hospital magazine agency limited distribution distributors
    """
)
"""What an organisation does or is: the rest of the name is often enough to mean it."""

GENERIC_HEADS = _words(
    """
    ministry department office agency bureau commission committee council court parliament senate
    house assembly congress cabinet government administration police army navy air force forces
    military guard coast embassy consulate mission inspectorate prosecutor prosecutors attorney
    union party city state national federal supreme high central bank public foreign interior
    defence defense finance justice health education environment university college hospital
    school station church board team club academy company newspaper fire service services security
    council town hall county district royal republic general post university democratic people
    press news channel radio television department treasury
    """
)
"""Words that many organisations of many countries share: alone they tell nothing."""

POST_HEADS = _words("embassy consulate mission")
"""Offices that a state keeps at several posts: those of two posts are two."""

REGIONS = _words(
    """
    north south east west northern southern eastern western central america europe asia africa
    australia canada china india japan germany france russia britain uk usa mexico brazil spain
    italy ireland scotland wales england international worldwide global european american asian
    african
    """
)
"""Words that, after the name of an organisation, make it a unit of its own."""

CONNECTIVES = _words("of the and for in to at on de du des la le von van der den & a an")

STOP_WORDS = _words(
    """
    about above after again against also although among another around because been before began
    being below between both came come could does doing done down during each either else even
    ever every from further gave give goes going have having here hers herself himself into itself
    just last less like made make many might more most much must myself never next none nothing
    once only onto other others ours over same shall should since some still such than that their
    theirs them themselves then there these they this those though through thus told took toward
    under until upon very want wants well went were what when where whether which while whom whose
    will with within without would year years your yours said says say saying added according
    monday tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december first second three four five seven eight nine
    people week weeks month months today yesterday tomorrow time day days
    """
)
"""Words that two articles share whatever they are about."""
