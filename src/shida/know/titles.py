"""Sentence → the titles in 《》 in it, in groups that share an act, with the kind of document they are."""

from __future__ import annotations

import re
from typing import NamedTuple

from shida.pack.documents import Documents

LONGEST_TITLE = 120
"""Code points; the longest titles of laws and notices stay under 90."""

_ANGLE = re.compile(r"[《》]")
_JOINT = re.compile(
    r"(?:[（(][^（）()《》]{1,20}[）)])?(?:第[一二三四五六七八九十\d]{1,3}号)?[、，,和及与以]{0,2}\s{0,2}\Z"
)
_BRACKET_END = re.compile(r"\s*[（(][^（）()]{1,30}[）)]\s*\Z")
_YEAR_END = re.compile(r"[\s·:：—-]*(?:\d{4}|[一二]〇[〇一二三四五六七八九]{2})(?:[—-]\d{4})?(?:年度?|版)?\Z")
_DRAFT = re.compile(r"草案|征求意见稿|送审稿|讨论稿|修订稿|公开征求|审议稿")
_YEARS = re.compile(r"((?:19|20)\d\d)年?\s?(?:[—–―~～－-]{1,2}|至|到)\s?((?:19|20)\d\d)年?")


class Title(NamedTuple):
    """A title in a sentence; `start` and `end` take in the brackets."""

    start: int
    end: int
    inner: str
    kind: str | None
    ending: str | None


class Group(NamedTuple):
    """Titles that stand together: 《甲》《乙》和《丙》."""

    start: int
    end: int
    titles: tuple[Title, ...]


def find_titles(sentence: str, section: Documents) -> list[Title]:
    """The outermost 《…》 of a sentence; what never closes is no title.

    >>> from shida.pack import load_packs
    >>> [t.inner for t in find_titles("印发《关于修改〈甲法〉的决定》和《关于《乙》的说明》", load_packs().documents)]
    ['关于修改〈甲法〉的决定', '关于《乙》的说明']
    """
    titles: list[Title] = []
    stack: list[int] = []
    for match in _ANGLE.finditer(sentence):
        if match[0] == "《":
            stack.append(match.start())
            continue
        if not stack:
            continue
        start = stack.pop()
        if stack and match.start() - stack[-1] > LONGEST_TITLE:
            stack.clear()  # the outer one never closed
        if stack:
            continue
        inner = sentence[start + 1 : match.start()].strip()
        if 0 < len(inner) <= LONGEST_TITLE:
            kind, ending = kind_of(inner, section)
            titles.append(Title(start, match.end(), inner, kind, ending))
    return titles


def group_titles(sentence: str, titles: list[Title]) -> list[Group]:
    """Titles with nothing but 、 and 和 between them, together."""
    groups: list[list[Title]] = []
    for title in titles:
        if groups:
            between = sentence[groups[-1][-1].end : title.start]
            if len(between) <= 26 and _JOINT.match(between):
                groups[-1].append(title)
                continue
        groups.append([title])
    return [Group(group[0].start, group[-1].end, tuple(group)) for group in groups]


def bare(title: str) -> str:
    """A title without the brackets and years at its end.

    >>> bare("计量发展规划(2021—2035年)"), bare("中国统计年鉴2023")
    ('计量发展规划', '中国统计年鉴')
    """
    for _ in range(4):
        shorter = _YEAR_END.sub("", _BRACKET_END.sub("", title))
        if shorter == title:
            break
        title = shorter
    return title


def kind_of(title: str, section: Documents) -> tuple[str | None, str | None]:
    """Kind of document and the ending that shows it; (None, None) for a title that is none.

    >>> from shida.pack import load_packs
    >>> kind_of("公平竞争审查条例（草案）", load_packs().documents)
    ('regulation', '条例')
    """
    stem = bare(title)
    for size in range(min(6, len(stem)), 0, -1):
        kind = section.kind_of.get(stem[-size:])
        if kind is not None:
            return kind, stem[-size:]
    return None, None


def refers_back(title: Title, section: Documents) -> bool:
    """Whether it is a short form alone (《办法》, 《实施意见》, 《行动方案》) that names an earlier document.

    >>> from shida.pack import load_packs
    >>> refers_back(Title(0, 4, "实施意见", "opinion", "实施意见"), load_packs().documents)
    True
    """
    stem = bare(title.inner)
    if title.ending is None:
        return False
    return stem == title.ending or (len(stem) <= 4 and stem.startswith(section.short_first))


def draft(title: str) -> bool:
    """Whether the title says it is a draft.

    >>> draft("学位法（草案）"), draft("学位法")
    (True, False)
    """
    return _DRAFT.search(title) is not None


def span_of_years(title: str) -> tuple[str, str] | None:
    """The years a title says it is for.

    >>> span_of_years("优化消费环境三年行动方案（2025—2027年）")
    ('2025', '2027')
    """
    found = _YEARS.search(title)
    return (found[1], found[2]) if found and found[1] < found[2] else None
