"""Character counts → how likely a character is after the two before it.

The counts that come with shida (`counts.zst`, made by `shida.restore.make_counts`) can be joined by those a newsroom
learned from its own clean articles, by the names of the packs' lists, and by what the page itself says elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import pairwise
from math import exp, log

import numpy as np

from shida.pack.restoring import Restoring
from shida.records import Record
from shida.restore.arrays import Flags
from shida.restore.codes import text_of
from shida.restore.grams import (
    BACKING,
    UNSEEN,
    Keys,
    Often,
    built_in,
    built_in_words,
    chances_of,
    joined,
    starts_of,
    strings_of,
)
from shida.restore.ngrams import Nats
from shida.restore.passes import Ngrams, Words
from shida.restore.words import word_logs

LEARNED_WEIGHT = 1.0
"""A learned text counts as much as one of the built-in newspaper."""

NAME_WEIGHT = 1.0
"""Each listed name counts as if it had been read once."""

COMMON = 250.0
"""How often a character was counted that no grown reader needs a note on (about the first thousand)."""

PAGE_WEIGHT = 2.0
"""A page repeats its own names."""

ASKED_BEFORE = 500
"""Strings before which a page is asked what it has, at most: far more than damage makes it be asked."""

_DIGITS = re.compile(r"[0-9]+")
_LETTERS = re.compile(r"[A-Za-z]+")
_COUNTED_OTHERWISE = re.compile(r"[0-9A-Za-z,:;?!()０-９Ａ-Ｚａ-ｚ]")
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
    if not _COUNTED_OTHERWISE.search(text):  # nearly always
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


class Language:
    """What is likely, from the built-in counts, the learned ones and the lists of names."""

    def __init__(self, learned: Counts | None, names: tuple[str, ...]) -> None:
        tables = joined(built_in(), _name_counts(names), NAME_WEIGHT)
        if learned:
            tables = joined(tables, learned.grams, LEARNED_WEIGHT)
        self._names = names
        self.twos = tables[1]
        """The characters ever read together, as numbers in order, and how often."""
        chances = chances_of(tables)
        self.pairs = strings_of(self.twos[0], 2)
        """The same as text."""
        self.counts: dict[str, float] = dict(zip(strings_of(tables[0][0], 1), tables[0][1].tolist(), strict=True))
        """How often a character was read."""
        self.total = chances.total
        """How many characters were read."""
        self.two_logs = _logs(chances.two)
        """The logarithms of the chances of `twos`."""
        self.ngrams = Ngrams(
            (tables[0][0], _logs(chances.one)),
            (self.twos[0], self.two_logs),
            (tables[2][0], _logs(chances.three)),
            (chances.after_one.keys, _logs(chances.after_one.share)),
            (chances.after_two.keys, _logs(chances.after_two.share)),
            (chances.after_one.keys, chances.after_one.over.astype(np.float32)),
            float(np.float32(log(UNSEEN / chances.total))),
        )
        self.score = self.ngrams.score
        """Logarithm of the chance of what follows the first two characters of a text, in nats."""
        self.likely = self.ngrams.likely
        """The same of the third of three characters."""
        self.pair = self.ngrams.pair
        """Logarithm of the chance that the second of two characters follows the first, in nats."""
        self.one = self.ngrams.one
        """Logarithm of the chance of a character by itself, in nats."""
        self.backed = self.ngrams.backed
        """Logarithm of the share of chance that is left to what was never read after a context, in nats."""
        self.often = self.ngrams.often
        """How often two characters were read together."""
        first, second = self.twos[0] >> np.uint64(16), self.twos[0] & np.uint64(0xFFFF)
        self.after = Partners(first, second, self.two_logs)
        """Character → those ever read after it, and how likely they are then."""
        order = np.argsort(second, kind="stable")
        self.before = Partners(second[order], first[order], self.two_logs[order])
        """Character → those ever read before it, and how likely it is then."""

    @cached_property
    def words(self) -> Words:
        """What is a word; made when first asked for."""
        return Words(*word_logs(built_in_words(), self._names, self.counts))

    @cached_property
    def common(self) -> Flags:
        """By code point: whether a character is so common that nobody needs a note on it."""
        table = np.zeros(0x10000, np.bool_)
        for character, times in self.counts.items():
            if times >= COMMON:
                table[ord(character)] = True
        return table

    def score_here(self, whole: str, page: PageGrams) -> float:
        """As `score`, when the page has been read too: a name that is broken here may stand whole elsewhere."""
        total = 0.0
        for at in range(len(whole) - 2):
            three = whole[at : at + 3]
            lower = exp(self.one(three[2]))
            chance = (lower * self.total + page[three[2]]) / (self.total + page.size)
            overs = self.ngrams.over(three[1]) or BACKING[2], self.often(three[:2]) + BACKING[2]
            logs = self.pair(three[1:]), self.likely(three)
            for gram, known, over in zip((three[1:], three), logs, overs, strict=True):
                context = gram[:-1]
                here = PAGE_WEIGHT * page[gram] + over * exp(self.backed(context)) * (chance - lower)
                lower = exp(known)
                chance = (lower * over + here) / (over + PAGE_WEIGHT * page[context])
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
        self._befores: dict[str, str] = {}
        self.size = len(text)

    def before(self, gram: str) -> str:
        """The different characters before `gram`, each once, in order; but for the `?` of a stretch.

        None where the page was asked for ASKED_BEFORE others.

        >>> PageGrams("2米和3米").before("米")
        '23'
        """
        found = self._befores.get(gram)
        if found is None and len(self._befores) < ASKED_BEFORE:
            found = self._befores[gram] = before(self._text, gram)
        return found or ""

    def __missing__(self, gram: str) -> int:
        number = self[gram] = self._text.count(gram)
        return number


def _logs(chances: Often) -> Nats:
    """Their logarithms, as short as the compiled tables have them."""
    return np.log(chances).astype(np.float32)


def before(text: str, gram: str) -> str:
    """As `PageGrams.before`, of a page's text."""
    found = set()
    at = text.find(gram, 1)
    while at > 0:
        found.add(text[at - 1])
        at = text.find(gram, at + 1)
    return "".join(sorted(found - {"?"}))


class Partners:
    """Character → those ever read beside it, with the logarithm of the second one's chance; made when first asked for.

    Side by side, so that many can be looked up at the price of one.
    """

    def __init__(self, parts: Keys, others: Keys, logs: Nats) -> None:
        starts = starts_of(parts)
        self._others, self._logs = text_of(others.astype(np.uint16)), logs
        bounds = pairwise([*starts.tolist(), len(parts)])
        self._spans = dict(zip(text_of(parts[starts].astype(np.uint16)), bounds, strict=True))
        self._rows: dict[str, dict[str, float]] = {}

    def get(self, character: str) -> dict[str, float]:
        """Those beside `character`; none where it was never read."""
        found = self._rows.get(character)
        if found is None:
            first, last = self._spans.get(character, (0, 0))
            found = self._rows[character] = dict(
                zip(self._others[first:last], self._logs[first:last].tolist(), strict=True)
            )
        return found


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
