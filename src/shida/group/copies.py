"""Articles → which of them are copies of which: exact, mirrored, near."""

from __future__ import annotations

from heapq import nsmallest
from operator import itemgetter
from typing import Literal

import msgspec
import numpy as np
from xxhash import xxh3_64_intdigest

from shida.group.lookalikes import look_alike
from shida.group.sketches import Sketches
from shida.group.vectors import Digest, Vocabulary
from shida.pack.grouping import Grouping
from shida.records import Article
from shida.text.ngrams import plain
from shida.text.similarity import Alignment, Hashes, align, shingles, sketch

LEAST_TEXT = 30
"""Letters and digits a text must have to be known again by itself; shorter ones need the title and the day too."""
COMPARED = 3
"""Originals an article is laid beside, those that share most of its sketch,"""
SHARED = 1 / 5
"""and at least so much of the smaller sketch; a near copy with one character in twelve changed shares two thirds."""

How = Literal["exact", "near", "mirror"]


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """What an article is a copy of, how, and why we say so."""

    original: str
    how: How
    sentence: str


class _Original(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    digest: Digest
    hashes: int
    """Size of its sketch."""


class _Text(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """An article as copies are told by."""

    digest: Digest
    text: str
    """Letters and digits only."""
    key: int
    """What an exact copy has too: a hash of the text, of 64 bits."""
    hashes: Hashes


class Copies:
    """The originals of one kind (articles, or list pages) seen so far.

    `place` says of each further article whether it is a copy of one of them. A text printed again after
    `copy_days` days is no copy: it tells of another occasion (an anniversary, the yearly notice); after `near_days` a
    near copy may differ by a quarter only of what it may before.
    """

    def __init__(self, grouping: Grouping, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._days = grouping.number("copy_days")
        self._template = grouping.number("template_matched")
        self._near_days = grouping.number("near_days")
        self._matched = grouping.number("copy_matched")
        self._changed = grouping.number("copy_changed")
        self._mirror_lenient = grouping.number("mirror_lenient")
        self._exact: dict[int, list[_Original]] = {}
        self._by_id: dict[str, _Original] = {}
        self._originals: list[_Original] = []
        self._sketches = Sketches()

    def place(self, digest: Digest) -> Copy | None:
        """The copy that an article is, or None: then it is an original, and remembered as one."""
        mine = _text_of(digest)
        if mine is None:
            return None
        for same in self._exact.get(mine.key, ()):
            if self._near_in_time(digest, same.digest, self._days):
                return _copy_of(digest, same.digest, "exact", "相同")
        shared, free = self._sketches.sharing(mine.hashes)
        near = self._nearest(mine, shared)
        if near is not None:
            alignment, original = near
            self._exact.setdefault(mine.key, []).append(original)
            return _copy_of(
                digest, original.digest, "near", f"几乎相同（{round(100 * alignment.matched)}% 的文字依次重合）"
            )
        self._keep(mine, free)
        return None

    def remember(self, digest: Digest, copy_of: str | None) -> None:
        """Know an article of an earlier run again: as an original, or (after all originals) as a copy of one."""
        mine = _text_of(digest)
        if mine is None:
            return
        if copy_of is None:
            self._keep(mine, self._sketches.sharing(mine.hashes)[1])
        elif (original := self._by_id.get(copy_of)) is not None:
            same = self._exact.setdefault(mine.key, [])
            if original not in same:
                same.append(original)

    def _keep(self, mine: _Text, free: Hashes) -> None:
        original = _Original(digest=mine.digest, hashes=len(mine.hashes))
        self._by_id[mine.digest.article.id] = original
        self._exact.setdefault(mine.key, []).append(original)
        self._sketches.keep(free, len(self._originals))
        self._originals.append(original)

    def _nearest(self, mine: _Text, shared: list[tuple[int, int]]) -> tuple[Alignment, _Original] | None:
        """The original of which `mine` is a near copy: the text matches in order, and no name or number is another."""
        likely = []
        for number, count in shared:
            other = self._originals[number]
            least = max(2, SHARED * min(len(mine.hashes), other.hashes))
            if count >= least and self._near_in_time(mine.digest, other.digest, self._days):
                likely.append((-count, other.digest.order, other))
        best: tuple[Alignment, _Original] | None = None
        for _, _, other in nsmallest(COMPARED, likely, key=itemgetter(0, 1)):
            text = plain(other.digest.article.text)
            found = align(mine.text, text)
            changed = (found.replaced + 4 * found.numbers) / min(len(mine.text), len(text))
            lenient = 1.0 if self._near_in_time(mine.digest, other.digest, self._near_days) else 0.25
            if lenient == 1 and mirrored(mine.digest.article, other.digest.article):
                lenient = self._mirror_lenient
            if (
                1 - found.matched <= lenient * (1 - self._matched)
                and changed <= lenient * self._changed
                and not look_alike(mine.digest, other.digest, self._template, self._vocabulary)
                and (best is None or found.matched > best[0].matched)
            ):
                best = found, other
        return best

    @staticmethod
    def _near_in_time(one: Digest, two: Digest, days: float) -> bool:
        return one.day is None or two.day is None or abs(one.day - two.day) <= days


def _text_of(digest: Digest) -> _Text | None:
    article = digest.article
    text = plain(article.text)
    if len(text) >= LEAST_TEXT:
        hashes = np.array(sketch(shingles(text)), dtype=np.uint64)
        return _Text(digest=digest, text=text, key=_key(text), hashes=hashes)
    title = plain(article.title)
    if not text and not title:
        return None
    return _Text(digest=digest, text=text, key=_key(f"{article.published} {title} {text}"), hashes=_NO_HASHES)


def _key(text: str) -> int:
    return xxh3_64_intdigest(text.encode("utf-8", "surrogatepass"))


def _copy_of(copy: Digest, original: Digest, how: How, sentence: str) -> Copy:
    """Why one article is a copy of the other. On another site an exact copy is a mirror; within a family of mirrors, a
    damaged one is too."""
    away = ""
    if mirrored(copy.article, original.article):
        how, away = "mirror", "，来自同一家的镜像站点（备案号或版式相同）"
    elif how == "exact" and elsewhere(copy.article, original.article):
        how, away = "mirror", "，来自另一站点"
    return Copy(original=original.article.id, how=how, sentence=f"正文与《{original.article.title}》{sentence}{away}")


def elsewhere(one: Article, two: Article) -> bool:
    """Whether the articles stand on two sites: other hosts; where these are not known, other filings or sources.

    >>> here = Article(id="a", page="p", url="https://www.samr.gov.cn/x/1.html", source="新华社")
    >>> there = Article(id="b", page="q", url="http://samr.example.com/x/1.html", source="新华社")
    >>> elsewhere(here, there), elsewhere(here, here)
    (True, False)
    """
    hosts = _host(one), _host(two)
    mine, theirs = hosts if all(hosts) else (_site(one), _site(two))
    return bool(mine and theirs and mine != theirs)


def mirrored(one: Article, two: Article) -> bool:
    """Whether the articles stand on two hosts of one family of mirrors: filing number, foot or navigation are the same.

    >>> from shida.records import Site
    >>> pages = [
    ...     Article(id=host, page="p", url=f"http://{host}/1.html", site=Site(icp="京ICP备00000000号"))
    ...     for host in ("www.example.com", "mirror.example.org")
    ... ]
    >>> mirrored(*pages), mirrored(pages[0], pages[0])
    (True, False)
    """
    mine, theirs = one.site, two.site
    return elsewhere(one, two) and any(
        known is not None and known == other
        for known, other in (
            (mine.icp, theirs.icp),
            (mine.public_security_filing, theirs.public_security_filing),
            (mine.footer, theirs.footer),
            (mine.template, theirs.template),
        )
    )


def _host(article: Article) -> str:
    url = article.url or ""
    return url.split("://", 1)[1].split("/", 1)[0].lower() if "://" in url else ""


def _site(article: Article) -> str:
    """Who shows the article: the filing number of its site, else the host of its address, else its source."""
    return article.site.icp or article.site.public_security_filing or _host(article) or article.source or ""


_NO_HASHES: Hashes = np.zeros(0, dtype=np.uint64)
