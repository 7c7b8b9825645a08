"""Pages → JSON-LD (schema.org), written so that nothing in it can end the script element."""

from __future__ import annotations

from typing import Any

import msgspec

from shida.publish.addresses import article_file, safe_url
from shida.publish.feeds import moment
from shida.publish.wording import day_of
from shida.records import Article

_ESCAPES = tuple((char.encode(), f"\\u{ord(char):04x}".encode()) for char in "<>&\u2028\u2029")


def as_script(thing: dict[str, Any]) -> str:
    """JSON for a `<script type="application/ld+json">`.

    >>> as_script({"name": "</script><b>"})
    '{"name":"\\\\u003c/script\\\\u003e\\\\u003cb\\\\u003e"}'
    """
    text = msgspec.json.encode(thing)
    for char, escaped in _ESCAPES:
        text = text.replace(char, escaped)
    return text.decode()


def article_thing(article: Article, title: str, base: str, publisher: str) -> str:
    """A NewsArticle: what, when, by whom, and the page it is based on."""
    thing: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title[:110],
        "url": base + article_file(article.id),
        "inLanguage": "zh-Hans",
        "publisher": {"@type": "Organization", "name": publisher, "url": base},
    }
    if article.published and len(day_of(article.published)) == 10:
        thing["datePublished"] = moment(article.published).isoformat()
    if article.author:
        thing["author"] = [{"@type": "Person", "name": article.author}]
    elif article.source:
        thing["author"] = [{"@type": "Organization", "name": article.source}]
    if url := safe_url(article.url):
        thing["isBasedOn"] = url
    return as_script(thing)


def list_thing(name: str, base: str, path: str, rows: list[dict[str, Any]]) -> str:
    """An ItemList: the lines of a Top Ten or an edition, the first one first."""
    items: list[dict[str, Any]] = []
    for row in rows:
        item: dict[str, Any] = {"@type": "ListItem", "position": row["rank"], "name": row["title"]}
        if row["href"]:
            item["url"] = base + row["href"]
        items.append(item)
    return as_script(
        {
            "@context": "https://schema.org",
            "@type": "ItemList",
            "name": name,
            "url": base + path,
            "inLanguage": "zh-Hans",
            "itemListOrder": "https://schema.org/ItemListOrderDescending",
            "numberOfItems": len(items),
            "itemListElement": items,
        }
    )


def collection_thing(name: str, base: str, path: str, rows: list[dict[str, Any]]) -> str:
    """A CollectionPage: the stories of a topic, in the order of the page."""
    items = [
        {"@type": "ListItem", "position": place, "name": row["title"], "url": base + row["href"]}
        for place, row in enumerate(rows, 1)
        if row["href"]
    ]
    return as_script(
        {
            "@context": "https://schema.org",
            "@type": "CollectionPage",
            "name": name,
            "url": base + path,
            "inLanguage": "zh-Hans",
            "mainEntity": {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items},
        }
    )


def legislation_thing(title: str, base: str, path: str, row: dict[str, Any]) -> str:
    """A Legislation: what is known of a document. `row`: its row in the register."""
    thing: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": title,
        "url": base + path,
        "inLanguage": "zh-Hans",
    }
    if row["number"]:
        thing["legislationIdentifier"] = row["number"]
    dates = {act["act"]: act["date"] for act in row["life"] if act["date"]}
    for acts, name in ((("印发", "发布", "公布"), "datePublished"), (("施行", "实施"), "legislationDateVersion")):
        day = next((dates[act] for act in acts if act in dates), None)
        if day and len(day) == 10:
            thing[name] = day
    return as_script(thing)


def series_thing(what: str, unit: str, base: str, path: str, publisher: str) -> str:
    """A Dataset: the values of one quantity."""
    return as_script(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": what,
            "description": f"{what}：历次数值，逐条附原句。",
            "url": base + path,
            "inLanguage": "zh-Hans",
            "variableMeasured": {"@type": "PropertyValue", "name": what, **({"unitText": unit} if unit else {})},
            "creator": {"@type": "Organization", "name": publisher},
        }
    )


def register_thing(name: str, base: str, path: str, publisher: str) -> str:
    """A Dataset: one of the registers."""
    return as_script(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": f"{publisher} · {name}",
            "description": f"{name}：从稿件中读出，逐条附原句。",
            "url": base + path,
            "inLanguage": "zh-Hans",
            "creator": {"@type": "Organization", "name": publisher},
        }
    )
