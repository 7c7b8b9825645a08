"""Readings, as notes print them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from functools import cache, cached_property

from shida.restore.damage import pair_table
from shida.text.scripts import back_one_to_one, readings

SYLLABLE = "a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ"
"""The letters of a reading, for a regular expression."""

ASKED = 16
"""Notes and characters that are looked for each by itself; where more are asked for, the page is read for all."""

NOTHING: Mapping[str, None] = {}

_NOTE = re.compile(r"\(([^()]{1,6})\)")


@cache
def pairs_by_text() -> Mapping[str, int]:
    """Character → its pair of GBK bytes as a number."""
    return {text: pair for pair, text in enumerate(pair_table()) if text and text != "?"}


@cache
def spoken() -> Mapping[tuple[int, str], tuple[int, ...]]:
    """Lead byte and reading → the pairs with that lead that are read so and print the note's bracket as `?`.

    The second byte swallows the bracket; one below 81 does not.

    >>> [pair_table()[pair] for pair in spoken()[0x94, "shù"]]
    ['數']
    """
    found: dict[tuple[int, str], list[int]] = {}
    known = readings()
    for text, pair in pairs_by_text().items():
        for said in known.get(text, ()) if pair & 0xFF > 0x80 else ():
            found.setdefault((pair >> 8, said), []).append(pair)
    return {key: tuple(sorted(pairs)) for key, pairs in found.items()}


@cache
def spoken_so() -> Mapping[str, tuple[int, ...]]:
    """Reading → the pairs of `spoken` with it, in order."""
    found: dict[str, list[int]] = {}
    for (_, said), pairs in spoken().items():
        found.setdefault(said, []).extend(pairs)
    return {said: tuple(sorted(pairs)) for said, pairs in found.items()}


class Notes:
    """What a page notes, and with which reading. A page that asks often is read no more often for it."""

    def __init__(self, text: str, read: Callable[[], Mapping[str, str]]) -> None:
        """`read` gives the characters seen with a note → the note; asked once, if at all."""
        self._text = text
        self._read = read
        self._noted: dict[str, Mapping[str, None]] = {}
        self._behind: dict[str, tuple[int, ...]] = {}
        self._always: dict[str, bool] = {}

    @cached_property
    def listed(self) -> Mapping[str, str]:
        """The characters seen with a note → the note."""
        return self._read()

    def noted(self, note: str) -> Mapping[str, None]:
        """What stands before this note somewhere in the page, each once."""
        found = self._noted.get(note)
        if found is None:
            if len(self._noted) == ASKED:
                return self._every.get(note, NOTHING)
            found = self._noted[note] = {}
            text, printed = self._text, f"({note})"
            at = text.find(printed, 1)
            while at >= 0:
                found[text[at - 1]] = None
                at = text.find(printed, at + 1)
        return found

    @cached_property
    def _every(self) -> Mapping[str, Mapping[str, None]]:
        """The same of every note of the page."""
        found: dict[str, dict[str, None]] = {}
        for note, before in self._printed():
            found.setdefault(note, {})[before] = None
        return found

    def _printed(self) -> Iterator[tuple[str, str]]:
        """Every note, and what stands before it."""
        for match in _NOTE.finditer(self._text, 1):
            yield match[1], self._text[match.start() - 1]

    def pairs(self, lead: int, note: str) -> tuple[int, ...]:
        """The pairs that begin with `lead` and that this page may note with this reading.

        Where several are read so, those the page notes elsewhere; else those it nowhere prints without a note.
        """
        found = spoken().get((lead, note), ())
        if len(found) < 2:
            return found
        table, noted = pair_table(), self.noted(note)
        on_list = tuple(pair for pair in found if table[pair] in noted)
        return on_list or tuple(pair for pair in found if self._always_noted(table[pair]))

    def behind(self, note: str) -> tuple[int, ...]:
        """The pairs whose first byte is gone that this page may note with this reading.

        Those it notes so elsewhere; else the Traditional characters it nowhere prints without a note.
        """
        found = self._behind.get(note)
        if found is None:
            found = self._behind[note] = self._found_behind(note)
        return found

    def _found_behind(self, note: str) -> tuple[int, ...]:
        pairs = pairs_by_text()
        on_list = tuple(pairs[one] for one in self.noted(note) if one in pairs and is_reading(one, note))
        if on_list:
            return on_list
        table, turned = pair_table(), back_one_to_one()
        return tuple(
            pair for pair in spoken_so().get(note, ()) if table[pair] in turned and self._always_noted(table[pair])
        )

    def _always_noted(self, character: str) -> bool:
        """Whether the page nowhere prints the character without a reading of it."""
        found = self._always.get(character)
        if found is None:
            if len(self._always) == ASKED:
                return character not in self._bare
            text = self._text
            found = self._always[character] = character not in text or text.count(character) <= sum(
                text.count(f"{character}({said})") for said in readings().get(character, ())
            )
        return found

    @cached_property
    def _bare(self) -> Set[str]:
        """The characters that the page prints without a reading of them somewhere."""
        left = Counter(self._text)
        left.subtract(before for note, before in self._printed() if is_reading(before, note))
        return {one for one, times in left.items() if times > 0}


def is_reading(character: str, note: str) -> bool:
    """Whether `note` is a reading of `character`.

    >>> is_reading("質", "zhì"), is_reading("A", "zhì")
    (True, False)
    """
    return note in readings().get(character, ())
