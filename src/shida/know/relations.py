"""Title and sentence of a document → the documents it changes, carries out and takes the place of."""

from __future__ import annotations

import re
from typing import NamedTuple

from shida.know.titles import Group, bare

MOST = 12
"""Documents one may change at once (关于修改部分行政法规的决定 names up to ten)."""

_CHANGES = re.compile(r"(?:修改|修正|修订)(?P<list>(?:[〈《][^〈〉《》]{2,60}[〉》](?:部分)?[、和及与]{0,2}){1,12})")
_CARRIES_OUT = re.compile(
    r"(?:贯彻落实|贯彻实施|贯彻执行|贯彻|落实|实施|执行)(?P<list>(?:[〈《][^〈〉《》]{2,60}[〉》][、和及与]{0,2}){1,6})"
)
_ONE = re.compile(r"[〈《]([^〈〉《》]{2,60})[〉》]")
_AMENDMENT = re.compile(r"(?P<law>[\u4e00-\u9fff]{1,30}(?:法|条例|章程))修正案\Z")
_RULES_OF = re.compile(r"(?P<law>[\u4e00-\u9fff]{2,40}(?:法|条例))(?:实施条例|实施细则|实施办法|实施规定|实施规则)\Z")
_LEADS_TO = re.compile(r"(?:深入|全面|认真|切实|进一步)?(?:贯彻落实|贯彻实施|贯彻执行|贯彻|落实|执行)(?:好)?\Z")
_ENDS = re.compile(r"(?:[（(][^（）()]{1,60}[）)])?(?:[、和及与，,]{0,2})(?:等)?(?:同时|相应|一并)(?:予以)?废止")
_IN_PLACE_OF = re.compile(r"(?:代替|取代|替代|替换)(?:了)?(?:原|原有的|现行)?\Z")


class Related(NamedTuple):
    """Titles of documents, as they stand."""

    amends: tuple[str, ...] = ()
    implements: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()


def by_title(title: str) -> Related:
    """What a title itself says it changes or carries out.

    >>> by_title("关于修改〈甲法〉和〈乙条例〉的决定").amends
    ('甲法', '乙条例')
    >>> by_title("食品安全法实施条例").implements, by_title("刑法修正案（十二）").amends
    (('食品安全法',), ('刑法',))
    """
    changes, carries = _CHANGES.search(title), _CARRIES_OUT.search(title)
    amends = tuple(_ONE.findall(changes["list"])) if changes else ()
    implements = tuple(_ONE.findall(carries["list"])) if carries else ()
    stem = bare(title)
    if not amends and (amendment := _AMENDMENT.match(stem)):
        amends = (amendment["law"],)
    if not implements and (rules := _RULES_OF.match(stem)):
        implements = (rules["law"],)
    return Related(amends, implements)


def by_sentence(text: str, groups: list[Group], place: int) -> Related:
    """What the sentence says of the titles at `place`: 为落实《甲》，印发《乙》; 《乙》施行，《甲》同时废止."""
    implements: list[str] = []
    replaces: list[str] = []
    for number, group in enumerate(groups):
        named = [title.inner for title in group.titles]
        before = text[max(0, group.start - 14) : group.start]
        if number < place and _LEADS_TO.search(before) and "。" not in text[group.end : groups[place].start]:
            implements += named
        elif number > place and (_ENDS.match(text, group.end) or _IN_PLACE_OF.search(before)):
            replaces += named
    return Related((), tuple(implements[:MOST]), tuple(replaces[:MOST]))


def ended_by(text: str) -> tuple[str, ...]:
    """Titles a document's own text says end with it, wherever that stands in it.

    >>> ended_by("本办法自2025年5月1日起施行。2012年公布的《旧办法》（总局令第1号）同时废止。")
    ('旧办法',)
    """
    found: dict[str, None] = {}
    at = text.find("废止")
    while at >= 0 and len(found) < MOST:
        start = max(text.rfind(mark, max(0, at - 400), at) for mark in "。\n") + 1
        for named in _ENDED.finditer(text, max(start, at - 400), at + 2):
            found |= dict.fromkeys(_ONE.findall(named["list"]))
        at = text.find("废止", at + 2)
    return tuple(found)[:MOST]


_ENDED = re.compile(
    r"(?P<list>(?:[〈《][^〈〉《》]{2,60}[〉》](?:[（(][^（）()]{1,60}[）)])?[、和及与，,]{0,2}){1,12})(?:同时|相应|一并)(?:予以)?废止"
)
