"""collect() on addresses: it stands with the tests of the net room because both need the web of our own."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from local_web import LOOPBACK, LocalWeb, Reply

from shida.collect import collect
from shida.errors import InputError
from shida.net import Client, Limits
from shida.records import ARTICLE_JSON, Dropped, Page, Submission

QUICK = Limits(host_gap_seconds=0, total_seconds=5, idle_seconds=2)
HTML = "<html><title>质量</title><body>各地启动质量月。</body></html>".encode("gbk")


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    with LocalWeb() as web:
        yield web


def taken(url: str, limits: Limits = QUICK) -> list[Page | Dropped]:
    return list(collect(url, limits=limits, client=Client(limits, allow=LOOPBACK)))


def test_one_page(web: LocalWeb) -> None:
    web["/r"] = Reply(status=302, headers={"Location": "/a.html?x=1"})
    web["/a.html?x=1"] = Reply(
        HTML, content_type="text/html; charset=gb2312", headers={"Date": "Sun, 22 Nov 2026 12:00:00 GMT"}
    )
    (page,) = taken(web.url("/r"))
    assert isinstance(page, Page)
    assert (page.content, page.charset, page.media_type) == (HTML, "gb2312", "text/html")
    assert page.url == page.name == web.url("/a.html?x=1")
    assert page.fetched == "2026-11-22T20:00:00+08:00"


@pytest.mark.parametrize("status", [401, 403, 404, 410, 418, 429, 451, 500, 503])
def test_an_address_without_a_page_says_what_to_do(web: LocalWeb, status: int) -> None:
    web["/a"] = Reply(b"<p>error page</p>", status=status)
    with pytest.raises(InputError, match=f"{status}, .*[.]"):
        taken(web.url("/a"))


def test_a_feed_brings_its_pages_and_stands_in_for_those_that_fail(web: LocalWeb) -> None:
    items = "".join(
        f"<item><title>第{n}条</title><link>{link}</link><description>摘要{n}</description></item>"
        for n, link in enumerate(["/1", "/404", "http://10.0.0.1/", "/pdf", "/late", ""])
    )
    web["/feed"] = Reply(
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>观察</title>{items}</channel></rss>".encode(),
        content_type="text/html",
    )
    web["/1"] = Reply(HTML)
    web["/pdf"] = Reply(b"%PDF-1.7", content_type="application/pdf")
    web["/late"] = Reply(HTML)
    limits = Limits(host_gap_seconds=0, linked_pages=4)
    got = taken(web.url("/feed"), limits)
    kinds = [item.reason if isinstance(item, Dropped) else item.media_type for item in got]
    assert kinds == [
        "text/html",
        ARTICLE_JSON,
        "http_404",
        ARTICLE_JSON,
        "private_address",
        ARTICLE_JSON,
        "binary",
        ARTICLE_JSON,
        ARTICLE_JSON,
    ]
    first, second = got[0], got[1]
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (first.url, first.source) == (web.url("/1"), "观察")
    assert msgspec.json.decode(second.content, type=Submission).url == web.url("/404")
    assert "/late" not in web.paths()


def test_jsonl_and_packed_pages_over_the_network(web: LocalWeb) -> None:
    web["/a.jsonl.gz"] = Reply(gzip.compress(b'{"title":"a"}\nx\n{"title":"b"}'), content_type="application/gzip")
    got = taken(web.url("/a.jsonl.gz"))
    assert [item.reason if isinstance(item, Dropped) else item.name[-2:] for item in got] == [":1", "bad_json", ":3"]
    web["/a.html.gz"] = Reply(gzip.compress(HTML)[:-4], content_type="application/gzip")
    page, cut = taken(web.url("/a.html.gz"))
    assert isinstance(page, Page)
    assert isinstance(cut, Dropped)
    assert (page.content, cut.reason) == (HTML, "truncated_gzip")


def test_what_is_no_page_is_refused(web: LocalWeb) -> None:
    web["/pic"] = Reply(b"\x89PNG\r\n\x1a\n" + bytes(50), content_type="text/html")
    web["/big"] = Reply(b"<p>" + b"x" * 3000)
    limits = Limits(host_gap_seconds=0, page_bytes=2000, feed_bytes=10_000)
    for path, reason in (("/pic", "binary"), ("/big", "too_large")):
        (item,) = taken(web.url(path), limits)
        assert isinstance(item, Dropped)
        assert item.reason == reason


def test_a_reader_that_stops_early_leaves_nothing_open(web: LocalWeb) -> None:
    web["/feed"] = Reply(
        b"<rss><channel><title>t</title><item><title>1</title></item><item><title>2</title></item></channel></rss>"
    )
    collection = collect(web.url("/feed"), limits=QUICK, client=Client(QUICK, allow=LOOPBACK))
    assert isinstance(next(collection), Page)
    collection.close()
    assert collection.counts.pages == 1


def test_a_sitemap_index_leads_to_pages(web: LocalWeb) -> None:
    web["/sitemap.xml"] = Reply(
        b"<sitemapindex><sitemap><loc>/1.xml.gz</loc></sitemap><sitemap><loc>/gone.xml</loc></sitemap></sitemapindex>"
    )
    entries = "".join(f"<url><loc>/p{n}</loc><lastmod>2026-11-0{n}</lastmod></url>" for n in (1, 2, 3))
    web["/1.xml.gz"] = Reply(gzip.compress(f"<urlset>{entries}</urlset>".encode()), content_type="application/gzip")
    web["/p2"] = Reply(HTML)
    web["/p3"] = Reply(HTML)
    got = taken(web.url("/sitemap.xml"), Limits(host_gap_seconds=0, linked_pages=2))
    assert [item.reason if isinstance(item, Dropped) else (item.url or "")[-3:] for item in got] == [
        "/p3",
        "/p2",
        "too_many",
        "http_404",
    ]


def test_an_opml_file_has_its_feeds_fetched(web: LocalWeb, tmp_path: Path) -> None:
    web["/feed"] = Reply(b"<rss><channel><title>t</title><item><title>one</title></item></channel></rss>")
    file = tmp_path / "feeds.opml"
    file.write_text(
        f"<opml><body><outline xmlUrl='{web.url('/feed')}'/><outline xmlUrl='{web.url('/gone')}'/></body></opml>"
    )
    got = list(collect(file, limits=QUICK, client=Client(QUICK, allow=LOOPBACK)))
    assert [item.reason if isinstance(item, Dropped) else item.media_type for item in got] == [ARTICLE_JSON, "http_404"]
