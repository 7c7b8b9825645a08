"""Scored stories → places: the best first, one thread one place, no kind past its cap, nothing under the floor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from shida.pack.ranking import ListRule
from shida.rank.likeness import Vector, cosine

BLOCK = 10
"""A cap is for the first ten places, and as many again for each ten after them."""


class Choice(msgspec.Struct, kw_only=True):
    """A story that got a place (or came first of those outside)."""

    index: int
    score: float
    """After what likeness to the ones above took away."""
    lost: float = 0.0
    """How much that was."""
    like: int | None = None
    """Which one it is most like."""
    folded: list[int] = []
    """Stories of the same thread that got no place of their own."""


def choose(
    scores: Sequence[float],
    kinds: Sequence[str],
    editions: Sequence[str],
    likes: Sequence[Vector],
    rule: ListRule,
    limit: int,
) -> tuple[list[Choice], Choice | None]:
    """The places in order, and the first that stayed outside.

    Greedy: each place goes to the story with the most score left after its likeness to those above is taken off
    (maximal marginal relevance, Carbonell & Goldstein 1998). `scores` must be in falling order.
    """
    taken: list[Choice] = []
    held: Counter[str] = Counter()
    alike = [(0.0, -1)] * len(scores)
    open_ = [index for index, score in enumerate(scores) if score >= rule.floor]
    while open_ and len(taken) <= limit:
        best: Choice | None = None
        for index in open_:
            if best is not None and scores[index] <= best.score:
                break
            if not _has_room(kinds[index], held, rule, len(taken)):
                continue
            likeness, other = alike[index]
            lost = scores[index] * rule.diversity * likeness
            if best is None or scores[index] - lost > best.score:
                best = Choice(index=index, score=scores[index] - lost, lost=lost, like=other if other >= 0 else None)
        if best is None:
            if len(taken) % BLOCK == 0 and not taken:
                break
            best = _next_regardless(open_, scores, alike, rule)
        if best.score < rule.floor:
            break
        taken.append(best)
        held[kinds[best.index]] += 1
        open_.remove(best.index)
        _fold(best, open_, editions, likes, alike, rule)
    outside = taken.pop() if len(taken) > limit else None
    return taken, outside


def _next_regardless(
    open_: Sequence[int], scores: Sequence[float], alike: Sequence[tuple[float, int]], rule: ListRule
) -> Choice:
    """Only kinds at their cap are left: the best of them."""
    lost = [scores[index] * rule.diversity * alike[index][0] for index in open_]
    place = max(range(len(open_)), key=lambda i: scores[open_[i]] - lost[i])
    return Choice(index=open_[place], score=scores[open_[place]] - lost[place], lost=lost[place])


def _has_room(kind: str, held: Counter[str], rule: ListRule, taken: int) -> bool:
    if kind not in rule.caps:
        return True
    block = taken // BLOCK
    cap = rule.caps[kind]
    return held[kind] < (cap * (block + 1) if cap else block)


def _fold(
    best: Choice,
    open_: list[int],
    editions: Sequence[str],
    likes: Sequence[Vector],
    alike: list[tuple[float, int]],
    rule: ListRule,
) -> None:
    """Stories of the same thread leave the race; for the others the likeness to what is in is noted."""
    stay = []
    for index in open_:
        likeness = cosine(likes[index], likes[best.index])
        same = editions[best.index] != "" and editions[index] == editions[best.index]
        if same or likeness >= rule.likeness:
            best.folded.append(index)
            continue
        if likeness > alike[index][0]:
            alike[index] = (likeness, best.index)
        stay.append(index)
    open_[:] = stay
