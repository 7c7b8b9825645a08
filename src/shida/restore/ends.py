"""The two ends of a chain, and what may hide in it: chosen by what is likely.

At an end every character is tried that a known neighbour has been seen with. In between the bytes are certain, but for
pairs of the private-use area, which print nothing: where the chain reads badly they are looked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import exp

from shida.restore.chain import Chain
from shida.restore.language import Language, plain
from shida.restore.pairs import HIDDEN, LOST, Piece, before_cut, by_lead, originals, vanishing

UNSURE = 3.0
"""Nats between the best two below which the rest of the page is asked."""
PROOF = 7.0
"""Nats by which a character must beat every pair that could have vanished beside it to be called proved."""
DASHES = 0xA1
"""The first byte of — and of …."""
POOR = -6.5
"""Nats a character at which one hidden pair reads so badly that two are tried."""
WORD = 20.0
"""How often two characters were read together that make a word of their own."""
SEEN = 4.0
"""How often a character must have been read beside both its neighbours to need no such test."""


@dataclass(slots=True)
class Link:
    """A character of a chain, or two where a pair vanished."""

    plain: str
    text: str
    span: tuple[int, int]
    known: bool
    runner_up: str | None = None
    margin: float | None = None


class Ends:
    """Chooses the lost characters at the ends of a chain."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._after: dict[str, list[str]] = {}
        self._before: dict[str, list[str]] = {}
        cut = set(before_cut())
        for gram in language.counts:
            if len(gram) == 2:
                if gram[1] in cut:
                    self._after.setdefault(gram[0], []).append(gram[1])
                if gram[0] in cut:
                    self._before.setdefault(gram[1], []).append(gram[0])

    def solve(self, chain: Chain, left: str, right: str, page: str, *, quoted: bool = True) -> list[Piece] | None:
        """The pieces of a chain between the two restored characters on either side; None where it looks wrong.

        `quoted`: a quotation is open there, so that ” may close it.
        """
        if not chain.characters:
            return None
        links = [Link(plain(text), text, span, True) for text, span in zip(chain.characters, chain.spans, strict=True)]
        pieces: list[Piece] = []
        if chain.opening:
            pieces.append(self._open(chain.opening, left, links, right, page))
            if chain.pendings[0][0] == DASHES:
                pieces[0] = self._with_dashes(chain, pieces[0], links, left, right, page, quoted=quoted)
        first = links[0].text
        inner = left[-1] + plain(pieces[0].after) if pieces else left
        if not self._mend(chain, links, inner, right):
            return None
        if chain.opening and links[0].text != first:
            pieces[0] = self._open(chain.opening, left, links, right, page)
        left = left[-1] + plain(pieces[0].after) if pieces else left
        for link in links:
            if link.known and pieces and pieces[-1].known:
                last = pieces.pop()
                pieces.append(Piece(last.start, link.span[1], last.after + link.text, True, None, None, 1.0))
            else:
                pieces.append(
                    Piece(*link.span, link.text, link.known, link.runner_up, link.margin, 1.0 if link.known else 0.9)
                )
        if chain.closing:
            before = (left + "".join(link.plain for link in links))[-2:]
            closed = self._close(chain, before, right, page)
            if closed is None:
                return None
            pieces.append(closed)
        return pieces

    def _open(self, span: tuple[int, int], left: str, links: list[Link], right: str, page: str) -> Piece:
        following = ("".join(link.plain for link in links[:2]) + right)[:2]
        options = set(self._after.get(left[-1], ())) | set(self._before.get(following[0], ())) | {"。"}
        return self._choose(sorted(options), left, following, span, page)

    def _with_dashes(
        self, chain: Chain, opening: Piece, links: list[Link], left: str, right: str, page: str, *, quoted: bool
    ) -> Piece:
        """—— (or ……) after the first character is two pairs that vanish: whether it reads better than nothing."""
        after = "".join(link.plain for link in links[1:3]) + right
        here = self._score(left + plain(opening.after) + links[0].plain + after[:2], self.language.likely)
        if links[0].plain == "”" and not quoted:
            here -= PROOF
        best = opening
        for twice in ("——", "……"):
            for second in _ending_of(chain.pendings[0][1], low=False):
                if second + after[0] not in self.language.counts:
                    continue
                dashed = [Link(twice + second, twice + second, links[0].span, False, links[0].text), *links[1:]]
                options = sorted(set(self._after.get(left[-1], ())))
                tried = self._choose(options, left, twice, chain.opening or (0, 0), page) if options else opening
                score = self._score(left + plain(tried.after) + twice + second + after[:2], self.language.likely)
                if score > here:
                    here, best = score, tried
                    links[0] = dashed[0]
        return best

    def _close(self, chain: Chain, left: str, right: str, page: str) -> Piece | None:
        counts = self.language.counts
        options = {
            option
            for trail, found in by_lead()[chain.last_lead]
            if trail >= 0x80
            for option in found
            if left[1] + option in counts or option + right[0] in counts
        }
        if chain.closing is None:
            return None
        after = self.language.after
        for trail in vanishing():  # a pair that left no trace before the lost byte
            for first in originals()[chain.last_lead << 8 | trail]:
                seen = left[1] + first in counts
                options |= {
                    first + second
                    for second in after.get(first, ())
                    if second + right[0] in counts and (seen or counts[first + second] >= WORD)
                }
        if not options:
            return None
        return self._choose(sorted(options), left, right, chain.closing, page)

    def _mend(self, chain: Chain, links: list[Link], left: str, right: str) -> bool:
        """Look for pairs that vanished where the chain reads badly; whether it reads well enough now."""
        counts = self.language.counts
        context = left
        tail = right if chain.closing is None else ""
        for at, link in enumerate(links):
            if not link.known:
                context = (context + link.plain)[-2:]
                continue
            after = "".join(later.plain for later in links[at + 1 : at + 3]) + tail
            common = counts.get(context[-1] + link.plain, 0.0), counts.get(link.plain + after[:1], 0.0)
            if link.text == LOST or min(common) < SEEN or sum(common) < 4 * SEEN:
                here = self._score(context + link.plain + after[:2], self.language.likely)
                score, two = self._vanished(*chain.pendings[at], context, after[:2])
                if link.text == LOST or (max(common) < 1.0 and score < POOR * (len(two) + 2)):
                    score, two = max((score, two), self._vanished_twice(*chain.pendings[at], context, after[:2]))
                if link.text == LOST or score > here + HIDDEN:
                    if not two:
                        return False
                    link.runner_up, link.margin = (
                        (None, None) if link.text == LOST else (link.text, round(score - here, 3))
                    )
                    link.text, link.known = two, False
                    link.plain = plain(two)
                elif score > here - PROOF:
                    link.known, link.runner_up, link.margin = False, two, round(here - score, 3)
                elif max(common) < 1.0:
                    link.known = False
            context = (context + link.plain)[-2:]
        return True

    def _vanished(self, pending: int, joined: int, left: str, right: str) -> tuple[float, str]:
        """The best two characters whose inner bytes were a pair that vanished, and their score."""
        table, likely, after = originals(), self.language.likely, self.language.after
        nothing: set[str] = set()
        follows = after.get(left[-1], nothing)
        fits = {text for text in _ending(joined) if right and right[0] in after.get(text, nothing)}
        options: list[str] = []
        for lead in vanishing():
            for first in table[pending << 8 | lead]:
                seconds = _ending_of(joined, low=lead <= 0xA7)
                known = after.get(first, nothing)
                options += [first + second for second in seconds if second in known]
                if first in follows:
                    options += [first + second for second in seconds if second in fits and second not in known]
        if pending == 0xA1:  # —— and …… are two pairs that vanish whole
            for twice in ("——", "……"):
                options += [twice + second for second in _ending_of(joined, low=False) if second in fits]
        if not options:
            return -1e9, ""
        return max((self._score(left + plain(option) + right, likely), option) for option in options)

    def _vanished_twice(self, pending: int, joined: int, left: str, right: str) -> tuple[float, str]:
        """The best three characters whose inner bytes were two pairs that vanished, and their score."""
        table, likely, after = originals(), self.language.likely, self.language.after
        ends, hidden = _bytes_of_originals(), _hidden()
        last = frozenset(_ending_of(joined, low=True)), frozenset(_ending_of(joined, low=False))
        nothing: set[str] = set()
        best = (-1e9, "")
        for first_trail in vanishing():
            for first in table[pending << 8 | first_trail]:
                for second in after.get(first, nothing) & hidden[first_trail > 0xA7]:
                    for third in after.get(second, nothing) & last[ends[second][1] > 0xA7]:
                        score = self._score(left + first + second + third + right, likely)
                        best = max(best, (score, first + second + third))
        return best

    def _choose(self, options: list[str], left: str, right: str, span: tuple[int, int], page: str) -> Piece:
        likely = self.language.likely
        scored = sorted(
            (
                (self._score(left + plain(option) + right, likely) - HIDDEN * (len(option) > 1), option)
                for option in options
            ),
            reverse=True,
        )
        if len(scored) > 1 and scored[0][0] - scored[1][0] < UNSURE:
            here = self.language.likely_here
            scored = sorted(
                (
                    (
                        self._score(left + plain(option) + right, lambda three: here(three, page))
                        - HIDDEN * (len(option) > 1),
                        option,
                    )
                    for _, option in scored[:5]
                ),
                reverse=True,
            )
        best, after = scored[0]
        chance = 1 / sum(exp(score - best) for score, _ in scored)
        second = scored[1] if len(scored) > 1 else None
        return Piece(
            span[0],
            span[1],
            after,
            False,
            second[1] if second else None,
            round(best - second[0], 3) if second else None,
            chance,
        )

    @staticmethod
    def _score(whole: str, likely: Callable[[str], float]) -> float:
        return sum(likely(whole[at : at + 3]) for at in range(len(whole) - 2))


