"""A page's text → what kind of damage it has, if any, with the evidence in sentences.

A page in Traditional characters is tried against the mechanism: its characters are turned back, and the Simplified text
is then written in Traditional by words, as people do (OpenCC: for China, Taiwan and Hong Kong). Where the page has what
the one-to-one table gives and none of the three would write (关于 → 關于, 沖突, 批準), it shows the table; where it
has a character the table never gives (於, 後, 裡), it shows a hand or another converter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from shida.restore.arrays import Flags, covered
from shida.restore.codes import BEYOND as NO_CODE
from shida.restore.codes import (
    LETTERS,
    Codes,
    Notes,
    back_table,
    codes_of,
    find_notes,
    read_notes,
    text_of,
)
from shida.restore.passes import blank, count_classes, weigh_notes
from shida.text.scripts import back_one_to_one, by_character, converter, one_to_one

OTHER, HAN, TRADITIONAL, SIMPLIFIED, WRITTEN_OUT, WESTERN, TONE, OPEN, STRAY = range(9)
LOST, EMOJI, HASH, RARE, BEYOND, SIGN, ODD, ALIKE, CLASSES = range(9, 18)
"""The classes of characters that are counted."""

LOOKED_AT = (500, 1_500)
"""Characters of a page that are tried against the mechanism where its plain signs are few: first, and at most."""

PLAIN_SIGNS = "于并么愿癥桿巖釐"
"""Characters the table gives that hardly stand in Traditional text at all: enough of them need no closer look."""

FEW_TRADITIONAL = 5
"""Fewer Traditional characters than this are quotes or names."""

MIXED = 0.12
"""Simplified-only characters beside each Traditional one that a turned page may have (a menu, a later line)."""


ENOUGH_TRADITIONAL = 15
"""Traditional characters for which two signs are enough; below, they may be chance."""

ENOUGH_NOTES = 6
"""Notes that are evidence by themselves."""

_BLANK = ord("\n")

_CUT = re.compile(r"[㐀-鿿]\?[，！？][^\s，。！？]")
"""What a cut inside a character leaves."""


@dataclass  # not frozen: one is made for every text, and a frozen one takes several times as long to make
class Scan:
    """How many characters of each class a text has."""

    counts: tuple[int, ...]
    codes: Codes
    whole: Codes
    """The same with what is left out of `codes` and of the counts."""
    beyond: int
    """Characters of the whole text beyond the first plane, and surrogates."""
    alike: tuple[str, ...] = ()
    """The look-alikes that were counted as such."""

    @cached_property
    def notes(self) -> Notes:
        """The readings that are noted."""
        return read_notes(self.codes)

    @cached_property
    def noted(self) -> tuple[Codes, int, int]:
        """The character each different note stands on, how many notes stand on turned ones, and how many are steady."""
        notes = self.notes
        return weigh_notes(self.codes, notes.starts, notes.first, notes.times, _turned_table())

    def without(self, spans: list[tuple[int, int]]) -> Scan:
        """The scan of the text with `spans` (apart, not empty) made blank.

        >>> scan("質量 https://a.cn/質").without([(3, 17)])[TRADITIONAL]
        1
        """
        codes, counts = blank(self.codes, spans, _class_table(self.alike), self.counts, OTHER, _BLANK)
        return Scan(counts, codes, self.whole, self.beyond, self.alike)

    def __getitem__(self, kind: int) -> int:
        return self.counts[kind]

    @property
    def han(self) -> int:
        """Chinese characters of any class."""
        of = self.counts
        return of[HAN] + of[TRADITIONAL] + of[SIMPLIFIED] + of[WRITTEN_OUT] + of[RARE] + of[SIGN] + of[ALIKE]

    @property
    def simplified(self) -> int:
        """Characters that are only Simplified."""
        return self.counts[SIMPLIFIED]


@dataclass(slots=True)
class Verdict:
    """The kind of damage, or None, and why."""

    kind: str | None
    evidence: tuple[str, ...]


@lru_cache(maxsize=4)
def _class_table(alike: tuple[str, ...]) -> npt.NDArray[np.uint8]:
    table = np.zeros(0x10000, np.uint8)
    table[0x3400:0xA000] = HAN
    table[0xA1:0x100] = WESTERN
    for code in range(0xE400, 0xEA00):  # what UTF-8's lead bytes of Chinese become when they are read as GBK
        try:
            table[ord(code.to_bytes(2, "big").decode("gbk"))] = RARE
        except (UnicodeDecodeError, TypeError):
            continue
    for character in by_character("t2s"):
        table[ord(character)] = WRITTEN_OUT
    for character in one_to_one():
        table[ord(character)] = SIMPLIFIED
    for character in back_one_to_one():
        table[ord(character)] = TRADITIONAL
    for character in PLAIN_SIGNS:
        table[ord(character)] = SIGN
    for sign in "·×÷°±§":
        table[ord(sign)] = OTHER  # they stand in Chinese text as well
    for letter in LETTERS[26:]:
        table[ord(letter)] = TONE
    for character in "乾著藉瞭夥":
        table[ord(character)] = HAN
    table[0x2600:0x27C0] = EMOJI
    table[0xD800:0xE000] = table[0xFFFF] = BEYOND
    table[ord("(")] = OPEN
    table[ord("?")] = STRAY
    for sign in "{}$^~|`@&*\\":
        table[ord(sign)] = ODD
    for character in alike:
        if len(character) == 1 and ord(character) < 0xFFFF:
            table[ord(character)] = ALIKE
    table[0xFFFD] = LOST
    table[ord("#")] = HASH
    return table


def scan(text: str, alike: tuple[str, ...] = ()) -> Scan:
    """Count the classes of the characters of `text`, with the look-alikes of the pack: all that whole text costs.

    >>> found = scan("關于質量")
    >>> found[TRADITIONAL], found.han
    (2, 4)
    """
    codes, counted = count_classes(text, _class_table(alike), CLASSES)
    counts = tuple(counted)
    return Scan(counts, codes, codes, counts[BEYOND], alike)


def judge(text: str, found: Scan) -> Verdict:
    """Whether the text is of kind A or D; `found` is its scan, masks left out.

    >>> text = "關于批準的范圍，他們對此并沒有說什么，這里的標準以后會發布，現場檢驗發現問題時開會處罰。"
    >>> judge(text, scan(text)).kind
    'D'
    """
    there, simple = found[TRADITIONAL], found[SIMPLIFIED]
    if there < FEW_TRADITIONAL:
        return Verdict(None, (f"{there} Traditional characters: nothing was turned.",))
    if simple > there * MIXED:
        return Verdict(None, (f"{simple} characters are only Simplified beside {there} Traditional ones.",))
    written = found[WRITTEN_OUT]
    notes, steady = _steady_notes(found)
    shown = found[SIGN]
    by_signs = shown >= 2 + there / 400 and (steady or there >= ENOUGH_TRADITIONAL)
    by_notes = steady and notes >= ENOUGH_NOTES and written * 3 <= shown + notes / 4
    if by_notes or (not written and by_signs) or shown >= 3 + there / 100 + 3 * written:
        return _verdict(text, found, shown, len(text), notes, steady=steady)
    verdict = Verdict(None, ())
    for looked in LOOKED_AT:
        middle = max(0, (len(found.codes) - looked) // 2)
        signs = signs_of_table(found.codes[middle : middle + looked])
        verdict = _verdict(text, found, signs, min(len(text), looked), notes, steady=steady)
        if verdict.kind or looked >= len(text):
            break
    return verdict


def _verdict(text: str, found: Scan, shown: int, looked: int, notes: int, *, steady: bool) -> Verdict:
    """The verdict on a text with so many signs of the table in `looked` characters."""
    there, simple, written = found[TRADITIONAL], found[SIMPLIFIED], found[WRITTEN_OUT]
    facts = (
        f"{there} Traditional characters and {simple} that are only Simplified.",
        f"At least {shown} characters as only the one-to-one table gives them; {written} that it never gives.",
        f"{notes} characters are followed by their pinyin" + (", the same ones throughout." if steady else "."),
    )
    share = written * looked / max(1, len(text))
    if steady and share * 3 <= shown + notes / 4 and (shown > 0 or notes >= ENOUGH_NOTES):
        return Verdict("A", facts)
    if notes >= ENOUGH_NOTES and not steady:
        return Verdict(None, facts)  # notes at random are another kind's
    wanted = (2 if there >= ENOUGH_TRADITIONAL else 3) + share * 2
    if share * 3 > shown or there < ENOUGH_TRADITIONAL // 2:
        return Verdict(None, facts)
    if shown < wanted and shown and found[STRAY]:
        shown += len(_CUT.findall(text))
    return Verdict("A" if notes else "D", facts) if shown >= wanted else Verdict(None, facts)


def _steady_notes(found: Scan) -> tuple[int, bool]:
    """How many characters carry their pinyin, and whether it is the mechanism's way of putting it.

    It notes a Traditional character everywhere or nowhere, and hardly ever one that is the same in both scripts.
    """
    notes = found.notes
    number = len(notes.starts)
    if number < 3:
        return number, False
    noted, turned, steady = found.noted
    return number, turned >= 0.9 * number and steady >= 0.8 * len(noted)


def signs_of_table(codes: Codes) -> int:
    """How many characters of a text the one-to-one table gives and no writer of Traditional would put there.

    The forms of Taiwan and Hong Kong are made of what is written for China, which is many times quicker than writing
    the text three times; only clauses with a name that has a form of its own there are written again.

    >>> signs_of_table(codes_of("關于范圍的規定")), signs_of_table(codes_of("關於範圍的規定"))
    (2, 0)
    """
    starts, stops = find_notes(codes)
    odd = (codes == 0xFFFF) | ((codes >= 0xD800) & (codes < 0xE000))
    page: Codes = np.where(odd, 0x20, codes).astype(np.uint16)[~covered(len(codes), starts, stops)]
    simplified = back_table().take(page)
    signs: Flags = _forward().take(page)
    clauses = _separators().take(page).cumsum()
    written = _written("s2t", simplified)
    signs &= page != written
    for variants, config in (("t2tw", "s2tw"), ("t2hk", "s2hk")):
        left = _in_clauses(clauses, signs)
        here = written.take(left)
        by_words = _written(variants, here)
        here = _characters(variants).take(here)
        named = by_words != here
        if named.any():  # a street or a person: whether it is one depends on how the words around it are parted
            asked = _in_clauses(clauses.take(left), named)
            here[asked] = _written(config, simplified.take(left.take(asked)))
        signs[left] &= page.take(left) != here
    return int(np.count_nonzero(signs))


def _written(config: str, codes: Codes) -> Codes:
    """What OpenCC makes of the text of `codes`; where it is of another length, it tells nothing of them."""
    written = codes_of(converter(config).convert(text_of(codes)))
    return written if len(written) == len(codes) else np.full(len(codes), NO_CODE, np.uint16)


def _in_clauses(clauses: npt.NDArray[np.int64], wanted: Flags) -> npt.NDArray[np.int64]:
    """The places of the clauses (by their numbers, in order) that have a wanted place."""
    asked = np.zeros(int(clauses[-1]) + 1 if len(clauses) else 0, np.bool_)
    asked[clauses.compress(wanted)] = True
    return asked.take(clauses).nonzero()[0] if len(asked) else clauses


@cache
def _characters(variants: str) -> Codes:
    """By code point: what OpenCC's `variants` make of a character by itself."""
    table = np.arange(0x10000, dtype=np.uint16)
    for old, new in by_character(variants).items():
        table[ord(old)] = min(ord(new), NO_CODE)
    return table


@cache
def _separators() -> npt.NDArray[np.bool_]:
    """Characters that stand in none of OpenCC's words, so that it writes what is between them by itself."""
    table = np.zeros(0x10000, np.bool_)
    for character in "，。；：！？、,;:!?\n":
        table[ord(character)] = True
    return table


@cache
def _turned_table() -> npt.NDArray[np.uint8]:
    table = np.zeros(0x10000, np.uint8)
    for character in (*back_one_to_one(), "著"):
        table[ord(character)] = 1
    return table


@cache
def _forward() -> npt.NDArray[np.bool_]:
    """Characters that the table gives: its own choices, and those that it keeps."""
    table = np.zeros(0x10000, np.bool_)
    forward, back = one_to_one(), back_one_to_one()
    for character in map(chr, range(0x4E00, 0xA000)):
        simplified = back.get(character, character)
        table[ord(character)] = forward.get(simplified, simplified) == character
    return table
