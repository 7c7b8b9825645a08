"""One round of alerts: look at every saved search, gather letters, send what is due. After a kill the next goes on."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import Callable, Mapping
from datetime import datetime

from shida.alerts.letterboxes import post_letters, send_letters
from shida.alerts.looking import look, state_of
from shida.alerts.posting import Poster, Sent
from shida.net import Client
from shida.pack import Pack
from shida.records import Alert, Delivery, Hook, Record, Watch
from shida.settings import Settings
from shida.store import Newsroom
from shida.store.search import open_index


class Looked(Record, frozen=True, kw_only=True):
    """What a look at one saved search found."""

    watch: str
    name: str
    matched: int
    """What matches now, copies folded."""
    told: int
    """News in the alerts that were made."""
    alerts: tuple[str, ...] = ()
    whole: bool = True
    """False: so much matches that some of it could not be reached; the query is too wide."""


class Round(Record, frozen=True, kw_only=True):
    """What a round did."""

    looked: tuple[Looked, ...] = ()
    letters: int = 0
    """Letters put into the queue."""
    done: int = 0
    put_off: int = 0
    given_up: int = 0

    def lines(self) -> list[str]:
        """For the terminal."""
        found = [f"{one.name}: {one.told:,} to tell of {one.matched:,} that match" for one in self.looked if one.told]
        found += [
            f"{one.name}: too much matches to see all of it; narrow the query" for one in self.looked if not one.whole
        ]
        told = sum(one.told for one in self.looked)
        found.append(
            f"alerts {len(self.looked):,} searches {told:,} told {self.done:,} sent "
            f"{self.put_off:,} put off {self.given_up:,} given up"
        )
        return found


def alerts(
    newsroom: Newsroom,
    pack: Pack,
    settings: Settings,
    *,
    clock: Callable[[], datetime],
    seed: str = "",
    environ: Mapping[str, str] = os.environ,
    client: Client | None = None,
    context: ssl.SSLContext | None = None,
) -> Round:
    """Look at every saved search, and send what is new to its hooks and letterboxes.

    `clock` gives the time, with its zone; `seed` moves the part of waits that is left to chance; `client` and
    `context` (for the mail server) are for tests. NewsroomBusy where another round goes on.
    """
    with newsroom.hold("alerts"):
        looked = look_at_all(newsroom, pack, clock().isoformat())
        letters = post_letters(newsroom, clock())
        waiting = newsroom.deliveries.waiting(due=clock().isoformat())
        sent = Sent()
        if waiting:
            own = client or Client.of(settings, allow=settings.allow)
            poster = Poster(newsroom, settings, clock=clock, client=own, seed=seed)
            sent = asyncio.run(poster.post_due())
            sent = sent.plus(send_letters(newsroom, settings, clock=clock, environ=environ, seed=seed, context=context))
    return Round(looked=looked, letters=letters, done=sent.done, put_off=sent.put_off, given_up=sent.given_up)


def look_at_all(newsroom: Newsroom, pack: Pack, now: str) -> tuple[Looked, ...]:
    """Look at every saved search at `now`, and keep what is to be told with where it goes; nothing is sent."""
    watches = newsroom.watches.all()
    if not watches:
        return ()
    state = state_of(newsroom, open_index(newsroom, pack))
    hooks = newsroom.deliveries.hooks()
    found = []
    for watch in watches:
        seen = look(state, watch, now)
        newsroom.watches.keep_look(watch, seen.told, seen.alerts, deliveries_of(watch, seen.alerts, hooks, now))
        found.append(
            Looked(
                watch=watch.id,
                name=watch.name,
                matched=seen.matched,
                told=sum(len(one.news) for one in seen.alerts),
                alerts=tuple(one.id for one in seen.alerts),
                whole=seen.whole,
            )
        )
    return tuple(found)


def deliveries_of(watch: Watch, made: tuple[Alert, ...], hooks: list[Hook], now: str) -> list[Delivery]:
    """An alert for each hook that wants it; none of a search that is muted."""
    wanting = [
        hook
        for hook in hooks
        if not hook.off and hook.owner == watch.owner and (not hook.watches or watch.id in hook.watches)
    ]
    if watch.muted:
        wanting = []
    return [
        Delivery(id=f"{alert.id}.{hook.id}", target=hook.id, alerts=(alert.id,), made=now, due=now)
        for alert in made
        for hook in wanting
    ]
