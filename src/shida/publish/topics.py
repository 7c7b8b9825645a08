"""Stories → the pages of the packs' topics: the tree with its years, and each topic's own page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from shida.pack import Pack
from shida.publish.addresses import topic_file
from shida.publish.build import Build
from shida.publish.charts import bar, dot, series_line
from shida.publish.index import counts_words
from shida.publish.linked import collection_thing
from shida.publish.newsfeeds import Channel
from shida.publish.wording import day_of, day_words, number_words
from shida.records import Document, Period, Story

SHEET = 40
"""Stories on one page of a topic."""
YEARS = 6
"""Years side by side in the tree, the newest first: a phone shows two or three."""
WEIGHTS = 8
LEAST_TOPICS = 3
"""With fewer there is nothing to compare."""
DOCUMENTS = 8
"""Documents beside a topic's stories."""


class Branch(NamedTuple):
    """A topic with what belongs to it."""

    name: str
    field: str
    under: str | None
    stories: tuple[Story, ...]
    """Newest first."""
    years: Mapping[str, int]
    """Year → articles, copies not counted."""


def branches(stories: Sequence[Story], topics: Mapping[str, tuple[str, ...]], pack: Pack) -> dict[str, Branch]:
    """Topic → its stories and years, in the order of the packs' tree; one without stories has no page."""
    inside: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        for name in topics.get(story.id, ()):
            inside[name].append(story)
    found = {}
    for topic in pack.fields.topics:
        own = sorted(inside[topic.name], key=lambda story: (day_of(story.last), story.id), reverse=True)
        years: Counter[str] = Counter()
        for story in own:
            years.update(
                member.published[:4] for member in story.members if member.published and member.copy_of is None
            )
        found[topic.name] = Branch(topic.name, topic.field, topic.under, tuple(own), years)
    return found


def topic_pages(build: Build, found: Mapping[str, Branch]) -> None:
    """The tree of topics, and a page for every topic that has stories."""
    if not any(branch.stories for branch in found.values()):
        return
    years = sorted({year for branch in found.values() for year in branch.years})[: -YEARS - 1 : -1]
    build.listed("topics.html", build.as_of[:10])
    build.page("topics.html", "topics.html", fields=_tree(found, years), years=years, as_of=day_words(build.as_of))
    for branch in found.values():
        if branch.stories:
            _topic_pages(build, branch, found)


def period_weights(
    build: Build, found: Mapping[str, Branch], period: Period, field: str | None
) -> list[dict[str, Any]]:
    """The narrowest topics of a field (None: of all) with most articles in a period, as bars; copies not counted."""
    parents = {branch.under for branch in found.values()}
    counts: Counter[str] = Counter()
    for name, branch in found.items():
        if name in parents or field not in (None, branch.field):
            continue
        for story in branch.stories:
            if (story.last or "9")[:10] >= period.first and (story.first or "0")[:10] <= period.last:
                counts[name] += sum(
                    member.copy_of is None and period.first <= (member.published or "")[:10] <= period.last
                    for member in story.members
                )
    rows = sorted(((name, count) for name, count in counts.items() if count), key=lambda row: (-row[1], row[0]))
    if len(rows) < LEAST_TOPICS:
        return []
    return [
        {"name": name, "href": topic_file(name), "count": number_words(count), "bar": bar(count / rows[0][1])}
        for name, count in rows[:WEIGHTS]
    ]


def _tree(found: Mapping[str, Branch], years: Sequence[str]) -> list[dict[str, Any]]:
    """Fields with their topics, each a row of years; a dot's area is the share of the fullest year of its rank."""
    top = dict.fromkeys((False, True), 1)
    for branch in found.values():
        deep = branch.under is not None
        top[deep] = max(top[deep], *(branch.years.get(year, 0) for year in years), 1)
    fields: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for branch in found.values():
        deep = branch.under is not None
        fields[branch.field].append(
            {
                "name": branch.name,
                "href": topic_file(branch.name) if branch.stories else "",
                "deep": deep,
                "stories": number_words(len(branch.stories)),
                "cells": [
                    {"count": number_words(count) if count else "", "dot": dot(count / top[deep])}
                    for count in (branch.years.get(year, 0) for year in years)
                ],
            }
        )
    return [{"name": name, "rows": rows} for name, rows in fields.items()]


def _topic_pages(build: Build, branch: Branch, found: Mapping[str, Branch]) -> None:
    above: list[dict[str, str]] = []
    parent = branch.under
    while parent and parent in found:
        above.insert(0, {"name": parent, "href": topic_file(parent)})
        parent = found[parent].under
    below = [
        {"name": other.name, "href": topic_file(other.name), "count": number_words(len(other.stories))}
        for other in found.values()
        if other.under == branch.name and other.stories
    ]
    pieces = [branch.stories[start : start + SHEET] for start in range(0, len(branch.stories), SHEET)]
    series = sorted(branch.years.items())
    head: dict[str, Any] = {
        "name": branch.name,
        "field": branch.field,
        "above": above,
        "below": below,
        "stories": number_words(len(branch.stories)),
        "articles": number_words(sum(branch.years.values())),
        "chart": series_line([(year, float(count)) for year, count in series], "篇"),
        "years": [{"when": year, "words": number_words(count)} for year, count in reversed(series)],
        "feeds": Channel("topic", branch.name).files(),
        "documents": _documents(build, branch.stories),
    }
    for number, piece in enumerate(pieces, 1):
        path = topic_file(branch.name, number)
        rows = [_story_row(build, story) for story in piece]
        pages = [
            {"words": str(page), "href": topic_file(branch.name, page), "here": page == number}
            for page in range(1, len(pieces) + 1)
        ]
        build.listed(path)
        key = build.key(head if number == 1 else len(pieces), rows, pages)
        if build.kept(path, key):
            continue
        linked = collection_thing(branch.name, build.shell.base, path, rows)
        build.page(
            path,
            "topic.html",
            key,
            **head,
            rows=rows,
            first=number == 1,
            pages=pages if len(pieces) > 1 else [],
            linked=linked,
            description=f"{branch.name}：{head['stories']} 件事，{head['articles']} 篇稿件。",
        )


def _story_row(build: Build, story: Story) -> dict[str, Any]:
    return {
        "title": story.title or "（无题）",
        "href": build.index.story_href(story.id) or "",
        "day": day_words(day_of(story.last) or None),
        "counts": counts_words(story),
    }


def _documents(build: Build, stories: Sequence[Story]) -> list[dict[str, str]]:
    """The documents that a topic's newest stories name, each once."""
    rows: dict[str, str] = {}
    for story in stories:
        for fact in build.index.story_facts(story):
            if isinstance(fact, Document):
                rows.setdefault(fact.title, build.index.documents.get(fact.title) or "register/documents.html")
        if len(rows) >= DOCUMENTS:
            break
    return [{"title": f"《{title}》", "href": href} for title, href in list(rows.items())[:DOCUMENTS]]
