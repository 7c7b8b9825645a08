from __future__ import annotations

import time
from pathlib import Path

import pytest

from shida.collect import collect
from shida.collect.opml import Subscription, parse_opml, write_opml
from shida.collect.sitemaps import MAX_ADDRESSES, parse_sitemap
from shida.net import Limits
from shida.records import Dropped

SITEMAP = """<?xml version="1.0" encoding="{encoding}"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://example.cn/old</loc><lastmod>2020-01-01</lastmod></url>
<url><loc> https://example.cn/new </loc><image:image><image:loc>https://example.cn/p.png</image:loc></image:image>
<news:news><news:publication_date>2026-11-22T08:00:00+08:00</news:publication_date><news:title>质量月</news:title></news:news></url>
<url><loc>/relative</loc></url><url><loc>javascript:alert(1)</loc></url><url></url>
</urlset>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_a_sitemap_newest_first(encoding: str) -> None:
    content = SITEMAP.format(encoding=encoding).encode("gbk" if encoding == "gb2312" else encoding)
    sitemap = parse_sitemap(content, url="https://example.cn/sitemap.xml")
    assert [entry.url for entry in sitemap.pages] == [
        "https://example.cn/new",
        "https://example.cn/old",
        "https://example.cn/relative",
    ]
    assert (sitemap.pages[0].title, sitemap.pages[0].published) == ("质量月", "2026-11-22T08:00:00+08:00")


def test_a_sitemap_index_and_a_cut_one() -> None:
    index = b"<sitemapindex><sitemap><loc>https://example.cn/1.xml</loc></sitemap><sitemap><loc>https://exa"
    sitemap = parse_sitemap(index)
    assert [entry.url for entry in sitemap.maps] == ["https://example.cn/1.xml"]
    assert sitemap.broken


def test_more_addresses_than_the_protocol_allows() -> None:
    content = "<urlset>" + "".join(f"<url><loc>http://example.cn/{n}</loc></url>" for n in range(MAX_ADDRESSES + 5))
    sitemap = parse_sitemap(content.encode() + b"</urlset>")
    assert (len(sitemap.pages), sitemap.left_out) == (MAX_ADDRESSES, 5)


def test_opml_there_and_back() -> None:
    feeds = (
        Subscription(
            feed="https://example.cn/f?a=1&b=2", title='"质量"<月>', site="https://example.cn/", category="部委/质量"
        ),
        Subscription(feed="https://example.cn/g", title="标准\x00消息"),
    )
    back = parse_opml(write_opml(feeds, "我的源 & 其他").encode())
    assert back.broken is None
    assert set(back.feeds) == {feeds[0], Subscription(feed="https://example.cn/g", title="标准消息")}


def test_opml_of_other_readers() -> None:
    content = """<?xml version="1.0"?><OPML version="1.0"><head><title>x</title></head><body>
    <outline title="新闻"><outline type="rss" TEXT="甲" XMLURL="http://example.cn/1"/></outline>
    <outline text="乙" xmlUrl="http://example.cn/2" /><outline text="again" xmlUrl="http://example.cn/1"/>
    <outline text="bad" xmlUrl="javascript:x"/></body></OPML>"""
    assert [(f.title, f.category) for f in parse_opml(content.encode()).feeds] == [("甲", "新闻"), ("乙", "")]


def hostile_xml() -> dict[str, str]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    quadratic = f'<!DOCTYPE u [<!ENTITY a "{"x" * 50_000}">]>'
    outside = '<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd"> %remote;]>'
    return {
        "laughs": f'<?xml version="1.0"?><!DOCTYPE u [{laughs}]><urlset><url><loc>&l11;</loc></url></urlset>',
        "quadratic": f"{quadratic}<urlset><url><loc>{'&a;' * 20_000}</loc></url></urlset>",
        "outside": f"{outside}<urlset><url><loc>http://example.cn/&x;</loc></url></urlset>",
        "depth": "<urlset>" + "<a>" * 100_000,
        "attributes": "<urlset " + " ".join(f"a{n}='{n}'" for n in range(30_000)) + "/>",
        "text": "<urlset><url><loc>" + "x" * 5_000_000,
        "comments": "<urlset>" + "<!-- x -->" * 50_000,
    }


@pytest.mark.parametrize("name", sorted(hostile_xml()))
def test_hostile_xml_ends_within_a_second(name: str) -> None:
    content = hostile_xml()[name].encode()
    for parse in (parse_sitemap, parse_opml):
        began = time.process_time()
        result = parse(content)
        assert time.process_time() - began < 1.5
        assert "root:" not in repr(result)


def test_a_list_within_a_folder_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml").write_text(SITEMAP.format(encoding="utf-8"))
    (item,) = collect(tmp_path, limits=Limits())
    assert isinstance(item, Dropped)
    assert item.reason == "names_addresses"
