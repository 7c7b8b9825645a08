"""The ways to read a shifted stretch, as `shida.restore.shifted` follows them, and what they say of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import exp
from typing import NamedTuple

from shida.restore.lost_ends import ONCE
from shida.restore.pairs import Piece, originals, pair_of
from shida.restore.syllables import SYLLABLE

_TOKEN = re.compile(rf"\?([{SYLLABLE}]{{1,6}})\)|\(([{SYLLABLE}]{{1,6}})\)|(.)", re.DOTALL)


ALIGNED = -1
UNPRINTED = 0x10000
"""With the first byte of a pair that printed a `?`: the byte that waits is one of its second bytes."""


class Token(NamedTuple):
    """One thing the page prints: a character, a `?`, a note, or a `?` that swallowed a note's bracket."""

    start: int
    end: int
    text: str
    pair: int
    """Its two bytes, -1 where it is not a pair of GBK."""
    note: str | None


class Hypothesis(NamedTuple):
    """A way to read the stretch so far: its last character, and the way before it."""

    cost: float
    """How unlikely it is, in nats."""
    context: str
    """The last two characters, as they are counted."""
    pending: int
    """ALIGNED, the byte that waits for its second half, or with UNPRINTED that of a pair that printed a `?`."""
    before: Hypothesis | None
    character: str
    first: int
    """The first of the tokens that the character used up."""
    after: int
    """The token after these."""
    known: bool
    """Whether both its bytes are in the page, or follow from a reading."""


def read_tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of `text[start:end]`.

    >>> [token.text for token in read_tokens("們?cè)A(yù)，", 0, 11)]
    ['們', '?cè)', 'A', '(yù)', '，']
    """
    for match in _TOKEN.finditer(text, start, end):
        pair = -1
        if match[3] and ord(match[3]) > 0x7F:
            pair = pair_of(match[3])
        yield Token(match.start(), match.end(), match[0], pair, match[1] or match[2])


def pieces_of(tokens: list[Token], beam: list[Hypothesis], often: Callable[[str], float]) -> list[Piece]:
    """What the first of the hypotheses, the best, says, but for what it leaves at its end as it is printed.

    `often` says how often two characters were read together.
    """
    if not beam:
        return []
    paths = [_path(one) for one in beam]
    best = paths[0]
    while best and best[-1].known and best[-1].after - best[-1].first == 1 and _same(tokens, best[-1]):
        best = best[:-1]
    if not best or (best[0].character == "?" and best[0].known):
        return []
    weights = [exp(beam[0].cost - one.cost) for one in beam]
    pieces = []
    for first, after, characters, known in _runs(_doubted(paths[0], often)[: len(best)]):
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
                round(beam[second].cost - beam[0].cost, 3) if second is not None else None,
                chance,
            )
        )
    return pieces


def _path(one: Hypothesis) -> list[Hypothesis]:
    steps = []
    while one.before:
        steps.append(one)
        one = one.before
    return steps[::-1]


def _doubted(path: list[Hypothesis], often: Callable[[str], float]) -> list[Hypothesis]:
    """The path without the proof of what was never read beside either neighbour: a pair beside it may have vanished."""
    found = []
    following = ""
    for step in reversed(path):
        here = step.context[-1]
        if step.known and step.before and step.character > "\x7f":
            read = often(step.before.context[-1] + here), often(here + following) if following else 0.0
            if max(read) < ONCE:
                step = step._replace(known=False)
        found.append(step)
        following = here if step.character else following
    return found[::-1]


def _same(tokens: list[Token], step: Hypothesis) -> bool:
    token = tokens[step.first]
    return token.note is None and token.text != "?" and (not step.character or _unshifted(token) == step.character)


def _unshifted(token: Token) -> str:
    found = originals()[token.pair] if token.pair >= 0 else ()
    return found[0] if found else token.text


def _runs(path: list[Hypothesis]) -> list[tuple[int, int, str, bool]]:
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


def _between(path: list[Hypothesis], first: int, after: int) -> str:
    """What a hypothesis has for the tokens from `first` to `after`."""
    return "".join(step.character for step in path if first <= step.first < after)
