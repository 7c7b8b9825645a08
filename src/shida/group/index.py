"""Stories as sums of their articles, and the inverted index that finds those an article is like."""

from __future__ import annotations

from collections import Counter
from heapq import nlargest
from itertools import chain, islice
from operator import itemgetter

import msgspec

from shida.group.lookalikes import contradict, look_alike
from shida.group.vectors import UNIT, Digest, Marks
from shida.pack.grouping import Grouping

CROWD = (2, 10)
"""The places, of the stories an article is most like, that show how crowded it is around it."""
KEYS = 24
"""Words of an article, the strongest, that lead to stories and by which it is found."""
LATEST = 200
REMEMBERED = 3
CANDIDATES = 32
"""Stories that share most of these words, for which the similarity is worked out."""


class Cluster(msgspec.Struct, kw_only=True, eq=False):
    """A story while it grows: what is needed to compare with it."""

    story: str
    """Id of the story."""
    founder: tuple[str, str]
    """Order of the article that founded it."""
    known: bool = False
    """True: it was there before this run."""
    size: int = 0
    """Articles that count; copies do not."""
    last: int | None = None
    sums: dict[str, int] = msgspec.field(default_factory=dict)
    keys: dict[str, None] = msgspec.field(default_factory=dict)
    """Words that lead to it: the strongest of each of its articles."""
    newest: list[Digest] = msgspec.field(default_factory=list)
    """The last REMEMBERED articles by order: what look-alikes are told by."""
    merged_into: Cluster | None = None
    marks: list[Marks] = msgspec.field(default_factory=list)

    def add(self, digest: Digest) -> None:
        """Let an article count."""
        self.size += 1
        sums = self.sums
        for word, weight in digest.weights.items():
            sums[word] = sums.get(word, 0) + weight
        if digest.day is not None:
            self.last = digest.day if self.last is None else max(self.last, digest.day)
        self.remember([digest])
        mine = self.marks or [frozenset()] * len(digest.marks)
        self.marks = [old | new for old, new in zip(mine, digest.marks, strict=True)]

    def remember(self, digests: list[Digest]) -> None:
        """Keep the newest, whatever order they come in."""
        self.newest = sorted([*self.newest, *digests], key=lambda digest: digest.order)[-REMEMBERED:]


class Match(msgspec.Struct, frozen=True):
    """A story an article (or a story) is like: similarity from 0 to 1, decay and vetoes taken in."""

    similarity: float
    cluster: Cluster
    days: int
    """Days between them, 0 where either has none."""


class ClusterIndex:
    """All stories, found by their words. The similarity is the mean over **all** articles of a story.

    Each word leads to the stories it came up in, the latest last. Only the latest `LATEST` are looked at: a rare word
    finds a story of years ago, a frequent one those of these days. So the cost of an article does not grow with the
    newsroom.
    """

    def __init__(self, grouping: Grouping) -> None:
        self._vetoes = grouping.vetoes
        self._decay = grouping.number("decay_per_day")
        self._floor = grouping.number("decay_floor")
        self._template = grouping.number("template_matched")
        self._latest: dict[str, list[Cluster]] = {}
        self.clusters: set[Cluster] = set()

    def arrange(self) -> None:
        """Put the stories of every word in order of their last day: what a run starts from is then the same whether
        the index was carried on or made again."""
        self._latest = {}
        self.clusters = {cluster for cluster in self.clusters if cluster.merged_into is None}
        for cluster in sorted(self.clusters, key=lambda one: (one.last or 0, one.founder)):
            for word in cluster.keys:
                self._latest.setdefault(word, []).append(cluster)

    def put(self, cluster: Cluster, digest: Digest) -> None:
        """Let the article count for the story, here and there."""
        self.clusters.add(cluster)
        cluster.add(digest)
        keys = list(islice(digest.weights, KEYS))
        cluster.keys.update(dict.fromkeys(keys))
        for word in keys:
            latest = self._latest.setdefault(word, [])
            if not latest or latest[-1] is not cluster:
                latest.append(cluster)
                if len(latest) > 4 * LATEST:
                    del latest[:-LATEST]

    def absorb(self, older: Cluster, younger: Cluster) -> None:
        """Merge `younger` into `older`."""
        younger.merged_into = older
        older.size += younger.size
        for word, weight in younger.sums.items():
            older.sums[word] = older.sums.get(word, 0) + weight
        older.keys.update(younger.keys)
        older.remember(younger.newest)
        older.marks = [mine | new for mine, new in zip(older.marks, younger.marks, strict=True)]
        days = [day for day in (older.last, younger.last) if day is not None]
        older.last = max(days, default=None)
        younger.sums, younger.keys = {}, {}

    def like(self, digest: Digest, least: float, crowding: float) -> tuple[float, list[Match]]:
        """By how much it is crowded around the article, and the stories it is like enough to join, best first.

        The crowd is the mean similarity of the stories that come third to tenth: a report of a recurring kind is
        somewhat like very many stories, and has to be much more like one of them (`least` and `crowding` times the
        crowd) to belong there.
        """
        weights = digest.weights
        latest = [self._latest[word][-LATEST:] for word in islice(weights, KEYS) if word in self._latest]
        shared = Counter(chain.from_iterable(latest))
        seen: dict[Cluster, None] = {}
        for cluster in nlargest(CANDIDATES, shared, key=shared.__getitem__):
            while cluster.merged_into is not None:
                cluster = cluster.merged_into
            seen[cluster] = None
        rough = []
        for cluster in seen:
            days = apart(digest.day, cluster.last)
            rough.append(
                (-self._fresh(days) * product(weights, cluster.sums) / cluster.size, cluster.founder, days, cluster)
            )
        rough.sort(key=itemgetter(0, 1))
        crowd = -sum(entry[0] for entry in rough[CROWD[0] : CROWD[1]]) / (CROWD[1] - CROWD[0])
        least += crowding * crowd
        found = []
        for minus, _, days, cluster in rough[: CROWD[1]]:
            if -minus < least:
                break
            similarity = -minus * self._kept(digest.marks, cluster.marks)
            if similarity >= least and not all(look_alike(digest, other, self._template) for other in cluster.newest):
                found.append(Match(similarity, cluster, days))
        found.sort(key=lambda match: (-match.similarity, match.cluster.founder))
        return crowd, found

    def between(self, one: Cluster, two: Cluster, least: float) -> float | None:
        """Mean similarity between the articles of two stories, decay and vetoes taken in; None below `least`."""
        similarity = product(one.sums, two.sums) / (one.size * two.size)
        similarity *= self._fresh(apart(one.last, two.last)) * self._kept(tuple(one.marks), two.marks)
        if similarity < least or all(
            look_alike(mine, other, self._template) for mine in one.newest for other in two.newest
        ):
            return None
        return similarity

    def _fresh(self, days: int) -> float:
        return max(self._floor, 1 - self._decay * days)

    def _kept(self, mine: tuple[Marks, ...], theirs: list[Marks]) -> float:
        kept = 1.0
        for veto, one, two in zip(self._vetoes, mine, theirs, strict=True):
            if one and two and contradict(one, two):
                kept *= veto.keeps
        return kept


def product(one: dict[str, int], two: dict[str, int]) -> float:
    """How alike two vectors or sums of vectors are; 1 for a vector and itself.

    >>> product({"质量": 600, "大会": 800}, {"质量": 1000})
    0.6
    """
    return sum([one[word] * two[word] for word in one.keys() & two.keys()]) / (UNIT * UNIT)


def apart(one: int | None, two: int | None) -> int:
    """Days between, 0 where either is not known."""
    return 0 if one is None or two is None else abs(one - two)
