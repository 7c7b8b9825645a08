"""Articles → which of them are copies of which: exact, mirrored, near."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from heapq import nsmallest
from typing import Literal

import msgspec
import numpy as np
from xxhash import xxh3_64_intdigest

from shida.group.letters import letters
from shida.group.lookalikes import look_alike
from shida.group.sharing import Sharing
from shida.group.sketches import MOST_TEXTS, Hashes, Sketches, sketches_of
from shida.group.vectors import Digest, Vocabulary
from shida.pack.grouping import Grouping
from shida.records import Article
from shida.text.ngrams import plain
from shida.text.similarity import Alignment, align

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


class _Texts(msgspec.Struct, frozen=True, eq=False):
    """A block of articles as copies are told by."""

    keys: list[int | None]
    """What an exact copy has too: a hash of the text, of 64 bits. None where there is nothing to tell by."""
    lengths: list[int]
    """Letters and digits of each text."""
    hashes: Hashes
    """The sketches, one text after the other."""
    starts: list[int]
    """Where each sketch begins, and where the last ends."""


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
        self._originals: list[Digest] = []
        self._sizes = array("B")
        """Hashes in the sketch of each."""
        self._exact: dict[int, int] = {}
        """Key of a text → place of the first original that has it,"""
        self._exact_too: dict[int, list[int]] = {}
        """and of further ones, whose days are far from it, or of which a copy has the text."""
        self._sketches = Sketches()

    def place(self, digests: Sequence[Digest]) -> list[Copy | None]:
        """For each article, in order, the copy that it is, or None: then it is an original, and remembered as one."""
        found: list[Copy | None] = []
        for begin in range(0, len(digests), MOST_TEXTS):
            found += self._place(digests[begin : begin + MOST_TEXTS])
        return found

    def remember(self, digests: Sequence[tuple[Digest, str | None]]) -> None:
        """Know articles of earlier runs again: originals with None, copies with the article they are a copy of."""
        originals = [digest for digest, copy_of in digests if copy_of is None]
        copies = [(digest, copy_of) for digest, copy_of in digests if copy_of is not None]
        known: dict[str, int] = {}
        for begin in range(0, len(originals), MOST_TEXTS):
            block = originals[begin : begin + MOST_TEXTS]
            texts = _texts(block)
            sharing = Sharing(self._sketches, texts.hashes, texts.starts)
            for place, (digest, key) in enumerate(zip(block, texts.keys, strict=True)):
                if key is not None:
                    known[digest.article.id] = self._keep(digest, key, sharing, place)
            sharing.close()
        for begin in range(0, len(copies), MOST_TEXTS):
            part = copies[begin : begin + MOST_TEXTS]
            for key, (_, copy_of) in zip(_texts([digest for digest, _ in part]).keys, part, strict=True):
                original = known.get(copy_of)
                if key is not None and original is not None and original not in self._same(key):
                    self._also(key, original)

    def _place(self, digests: Sequence[Digest]) -> list[Copy | None]:
        texts = _texts(digests)
        sharing = Sharing(self._sketches, texts.hashes, texts.starts)
        found: list[Copy | None] = []
        for place, (digest, key) in enumerate(zip(digests, texts.keys, strict=True)):
            copy = None
            if key is not None:
                copy = self._exact_copy(digest, key)
                if copy is None:
                    near = self._nearest(digest, texts.lengths[place], sharing, place)
                    if near is None:
                        self._keep(digest, key, sharing, place)
                    else:
                        alignment, original = near
                        self._also(key, original)
                        share = f"几乎相同（{round(100 * alignment.matched)}% 的文字依次重合）"
                        copy = _copy_of(digest, self._originals[original], "near", share)
            found.append(copy)
        sharing.close()
        return found

    def _same(self, key: int) -> list[int]:
        """Places of the originals that have this text, or of which a copy has it."""
        first = self._exact.get(key)
        return [] if first is None else [first, *self._exact_too.get(key, ())]

    def _exact_copy(self, digest: Digest, key: int) -> Copy | None:
        for place in self._same(key):
            if self._near_in_time(digest, self._originals[place], self._days):
                return _copy_of(digest, self._originals[place], "exact", "相同")
        return None

    def _keep(self, digest: Digest, key: int, sharing: Sharing, place: int) -> int:
        number = sharing.keep(place)
        self._originals.append(digest)
        self._sizes.append(sharing.size(place))
        self._also(key, number)
        return number

    def _also(self, key: int, original: int) -> None:
        if self._exact.setdefault(key, original) != original:
            self._exact_too.setdefault(key, []).append(original)

    def _nearest(self, mine: Digest, length: int, sharing: Sharing, place: int) -> tuple[Alignment, int] | None:
        """The original of which `mine` is a near copy: the text matches in order, and no name or number is another."""
        likely = []
        size = sharing.size(place)
        for number, count in sharing.of(place):
            if count >= max(2, SHARED * min(size, self._sizes[number])):
                other = self._originals[number]
                if self._near_in_time(mine, other, self._days):
                    likely.append((-count, other.order, number))
        best: tuple[Alignment, int] | None = None
        for _, _, number in nsmallest(COMPARED, likely):
            other = self._originals[number]
            text = plain(other.article.text)
            found = align(plain(mine.article.text), text)
            changed = (found.replaced + 4 * found.numbers) / min(length, len(text))
            lenient = 1.0 if self._near_in_time(mine, other, self._near_days) else 0.25
            if lenient == 1 and mirrored(mine.article, other.article):
                lenient = self._mirror_lenient
            if (
                1 - found.matched <= lenient * (1 - self._matched)
                and changed <= lenient * self._changed
                and not look_alike(mine, other, self._template, self._vocabulary)
                and (best is None or found.matched > best[0].matched)
            ):
                best = found, number
        return best

    @staticmethod
    def _near_in_time(one: Digest, two: Digest, days: float) -> bool:
        return one.day is None or two.day is None or abs(one.day - two.day) <= days


def _texts(digests: Sequence[Digest]) -> _Texts:
    points, lengths = letters([digest.article.text for digest in digests])
    ends = np.cumsum(lengths)
    keys: list[int | None] = []
    for digest, begin, end in zip(digests, (ends - lengths).tolist(), ends.tolist(), strict=True):
        if end - begin >= LEAST_TEXT:
            keys.append(xxh3_64_intdigest(points[begin:end].data))
        else:
            article = digest.article
            title, text = plain(article.title), plain(article.text)
            day = f"{article.published} {title} {text}".encode("utf-8", "surrogatepass")
            keys.append(xxh3_64_intdigest(day) if title or text else None)
    long = lengths >= LEAST_TEXT
    hashes, sizes = sketches_of(points[np.repeat(long, lengths)], np.where(long, lengths, 0))
    return _Texts(keys, lengths.tolist(), hashes, [0, *np.cumsum(sizes).tolist()])


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
