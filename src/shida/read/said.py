"""Which of the pack's words stand on which lines of a page: one pass over its text for all that ask."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from shida.pack import Pack
from shida.read.lines import Lines
from shida.read.words import words_of


def lines_saying(page: Lines, words: Iterable[str], pack: Pack) -> set[int]:
    """The lines that say any of some words, which are to be among `Words.asked`.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> from shida.pack import load_packs
    >>> from shida.read.lines import lines_of
    >>> page = lines_of(LexborHTMLParser("<p>一<p>京ICP备1号<p>备案"))
    >>> sorted(lines_saying(page, ("ICP", "备案"), load_packs()))
    [1, 2]
    """
    said = page.said
    if said is None:
        said = page.said = _said_on(page, pack)
    return {index for word in words if word in said for index in said[word]} if said else set()


def _said_on(page: Lines, pack: Pack) -> dict[str, list[int]]:
    words = words_of(pack)
    matches = words.finder.find_matches_as_indexes(page.whole, overlapping=True)
    if not matches:
        return {}
    starts = list(accumulate([len(text) + 1 for text in page.texts], initial=0))
    said: dict[str, list[int]] = {}
    for number, start, _ in matches:
        said.setdefault(words.asked[number], []).append(bisect_right(starts, start) - 1)
    return said
