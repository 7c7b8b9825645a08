"""Character counts as arrays: the built-in ones read, others joined to them, and the chances they give.

A gram of one to three characters is one number, its UTF-16 units one after the other, so that a sorted array of such
numbers keeps what follows a character, or two, side by side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt
import zstandard

BACKING = (1.0, 1.0, 4.0)
"""What is known with a character less weighs as much as the different characters that were seen to follow (Witten and
Bell, 1991): times so much after two characters, after one; and at least so much."""

UNSEEN = 0.02
"""How often a character was read that never was."""

Keys = npt.NDArray[np.uint64]
Often = npt.NDArray[np.float64]
Indexes = npt.NDArray[np.intp]
Table = tuple[Keys, Often]
"""Grams of one length in order, and how often each was read."""

_NO_CHARACTER = re.compile("[\0\ud800-\udfff\uffff-\U0010ffff]")
_UNIT = np.uint64(16)
_LAST, _LAST_TWO = np.uint64(0xFFFF), np.uint64(0xFFFFFFFF)


WORDS = range(2, 5)
"""Lengths of the words that are kept."""


@cache
def _read() -> tuple[Table, ...]:
    packed = (resources.files("shida.restore") / "counts.zst").read_bytes()
    content = zstandard.ZstdDecompressor().decompress(packed)
    values = 2.0 ** ((np.arange(256) - 16) / 8)
    tables = []
    at = 0
    for length in (1, 2, 3, *WORDS):
        size = int.from_bytes(content[at : at + 4], "little")
        planes = np.frombuffer(content, np.uint8, size * 2 * length, at + 4).reshape(2 * length, size)
        steps = np.zeros((size, 8), np.uint8)
        steps[:, : 2 * length] = planes.T
        keys = steps.view("<u8").ravel().cumsum(dtype=np.uint64)
        at += 4 + size * 2 * length
        tables.append((keys, values[np.frombuffer(content, np.uint8, size, at)]))
        at += size
    return tuple(tables)


def built_in() -> tuple[Table, ...]:
    """The counts of `counts.zst`: for each length the sorted keys, as steps, and quantised counts."""
    return _read()[:3]


def built_in_words() -> dict[str, float]:
    """Its words, of two to four characters, and what each counts."""
    found: dict[str, float] = {}
    for length, (keys, often) in zip(WORDS, _read()[3:], strict=True):
        found |= zip(strings_of(keys, length), often.tolist(), strict=True)
    return found


def joined(tables: tuple[Table, ...], grams: Mapping[str, float], weight: float) -> tuple[Table, ...]:
    """The tables with `grams`, each counted `weight` times.

    Those beyond the first plane are left out, and those with what is no character there: U+0000, U+FFFF, surrogates.
    """
    found = []
    for length, (keys, often) in enumerate(tables, 1):
        more = [gram for gram in grams if len(gram) == length and not _NO_CHARACTER.search(gram)]
        every = np.concatenate((keys, keys_of(more, length)))
        counts = np.concatenate((often, weight * np.fromiter((grams[gram] for gram in more), np.float64, len(more))))
        order = np.argsort(every, kind="stable")
        starts = starts_of(every[order])
        found.append((every[order[starts]], np.add.reduceat(counts[order], starts)))
    return tuple(found)


def keys_of(grams: list[str], length: int) -> Keys:
    """The grams, all so long, as numbers.

    >>> [hex(int(key)) for key in keys_of(["质量"], 2)]
    ['0x8d2891cf']
    """
    units = np.frombuffer("".join(grams).encode("utf-16-le", "surrogatepass"), "<u2").reshape(len(grams), length)
    keys = np.zeros(len(grams), np.uint64)
    for unit in units.T:
        keys = keys << _UNIT | unit
    return keys


def strings_of(keys: Keys, length: int) -> list[str]:
    """The grams as text.

    >>> strings_of(keys_of(["质量", "标准"], 2), 2)
    ['质量', '标准']
    """
    units = keys.astype("<u8").view("<u2").reshape(-1, 4)[:, length - 1 :: -1]
    text = units.tobytes().decode("utf-16-le", "surrogatepass")
    return [text[at : at + length] for at in range(0, len(text), length)]


def starts_of(ordered: Keys) -> Indexes:
    """Where each new number begins."""
    return np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))


@dataclass(frozen=True, slots=True)
class Contexts:
    """What grams of one length say of the characters before their last one."""

    keys: Keys
    over: Often
    """How often anything followed, and what backs off: a word's last characters say nothing of what comes after."""
    share: Often
    """The share of that which backs off."""

    def shares(self, wanted: Keys) -> Often:
        """The share for each of `wanted`; all where nothing was seen to follow."""
        found, there = _find(self.keys, wanted)
        return np.where(there, self.share[found], 1.0)


def contexts_of(table: Table, weight: float) -> tuple[Contexts, Indexes]:
    """The contexts of the table's grams in order, and which one is each gram's."""
    before = table[0] >> _UNIT
    starts = starts_of(before)
    kinds = np.diff(starts, append=len(before))
    backing = weight * kinds + BACKING[2]
    over = np.add.reduceat(table[1], starts) + backing
    return Contexts(before[starts], over, backing / over), np.repeat(np.arange(len(starts)), kinds)


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely the last character of each gram is after the ones before it."""

    total: float
    one: Often
    two: Often
    three: Often
    after_one: Contexts
    after_two: Contexts


def chances_of(tables: tuple[Table, ...]) -> Chances:
    """The chances: those with a character less are mixed in by the share that backs off."""
    (ones, often), twos, threes = tables
    total = float(often.sum())
    one = (often + UNSEEN) / total
    rare = UNSEEN / total

    def of_one(wanted: Keys) -> Often:
        found, there = _find(ones, wanted)
        return np.where(there, one[found], rare)

    after_one, which = contexts_of(twos, BACKING[1])
    two = twos[1] / after_one.over[which] + after_one.share[which] * of_one(twos[0] & _LAST)
    after_two, which = contexts_of(threes, BACKING[0])
    lower = threes[0] & _LAST_TWO
    found, there = _find(twos[0], lower)
    backed = np.where(there, two[found], after_one.shares(lower >> _UNIT) * of_one(lower & _LAST))
    three = threes[1] / after_two.over[which] + after_two.share[which] * backed
    return Chances(total, one, two, three, after_one, after_two)


def _find(ordered: Keys, wanted: Keys) -> tuple[Indexes, npt.NDArray[np.bool_]]:
    """Where each of `wanted` is in `ordered`, and whether it is there."""
    found = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    return found, ordered[found] == wanted
