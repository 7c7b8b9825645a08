"""A stretch whose bytes are shifted → what stood there: search over the bytes that survive.

A cut or a note inside a character loses a byte and shifts the pairs after it, until a byte meets ASCII, another note
or a cut. Most bytes are still in the page, one pair later; a lost one is tried with every value that gives back what
the page prints. What is likely decides between them, and nothing else does. Many characters may fill a place, of which
ten at most are kept there: so of one hypothesis' many ways on only the ten likeliest are made.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from heapq import nsmallest
from itertools import islice
from operator import itemgetter

from shida.restore.hidden import Hidden, ending_of
from shida.restore.language import Language
from shida.restore.pairs import (
    CUT_TRAILS,
    HIDDEN,
    LOST,
    Piece,
    before_cut,
    by_lead,
    originals,
    pair_of,
    unprintable,
    vanishing,
    wide_pair,
)
from shida.restore.paths import ALIGNED, UNPRINTED, Hypothesis, Token, pieces_of, read_tokens
from shida.restore.syllables import Notes
from shida.text.scripts import one_to_one

BEAM = 10
"""Hypotheses kept at a place."""
REACH = 16.0
"""Nats a hypothesis may fall behind the best and still be kept."""
SETTLED = 3
"""Characters after the stretch that a hypothesis is judged by."""
FEW = 3
"""Hypotheses of a place that are tried with a pair that vanished."""
LONGEST = 120
"""Characters a stretch may have before we give up."""
STRAYS = 12
"""Question marks it may have, those of notes apart: each is a lost byte, and a row of them tells nothing."""
FAILED = 100
"""Searches of one page that may find nothing; one that fails costs the most."""

_PLAIN = dict.fromkeys("0123456789", "0") | dict(zip(",:;?!()", "，：；？！（）", strict=True)) | {LOST: "0"}


class Search:
    """Searches on one page: what it knows of the page is its language and its list of notes."""

    def __init__(self, language: Language, notes: Notes, hidden: Hidden) -> None:
        self.language = language
        self.hidden = hidden
        self.notes = notes
        self._ended: dict[tuple[int, bool], list[str]] = {}
        self.thorough = False
        """Whether characters are tried that were never read after the one before them."""
        self._failed = 0

    def solve(self, text: str, start: int, end: int, context: str) -> tuple[list[Piece], int]:
        """`search`, and where it finds nothing once more with what was never read."""
        if self._failed == FAILED:
            return [], start
        self.thorough = False
        pieces, stop = self.search(text, start, end, context)
        if not pieces:
            self.thorough = True
            pieces, stop = self.search(text, start, end, context)
            self._failed += not pieces
        return pieces, stop

    def search(self, text: str, start: int, end: int, context: str) -> tuple[list[Piece], int]:
        """The pieces of the stretch that begins at the `?` at `start`, and where it ends (at most `end`).

        `context` are the two restored characters before it. No pieces: an ordinary question mark, or nothing fits.
        """
        rest = read_tokens(text, start, min(end, start + LONGEST))
        tokens = list(islice(rest, 2))
        beams: list[list[Hypothesis]] = [[Hypothesis(0.0, context, ALIGNED, None, "", 0, 0, True)], [], []]
        shifted = [False] * 3
        """Whether a place has a hypothesis that is not aligned."""
        settled = strays = 0
        at = 0
        while at < len(tokens):
            token = tokens[at]
            strays += token.text == "?"
            if strays > STRAYS:
                return [], start
            beam = _trim(beams[at])
            if not beam and not beams[at + 1] and not beams[at + 2]:
                return [], start
            stray = token.text[0] == "?"
            whole = not (shifted[at] or shifted[at + 1] or shifted[at + 2])
            settled = settled + 1 if whole and at and not stray and token.note is None else 0
            if settled > SETTLED and beam:
                break
            beams.append([])
            shifted.append(False)
            found = [new for one in beam for new in self._follow(one, tokens, at)]
            found += [new for one in beam[:FEW] for new in self._vanished(one, token, at)]
            for new in found:
                beams[new.after].append(new)
                shifted[new.after] |= new.pending != ALIGNED
            tokens += islice(rest, 1)
            at += 1
        else:
            beams[at] = _trim([one for one in beams[at] if one.pending == ALIGNED])
        pieces = pieces_of(tokens, beams[at], self.language.often)
        return (pieces, pieces[-1].end) if pieces else ([], start)

    def _grown(self, one: Hypothesis, character: str, first: int, after: int, known: bool, pending: int) -> Hypothesis:
        plain = _PLAIN.get(character, character)
        if plain == "0" and one.context[-1] == "0":  # a number counts once
            cost, context = one.cost, one.context
        else:
            three = one.context + plain
            cost, context = one.cost - self.language.likely(three), three[1:]
        return Hypothesis(cost, context, pending, one, character, first, after, known)

    def _pair_grown(
        self, one: Hypothesis, pair: int, first: int, after: int, known: bool, pending: int
    ) -> list[Hypothesis]:
        return [
            self._grown(one, character, first, after, known and character not in "着著", pending)
            for character in originals()[pair]
        ]

    def _likeliest(
        self, one: Hypothesis, characters: Iterable[str], first: int, after: int, pending: int
    ) -> list[Hypothesis]:
        """The hypothesis with each of the likeliest of many lost characters: of others none would be kept."""
        likely, cost, context = self.language.likely, one.cost, one.context
        options = nsmallest(BEAM, [(cost - likely(context + character), character) for character in characters])
        last = context[1:]
        return [
            Hypothesis(cost, last + character, pending, one, character, first, after, False)
            for cost, character in options
        ]

    def _follow(self, one: Hypothesis, tokens: list[Token], at: int) -> list[Hypothesis]:
        """Every way to use up the token at `at`."""
        token = tokens[at]
        if one.pending == ALIGNED:
            return self._follow_aligned(one, tokens, at, token)
        if one.pending >= UNPRINTED:
            return self._follow_unprinted(one, token, at)
        return self._follow_shifted(one, tokens, at, token)

    def _follow_aligned(self, one: Hypothesis, tokens: list[Token], at: int, token: Token) -> list[Hypothesis]:
        if token.text[0] != "?":
            if token.note is not None:  # a note on what stands before it
                return [_noted(one, at, ALIGNED)]
            if token.pair >= 0 and originals()[token.pair]:
                return self._pair_grown(one, token.pair, at, at + 1, True, ALIGNED)
            return [self._grown(one, token.text, at, at + 1, True, ALIGNED)]
        if token.note is not None:
            return [_noted(one, at, pair & 0xFF) for pair in self._pairs(self._last_byte(one), token.note)]
        found = [self._grown(one, "?", at, at + 1, True, ALIGNED)]
        if at + 1 < len(tokens) and (trail := CUT_TRAILS.get(tokens[at + 1].text)) is not None:
            found += self._likeliest(one, self._seen(one, before_cut()), at, at + 2, trail)
        return found

    def _follow_shifted(self, one: Hypothesis, tokens: list[Token], at: int, token: Token) -> list[Hypothesis]:
        lead = one.pending
        if token.note is not None:
            if token.text[0] != "?":
                return [_noted(one, at, lead)]
            pairs = self._pairs(lead, token.note)
            known = len(pairs) == 1
            return [new for pair in pairs for new in self._pair_grown(one, pair, at, at + 1, known, ALIGNED)]
        found: list[Hypothesis] = []
        if token.text == "?":
            found = self._follow_stray(one, tokens, at)
        elif token.pair >= 0 or token.text in wide_pair():
            pair = token.pair if token.pair >= 0 else wide_pair()[token.text]
            found = self._pair_grown(one, lead << 8 | pair >> 8, at, at + 1, True, pair & 0xFF)
        if 0x40 <= ord(token.text) < 0x7F:
            found += self._pair_grown(one, lead << 8 | ord(token.text), at, at + 1, True, ALIGNED)
        return found

    def _seen(self, one: Hypothesis, characters: Iterable[str]) -> Iterable[str]:
        """Those of `characters` that were ever read after what the hypothesis has."""
        if self.thorough:
            return characters
        follows = self.language.after.get(one.context[-1])
        return [character for character in characters if character in follows]

    def _vanished(self, one: Hypothesis, token: Token, at: int) -> list[Hypothesis]:
        """Every way to use up the token after a pair of the private-use area that printed nothing."""
        if not 0 <= one.pending < UNPRINTED:
            return []
        if token.note is not None and token.text[0] == "?":
            return self._two(one, self._met_note(one.pending, token.note), at, ALIGNED)
        trail, pending = _bytes(token)
        return self._two(one, self._met(one, trail), at, pending) if trail else []

    def _met_note(self, lead: int, note: str) -> list[str]:
        """The two characters around a pair that vanished, the second of which the page notes so elsewhere."""
        after = self.language.after
        found = []
        for printed, said in self.notes.listed.items():
            pair = pair_of(printed)
            if said != note or not originals()[pair]:
                continue
            second = originals()[pair][0]
            for inner in vanishing():
                if (inner <= 0xA7) == (pair >> 8 <= 0xA0):
                    found += [one + second for one in originals()[lead << 8 | inner] if second in after.get(one)]
        return found

    def _met(self, one: Hypothesis, trail: int) -> list[str]:
        """The two characters around a pair that vanished; those never read together only where all else failed."""
        found = [*self.hidden.vanished.get(one.pending << 8 | trail, ())]
        if not self.thorough:
            return found
        likely, after = self.language.likely, self.language.after
        context, last = one.context, one.context[1:]
        follows = after.get(last)
        firsts = []
        for inner in vanishing():
            seconds = self._ending(trail, inner <= 0xA7)
            for first in originals()[one.pending << 8 | inner]:
                if first in follows:
                    read = after.get(first)
                    options = islice((second for second in seconds if second not in read), BEAM)
                    if twos := [first + second for second in options]:
                        firsts.append((-likely(context + first) - likely(last + twos[0]), twos))
        return found + [two for _, twos in nsmallest(BEAM, firsts) for two in twos]

    def _ending(self, trail: int, low: bool) -> list[str]:
        """The characters that end with a byte after a pair that vanished, the likeliest by themselves first."""
        found = self._ended.get((trail, low))
        if found is None:
            alone = self.language.one
            found = sorted(ending_of(trail, low=low), key=lambda one: (-alone(one), one))
            self._ended[trail, low] = found
        return found

    def _two(self, one: Hypothesis, twos: list[str], at: int, pending: int, more: float = HIDDEN) -> list[Hypothesis]:
        """The hypothesis with each of the likeliest of two characters, as `_likeliest`; `0` is one that is gone.

        `more` are the nats that two cost.
        """
        likely, cost, context, last = self.language.likely, one.cost, one.context, one.context[1:]
        options = nsmallest(BEAM, [(cost - likely(context + two[0]) - likely(last + two), two) for two in twos])
        found = []
        for cost, two in options:
            first = Hypothesis(cost, last + two[0], pending, one, two[0], at, at, False)
            second = two[1] if two[1] != "0" else LOST
            found.append(Hypothesis(cost + more, two, pending, first, second, at, at + 1, False))
        return found

    def _follow_unprinted(self, one: Hypothesis, token: Token, at: int) -> list[Hypothesis]:
        """Every way to use up the token after a pair that printed a `?`: the lead of its character is lost."""
        leads = unprintable()[one.pending & 0xFF]
        if token.note is not None:
            if token.text[0] != "?":
                return []
            noted = [pair_of(character) for character, note in self.notes.listed.items() if note == token.note]
            met = [pair for pair in noted if pair >> 8 in leads]
            return [new for pair in met for new in self._pair_grown(one, pair, at, at + 1, False, ALIGNED)]
        trail, pending = _bytes(token)
        found: Iterable[str] = [text for lead in leads for text in originals()[lead << 8 | trail]] if trail else ()
        if pending != ALIGNED:
            found = self._seen(one, found)
        return self._likeliest(one, found, at, at + 1, pending)

    def _follow_stray(self, one: Hypothesis, tokens: list[Token], at: int) -> list[Hypothesis]:
        following = tokens[at + 1].text if at + 1 < len(tokens) else "\n"
        alone, lost, first_of = _broken(one.pending)
        found = [self._grown(one, text, at, at + 1, False, ALIGNED) for text in self._seen(one, alone)]
        if following in CUT_TRAILS or following in "\r\n":
            found += self._likeliest(one, self._seen(one, lost), at, at + 1, ALIGNED)
        else:  # it swallowed an ASCII character, which is gone
            found += self._two(one, [text + "0" for text in self._seen(one, lost)], at, ALIGNED, 0.0)
        halves = self._likeliest(one, self._seen(one, first_of), at, at + 1, UNPRINTED)
        return found + [new._replace(pending=first_of[new.character]) for new in halves]

    def _last_byte(self, one: Hypothesis) -> int:
        while one.before and not one.character:
            one = one.before
        character = one.character or one.context[-1]
        written = one_to_one().get(character, character)
        pair = pair_of(written)
        return pair & 0xFF if pair >= 0 else ord(written) & 0x7F

    def _pairs(self, lead: int, note: str) -> tuple[int, ...]:
        return tuple(pair for pair in self.notes.pairs(lead, note) if originals()[pair])


def _trim(beam: list[Hypothesis]) -> list[Hypothesis]:
    if len(beam) < 2:
        return beam
    beam.sort(key=itemgetter(0, 1))
    ceiling = beam[0].cost + REACH
    return [one for one in beam[:BEAM] if one.cost <= ceiling]


def _bytes(token: Token) -> tuple[int, int]:
    """The byte with which a token ends the character before it, 0 where it has none, and what is pending then."""
    if token.pair >= 0:
        return token.pair >> 8, token.pair & 0xFF
    return (ord(token.text[0]) if "@" <= token.text[0] < "\x7f" else 0), ALIGNED


@cache
def _broken(lead: int) -> tuple[tuple[str, ...], tuple[str, ...], dict[str, int]]:
    """The characters with a first byte whose second printed a `?`: by itself, with ASCII or at an end, with a byte.

    The last with what is pending then.
    """
    found = by_lead()[lead]
    return (
        tuple(text for trail, texts in found if trail == 0x80 for text in texts),
        tuple(text for trail, texts in found if trail > 0x80 for text in texts),
        {text: UNPRINTED | first for first in unprintable() for text in originals()[lead << 8 | first]},
    )


def _noted(one: Hypothesis, at: int, pending: int) -> Hypothesis:
    """The hypothesis with a note, which adds no character."""
    return Hypothesis(one.cost, one.context, pending, one, "", at, at + 1, True)
