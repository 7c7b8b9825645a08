"""Bytes of a feed → Feed, or BadFeed: RSS and Atom by feedparser in a process of its own, JSON Feed here.

feedparser reads what real feeds are like, but a feed made to be slow can keep it busy for minutes, so it runs where it
can be ended: `feed_worker` limits its own CPU and memory, and this side ends it when it takes too long by the clock.
"""

from __future__ import annotations

import msgspec

from shida.collect.feed_process import FEED_PROCESS
from shida.collect.feed_values import Feed
from shida.collect.json_feeds import parse_json_feed
from shida.net.limits import MIB, Limits
from shida.records import Record

WALL_FACTOR = 8
"""How much longer than its CPU limit a worker may take by the clock, on a busy machine."""


CPU_SECONDS = 0.6
CPU_SECONDS_A_MIB = 0.9
"""CPU an honest feed may take: feedparser needs about 0.3 s a MiB, and every feed has a start to make."""


class FeedRequest(Record, frozen=True, kw_only=True):
    """What the worker is asked: sent as JSON before the bytes of the feed."""

    url: str | None
    charset: str | None
    entries: int
    cpu_seconds: float
    memory_bytes: int


class BadFeed(Exception):
    """A feed that gave nothing: `reason` to count by, the message says what and what to do."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def parse_feed(content: bytes, limits: Limits, *, url: str | None = None, charset: str | None = None) -> Feed:
    """The entries of a feed, in its order. `url` is where it came from, for relative links.

    Raises BadFeed where it is no feed, or is made so that it cannot be read within the limits.
    """
    request = FeedRequest(
        url=url,
        charset=charset,
        entries=limits.feed_entries,
        cpu_seconds=min(limits.worker_cpu_seconds, CPU_SECONDS + CPU_SECONDS_A_MIB * len(content) / MIB),
        memory_bytes=limits.worker_memory_bytes,
    )
    if content.lstrip(b" \t\r\n\xef\xbb\xbf").startswith(b"{"):
        feed = parse_json_feed(content, limits.feed_entries, url) or Feed()
    else:
        answer = FEED_PROCESS.ask((msgspec.json.encode(request), content), limits.worker_cpu_seconds * WALL_FACTOR)
        if not answer:
            raise BadFeed(
                "hostile_feed",
                f"reading it took more than {request.cpu_seconds:.1f} s of CPU or {limits.worker_memory_bytes:,} bytes "
                "of memory, or its elements lie hundreds deep, as in no honest feed of its size. Look at it in an "
                "editor; add its pages instead.",
            )
        feed = msgspec.json.decode(answer, type=Feed)
    if not feed.entries and not feed.title:
        raise BadFeed("bad_feed", "no entries could be read from this feed. Open it in a feed reader; mend or drop it.")
    return feed
