"""What we take from outside at most, and how long we wait: one record, made from the settings."""

from __future__ import annotations

from shida.records import Record
from shida.settings import Settings

MIB = 1024 * 1024


class Limits(Record, frozen=True, kw_only=True):
    """Bounds on everything that comes from outside. Bytes are counted after decompression; times are seconds.

    >>> Limits.of(Settings(max_page_bytes=2048)).page_bytes
    2048
    """

    page_bytes: int = 10 * MIB
    """Largest page, file or JSON line."""
    feed_bytes: int = 20 * MIB
    """Largest feed, sitemap or OPML file."""
    redirects: int = 5
    total_seconds: float = 30.0
    """For one address with all its redirects, robots.txt not counted."""
    idle_seconds: float = 10.0
    """Longest wait for a connection, and between two pieces of an answer."""
    host_gap_seconds: float = 2.0
    """Pause between two requests to the same host; robots.txt may ask for a longer one."""
    feed_entries: int = 2_000
    """Entries taken from one feed; those past it are dropped as too_many."""
    linked_pages: int = 50
    """Pages fetched for one feed or list page from the network; past it an entry stands for itself."""
    worker_cpu_seconds: int = 5
    """CPU a feed may use at most before its worker is ended; small ones may use less."""
    worker_memory_bytes: int = 1024 * MIB

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The limits that `settings` ask for."""
        return cls(page_bytes=settings.max_page_bytes, feed_bytes=settings.max_feed_bytes)
