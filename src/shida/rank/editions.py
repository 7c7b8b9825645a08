"""Titles → the edition they name: of an event, the number of a craft, an anniversary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from shida.text.numerals import read_numeral

_JUBILEE = re.compile(r"(\d{1,4})周年")
_NUMBER = re.compile(r"([一二三四五六七八九十百\d]{1,4})周年$")
_SIGNS: Final = ("届", "号", "周年")
_EDITION = re.compile(
    r"((?:(?![一二三四五六七八九十百第])[一-鿿]){2,4})?第?([一二三四五六七八九十百\d]{1,4})"
    r"(?:(届)(?!全国|中央|人大|政协|中国)([一-鿿]{3})|(号)|(周年))"
)
"""`二十届三中全会`, `第9届青年运动会`, `北斗三号`, `建校60周年`; a term of a body (`十四届全国人大`) is none."""


def editions_of(title: str) -> set[str]:
    """What a title calls by a number: the edition of an event, the number of a craft, an anniversary.

    >>> sorted(editions_of("第9届青年运动会开幕 工程长风六号在建校60周年返回"))
    ['9届青年运', '在建校60周年', '长风六号']
    >>> editions_of("十四届全国人大二次会议")
    set()
    """
    found: set[str] = set()
    if not any(sign in title for sign in _SIGNS):
        return found
    for before, number, term, after, craft, jubilee in _EDITION.findall(title):
        if term:
            found.add(f"{number}{term}{after}")
        elif before:
            found.add(f"{before[-2:] if craft else before}{number}{craft or jubilee}")
    return found


def jubilees_of(editions: Collection[str]) -> tuple[str, ...]:
    """The jubilees among editions, by their number alone, in figures.

    >>> jubilees_of(["回归祖国二十五周年", "六届政府就", "建校60周年"])
    ('25周年', '60周年')
    """
    found = (_NUMBER.search(edition) for edition in editions if edition.endswith("周年"))
    numbers = {quantity.value for number in found if number and (quantity := read_numeral(number[1]))}
    return tuple(f"{number:g}周年" for number in sorted(numbers))


def is_off_jubilee(title: str) -> bool:
    """True where a title counts years that nobody celebrates: its only numbers before `周年` are no fives.

    >>> is_off_jubilee("庆祝回归23周年"), is_off_jubilee("庆祝建军95周年"), is_off_jubilee("庆祝建军")
    (True, False, False)
    """
    years = [int(number) for number in _JUBILEE.findall(title)]
    return bool(years) and all(year % 5 for year in years)


def most_named(editions: Sequence[Collection[str]]) -> str:
    """The edition that at least half of the titles name, the most frequent first; "" where there is none.

    >>> most_named([["九届花灯节"], ["九届花灯节", "八届花灯节"], []])
    '九届花灯节'
    """
    counts = Counter(name for names in editions for name in names)
    best = max(sorted(counts), key=lambda name: counts[name], default="")
    return best if 2 * counts[best] >= len(editions) else ""
