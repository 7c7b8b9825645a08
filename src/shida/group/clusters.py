"""A story while it grows: the sum of its articles, how alike they are, and what tells it from another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

import msgspec
import numpy as np

from shida.group.marks import Marks
from shida.group.vectors import NO_WEIGHTS, NO_WORDS, UNIT, Digest, Numbers, Order, Weights

REMEMBERED = 3
"""The last articles of a story, by order, that look-alikes are told by."""
WAITING = 4
LARGE = 1000
"""So many vectors may wait to be summed, and one more for each so many words of the sum."""


class Cluster(msgspec.Struct, kw_only=True, eq=False):
    """What is needed to compare with a story."""

    story: str
    """Id of the story."""
    founder: Order
    """Order of the article that founded it."""
    known: bool = False
    """True: it was there before this run."""
    number: int = 0
    """Its place in the index."""
    digests: dict[str, Digest] = msgspec.field(default_factory=dict)
    """Article id → digest, of the articles that count; copies do not."""
    last: int | None = None
    square: int = 0
    """Square of the length of the sum, in units of UNIT²: the similarities of all pairs, each twice, and of each
    article with itself."""
    newest: list[Digest] = msgspec.field(default_factory=list)
    merged_into: Cluster | None = None
    marks: tuple[Marks, ...] = ()
    base: tuple[Numbers, Weights] | None = None
    """The sum of the articles that do not wait: words in order, each once, and their weights."""
    waiting: list[Digest] = msgspec.field(default_factory=list)
    """Articles that are yet to be summed."""

    @property
    def size(self) -> int:
        """Articles that count."""
        return len(self.digests)

    def add(self, digest: Digest, likeness: int) -> None:
        """Let an article count; `likeness` is the product of its vector with the sum so far."""
        weights = digest.weights
        self.digests[digest.article.id] = digest
        self.waiting.append(digest)
        if len(self.waiting) > WAITING + (len(self.base[0]) // LARGE if self.base else 0):
            self._sum()
        self.square += 2 * likeness + int(np.dot(weights, weights.astype(np.int64)))
        self._note(digest)

    def fill(self, digests: Iterable[Digest]) -> None:
        """Let many articles count."""
        for digest in digests:
            self.digests[digest.article.id] = digest
            self.waiting.append(digest)
            self._note(digest)
        if self.waiting:
            _, sums = self.summed()
            self.square = int((sums.astype(np.int64) ** 2).sum())

    def _note(self, digest: Digest) -> None:
        if digest.day is not None and (self.last is None or self.last < digest.day):
            self.last = digest.day
        self.remember([digest])
        self._mark(digest.marks)

    def _mark(self, marks: tuple[Marks, ...]) -> None:
        if not self.marks:
            self.marks = marks
        elif any(marks):
            self.marks = tuple([old | new if new else old for old, new in zip(self.marks, marks, strict=True)])

    def absorb(self, other: Cluster, likeness: int) -> None:
        """Take in another story; `likeness` is the product of the sums."""
        other.merged_into = self
        self.digests.update(other.digests)
        self._sum(other.parts())
        self.square += 2 * likeness + other.square
        self.remember(other.newest)
        self._mark(other.marks)
        days = [day for day in (self.last, other.last) if day is not None]
        self.last = max(days, default=None)
        other.base, other.waiting, other.digests, other.newest = None, [], {}, []

    def remember(self, digests: list[Digest]) -> None:
        """Keep the newest, whatever order they come in."""
        newest = [*self.newest, *digests]
        if len(newest) > 1:
            newest.sort(key=_order)
        self.newest = newest[-REMEMBERED:]

    def parts(self) -> list[tuple[Numbers, Weights]]:
        """Vectors that make up the sum; each has a word once at most."""
        waiting = [(digest.words, digest.weights) for digest in self.waiting]
        return waiting if self.base is None else [self.base, *waiting]

    def summed(self) -> tuple[Numbers, Weights]:
        """The sum: words, each once, and their weights."""
        if self.base is None and len(self.waiting) == 1:
            return self.waiting[0].words, self.waiting[0].weights
        if self.waiting or self.base is None:
            self._sum()
        return self.base or (NO_WORDS, NO_WEIGHTS)

    def _sum(self, more: Sequence[tuple[Numbers, Weights]] = ()) -> None:
        parts = [*self.parts(), *more]
        self.waiting = []
        if not parts:
            return
        words, weights = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
        order = np.argsort(words, kind="stable")
        words, weights = words[order], weights[order]
        first = np.flatnonzero(np.concatenate(([True], words[1:] != words[:-1])) if len(words) else words)
        if len(first):
            words, weights = words[first], np.add.reduceat(weights, first, dtype=np.int32)
        self.base = words, weights

    def cohesion(self, expected: float, prior: float) -> float:
        """Mean similarity of two articles of the story, drawn towards `expected` as by `prior` further pairs.

        A story of one article has no pairs, and what is `expected` stands for it.
        """
        pairs = self.size * (self.size - 1) / 2
        return ((self.square / (UNIT * UNIT) - self.size) / 2 + prior * expected) / (pairs + prior)


_order = attrgetter("order")


def apart(one: int | None, two: int | None) -> int:
    """Days between, 0 where either is not known.

    >>> apart(738000, 738004), apart(738000, None)
    (4, 0)
    """
    return 0 if one is None or two is None else abs(one - two)
