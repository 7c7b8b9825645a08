"""Article → its words by weight, its day, and what its title says for the vetoes."""

from __future__ import annotations

import hashlib
import math
import re
from datetime import date
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from cn2an import cn2an
from xxhash import xxh3_64_intdigest

from shida.pack import Pack
from shida.pack.finding import find_names
from shida.pack.grouping import Grouping, Veto
from shida.pack.names import Name
from shida.records import Article
from shida.text.words import NAME_TAGS, is_term, tagged_words

UNIT = 1000
"""Length of a vector. Weights are whole numbers, so that sums do not depend on the order of adding."""
PROVINCE = 3
"""Rank of a province in the pack's names."""
APART = frozenset({"list", "index", "top_ten"})
"""Kinds of page that speak of many things and never share a story with an article."""


Numbers = npt.NDArray[np.int32]
Weights = npt.NDArray[np.int32]
_NO_WORDS: Numbers = np.zeros(0, dtype=np.int32)
_NO_WEIGHTS: Weights = np.zeros(0, dtype=np.int32)

Marks = frozenset[tuple[str, str]]
"""Units and values: 第三届 is ("届", "3"); a province is ("", "浙江省")."""


class Digest(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What grouping needs of an article."""

    article: Article
    order: tuple[str, str]
    """Published (unknown last) and a hash of the content: the order in which a run takes its articles."""
    day: int | None
    """Days since 0001-01-01; None where no day is known."""
    words: Numbers
    """Numbers of its words in the vocabulary, the heaviest first."""
    weights: Weights
    """Their weights; the square sum is about UNIT²."""
    marks: tuple[Marks, ...]
    """For each veto of the pack, the values in the title."""


class Vocabulary:
    """Words ↔ numbers, with the rarity of each. The numbers depend on the order in which words come; no result does."""

    def __init__(self, grouping: Grouping) -> None:
        self._counts = grouping.background
        self._total = max(grouping.number("background_texts"), max(self._counts.values(), default=1))
        self._power = grouping.number("rarity_power")
        self._rare = grouping.number("rare")
        self._numbers: dict[str, int] = {}
        self._codes: dict[tuple[str, str], int] = {}
        """A word and its tag → twice its number, and 1 more for a name; -1 for what is no term."""
        self.words: list[str] = []
        self._rarity = np.zeros(1024, dtype=np.float64)
        self._ties = np.zeros(1024, dtype=np.uint64)
        self._scratch = np.zeros(1024, dtype=np.int64)

    def codes(self, tagged: list[tuple[str, str]]) -> list[int]:
        """The codes of words with their tags, in order."""
        known = self._codes
        codes = list(map(known.get, tagged))
        if None in codes:
            return [self._learn(pair) if code is None else code for pair, code in zip(tagged, codes, strict=True)]
        return codes  # type: ignore[return-value]

    def _learn(self, pair: tuple[str, str]) -> int:
        if pair in self._codes:
            return self._codes[pair]
        word, tag = pair
        code = -1
        if is_term(word):
            number = self._numbers.get(word)
            if number is None:
                number = self._numbers[word] = len(self.words)
                self.words.append(word)
                if number == len(self._rarity):
                    self._rarity = np.concatenate((self._rarity, np.zeros_like(self._rarity)))
                    self._ties = np.concatenate((self._ties, np.zeros_like(self._ties)))
                self._rarity[number] = math.log((self._total + 1) / (self._counts.get(word, 0) + 1)) ** self._power
                self._ties[number] = xxh3_64_intdigest(word.encode())
            code = 2 * number + (tag in NAME_TAGS)
        self._codes[pair] = code
        return code

    def rarity(self, words: Numbers) -> npt.NDArray[np.float64]:
        """Natural logarithm of texts per text with the word, to the power of the pack."""
        return self._rarity[words]

    def ties(self, words: Numbers) -> npt.NDArray[np.uint64]:
        """A number of each word that depends on the word alone: it decides between words of equal weight."""
        return self._ties[words]

    def is_rare(self, word: str) -> bool:
        """Whether hardly any news uses the word: in a title it says who or what the article is about."""
        return math.log((self._total + 1) / (self._counts.get(word, 0) + 1)) >= self._rare

    def spread(self, words: Numbers, weights: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """A vector with a place for every word; give it back with `clear` before the next is spread."""
        if len(self._scratch) < len(self.words):
            self._scratch = np.zeros(2 * len(self.words), dtype=np.int64)
        self._scratch[words] = weights
        return self._scratch

    def clear(self, words: Numbers) -> None:
        """Make the vector that `spread` gave empty again."""
        self._scratch[words] = 0


class Digester:
    """Makes digests with one pack; holds the vocabulary."""

    def __init__(self, pack: Pack) -> None:
        grouping = pack.grouping
        self._pack = pack
        self.vocabulary = Vocabulary(grouping)
        self._top = int(grouping.number("top_terms"))
        self._characters = int(grouping.number("text_characters"))
        self._title_weight = grouping.number("title_weight")
        self._name_weight = grouping.number("name_weight")

    def digest(self, article: Article) -> Digest:
        """The article in the terms of grouping. A list page, and a page without words, has no weights."""
        words, weights = _NO_WORDS, _NO_WEIGHTS
        if article.kind not in APART:
            title = self.vocabulary.codes(tagged_words(article.title))
            text = self.vocabulary.codes(tagged_words(article.text[: self._characters]))
            words, weights = self._weigh(title, text)
        return Digest(
            article=article,
            order=order_of(article),
            day=day_of(article.published),
            words=words,
            weights=weights,
            marks=tuple([marks(article, veto, self._pack) for veto in self._pack.grouping.vetoes]),
        )

    def _weigh(self, title: list[int], text: list[int]) -> tuple[Numbers, Weights]:
        """The strongest words and their weights, from the codes of the words of title and text."""
        codes = np.array(title + text, dtype=np.int32)
        share = np.ones(len(codes))
        share[: len(title)] = self._title_weight
        terms = codes >= 0
        codes, share = codes[terms], share[terms]
        if not len(codes):
            return _NO_WORDS, _NO_WEIGHTS
        words, places = np.unique(codes >> 1, return_inverse=True)
        weights = np.sqrt(np.bincount(places, weights=share)) * self.vocabulary.rarity(words)
        names = np.bincount(places, weights=codes & 1) > 0
        weights[names] *= self._name_weight
        # Whole numbers from here on: their sums do not depend on the order of adding.
        whole = np.rint(weights * UNIT).astype(np.int64)
        strongest = np.lexsort((self.vocabulary.ties(words), -whole))[: self._top]
        whole = whole[strongest]
        length = math.sqrt(int((whole * whole).sum())) or 1.0
        return words[strongest].astype(np.int32), np.rint(whole * (UNIT / length)).astype(np.int32)


def order_of(article: Article) -> tuple[str, str]:
    """Published, then a hash of the content and the id; an article without a day comes after all others.

    >>> order_of(Article(id="a", page="p", title="题"))[0]
    '~'
    """
    content = "\0".join((article.title, article.text, article.id))
    return article.published or "~", hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def day_of(published: str | None) -> int | None:
    """The day as a number; the first of the month or year where that is all that is known.

    >>> day_of("2024-03-02") - day_of("2024-02"), day_of("soon"), day_of(None)
    (30, None, None)
    """
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", published or "", re.ASCII)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)).toordinal()
    except ValueError:
        return None


def marks(article: Article, veto: Veto, pack: Pack) -> Marks:
    """What the title says that `veto` compares."""
    found = set()
    for pattern in veto.compiled:
        for match in pattern.finditer(article.title):
            found.add((match["unit"] if "unit" in pattern.groupindex else "", _value(match["value"])))
    if veto.regions:
        for name in find_names(article.title, pack):
            region = _region(name.name, pack)
            if region is not None:
                found.add(("", region))
    return frozenset(found)


def _value(text: str) -> str:
    """A number in one form: 三, ３ and 3 are the same."""
    try:
        return str(cn2an(text, "smart"))
    except ValueError:
        return text


def _region(name: Name, pack: Pack) -> str | None:
    """The province a place or a local body belongs to."""
    for _ in range(4):
        if name.kind == "place" and name.rank == PROVINCE:
            return name.name
        above = pack.names.by_alias.get(name.parent or "", ())
        if not above:
            return None
        name = above[0]
    return None
