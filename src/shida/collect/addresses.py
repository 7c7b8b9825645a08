"""Address → Pages and refusals: one page, or a feed, a sitemap or an OPML file with the pages it leads to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator, Iterable
from typing import NamedTuple, TypeVar

from shida.collect.contents import refused_kind, take_content, too_many
from shida.collect.counts import Tally
from shida.collect.entries import entry_page
from shida.collect.feed_values import Feed
from shida.collect.feeds import BadFeed, parse_feed
from shida.collect.gzips import Gunzip
from shida.collect.opml import parse_opml
from shida.collect.pages import dropped, page
from shida.collect.sitemaps import parse_sitemap
from shida.collect.sniffing import Kind, kind_of
from shida.net.answers import Fetched
from shida.net.client import Client
from shida.net.limits import Limits
from shida.net.refusals import Refused
from shida.records import Dropped, Page

T = TypeVar("T")
Items = Generator[Page | Dropped, None, None]
AsyncItems = AsyncGenerator[Page | Dropped, None]

MAX_LISTS = 100
"""Further lists followed for one address: maps of a sitemap index, feeds of an OPML file."""
READ_AS_FEED = ("json", "jsonl", "warc")


def take_addresses(urls: Iterable[str], limits: Limits, client: Client, tally: Tally) -> Items:
    """What addresses give, one after the other. A single one that cannot be had raises Refused; of several, the
    others go on and it comes out as a Dropped.
    """
    listed = list(urls)

    async def all_of_them() -> AsyncItems:
        for url in listed:
            try:
                async for item in fetch_address(url, limits, client, tally):
                    yield item
            except Refused as error:
                if len(listed) == 1:
                    raise
                yield dropped(url, error.reason, str(error))

    yield from driven(all_of_them(), client)


def driven(items: AsyncGenerator[T, None], client: Client) -> Generator[T, None, None]:
    """An asynchronous generator for code without an event loop; at the end the client's connections are closed."""
    with asyncio.Runner() as runner:

        async def following() -> T | None:
            return await anext(items, None)

        async def ending() -> None:
            await items.aclose()
            await client.close()

        try:
            while (item := runner.run(following())) is not None:
                yield item
        finally:
            runner.run(ending())


async def fetch_address(
    url: str, limits: Limits, client: Client, tally: Tally, *, lists: int = MAX_LISTS
) -> AsyncItems:
    """What one address gives; what a feed, a sitemap or an OPML file there names is fetched too.

    `lists` is how many further lists (maps of a sitemap index, feeds of an OPML file) may be followed. Raises Refused.
    """
    answer = await client.fetch(url, feed=True)
    if answer.status != 200:
        raise not_a_page(answer)
    name = answer.final_url
    content, problem = unpacked(answer, limits)
    kind = kind_of(content, name=name.partition("?")[0], media_type=answer.media_type)
    if kind in ("feed", "sitemap", "opml"):
        if len(content) > limits.feed_bytes:
            yield too_large(name, limits, feed=True)
            return
        async for item in _followed(kind, content, answer, limits, client, tally, lists):
            yield item
    elif kind not in READ_AS_FEED and len(content) > limits.page_bytes:
        yield too_large(name, limits)
    else:
        for item in take_content(
            content,
            kind,
            name=name,
            limits=limits,
            tally=tally,
            url=name,
            charset=answer.charset,
            fetched=answer.fetched,
        ):
            yield item
    if problem:
        yield dropped(name, problem, f"{name}: the compressed answer is cut or damaged; what came before was taken.")


async def _followed(
    kind: Kind, content: bytes, answer: Fetched, limits: Limits, client: Client, tally: Tally, lists: int
) -> AsyncItems:
    """The pages a list names, and those of the lists it names."""
    name = answer.final_url
    if kind == "feed":
        try:
            feed = await asyncio.to_thread(parse_feed, content, limits, url=name, charset=answer.charset)
        except BadFeed as error:
            yield dropped(name, error.reason, f"{name}: {error}")
            return
        async for item in _linked_pages(feed, name, limits, client):
            yield item
        return
    if kind == "sitemap":
        sitemap = await asyncio.to_thread(parse_sitemap, content, url=name, charset=answer.charset)
        for entry in sitemap.pages[: limits.linked_pages]:
            yield await fetch_page(entry.url, limits, client)
        left = len(sitemap.pages) - limits.linked_pages + sitemap.left_out
        further, broken = [entry.url for entry in sitemap.maps], sitemap.broken
    else:
        opml = parse_opml(content, answer.charset)
        left = opml.left_out
        further, broken = [feed.feed for feed in opml.feeds], opml.broken
    for url in further[:lists]:
        try:
            async for item in fetch_address(url, limits, client, tally, lists=0):
                yield item
        except Refused as error:
            yield dropped(url, error.reason, str(error))
    if broken:
        yield dropped(name, "bad_xml", f"{name}: {broken}; what came before was taken. Tell the site.")
    left = max(left, 0) + max(len(further) - lists, 0)
    if left:
        yield dropped(name, "too_many", f"{name}: {left:,} more addresses, not fetched this time. Run it again later.")


