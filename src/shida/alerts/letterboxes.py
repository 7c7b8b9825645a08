"""Letterboxes → letters into the queue when their hour comes; letters in the queue → the mail server."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.message import EmailMessage

from msgspec.structs import replace

from shida.alerts.letters import letter, letters_of, slot_of
from shida.alerts.mailing import Outcome, Server, send, server_of
from shida.alerts.posting import LONGEST_SAID, Sent, put_off
from shida.errors import SettingsError
from shida.records import Alert, Attempt, Delivery, Letterbox
from shida.settings import Settings
from shida.store import Newsroom

MOST_LETTERS = 200
"""Letters sent in one round; what is more waits for the next."""


def gather(
    newsroom: Newsroom, box: Letterbox, now: datetime, coming: Sequence[Alert] = ()
) -> tuple[Letterbox, list[Delivery], list[Alert]] | None:
    """The letterbox as it will be, the letters that are due for it, and what they hold; None where none is due.

    `coming`: alerts that are not kept yet, for one who wants to see before anything is done.
    """
    slot = slot_of(box, now)
    if slot is None:
        return None
    wanted = newsroom.watches.alerts(owner=box.owner, after=box.upto, muted=False)
    alerts = [*(one for _, one in wanted), *(one for one in coming if one.owner == box.owner)]
    upto = max((number for number, _ in wanted), default=box.upto)
    letters = letters_of(box, alerts, slot, now.isoformat())
    return replace(box, slot=slot, upto=upto), letters, alerts


def post_letters(newsroom: Newsroom, now: datetime) -> int:
    """Put the letters that are due at `now` into the queue; how many."""
    count = 0
    for box in newsroom.deliveries.letterboxes():
        gathered = gather(newsroom, box, now)
        if gathered is not None:
            newsroom.deliveries.post(gathered[0], gathered[1])
            count += len(gathered[1])
    return count


def letters_due(
    newsroom: Newsroom, settings: Settings, now: datetime, coming: Sequence[Alert] = ()
) -> list[EmailMessage]:
    """The letters that a round at `now` would send, those that wait included; nothing is changed."""
    boxes = {one.id: one for one in newsroom.deliveries.letterboxes()}
    found = [
        letter(boxes[one.target], one, newsroom.watches.with_ids(one.alerts), settings)
        for one in newsroom.deliveries.waiting(due=now.isoformat())
        if one.target in boxes
    ]
    for box in boxes.values():
        _, letters, alerts = gather(newsroom, box, now, coming) or (box, [], [])
        by_id = {one.id: one for one in alerts}
        found += [letter(box, one, [by_id[name] for name in one.alerts], settings) for one in letters]
    return found


def send_letters(
    newsroom: Newsroom,
    settings: Settings,
    *,
    clock: Callable[[], datetime],
    environ: Mapping[str, str],
    seed: str = "",
    context: ssl.SSLContext | None = None,
) -> Sent:
    """Send the letters that are due, the oldest first. A server that fails is not asked again in this round."""
    boxes = {one.id: one for one in newsroom.deliveries.letterboxes()}
    due = [one for one in newsroom.deliveries.waiting(due=clock().isoformat()) if one.target in boxes]
    total = Sent()
    server: Server | None = None
    for number, one in enumerate(due[:MOST_LETTERS]):
        at, began = clock(), time.perf_counter()
        try:
            server = server or server_of(settings, environ)
            message = letter(boxes[one.target], one, newsroom.watches.with_ids(one.alerts), settings)
            outcome = send(server, message, boxes[one.target].address, context=context)
        except SettingsError as error:
            outcome = Outcome(None, str(error))
        made = Attempt(
            delivery=one.id,
            number=one.tries + 1,
            at=at.isoformat(),
            status=outcome.status,
            milliseconds=round((time.perf_counter() - began) * 1000),
            said=outcome.said[:LONGEST_SAID],
        )
        tried = replace(one, tries=one.tries + 1, said=made.said)
        if outcome.taken:
            tried = replace(tried, state="done")
        elif outcome.final:
            tried = replace(tried, state="dead", said=f"given up: {made.said}")
        else:
            tried = put_off(tried, at, None, seed)
        down = outcome.status is None and tried.state == "waiting"
        behind = [replace(other, due=max(other.due, tried.due)) for other in due[number + 1 :]] if down else []
        newsroom.deliveries.keep_attempt(tried, made, also=behind)
        waits, dead = tried.state == "waiting", tried.state == "dead"
        total = total.plus(Sent(done=int(outcome.taken), put_off=int(waits) + len(behind), given_up=int(dead)))
        if down:
            break
    return total
