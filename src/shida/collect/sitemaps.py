"""Bytes of a sitemap or a sitemap index → addresses, newest first (sitemaps.org 0.9, with Google's news names)."""

from __future__ import annotations

from urllib.parse import urljoin

from shida.collect.feed_dates import iso_date
from shida.collect.xml_leaves import BrokenXml, leaves
from shida.records import Record

MAX_ADDRESSES = 50_000
"""The protocol allows no more in one file."""


class SitemapEntry(Record, frozen=True, kw_only=True):
    """One address of a sitemap."""

    url: str
    published: str | None = None
    """`news:publication_date`, else `lastmod`."""
    title: str | None = None


class Sitemap(Record, frozen=True, kw_only=True):
    """What a sitemap names. `maps` are further sitemaps, where it is an index."""

    pages: tuple[SitemapEntry, ...] = ()
    maps: tuple[SitemapEntry, ...] = ()
    left_out: int = 0
    broken: str | None = None


def parse_sitemap(content: bytes, *, url: str | None = None, charset: str | None = None) -> Sitemap:
    """The addresses of a sitemap, the newest first, those without a date last, else in its order. Never raises.

    >>> parse_sitemap(b"<urlset><url><loc>https://example.cn/a</loc><lastmod>2026-11-01</lastmod></url></urlset>").pages
    (SitemapEntry(url='https://example.cn/a', published='2026-11-01', title=None),)
    """
    found: dict[str, list[SitemapEntry]] = {"url": [], "sitemap": []}
    values: dict[str, str] = {}
    left_out = 0
    broken = None
    try:
        for leaf in leaves(content, charset):
            if leaf.name in found and leaf.text is None:
                values = {}
            elif leaf.name in found:
                entry = _entry(values, url)
                if entry is None:
                    continue
                if len(found["url"]) + len(found["sitemap"]) < MAX_ADDRESSES:
                    found[leaf.name].append(entry)
                else:
                    left_out += 1
            elif leaf.text:
                # A picture's or a video's loc and title come inside the page's, after its own.
                values.setdefault(leaf.name, leaf.text)
    except BrokenXml as error:
        broken = str(error)
    return Sitemap(pages=_newest(found["url"]), maps=_newest(found["sitemap"]), left_out=left_out, broken=broken)


def _entry(values: dict[str, str], base: str | None) -> SitemapEntry | None:
    if not values.get("loc"):
        return None
    try:
        url = urljoin(base or "", values["loc"])
    except ValueError:
        return None
    if not url.startswith(("http://", "https://")):
        return None
    written = values.get("publication_date") or values.get("lastmod") or ""
    return SitemapEntry(url=url, published=iso_date(written) if written else None, title=values.get("title"))


def _newest(entries: list[SitemapEntry]) -> tuple[SitemapEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.published or "", reverse=True))
