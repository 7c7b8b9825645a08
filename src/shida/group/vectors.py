"""Article → its words by weight, its day, and what its title says for the vetoes."""

from __future__ import annotations

import hashlib
import math
import re
from array import array
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from xxhash import xxh3_64_intdigest

from shida.group.marks import NONE, Marks, marks
from shida.pack import Pack
from shida.pack.grouping import Grouping
from shida.records import Article
from shida.text.words import NAME_TAGS, is_term, tagged_words

UNIT = 1000
"""Length of a vector. Weights are whole numbers, so that sums do not depend on the order of adding."""
APART = frozenset({"list", "index", "top_ten"})
"""Kinds of page that speak of many things and never share a story with an article."""

Numbers = npt.NDArray[np.int32]
Weights = npt.NDArray[np.uint16] | npt.NDArray[np.int32]
Order = tuple[str, str]


class Sheet(msgspec.Struct, frozen=True, eq=False, gc=False):
    """The words of the articles of a block, one article after the other: an array of its own for each would take as
    much memory again."""

    words: Numbers
    """Numbers of the words in the vocabulary, of each article the heaviest first."""
    weights: Weights
    starts: array[int]
    """Where each article begins, and where the last ends."""


class Digest(msgspec.Struct, frozen=True, kw_only=True, eq=False, gc=False):
    """What grouping needs of an article."""

    article: Article
    order: Order
    """Published (unknown last) and a hash of the content: the order in which a run takes its articles."""
    day: int | None
    """Days since 0001-01-01; None where no day is known."""
    sheet: Sheet
    row: int
    """Its place in the sheet."""
    marks: tuple[Marks, ...]
    """For each veto of the pack, the values in the title."""

    @property
    def words(self) -> Numbers:
        """Numbers of its words in the vocabulary, the heaviest first."""
        return self.sheet.words[self.sheet.starts[self.row] : self.sheet.starts[self.row + 1]]

    @property
    def weights(self) -> Weights:
        """Their weights; the square sum is about UNIT²."""
        return self.sheet.weights[self.sheet.starts[self.row] : self.sheet.starts[self.row + 1]]


class _Numbers(dict[str, int]):
    """Word → its number, learnt where it is first asked for; -1 for what is no term."""

    def __init__(self, learn: Callable[[str], int]) -> None:
        self._learn = learn

    def __missing__(self, word: str) -> int:
        number = self[word] = self._learn(word)
        return number


