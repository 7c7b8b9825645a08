"""A stretch whose bytes are shifted → what stood there: search over the bytes that survive.

A cut or a note inside a character loses a byte and shifts the pairs after it, until a byte meets ASCII, another note
or a cut. Most bytes are still in the page, one pair later; a lost one is tried with every value that gives back what
the page prints. What is likely decides between them, and nothing else does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import exp

from shida.restore.hidden import Hidden
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
from shida.restore.syllables import SYLLABLE, Notes
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

_TOKEN = re.compile(rf"\?([{SYLLABLE}]{{1,6}})\)|\(([{SYLLABLE}]{{1,6}})\)|(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """One thing the page prints: a character, a `?`, a note, or a `?` that swallowed a note's bracket."""

    start: int
    end: int
    text: str
    pair: int
    """Its two bytes, -1 where it is not a pair of GBK."""
    note: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One character of a hypothesis, and the tokens it used up."""

    before: Step | None
    character: str
    first: int
    after: int
    known: bool
    """Whether both its bytes are in the page, or follow from a reading."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A way to read the stretch so far."""

    score: float
    pending: int
    """ALIGNED, the byte that waits for its second half, or with UNPRINTED that of a pair that printed a `?`."""
    context: str
    steps: Step | None


ALIGNED = -1
UNPRINTED = 0x10000
"""With the first byte of a pair that printed a `?`: the byte that waits is one of its second bytes."""


