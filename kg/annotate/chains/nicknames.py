"""Given names that are short forms of one another."""

from __future__ import annotations

_ROWS = """
abigail abby gail|albert al bert|alexander alex alec sandy sasha xander|alexandra alex sasha sandra
alfred alf alfie fred|andrew andy drew|anthony tony ant|arthur art|barbara barb|benjamin ben benny
bernard bernie|bradley brad|catherine cathy kate katie cat|katherine kathy kate katie kat
charles charlie chuck chas|christina chris tina|christine chris tina|christopher chris kit
cynthia cindy|daniel dan danny|david dave davy|deborah deb debbie|dennis den|dmitry dima
donald don donny|dorothy dot dottie|douglas doug|edward ed eddie ted ned|eleanor ellie nell
elizabeth liz lizzie beth betty betsy eliza|emily em|eugene gene|frances fran|francis frank
franklin frank|frederick fred freddie|gabriel gabe|geoffrey geoff|george georgie|gerald gerry jerry
gregory greg|harold harry hal|henry harry hank|howard howie|isabella bella|jacob jake|jacqueline
jackie|james jim jimmy jamie|janet jan|jeffrey jeff|jennifer jen jenny|jeremy jerry|jessica jess
john johnny jack|jonathan jon|joseph joe joey|joshua josh|judith judy|kenneth ken kenny|kimberly
kim|lawrence larry|leonard leo len|margaret maggie meg peggy|martin marty|matthew matt|michael mike
mick mickey|mohammed mohamed muhammad|natalie nat|nathaniel nate nathan|nicholas nick|nikolay kolya
pamela pam|patricia pat patty trish|patrick pat paddy|peter pete|philip phil|phillip phil|rachel ray
raymond ray|rebecca becky|richard rick dick rich richie|robert bob rob bobby robbie bert|ronald ron
ronnie|russell russ|samantha sam|samuel sam sammy|sandra sandy|stephanie steph|stephen steve
steven steve|stuart stu|susan sue susie|suzanne sue|terence terry|theodore ted theo|theresa terry
thomas tom tommy|timothy tim|valerie val|victoria vicky tori|vincent vince|vladimir volodya
walter walt wally|william will bill billy liam|zachary zach
"""


def _groups() -> dict[str, set[int]]:
    table: dict[str, set[int]] = {}
    rows = _ROWS.replace("\n", "|").split("|")
    for number, row in enumerate(rows):
        for name in row.split():
            table.setdefault(name, set()).add(number)
    return table


_GROUP = _groups()


def same_given_name(left: str, right: str) -> bool:
    """True if two given names may be one: equal, an initial of the other, or a short form of it."""
    if left == right:
        return True
    if len(left) == 1 or len(right) == 1:
        return left[0] == right[0]
    return bool(_GROUP.get(left, set()) & _GROUP.get(right, set()))
