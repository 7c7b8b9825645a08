"""How alike stories are, by the character pairs of their titles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from math import log, sqrt
from typing import Final

from shida.rank.views import View
from shida.records import Story

MOST_TITLES: Final = 40
"""Titles of a story that are compared; spread over its length."""
SAME_WEEKS: Final = 21
"""Days before and after the same day of an earlier year that are the same weeks."""
YEARS_BACK: Final = 2
"""Earlier years that are looked at."""

_EDITION = re.compile(
    r"([一-鿿]{2})?第?([一二三四五六七八九十百\d]{1,4})"
    r"(?:(届)(?!全国|中央|人大|政协|中国)([一-鿿]{3})|(号)|(周年))"
)
"""`二十届三中全会`, `第9届青年运动会`, `北斗三号`, `建校60周年`; a term of a body (`十四届全国人大`) is none."""

_HAN = re.compile(r"[㐀-鿿]{2,}")

Vector = dict[str, float]


def pairs_of(title: str) -> set[str]:
    """Pairs of neighbouring Han characters; figures, signs and spaces part them.

    >>> sorted(pairs_of("第7届大会"))
    ['大会', '届大']
    """
    return {run[i : i + 2] for run in _HAN.findall(title) for i in range(len(run) - 1)}


def editions_of(title: str) -> set[str]:
    """What a title calls by a number: the edition of an event, the number of a craft, an anniversary.

    >>> sorted(editions_of("第9届青年运动会开幕 迎接建校60周年"))
    ['9届青年运', '建校60周年']
    >>> editions_of("十四届全国人大二次会议")
    set()
    """
    found = set()
    for before, number, term, after, craft, jubilee in _EDITION.findall(title):
        if term:
            found.add(f"{number}{term}{after}")
        elif before:
            found.add(f"{before}{number}{craft or jubilee}")
    return found


def edition_of(titles: Sequence[str]) -> str:
    """The edition that at least half of the titles name, the most frequent first; "" where there is none."""
    counts = Counter(name for title in titles for name in editions_of(title))
    best = max(sorted(counts), key=lambda name: counts[name], default="")
    return best if 2 * counts[best] >= len(titles) else ""


def vectors(titles: Sequence[Sequence[str]]) -> list[Vector]:
    """One unit vector a story: how many of its titles have a pair, rarer pairs counting more."""
    counts = [Counter(pair for title in _spread(own) for pair in pairs_of(title)) for own in titles]
    seen: Counter[str] = Counter()
    for count in counts:
        seen.update(count.keys())
    made = []
    for count in counts:
        vector = {pair: (1 + log(n)) * log(1 + len(counts) / seen[pair]) for pair, n in count.items()}
        length = sqrt(sum(value * value for value in vector.values())) or 1.0
        made.append({pair: value / length for pair, value in sorted(vector.items())})
    return made


def cosine(left: Vector, right: Vector) -> float:
    """Cosine of two unit vectors."""
    if len(left) > len(right):
        left, right = right, left
    return sum(value * right.get(pair, 0.0) for pair, value in left.items())


class EarlierYears:
    """Titles of earlier years by month and day, to see what comes back in the same weeks."""

    def __init__(self, stories: Iterable[Story], first: str, as_of: str) -> None:
        """Takes what was published before `first` (and known on `as_of`), at most `YEARS_BACK` years back."""
        oldest = f"{int(first[:4]) - YEARS_BACK:04d}{first[4:]}"
        self._titles: list[tuple[int, str, int]] = []
        self._by_pair: defaultdict[str, list[int]] = defaultdict(list)
        for story in stories:
            for member in story.members:
                day = (member.published or "")[:10]
                if member.copy_of is None and oldest <= day < first and day <= as_of:
                    pairs = pairs_of(member.title)
                    for pair in pairs:
                        self._by_pair[pair].append(len(self._titles))
                    self._titles.append((_day_of_year(day), member.title, len(pairs)))

    def likest(self, view: View) -> tuple[float, str] | None:
        """Likeness (Dice, mean over the story's titles of each one's likest) and the likest title; None without any."""
        if not self._titles:
            return None
        sample = list(_spread([f"{(m.published or '')[:10]} {m.title}" for m in view.members], 5))
        total, best = 0.0, (0.0, "")
        for line in sample:
            found = self._likest(_day_of_year(line[:10]), line[11:])
            total += found[0]
            best = max(best, found)
        return (total / len(sample), best[1]) if best[1] else None

    def _likest(self, day: int, title: str) -> tuple[float, str]:
        pairs = pairs_of(title)
        shared: Counter[int] = Counter()
        limit = len(self._titles) // 20 + 50
        for pair in sorted(pairs):
            places = self._by_pair.get(pair, ())
            if len(places) <= limit:
                shared.update(places)
        best = (0.0, "")
        for place, count in shared.items():
            other_day, other, length = self._titles[place]
            apart = abs(day - other_day)
            if min(apart, 366 - apart) <= SAME_WEEKS:
                best = max(best, (2 * count / (len(pairs) + length), other))
        return best


def _day_of_year(day: str) -> int:
    try:
        return date.fromisoformat(day).timetuple().tm_yday
    except ValueError:
        return 0


def _spread(titles: Sequence[str], most: int = MOST_TITLES) -> Sequence[str]:
    """At most `most` of the titles, evenly over their order."""
    if len(titles) <= most:
        return titles
    return [titles[i * len(titles) // most] for i in range(most)]
