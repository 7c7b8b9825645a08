"""Sources that are due → their new pages, politely: one round over all of them.

One request to a host at a time, many hosts at once. What a round has handed on and the caller has kept is not fetched
again by the next one, so a round that is killed is simply run again. The event loop has a thread of its own: a caller
that takes its time over a page does not let the answers under way run into their time limits.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Awaitable, Callable, Generator, Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from msgspec.structs import replace

from shida.collect.addresses import fetch_page, not_a_page
from shida.collect.listings import Listed, listed
from shida.collect.pages import dropped
from shida.collect.sources import Source, SourceState, arrived, is_due, next_visit
from shida.net.client import Client
from shida.net.limits import Limits
from shida.net.refusals import Refused
from shida.records import Dropped, Page

HOSTS_AT_ONCE = 16
WAITING = 8
"""Pages that may wait for the caller; at the limit the round stands still."""
BUSY = frozenset(("http_429", "http_503", "robots_unreachable", "timeout", "unreachable"))
"""Refusals of one page after which the rest of the host is left for the next round."""

Item = Page | Dropped | SourceState
Give = Callable[[Item], Awaitable[None]]


def collect_sources(
    sources: Iterable[Source],
    states: Mapping[str, SourceState],
    *,
    limits: Limits,
    client: Client,
    now: datetime,
    known: Callable[[str], bool] = lambda url: False,
) -> Generator[Item, None, None]:
    """The new pages of the sources that are due at `now`, and after a source's pages its new state.

    `states` are those of earlier rounds by source name; `known` says whether the page at an address is in the newsroom
    already (it is asked from another thread). A state that is handed on means: all pages of that visit were.
    """
    out: queue.Queue[Item | BaseException | None] = queue.Queue(WAITING)
    stop = threading.Event()

    async def offer(item: Item | BaseException | None) -> None:
        while not stop.is_set():
            try:
                out.put_nowait(item)
                return
            except queue.Full:
                await asyncio.sleep(0.02)

    async def give(item: Item) -> None:
        await offer(item)
        if stop.is_set():
            await asyncio.Event().wait()  # nobody takes it: fetch nothing more until we are cancelled

    async def everything() -> None:
        due = [source for source in sources if is_due(states.get(source.name, _fresh(source)), now)]
        try:
            async with client:
                work = asyncio.create_task(_round(due, states, limits, client, now, known, give))
                while not work.done() and not stop.is_set():
                    await asyncio.wait([work], timeout=0.2)
                work.cancel()
                await asyncio.gather(work, return_exceptions=True)
            await offer(None if work.cancelled() else work.exception())
        except BaseException as error:  # handed to the caller's thread, where it is raised
            await offer(error)

    thread = threading.Thread(target=asyncio.run, args=(everything(),), name="shida-collect", daemon=True)
    thread.start()
    try:
        while (item := out.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stop.set()
        thread.join()


async def _round(
    due: list[Source],
    states: Mapping[str, SourceState],
    limits: Limits,
    client: Client,
    now: datetime,
    known: Callable[[str], bool],
    give: Give,
) -> None:
    by_host: dict[str | None, list[Source]] = {}
    for source in sorted(due, key=lambda source: source.name):
        by_host.setdefault(urlsplit(source.url).hostname, []).append(source)
    gate = asyncio.Semaphore(HOSTS_AT_ONCE)

    async def one_host(of_host: list[Source]) -> None:
        async with gate:
            for source in of_host:
                before = states.get(source.name, _fresh(source))
                await give(await _visit(source, before, limits, client, now, known, give))

    async with asyncio.TaskGroup() as group:
        for of_host in by_host.values():
            group.create_task(one_host(of_host))


async def _visit(
    source: Source,
    before: SourceState,
    limits: Limits,
    client: Client,
    now: datetime,
    known: Callable[[str], bool],
    give: Give,
) -> SourceState:
    """Fetch one source's list and its new pages; the state after that."""
    # After a failure the list itself must be seen: a 304 would say nothing about whether it can be read.
    in_trouble = bool(before.failures or before.empty_lists)
    try:
        answer = await client.fetch(
            source.url,
            feed=True,
            etag=None if in_trouble else before.etag,
            last_modified=None if in_trouble else before.last_modified,
        )
        if answer.not_modified and not in_trouble:
            return replace(before, next_due=next_visit(source, 0, now, answer.retry_after or 0.0))
        if answer.status != 200:
            raise not_a_page(answer)
        articles = await listed(source, answer, limits, client)
    except Refused as error:
        await give(dropped(source.url, error.reason, f"source {source.name}: {error}"))
        failures = before.failures + 1
        due = next_visit(source, failures, now, error.wait or 0.0)
        return replace(before, failures=failures, trouble=str(error), next_due=due, etag=None, last_modified=None)
    if not articles:
        empty = before.empty_lists + 1
        return replace(before, empty_lists=empty, failures=0, trouble="", next_due=next_visit(source, empty, now))
    came, whole = await _new_pages(source, articles, limits, client, known, give)
    return SourceState(
        source=source.name,
        # Without its validators the next visit sees the list again and takes what was left.
        etag=answer.etag if whole else None,
        last_modified=answer.last_modified if whole else None,
        next_due=next_visit(source, 0, now),
        undated=sum(not article.dated for article in articles) / len(articles),
        arrivals=arrived(before, now) if came else before.arrivals,
    )


async def _new_pages(
    source: Source,
    articles: tuple[Listed, ...],
    limits: Limits,
    client: Client,
    known: Callable[[str], bool],
    give: Give,
) -> tuple[int, bool]:
    """How many new pages came, and whether all were tried."""
    came = fetched = 0
    for article in articles:
        if article.url is None:
            if article.stand_in is not None and not known(article.stand_in.name):
                came += 1
                await give(article.stand_in)
            continue
        if known(article.url):
            continue
        if fetched >= limits.linked_pages:
            return came, False
        fetched += 1
        found = await fetch_page(article.url, limits, client, source=source.title)
        if isinstance(found, Dropped) and found.reason in BUSY:
            await give(found)
            return came, False
        came += isinstance(found, Page)
        await give(found)
        if isinstance(found, Dropped) and article.stand_in is not None:
            came += 1
            await give(article.stand_in)
    return came, True


def _fresh(source: Source) -> SourceState:
    return SourceState(source=source.name)
