"""Bytes of a known kind → Pages and refusals, the same for a file and for an answer from the network."""

from __future__ import annotations

from collections.abc import Iterator

from shida.collect.counts import Tally
from shida.collect.entries import entry_page
from shida.collect.feeds import BadFeed, parse_feed
from shida.collect.pages import dropped, page
from shida.collect.sniffing import Kind, called
from shida.collect.submissions import take_json, take_jsonl
from shida.collect.warc import take_warc
from shida.net.limits import Limits
from shida.records import Dropped, Page

MEDIA_TYPES: dict[Kind, str] = {"html": "text/html", "text": "text/plain"}


def take_content(
    content: bytes,
    kind: Kind,
    *,
    name: str,
    limits: Limits,
    tally: Tally,
    url: str | None = None,
    charset: str | None = None,
    fetched: str | None = None,
) -> Iterator[Page | Dropped]:
    """The pages in `content`: one for HTML or text, one an entry for a feed, one an article for JSON."""
    match kind:
        case "html" | "text":
            yield page(content, name=name, url=url, media_type=MEDIA_TYPES[kind], charset=charset, fetched=fetched)
        case "json":
            yield from take_json(content, name, tally)
        case "jsonl":
            yield from take_jsonl([content], name, limits.page_bytes, tally)
        case "warc":
            yield from take_warc([content], name, limits)
        case "feed":
            try:
                feed = parse_feed(content, limits, url=url, charset=charset)
            except BadFeed as error:
                yield dropped(name, error.reason, f"{name}: {error}")
                return
            for number, entry in enumerate(feed.entries, 1):
                yield entry_page(entry, feed, name, number)
            if feed.left_out:
                yield too_many(name, feed.left_out, limits)
        case _:
            yield refused_kind(content, kind, name)


def too_many(name: str, left_out: int, limits: Limits) -> Dropped:
    """The refusal of entries past the limit of a feed."""
    return dropped(
        name,
        "too_many",
        f"{name}: {left_out:,} entries past the first {limits.feed_entries:,} were not taken. "
        "Split the feed or add its pages.",
    )


def refused_kind(content: bytes, kind: Kind, name: str) -> Dropped:
    """The refusal of something that holds no article we can read."""
    match kind:
        case "empty":
            return dropped(name, "empty", f"{name}: there is nothing in it. Copy or download it again.")
        case "gzip":
            return dropped(name, "nested_gzip", f"{name}: compressed twice. Unpack it once and add the result.")
        case "xml":
            return dropped(name, "unknown_xml", f"{name}: XML, but not RSS or Atom. Add the page itself.")
        case "other":
            words = "a program, a table or a setting, not an article. If it is text, rename it to .txt and add that."
            return dropped(name, "not_an_article", f"{name}: {words}")
        case "binary":
            what = called(content) or "not text"
            return dropped(name, "binary", f"{name}: {what}. Unpack it or save it as HTML or text, and add that.")
        case _:
            words = "it names addresses but holds no article. Add it by itself to have them fetched."
            return dropped(name, "names_addresses", f"{name}: {words}")
