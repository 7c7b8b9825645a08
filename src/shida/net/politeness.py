"""One request to a host at a time, with a pause between two: for all clients of this process together."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from yarl import URL

MAX_HOSTS = 50_000
"""Hosts remembered; the longest idle are forgotten first."""
LOOK_SECONDS = 0.02
"""How often a client looks whether another client of the process has left a host."""


class Hosts:
    """Which hosts are spoken to now, and when each may be spoken to again. Safe to share between threads."""

    def __init__(self) -> None:
        self.free_at: dict[str, float] = {}
        self._busy: set[str] = set()
        self._guard = threading.Lock()

    def take(self, host: str) -> bool:
        """Hold the host; False where another holds it."""
        with self._guard:
            if host in self._busy:
                return False
            self._busy.add(host)
            return True

    def leave(self, host: str, free_at: float, now: float) -> None:
        """Let the host go; nobody takes a turn with it before `free_at`."""
        with self._guard:
            self._busy.discard(host)
            self.free_at[host] = max(self.free_at.get(host, 0.0), free_at)
            if len(self.free_at) > MAX_HOSTS:
                self.free_at = {name: at for name, at in self.free_at.items() if at > now or name in self._busy}


OF_THIS_PROCESS = Hosts()


def host_of(url: URL) -> str:
    """The server an address is on: http and https on their usual ports are one, another port is another.

    >>> host_of(URL("http://example.cn./a")) == host_of(URL("https://example.cn/"))
    True
    >>> host_of(URL("http://example.cn:8080/"))
    'example.cn:8080'
    """
    host = (url.host or "").rstrip(".").lower()
    return host if url.port in (80, 443, None) else f"{host}:{url.port}"


class Turns:
    """Who may speak to which host. Belongs to one event loop; `hosts` may be shared with others."""

    def __init__(self, clock: Callable[[], float], hosts: Hosts) -> None:
        self._clock = clock
        self._hosts = hosts
        self._lines: dict[str, asyncio.Lock] = {}

    @asynccontextmanager
    async def turn(self, host: str, pause: float) -> AsyncIterator[None]:
        """Wait until nobody speaks to `host` and its pause is over; hold it, and then leave it alone for `pause`."""
        line = self._lines.setdefault(host, asyncio.Lock())  # first come, first served
        async with line:
            while not self._hosts.take(host):
                await asyncio.sleep(LOOK_SECONDS)
            free_at = self._hosts.free_at.get(host, 0.0)
            try:
                wait = free_at - self._clock()
                if wait > 0:
                    await asyncio.sleep(wait)
                free_at = self._clock()
                try:
                    yield
                finally:
                    free_at = self._clock() + pause
            finally:
                self._hosts.leave(host, free_at, self._clock())
        if len(self._lines) > MAX_HOSTS:
            self._lines = {name: lock for name, lock in self._lines.items() if lock.locked()}

    def hold_off(self, host: str, seconds: float) -> None:
        """Do not speak to `host` for `seconds`: it asked for that."""
        until = self._clock() + seconds
        self._hosts.free_at[host] = max(self._hosts.free_at.get(host, 0.0), until)
