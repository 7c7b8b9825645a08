"""Requests and feeds on standard input → Feeds as JSON on standard output. Run by `shida.collect.feed_process` only.

The limits on CPU and memory are set before the feed is looked at; the kernel ends the process at them.
"""

from __future__ import annotations

import math
import signal
import sys
from typing import Any

import feedparser
import msgspec

from shida.collect.feed_caps import capped, mended, too_deep
from shida.collect.feed_dates import iso_date
from shida.collect.feed_process import LENGTH_BYTES, TOO_MUCH
from shida.collect.feed_values import MAX_LINK, Feed, FeedEntry, absolute
from shida.collect.feeds import FeedRequest
from shida.collect.markup import to_text
from shida.collect.xml_leaves import XML_DECLARATION
from shida.text.charset import decode

MAX_TEXT = 200_000
"""Characters kept of one entry's text."""
MAX_TITLE = 1_000
DATE_FIELDS = ("published", "updated", "created")


class TooDeep(Exception):
    """The feed is nested as no honest feed is; it is not given to feedparser."""


def limit_resources(cpu_seconds: float, memory_bytes: int) -> None:
    """Have the kernel end this process once it has used so much from now on; 0 seconds: stop counting.

    The timer counts CPU to the millisecond, RLIMIT_CPU to the second, in case the timer is lost. Only soft limits are
    set, so the next feed can have its own. Where there are none (Windows), the clock of the asking side still ends
    the process.
    """
    try:
        import resource
    except ImportError:
        return
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime + cpu_seconds) + 1 if cpu_seconds else resource.RLIM_INFINITY
    for limit, value in ((resource.RLIMIT_CPU, until), (resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (value, resource.getrlimit(limit)[1]))


def read_feed(content: bytes, request: FeedRequest) -> Feed:
    """The feed as feedparser reads it, in plain text and ISO dates."""
    headers = {"content-type": f"application/xml; charset={request.charset}"} if request.charset else {}
    if request.url:
        headers["content-location"] = request.url
    if b"\0" in content[:1_000]:  # UTF-16 or UTF-32: in UTF-8 the same patterns do for it
        content = XML_DECLARATION.sub("", decode(content, request.charset).text, count=1).encode("utf-8", "replace")
        headers.pop("content-type", None)
    if too_deep(content):
        raise TooDeep
    parsed = feedparser.parse(
        mended(capped(content)), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    about = parsed.get("feed", {})
    base = request.url or _text(about, "link", MAX_LINK)
    entries = parsed.get("entries", [])
    return Feed(
        title=_plain(about, "title", MAX_TITLE),
        link=absolute(_text(about, "link", MAX_LINK), base),
        entries=tuple(_entry(entry, base) for entry in entries[: request.entries]),
        left_out=max(0, len(entries) - request.entries),
    )


def _entry(entry: Any, base: str | None) -> FeedEntry:
    published = (iso_date(written) for name in DATE_FIELDS if (written := _text(entry, name, 200)))
    return FeedEntry(
        title=_plain(entry, "title", MAX_TITLE),
        text=_body(entry),
        published=next((date for date in published if date), None),
        link=absolute(_text(entry, "link", MAX_LINK), base),
    )


def _body(entry: Any) -> str | None:
    """The longest text the entry carries: its content, else its summary."""
    contents = entry.get("content") or []
    values = [part.get("value") for part in contents if hasattr(part, "get")]
    values.append(entry.get("summary"))
    texts = [to_text(value[: 4 * MAX_TEXT])[:MAX_TEXT] for value in values if isinstance(value, str)]
    return max(texts, key=len, default="") or None


def _plain(of: Any, name: str, limit: int) -> str | None:
    text = _text(of, name, 20 * limit)
    return " ".join(to_text(text).split())[:limit] or None if text else None


def _text(of: Any, name: str, limit: int) -> str | None:
    value = of.get(name)
    return value[:limit] if isinstance(value, str) else None


def frame() -> bytes | None:
    """The next frame of standard input; None at its end."""
    length = sys.stdin.buffer.read(LENGTH_BYTES)
    return sys.stdin.buffer.read(int.from_bytes(length, "big")) if len(length) == LENGTH_BYTES else None


def main() -> None:
    """Answer requests, each followed by its feed, until standard input ends."""
    while (line := frame()) is not None and (content := frame()) is not None:
        request = msgspec.json.decode(line, type=FeedRequest)
        limit_resources(request.cpu_seconds, request.memory_bytes)
        feed: Feed | None
        try:
            feed = read_feed(content, request)
        except (MemoryError, RecursionError):
            sys.exit(TOO_MUCH)
        except TooDeep:
            feed = None
        except Exception:  # feedparser raises what its parsers raise; a feed it gives up on is a bad feed
            feed = Feed()
        answer = msgspec.json.encode(feed) if feed is not None else b""
        limit_resources(0.0, request.memory_bytes)
        sys.stdout.buffer.write(len(answer).to_bytes(LENGTH_BYTES, "big") + answer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
