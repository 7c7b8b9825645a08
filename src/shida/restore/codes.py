"""A text as an array of its code points: what is looked up for every character is looked up here."""

from __future__ import annotations

from dataclasses import dataclass
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
def back_table_of_text() -> dict[int, str]:
    """The same as `str.translate` takes it.

    >>> "質量".translate(back_table_of_text())
    '质量'
    """
    return {ord(traditional): simplified for traditional, simplified in back_one_to_one().items()}


@cache
def back_table() -> Codes:
    """By code point: the character as it was before the one-to-one table; itself where that did nothing."""
    table = np.arange(0x10000, dtype=np.uint16)
    for traditional, simplified in back_one_to_one().items():
        table[ord(traditional)] = ord(simplified)
    return table


_HALVES = np.array(
    [[(1 << 16 * min(max(size - first, 0), 4)) - 1 for size in range(LONGEST_SYLLABLE + 1)] for first in (0, 4)],
    np.uint64,
)
"""By the length of a reading: which bits of its first four letters, and of the four after them, are its own."""

_PADDING = np.zeros(12, np.uint16)

_MIXERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
"""Odd numbers with bits well spread (the 64-bit constants of xxHash and of the golden ratio)."""


def _keys(codes: Codes, opens: Places, lengths: Places) -> npt.NDArray[np.uint64]:
    """One number for each note: of the character before the bracket, and of the letters in it."""
    padded = np.concatenate((codes, _PADDING))
    fours = np.ndarray((len(codes) + 8,), np.uint64, padded, strides=(2,))
    keys: npt.NDArray[np.uint64] = fours.take(opens + 1)
    keys &= _HALVES[0].take(lengths)
    keys *= _MIXERS[0]
    rest = fours.take(opens + 5)
    rest &= _HALVES[1].take(lengths)
    rest *= _MIXERS[1]
    keys += rest
    keys += codes.take(opens - 1) * _MIXERS[2]
    return keys


@cache
def _reading_keys(*, toned: bool) -> npt.NDArray[np.uint64]:
    """Sorted keys of all characters of GBK with each of their readings."""
    noted = []
    for character, spoken in readings().items():
        if len(character) > 1 or ord(character) > 0xFFFF or not in_gbk(character):
            continue
        for reading in spoken:
            bare = reading.translate(_BARE)
            ways = {reading} if toned else {reading, bare, bare.replace("ü", "v")}
            noted += [f"{character}({said})" for said in ways if len(said) <= LONGEST_SYLLABLE]
    lengths = np.array([len(note) for note in noted], np.int64)
    opens = np.cumsum(lengths) - lengths + 1
    return np.unique(_keys(codes_of("".join(noted)), opens, lengths - 3))


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a text, and what they say."""

    starts: Places
    ends: Places
    """Half-open, in order."""
    first: Places
    """The first note of each different one, in no order of meaning: a place in `starts`."""
    times: Places
    """How often each different one stands there."""
    others: Places
    """Where a bracket opens that might hold a reading, though not one of what stands before it."""


_NONE = np.zeros(0, np.int64)
_ZERO = np.zeros(1, np.int64)


def read_notes(codes: Codes, *, toned: bool = True) -> Notes:
    """Where `(reading)` stands after a character that is read so.

    >>> notes = read_notes(codes_of("質(zhì)量(FAST)強(qiáng)行(lǐ)，質(zhì)"))
    >>> notes.starts.tolist(), notes.ends.tolist(), sorted(notes.times.tolist()), notes.others.tolist()
    ([1, 14, 28], [6, 21, 33], [1, 2], [7, 22])
    """
    opens = (codes == 0x28).nonzero()[0]
    closes = (codes == 0x29).nonzero()[0]
    if len(opens) and opens[0] == 0:
        opens = opens[1:]
    if len(closes):
        opens = opens[: opens.searchsorted(closes[-1])]
    if not len(opens) or not len(closes):
        return Notes(_NONE, _NONE, _NONE, _NONE, _NONE)
    lengths = closes.take(closes.searchsorted(opens))
    lengths -= opens
    fits = lengths <= LONGEST_SYLLABLE + 1
    fits &= lengths > 1
    opens, lengths = opens.compress(fits), lengths.compress(fits)
    if not len(opens):
        return Notes(_NONE, _NONE, _NONE, _NONE, _NONE)
    keys = _keys(codes, opens, lengths - 1)
    order = keys.argsort(kind="stable")
    keys = keys.take(order)
    bounds = np.concatenate((_ZERO, (keys[1:] != keys[:-1]).nonzero()[0] + 1, [len(keys)]))
    firsts = bounds[:-1]
    times = bounds[1:] - firsts
    different = keys.take(firsts)
    known = _reading_keys(toned=toned)
    good = known.take(known.searchsorted(different), mode="clip") == different
    first = order.take(firsts)
    if good.all():
        return Notes(opens, opens + lengths + 1, first, times, _NONE)
    kept = np.empty(len(keys), np.bool_)
    kept[order] = good.repeat(times)
    starts = opens.compress(kept)
    before = kept.cumsum() - 1
    return Notes(
        starts,
        starts + lengths.compress(kept) + 1,
        before.take(first.compress(good)),
        times.compress(good),
        opens.compress(~kept),
    )


def find_notes(codes: Codes, *, toned: bool = True) -> tuple[Places, Places]:
    """Where `(reading)` stands after a character that is read so: starts and ends, in order.

    >>> starts, ends = find_notes(codes_of("質(zhì)量(FAST)強(qiáng)行(lǐ)"))
    >>> starts.tolist(), ends.tolist()
    ([1, 14], [6, 21])
    """
    notes = read_notes(codes, toned=toned)
    return notes.starts, notes.ends


def covered(size: int, starts: Places, ends: Places) -> Flags:
    """Which of `size` places lie in one of the half-open stretches (apart, in order)."""
    steps = np.zeros(size + 1, np.int8)
    steps[starts] = 1
    steps[ends] -= 1
    inside: Flags = np.add.accumulate(steps[:-1]) != 0
    return inside
