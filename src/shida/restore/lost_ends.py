"""What may stand at the ends of a stretch and in its holes: what notes, marks and two losses beside each other say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import nlargest
from math import exp

from shida.restore.chain import Chain
from shida.restore.choosing import BEFORE, BY_WORDS, NOTHING, RIVALS
from shida.restore.hidden import Hidden, Scored, cut_leads, with_lost_trail
from shida.restore.language import Language
from shida.restore.pairs import Piece, originals, unprintable

UNMATCHED = 2.0
"""Times what brackets that match or do not match weigh where both ends of a stretch are lost."""
NO_STOP_BEFORE = frozenset("。，、；：？！）》")
"""What never stands after 。"""
QUOTED_LEAST = 5
"""Characters a quotation has, quote and all, that ends with a stop."""
WITH_BRACKETS = (0xA1, 0xA3)
"""First bytes that brackets have."""
DASHED = -12.0
"""Nats above which five characters read too well for dashes to be looked for."""
TWICE = 4.0
"""Nats by which two hidden pairs may be less likely than one by pairs and still be looked at."""
POOR = -6.5
"""Nats a character at which one hidden pair reads so badly that two are tried, and pairs never read together."""
UNLIKELY = -35.0
"""Nats below which two pairs are not looked at."""
UNSETTLED = 3.0
"""Nats by which a choice inside a stretch must lead to be read on from."""
ONCE = 0.95
"""How often two characters were read together that were read once, less what a chance kept short loses."""
AGAINST_STOP: Mapping[str, float] = {"。": -5.0}
"""Nats against a stop before those, and before the end of a shorter quotation."""


def told(options: Scored, ending: tuple[str, ...]) -> Scored:
    """Those that end with what a note says, if one does."""
    return [option for option in options if option[1][-1] in ending] if ending else options


def against_stop(left: str, following: str) -> Mapping[str, float]:
    """Nats against 。 before what never follows it, and before the end of a quotation of a few characters.

    >>> against_stop("班组“四", "”"), against_stop("他说：“这个办法很好", "”")
    ({'。': -5.0}, {})
    """
    short = following == "”" and "“" in left[-QUOTED_LEAST:]
    return AGAINST_STOP if short or following in NO_STOP_BEFORE else NOTHING


def before_closing(
    language: Language, closing: int, left: str, right: str, matching: Mapping[str, float], span: tuple[int, int]
) -> Piece | None:
    """The first of two lost halves beside each other, chosen with the second, whose first byte is `closing`.

    `matching` are the nats for and against brackets as the second.
    """
    before = left[-2:]
    seconds = with_lost_trail(closing, alone=True) & language.before.get(right[0]).keys()
    firsts = nlargest(8, cut_leads(), key=lambda one: (language.score(before + one), one))
    words = language.words.score
    found: dict[str, float] = {}
    for one in firsts:
        for two in (seconds & language.after.get(one).keys()) or seconds:
            known = language.score(before + one + two + right) + UNMATCHED * matching.get(two, 0.0)
            known += BY_WORDS * words(left[-BEFORE:] + one + two)
            found[one] = max(known, found.get(one, known))
    if not found:
        return None
    (best, one), *rest = nlargest(RIVALS, [(known, one) for one, known in found.items()])
    chance = 1 / (1 + sum([exp(known - best) for known, _ in rest]))
    margin = round(best - rest[0][0], 3) if rest else None
    return Piece(*span, one, False, rest[0][1] if rest else None, margin, chance)


def unprinted(language: Language, hidden: Hidden, lead: int, trail: int) -> Scored:
    """The two characters whose inner bytes cp936 prints as `?`."""
    seen = hidden.unprinted.get(lead << 8 | trail)
    if seen:
        return [(chance, two) for two, chance in seen.items()]
    return [
        (language.one(first) + language.one(second), first + second)
        for inner, leads in unprintable().items()
        for first in originals()[lead << 8 | inner]
        for other in leads
        for second in originals()[other << 8 | trail]
    ]


def first_options(
    language: Language, hidden: Hidden, chain: Chain, left: str, following: str
) -> Iterator[tuple[str, int]]:
    """What may stand first, with the pair that the note before it stood for: a character, or two.

    `left` and `following` are the characters around.
    """
    trail = chain.pairs[1]
    ending = chain.ending if len(chain.known) == 1 else ()
    for pair in chain.first:
        lead = pair & 0xFF
        if 0 in chain.holes:
            more = unprinted(language, hidden, lead, trail)
        else:
            if not ending:
                for text in originals()[lead << 8 | trail]:
                    yield text, pair
            more = hidden.once(lead, trail, left, following, UNLIKELY)
        for _, two in nlargest(RIVALS, told(more, ending)):
            yield two, pair


def unsupported(
    language: Language,
    plains: list[str],
    chosen: Mapping[int, tuple[str | None, float | None]],
    before: str,
    after: str,
) -> list[int]:
    """The places not chosen whose characters were only ever read beside ones that were.

    `before` and `after` are what stands around all of them, empty where that is chosen too.
    """
    often = language.often
    whole = [before, *plains, after]
    for at, (_, margin) in chosen.items():
        if margin is None or abs(margin) < UNSETTLED:
            whole[at + 1] = ""
    found = []
    for at, text in enumerate(plains):
        left, right = whole[at], whole[at + 2]
        if at not in chosen and not (left and right):
            read = (left and often(left[-1] + text) >= ONCE) or (right and often(text + right[0]) >= ONCE)
            if not read:
                found.append(at)
    return found
