"""One look at a source without keeping anything: what a person needs to see to confirm or mend it in a minute."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from shida.collect.addresses import fetch_page, not_a_page, unpacked
from shida.collect.hints import AddressShape, address_shapes, feeds_named
from shida.collect.listings import Listed, listed
from shida.collect.own_sources import toml_of
from shida.net.answers import Fetched
from shida.net.client import Client
from shida.net.limits import Limits
from shida.net.refusals import Refused
from shida.records import Page, Record, Source
from shida.text.charset import decode

SHOWN = 10
AT_ONCE = 16
WORKS = "works"


class Trial(Record, frozen=True, kw_only=True):
    """What the look gave. `verdict` is `works` or says what to mend."""

    source: Source
    verdict: str
    final_url: str | None = None
    media_type: str | None = None
    charset: str | None = None
    size: int = 0
    validators: bool = False
    """The server can say that nothing changed (ETag or Last-Modified)."""
    found: int = 0
    undated: int = 0
    first: tuple[Listed, ...] = ()
    page: str | None = None
    """What became of the first article's page: its size, or why it was refused."""
    sample: Page | None = None
    """That page."""
    shapes: tuple[AddressShape, ...] = ()
    """Where no article was found, or the source has no `links`: shapes that addresses on the page have."""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    """What the page and robots.txt name besides."""

    @property
    def works(self) -> bool:
        """Articles were found."""
        return self.verdict == WORKS

    def line(self) -> str:
        """The trial in one line."""
        found = f"{self.found} articles, {self.undated} without a date" if self.works else self.verdict
        return f"{'works' if self.works else 'mend '}  {self.source.name}  {found}"

    def summary(self) -> dict[str, object]:
        """The trial for a program: all but the page itself."""
        return {
            **{
                name: getattr(self, name)
                for name in self.__struct_fields__
                if name not in ("sample", "source", "first")
            },
            "source": self.source.name,
            "url": self.source.url,
            "first": [{"url": one.url, "title": one.title, "dated": one.dated} for one in self.first],
        }

    def report(self) -> str:
        """The trial as lines for a terminal."""
        source = self.source
        lines = [
            f"{source.name}  {source.title}{'  unverified' if source.unverified else ''}: {self.verdict}",
            f"  asked    {source.url}",
            f"  answered {self.final_url or '-'}  {self.media_type or '-'}  charset {self.charset or '-'}  "
            f"{self.size:,} bytes",
        ]
        if self.final_url:
            says = "possible" if self.validators else "never: the server gives neither ETag nor Last-Modified"
            lines.append(f"  304      {says}")
            lines.append(f"  found    {self.found} articles, {self.undated} without a date")
        lines += [f"  {'dated  ' if one.dated else 'undated'}  {one.title[:60]}  {one.url or ''}" for one in self.first]
        if source.site and not self.works:
            lines.append(f"  site     {source.site}  (open it in a browser; its list of news is what `url` should be)")
        if self.page:
            lines.append(f"  page     {self.page}")
        lines += [f"  shape    {one.count} × {one.shape}  such as: {one.title[:40]}" for one in self.shapes]
        lines += [f"  feed     {address}" for address in self.feeds]
        lines += [f"  sitemap  {address}" for address in self.sitemaps]
        return "\n".join(lines)

    def mended(self) -> str:
        """What to put into the newsroom's `sources.toml`: the source as confirmed, or with the likeliest mend."""
        source = replace(self.source, unverified=False, note="")
        if not self.works and self.feeds:
            source = replace(source, url=self.feeds[0], kind="feed", links=())
        elif not self.works and self.shapes:
            source = replace(source, links=(self.shapes[0].shape,), kind="list")
        return toml_of(source)


def try_source(source: Source, *, limits: Limits, client: Client) -> Trial:
    """Fetch the source's list and one page of it. Never raises for what the source does."""
    (trial,) = try_sources([source], limits=limits, client=client)
    return trial


def try_sources(
    sources: Sequence[Source], *, limits: Limits, client: Client, each: Callable[[Trial], None] = lambda trial: None
) -> list[Trial]:
    """The same for many sources, several at once; `each` is told of every trial when it ends."""

    async def all_of_them() -> list[Trial]:
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(source: Source) -> Trial:
            async with gate:
                trial = await _look(source, limits, client)
            each(trial)
            return trial

        async with client:
            return list(await asyncio.gather(*(one(source) for source in sources)))

    return asyncio.run(all_of_them())


async def _look(source: Source, limits: Limits, client: Client) -> Trial:
    try:
        answer = await client.fetch(source.url, feed=True, gap=source.gap_seconds)
        if answer.status != 200:
            raise not_a_page(answer)
        articles = await listed(source, answer, limits, client)
    except Refused as error:
        return Trial(source=source, verdict=str(error))
    page, sample = None, None
    linked = next((article.url for article in articles if article.url), None)
    if linked:
        found = await fetch_page(linked, limits, client)
        sample = found if isinstance(found, Page) else None
        page = f"{len(found.content):,} bytes of {found.media_type}" if isinstance(found, Page) else found.detail
    shapes, feeds, sitemaps = (
        await _besides(source, answer, limits, client) if not articles or not source.links else ((), (), ())
    )
    return Trial(
        source=source,
        verdict=WORKS if articles else _mend(shapes, feeds, sitemaps),
        final_url=answer.final_url,
        media_type=answer.media_type,
        charset=answer.charset,
        size=len(answer.content),
        validators=bool(answer.etag or answer.last_modified),
        found=len(articles),
        undated=sum(not article.dated for article in articles),
        first=tuple(articles[:SHOWN]),
        page=page,
        sample=sample,
        shapes=shapes,
        feeds=feeds,
        sitemaps=sitemaps,
    )


async def _besides(
    source: Source, answer: Fetched, limits: Limits, client: Client
) -> tuple[tuple[AddressShape, ...], tuple[str, ...], tuple[str, ...]]:
    """What else the page and the host's robots.txt offer."""
    text = decode(unpacked(answer, limits)[0], answer.charset).text
    shapes = await asyncio.to_thread(address_shapes, text, answer.final_url)
    try:
        sitemaps = await client.sitemaps(source.url)
    except Refused:
        sitemaps = ()
    return shapes, feeds_named(text, answer.final_url), sitemaps


def _mend(shapes: tuple[AddressShape, ...], feeds: tuple[str, ...], sitemaps: tuple[str, ...]) -> str:
    if feeds:
        return "no articles found, but the page names a feed: take that as `url`"
    if shapes:
        return "no articles found; take the shape of the articles' addresses below as `links`, or correct `url`"
    if sitemaps:
        return "no articles found, but robots.txt names a sitemap: take that as `url`"
    return (
        "no articles found and hardly a link: the page is drawn by a script, or is not a list. Open it in a browser, "
        "find its list or a feed, and correct `url`"
    )
