"""Feeds and metadata, read by the programs that read them elsewhere."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import paper_newsroom
import pytest
from selectolax.lexbor import LexborHTMLParser

from shida.pack import Pack
from shida.publish import publish
from shida.settings import Settings

BASE = "https://news.example.org/ten/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("feeds") / "site"
    settings = Settings(site_url=BASE)
    pack = Pack(pack_names=(), digests={})
    publish(paper_newsroom.small_newsroom(), out, settings=settings, pack=pack, as_of=paper_newsroom.AS_OF)
    return out


def parsed(file: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return feedparser.parse(file.read_bytes())


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml", "feed/zhiliang.rss.xml", "feed/guonei.atom.xml"])
def test_feeds_are_well_formed_and_complete(site: Path, name: str) -> None:
    feed = parsed(site / name)
    assert not feed.bozo
    assert feed.feed.title.startswith("十大")
    assert feed.entries
    for entry in feed.entries:
        assert entry.title
        assert entry.link.startswith(BASE)
        assert (site / entry.link.removeprefix(BASE)).is_file()
        assert entry.published_parsed
    assert [entry.published_parsed for entry in feed.entries] == sorted(
        (entry.published_parsed for entry in feed.entries), reverse=True
    )
    ids = [entry.id for entry in feed.entries]
    assert len(ids) == len(set(ids))


def test_a_feed_says_where_it_is(site: Path) -> None:
    for name in ("feed.xml", "atom.xml"):
        assert any(link.rel == "self" and link.href == BASE + name for link in parsed(site / name).feed.links)


def test_json_feed_has_what_version_1_1_asks(site: Path) -> None:
    feed = json.loads((site / "feed.json").read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == BASE + "feed.json"
    for item in feed["items"]:
        assert item["id"].startswith(BASE)
        assert item["content_text"] or item["title"]
        assert item["date_published"].endswith("+08:00")


def test_site_maps_name_every_page_once_and_nothing_else(site: Path) -> None:
    space = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    index = ElementTree.parse(site / "sitemap.xml")
    maps = [node.text or "" for node in index.iterfind("m:sitemap/m:loc", space)]
    assert maps == [BASE + "sitemap-1.xml", BASE + "sitemap-news.xml"]
    urls = [node.text or "" for node in ElementTree.parse(site / "sitemap-1.xml").iterfind("m:url/m:loc", space)]
    assert len(urls) == len(set(urls))
    pages = {
        BASE + file.relative_to(site).as_posix()
        for file in site.rglob("*.html")
        if file.relative_to(site).parts[0] not in ("hant", "original", "404.html", "search.html")
        and file.name != "s-old.html"
    }
    assert set(urls) == pages


def test_the_news_map_holds_two_days(site: Path) -> None:
    text = (site / "sitemap-news.xml").read_text("utf-8")
    assert "<news:language>zh-cn</news:language>" in text
    assert "2026-11-21T08:24:00+08:00" in text
    assert "2026-11-20" not in text


def test_linked_data_is_json_and_points_back(site: Path) -> None:
    def linked(path: str) -> Any:
        node = LexborHTMLParser((site / path).read_text("utf-8")).css_first('script[type="application/ld+json"]')
        assert node is not None
        return json.loads(node.text())

    article = linked("article/a-000.html")
    assert article["@type"] == "NewsArticle"
    assert article["isBasedOn"] == "https://news.example.org/0/0.html"
    assert article["datePublished"] == "2026-11-21T08:24:00+08:00"
    ten = linked("top/2026-w47-zhiliang.html")
    assert [item["position"] for item in ten["itemListElement"]] == list(range(1, 11))
    assert linked("hant/index.html")["inLanguage"] == "zh-Hant"
    assert linked("register/figures.html")["@type"] == "Dataset"


def test_canonical_and_alternate_addresses(site: Path) -> None:
    def links(path: str) -> list[tuple[str, str]]:
        page = LexborHTMLParser((site / path).read_text("utf-8"))
        return [
            (node.attributes.get("hreflang") or "canonical", node.attributes["href"] or "")
            for node in page.css("link[rel=canonical], link[hreflang]")
        ]

    plain, twin = BASE + "wire.html", BASE + "hant/wire.html"
    assert links("wire.html") == [("canonical", plain), ("zh-Hans", plain), ("zh-Hant", twin)]
    assert links("hant/wire.html") == [("canonical", twin), ("zh-Hans", plain), ("zh-Hant", twin)]
    assert links("story/s-old.html")[0] == ("canonical", BASE + "story/s-00.html")


def test_opml_names_the_feeds(site: Path) -> None:
    names = [node.get("xmlUrl") for node in ElementTree.parse(site / "sources.opml").iter("outline")]
    assert BASE + "feed.xml" in names
    assert BASE + "feed/keji.rss.xml" in names


def test_robots_names_the_site_map(site: Path) -> None:
    assert f"Sitemap: {BASE}sitemap.xml" in (site / "robots.txt").read_text("utf-8")
    assert (site / "llms.txt").read_text("utf-8").startswith("# 十大")


def test_a_site_below_the_root_of_its_host_has_a_404_that_finds_its_style(site: Path) -> None:
    assert 'href="/ten/static/site.css' in (site / "404.html").read_text("utf-8").replace("&#x2f;", "/")
