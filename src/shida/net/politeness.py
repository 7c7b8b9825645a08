"""One request to a host at a time, with a pause between two."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

MAX_HOSTS = 50_000
"""Hosts remembered; the longest idle are forgotten first."""


class Turns:
    """Who may speak to which host. Belongs to one event loop; `free_at` (host → when) may outlive it."""

    def __init__(self, gap: float, clock: Callable[[], float], free_at: dict[str, float]) -> None:
        self._gap = gap
        self._clock = clock
        self._locks: dict[str, asyncio.Lock] = {}
        self._free_at = free_at

    @asynccontextmanager
    async def turn(self, host: str, pause: float = 0.0) -> AsyncIterator[None]:
        """Wait until nobody speaks to `host` and its pause (the longer of ours and `pause`) is over; then hold it."""
        lock = self._locks.setdefault(host, asyncio.Lock())
        async with lock:
            wait = self._free_at.get(host, 0.0) - self._clock()
            if wait > 0:
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                self._free_at[host] = self._clock() + max(self._gap, pause)
                self._forget()

    def hold_off(self, host: str, seconds: float) -> None:
        """Do not speak to `host` for `seconds`: it asked for that."""
        self._free_at[host] = max(self._free_at.get(host, 0.0), self._clock() + seconds)

    def _forget(self) -> None:
        if len(self._free_at) <= MAX_HOSTS:
            return
        now = self._clock()
        for host in [host for host, free in self._free_at.items() if free <= now]:
            if host not in self._locks or not self._locks[host].locked():
                del self._free_at[host]
                self._locks.pop(host, None)
