"""Sources that are due → their new pages, politely: one round over all of them.

One request to a host at a time, many hosts at once. What a round has handed on and the caller has kept is not fetched
again by the next one, so a round that is killed is simply run again. The event loop has a thread of its own: a caller
that takes its time over a page does not let the answers under way run into their time limits.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Awaitable, Callable, Collection, Generator, Iterable, Mapping, Sequence
from datetime import datetime

from shida.collect.feed_process import FEED_PROCESS
from shida.collect.sources import is_due
from shida.collect.visits import Arrival, Visit
from shida.net.client import Client
from shida.net.limits import Limits
from shida.net.politeness import host_of
from shida.net.refusals import Refused
from shida.net.urls import checked
from shida.records import Address, Dropped, Page, Source, SourceState

HOSTS_AT_ONCE = 16
WAITING = 8
"""Pages that may wait for the caller; at the limit the round stands still."""

Item = Arrival | Dropped | SourceState
Give = Callable[[Item], Awaitable[None]]
Known = Callable[[Sequence[str]], Collection[str]]
Again = Callable[[Source], Sequence[Address]]
More = Callable[[Page], Sequence[str]]


def nothing_known(urls: Sequence[str]) -> Collection[str]:
    """A newsroom that has met no address."""
    return ()


def nothing_again(source: Source) -> Sequence[Address]:
    """A newsroom that looks at no page again."""
    return ()


def nothing_more(page: Page) -> Sequence[str]:
    """A newsroom whose articles all end on their first page."""
    return ()


def collect_sources(
    sources: Iterable[Source],
    states: Mapping[str, SourceState],
    *,
    limits: Limits,
    client: Client,
    now: datetime,
    known: Known = nothing_known,
    again: Again = nothing_again,
    more: More = nothing_more,
    anyway: bool = False,
) -> Generator[Item, None, None]:
    """The new pages of the sources that are due at `now`, and after a source's pages its new state.

    `states` are those of earlier rounds by source name; `known` says which of some addresses are not to be fetched,
    `again` which addresses of a source are to be looked at once more, `more` where an article goes on (all three are
    asked from other threads). With `anyway` sources are visited that are not due. A `Dropped` by itself is the refusal
    of a source's list. A state that is handed on means: all pages of that visit were.
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

    due = [
        source
        for source in sources
        if not source.off and (anyway or is_due(states.get(source.name, SourceState(source=source.name)), now))
    ]
    if any(source.kind == "feed" for source in due):
        FEED_PROCESS.warm()
    visit = Visit(limits, client, now, known, again, more, give)

    async def everything() -> None:
        try:
            async with client:
                work = asyncio.create_task(_round(due, states, visit))
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


async def _round(due: list[Source], states: Mapping[str, SourceState], visit: Visit) -> None:
    by_host: dict[str, list[Source]] = {}
    for source in sorted(due, key=lambda source: source.name):
        by_host.setdefault(_host(source), []).append(source)
    gate = asyncio.Semaphore(HOSTS_AT_ONCE)

    async def one_host(of_host: list[Source]) -> None:
        async with gate:
            busy = 0.0
            for source in of_host:
                before = states.get(source.name, SourceState(source=source.name))
                if busy:
                    await visit.put_off(source, before, busy)
                else:
                    busy = await visit.make(source, before)

    async with asyncio.TaskGroup() as group:
        for of_host in by_host.values():
            group.create_task(one_host(of_host))


def _host(source: Source) -> str:
    """The server a source is on; an address that is none is refused when it is visited."""
    try:
        return host_of(checked(source.url))
    except Refused:
        return source.url
