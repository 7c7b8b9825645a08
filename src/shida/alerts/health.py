"""Saved searches, hooks and letterboxes → how each fares, in a sentence, and what ails."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from shida.alerts.keys import open_to_others
from shida.records import Hook, Letterbox, Record
from shida.settings import Settings
from shida.store import Newsroom

LATE = timedelta(hours=24)
"""Something that waits longer than this ails, whatever its next attempt brings."""


class TargetHealth(Record, frozen=True, kw_only=True):
    """How a hook or a letterbox fares."""

    id: str
    kind: Literal["hook", "letterbox"]
    where: str
    """Its address, for the eyes of whoever runs the newsroom."""
    owner: str
    state: Literal["fine", "failing", "off"]
    sentence: str
    waiting: int = 0
    done: int = 0
    dead: int = 0
    last: str | None = None
    """When the last delivery was made."""


def healths(newsroom: Newsroom) -> list[TargetHealth]:
    """Every hook and letterbox."""
    store = newsroom.deliveries
    counts = store.counts()
    found = []
    targets: list[Hook | Letterbox] = [*store.hooks(), *store.letterboxes()]
    for one in targets:
        own = counts.get(one.id, {})
        last = store.last_of(one.id)
        waiting, dead = own.get("waiting", 0), own.get("dead", 0)
        state: Literal["fine", "failing", "off"] = "fine"
        sentence = "nothing was sent yet" if last is None else f"{own.get('done', 0):,} sent"
        if isinstance(one, Hook) and one.off:
            state, sentence = "off", one.off
        elif last is not None and (dead or (last.tries and last.state != "done")):
            state, sentence = "failing", last.said if last.state != "done" else f"{dead:,} given up"
        found.append(
            TargetHealth(
                id=one.id,
                kind="letterbox" if isinstance(one, Letterbox) else "hook",
                where=one.address if isinstance(one, Letterbox) else one.url,
                owner=one.owner,
                state=state,
                sentence=sentence,
                waiting=waiting,
                done=own.get("done", 0),
                dead=dead,
                last=last.made if last is not None else None,
            )
        )
    return found


def ailments(newsroom: Newsroom, settings: Settings, now: datetime) -> list[str]:
    """What keeps alerts from arriving, a sentence each with what to do; nothing where all is well."""
    store = newsroom.deliveries
    found = []
    fares = healths(newsroom)
    known = {one.id for one in fares}
    for one in fares:
        if one.state == "off":
            found.append(f"hook {one.id} is off ({one.sentence}). Turn it on: shida alerts resume {one.id}")
        if one.kind == "hook" and open_to_others(newsroom.home, one.id):
            found.append(
                f"the secret of hook {one.id} can be read by others. Run: chmod -R go= {newsroom.home}/secrets"
            )
    dead = [one for one in store.dead() if one.target in known]
    if dead:
        found.append(
            f"{len(dead):,} deliveries were given up, the last to {dead[-1].target}: {dead[-1].said}. "
            "See: shida alerts; send them again: shida alerts retry"
        )
    old = (now - LATE).isoformat()
    late = [one for one in store.waiting() if one.made < old]
    if late:
        found.append(
            f"{len(late):,} deliveries wait since {late[0].made[:16]}, {late[0].tries} attempts: "
            f"{late[0].said or 'none was sent; run shida alerts send from cron'}"
        )
    if store.letterboxes() and not (settings.smtp_host and settings.mail_from):
        found.append("there are letterboxes, and smtp_host or mail_from is not set. Write both into shida.toml.")
    return found
