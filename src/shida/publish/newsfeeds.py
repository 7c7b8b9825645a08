"""Newest articles, of everything, of each field and of each topic → feeds; the list of all feeds as OPML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from shida.publish.addresses import safe_url, top_file, word_stem
from shida.publish.build import Build
from shida.publish.feeds import SIZE, FeedItem, atom, json_feed, opml, rss
from shida.publish.wire import Line

MAX_FIELDS = 20
GROUPS = {"": "全部", "field": "各领域", "topic": "各专题"}
"""Kinds of channels as the page of feeds calls them."""
FORMS = {"rss": "rss.xml", "atom": "atom.xml", "json": "json"}


class Channel(NamedTuple):
    """A stream of articles that can be subscribed to."""

    kind: str
    """`field`, `topic`, or "" for everything."""
    name: str = ""

    def files(self) -> dict[str, str]:
        """Its three forms and where each stands.

        >>> Channel("topic", "标准").files()["json"], Channel("field", "质量").files()["rss"]
        ('feed/topic-biaozhun.json', 'feed/zhiliang.rss.xml')
        """
        if not self.kind:
            return {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
        start = "topic-" if self.kind == "topic" else ""
        return {form: f"feed/{start}{word_stem(self.name)}.{end}" for form, end in FORMS.items()}


EVERYTHING = Channel("")


def channel_lines(build: Build, topics: Iterable[str]) -> dict[Channel, list[Line]]:
    """The newest articles of our own: all of them, those of each field, and those of each of `topics`."""
    found: dict[Channel, list[Line]] = {EVERYTHING: []}
    narrow: dict[Channel, list[Line]] = {Channel("topic", name): [] for name in topics}
    for line in build.lines:
        if not line.record or not line.published:
            continue
        name = build.index.home.get(line.record, "")
        story = build.index.stories.get(name)
        for field in story.fields if story else ():
            if len(found) <= MAX_FIELDS:
                found.setdefault(Channel("field", field), [])
        own = [EVERYTHING, *(Channel("field", field) for field in (story.fields if story else ()))]
        for channel in own:
            if channel in found and len(found[channel]) < SIZE:
                found[channel].append(line)
        for topic in build.index.topics.get(name, ()):
            lines = narrow.get(Channel("topic", topic))
            if lines is not None and len(lines) < SIZE:
                lines.append(line)
    return found | {channel: lines for channel, lines in narrow.items() if lines}


def feed_files(build: Build) -> None:
    """RSS, Atom and JSON Feed of every channel, the page that lists them, and the OPML."""
    base = build.shell.base
    for channel, lines in build.feeds.items():
        title = build.shell.title + (f" · {channel.name}" if channel.name else "")
        home = channel_home(build, channel)
        items = [
            FeedItem(
                line.record, line.href, line.title, build.summaries.get(line.record, ""), line.published, line.source
            )
            for line in lines
        ]
        files = channel.files()
        build.folder.put(files["rss"], rss(title, base, files["rss"], home, items, build.as_of))
        build.folder.put(files["atom"], atom(title, base, files["atom"], home, items, build.as_of))
        build.folder.put(files["json"], json_feed(title, base, files["json"], home, items))
    sources: list[tuple[str, str]] = [
        (row.name, address) for row in build.content.sources if (address := safe_url(row.address))
    ]
    own = [
        (f"{build.shell.title} · {channel.name or GROUPS['']}", base + channel.files()["rss"])
        for channel in build.feeds
    ]
    build.folder.put("sources.opml", opml(build.shell.title, own, sorted(sources)))
    rows = [{"words": channel.name or GROUPS[""], "kind": channel.kind} | channel.files() for channel in build.feeds]
    groups = [
        {"words": words, "rows": found}
        for kind, words in GROUPS.items()
        if (found := [row for row in rows if row["kind"] == kind])
    ]
    context: dict[str, Any] = {"groups": groups, "sources": len(sources)}
    build.listed("feeds.html")
    build.page("feeds.html", "feeds.html", **context)


def channel_home(build: Build, channel: Channel) -> str:
    """The page that shows what a feed carries."""
    if channel.kind == "topic":
        return f"topic/{word_stem(channel.name)}.html"
    if channel.kind == "field":
        for (_, area), ranking in build.content.rankings.items():
            if area == channel.name:
                return top_file(ranking.period.name, area)
    return ""
