"""What a page says of itself in its head: <title>, <meta>, OpenGraph, JSON-LD, canonical address."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser

from shida.read.lines import attribute

JSON_LONGEST = 500_000
_ARTICLES = frozenset([
    "Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle", "WebPage",
    "DiscussionForumPosting",
])  # fmt: skip
_DATE_NAMES = (
    "firstpublishedtime", "article:published_time", "og:article:published_time", "og:release_date", "og:published_time",
    "datepublished", "pubdate", "publishdate", "publish_date", "publish-date", "dc.date.issued",
    "dcterms.issued", "dc.date", "article.published", "weibo: article:create_at", "weibo:article:create_at",
    "bytedance:published_time", "sailthru.date", "date", "createdate", "og:time", "publication_date",
    "parsely-pub-date", "article:create_at",
)  # fmt: skip
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?\Z")
_COMMA = re.compile(r",\s{0,50}([}\]])")
_SOURCE_NAMES = ("contentsource", "source", "mediaid", "og:article:source", "article:source", "dc.source")
_AUTHOR_NAMES = ("author", "og:article:author", "article:author", "dc.creator", "byl")
_TITLE_NAMES = ("articletitle", "og:title", "twitter:title", "dc.title", "headline")
_SECTION_NAMES = ("article:section", "columnname", "og:article:section", "section")
_NAMES = frozenset([
    *_DATE_NAMES, *_SOURCE_NAMES, *_AUTHOR_NAMES, *_TITLE_NAMES, *_SECTION_NAMES, "og:site_name", "og:url",
])  # fmt: skip


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What the head says; nothing of it is checked against the page yet."""

    title: str | None = None
    """<title> as it stands."""
    named_title: str | None = None
    """og:title, ArticleTitle or JSON-LD headline."""
    published: str | None = None
    published_how: str | None = None
    source: str | None = None
    author: str | None = None
    section: str | None = None
    body: str | None = None
    """JSON-LD articleBody: the text, where a script would have shown it."""
    url: str | None = None


def metadata_of(tree: LexborHTMLParser) -> Metadata:
    """The head's words about the page."""
    names: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        content = attributes.get("content") or ""
        name = (name or "").strip().lower()
        if name in _NAMES and name not in names and (text := " ".join(content.split())):
            names[name] = text[:500]
    linked = _json_ld(tree)
    title = tree.css_first("title")
    published = _text(linked.get("datePublished"))
    how = "json-ld" if published else None
    if not published:
        published = _first(names, _DATE_NAMES)
        how = "meta" if published else None
    if not published:
        published = _timed(tree)
        how = "meta" if published else None
    published = _moment(published) if published else None
    author = linked.get("author")
    canonical = tree.css_first("link[rel=canonical]")
    url = attribute(canonical, "href") if canonical else ""
    return Metadata(
        title=" ".join(title.text().split())[:500] if title else None,
        named_title=_text(linked.get("headline")) or _first(names, _TITLE_NAMES),
        published=published,
        published_how=how,
        source=_first(names, _SOURCE_NAMES) or _name(linked.get("publisher")) or names.get("og:site_name"),
        author=_name(author) or _first(names, _AUTHOR_NAMES),
        body=_body(linked.get("articleBody")),
        section=_text(linked.get("articleSection")) or _first(names, _SECTION_NAMES),
        url=url if url.startswith(("http://", "https://")) else names.get("og:url"),
    )


def _decoded(text: str) -> Any:
    """JSON; also with line ends inside texts or a comma too many, which is none and yet on many pages."""
    try:
        return msgspec.json.decode(text.encode("utf-8", "ignore"))
    except (msgspec.DecodeError, RecursionError):
        try:
            return json.loads(_COMMA.sub(r"\1", text), strict=False)
        except (ValueError, RecursionError):
            return None


def _timed(tree: LexborHTMLParser) -> str | None:
    """The page's one <time datetime>, or the one that is said to be its own."""
    if tree.css_first("[datetime]") is None:
        return None
    for selector in ("[itemprop=datePublished]", "time[pubdate]", "time"):
        found = {value for node in tree.css(f"{selector}[datetime]")[:10] if (value := attribute(node, "datetime"))}
        if len(found) == 1:
            return found.pop()[:100]
    return None


def _moment(text: str) -> str:
    """A declared time; seconds or milliseconds since 1970 as ISO."""
    if not _EPOCH.match(text):
        return text
    return datetime.fromtimestamp(int(text[:10]), UTC).isoformat(timespec="seconds")


def _first(names: dict[str, str], wanted: tuple[str, ...]) -> str | None:
    return next((names[name] for name in wanted if name in names), None)


def _json_ld(tree: LexborHTMLParser) -> dict[str, Any]:
    """The first JSON-LD object that describes an article."""
    for node in tree.css('script[type="application/ld+json"]')[:20]:
        text = node.text()
        if len(text) > JSON_LONGEST:
            continue
        data = _decoded(text.strip().rstrip(";"))
        queue = data if isinstance(data, list) else [data]
        for item in queue[:50]:
            if not isinstance(item, dict):
                continue
            graph = item.get("@graph")
            for thing in graph[:50] if isinstance(graph, list) else [item]:
                if isinstance(thing, dict) and _is_article(thing.get("@type")):
                    return thing
    return {}


def _is_article(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(one, str) and one in _ARTICLES for one in kinds)


def _text(value: Any) -> str | None:
    return " ".join(value.split())[:500] or None if isinstance(value, str) else None


def _body(value: Any) -> str | None:
    return value if isinstance(value, str) and len(value) >= 60 else None


def _name(value: Any) -> str | None:
    """A person's or an organisation's name, however it is wrapped."""
    if isinstance(value, list):
        names = [name for one in value[:10] if (name := _name(one))]
        return " ".join(names) or None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)
