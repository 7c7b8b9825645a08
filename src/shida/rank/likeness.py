"""How alike stories are, by the character pairs of their titles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from math import log, sqrt
from typing import Final, TypeVar

from shida.rank.views import View
from shida.records import Story

MOST_TITLES: Final = 40
"""Titles of a story that are compared; spread over its length."""
SAME_WEEKS: Final = 21
"""Days before and after the same day of an earlier year that are the same weeks."""
YEARS_BACK: Final = 2
"""Earlier years that are looked at."""
SAMPLE: Final = 5
"""Titles of a story that are looked for in earlier years."""
COMPARED: Final = 8
"""Titles of earlier years that are compared in full with one of them."""

_HAN = re.compile(r"[㐀-鿿]{2,}")

Vector = dict[str, float]
Thing = TypeVar("Thing")


@lru_cache(maxsize=1 << 16)
def pairs_of(title: str) -> frozenset[str]:
    """Pairs of neighbouring Han characters; figures, signs and spaces part them.

    >>> sorted(pairs_of("第7届大会"))
    ['大会', '届大']
    """
    return frozenset(run[i : i + 2] for run in _HAN.findall(title) for i in range(len(run) - 1))


def vectors(titles: Sequence[Sequence[str]]) -> list[Vector]:
    """One unit vector a story: how many of its titles have a pair, rarer pairs counting more."""
    counts = [Counter(pair for title in _spread(own, MOST_TITLES) for pair in pairs_of(title)) for own in titles]
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

    def __init__(self, stories: Iterable[Story], first: str, as_of: str, views: Iterable[View]) -> None:
        """Takes what was published before `first` (and known on `as_of`), at most `YEARS_BACK` years back.

        Only pairs that a sampled title of `views` has are looked up later, so only those are indexed.
        """
        self._samples = {view.story: _sample(view) for view in views}
        wanted = {pair for sample in self._samples.values() for _, title in sample for pair in pairs_of(title)}
        oldest = f"{int(first[:4]) - YEARS_BACK:04d}{first[4:]}"
        self._titles: list[tuple[str, frozenset[str]]] = []
        self._days: list[int] = []
        self._by_pair: defaultdict[str, list[int]] = defaultdict(list)
        for story in stories:
            if (story.first is not None and story.first[:10] >= first) or (story.last or oldest)[:10] < oldest:
                continue
            for member in story.members:
                day = (member.published or "")[:10]
                if member.copy_of is None and oldest <= day < first and day <= as_of:
                    pairs = pairs_of(member.title)
                    for pair in pairs & wanted:
                        self._by_pair[pair].append(len(self._titles))
                    self._titles.append((member.title, pairs))
                    self._days.append(_day_of_year(day))

    def likest(self, view: View) -> tuple[float, str] | None:
        """Likeness (Dice, mean over the story's titles of each one's likest) and the likest title; None without any."""
        if not self._titles:
            return None
        sample = self._samples.get(view.story) or _sample(view)
        total, best = 0.0, (0.0, "")
        for day, title in sample:
            found = self._likest(day, title)
            total += found[0]
            best = max(best, found)
        return (total / len(sample), best[1]) if best[1] else None

    def _likest(self, day: int, title: str) -> tuple[float, str]:
        """Candidates share the rare pairs; the likest few of them are compared in full."""
        pairs = pairs_of(title)
        shared: Counter[int] = Counter()
        most = len(self._titles) // 100 + 20
        for pair in sorted(pairs):
            places = self._by_pair.get(pair, ())
            if len(places) <= most:
                shared.update(places)
        days = self._days
        near = [place for place in shared if not SAME_WEEKS < abs(day - days[place]) < 366 - SAME_WEEKS]
        near.sort(key=lambda place: (-shared[place], place))
        best = (0.0, "")
        for place in near[:COMPARED]:
            other, theirs = self._titles[place]
            best = max(best, (2 * len(pairs & theirs) / (len(pairs) + len(theirs)), other))
        return best


def _sample(view: View) -> list[tuple[int, str]]:
    """A few of the story's titles with their days of the year, spread over its length."""
    return [(_day_of_year((member.published or "")[:10]), member.title) for member in _spread(view.members, SAMPLE)]


@lru_cache(maxsize=4096)
def _day_of_year(day: str) -> int:
    try:
        return date.fromisoformat(day).timetuple().tm_yday
    except ValueError:
        return 0


def _spread(things: Sequence[Thing], most: int) -> Sequence[Thing]:
    """At most `most` of them, evenly over their order."""
    if len(things) <= most:
        return things
    return [things[i * len(things) // most] for i in range(most)]
