"""Character counts → how likely a character is after the two before it.

The counts that come with shida (`counts.zst`, made by `shida.restore.make_counts`) can be joined by those a newsroom
learned from its own clean articles, by the names of the packs' lists, and by what the page itself says elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from math import log

import numpy as np
import zstandard

from shida.records import Record

LEARNED_WEIGHT = 1.0
"""A learned text counts as much as one of the built-in newspaper."""

NAME_WEIGHT = 1.0
"""Each listed name counts as if it had been read once."""

BACKING = (8.0, 30.0)
"""How many readings of two characters (of one) weigh as much as what is known with one character (none) less.

Chosen on sentences damaged by `shida.restore.damage`; half or double changes little."""

_DIGITS = re.compile(r"[0-9]+")
_LETTERS = re.compile(r"[A-Za-z]+")
_WIDE = str.maketrans(
    {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
)
_PUNCTUATION = str.maketrans(",:;?!()", "，：；？！（）")


class Counts(Record, frozen=True, kw_only=True):
    """What a newsroom learned from its clean articles: n-grams of one to three characters, and when."""

    on: str
    """The day it was learned, ISO."""
    grams: dict[str, int]


def plain(text: str) -> str:
    """`text` as it is counted: numbers as `0`, Latin words as `A`, ASCII punctuation as full width.

    >>> plain("2024年,GDP增长5%")
    '0年，A增长0%'
    """
    return _LETTERS.sub("A", _DIGITS.sub("0", text.translate(_WIDE))).translate(_PUNCTUATION)


def count(texts: Iterable[str]) -> Counter[str]:
    """The n-grams of one to three characters of `texts`; a line's ends count as a character each.

    >>> count(["质量"])["质量"], count(["质量"])["量\\n"]
    (1, 1)
    """
    grams: Counter[str] = Counter()
    for text in texts:
        for line in plain(text).split("\n"):
            if line:
                whole = f"\n{line}\n"
                grams.update(whole)
                grams.update(whole[at : at + 2] for at in range(len(whole) - 1))
                grams.update(whole[at : at + 3] for at in range(len(whole) - 2))
    return grams


def learn(texts: Iterable[str], on: str) -> Counts:
    """The counts of clean `texts`, learned on the day `on`; three characters seen only once are left out.

    >>> counts = learn(["杭州的企业在杭州。"] * 2, "2026-01-31")
    >>> counts.on, counts.grams["杭州"]
    ('2026-01-31', 4)
    """
    grams = count(texts)
    return Counts(on=on, grams={gram: grams[gram] for gram in sorted(grams) if len(gram) < 3 or grams[gram] > 1})


class _BuiltIn:
    """The counts of `counts.zst`: three sorted tables of keys (UTF-16 units) and of quantised counts."""

    def __init__(self, content: bytes) -> None:
        self.tables: list[tuple[list[int], bytes]] = []
        at = 0
        for width in (2, 4, 6):
            size = int.from_bytes(content[at : at + 4], "little")
            planes = np.frombuffer(content, np.uint8, size * width, at + 4).reshape(width, size)
            steps = np.zeros((size, 8), np.uint8)
            steps[:, :width] = planes.T
            keys = steps.view(np.uint64).ravel().cumsum(dtype=np.uint64)
            at += 4 + size * width
            self.tables.append((keys.tolist(), content[at : at + size]))
            at += size

    def count(self, gram: str) -> float:
        keys, counts = self.tables[len(gram) - 1]
        try:
            key = int.from_bytes(gram.encode("utf-16-be"), "big")
        except UnicodeEncodeError:  # a lone surrogate
            return 0.0
        at = bisect_left(keys, key)
        return _UNQUANTISED[counts[at]] if at < len(keys) and keys[at] == key else 0.0


_UNQUANTISED = tuple(2 ** ((step - 16) / 8) for step in range(256))


@cache
def _built_in() -> _BuiltIn:
    content = (resources.files("shida.restore") / "counts.zst").read_bytes()
    return _BuiltIn(zstandard.ZstdDecompressor().decompress(content))


class Language:
    """What is likely, from the built-in counts, the learned ones, the lists of names and the page's own text."""

    def __init__(self, learned: Counts | None, names: tuple[str, ...], page: Counter[str] | None = None) -> None:
        self._learned = learned.grams if learned else {}
        self._names = _name_counts(names)
        self._page = page or Counter()
        self._total = 1.9e6 + sum(number for gram, number in self._learned.items() if len(gram) == 1)
        self._counted: dict[str, float] = {}
        self._scored: dict[str, float] = {}

    def count(self, gram: str) -> float:
        """How often `gram` (one to three characters) was read."""
        known = self._counted.get(gram)
        if known is None:
            known = (
                _built_in().count(gram)
                + LEARNED_WEIGHT * self._learned.get(gram, 0)
                + NAME_WEIGHT * self._names.get(gram, 0)
                + self._page.get(gram, 0)
            )
            self._counted[gram] = known
        return known

    def likely(self, three: str) -> float:
        """Logarithm of the chance that the third character follows the two before it, in nats."""
        known = self._scored.get(three)
        if known is None:
            one, two = three[2], three[1:]
            chance = (self.count(one) + 0.02) / self._total
            chance = (self.count(two) + BACKING[1] * chance) / (self.count(three[1]) + BACKING[1])
            chance = (self.count(three) + BACKING[0] * chance) / (self.count(three[:2]) + BACKING[0])
            known = self._scored[three] = log(chance)
        return known


@lru_cache(maxsize=4)
def _name_counts(names: tuple[str, ...]) -> Counter[str]:
    grams: Counter[str] = Counter()
    for name in names:
        grams.update(name)
        grams.update(name[at : at + 2] for at in range(len(name) - 1))
        grams.update(name[at : at + 3] for at in range(len(name) - 2))
    return grams
