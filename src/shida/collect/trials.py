"""One look at a source without keeping anything: what a person needs to see to confirm or mend it in a minute."""

from __future__ import annotations

import asyncio

from shida.collect.addresses import fetch_page, not_a_page
from shida.collect.listings import Listed, listed
from shida.net.client import Client
from shida.net.limits import Limits
from shida.net.refusals import Refused
from shida.records import Page, Record, Source

SHOWN = 10


class Trial(Record, frozen=True, kw_only=True):
    """What the look gave. `verdict` is `works` or says what to mend."""

    source: str
    url: str
    verdict: str
    final_url: str | None = None
    media_type: str | None = None
    charset: str | None = None
    validators: bool = False
    """The server can say that nothing changed (ETag or Last-Modified)."""
    found: int = 0
    undated: int = 0
    first: tuple[Listed, ...] = ()
    page: str | None = None
    """What became of the first article's page: its size, or why it was refused."""

    def report(self) -> str:
        """The trial as lines for a terminal."""
        lines = [
            f"{self.source}: {self.verdict}",
            f"  asked    {self.url}",
            f"  answered {self.final_url or '-'}  {self.media_type or '-'}  charset {self.charset or '-'}",
            f"  304      {'possible' if self.validators else 'never: the server gives neither ETag nor Last-Modified'}",
            f"  found    {self.found} articles, {self.undated} without a date",
        ]
        lines += [f"  {'dated  ' if one.dated else 'undated'}  {one.title[:60]}  {one.url or ''}" for one in self.first]
        return "\n".join([*lines, f"  page     {self.page}"] if self.page else lines)


def try_source(source: Source, *, limits: Limits, client: Client) -> Trial:
    """Fetch the source's list and one page of it. Never raises for what the source does."""

    async def look() -> Trial:
        try:
            answer = await client.fetch(source.url, feed=True)
            if answer.status != 200:
                raise not_a_page(answer)
            articles = await listed(source, answer, limits, client)
        except Refused as error:
            return Trial(source=source.name, url=source.url, verdict=str(error))
        page = None
        linked = next((article.url for article in articles if article.url), None)
        if linked:
            found = await fetch_page(linked, limits, client)
            page = f"{len(found.content):,} bytes of {found.media_type}" if isinstance(found, Page) else found.detail
        mend = "no articles found: correct `links` or `url`"
        return Trial(
            source=source.name,
            url=source.url,
            verdict="works" if articles else mend,
            final_url=answer.final_url,
            media_type=answer.media_type,
            charset=answer.charset,
            validators=bool(answer.etag or answer.last_modified),
            found=len(articles),
            undated=sum(not article.dated for article in articles),
            first=tuple(articles[:SHOWN]),
            page=page,
        )

    async def once() -> Trial:
        async with client:
            return await look()

    return asyncio.run(once())
