"""Every feed, map and description of every page against a schema (tests/publish/schemas), hostile titles included."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import paper_newsroom
import pytest
from lxml import etree
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from shida.pack import load_packs
from shida.publish import Content, publish
from shida.settings import Settings

SCHEMAS = Path(__file__).parent / "schemas"
BASE = "https://news.example.org/ten/"
ODD = "甲]]>&amp;<b>\x0b“‮ ابج"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small newsroom with the packs' topics, and one article whose title is all that XML cannot stand."""
    out = tmp_path_factory.mktemp("valid") / "site"
    content = paper_newsroom.small_newsroom()
    articles = list(content.articles)
    articles[0] = replace(articles[0], title=ODD, source=ODD)
    given = Content(**{**content.__dict__, "articles": articles})
    publish(given, out, settings=Settings(site_url=BASE), pack=load_packs(), as_of=paper_newsroom.AS_OF)
    return out


def schema(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / f"{name}.rng"))


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("atom", ("atom.xml", "feed/*.atom.xml")),
        ("rss", ("feed.xml", "feed/*.rss.xml")),
        ("sitemap", ("sitemap*.xml",)),
        ("opml", ("*.opml",)),
    ],
)
def test_xml_is_valid(site: Path, name: str, files: tuple[str, ...]) -> None:
    rules = schema(name)
    found = [file for pattern in files for file in sorted(site.glob(pattern))]
    assert found
    wrong = [(file.name, str(rules.error_log)) for file in found if not rules.validate(etree.parse(file))]
    assert wrong == []


def test_a_schema_refuses_what_is_wrong() -> None:
    broken = '<rss version="2.0"><channel><title>甲</title></channel></rss>'
    assert not schema("rss").validate(etree.fromstring(broken))
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>甲</title><id>tag:a,2026:b</id></feed>'
    assert not schema("atom").validate(etree.fromstring(feed))


def test_json_feeds_are_valid(site: Path) -> None:
    rules = json.loads((SCHEMAS / "json-feed.json").read_text("utf-8"))
    files = [site / "feed.json", *sorted((site / "feed").glob("*.json"))]
    assert len(files) > 4
    for file in files:
        jsonschema.validate(json.loads(file.read_bytes()), rules)


def described(file: Path) -> list[Any]:
    page = LexborHTMLParser(file.read_text("utf-8"))
    return [json.loads(node.text()) for node in page.css('script[type="application/ld+json"]')]


def test_what_pages_say_of_themselves_is_valid(site: Path) -> None:
    rules = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "linked.json").read_text("utf-8")))
    kinds: dict[str, int] = {}
    for file in sorted(site.rglob("*.html")):
        for thing in described(file):
            errors = [error.message for error in rules.iter_errors(thing)]
            assert errors == [], file
            kinds[thing["@type"]] = kinds.get(thing["@type"], 0) + 1
    assert set(kinds) == {"NewsArticle", "ItemList", "CollectionPage", "Dataset", "Legislation"}
    with pytest.raises(jsonschema.ValidationError):
        rules.validate({"@context": "https://schema.org", "@type": "NewsArticle", "url": "javascript:1"})


def test_what_is_listed_of_a_ten_stands_on_the_page(site: Path) -> None:
    page = LexborHTMLParser((site / "top/2026-w47-zhiliang.html").read_text("utf-8"))
    thing = described(site / "top/2026-w47-zhiliang.html")[0]
    links = [node.attributes["href"] or "" for node in page.css(".list h2 a")]
    assert [item["url"].removeprefix(BASE) for item in thing["itemListElement"]] == [
        link.removeprefix("../") for link in links
    ]
