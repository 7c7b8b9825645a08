"""Which of the pack's words stand on which lines of a page: one pass over its text for all that ask."""

from __future__ import annotations

from collections.abc import Iterable

from shida.pack import Pack
from shida.read.lines import Lines
from shida.read.words import words_of


def lines_saying(page: Lines, words: Iterable[str], pack: Pack) -> set[int]:
    """The lines that say any of some words, which are to be among those of `Words.finder`.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> from shida.pack import load_packs
    >>> from shida.read.lines import lines_of
    >>> page = lines_of(LexborHTMLParser("<p>一<p>京ICP备1号<p>备案"))
    >>> sorted(lines_saying(page, ("ICP", "备案"), load_packs()))
    [1, 2]
    """
    said = page.said
    if said is None:
        said = page.said = words_of(pack).finder.said(page.texts)
    return {index for word in words if word in said for index in said[word]} if said else set()
