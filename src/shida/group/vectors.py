"""Article → its words by weight, its day, and what its title says for the vetoes."""

from __future__ import annotations

import hashlib
import math
import re
from datetime import date

import msgspec
from cn2an import cn2an

from shida.pack import Pack
from shida.pack.finding import find_names
from shida.pack.grouping import Veto
from shida.pack.names import Name
from shida.records import Article
from shida.text.words import NAME_TAGS, is_term, tagged_words

UNIT = 1000
"""Length of a vector. Weights are whole numbers, so that sums do not depend on the order of adding."""
PROVINCE = 3
"""Rank of a province in the pack's names."""
APART = frozenset({"list", "index", "top_ten"})
"""Kinds of page that speak of many things and never share a story with an article."""


Marks = frozenset[tuple[str, str]]
"""Units and values: 第三届 is ("届", "3"); a province is ("", "浙江省")."""


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """What grouping needs of an article."""

    article: Article
    order: tuple[str, str]
    """Published (unknown last) and a hash of the content: the order in which a run takes its articles."""
    day: int | None
    """Days since 0001-01-01; None where no day is known."""
    weights: dict[str, int]
    """Word → weight, strongest first; the square sum is about UNIT²."""
    names: frozenset[str]
    rare: frozenset[str]
    """Words of the title that hardly any news uses: who and what it is about."""
    marks: tuple[Marks, ...]
    """For each veto of the pack, the values in the title."""


class Digester:
    """Makes digests with one pack; holds the background and a vocabulary so that equal words are one object."""

    def __init__(self, pack: Pack) -> None:
        grouping = pack.grouping
        self._pack = pack
        self._vocabulary: dict[str, str] = {}
        self._top = int(grouping.number("top_terms"))
        self._characters = int(grouping.number("text_characters"))
        self._title_weight = grouping.number("title_weight")
        self._name_weight = grouping.number("name_weight")
        counts = grouping.background
        total = max(grouping.number("background_texts"), max(counts.values(), default=1))
        self._rarity = {word: math.log((total + 1) / (count + 1)) for word, count in counts.items()}
        self._rarest = math.log(total + 1)
        self._rare = grouping.number("rare")

    def digest(self, article: Article) -> Digest:
        """The article in the terms of grouping. A list page, and a page without words, has no weights."""
        counts: dict[str, float] = {}
        names: set[str] = set()
        if article.kind not in APART:
            for text, weight in ((article.title, self._title_weight), (article.text[: self._characters], 1.0)):
                for word, tag in tagged_words(text):
                    if is_term(word):
                        counts[word] = counts.get(word, 0.0) + weight
                        if tag in NAME_TAGS:
                            names.add(word)
        weighted = []
        for word, count in counts.items():
            weight = math.sqrt(count) * self._rarity.get(word, self._rarest)
            weighted.append((weight * self._name_weight if word in names else weight, word))
        weighted.sort(key=lambda entry: (-entry[0], entry[1]))
        del weighted[self._top :]
        length = math.sqrt(sum(weight * weight for weight, _ in weighted)) or 1.0
        vocabulary = self._vocabulary
        weights = {vocabulary.setdefault(word, word): round(UNIT * weight / length) for weight, word in weighted}
        return Digest(
            article=article,
            order=order_of(article),
            day=day_of(article.published),
            weights=weights,
            rare=frozenset(
                word for word in weights if word in article.title and self._rarity.get(word, self._rarest) >= self._rare
            ),
            names=frozenset(word for word in weights if word in names),
            marks=tuple(marks(article, veto, self._pack) for veto in self._pack.grouping.vetoes),
        )


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