@cache
def _ending_of(trail: int, *, low: bool) -> tuple[str, ...]:
    """The characters whose second byte is `trail`, by the half of the first bytes a vanished pair leaves."""
    leads = range(0x81, 0xA1) if low else range(0xA1, 0xFF)
    return tuple(text for lead in leads for text in originals()[lead << 8 | trail])


@cache
def _bytes_of_originals() -> dict[str, tuple[int, int]]:
    """Character → the two bytes damage gives it."""
    return {text: (pair >> 8, pair & 0xFF) for pair, texts in enumerate(originals()) for text in texts}


@cache
def _hidden() -> tuple[frozenset[str], frozenset[str]]:
    """Characters whose second byte begins a pair that vanishes, by the half their first byte is in."""
    both = [(text, lead) for text, (lead, trail) in _bytes_of_originals().items() if trail in vanishing()]
    return frozenset(text for text, lead in both if lead <= 0xA0), frozenset(text for text, lead in both if lead > 0xA0)


def _ending(trail: int) -> tuple[str, ...]:
    return _ending_of(trail, low=True) + _ending_of(trail, low=False)


_ENDS: dict[int, tuple[Language, Ends]] = {}


def ends_of(language: Language) -> Ends:
    """The Ends of a language, kept beside it."""
    kept = _ENDS.get(id(language))
    if kept is None:
        if len(_ENDS) > 3:
            _ENDS.clear()
        kept = _ENDS[id(language)] = (language, Ends(language))
    return kept[1]
