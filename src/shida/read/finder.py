"""Words → on which lines of a page each of them stands: one pass over the text for all. And how lines begin."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation


class Finder:
    """Looks for some words, none of them with a line end in it.

    >>> Finder(("ICP", "备案", "案")).said(["一", "京ICP备1号", "备案"])
    {'ICP': [1], '备案': [2], '案': [2]}
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = tuple(dict.fromkeys(filter(None, words)))
        self._finder = AhoCorasick(self._words, implementation=Implementation.DFA)

    def said(self, texts: Sequence[str]) -> dict[str, list[int]]:
        """Each word that is there → the lines it stands on, one for every time."""
        matches = self._finder.find_matches_as_indexes("\n".join(texts), overlapping=True)
        starts = list(accumulate([len(text) + 1 for text in texts], initial=0)) if matches else []
        said: dict[str, list[int]] = {}
        for number, start, _ in matches:
            said.setdefault(self._words[number], []).append(bisect_right(starts, start) - 1)
        return said


def beginning(texts: Sequence[str], firsts: Collection[str]) -> list[int]:
    """The lines that begin with one of some characters.

    >>> beginning(["第一", "一", "", "第二"], "第")
    [0, 3]
    """
    return [index for index, text in enumerate(texts) if text and text[0] in firsts]
