"""Scored stories → places: the best first, one thread one place, no kind past its cap, nothing under the floor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from shida.pack.ranking import ListRule

BLOCK: Final = 10
"""A cap is for the first ten places, and as many again for each ten after them."""
MOST_REPEATS: Final = 3
"""Stories of the same theme above that count against one; more than these change nothing any more."""


class Runner(msgspec.Struct, frozen=True, kw_only=True):
    """A story in the race: what it scored, and what tells it from the others."""

    score: float
    kind: str
    """Its strongest kind of act."""
    edition: str
    """The event's edition its titles name; "" where they name none."""
    document: str = ""
    """The weightiest document it brought; "" where it brought none."""
    theme: str
    by_theme: float
    """The part of the score that its theme brought; a theme counts once."""


class Choice(msgspec.Struct, kw_only=True):
    """A story that got a place (or came first of those outside)."""

    index: int
    score: float
    """After what the ones above took away."""
    lost: float = 0.0
    """How much that was."""
    like: int | None = None
    """Which of those above took it away: the one it is most like, or the one of the same theme."""
    folded: list[int] = []
    """Stories of the same thread that got no place of their own."""


def choose(
    runners: Sequence[Runner], likeness: Callable[[int], Sequence[float]], rule: ListRule, limit: int
) -> tuple[list[Choice], Choice | None]:
    """The places in order, and the first that stayed outside.

    Greedy: each place goes to the story with the most score left after its likeness to those above is taken off
    (maximal marginal relevance, Carbonell & Goldstein 1998) and what their themes brought already (a theme counts
    once, which makes the sum submodular). `runners` must be in falling order of score; `likeness` gives one's likeness
    to all of them.
    """
    taken: list[Choice] = []
    held: Counter[str] = Counter()
    themes: dict[str, list[int]] = {}
    alike = [(0.0, -1)] * len(runners)
    open_ = [index for index, runner in enumerate(runners) if runner.score >= rule.floor]
    while open_ and len(taken) <= limit:
        free = [index for index in open_ if _has_room(runners[index].kind, held, rule, len(taken))]
        best: Choice | None = None
        for index in free or open_:
            if best is not None and runners[index].score <= best.score:
                break
            choice = _choice(index, runners[index], alike[index], themes, rule)
            if best is None or choice.score > best.score:
                best = choice
        if best is None or best.score < rule.floor:
            break
        taken.append(best)
        runner = runners[best.index]
        held[runner.kind] += 1
        if runner.theme:
            themes.setdefault(runner.theme, []).append(best.index)
        open_.remove(best.index)
        open_ = _without_thread(best, open_, runners, likeness(best.index), alike, rule)
    outside = taken.pop() if len(taken) > limit else None
    return taken, outside


def _choice(
    index: int, runner: Runner, alike: tuple[float, int], themes: dict[str, list[int]], rule: ListRule
) -> Choice:
    likeness, like = alike
    lost = runner.score * rule.diversity * likeness
    if runner.theme in themes:
        others = themes[runner.theme]
        lost += max(0.0, runner.by_theme) + runner.score * rule.repetition * min(len(others), MOST_REPEATS)
        like = others[0]
    return Choice(index=index, score=runner.score - lost, lost=lost, like=like if like >= 0 else None)


def _has_room(kind: str, held: Counter[str], rule: ListRule, taken: int) -> bool:
    if kind not in rule.caps:
        return True
    block = taken // BLOCK
    cap = rule.caps[kind]
    return held[kind] < (cap * (block + 1) if cap else block)


def _without_thread(
    best: Choice,
    open_: Sequence[int],
    runners: Sequence[Runner],
    likeness: Sequence[float],
    alike: list[tuple[float, int]],
    rule: ListRule,
) -> list[int]:
    """Who stays in the race: stories of the same thread leave it; for others the likeness to what is in is noted."""
    stay = []
    winner = runners[best.index]
    for index in open_:
        other = runners[index]
        same = rule.fold_editions and winner.edition != "" and winner.edition == other.edition
        same |= rule.fold_documents and winner.document != "" and winner.document == other.document
        if same or likeness[index] >= rule.likeness:
            best.folded.append(index)
            continue
        if likeness[index] > alike[index][0]:
            alike[index] = (likeness[index], best.index)
        stay.append(index)
    return stay
