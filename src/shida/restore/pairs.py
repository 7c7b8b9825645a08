"""Pairs of GBK bytes as damage sees them: what each was, which ones vanish, which a cut can break."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from shida.restore.damage import pair_table, private_use
from shida.restore.syllables import pairs_by_text
from shida.text.scripts import back_one_to_one, one_to_one

HIDDEN = 4.0
"""Nats that a pair which left no trace costs at the ends of a stretch, and each one more than the first inside it."""

CUT_TRAILS = {"，": 0xAC, ",": 0xAC, "！": 0xA1, "!": 0xA1, "？": 0xBF, "?": 0xBF}
"""Punctuation that cuts, as it is or folded → its second byte."""

LOST = "▯"
"""Stands for what was there and cannot be known."""


@cache
def wide_pair() -> Mapping[str, int]:
    """ASCII punctuation that a copy may have folded from full width → the pair it was."""
    return {chr(code): 0xA300 | (code + 0x80) for code in range(0x21, 0x7F) if chr(code) in ",:;!()"}


class Piece(NamedTuple):
    """A part of the answer: page characters `start:end` were `after`."""

    start: int
    end: int
    after: str
    known: bool
    runner_up: str | None
    margin: float | None
    chance: float


def pair_of(character: str) -> int:
    """The two bytes of `character` as a number, -1 where it has none."""
    return pairs_by_text().get(character, -1)


@cache
def originals() -> tuple[tuple[str, ...], ...]:
    """By pair: the Simplified characters that damage turns into it; empty where the damage cannot print it."""
    back, forward = back_one_to_one(), one_to_one()
    table: list[tuple[str, ...]] = []
    for text in pair_table():
        if text in ("", "?") or text in forward:
            table.append(())
        elif text == "著":
            table.append(("着", "著"))
        else:
            turned = back.get(text, text)
            table.append((turned if forward.get(turned, turned) == text else text,))
    return tuple(table)


@cache
def by_lead() -> tuple[tuple[tuple[int, tuple[str, ...]], ...], ...]:
    """By lead byte: its trails that are characters, with their originals."""
    table = originals()
    return tuple(
        tuple((trail, table[lead << 8 | trail]) for trail in range(0x40, 0xFF) if table[lead << 8 | trail])
        for lead in range(0x100)
    )


@cache
def before_cut() -> tuple[str, ...]:
    """The characters whose second byte is A3: the ones a cut can break."""
    return tuple(text for lead in range(0x81, 0xFF) for text in originals()[lead << 8 | 0xA3])


@cache
def vanishing() -> tuple[int, ...]:
    """The first bytes of pairs that vanish."""
    return tuple(sorted({pair >> 8 for pair in range(0x8140, 0xFEFF) if private_use(pair)}))


@cache
def unprintable() -> Mapping[int, tuple[int, ...]]:
    """First byte → second bytes of the pairs that are neither characters nor private: cp936 prints one `?`."""
    found: dict[int, list[int]] = {}
    for pair in range(0x8140, 0xFEFF):
        if (pair & 0xFF) >= 0x40 and pair & 0xFF not in (0x7F, 0xFF) and pair_table()[pair] == "?":
            found.setdefault(pair >> 8, []).append(pair & 0xFF)
    return {first: tuple(seconds) for first, seconds in found.items()}
