"""When to visit a source, and how it fares: pace, rhythm, Health. Pure: the time is an argument.

States are kept by the caller between rounds; a round gives a new one for each source it visited.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from shida.records import Record, Source, SourceState

MIN_POLL_MINUTES = 30
"""No list is asked for more often, whatever a source's file says."""
MAX_BACK_OFF = timedelta(hours=24)
FAILING_AFTER = 3
"""Failures in a row before a source counts as failing: one or two are weather."""
RHYTHM_KEPT = 40
"""Arrivals remembered: enough for a weekly source's rhythm over most of a year."""
RHYTHM_NEEDED = 5
"""Arrivals before a source's own rhythm is known."""
NEWEST_READ = 10
BODIES_NEEDED = 3
"""Pages of a source that must have been read before it is said that none has a body."""
QUIET_FACTOR = 3.0
QUIET_AT_LEAST = timedelta(days=2)
"""A weekend without news is no alarm."""


HealthState = Literal["new", "well", "quiet", "redesigned", "failing"]


class Health(Record, frozen=True, kw_only=True):
    """How a source is, and why."""

    source: str
    state: HealthState
    sentence: str
    visits: int = 0
    """Visits in a row that gave no list, or a list without articles."""
    lost: Literal["items", "dates", "bodies"] | None = None
    """What a redesign took away."""
    silent_days: int = 0
    """Days since something came."""
    usual_hours: int = 0
    """Within how many hours it usually brings something."""


def is_due(state: SourceState, now: datetime) -> bool:
    """True where the source may be visited again at `now`."""
    return state.next_due is None or datetime.fromisoformat(state.next_due) <= now


def next_visit(source: Source, failures: int, now: datetime, asked_to_wait: float = 0.0) -> str:
    """When to come again: at the source's pace, later and later while it fails, never before it asked us to.

    >>> day = datetime.fromisoformat("2026-11-22T12:00:00+08:00")
    >>> source = Source(name="a", title="A", url="https://example.cn/f", minutes=5)
    >>> next_visit(source, 0, day), next_visit(source, 3, day), next_visit(source, 0, day, 7200)
    ('2026-11-22T12:30:00+08:00', '2026-11-22T16:00:00+08:00', '2026-11-22T14:00:00+08:00')
    """
    pace = timedelta(minutes=max(source.minutes, MIN_POLL_MINUTES))
    wait = min(pace * (1 << min(failures, 10)), max(MAX_BACK_OFF, pace))
    return (now + max(wait, timedelta(seconds=asked_to_wait))).isoformat(timespec="seconds")


def arrived(state: SourceState, now: datetime) -> tuple[str, ...]:
    """The arrivals with one more."""
    return (*state.arrivals, now.isoformat(timespec="seconds"))[-RHYTHM_KEPT:]


def expected_gap(state: SourceState) -> timedelta | None:
    """The longest usual pause between two arrivals (the ninth of ten); None while too few are known."""
    times = [datetime.fromisoformat(time) for time in state.arrivals]
    gaps = sorted(later - earlier for earlier, later in pairwise(times))
    return gaps[int(len(gaps) * 0.9)] if len(times) >= RHYTHM_NEEDED else None


def health(state: SourceState, now: datetime, *, read: int = 0, bodies: int = 0) -> Health:
    """How the source is at `now`: failing, redesigned and quiet are different troubles with different cures.

    `read` is how many of its newest pages were read so far (up to `NEWEST_READ`), `bodies` how many of them gave an
    article.

    >>> health(SourceState(source="a", failures=4, trouble="404"), datetime.fromisoformat("2026-11-22T12:00:00+08:00"))
    Health(source='a', state='failing', sentence='4 visits in a row gave no list: 404', visits=4, lost=None, \
silent_days=0, usual_hours=0)
    """
    name = state.source
    if state.failures >= FAILING_AFTER:
        words = f"{state.failures} visits in a row gave no list: {state.trouble}"
        return Health(source=name, state="failing", sentence=words, visits=state.failures)
    if state.empty_lists >= (1 if state.arrivals else FAILING_AFTER):
        words = "the list is there but no articles are found in it; correct `links` or `url` of the source"
        return Health(source=name, state="redesigned", sentence=words, lost="items", visits=state.empty_lists)
    if not state.arrivals:
        return Health(source=name, state="new", sentence="nothing has come from it yet")
    if state.undated == 1.0 and state.dated_before:
        words = "none of the items has a date any more; look at the list page"
        return Health(source=name, state="redesigned", sentence=words, lost="dates")
    if read >= BODIES_NEEDED and not bodies:
        words = f"none of the last {read} pages gave an article; look at one and add or correct its page shape"
        return Health(source=name, state="redesigned", sentence=words, lost="bodies")
    gap, silence = expected_gap(state), now - datetime.fromisoformat(state.arrivals[-1])
    if gap is not None and silence > max(gap * QUIET_FACTOR, QUIET_AT_LEAST):
        words = f"nothing new for {silence.days} days; it usually brings something within {_span(gap)}"
        hours = max(1, round(gap.total_seconds() / 3600))
        return Health(source=name, state="quiet", sentence=words, silent_days=silence.days, usual_hours=hours)
    return Health(source=name, state="well", sentence=f"last new page {state.arrivals[-1]}")


def _span(gap: timedelta) -> str:
    hours = gap.total_seconds() / 3600
    return f"{hours / 24:.0f} days" if hours >= 48 else f"{max(hours, 1):.0f} hours"
