"""What may stand in a place, between what is known on both sides → the likely ones, best first.

Every option is weighed by three trigrams; most are so unlikely beside a neighbour that the rest need not be looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nlargest
from math import exp

from shida.restore.language import Language, PageGrams, plain
from shida.restore.pairs import HIDDEN, Piece

UNSURE = 5.0
"""Nats between the best two below which the rest of the page is asked."""
RIVALS = 5
"""The best options that are weighed against each other."""
REACH = 9.0
"""Nats behind the best at which an option adds nothing to the sum of the chances."""
NEAR = 5.0
"""Nats by pairs behind the best one at which what may hide is still weighed by three characters."""
LOOKED = 8
"""Options that are weighed by more than pairs."""
BEFORE, AFTER, AFTER_HIDDEN = 4, 3, 3
"""Characters on both sides of a lost one, and after a hidden pair, by whose words it is chosen."""
BY_WORDS = 0.7
"""What words weigh beside three characters at a time."""
PAIRED = 7.0
"""Nats by which two pairs may be less likely than the best two and the three characters around still be looked at."""


NOTHING: Mapping[str, float] = {}


def best_of(
    language: Language, options: list[tuple[float, str]], left: str, right: str, beside: tuple[str, str]
) -> tuple[float, str]:
    """The best of the LOOKED likeliest options, each with its chance by pairs, and its score; each as it is counted.

    Three characters for one are a pair more that must have vanished than two.
    """
    best, chosen = -1e9, ""
    scored = []
    floor = max(options)[0] - NEAR if options else 0.0
    for chance, one in nlargest(LOOKED, options) if len(options) > LOOKED else options:
        if chance >= floor:
            total = language.score(left + one + right) - HIDDEN * (len(one) > 2)
            scored.append((total, one))
            if (total, one) > (best, chosen):
                best, chosen = total, one
    near = [option for option in scored if best - option[0] < UNSURE]
    if len(near) > 1:
        before, following = beside
        words = language.words.score
        weighed = [(known + BY_WORDS * words(before + plain(one) + following), known, one) for known, one in near]
        _, best, chosen = max(weighed)
    return best, chosen


def between(language: Language, options: Iterable[str], left: str, right: str, *, read: bool) -> list[str]:
    """Those characters of `options` that by pairs are at most PAIRED less likely than the best of them.

    `left` and `right` are the characters around. With `read`, only those ever read beside one of the two.
    """
    pair, after, before = language.pair, language.after.get(left), language.before.get(right)
    scored = [
        (pair(left + one) + pair(one + right), one) for one in options if not read or one in after or one in before
    ]
    floor = max(scored, default=(0.0, ""))[0] - PAIRED
    return [one for chance, one in scored if chance > floor]


def ranked(
    language: Language, options: Iterable[str], left: str, right: str, wanted: Mapping[str, float]
) -> list[tuple[float, str]]:
    """The options within REACH of the best, best first, with their scores; one character is written as it is counted.

    `left` are two characters, `right` two, or one where it is a number; `wanted` are nats that speak for an option.
    """
    alone, found = [], []
    for one in options:
        if len(one) == 1 and len(right) == 2 and "\u3000" < one < "\uff00" and one not in wanted:
            alone.append(one)
        else:
            total = language.score(left + plain(one) + right) - HIDDEN * (len(one) > 1) + wanted.get(one, 0.0)
            found.append((total, one))
    found += language.ngrams.ranked(alone, left, right, REACH)
    floor = max(found)[0] - REACH
    found = [option for option in found if option[0] > floor]
    found.sort(reverse=True)
    return found


def choose(
    language: Language,
    page: PageGrams,
    options: Iterable[str],
    left: str,
    right: str,
    span: tuple[int, int],
    wanted: Mapping[str, float] = NOTHING,
    beside: tuple[str, str] | None = None,
) -> Piece:
    """The likeliest of `options` between `left` and `right`, and how much likelier than the next.

    Near ones are weighed by words too, with the characters `beside` them on both sides.
    """
    scored = ranked(language, options, left, right, wanted)
    best, after = scored[0]
    if len(scored) == 1:
        return Piece(*span, after, False, None, None, 1.0)
    others = 0.0
    if best - scored[1][0] < UNSURE:
        near = [(known, one) for known, one in scored[:RIVALS] if best - known < 2 * UNSURE]
        rest = scored[len(near) :]
        last, following = left[1], right[0]
        if any(page[last + one[0]] or page[one[-1] + following] for _, one in near):
            here = language.score_here
            near = [
                (here(left + plain(one) + right, page) - HIDDEN * (len(one) > 1) + wanted.get(one, 0.0), one)
                for _, one in near
            ]
            near.sort(reverse=True)
        scored = near
        if beside:
            before, following = beside
            words = language.words.score
            near = [(known + BY_WORDS * words(before + plain(one) + following), one) for known, one in near]
            near.sort(reverse=True)
            base = near[0][0] - scored[0][0]
            scored = [(known - base, one) for known, one in near]
        best, after = scored[0]
        others = sum([exp(known - best) for known, _ in rest])
    second, rival = scored[1]
    chance = 1 / (others + sum([exp(known - best) for known, _ in scored]))
    return Piece(*span, after, False, rival, round(best - second, 3), chance)
