"""Answer for a source's list → the articles it names: entries of a feed, addresses of a sitemap, links of a page."""

from __future__ import annotations

import asyncio

from shida.collect.addresses import not_a_page, too_large, unpacked
from shida.collect.entries import entry_page
from shida.collect.feeds import BadFeed, parse_feed
from shida.collect.json_lists import json_links
from shida.collect.links import Link, article_links
from shida.collect.sitemaps import SitemapEntry, parse_sitemap
from shida.collect.sniffing import kind_of
from shida.collect.units import unit_addresses, unit_markup
from shida.net.answers import Fetched
from shida.net.client import Client
from shida.net.limits import Limits
from shida.net.refusals import Refused
from shida.records import Page, Record, Source
from shida.text.charset import decode

NEWEST_MAPS = 3
"""Maps of a sitemap index that are looked at in a visit, the newest first."""


class Listed(Record, frozen=True, kw_only=True):
    """One article a list names."""

    url: str | None
    title: str
    dated: bool
    stand_in: Page | None = None
    """The feed's own entry, for when the page cannot be had."""


async def listed(source: Source, answer: Fetched, limits: Limits, client: Client) -> tuple[Listed, ...]:
    """The articles of the list, in its order. Raises Refused where the answer is no list at all.

    What came back decides: a source called a list page that turns out to be a feed is read as a feed.
    """
    url = answer.final_url
    content = _plain(answer, limits)
    kind = kind_of(content, name=url.partition("?")[0], media_type=answer.media_type)
    if kind == "feed":
        return await _entries(content, answer, limits)
    if kind == "sitemap":
        return tuple(
            Listed(url=entry.url, title=entry.title or "", dated=entry.published is not None)
            for entry in await _addresses(source, answer, limits, client)
        )
    links: tuple[Link, ...] | None = None
    if kind in ("json", "text") and source.kind == "list":
        links = await asyncio.to_thread(json_links, content, url, source.links)
    elif kind == "html":
        links = await _links(source, decode(content, answer.charset).text, url, client)
    if links is None:
        raise Refused(
            f"{url}: a {source.kind} was expected, {kind} came. Correct `url` of the source {source.name}.",
            reason="no_list",
        )
    return tuple(Listed(url=link.url, title=link.title, dated=link.dated) for link in links)


async def _entries(content: bytes, answer: Fetched, limits: Limits) -> tuple[Listed, ...]:
    url = answer.final_url
    try:
        feed = await asyncio.to_thread(parse_feed, content, limits, url=url, charset=answer.charset)
    except BadFeed as error:
        raise Refused(f"{url}: {error}", reason=error.reason) from error
    found = []
    for number, entry in enumerate(feed.entries, 1):
        stand_in = entry_page(entry, feed, url, number)
        if isinstance(stand_in, Page):
            title = entry.title or (entry.text or "")[:40]
            found.append(Listed(url=entry.link, title=title, dated=entry.published is not None, stand_in=stand_in))
    return tuple(found)


async def _links(source: Source, text: str, url: str, client: Client) -> tuple[Link, ...]:
    """The links to articles of a list page, and of the lists that it leaves to a second request."""
    links = {link.url: link for link in await asyncio.to_thread(article_links, text, url, source.links)}
    for address in unit_addresses(text, url):
        try:
            below = await client.fetch(address, feed=True, gap=source.gap_seconds)
        except Refused:
            if links:
                continue
            raise
        markup = unit_markup(below.content)
        for link in await asyncio.to_thread(article_links, markup, url, source.links):
            links.setdefault(link.url, link)
    return tuple(links.values())


async def _addresses(source: Source, answer: Fetched, limits: Limits, client: Client) -> tuple[SitemapEntry, ...]:
    """The newest addresses of a sitemap, or of the newest maps of an index: an archive is not fetched as news."""
    content = _plain(answer, limits)
    sitemap = await asyncio.to_thread(parse_sitemap, content, url=answer.final_url, charset=answer.charset)
    found = list(sitemap.pages)
    for entry in sitemap.maps[:NEWEST_MAPS]:
        below = await client.fetch(entry.url, feed=True, gap=source.gap_seconds)
        if below.status != 200:
            raise not_a_page(below)
        content = _plain(below, limits)
        found += (await asyncio.to_thread(parse_sitemap, content, url=below.final_url, charset=below.charset)).pages
    found.sort(key=lambda entry: entry.published or "", reverse=True)
    return tuple(found[: limits.feed_entries])


def _plain(answer: Fetched, limits: Limits) -> bytes:
    """The body, unpacked; Refused where it is larger than a list may be."""
    content, _ = unpacked(answer, limits)
    if len(content) > limits.feed_bytes:
        raise Refused(too_large(answer.final_url, limits, feed=True).detail, reason="too_large")
    return content
