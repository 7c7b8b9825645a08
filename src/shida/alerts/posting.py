"""Deliveries to hooks → posted, or put off, or given up; each attempt kept. The only part of alerts that speaks HTTP.

A kill between the post and its mark posts the alert again with the same `webhook-id`: never lost, and known again to
who receives it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from shida.alerts.keys import read_secrets
from shida.alerts.targets import hook_address
from shida.alerts.waits import later, wait_seconds
from shida.client.webhooks import sign
from shida.errors import SettingsError, StoreError
from shida.net import Client, Refused
from shida.net.addresses import networks
from shida.records import Alert, Attempt, Delivery, Hook
from shida.settings import Settings
from shida.store import Newsroom

AT_ONCE = 4
"""Hooks that are posted to side by side. One host at a time: the client sees to that."""

GONE = 410
TYPE = "watch.matched"
LONGEST_SAID = 300


class Sent(NamedTuple):
    """What came of sending."""

    done: int = 0
    put_off: int = 0
    given_up: int = 0

    def plus(self, other: Sent) -> Sent:
        """Both together."""
        return Sent(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def body_of(alert: Alert, base: str) -> bytes:
    """What is posted: the alert as JSON, with whole addresses. The same bytes whenever it is made.

    `base`: address of the site, with a slash at its end.
    """
    news = [
        {
            **{name: value for name, value in msgspec.structs.asdict(one).items() if name not in PLACE},
            "page": f"{base}{one.page}" if one.page else None,
            "evidence": {name: getattr(one, name) for name in PLACE} if one.sentence else None,
        }
        for one in alert.news
    ]
    data: dict[str, Any] = {
        "alert": alert.id,
        "watch": {"id": alert.watch, "name": alert.name, "query": alert.query},
        "news": news,
    }
    return msgspec.json.encode({"type": TYPE, "timestamp": alert.made, "data": data})


PLACE = ("sentence", "article", "of", "start", "end", "kept")
"""Of a News, what says which characters it rests on."""


class Poster:
    """Posts what is due. `clock` gives the time of each attempt; `seed` moves the part of waits left to chance."""

    def __init__(
        self, newsroom: Newsroom, settings: Settings, *, clock: Callable[[], datetime], client: Client, seed: str = ""
    ) -> None:
        self._newsroom = newsroom
        self._settings = settings
        self._allow = networks(settings.allow)
        self._clock = clock
        self._client = client
        self._seed = seed
        self._base = settings.site_url.rstrip("/") + "/"

    async def post_due(self) -> Sent:
        """Post everything that is due, hook by hook, the oldest first."""
        hooks = {one.id: one for one in self._newsroom.deliveries.hooks()}
        due: dict[str, list[Delivery]] = {}
        for one in self._newsroom.deliveries.waiting(due=self._clock().isoformat()):
            if one.target in hooks:
                due.setdefault(one.target, []).append(one)
        places = asyncio.Semaphore(AT_ONCE)

        async def in_turn(hook: Hook) -> Sent:
            async with places:
                return await self._post_to(hook, due[hook.id])

        async with self._client:
            found = await asyncio.gather(*(in_turn(hooks[target]) for target in sorted(due)))
        total = Sent()
        for sent in found:
            total = total.plus(sent)
        return total

    async def _post_to(self, hook: Hook, deliveries: Sequence[Delivery]) -> Sent:
        """Post to one hook in order. The first failure ends it: those behind wait as long, and stay in order."""
        total = Sent()
        for number, one in enumerate(deliveries):
            alerts = self._newsroom.watches.with_ids(one.alerts)
            began = time.perf_counter()
            at = self._clock()
            status, said, wait = await self._post(hook, alerts[0], at)
            made = Attempt(
                delivery=one.id,
                number=one.tries + 1,
                at=at.isoformat(),
                status=status,
                milliseconds=round((time.perf_counter() - began) * 1000),
                said=said[:LONGEST_SAID],
            )
            tried = replace(one, tries=one.tries + 1, said=made.said)
            if status is not None and 200 <= status < 300:
                self._newsroom.deliveries.keep_attempt(replace(tried, state="done"), made)
                total = total.plus(Sent(done=1))
                continue
            if status == GONE:
                off = replace(hook, off=f"410 Gone on {at.isoformat()}: its owner wants no more")
                self._newsroom.deliveries.keep_attempt(replace(tried, state="dead"), made, also=(off,))
                return total.plus(Sent(given_up=len(deliveries) - number))
            tried = put_off(tried, at, wait, self._seed)
            behind = [replace(other, due=max(other.due, tried.due)) for other in deliveries[number + 1 :]]
            self._newsroom.deliveries.keep_attempt(tried, made, also=() if tried.state == "dead" else behind)
            dead = tried.state == "dead"
            total = total.plus(Sent(put_off=len(behind) + (not dead), given_up=int(dead)))
            if not dead:
                return total
        return total

    async def _post(self, hook: Hook, alert: Alert, at: datetime) -> tuple[int | None, str, float | None]:
        """Status, what was said, and how long the receiver asks us to wait."""
        body = body_of(alert, self._base)
        try:
            hook_address(hook.url, self._allow)  # the settings may have changed since it was added
            headers = signed_headers(read_secrets(self._newsroom.home, hook.id), alert.id, at, body)
            answer = await self._client.post(hook.url, body, headers)
        except Refused as error:
            return None, f"{error.reason}: {error}", error.wait
        except (StoreError, SettingsError) as error:
            return None, str(error), None
        words = "redirects are not followed; give the address it ends at" if 300 <= answer.status < 400 else ""
        return answer.status, words or f"status {answer.status}", answer.retry_after


def put_off(one: Delivery, at: datetime, wait: float | None, seed: str = "") -> Delivery:
    """A delivery after a failure: due later, at least `wait` seconds, or given up."""
    seconds = wait_seconds(one.tries, one.id, seed)
    if seconds is None:
        return replace(one, state="dead", said=f"given up after {one.tries} attempts; the last: {one.said}")
    return replace(one, due=later(at, max(seconds, wait or 0.0)))


def signed_headers(secrets: Sequence[str], alert_id: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """The headers of Standard Webhooks 1.0, for bytes posted at a time."""
    stamp = int(at.timestamp())
    return {
        "content-type": "application/json",
        "accept": "*/*",
        "accept-encoding": "identity",
        "webhook-id": alert_id,
        "webhook-timestamp": str(stamp),
        "webhook-signature": sign(secrets, alert_id, stamp, body),
    }