async def _linked_pages(feed: Feed, name: str, limits: Limits, client: Client) -> AsyncItems:
    """The pages a feed links to; the entry itself where its page cannot be had."""
    fetched = 0
    for number, entry in enumerate(feed.entries, 1):
        refusal: Dropped | None = None
        if entry.link and fetched < limits.linked_pages:
            fetched += 1
            found = await fetch_page(entry.link, limits, client, source=feed.title)
            if isinstance(found, Page):
                yield found
                continue
            refusal = found
        yield entry_page(entry, feed, name, number)
        if refusal is not None:
            yield refusal
    if feed.left_out:
        yield too_many(name, feed.left_out, limits)


async def fetch_page(url: str, limits: Limits, client: Client, *, source: str | None = None) -> Page | Dropped:
    """The page at `url`, or why there is none."""
    got = await get_page(url, limits, client, source=source)
    if got.item is None:
        raise ValueError("the server says that nothing changed, but it was not asked that")
    return got.item


class Got(NamedTuple):
    """What one request for a page gave. `item` is None where the server said that nothing changed."""

    item: Page | Dropped | None
    etag: str | None = None
    last_modified: str | None = None
    wait: float = 0.0
    """Seconds the server asks us to wait."""


async def get_page(
    url: str,
    limits: Limits,
    client: Client,
    *,
    source: str | None = None,
    gap: float | None = None,
    etag: str | None = None,
    last_modified: str | None = None,
) -> Got:
    """The page at `url`, or why there is none; `etag` and `last_modified` are those of the last time."""
    try:
        answer = await client.fetch(url, etag=etag, last_modified=last_modified, gap=gap)
        if answer.not_modified and (etag or last_modified):
            return Got(None, etag, last_modified)
        if answer.status != 200:
            raise not_a_page(answer)
    except Refused as error:
        return Got(dropped(url, error.reason, str(error)), wait=error.wait or 0.0)
    return Got(_page_of(answer, url, limits, source), answer.etag, answer.last_modified)


def _page_of(answer: Fetched, url: str, limits: Limits, source: str | None) -> Page | Dropped:
    """The page an answer carries."""
    content, _ = unpacked(answer, limits)
    if len(content) > limits.page_bytes:
        return too_large(url, limits)
    kind = kind_of(content, name=answer.final_url.partition("?")[0], media_type=answer.media_type)
    if kind not in ("html", "text"):
        return refused_kind(content, kind, url)
    return page(
        content,
        name=url,
        url=answer.final_url,
        source=source,
        media_type="text/html" if kind == "html" else "text/plain",
        charset=answer.charset,
        fetched=answer.fetched,
    )


def unpacked(answer: Fetched, limits: Limits) -> tuple[bytes, str | None]:
    """The body, unpacked where the server sends a .gz file, and what was wrong with it."""
    if not answer.content.startswith(b"\x1f\x8b"):
        return answer.content, None
    unzipped = Gunzip([answer.content])
    content = bytearray()
    for piece in unzipped:
        content += piece
        if len(content) > limits.feed_bytes:
            break
    return bytes(content), unzipped.problem


def too_large(name: str, limits: Limits, *, feed: bool = False) -> Dropped:
    """The refusal of an answer past the limit of a page, or of a feed, sitemap or list."""
    most, setting = (limits.feed_bytes, "max_feed_bytes") if feed else (limits.page_bytes, "max_page_bytes")
    words = f"{name}: larger than the {most:,} bytes that are taken. Raise {setting} to take it."
    return dropped(name, "too_large", words)


def not_a_page(answer: Fetched) -> Refused:
    """The refusal of an answer that carries no page."""
    url, status = answer.final_url, answer.status
    words = {
        401: "the page wants a sign-in. Save it in a browser and add the file.",
        403: "the site does not let programs read it. Save it in a browser and add the file.",
        404: "there is no such page. Check the address.",
        410: "the page was taken away. Check the address.",
        429: "the site asks us to slow down. Try again later.",
        451: "the page is withheld for legal reasons. Nothing can be done.",
    }.get(
        status, "the site cannot give it now. Try again later." if status >= 500 else "no page came. Check the address."
    )
    return Refused(
        f"{url}: {status}, {words}",
        reason=f"http_{status}",
        temporary=status in (408, 425, 429) or status >= 500,
        wait=answer.retry_after,
    )