def read_tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`.

    >>> [token.text for token in read_tokens("們?cè)A(yù)，", 0, 11)]
    ['們', '?cè)', 'A', '(yù)', '，']
    """
    tokens = []
    for match in _TOKEN.finditer(text, start, end):
        pair = -1
        if match[3] and ord(match[3]) > 0x7F:
            pair = pair_of(match[3])
        tokens.append(Token(match.start(), match.end(), match[0], pair, match[1] or match[2]))
    return tokens


class Search:
    """Searches on one page: what it knows of the page is its language and its list of notes."""

    def __init__(self, language: Language, notes: Notes, hidden: Hidden) -> None:
        self.language = language
        self.hidden = hidden
        self.notes = notes
        self.thorough = False
        """Whether characters are tried that were never read after the one before them."""

    def solve(self, text: str, start: int, end: int, context: str) -> tuple[list[Piece], int]:
        """`search`, and where it finds nothing once more with what was never read."""
        self.thorough = False
        pieces, stop = self.search(text, start, end, context)
        if not pieces:
            self.thorough = True
            pieces, stop = self.search(text, start, end, context)
        return pieces, stop

    def search(self, text: str, start: int, end: int, context: str) -> tuple[list[Piece], int]:
        """The pieces of the stretch that begins at the `?` at `start`, and where it ends (at most `end`).

        `context` are the two restored characters before it. No pieces: an ordinary question mark, or nothing fits.
        """
        tokens = read_tokens(text, start, min(end, start + LONGEST))
        beams: list[list[Hypothesis]] = [[] for _ in range(len(tokens) + 3)]
        beams[0] = [Hypothesis(0.0, ALIGNED, context, None)]
        settled = 0
        last = 0
        for at, token in enumerate(tokens):
            beam = self._trim(beams[at])
            if not beam and not any(beams[at : at + 3]):
                return [], start
            stray = token.text[0] == "?"
            whole = all(one.pending == ALIGNED for ahead in beams[at : at + 3] for one in ahead)
            settled = settled + 1 if whole and at and not stray and token.note is None else 0
            last = at
            if settled > SETTLED and beam:
                break
            if at > LONGEST:
                return [], start
            for one in beam:
                for new, used in self._follow(one, tokens, at):
                    beams[at + used].append(new)
            for one in beam[:FEW]:
                beams[at + 1] += self._vanished(one, token, at)
            beams[at] = beam
        else:
            last = len(tokens)
            beams[last] = self._trim([one for one in beams[last] if one.pending == ALIGNED])
        return self._pieces(tokens, beams[last], start)

    def _trim(self, beam: list[Hypothesis]) -> list[Hypothesis]:
        if len(beam) < 2:
            return beam
        beam.sort(key=lambda one: (-one.score, one.context))
        floor = beam[0].score - REACH
        return [one for one in beam[:BEAM] if one.score >= floor]

    def _grown(self, one: Hypothesis, character: str, first: int, after: int, known: bool, pending: int) -> Hypothesis:
        plain = _PLAIN.get(character, character)
        if plain == "0" and one.context[-1] == "0":  # a number counts once
            score, context = one.score, one.context
        else:
            three = one.context + plain
            score, context = one.score + self.language.likely(three), three[1:]
        return Hypothesis(score, pending, context, Step(one.steps, character, first, after, known))

    def _pair_grown(
        self, one: Hypothesis, pair: int, first: int, after: int, known: bool, pending: int
    ) -> Iterator[Hypothesis]:
        for character in originals()[pair]:
            yield self._grown(one, character, first, after, known and character not in "着著", pending)

    def _follow(self, one: Hypothesis, tokens: list[Token], at: int) -> Iterator[tuple[Hypothesis, int]]:
        """Every way to use up the token at `at`: the hypothesis, and how many tokens it took."""
        token = tokens[at]
        if one.pending == ALIGNED:
            yield from self._follow_aligned(one, tokens, at, token)
        elif one.pending >= UNPRINTED:
            for new in self._follow_unprinted(one, token, at):
                yield new, 1
        else:
            yield from self._follow_shifted(one, tokens, at, token)

    def _follow_aligned(
        self, one: Hypothesis, tokens: list[Token], at: int, token: Token
    ) -> Iterator[tuple[Hypothesis, int]]:
        if token.text[0] != "?":
            if token.note is not None:  # a note on what stands before it
                yield Hypothesis(one.score, ALIGNED, one.context, Step(one.steps, "", at, at + 1, True)), 1
            elif token.pair >= 0 and originals()[token.pair]:
                for new in self._pair_grown(one, token.pair, at, at + 1, True, ALIGNED):
                    yield new, 1
            else:
                yield self._grown(one, token.text, at, at + 1, True, ALIGNED), 1
            return
        if token.note is not None:
            lead = self._last_byte(one)
            for pair in self._noted(lead, token.note):
                yield Hypothesis(one.score, pair & 0xFF, one.context, Step(one.steps, "", at, at + 1, True)), 1
            return
        yield self._grown(one, "?", at, at + 1, True, ALIGNED), 1
        if at + 1 < len(tokens) and (trail := CUT_TRAILS.get(tokens[at + 1].text)) is not None:
            for character in self._seen(one, before_cut()):
                yield self._grown(one, character, at, at + 2, False, trail), 2

    def _follow_shifted(
        self, one: Hypothesis, tokens: list[Token], at: int, token: Token
    ) -> Iterator[tuple[Hypothesis, int]]:
        lead = one.pending
        if token.note is not None:
            if token.text[0] == "?":
                pairs = self._noted(lead, token.note)
                for pair in pairs:
                    for new in self._pair_grown(one, pair, at, at + 1, len(pairs) == 1, ALIGNED):
                        yield new, 1
            else:
                yield Hypothesis(one.score, lead, one.context, Step(one.steps, "", at, at + 1, True)), 1
        elif token.text == "?":
            yield from self._follow_stray(one, tokens, at)
        elif token.pair >= 0 or token.text in wide_pair():
            pair = token.pair if token.pair >= 0 else wide_pair()[token.text]
            for new in self._pair_grown(one, lead << 8 | pair >> 8, at, at + 1, True, pair & 0xFF):
                yield new, 1
        if token.note is None and len(token.text) == 1 and 0x40 <= ord(token.text) < 0x7F:
            for new in self._pair_grown(one, lead << 8 | ord(token.text), at, at + 1, True, ALIGNED):
                yield new, 1

    def _seen(self, one: Hypothesis, characters: tuple[str, ...]) -> Iterator[str]:
        """Those of `characters` that were ever read after what the hypothesis has."""
        follows = self.language.after.get(one.context[-1])
        for character in characters:
            if self.thorough or character in follows:
                yield character

    def _vanished(self, one: Hypothesis, token: Token, at: int) -> Iterator[Hypothesis]:
        """Every way to use up the token after a pair of the private-use area that printed nothing."""
        lead = one.pending
        if not 0 <= lead < UNPRINTED:
            return
        if token.note is not None and token.text[0] == "?":
            after = self.language.after
            for printed, note in self.notes.listed.items():
                pair = pair_of(printed)
                if note != token.note or not originals()[pair]:
                    continue
                second = originals()[pair][0]
                for inner in vanishing():
                    if (inner <= 0xA7) == (pair >> 8 <= 0xA0):
                        for first in originals()[lead << 8 | inner]:
                            if second in after.get(first):
                                yield self._two(one, first + second, at, ALIGNED)
        elif token.pair >= 0:
            for two in self._met(one, token.pair >> 8):
                yield self._two(one, two, at, token.pair & 0xFF)
        elif 0x40 <= ord(token.text[0]) < 0x7F:
            for two in self._met(one, ord(token.text[0])):
                yield self._two(one, two, at, ALIGNED)

    def _met(self, one: Hypothesis, trail: int) -> Iterator[str]:
        """The two characters around a pair that vanished; those never read together only where all else failed."""
        yield from self.hidden.vanished.get(one.pending << 8 | trail, ())
        if self.thorough:
            after = self.language.after
            follows = after.get(one.context[-1])
            for inner in vanishing():
                leads = range(0x81, 0xA1) if inner <= 0xA7 else range(0xA1, 0xFF)
                for first in originals()[one.pending << 8 | inner]:
                    if first in follows:
                        for lead in leads:
                            for second in originals()[lead << 8 | trail]:
                                if second not in after.get(first):
                                    yield first + second

    def _two(self, one: Hypothesis, two: str, at: int, pending: int) -> Hypothesis:
        first = self._grown(one, two[0], at, at, False, pending)
        new = self._grown(first, two[1], at, at + 1, False, pending)
        return Hypothesis(new.score - HIDDEN, pending, new.context, new.steps)

    def _follow_unprinted(self, one: Hypothesis, token: Token, at: int) -> Iterator[Hypothesis]:
        """Every way to use up the token after a pair that printed a `?`: the lead of its character is lost."""
        leads = unprintable()[one.pending & 0xFF]
        if token.note is not None and token.text[0] == "?":
            for character, note in self.notes.listed.items():
                pair = pair_of(character)
                if note == token.note and pair >> 8 in leads:
                    yield from self._pair_grown(one, pair, at, at + 1, False, ALIGNED)
        elif token.pair >= 0:
            for lead in leads:
                for character in self._seen(one, originals()[lead << 8 | token.pair >> 8]):
                    yield self._grown(one, character, at, at + 1, False, token.pair & 0xFF)
        elif 0x40 <= ord(token.text[0]) < 0x7F:
            for lead in leads:
                yield from self._pair_grown(one, lead << 8 | ord(token.text[0]), at, at + 1, False, ALIGNED)

    def _follow_stray(self, one: Hypothesis, tokens: list[Token], at: int) -> Iterator[tuple[Hypothesis, int]]:
        lead = one.pending
        following = tokens[at + 1].text if at + 1 < len(tokens) else "\n"
        ends = following in CUT_TRAILS or following in "\r\n"
        for trail, characters in by_lead()[lead]:
            for character in self._seen(one, characters) if trail > 0x7F else ():
                if trail == 0x80 or (trail > 0x80 and ends):
                    yield self._grown(one, character, at, at + 1, False, ALIGNED), 1
                elif trail > 0x80:  # it swallowed an ASCII character, which is gone
                    new = self._grown(one, character, at, at, False, ALIGNED)
                    yield self._grown(new, LOST, at, at + 1, False, ALIGNED), 1
        for first in unprintable():
            for character in self._seen(one, originals()[lead << 8 | first]):
                yield self._grown(one, character, at, at + 1, False, UNPRINTED | first), 1

    def _last_byte(self, one: Hypothesis) -> int:
        step = one.steps
        while step and not step.character:
            step = step.before
        character = step.character if step else one.context[-1]
        written = one_to_one().get(character, character)
        pair = pair_of(written)
        return pair & 0xFF if pair >= 0 else ord(written) & 0x7F

    def _noted(self, lead: int, note: str) -> tuple[int, ...]:
        return tuple(pair for pair in self.notes.pairs(lead, note) if originals()[pair])

    def _pieces(self, tokens: list[Token], beam: list[Hypothesis], start: int) -> tuple[list[Piece], int]:
        if not beam:
            return [], start
        paths = [_path(one) for one in beam]
        best = paths[0]
        while best and best[-1].known and best[-1].after - best[-1].first == 1 and _same(tokens, best[-1]):
            best = best[:-1]
        if not best or (best[0].character == "?" and best[0].known):
            return [], start
        weights = [exp(one.score - beam[0].score) for one in beam]
        pieces = []
        for first, after, characters, known in _runs(best):
            rivals = [_between(path, first, after) for path in paths]
            mine = rivals[0]
            total = sum(weights)
            chance = sum(weight for weight, rival in zip(weights, rivals, strict=True) if rival == mine) / total
            second = next((at for at, rival in enumerate(rivals) if rival != mine), None)
            pieces.append(
                Piece(
                    tokens[first].start,
                    tokens[after - 1].end,
                    characters,
                    known and chance > 0.999,
                    rivals[second] if second is not None else None,
                    round(beam[0].score - beam[second].score, 3) if second is not None else None,
                    chance,
                )
            )
        return pieces, pieces[-1].end


_PLAIN = dict.fromkeys("0123456789", "0") | dict(zip(",:;?!()", "，：；？！（）", strict=True)) | {LOST: "0"}


def _path(one: Hypothesis) -> list[Step]:
    steps = []
    step = one.steps
    while step:
        steps.append(step)
        step = step.before
    return steps[::-1]


def _same(tokens: list[Token], step: Step) -> bool:
    token = tokens[step.first]
    return token.note is None and token.text != "?" and (not step.character or _unshifted(token) == step.character)


def _unshifted(token: Token) -> str:
    found = originals()[token.pair] if token.pair >= 0 else ()
    return found[0] if found else token.text


def _runs(path: list[Step]) -> list[tuple[int, int, str, bool]]:
    """The steps as runs of (first token, token after, characters, known); what used no token joins its neighbour."""
    runs: list[tuple[int, int, str, bool]] = []
    held = ""
    for step in path:
        if step.first == step.after:
            held += step.character
            continue
        known = step.known and not held
        characters = held + step.character
        held = ""
        if runs and runs[-1][3] and known:
            first, _, before, _ = runs.pop()
            runs.append((first, step.after, before + characters, True))
        else:
            runs.append((step.first, step.after, characters, known))
    return runs


def _between(path: list[Step], first: int, after: int) -> str:
    """What a hypothesis has for the tokens from `first` to `after`."""
    return "".join(step.character for step in path if first <= step.first < after)
