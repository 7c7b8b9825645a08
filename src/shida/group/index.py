"""Stories as sums of their articles, and the inverted index that finds those an article is like."""

from __future__ import annotations

import msgspec

from shida.group.vectors import UNIT, Digest, Marks
from shida.pack.grouping import Grouping

CONSIDERED = 8
"""Stories that are weighed with the vetoes, best first; the ninth best is never the right one."""


class Cluster(msgspec.Struct, kw_only=True):
    """A story while it grows: what is needed to compare with it."""

    number: int
    founder: tuple[str, str]
    """Order of the article that founded it."""
    known: bool = False
    """True: it was there before this run."""
    size: int = 0
    """Articles that count; copies do not."""
    last: int | None = None
    sums: dict[str, int] = msgspec.field(default_factory=dict)
    marks: list[Marks] = msgspec.field(default_factory=list)

    def add(self, digest: Digest) -> None:
        """Let an article count."""
        self.size += 1
        sums = self.sums
        for word, weight in digest.weights.items():
            sums[word] = sums.get(word, 0) + weight
        if digest.day is not None:
            self.last = digest.day if self.last is None else max(self.last, digest.day)
        mine = self.marks or [frozenset()] * len(digest.marks)
        self.marks = [old | new for old, new in zip(mine, digest.marks, strict=True)]


class Match(msgspec.Struct, frozen=True):
    """A story an article (or a story) is like: similarity from 0 to 1, decay and vetoes taken in."""

    similarity: float
    cluster: Cluster
    days: int
    """Days between them, 0 where either has none."""


class ClusterIndex:
    """All stories, found by their words. The similarity is the mean over **all** articles of a story."""

    def __init__(self, grouping: Grouping) -> None:
        self._grouping = grouping
        self._postings: dict[str, dict[int, int]] = {}
        self.clusters: dict[int, Cluster] = {}

    def put(self, cluster: Cluster, digest: Digest) -> None:
        """Let the article count for the story, here and there."""
        self.clusters[cluster.number] = cluster
        cluster.add(digest)
        number, postings, sums = cluster.number, self._postings, cluster.sums
        for word in digest.weights:
            posting = postings.get(word)
            if posting is None:
                posting = postings[word] = {}
            posting[number] = sums[word]

    def remove(self, cluster: Cluster) -> None:
        """Take a story out (it was merged into another)."""
        for word in cluster.sums:
            del self._postings[word][cluster.number]
        del self.clusters[cluster.number]

    def absorb(self, older: Cluster, younger: Cluster) -> None:
        """Merge `younger` into `older`."""
        self.remove(younger)
        older.size += younger.size
        for word, weight in younger.sums.items():
            total = older.sums[word] = older.sums.get(word, 0) + weight
            self._postings.setdefault(word, {})[older.number] = total
        older.marks = [mine | new for mine, new in zip(older.marks, younger.marks, strict=True)]
        days = [day for day in (older.last, younger.last) if day is not None]
        older.last = max(days, default=None)

    def like(self, digest: Digest, least: float) -> list[Match]:
        """The stories the article is like by `least` or more, best first."""
        scores: dict[int, int] = {}
        postings = self._postings
        for word, weight in digest.weights.items():
            for number, total in postings.get(word, {}).items():
                scores[number] = scores.get(number, 0) + weight * total
        rough = []
        for number, score in scores.items():
            cluster = self.clusters[number]
            similarity = score / (cluster.size * UNIT * UNIT)
            if similarity >= least:
                days = apart(digest.day, cluster.last)
                similarity *= self._fresh(days)
                if similarity >= least:
                    rough.append((-similarity, cluster.founder, days, cluster))
        rough.sort(key=lambda entry: entry[:2])
        found = []
        for minus, _, days, cluster in rough[:CONSIDERED]:
            similarity = -minus * self._kept(digest.marks, cluster.marks)
            if similarity >= least:
                found.append(Match(similarity, cluster, days))
        found.sort(key=lambda match: (-match.similarity, match.cluster.founder))
        return found

    def between(self, one: Cluster, two: Cluster) -> float:
        """Mean similarity between the articles of two stories, decay and vetoes taken in."""
        small, large = (one, two) if len(one.sums) < len(two.sums) else (two, one)
        total = sum(weight * large.sums.get(word, 0) for word, weight in small.sums.items())
        similarity = total / (one.size * two.size * UNIT * UNIT) if one.size and two.size else 0.0
        return similarity * self._fresh(apart(one.last, two.last)) * self._kept(tuple(one.marks), two.marks)

    def _fresh(self, days: int) -> float:
        grouping = self._grouping
        return max(grouping.number("decay_floor"), 1 - grouping.number("decay_per_day") * days)

    def _kept(self, mine: tuple[Marks, ...], theirs: list[Marks]) -> float:
        kept = 1.0
        for veto, one, two in zip(self._grouping.vetoes, mine, theirs, strict=True):
            if one and two and contradict(one, two):
                kept *= veto.keeps
        return kept


def contradict(one: Marks, two: Marks) -> bool:
    """Whether two sets of marks share a unit and no value in it.

    >>> contradict(frozenset({("届", "3")}), frozenset({("届", "5")}))
    True
    >>> contradict(frozenset({("届", "3")}), frozenset({("批", "5")}))
    False
    """
    shared = {unit for unit, _ in one} & {unit for unit, _ in two}
    return any(
        not ({value for unit, value in one if unit == name} & {value for unit, value in two if unit == name})
        for name in shared
    )


def apart(one: int | None, two: int | None) -> int:
    """Days between, 0 where either is not known."""
    return 0 if one is None or two is None else abs(one - two)
