"""Character counts → how likely a character is after the two before it.

The counts that come with shida (`counts.zst`, made by `shida.restore.make_counts`) can be joined by those a newsroom
learned from its own clean articles, by the names of the packs' lists, and by what the page itself says elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from math import log

import numpy as np
import numpy.typing as npt
import zstandard

from shida.pack.restoring import Restoring
from shida.records import Record
from shida.restore.codes import Places, text_of

LEARNED_WEIGHT = 1.0
"""A learned text counts as much as one of the built-in newspaper."""

NAME_WEIGHT = 1.0
"""Each listed name counts as if it had been read once."""

BACKING = (1.0, 1.0, 4.0)
"""What is known with a character less weighs as much as the different characters that were seen to follow (Witten and
Bell, 1991): times so much after two characters, after one; and at least so much."""

UNSEEN = 0.02
"""How often a character was read that never was."""

PAGE_WEIGHT = 2.0
"""A page repeats its own names."""

MEMORY = 400_000
"""Chances kept before they are worked out again."""

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
    if len(text) == 1 and text > "\u2fff" and text < "\uff00":  # nearly always one Chinese character
        return text
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


@cache
def _built_in() -> dict[str, float]:
    """The counts of `counts.zst`: three sorted tables of keys (UTF-16 units, as steps) and of quantised counts."""
    packed = (resources.files("shida.restore") / "counts.zst").read_bytes()
    content = zstandard.ZstdDecompressor().decompress(packed)
    values = [2 ** ((step - 16) / 8) for step in range(256)]
    grams: dict[str, float] = {}
    at = 0
    for length in (1, 2, 3):
        size = int.from_bytes(content[at : at + 4], "little")
        planes = np.frombuffer(content, np.uint8, size * 2 * length, at + 4).reshape(2 * length, size)
        steps = np.zeros((size, 8), np.uint8)
        steps[:, : 2 * length] = planes.T
        keys = steps.view(np.uint64).ravel().cumsum(dtype=np.uint64)
        units = keys[:, None].astype(">u8").view(np.uint8)[:, 8 - 2 * length :]
        text = units.tobytes().decode("utf-16-be")
        at += 4 + size * 2 * length
        strings = (text[start : start + length] for start in range(0, len(text), length))
        grams.update(zip(strings, map(values.__getitem__, content[at : at + size]), strict=True))
        at += size
    return grams


class Language:
    """What is likely, from the built-in counts, the learned ones and the lists of names."""

    def __init__(self, learned: Counts | None, names: tuple[str, ...]) -> None:
        grams = dict(_built_in())
        for gram, number in _name_counts(names).items():
            grams[gram] = grams.get(gram, 0.0) + NAME_WEIGHT * number
        if learned:
            for gram, seen in learned.grams.items():
                grams[gram] = grams.get(gram, 0.0) + LEARNED_WEIGHT * seen
        self.counts = grams
        ones = [gram for gram in grams if len(gram) == 1]
        twos = [gram for gram in grams if len(gram) == 2]
        threes = [gram for gram in grams if len(gram) == 3]
        self._total = sum(map(grams.__getitem__, ones))
        self.after = _partners(twos, 0)
        """Character → those ever read after it."""
        self.before = _partners(twos, 1)
        """Character → those ever read before it."""
        self._followed: dict[str, float] = {}
        """How often anything counted followed: a word's last characters say nothing of what comes after the word."""
        self._kinds: dict[str, int] = {}
        """How many different characters followed."""
        for longer in (twos, threes):
            contexts, followed, kinds = _contexts(
                longer, np.fromiter(map(grams.__getitem__, longer), float, len(longer))
            )
            self._followed.update(zip(contexts, followed, strict=True))
            self._kinds.update(zip(contexts, kinds, strict=True))
        self._scored: dict[str, float] = {}
        self._weights: dict[str, tuple[float, float]] = {}

    def score(self, whole: str) -> float:
        """Logarithm of the chance of what follows the first two characters of `whole`, in nats."""
        known, likely = self._scored.get, self.likely
        total = 0.0
        for at in range(len(whole) - 2):
            three = whole[at : at + 3]
            total += known(three) or likely(three)
        return total

    def likely(self, three: str) -> float:
        """Logarithm of the chance that the third character follows the two before it, in nats."""
        known = self._scored.get(three)
        if known is None:
            if len(self._scored) > MEMORY:
                self._scored.clear()
            count_of, weights = self.counts.get, self._weights
            before, last = three[:2], three[2]
            middle = before[1]
            backing, over = weights.get(middle) or self._weigh(middle)
            chance = (count_of(three[1:], 0.0) + backing * (count_of(last, 0.0) + UNSEEN) / self._total) / over
            backing, over = weights.get(before) or self._weigh(before)
            known = self._scored[three] = log((count_of(three, 0.0) + backing * chance) / over)
        return known

    def _weigh(self, context: str) -> tuple[float, float]:
        """What backs off from `context`, and that and all that was read after it together."""
        if len(self._weights) > MEMORY:
            self._weights.clear()
        backing = BACKING[2 - len(context)] * self._kinds.get(context, 0) + BACKING[2]
        weights = self._weights[context] = backing, self._followed.get(context, 0.0) + backing
        return weights

    def score_here(self, whole: str, page: PageGrams) -> float:
        """As `score`, when the page has been read too: a name that is broken here may stand whole elsewhere."""
        count_of, followed = self.counts.get, self._followed.get
        total = 0.0
        for at in range(len(whole) - 2):
            three = whole[at : at + 3]
            chance: float = (count_of(three[2], 0.0) + page[three[2]] + UNSEEN) / (self._total + page.size)
            for gram, weight in ((three[1:], BACKING[1]), (three, BACKING[0])):
                backing = weight * self._kinds.get(gram[:-1], 0) + BACKING[2]
                here = PAGE_WEIGHT * page[gram]
                before = PAGE_WEIGHT * page[gram[:-1]]
                chance = (count_of(gram, 0.0) + here + backing * chance) / (followed(gram[:-1], 0.0) + before + backing)
            total += log(chance)
        return total


