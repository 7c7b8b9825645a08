"""How long to wait after a failure: longer each time, never at the same moment for all, and at an end some day."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

WAITS = (60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds after the first failure, the second, …: about three days in all. Standard Webhooks proposes such a row."""

MOST_TRIES = len(WAITS) + 1
"""After so many failures a delivery is given up and kept, with the reason."""

JITTER = 0.25
"""Part of a wait that is added at most."""


def wait_seconds(tries: int, name: str, seed: str = "") -> float | None:
    """Seconds until the next attempt after `tries` failures; None where it is to be given up.

    The part that is left to chance comes from `name` and `seed`, so that it is the same each time it is asked for.

    >>> wait_seconds(1, "n-1.h-1") == wait_seconds(1, "n-1.h-1"), 60 <= (wait_seconds(1, "n-1.h-1") or 0) <= 75
    (True, True)
    >>> wait_seconds(MOST_TRIES, "n-1.h-1") is None
    True
    """
    if tries >= MOST_TRIES:
        return None
    drawn = int.from_bytes(hashlib.sha256(f"{seed}\0{name}\0{tries}".encode()).digest()[:4]) / 2**32
    return WAITS[tries - 1] * (1 + JITTER * drawn)


def later(now: datetime, seconds: float) -> str:
    """The time so many seconds after `now`, rounded up, as times are kept.

    >>> later(datetime.fromisoformat("2026-11-22T12:00:00+08:00"), 59.5)
    '2026-11-22T12:01:00+08:00'
    """
    return (now.replace(microsecond=0) + timedelta(seconds=int(-(-seconds // 1)))).isoformat()
