"""The short way through a shifted stretch: a chain of bytes with nothing lost but at its two ends.

Nearly every stretch is one: a `?` for the lost byte, then pairs that are each the end of one character and the
beginning of the next, until the chain meets ASCII, a note or a cut. Anything else is for `shida.restore.shifted`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from shida.restore.language import plain
from shida.restore.pairs import CUT_TRAILS, LOST, originals, pair_of, wide_pair
from shida.restore.syllables import SYLLABLE, Notes, is_reading
from shida.text.scripts import back_one_to_one

LONGEST = 400

_NOTE = re.compile(rf"([{SYLLABLE}]{{1,6}})\)")


@dataclass(slots=True)
class Chain:
    """What the bytes alone say."""

    start: int
    end: int
    characters: list[str]
    """The certain characters."""
    spans: list[tuple[int, int]]
    """Where each of them is printed."""
    opening: tuple[int, int] | None
    """Where the character with a lost first byte is printed, if the chain begins with one."""
    pendings: list[tuple[int, int]]
    """The byte that waited before each of them, and the one that joined it."""
    closing: tuple[int, int] | None
    """Where the character with a lost second byte is printed."""
    last_lead: int
    """The first byte of that character."""


def follow(text: str, at: int, end: int, noted: Notes) -> Chain | None:
    """The chain that begins at the `?` at `at`; None where it is not one."""
    table = originals()
    opening: tuple[int, int] | None = None
    if at + 1 >= end:
        return None
    trail = CUT_TRAILS.get(text[at + 1])
    if trail is not None:
        opening, pending, place = (at, at + 2), trail, at + 2
    else:
        match = _NOTE.match(text, at + 1, end)
        if not match or at == 0:
            return None
        before = pair_of(text[at - 1])
        pairs = noted.pairs(before & 0xFF if before >= 0 else ord(text[at - 1]) & 0x7F, match[1])
        if len(pairs) != 1:
            return None
        pending, place = pairs[0] & 0xFF, match.end()
    chain = Chain(at, place, [], [], opening, [], None, 0)
    begin = (at, place) if opening is None else None
    stop = min(end, at + LONGEST)
    while place < stop:
        character = text[place]
        first = begin[0] if begin else place
        begin = None
        if character == "?":
            match = _NOTE.match(text, place + 1, end)
            if match:
                pairs = noted.pairs(pending, match[1])
                if len(pairs) != 1:
                    return None
                if len(table[pairs[0]]) != 1:
                    return None
                chain.characters.append(table[pairs[0]][0])
                chain.spans.append((first, match.end()))
                chain.pendings.append((pending, pairs[0] & 0xFF))
                chain.end = match.end()
                return chain
            following = text[place + 1] if place + 1 < end else "\n"
            if following not in CUT_TRAILS and following not in "\r\n":
                return None
            chain.closing, chain.last_lead, chain.end = (first, place + 1), pending, place + 1
            return chain
        code = ord(character)
        if code > 0x7F or character in wide_pair():
            pair = pair_of(character) if code > 0x7F else wide_pair()[character]
            if pair < 0:
                return None
            joins = pending, pair >> 8
            pending = pair & 0xFF
            after = place + 1
            if after < end and text[after] == "(" and (match := _NOTE.match(text, after + 1, end)):
                if not is_reading(character, match[1]):
                    return None
                after = match.end()
        elif 0x40 <= code < 0x7F:
            joins = pending, code
            after = place + 1
        else:
            return None
        found = table[joins[0] << 8 | joins[1]]
        if len(found) > 1:
            return None
        chain.pendings.append(joins)
        chain.characters.append(found[0] if found else LOST)
        chain.spans.append((first, after))
        place = after
        if code <= 0x7F and character not in wide_pair():
            chain.end = place
            return chain
    return None


def right_context(text: str, at: int) -> str:
    """The two characters after `at` as they were, notes left out."""
    back = back_one_to_one()
    kept: list[str] = []
    stop = min(len(text), at + 12)
    while at < stop and len(kept) < 2:
        character = text[at]
        if character == "(" and (match := _NOTE.match(text, at + 1)):
            at = match.end()
            continue
        kept.append(plain(back.get(character, character)))
        at += 1
        if character == "\n":
            break
    return ("".join(kept) + "\n\n")[:2]
