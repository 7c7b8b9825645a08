"""Articles → which of them are copies of which: exact, mirrored, near."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import Literal

import msgspec

from shida.group.lookalikes import look_alike
from shida.group.vectors import Digest
from shida.pack.grouping import Grouping
from shida.records import Article
from shida.text.ngrams import plain
from shida.text.similarity import Alignment, align, shingles, sketch

LEAST_TEXT = 30
"""Letters and digits a text must have to be known again by itself; shorter ones need the title and the day too."""
CROWDED = 24
"""Originals that one hash leads to; a hash of more is a phrase that everybody writes."""
COMPARED = 3
"""Originals an article is laid beside, those that share most of its sketch,"""
SHARED = 2
"""and at least so many hashes of it."""

How = Literal["exact", "near", "mirror"]


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """What an article is a copy of, how, and why we say so."""

    original: str
    how: How
    sentence: str


class _Original(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    article: str
    title: str
    site: str
    day: int | None
    digest: Digest
    text: str
    """Letters and digits only."""
    key: str
    """What an exact copy has too."""


class Copies:
    """The originals of one kind (articles, or list pages) seen so far.

    `place` says of each further article whether it is a copy of one of them. A text printed again after
    `copy_days` days is no copy: it tells of another occasion (an anniversary, the yearly notice); after `near_days` a
    near copy may differ by a quarter only of what it may before.
    """

    def __init__(self, grouping: Grouping) -> None:
        self._days = grouping.number("copy_days")
        self._template = grouping.number("template_matched")
        self._near_days = grouping.number("near_days")
        self._matched = grouping.number("copy_matched")
        self._changed = grouping.number("copy_changed")
        self._exact: dict[str, list[_Original]] = {}
        self._by_id: dict[str, _Original] = {}
        self._sketches: dict[int, list[_Original]] = {}

    def place(self, digest: Digest) -> Copy | None:
        """The copy that an article is, or None: then it is an original, and remembered as one."""
        mine = self._original(digest)
        if mine is None:
            return None
        for same in self._exact.get(mine.key, ()):
            if self._near_in_time(mine, same, self._days):
                if mine.site and same.site and mine.site != same.site:
                    return Copy(
                        original=same.article, how="mirror", sentence=f"正文与《{same.title}》相同，来自另一站点"
                    )
                return Copy(original=same.article, how="exact", sentence=f"正文与《{same.title}》相同")
        hashes = sketch(shingles(mine.text)) if len(mine.text) >= LEAST_TEXT else []
        near = self._nearest(hashes, mine)
        if near is not None:
            self._exact.setdefault(mine.key, []).append(near[1])
            sentence = f"正文与《{near[1].title}》几乎相同（{round(100 * near[0].matched)}% 的文字依次重合）"
            return Copy(original=near[1].article, how="near", sentence=sentence)
        self._keep(mine, hashes)
        return None

    def remember(self, digest: Digest, copy_of: str | None) -> None:
        """Know an article of an earlier run again: as an original, or (after all originals) as a copy of one."""
        mine = self._original(digest)
        if mine is None:
            return
        if copy_of is None:
            self._keep(mine, sketch(shingles(mine.text)) if len(mine.text) >= LEAST_TEXT else [])
        elif (original := self._by_id.get(copy_of)) is not None and original.key != mine.key:
            self._exact.setdefault(mine.key, []).append(original)

    def _original(self, digest: Digest) -> _Original | None:
        article = digest.article
        text, title = plain(article.text), plain(article.title)
        if not text and not title:
            return None
        return _Original(
            article=article.id,
            title=article.title,
            site=site_of(article),
            day=digest.day,
            digest=digest,
            text=text,
            key=text if len(text) >= LEAST_TEXT else f"{article.published} {title} {text}",
        )

    def _keep(self, mine: _Original, hashes: list[int]) -> None:
        self._by_id[mine.article] = mine
        self._exact.setdefault(mine.key, []).append(mine)
        for one in hashes:
            crowd = self._sketches.setdefault(one, [])
            if len(crowd) < CROWDED:
                crowd.append(mine)

    def _nearest(self, hashes: list[int], mine: _Original) -> tuple[Alignment, _Original] | None:
        """The original of which `mine` is a near copy: the text matches in order, and no name or number is another."""
        crowds = [self._sketches.get(one, ()) for one in hashes]
        shared = Counter(chain.from_iterable(crowd for crowd in crowds if len(crowd) < CROWDED))
        likely = [
            other for other, count in shared.items() if count >= SHARED and self._near_in_time(mine, other, self._days)
        ]
        likely.sort(key=lambda other: (-shared[other], other.digest.order))
        best: tuple[Alignment, _Original] | None = None
        for other in likely[:COMPARED]:
            found = align(mine.text, other.text)
            changed = (found.replaced + 4 * found.numbers) / min(len(mine.text), len(other.text))
            lenient = 1.0 if self._near_in_time(mine, other, self._near_days) else 0.25
            if (
                1 - found.matched <= lenient * (1 - self._matched)
                and changed <= lenient * self._changed
                and not look_alike(mine.digest, other.digest, self._template)
                and (best is None or found.matched > best[0].matched)
            ):
                best = found, other
        return best

    @staticmethod
    def _near_in_time(one: _Original, two: _Original, days: float) -> bool:
        return one.day is None or two.day is None or abs(one.day - two.day) <= days


def site_of(article: Article) -> str:
    """Who shows the article: the filing number of its site, else the host of its address, else its source.

    >>> site_of(Article(id="a", page="p", url="https://www.samr.gov.cn/x/1.html", source="新华社"))
    'www.samr.gov.cn'
    """
    filing = article.site.icp or article.site.public_security_filing
    if filing:
        return filing
    if article.url and "://" in article.url:
        return article.url.split("://", 1)[1].split("/", 1)[0].lower()
    return article.source or ""
