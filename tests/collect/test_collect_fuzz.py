"""Whatever comes from outside, nothing here raises, hangs or loses the order of things."""

from __future__ import annotations

import contextlib
import gzip
import json
import re
import time
from itertools import pairwise
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from shida.collect.counts import Tally
from shida.collect.feed_caps import capped, mended
from shida.collect.feed_dates import iso_date
from shida.collect.feed_worker import read_feed
from shida.collect.feeds import FeedRequest
from shida.collect.gzips import Gunzip
from shida.collect.hints import address_shapes, feeds_named
from shida.collect.json_lists import json_links
from shida.collect.links import article_links
from shida.collect.looks import leads_nowhere
from shida.collect.markup import to_text
from shida.collect.opml import Subscription, parse_opml, write_opml
from shida.collect.own_sources import name_of, sources_of, toml_of
from shida.collect.sitemaps import parse_sitemap
from shida.collect.sniffing import kind_of
from shida.collect.submissions import lines, take_json, take_jsonl
from shida.collect.units import unit_addresses, unit_markup
from shida.collect.warc import unwrapped
from shida.errors import InputError
from shida.net import Limits
from shida.records import Dropped, Page, Source

SOURCE_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
LIMITS = Limits()
TOKENS = (
    '<a href="', "<a href='/x/2026.html'>", "</a>", "<!--", "-->", "<![CDATA[", "]]>", "<script>", "</script",
    "<style ", "&#", "&amp;", "&#x110000;", "&#55357;", '"', "'", ">", "<", "/>", "<p", "质量月", "\0", "\ufffd",
    "\u2028", "<item>", "</item>", "<title>", "<author>", "</author>", "<rss>", "<channel>", "<url>", "<loc>",
    "</loc>", "</url>", "<urlset>", "<outline xmlUrl='http://a'", "<?xml version='1.0' encoding='gb2312'?>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "http://[", "\r\n", " ", "2026-11-22", "<base href=", "title=",
    "<link>", "<pubDate>", "x" * 50,
)  # fmt: skip
markup = st.lists(st.sampled_from(TOKENS) | st.text(max_size=8), max_size=60).map("".join)
encoded = st.builds(
    lambda text, charset: text.encode(charset, "replace"),
    markup,
    st.sampled_from(["utf-8", "gb18030", "big5", "utf-16"]),
)
anything = st.binary(max_size=400) | encoded


@given(anything, st.text(max_size=20), st.none() | st.text(max_size=20))
def test_kind_of(head: bytes, name: str, media_type: str | None) -> None:
    assert kind_of(head, name=name, media_type=media_type)


@given(markup)
@settings(max_examples=300)
def test_markup(text: str) -> None:
    plain = to_text(text)
    assert "\n\n" not in plain
    assert plain == plain.strip()


@given(anything)
def test_caps_only_shorten(content: bytes) -> None:
    assert len(capped(content)) <= len(content)
    assert capped(content) == content or len(content) > 1_000
    assert mended(mended(content)) == mended(content)


@given(st.text(max_size=120) | st.from_regex(r"\A\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d [A-Z+0-9]{1,5}\Z"))
def test_dates(text: str) -> None:
    date = iso_date(text)
    assert date is None or date[:4].isdigit()


@given(anything)
def test_sitemaps_and_opml(content: bytes) -> None:
    assert all(entry.url.startswith("http") for entry in parse_sitemap(content, url="https://example.cn/s").pages)
    assert all(feed.feed.startswith("http") for feed in parse_opml(content).feeds)


@given(
    st.lists(st.builds(Subscription, feed=st.from_regex(r"\Ahttps://[a-z&<>\"']{1,9}\Z"), title=st.text(max_size=20)))
)
def test_opml_there_and_back(feeds: list[Subscription]) -> None:
    back = parse_opml(write_opml(feeds, "t").encode())
    assert back.broken is None
    assert [feed.feed for feed in back.feeds] == list(dict.fromkeys(feed.feed for feed in feeds))


@given(markup)
@settings(max_examples=200)
def test_links(text: str) -> None:
    for shapes in ((), ("http*://*/x/[*",)):
        for link in article_links(text, "https://example.cn/list", shapes):
            assert link.url.startswith(("http://", "https://"))


@given(anything, st.none() | st.sampled_from(["gb2312", "x", "utf-8"]))
@settings(max_examples=80, deadline=None)
def test_feeds(content: bytes, charset: str | None) -> None:
    request = FeedRequest(url="https://example.cn/f", charset=charset, entries=5, cpu_seconds=5, memory_bytes=1 << 30)
    feed = read_feed(content, request)
    assert len(feed.entries) <= 5
    for entry in feed.entries:
        assert entry.link is None or entry.link.startswith(("http://", "https://"))


