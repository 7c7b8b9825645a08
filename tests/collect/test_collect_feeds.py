from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from shida.collect import collect
from shida.collect.feed_caps import capped
from shida.collect.feed_process import FeedProcess
from shida.collect.feeds import parse_feed
from shida.collect.markup import to_text
from shida.net import Limits
from shida.records import ARTICLE_JSON, Dropped, Page, Submission

LIMITS = Limits()

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>质量观察</title><link>https://example.cn/</link>
<item><title>三地抽查&lt;b&gt;童装&lt;/b&gt;</title><link>https://example.cn/a?x=1&amp;y=2</link>
<pubDate>Sun, 22 Nov 2026 00:30:00 GMT</pubDate>
<description>摘要</description>
<content:encoded><![CDATA[<p>三地抽查童装，{odd}字也在。</p><script>alert(1)</script><p>第二段。</p>]]></content:encoded></item>
<item><title>无日期的一条</title><link>/relative</link><description>正文一句。</description></item>
<item><title>没有时区</title><link>javascript:alert(1)</link><pubDate>2026-11-20 23:30:00</pubDate></item>
<item></item>
</channel></rss>"""

DATE = "2026-11-22T00:00:00Z"
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>标准消息</title><updated>2026-11-22T00:00:00Z</updated>
<entry><title type="html">国家标准&amp;lt;发布&amp;gt;</title><link href="https://example.cn/s/1"/>
<published>2026-11-21T20:00:00+08:00</published><updated>2026-11-22T00:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>一批国家标准发布。</p><p>明年实施。</p></div></content>
</entry></feed>"""


def entries(path: Path, limits: Limits = LIMITS) -> tuple[list[Submission], list[Dropped]]:
    items = list(collect(path, limits=limits))
    for item in items:
        if isinstance(item, Page):
            assert item.media_type == ARTICLE_JSON
    return (
        [msgspec.json.decode(i.content, type=Submission) for i in items if isinstance(i, Page)],
        [i for i in items if isinstance(i, Dropped)],
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "utf-16"])
def test_rss_gives_an_article_an_entry(tmp_path: Path, encoding: str) -> None:
    # 镕 and 喆 are not in GB 2312, yet feeds that say gb2312 have them.
    text = RSS.format(encoding=encoding, odd="镕喆")
    file = tmp_path / "feed.xml"
    file.write_bytes(text.encode(encoding if encoding.startswith("utf") else "gbk"))
    (first, second, third), dropped = entries(file)
    assert first.title == "三地抽查童装"
    assert first.text == "三地抽查童装，镕喆字也在。\n第二段。"
    assert first.published == "2026-11-22T08:30:00+08:00"
    assert (first.url, first.source) == ("https://example.cn/a?x=1&y=2", "质量观察")
    assert (second.published, second.url) == (None, "https://example.cn/relative")
    assert (third.published, third.url, third.text) == ("2026-11-20T23:30:00+08:00", None, None)
    assert [drop.reason for drop in dropped] == ["no_text"]


def test_atom_gives_an_article_an_entry(tmp_path: Path) -> None:
    file = tmp_path / "a.atom"
    file.write_text(ATOM)
    (first,), dropped = entries(file)
    assert not dropped
    assert first.text == "一批国家标准发布。\n明年实施。"
    assert (first.published, first.source) == ("2026-11-21T20:00:00+08:00", "标准消息")


def test_character_references_that_name_nothing_do_not_cost_the_feed(tmp_path: Path) -> None:
    file = tmp_path / "a.rss"
    file.write_text(
        "<rss version='2.0'><channel><title>t</title>"
        "<item><title>&#55357;&#56832;质量&#2000000;&#xD800;月&#x1F600;&#1;&#20013;</title></item></channel></rss>"
    )
    (first,), dropped = entries(file)
    assert not dropped
    assert first.title == "😀质量��月😀�中"


def test_json_feed(tmp_path: Path) -> None:
    file = tmp_path / "feed.json"
    items = [
        {
            "id": "1",
            "url": "https://example.cn/1",
            "title": "甲",
            "content_html": "<p>一</p><p>二",
            "date_published": DATE,
        },
        {"id": 2, "content_text": "只有正文", "url": "javascript:x", "unknown": [1]},
        {"id": "3"},
        "not an item",
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "质量观察", "items": items}
    file.write_bytes(msgspec.json.encode(feed))
    (first, second), dropped = entries(file)
    assert (first.text, first.published, first.source) == ("一\n二", "2026-11-22T08:00:00+08:00", "质量观察")
    assert (second.text, second.url) == ("只有正文", None)
    assert [drop.reason for drop in dropped] == ["no_text"]
    file.write_bytes(b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 100_000)
    assert [drop.reason for drop in entries(file)[1]] == ["bad_feed"]


