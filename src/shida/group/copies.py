"""Articles → which of them are copies of which: exact, mirrored, near."""

from __future__ import annotations

from typing import Literal

import msgspec

from shida.records import Article
from shida.text.ngrams import plain
from shida.text.similarity import Hashes, band_keys, overlap, shingles, signature

LEAST_TEXT = 30
"""Letters and digits a text must have to be known again by itself; shorter ones need the title and the day too."""
NEAR_JACCARD = 0.5
NEAR_CONTAINED = 0.8
CROWDED = 24
"""Copies of one text that are kept to compare with: the first stands for all, so a crowd in a band is noise."""

How = Literal["exact", "near", "mirror"]


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """What an article is a copy of, how, and why we say so."""

    original: str
    how: How
    sentence: str


class _Original(msgspec.Struct, frozen=True):
    article: str
    site: str
    title: str
    hashes: Hashes


class Copies:
    """The originals of one kind (articles, or list pages) seen so far.

    `place` says of each further article whether it is a copy of one of them.
    """

    def __init__(self) -> None:
        self._exact: dict[str, _Original] = {}
        self._bands: dict[int, list[_Original]] = {}

    def place(self, article: Article) -> Copy | None:
        """The copy that `article` is, or None: then it is an original, and remembered as one."""
        text = plain(article.text)
        title = plain(article.title)
        if not text and not title:
            return None
        key = text if len(text) >= LEAST_TEXT else f"{article.published} {title} {text}"
        site = site_of(article)
        same = self._exact.get(key)
        if same is not None:
            if site and same.site and site != same.site:
                return Copy(original=same.article, how="mirror", sentence=f"正文与《{same.title}》相同，来自另一站点")
            return Copy(original=same.article, how="exact", sentence=f"正文与《{same.title}》相同")
        hashes = shingles(text)
        original = _Original(article.id, site, article.title, hashes)
        if len(text) >= LEAST_TEXT:
            keys = band_keys(signature(hashes))
            near = self._nearest(keys, original)
            if near is not None:
                self._exact[key] = near[1]
                percent = round(100 * near[0])
                return Copy(
                    original=near[1].article,
                    how="near",
                    sentence=f"正文与《{near[1].title}》几乎相同（文字片段重合 {percent}%）",
                )
            for band in keys:
                crowd = self._bands.setdefault(band, [])
                if len(crowd) < CROWDED:
                    crowd.append(original)
        self._exact[key] = original
        return None

    def _nearest(self, keys: list[int], mine: _Original) -> tuple[float, _Original] | None:
        best: tuple[float, _Original] | None = None
        seen: set[str] = set()
        for band in keys:
            for other in self._bands.get(band, ()):
                if other.article in seen:
                    continue
                seen.add(other.article)
                jaccard, contained = overlap(mine.hashes, other.hashes)
                if (jaccard >= NEAR_JACCARD or contained >= NEAR_CONTAINED) and (best is None or jaccard > best[0]):
                    best = jaccard, other
        return best


def site_of(article: Article) -> str:
    """Who shows the article: the filing number of its site, else the host of its address, else its source.

    >>> site_of(Article(id="a", page="p", url="https://www.samr.gov.cn/x/1.html", source="新华社"))
    'www.samr.gov.cn'
    """
    if article.site.icp or article.site.public_security_filing:
        return article.site.icp or article.site.public_security_filing or ""
    if article.url and "://" in article.url:
        return article.url.split("://", 1)[1].split("/", 1)[0].lower()
    return article.source or ""
