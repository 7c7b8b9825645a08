"""Newest articles, of all fields and of each → feeds; the list of all feeds as OPML."""

from __future__ import annotations

from typing import Any

from shida.publish.addresses import safe_url, word_stem
from shida.publish.build import Build
from shida.publish.feeds import SIZE, FeedItem, atom, json_feed, opml, rss
from shida.publish.wire import Line

MAX_FIELDS = 20


def feed_lines(build: Build) -> dict[str, list[Line]]:
    """Field ("" for all) → the newest articles of our own in it."""
    found: dict[str, list[Line]] = {"": []}
    for line in build.lines:
        if not line.record or not line.published:
            continue
        story = build.index.stories.get(build.index.home.get(line.record, ""))
        for name in ("", *(story.fields if story else ())):
            lines = found.setdefault(name, []) if len(found) <= MAX_FIELDS else found.get(name, [])
            if len(lines) < SIZE:
                lines.append(line)
    return found


def feed_links(build: Build) -> list[dict[str, str]]:
    """Every feed: what it is called, and where its three forms stand."""
    rows = []
    for name in feed_lines(build):
        files = ("feed.xml", "atom.xml", "feed.json")
        if name:
            files = tuple(f"feed/{word_stem(name)}.{form}" for form in ("rss.xml", "atom.xml", "json"))  # type: ignore[assignment]
        rows.append({"field": name, "words": name or "全部", "rss": files[0], "atom": files[1], "json": files[2]})
    return rows


def feed_files(build: Build) -> None:
    """RSS, Atom and JSON Feed of all fields and of each, the page that lists them, and the OPML."""
    base, lines_of = build.shell.base, feed_lines(build)
    links = feed_links(build)
    for row in links:
        title = build.shell.title + (f" · {row['field']}" if row["field"] else "")
        items = [
            FeedItem(
                line.record, line.href, line.title, build.summaries.get(line.record, ""), line.published, line.source
            )
            for line in lines_of[row["field"]]
        ]
        build.folder.put(row["rss"], rss(title, base, row["rss"], "", items, build.as_of))
        build.folder.put(row["atom"], atom(title, base, row["atom"], "", items, build.as_of))
        build.folder.put(row["json"], json_feed(title, base, row["json"], "", items))
    sources: list[tuple[str, str]] = [
        (row.name, address) for row in build.content.sources if (address := safe_url(row.address))
    ]
    own = [(f"{build.shell.title} · {row['words']}", base + row["rss"]) for row in links]
    build.folder.put("sources.opml", opml(build.shell.title, own, sorted(sources)))
    context: dict[str, Any] = {"feeds": links, "sources": len(sources)}
    build.listed("feeds.html")
    build.page("feeds.html", "feeds.html", **context)
