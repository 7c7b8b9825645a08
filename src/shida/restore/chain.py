"""The short way through a shifted stretch: its bytes are put together again, and only what was lost is left open.

Nearly every stretch is a chain: a `?` for a lost byte, then pairs that are each the end of one character and the
beginning of the next, until the chain meets ASCII, a note or a cut. The characters between are read off in one piece:
the printed text as bytes, one byte later. Anything else is for `shida.restore.shifted`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import cache

from shida.restore.damage import pair_table
from shida.restore.hidden import bytes_of_originals
from shida.restore.language import plain
from shida.restore.pairs import CUT_TRAILS, LOST, originals, pair_of, unprintable, vanishing, wide_pair
from shida.restore.syllables import SYLLABLE, Notes, is_reading
from shida.text.scripts import back_one_to_one, one_to_one

LONGEST = 400
"""Printed characters a chain may have."""
HOLES = 3
"""Pairs that cp936 printed as one `?` a chain may have."""

NOTE = re.compile(rf"([{SYLLABLE}]{{1,6}})\)")
_RUN = re.compile(rf"(?:[^\x00-\x7f]|[,:;!]|\([{SYLLABLE}]{{1,6}}\)|[()])*")
_MARKS = re.compile(rf"\([{SYLLABLE}]{{1,6}}\)")

Reads = Callable[[str], bool]
"""Whether printed characters read as they stand."""


@dataclass(slots=True)
class Chain:
    """What the bytes alone say."""

    start: int
    end: int
    cut: bool
    """Whether a cut opens it: then the first byte of the character printed as `?` and `，` is lost."""
    known: str
    """The characters between the ends; LOST where the bytes make none or two."""
    pairs: bytes
    """The two bytes of each of them; a hole has the first of one character and the second of the next."""
    places: list[int]
    """Where each of them is printed, up to where the next one is."""
    holes: tuple[int, ...]
    """Which of them are two characters whose inner bytes cp936 printed as `?`."""
    first: tuple[int, ...] = ()
    """The pairs that the note which opens it may stand for."""
    final: tuple[str, ...] = ()
    """What the note which ends it may stand for, where it does not say which: two characters where a pair vanished."""
    closing: int = -1
    """The first byte of the character that ends it with a lost second byte, -1 where none does."""
    swallowed: bool = False
    """Whether that lost byte took an ASCII character with it."""
    ending: tuple[str, ...] = ()
    """What the last character may be, where a note says so: then what stands before it is two, or a hole."""
    doubtful: bool = False
    """Whether the stretch may go on: an ASCII letter by itself follows, which may be half a character."""


def follow(
    text: str, at: int, end: int, noted: Notes, reads: Reads, unprinted: Container[int], *, folded: bool
) -> Chain | None:
    """The chain that begins at the `?` at `at`; None where it is not one.

    `reads` says whether what is printed after a `?` reads as it stands: then the stretch ends there. `unprinted` are
    the characters ever read together whose inner bytes print a `?` by themselves. `folded`: the page has full width as
    ASCII, so that a pair A3xx prints as ASCII too.
    """
    letters: list[int] = []
    found = _follow(text, at, end, noted, reads, unprinted, letters, folded=folded)
    if found is None and letters:  # the last was half a character, and no full width
        found = _follow(text, at, end, noted, reads, unprinted, letters, folded=folded, half=letters[-1])
    return found


def _follow(
    text: str,
    at: int,
    end: int,
    noted: Notes,
    reads: Reads,
    unprinted: Container[int],
    letters: list[int],
    *,
    folded: bool,
    half: int = -1,
) -> Chain | None:
    """As `follow`, with the letter at `half` as half a character; `letters` takes in those taken for full width."""
    if at + 1 >= end:
        return None
    trail = CUT_TRAILS.get(text[at + 1])
    first: tuple[int, ...] = ()
    if trail is not None:
        pending, place = trail, at + 2
    else:
        match = NOTE.match(text, at + 1, end)
        if not match or at == 0:
            return None
        before = pair_of(text[at - 1])
        first = noted.pairs(before & 0xFF if before >= 0 else ord(text[at - 1]) & 0x7F, match[1])
        if not first:
            return None
        pending, place = first[0] & 0xFF, match.end()
    known, pairs = "", b""
    places = [place if trail is not None else at]
    holes: list[int] = []
    stop = min(end, at + LONGEST)
    while True:
        run = _RUN.match(text, place, stop)
        segment, after = (run[0], run.end()) if run else ("", place)
        if segment:
            read = _read(segment, pending, place)
            if read is None:
                return None
            joined, data, ends = read
            known += joined if len(holes) == 0 or holes[-1] != len(known) else LOST + joined[1:]
            pairs += data[:-1]
            pending = data[-1]
            places += ends
        elif holes and holes[-1] == len(known):
            return None
        if after >= stop:
            return None
        character = text[after]
        if character == "?":
            match = NOTE.match(text, after + 1, end)
            if match:
                leads = (pending,) if known or len(first) < 2 else tuple(pair & 0xFF for pair in first)
                final = tuple(text for lead in leads for text in finals(noted, lead, match[1]))
                if not final:
                    return None
                if len(final) == 1 and len(final[0]) == 1:
                    known += final[0]
                    pairs += bytes((pending, bytes_of_originals()[final[0]][1]))
                    places.append(match.end())
                    final = ()
                return Chain(at, match.end(), trail is not None, known, pairs, places, tuple(holes), first, final)
            if holed := holed_finals(text, after + 1, end, noted, pending):
                return Chain(at, holed[0], trail is not None, known, pairs, places, tuple(holes), first, holed[1])
            following = text[after + 1] if after + 1 < end else "\n"
            ends_here = following in CUT_TRAILS or following in "\r\n"
            letter = "@" <= following < "\x7f"
            if following == "(" and (match := NOTE.match(text, after + 2, end)):
                alone = pending << 8 | 0x80  # prints its `?` by itself
                if originals()[alone] and is_reading(pair_table()[alone], match[1]):
                    known += originals()[alone][0]
                    pairs += bytes((pending, 0x80))
                    places.append(match.end())
                    return Chain(at, match.end(), trail is not None, known, pairs, places, tuple(holes), first)
            if letter and (told := tell(text, after + 2, end, following)):
                pairs += bytes((pending, ord(following)))
                places.append(told[0])
                holes.append(len(known))
                chain = Chain(at, told[0], trail is not None, known + LOST, pairs, places, tuple(holes), first)
                chain.ending = told[1]
                return chain
            if letter and (pending << 8 | ord(following)) in unprinted:
                close = noted_letter(text, after + 2, end, -1)
                if close > after + 2 or text[after + 2 : after + 3] >= "\x80":
                    pairs += bytes((pending, ord(following)))
                    places.append(close)
                    holes.append(len(known))
                    return Chain(at, close, trail is not None, known + LOST, pairs, places, tuple(holes), first)
            letter = letter and text[after + 2 : after + 3] >= "\x80"
            if ends_here or following <= "\x7f" or reads(text[after + 1 : after + 5]):
                chain = Chain(at, after + 1, trail is not None, known, pairs, places, tuple(holes), first)
                chain.closing, chain.swallowed, chain.doubtful = pending, not ends_here, letter
                return chain
            if len(holes) == HOLES:
                return None
            holes.append(len(known))
            place = after + 1
            continue
        capital = "@" <= character < "\x7f"
        found = originals()[pending << 8 | ord(character)] if capital else ()
        close = noted_letter(text, after + 1, end, pending << 8 | ord(character) if found else -1) if capital else 0
        if (
            folded
            and "!" <= character < "\x7f"
            and not (capital and (after == half or close > after + 1 or reads(text[after + 1 : after + 12])))
        ):
            if capital:
                letters.append(after)
            wide = originals()[pending << 8 | 0xA3]
            known += wide[0] if len(wide) == 1 else LOST
            pairs += bytes((pending, 0xA3))
            pending, place = ord(character) + 0x80, after + 1
            places.append(place)
        elif capital:
            told = tell(text, after + 1, end, character) if close == after + 1 else None
            pairs += bytes((pending, ord(character)))
            if told:
                places.append(told[0])
                chain = Chain(at, told[0], trail is not None, known + LOST, pairs, places, tuple(holes), first)
                chain.ending = told[1]
                return chain
            places.append(close)
            known += found[0] if len(found) == 1 else LOST
            return Chain(at, close, trail is not None, known, pairs, places, tuple(holes), first)
        else:
            return None


def noted_letter(text: str, after: int, end: int, pair: int) -> int:
    """Where the note ends that stands after an ASCII letter at `after`; `after` where none does, or not of `pair`."""
    match = NOTE.match(text, after + 1, end) if text[after : after + 1] == "(" else None
    if not match or (pair >= 0 and not is_reading(pair_table()[pair], match[1])):
        return after
    return match.end()


def tell(text: str, at: int, end: int, letter: str) -> tuple[int, tuple[str, ...]] | None:
    """Where the note at `at` ends, and the characters with it whose second byte is `letter`; None where none is."""
    match = NOTE.match(text, at + 1, end) if text[at : at + 1] == "(" else None
    if not match:
        return None
    table, back = pair_table(), originals()
    found = tuple(
        one
        for lead in range(0x81, 0xFF)
        if is_reading(table[lead << 8 | ord(letter)], match[1])
        for one in back[lead << 8 | ord(letter)]
    )
    return (match.end(), found) if found else None


def finals(noted: Notes, pending: int, note: str) -> tuple[str, ...]:
    """What a note with a lost bracket may stand for; where no character does, one after a pair that vanished."""
    table = originals()
    pairs = noted.pairs(pending, note)
    found = tuple(text for pair in pairs for text in table[pair])
    if found and pair_table()[pairs[0]] in noted.noted(note):
        return found
    more = [*found]
    for pair in noted.behind(note):
        for inner in vanishing():
            if (inner <= 0xA7) == (pair >> 8 <= 0xA0):
                more += [one + two for one in table[pending << 8 | inner] for two in table[pair]]
    return tuple(more)


def holed_finals(text: str, at: int, end: int, noted: Notes, pending: int) -> tuple[int, tuple[str, ...]] | None:
    """Where a note with a lost bracket ends whose `?` stands at `at`, behind another, and what both stand for; or None.

    The first printed a pair that is no character: its bytes are of two, and the note says the second.
    """
    match = NOTE.match(text, at + 1, end) if text[at : at + 1] == "?" else None
    if not match:
        return None
    table = originals()
    found = tuple(
        one + two
        for pair in noted.behind(match[1])
        for inner, leads in unprintable().items()
        if pair >> 8 in leads
        for one in table[pending << 8 | inner]
        for two in table[pair]
    )
    return (match.end(), found) if found else None


def _read(segment: str, pending: int, place: int) -> tuple[str, bytes, Sequence[int]] | None:
    """A printed run read one byte later: the characters, the bytes, and where each character's print ends."""
    ends: Sequence[int]
    if "(" in segment and (found := _MARKS.search(segment)):
        kept = []
        ends = []
        at = 0
        while found:
            kept.append(segment[at : found.start()])
            ends += range(place + at + 1, place + found.start() + 1)
            if not ends or not is_reading(segment[found.start() - 1], found[0][1:-1]):
                return None
            at = found.end()
            ends[-1] = place + at
            found = _MARKS.search(segment, at)
        ends += range(place + at + 1, place + len(segment) + 1)
        segment = "".join((*kept, segment[at:]))
    else:
        ends = range(place + 1, place + len(segment) + 1)
    try:
        data = segment.encode("gbk")
        if len(data) != 2 * len(segment):
            data = segment.translate(_wide()).encode("gbk")
    except UnicodeEncodeError:
        return None
    data = bytes((pending,)) + data
    if min(data) < 0x81 or len(data) != 2 * len(segment) + 1:
        return None
    try:
        text = data[:-1].decode("gbk").translate(_back())
    except UnicodeDecodeError:
        table = originals()
        text = "".join(
            (table[lead << 8 | trail] or (LOST,))[-1] for lead, trail in zip(data[:-1:2], data[1::2], strict=True)
        )
    return text, data, ends


@cache
def _wide() -> dict[int, str]:
    return {ord(ascii): bytes((pair >> 8, pair & 0xFF)).decode("gbk") for ascii, pair in wide_pair().items()}


@cache
def _back() -> dict[int, str]:
    """Printed character → the original that damage turns into it, LOST where there is none; 著 is left to choose."""
    table = {ord(old): new for old, new in back_one_to_one().items()}
    return table | dict.fromkeys(map(ord, one_to_one()), LOST)


def right_context(text: str, at: int) -> str:
    """The two characters after `at` as they were, notes left out."""
    back = back_one_to_one()
    kept: list[str] = []
    stop = min(len(text), at + 12)
    while at < stop and len(kept) < 2:
        character = text[at]
        if character == "(" and (match := NOTE.match(text, at + 1)):
            at = match.end()
            continue
        kept.append(plain(back.get(character, character)))
        at += 1
        if character == "\n":
            break
    return ("".join(kept) + "\n\n")[:2]