class Vocabulary:
    """Words ↔ numbers, with the rarity of each. The numbers depend on the order in which words come; no result does."""

    def __init__(self, grouping: Grouping) -> None:
        self._counts = grouping.background
        self._total = max(grouping.number("background_texts"), max(self._counts.values(), default=1))
        self._power = grouping.number("rarity_power")
        self._rare = grouping.number("rare")
        self._numbers = _Numbers(self._learn)
        self.words: list[str] = []
        self._rarity = np.zeros(1024, dtype=np.float64)
        self._ties = np.zeros(1024, dtype=np.uint64)
        self._scratch = np.zeros(1024, dtype=np.int64)

    def numbers(self, words: Sequence[str]) -> Numbers:
        """The numbers of words, in order; -1 for what is no term."""
        return np.fromiter(map(self._numbers.__getitem__, words), dtype=np.int32, count=len(words))

    def _learn(self, word: str) -> int:
        if not is_term(word):
            return -1
        number = len(self.words)
        self.words.append(word)
        if number == len(self._rarity):
            self._rarity = np.concatenate((self._rarity, np.zeros_like(self._rarity)))
            self._ties = np.concatenate((self._ties, np.zeros_like(self._ties)))
        self._rarity[number] = self._rarity_of(word) ** self._power
        self._ties[number] = xxh3_64_intdigest(word.encode())
        return number

    def _rarity_of(self, word: str) -> float:
        return math.log((self._total + 1) / (self._counts.get(word, 0) + 1))

    def rarity(self, words: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """Natural logarithm of texts per text with the word, to the power of the pack."""
        rarity: npt.NDArray[np.float64] = self._rarity[words]
        return rarity

    def ties(self, words: npt.NDArray[Any]) -> npt.NDArray[np.uint64]:
        """A number of each word that depends on the word alone: it decides between words of equal weight."""
        ties: npt.NDArray[np.uint64] = self._ties[words]
        return ties

    def is_rare(self, word: str) -> bool:
        """Whether hardly any news uses the word: in a title it says who or what the article is about."""
        return self._rarity_of(word) >= self._rare

    def spread(self, words: npt.NDArray[Any], weights: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """A vector with a place for every word; give it back with `clear` before the next is spread."""
        if len(self._scratch) < len(self.words):
            self._scratch = np.zeros(2 * len(self.words), dtype=np.int64)
        self._scratch[words] = weights
        return self._scratch

    def clear(self, words: npt.NDArray[Any]) -> None:
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
        self._unmarked: tuple[Marks, ...] = (NONE,) * len(grouping.vetoes)

    def digest(self, article: Article) -> Digest:
        """The article in the terms of grouping. A list page, and a page without words, has no weights."""
        return self.digests([article])[0]

    def digests(self, articles: Sequence[Article], orders: Sequence[Order] | None = None) -> list[Digest]:
        """The articles in the terms of grouping, on one sheet. `orders` are those of `order_of`, where they are known.

        An array for hundreds of articles costs hardly more time than one for a single article.
        """
        sheet = self._sheet(articles)
        return [
            Digest(
                article=article,
                order=order,
                day=day_of(article.published),
                sheet=sheet,
                row=row,
                marks=self._marks(article.title),
            )
            for row, (article, order) in enumerate(
                zip(articles, orders if orders is not None else map(order_of, articles), strict=True)
            )
        ]

    def _marks(self, title: str) -> tuple[Marks, ...]:
        found = tuple([marks(title, veto, self._pack) for veto in self._pack.grouping.vetoes])
        return found if any(found) else self._unmarked

    def _sheet(self, articles: Sequence[Article]) -> Sheet:
        """The strongest words and their weights. A word of the title counts as several of the text."""
        every: list[str] = []
        tags: list[str] = []
        lengths = []
        for article in articles:
            for text in ("", "") if article.kind in APART else (article.title, article.text[: self._characters]):
                found = tagged_words(text)
                lengths.append(len(found))
                # Not kept as pairs: so many tuples at a time would set the garbage collector to work on all there is.
                every += [word for word, _ in found]
                tags += [tag for _, tag in found]
        numbers = self.vocabulary.numbers(every).astype(np.int64)
        terms = np.flatnonzero(numbers >= 0)
        if not len(terms):
            return Sheet(NO_WORDS, NO_WEIGHTS, array("i", [0] * (len(articles) + 1)))
        is_name = np.array([tags[place] in NAME_TAGS for place in terms.tolist()], dtype=bool)
        part = np.repeat(np.arange(len(lengths)), lengths)[terms]
        keys, places = np.unique(part >> 1 << 32 | numbers[terms], return_inverse=True)
        owners, words = keys >> 32, keys & 0xFFFFFFFF
        share = np.where(part & 1, 1.0, self._title_weight)
        weights = np.sqrt(np.bincount(places, weights=share)) * self.vocabulary.rarity(words)
        weights[places[is_name]] *= self._name_weight  # Once, however often it stands there.
        # Whole numbers from here on: their sums do not depend on the order of adding.
        whole = np.rint(weights * UNIT).astype(np.int64)
        order = np.lexsort((self.vocabulary.ties(words), -whole, owners))
        ends = np.cumsum(np.bincount(owners, minlength=len(articles)))
        begins = np.concatenate((_ZERO, ends[:-1]))
        order = order[np.arange(len(order)) - begins[owners] < self._top]
        owners, words, whole = owners[order], words[order], whole[order]
        squares = np.bincount(owners, weights=whole * whole, minlength=len(articles))
        length = np.sqrt(np.maximum(squares, 1))[owners]
        starts = np.concatenate((_ZERO, np.cumsum(np.bincount(owners, minlength=len(articles)))))
        return Sheet(
            words.astype(np.int32), np.rint(whole * (UNIT / length)).astype(np.uint16), array("i", starts.tolist())
        )


_ZERO = np.zeros(1, dtype=np.int64)
NO_WORDS: Numbers = np.zeros(0, dtype=np.int32)
NO_WEIGHTS: Weights = np.zeros(0, dtype=np.uint16)


def order_of(article: Article) -> Order:
    """Published, then a hash of the content and the id; an article without a day comes after all others.

    >>> order_of(Article(id="a", page="p", title="题"))[0]
    '~'
    """
    content = "\0".join((article.title, article.text, article.id))
    return article.published or "~", hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:24]


@lru_cache(maxsize=1024)
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
