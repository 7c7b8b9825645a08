"""A text as an array of its code points: what is looked up for every character is looked up here."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from shida.restore.arrays import BEYOND as BEYOND
from shida.restore.arrays import LONGEST_SYLLABLE, Keys, note_keys
from shida.restore.arrays import Codes as Codes
from shida.restore.arrays import Places as Places
from shida.restore.damage import pair_table
from shida.restore.passes import count_classes, find_readings, key_table
from shida.text.scripts import back_one_to_one, in_gbk, readings

_ONE_CLASS = np.zeros(0x10000, np.uint8)

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
    return count_classes(text, _ONE_CLASS, 1)[0]


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


@cache
def reading_keys(*, toned: bool) -> Keys:
    """The `key_table` of `all_readings`."""
    return key_table(all_readings(toned=toned))


def all_readings(*, toned: bool) -> Keys:
    """Sorted keys of all characters of GBK with each of their readings, without a tone too or only `toned`."""
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
    codes = codes_of("".join(noted))
    return np.unique(note_keys(codes, codes.take(opens - 1), opens, lengths - 3))


@cache
def pairs_of_codes() -> tuple[npt.NDArray[np.uint8], Codes]:
    """By code point: the second byte of a character of GBK, else 0; and by both bytes: the character, else 0."""
    trails, characters = np.zeros(0x10000, np.uint8), np.zeros(0x10000, np.uint16)
    for pair, text in enumerate(pair_table()):
        if len(text) == 1 and text > "\x7f":
            characters[pair], trails[ord(text)] = ord(text), pair & 0xFF
    return trails, characters


class Notes(NamedTuple):
    """The notes of a text, and what they say."""

    starts: Places
    ends: Places
    """Half-open, in order."""
    first: Places
    """The first note of each different one, in no order of meaning: a place in `starts`."""
    times: Places
    """How often each different one stands there."""
    across_starts: Places
    across_ends: Places
    """The same of those on the second byte of one character and an ASCII letter."""


def read_notes(codes: Codes, *, toned: bool = True) -> Notes:
    """Where `(reading)` stands after a character that is read so.

    >>> notes = read_notes(codes_of("質(zhì)款A(yù)pp強(qiáng)行(lǐ)，質(zhì)"))
    >>> notes.starts.tolist(), notes.ends.tolist(), sorted(notes.times.tolist()), notes.across_starts.tolist()
    ([1, 15, 29], [6, 22, 34], [1, 2], [8])
    """
    return Notes(*find_readings(codes, reading_keys(toned=toned), *pairs_of_codes()))


def find_notes(codes: Codes, *, toned: bool = True) -> tuple[Places, Places]:
    """Where `(reading)` stands after a character that is read so: starts and ends, in order.

    >>> starts, ends = find_notes(codes_of("質(zhì)量(FAST)強(qiáng)行(lǐ)"))
    >>> starts.tolist(), ends.tolist()
    ([1, 14], [6, 21])
    """
    notes = read_notes(codes, toned=toned)
    return notes.starts, notes.ends
