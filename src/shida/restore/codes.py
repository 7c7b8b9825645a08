"""A text as an array of its code points: what is looked up for every character is looked up here."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from shida.text.scripts import back_one_to_one, in_gbk, readings

Codes = npt.NDArray[np.uint16]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

BEYOND = 0xFFFF
"""Stands for a character beyond the first plane; it is no character itself."""

LONGEST_SYLLABLE = 6
_WINDOW = np.arange(1, LONGEST_SYLLABLE + 2)
_STEPS = _WINDOW - 1
_SHIFTS = (6 * _STEPS).astype(np.uint64)
LETTERS = "abcdefghijklmnopqrstuvwxyz" + "āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ"
_BARE = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ", "aaaaeeeeiiiioooouuuuüüüünnnm")


def without_tones(syllable: str) -> str:
    """A reading without its tone mark.

    >>> without_tones("lǜ")
    'lü'
    """
    return syllable.translate(_BARE)


def codes_of(text: str) -> Codes:
    """One number for each code point of `text`.

    >>> codes_of("質a😀").tolist()
    [36074, 97, 65535]
    """
    raw = text.encode("utf-16-le", "surrogatepass")
    if len(raw) == 2 * len(text):
        narrow: Codes = np.frombuffer(raw, "<u2")
        return narrow
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    narrowed: Codes = np.minimum(wide, BEYOND).astype(np.uint16)
    return narrowed


def text_of(codes: Codes) -> str:
    """The text of `codes`, none of which is BEYOND."""
    return codes.astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")


@cache
def back_table() -> Codes:
    """By code point: the character as it was before the one-to-one table; itself where that did nothing."""
    table = np.arange(0x10000, dtype=np.uint16)
    for traditional, simplified in back_one_to_one().items():
        table[ord(traditional)] = ord(simplified)
    return table


@cache
def _letter_table() -> npt.NDArray[np.uint64]:
    table = np.zeros(0x10000, np.uint64)
    for number, letter in enumerate(LETTERS, 1):
        table[ord(letter)] = number
    return table


@cache
def _reading_keys(*, toned: bool) -> npt.NDArray[np.uint64]:
    """Sorted keys of (character, reading): 16 bits and seven letters of 6, the first one lowest."""
    numbers = {letter: number for number, letter in enumerate(LETTERS, 1)}
    keys = set()
    for character, spoken in readings().items():
        if len(character) > 1 or ord(character) > 0xFFFF or not in_gbk(character):
            continue
        for reading in spoken:
            bare = reading.translate(_BARE)
            for said in {reading} if toned else {reading, bare, bare.replace("ü", "v")}:
                if len(said) <= LONGEST_SYLLABLE:
                    key = sum(numbers.get(letter, 63) << 6 * step for step, letter in enumerate(said))
                    keys.add(ord(character) << 42 | key)
    return np.array(sorted(keys), np.uint64)


def find_notes(codes: Codes, *, toned: bool = True) -> tuple[Places, Places]:
    """Where `(reading)` stands after a character that is read so: starts and ends, in order.

    >>> starts, ends = find_notes(codes_of("質(zhì)量(FAST)強(qiáng)行(lǐ)"))
    >>> starts.tolist(), ends.tolist()
    ([1, 14], [6, 21])
    """
    opens = np.flatnonzero(codes == 0x28)
    opens = opens[1:] if len(opens) and opens[0] == 0 else opens
    if not len(opens):
        return opens, opens
    window = codes[np.minimum(opens[:, None] + _WINDOW, len(codes) - 1)]
    letters = _letter_table()[window]
    lengths = (letters == 0).argmax(axis=1)
    fits = np.flatnonzero((lengths > 0) & (np.take_along_axis(window, lengths[:, None], 1)[:, 0] == 0x29))
    opens, lengths, letters = opens[fits], lengths[fits], letters[fits]
    letters *= lengths[:, None] > _STEPS
    keys = (letters << _SHIFTS).sum(axis=1, dtype=np.uint64) | codes[opens - 1].astype(np.uint64) << np.uint64(42)
    known = _reading_keys(toned=toned)
    good = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys
    opens = opens[good]
    return opens, opens + lengths[good] + 2


def covered(size: int, starts: Places, ends: Places) -> Flags:
    """Which of `size` places lie in one of the half-open stretches (apart, in order)."""
    steps = np.zeros(size + 1, np.int8)
    steps[starts] += 1
    steps[ends] -= 1
    return steps[:-1].cumsum(dtype=np.int8).astype(np.bool_)