@given(st.binary(max_size=3_000), st.lists(st.integers(0, 3_100), max_size=5), st.integers(0, 3_000))
def test_gunzip_gives_what_was_there(plain: bytes, cuts: list[int], end: int) -> None:
    packed = gzip.compress(plain)
    at = sorted({0, len(packed), *(cut for cut in cuts if cut < len(packed))})
    whole = Gunzip([packed[a:b] for a, b in pairwise(at)])
    assert (b"".join(whole), whole.problem) == (plain, None)
    cut = Gunzip([packed[:end]])
    assert plain.startswith(b"".join(cut))
    assert cut.problem == (None if end == 0 or end >= len(packed) else "truncated_gzip")
    damaged = Gunzip([b"\x1f\x8b" + plain])
    list(damaged)


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=6))
def test_lines_are_those_of_split(content: bytes, cuts: list[int]) -> None:
    at = sorted({0, len(content), *(cut for cut in cuts if cut < len(content))})
    pieces = [content[a:b] for a, b in pairwise(at)]
    expected = content.split(b"\n")
    assert list(lines(pieces, 10_000)) == (expected[:-1] if expected[-1] == b"" else expected)
    assert [line for line in lines(pieces, 5) if line is not None and len(line) > 5] == []


json_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "title", "text", "x"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(st.lists(json_value | st.text(max_size=30), max_size=8), st.binary(max_size=30))
@example(["\ud800"], b"")
def test_every_line_gives_one_item_in_its_place(values: list[object], noise: bytes) -> None:
    rows = [json.dumps(value).encode() for value in values] + [noise.replace(b"\n", b" ")]
    items = list(take_jsonl([b"\n".join(rows)], "f", 10_000, Tally()))
    filled = [number for number, row in enumerate(rows, 1) if row.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r")]
    assert [(item.name if isinstance(item, Page) else item.record) for item in items] == [f"f:{n}" for n in filled]
    assert all(isinstance(item, Page | Dropped) for item in take_json(b"[" + b",".join(rows) + b"]", "f", Tally()))


@given(anything, st.text(max_size=10), st.text(max_size=10))
def test_http_bodies_of_a_crawl(body: bytes, transfer: str, encoding: str) -> None:
    unwrapped(body, transfer, encoding, LIMITS)
    unwrapped(body, "chunked", "gzip", LIMITS)


def test_links_of_a_page_made_to_be_slow() -> None:
    for unit in ("<a href='x", "<a ", "<a href=1>", "<base ", "<a title='", "<a href='/2026/1.html'>"):
        began = time.process_time()
        article_links(unit * 20_000, "https://example.cn/")
        assert time.process_time() - began < 2, unit


@given(markup, st.sampled_from(["https://example.cn/", "https://example.cn/a/b.html?c#d", "x", ""]))
@settings(deadline=None)
def test_what_a_list_page_names_besides(text: str, url: str) -> None:
    for address in (*unit_addresses(text, url), *feeds_named(text, url)):
        assert address.startswith(("http://", "https://"))
    for shape in address_shapes(text, url):
        assert "*" in shape.shape
    assert isinstance(unit_markup(text.encode("utf-8", "replace")), str)


@given(
    json_value | st.lists(st.fixed_dictionaries({"url": st.text(max_size=20), "title": st.text(max_size=20)})), anything
)
@settings(deadline=None)
def test_lists_in_json(value: object, content: bytes) -> None:
    for link in json_links(json.dumps(value).encode(), "https://example.cn/list.json") or ():
        assert link.url.startswith(("http://", "https://"))
    json_links(content, "https://example.cn/")
    unit_markup(content)


@given(st.text(max_size=80) | st.from_regex(r"\Ahttps?://[a-z.:/?&=0-9]{0,60}\Z"), st.text(max_size=80))
@settings(deadline=None)
def test_addresses_of_lists(asked: str, final: str) -> None:
    with contextlib.suppress(ValueError):
        leads_nowhere(asked, final)
    assert SOURCE_NAME.match(name_of(asked))


@given(anything)
@settings(deadline=None)
def test_sources_of_ones_own(content: bytes) -> None:
    with contextlib.suppress(InputError):
        for source in sources_of(content, Path("sources.toml")).sources:
            assert sources_of(toml_of(source).encode(), Path("again")).sources == (source,)


@given(
    st.builds(
        Source,
        name=st.from_regex(SOURCE_NAME, fullmatch=True),
        title=st.text(min_size=1, max_size=20),
        url=st.just("https://example.cn/"),
        links=st.lists(st.text(min_size=1, max_size=10), max_size=2).map(tuple),
        gap_seconds=st.none() | st.floats(0, 600, allow_nan=False),
        unverified=st.booleans(),
        note=st.text(max_size=20),
    )
)
@settings(deadline=None)
def test_a_source_is_written_so_that_it_reads_the_same(source: Source) -> None:
    back = sources_of(toml_of(source).encode("utf-8", "surrogatepass"), Path("sources.toml")).sources
    assert back == (source,)
