"""One visit to a source: its list, its new pages, some known pages once more, and its state after that."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from msgspec.structs import replace

from shida.collect.addresses import Got, get_page, not_a_page
from shida.collect.listings import Listed, listed
from shida.collect.looks import leads_nowhere
from shida.collect.pages import dropped
from shida.collect.sources import arrived, next_visit
from shida.net.client import Client
from shida.net.limits import Limits
from shida.net.refusals import Refused
from shida.records import Address, Dropped, Look, Page, Source, SourceState

BUSY = frozenset(("http_429", "http_503", "robots_unreachable", "timeout", "unreachable"))
"""Refusals of one page after which the rest of the host is left for the next round."""
GONE = frozenset(("http_404", "http_410", "leads_nowhere"))
FURTHER_PAGES = 19
"""So many further pages of one article are fetched: with its first one twenty."""
WAIT_WHEN_BUSY = 600.0
"""Seconds a busy host is left alone where it does not say how long."""


class Arrival(NamedTuple):
    """One look at an address, with the page or the refusal it gave. Both come where a feed's entry stands in for a page
    that cannot be had.
    """

    look: Look
    page: Page | None = None
    refused: Dropped | None = None
    before: Address | None = None
    """What was known of the address, where it was looked at again."""


class Visit:
    """What the visits of a round share. `make` never raises for what a source does."""

    def __init__(
        self,
        limits: Limits,
        client: Client,
        now: datetime,
        known: Callable[[Sequence[str]], Collection[str]],
        again: Callable[[Source], Sequence[Address]],
        more: Callable[[Page], Sequence[str]],
        give: Callable[[Arrival | Dropped | SourceState], Awaitable[None]],
    ) -> None:
        self._limits, self._client, self._now = limits, client, now
        self._known, self._again, self._more, self._give = known, again, more, give
        self._at = now.isoformat(timespec="seconds")
        self._met: set[str] = set()
        """Addresses of this round: two lists may name the same page."""

    async def make(self, source: Source, before: SourceState) -> float:
        """Visit the source; how many seconds its host is to be left alone, 0 where it may be asked again."""
        # After a failure the list itself must be seen: a 304 would say nothing about whether it can be read.
        in_trouble = bool(before.failures or before.empty_lists)
        before = replace(before, visited=self._at)
        articles: tuple[Listed, ...] | None = None
        try:
            answer = await self._client.fetch(
                source.url,
                feed=True,
                etag=None if in_trouble else before.etag,
                last_modified=None if in_trouble else before.last_modified,
                gap=source.gap_seconds,
            )
            if not answer.not_modified or in_trouble:
                if answer.status != 200:
                    raise not_a_page(answer)
                articles = await listed(source, answer, self._limits, self._client)
        except Refused as error:
            return await self._no_list(source, before, error)
        if articles == ():
            empty = before.empty_lists + 1
            due = next_visit(source, empty, self._now)
            await self._give(replace(before, empty_lists=empty, failures=0, trouble="", next_due=due))
            return 0.0
        came, whole, wait = await self._new_pages(source, articles or ())
        if not wait:
            wait = await self._known_pages(source)
        due = next_visit(source, 0, self._now, max(wait, answer.retry_after or 0.0))
        arrivals = arrived(before, self._now) if came else before.arrivals
        if articles is None:
            await self._give(replace(before, next_due=due))
            return wait
        undated = sum(not article.dated for article in articles) / len(articles)
        await self._give(
            SourceState(
                source=source.name,
                visited=self._at,
                # Without its validators the next visit sees the list again and takes what was left.
                etag=answer.etag if whole else None,
                last_modified=answer.last_modified if whole else None,
                next_due=due,
                undated=undated,
                dated_before=before.dated_before or undated < 1.0,
                arrivals=arrivals,
            )
        )
        return wait

    async def put_off(self, source: Source, before: SourceState, seconds: float) -> None:
        """Leave the source for later, since its host is busy; that is no failure of its own."""
        later = (self._now + timedelta(seconds=seconds)).isoformat(timespec="seconds")
        await self._give(replace(before, next_due=max(before.next_due or "", later)))

    async def _no_list(self, source: Source, before: SourceState, error: Refused) -> float:
        await self._give(dropped(source.url, error.reason, f"source {source.name}: {error}"))
        failures = before.failures + 1
        due = next_visit(source, failures, self._now, error.wait or 0.0)
        state = replace(before, failures=failures, trouble=str(error), next_due=due, etag=None, last_modified=None)
        await self._give(state)
        return (error.wait or WAIT_WHEN_BUSY) if error.reason in BUSY else 0.0

    async def _new_pages(self, source: Source, articles: Sequence[Listed]) -> tuple[int, bool, float]:
        """How many new pages came, whether all were tried, and how long the host is to be left alone."""
        keys = [article.url or (article.stand_in.id if article.stand_in else "") for article in articles]
        known = set(await asyncio.to_thread(self._known, keys)) if keys else set()
        came = fetched = 0
        for key, article in zip(keys, articles, strict=True):
            if not key or key in known or key in self._met:
                continue
            if article.url is not None and fetched >= self._limits.linked_pages:
                return came, False, 0.0
            self._met.add(key)
            if article.url is None:
                came += 1
                await self._give(self._stand_in(source, key, article, None))
                continue
            fetched += 1
            got = await self._get(source, article.url)
            if isinstance(got.item, Page):
                # The first page is handed on last: a round that is killed before then asks for it again.
                tried, wait = await self._further_pages(source, got.item)
                came, fetched = came + 1, fetched + tried
                look = self._look(source, key, "page", page=got.item.id, etag=got.etag, last_modified=got.last_modified)
                await self._give(Arrival(look, page=got.item))
                if wait:
                    return came, False, wait
                continue
            refused = got.item
            if refused is None:
                continue
            if refused.reason in BUSY:
                await self._give(Arrival(self._look(source, key, "refused", reason=refused.reason), refused=refused))
                return came, False, got.wait or WAIT_WHEN_BUSY
            if article.stand_in is not None:
                came += 1
                await self._give(self._stand_in(source, key, article, refused))
            else:
                status: Literal["gone", "refused"] = "gone" if refused.reason in GONE else "refused"
                await self._give(Arrival(self._look(source, key, status, reason=refused.reason), refused=refused))
        return came, True, 0.0

    async def _further_pages(self, source: Source, first: Page) -> tuple[int, float]:
        """Fetch the other pages of an article that goes on: how many were tried, how long the host is to be left."""
        tried = 0
        waiting = list(await asyncio.to_thread(self._more, first))
        while waiting and tried < FURTHER_PAGES:
            url = waiting.pop(0)
            if url in self._met or url == first.name:
                continue
            self._met.add(url)
            if await asyncio.to_thread(self._known, [url]):
                continue
            tried += 1
            got = await self._get(source, url)
            if isinstance(got.item, Page):
                look = self._look(source, url, "page", page=got.item.id, etag=got.etag, last_modified=got.last_modified)
                await self._give(Arrival(look, page=got.item))
                waiting += await asyncio.to_thread(self._more, got.item)
            elif got.item is not None:
                gone = got.item.reason in GONE
                look = self._look(source, url, "gone" if gone else "refused", reason=got.item.reason)
                await self._give(Arrival(look, refused=got.item))
                if got.item.reason in BUSY:
                    return tried, got.wait or WAIT_WHEN_BUSY
        return tried, 0.0

    async def _known_pages(self, source: Source) -> float:
        """Look at some pages once more; how long the host is to be left alone."""
        for address in await asyncio.to_thread(self._again, source):
            if address.url in self._met:
                continue
            self._met.add(address.url)
            got = await self._get(source, address.url, etag=address.etag, last_modified=address.last_modified)
            url, item = address.url, got.item
            if item is None:
                look = self._look(source, url, "same", etag=got.etag, last_modified=got.last_modified)
                await self._give(Arrival(look, before=address))
            elif isinstance(item, Page):
                _, wait = await self._further_pages(source, item)
                look = self._look(source, url, "page", page=item.id, etag=got.etag, last_modified=got.last_modified)
                await self._give(Arrival(look, page=item, before=address))
                if wait:
                    return wait
            else:
                status: Literal["gone", "refused"] = "gone" if item.reason in GONE else "refused"
                await self._give(Arrival(self._look(source, url, status, reason=item.reason), before=address))
                if item.reason in BUSY:
                    return got.wait or WAIT_WHEN_BUSY
        return 0.0

    async def _get(self, source: Source, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Got:
        """The page at an address; a redirect to the front page or to a page of errors is none."""
        got = await get_page(
            url,
            self._limits,
            self._client,
            source=source.title,
            gap=source.gap_seconds,
            etag=etag,
            last_modified=last_modified,
        )
        if not isinstance(got.item, Page):
            return got
        if leads_nowhere(url, got.item.url or url):
            words = f"{url}: the site leads us to {got.item.url} instead. Check the address."
            return Got(dropped(url, "leads_nowhere", words))
        # Our own clock: of two revisions of a page the one we fetched later is the newer, whatever the server says.
        return got._replace(item=replace(got.item, fetched=self._at))

    def _stand_in(self, source: Source, key: str, article: Listed, refused: Dropped | None) -> Arrival:
        entry = article.stand_in
        if entry is None:  # pragma: no cover
            raise ValueError("only an entry of a feed can stand in for its page")
        look = self._look(source, key, "page", page=entry.id, reason=refused.reason if refused else "no_link")
        return Arrival(look, page=replace(entry, fetched=self._at), refused=refused)

    def _look(
        self,
        source: Source,
        url: str,
        status: Literal["page", "same", "gone", "refused"],
        *,
        page: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        reason: str = "",
    ) -> Look:
        return Look(
            url=url,
            source=source.name,
            at=self._at,
            status=status,
            page=page,
            etag=etag,
            last_modified=last_modified,
            reason=reason,
        )
