"""Readings, as notes print them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property

from shida.restore.damage import pair_table
from shida.text.scripts import back_one_to_one, readings

SYLLABLE = "a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ"
"""The letters of a reading, for a regular expression."""


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


class Notes:
    """What a page notes, and with which reading."""

    def __init__(self, text: str, read: Callable[[], tuple[Mapping[str, str], Mapping[str, int]]]) -> None:
        """`read` gives the characters seen with a note → the note, and how often each was; asked once, if at all."""
        self._text = text
        self._read = read

    @cached_property
    def _found(self) -> tuple[Mapping[str, str], Mapping[str, int]]:
        return self._read()

    @property
    def listed(self) -> Mapping[str, str]:
        """The characters seen with a note → the note."""
        return self._found[0]

    def pairs(self, lead: int, note: str) -> tuple[int, ...]:
        """The pairs that begin with `lead` and that this page may note with this reading.

        Where several are read so, those the page notes elsewhere; else those it nowhere prints without a note.
        """
        found = spoken().get((lead, note), ())
        if len(found) < 2:
            return found
        table = pair_table()
        on_list = tuple(pair for pair in found if self.listed.get(table[pair]) == note)
        if on_list:
            return on_list
        return tuple(pair for pair in found if self._text.count(table[pair]) <= self._found[1].get(table[pair], 0))

    def behind(self, note: str) -> tuple[int, ...]:
        """The pairs whose first byte is gone that this page may note with this reading.

        Those it notes so elsewhere; else the Traditional characters it nowhere prints without a note.
        """
        table = pair_table()
        on_list = tuple(
            pair for one, said in self.listed.items() if said == note and (pair := pairs_by_text().get(one, -1)) >= 0
        )
        if on_list:
            return on_list
        turned = back_one_to_one()
        return tuple(
            pair
            for lead in range(0x81, 0xFF)
            for pair in spoken().get((lead, note), ())
            if table[pair] in turned and self._text.count(table[pair]) <= self._found[1].get(table[pair], 0)
        )


def is_reading(character: str, note: str) -> bool:
    """Whether `note` is a reading of `character`.

    >>> is_reading("質", "zhì"), is_reading("A", "zhì")
    (True, False)
    """
    return note in readings().get(character, ())