class PageGrams(dict[str, int]):
    """How often a page has a string: counted when first asked for.

    >>> PageGrams("质量和质量")["质量"]
    2
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self.size = len(text)

    def __missing__(self, gram: str) -> int:
        number = self[gram] = self._text.count(gram)
        return number


def _grouped(units: npt.NDArray[np.uint16]) -> tuple[Places, Places]:
    """Rows of characters in order: their places so, and where each new one begins."""
    key = np.zeros(len(units), np.uint64)
    for unit in units.T:
        key = key << np.uint64(16) | unit
    order = np.argsort(key, kind="stable")
    key = key[order]
    return order, np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))


def _units(grams: list[str]) -> npt.NDArray[np.uint16]:
    return np.frombuffer("".join(grams).encode("utf-16-le", "surrogatepass"), "<u2").reshape(len(grams), -1)


def _partners(twos: list[str], side: int) -> dict[str, set[str]]:
    """Character at `side` of a pair → the characters on the other side of it."""
    units = _units(twos)
    order, starts = _grouped(units[:, side : side + 1])
    parts, others = text_of(units[order[starts], side]), text_of(units[order, 1 - side])
    bounds = [*starts.tolist(), len(twos)]
    return {part: set(others[first:last]) for part, first, last in zip(parts, bounds, bounds[1:], strict=False)}


def _contexts(grams: list[str], often: npt.NDArray[np.float64]) -> tuple[list[str], list[float], list[int]]:
    """What stands before the last character of each gram: how often anything followed it, and how many kinds."""
    order, starts = _grouped(_units(grams)[:, :-1])
    parts = [grams[at][:-1] for at in order[starts].tolist()]
    kinds = np.diff(np.concatenate((starts, [len(grams)])))
    return parts, np.add.reduceat(often[order], starts).tolist(), kinds.tolist()


_LANGUAGES: dict[tuple[int, int], tuple[Language, object, object]] = {}


def language_of(learned: Counts | None, section: Restoring) -> Language:
    """The Language of these counts and the section's names; the last few are kept, for building one takes time."""
    key = (id(learned), id(section))
    kept = _LANGUAGES.get(key)
    if kept is None:
        if len(_LANGUAGES) > 3:
            _LANGUAGES.clear()
        kept = _LANGUAGES[key] = (
            Language(learned, section.names()),
            learned,
            section,
        )  # the two are held, so their ids stay theirs
    return kept[0]


@lru_cache(maxsize=4)
def _name_counts(names: tuple[str, ...]) -> Counter[str]:
    grams: Counter[str] = Counter()
    for name in names:
        grams.update(name)
        grams.update(name[at : at + 2] for at in range(len(name) - 1))
        grams.update(name[at : at + 3] for at in range(len(name) - 2))
    return grams
