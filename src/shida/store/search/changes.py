"""Two inventories → what changed between them and on which day: the change time of records that have none of their own.

The index compares inventories whenever it is brought up, so it knows of every article, story, fact and edition that is
other than before, or no longer there. It lies in the index's commit and is kept when the index is made anew from one
that can still be read. Where it is lost, it begins again: `since` says from which day on it is whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

MOST = 200_000
"""Changes kept, and as many that are gone; the oldest are forgotten, whole days at a time."""


class Changes(msgspec.Struct, frozen=True):
    """`uid` → the day (ISO) of its last change, since the day on which this began."""

    since: str
    """What changed before this day is not known; everything of that day or later is here."""
    changed: dict[str, str] = {}
    gone: dict[str, str] = {}


def noted(before: Changes | None, old: Mapping[str, str], new: Mapping[str, str], day: str) -> Changes:
    """What is known of changes after the inventory went from `old` to `new` on `day`.

    >>> first = noted(None, {}, {"story:a": "1", "story:b": "1"}, "2026-11-20")
    >>> then = noted(first, {"story:a": "1", "story:b": "1"}, {"story:b": "2"}, "2026-11-22")
    >>> then.since, then.changed, then.gone
    ('2026-11-21', {'story:b': '2026-11-22'}, {'story:a': '2026-11-22'})
    """
    if before is None:
        return Changes(since=_after(day))
    changed, gone = dict(before.changed), dict(before.gone)
    for one, token in new.items():
        if old.get(one) != token and ":" in one:  # the line that stands for all facts is no record
            changed[one] = day
            gone.pop(one, None)
    for one in old:
        if one not in new and ":" in one:
            gone[one] = day
            changed.pop(one, None)
    since = before.since
    for days in (changed, gone):
        if len(days) > MOST:
            cut = sorted(days.values(), reverse=True)[MOST]
            since = max(since, _after(cut))
    if since != before.since:
        changed = {one: on for one, on in changed.items() if on >= since}
        gone = {one: on for one, on in gone.items() if on >= since}
    return Changes(since=since, changed=changed, gone=gone)


def _after(day: str) -> str:
    """The next day (ISO): of the first one only a part was seen."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
