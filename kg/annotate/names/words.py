"""Word lists that tell names apart: titles, heads of organisations, words that begin no name."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words("""
    mr mrs ms miss dr prof professor sir dame lord lady madam mx hon rev reverend fr father sister
    brother pastor bishop archbishop cardinal pope imam sheikh sheik ayatollah rabbi mullah mufti
    president premier chancellor governor mayor senator sen congressman congresswoman rep
    representative ambassador consul minister secretary councillor alderman speaker chairman
    chairwoman chairperson chief commissioner director attorney judge justice prosecutor king queen
    prince princess emperor duke duchess count baron emir sultan tsar general gen lieutenant lt
    colonel col major maj captain capt sergeant sgt corporal private admiral commander brigadier
    marshal inspector superintendent constable officer detective sheriff trooper spokesman
    spokeswoman spokesperson attache attaché envoy coach manager reporter journalist correspondent
    activist analyst lawyer writer author actor actress singer candidate deputy vice press prime
    foreign defence defense interior finance former acting interim then ex-president late
    ceo cfo coo mp mep pm advocate engineer engr barr barrister alhaji hajia chef datuk tan sri tun
    nana shri smt justice detective-inspector
    """)
"""Lower case, without a full stop. They stand before a person's name and are no part of it."""

HONORIFICS = _words("mr mrs ms miss mx dr prof sir dame lady rev shri smt")
"""Lower case, without a full stop. Only people have them."""

ARTICLES = frozenset({"the", "a", "an", "this", "that", "its", "his", "her", "their", "our"})

POSSESSIVES = frozenset({"'s", "’s", "'", "’", "`s"})

SPEECH_VERBS = _words("""
    say tell add note write claim argue insist explain state declare announce deny admit warn ask
    reply respond comment reiterate stress believe think tweet recall suggest complain lament quip
    remark testify vow urge acknowledge confirm
    """)
"""Lemmas. What only people (and organisations) do."""

NEWS_HEADS = _words("""
    newspaper magazine gazette gazeta times tribune post herald news broadcaster radio television tv
    journal chronicle observer daily weekly
    """)

GOVERNMENT_HEADS = _words("""
    ministry department embassy consulate government parliament senate congress assembly cabinet
    court tribunal police army navy kremlin duma knesset council commission bureau agency authority
    directorate secretariat administration office treasury pentagon
    """)

SCHOOL_HEADS = _words("university college institute school academy polytechnic")

COMPANY_HEADS = _words("""
    inc corp corporation ltd limited llc plc co company gmbh ag sa spa bv oao ooo zao pjsc holdings
    holding group bank airlines airways motors industries enterprises
    """)

BUSINESS_HEADS = COMPANY_HEADS | _words(
    """
    chemicals construction energy motors foods steel mining oil media press pharma pharmaceuticals
    textiles telecom shipping capital insurance railways electronics systems technologies software
    logistics foundation partners brothers sons studios resources engineering
    """
)
"""Lower case: last words of names whose first word alone is the firm again ("Acme")."""

PARTY_HEADS = frozenset({"party"})

OTHER_ORGANISATION_HEADS = _words("""
    association organization organisation union federation foundation society committee club team
    league institute centre center fund trust network alliance coalition front movement church
    hospital clinic board service services force forces brigade corps chamber confederation
    consortium syndicate forum initiative watch international fc united
    """)

ORGANISATION_HEADS = (
    NEWS_HEADS
    | GOVERNMENT_HEADS
    | SCHOOL_HEADS
    | COMPANY_HEADS
    | PARTY_HEADS
    | OTHER_ORGANISATION_HEADS
)
"""Lower case: the head word of a name that makes it an organisation's."""

NEWS_ORGANISATIONS = frozenset(
    {
        "reuters", "afp", "agence france-presse", "associated press", "ap", "bbc", "bbc news",
        "cnn", "fox news", "al jazeera", "haaretz", "novaya gazeta", "the guardian", "guardian",
        "new york times", "washington post", "wall street journal", "bloomberg", "xinhua", "tass",
        "interfax", "ria novosti", "kommersant", "le monde", "der spiegel", "die zeit", "el país",
        "financial times", "daily telegraph", "daily mail", "usa today", "politico", "nbc", "abc",
        "cbs", "npr", "nbc news", "cbs news", "abc news", "sky news", "euronews", "dpa", "kyodo",
        "yonhap", "rferl", "meduza", "the economist", "economist", "time", "newsweek",
    }
)  # fmt: skip
"""Lower case. Outlets whose names do not say what they are."""

LAST_WORDS = (
    ORGANISATION_HEADS | BUSINESS_HEADS | _words("inspectorate ombudsman guard")
) - _words("fc united international watch force front post times co company government group")
"""Lower case: a name goes on over a capitalised one of these, and is an organisation's then."""

PLACE_NOUNS = _words(
    """
    river lake town city village capital province district region island port county municipality
    suburb township mount neighbourhood neighborhood
    """
)
"""Lower case: before a name, or before "of" and a name, they say it is a place's."""

FIRM_ROLES = _words(
    """
    spokesman spokeswoman spokesperson spokespeople spokesmen ceo cfo coo executive executives
    employee employees shareholder shareholders shares
    """
)
"""Lower case: after a name, mostly with a possessive, they say that it is an organisation's."""

GROUP_NOUNS = _words(
    "group organisation outfit charity startup start-up firm band gang militia ngo"
)
"""Lower case: "a group called X"; see ORGANISATION_HEADS as well."""

PERSON_NOUNS = _words("man woman boy girl person friend colleague child student teacher guy")

UNIONS = frozenset({"EU", "E.U.", "European Union", "UN", "U.N.", "United Nations"})
"""Organisations of states, which the gazetteer of territories has as well."""