def test_entries_past_the_limit_are_told_of(tmp_path: Path) -> None:
    items = "".join(f"<item><title>第{n}条</title></item>" for n in range(12))
    file = tmp_path / "a.rss"
    file.write_text(f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>")
    found, dropped = entries(file, Limits(feed_entries=10))
    assert len(found) == 10
    assert [drop.reason for drop in dropped] == ["too_many"]
    assert "2 entries" in dropped[0].detail


def test_no_feed_at_all(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text("<rss>")
    assert [drop.reason for drop in entries(file)[1]] == ["bad_feed"]


def test_a_24k_author_does_not_cost_the_feed(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    for long in ("a" * 24_000, "<![CDATA[" + "a." * 12_000 + "]]>", "<name>" + "a-" * 12_000 + "</name>"):
        file.write_text(
            RSS.format(encoding="utf-8", odd="好").replace("<description>", f"<author>{long}</author><description>")
        )
        began = time.monotonic()
        found, _ = entries(file)
        assert len(found) == 3
        assert time.monotonic() - began < 8


def hostile() -> dict[str, str]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    item = "<item><title>{}</title></item>"
    return {
        "entities": f'<?xml version="1.0"?><!DOCTYPE r [{laughs}]><rss><channel><title>&l11;</title></channel></rss>',
        "outside": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<rss><channel><title>t</title><item><title>&x;</title></item></channel></rss>",
        "depth": "<rss><channel><title>t</title>" + item.format("<div>" * 100_000) + "</channel></rss>",
        "unclosed": "<rss><channel><title>t</title>" + "<item><author>" * 50_000,
        "brackets": "<rss><channel><title>t</title><item><description>" + "<" * 500_000,
        "attributes": "<rss><channel><title "
        + " ".join(f"a{n}='x'" for n in range(50_000))
        + ">t</title></channel></rss>",
        "dates": "<rss><channel><title>t</title><item><pubDate>" + "1" * 200_000 + "</pubDate></item></channel></rss>",
    }


@pytest.mark.parametrize("name", sorted(hostile()))
def test_a_hostile_feed_ends_in_time(tmp_path: Path, name: str) -> None:
    file = tmp_path / "a.xml"
    file.write_text(hostile()[name])
    began = time.monotonic()
    items = list(collect(file, limits=Limits(worker_cpu_seconds=1)))
    assert time.monotonic() - began < 12
    assert items
    assert not any(b"root:" in item.content for item in items if isinstance(item, Page))


def test_the_worker_is_ended_at_its_limits_and_the_next_feed_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text("<rss><channel><title>t</title>" + "<item><title>x</title></item>" * 30_000)
    for limits in (Limits(worker_memory_bytes=1024 * 1024), Limits(worker_cpu_seconds=1)):
        (item,) = collect(file, limits=limits)
        assert isinstance(item, Dropped)
        assert item.reason == "hostile_feed"
    file.write_text(RSS.format(encoding="utf-8", odd="好"))
    assert len(entries(file)[0]) == 3


def test_a_worker_that_cannot_run_is_a_fault_and_no_hostile_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    process = FeedProcess()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(RuntimeError, match="exit code 1"):
        process.ask((b"{}", b"x"), 5)
    monkeypatch.undo()
    process.close()


def test_feeds_from_several_threads_are_not_mixed_up() -> None:
    def read(number: int) -> bool:
        content = f"<rss><channel><title>t{number}</title><item><title>i{number}</title></item></channel></rss>"
        feed = parse_feed(content.encode(), LIMITS)
        return (feed.title, feed.entries[0].title) == (f"t{number}", f"i{number}")

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(60)))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("甲\n\n乙", "甲\n乙"),
        ("<P>甲</P>\n <p>乙&#20057;</p>", "甲\n乙乙"),
        ("甲<!-- <p>x --> 乙", "甲 乙"),
        ("甲<style>p{}</style>乙<SCRIPT src=x>y</SCRIPT >丙", "甲乙丙"),
        ("<img alt=\"a>b\" src='x>y'>甲", "甲"),
        ("3 < 5，5 > 3", "3 < 5，5 > 3"),
        ("甲<br>乙<br/>丙", "甲\n乙\n丙"),
        ("<td>甲</td><td>乙</td>", "甲\n乙"),
        ("甲<script>没有关", "甲没有关"),
        ("甲<!-- 没有关", "甲 没有关"),
    ],
)
def test_markup_to_text(markup: str, text: str) -> None:
    assert to_text(markup) == text


@pytest.mark.parametrize("unit", ["<", "<a ", '<a "', "<!--", "<script>", "</script", "&amp", "<p>x</p>", "'\"<a "])
def test_markup_and_caps_are_linear(unit: str) -> None:
    def cost(times: int) -> float:
        began = time.process_time()
        to_text(unit * times)
        capped(b"<author>" + unit.encode() * times)
        return time.process_time() - began

    small, large = min(cost(20_000) for _ in range(3)), min(cost(80_000) for _ in range(3))
    assert large < max(small * 10, 0.2)
