"""Editions and their versions → pages with a permanent address; a correction is listed, never silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from shida.publish.addresses import edition_file
from shida.publish.cards import card_file
from shida.publish.index import Index, counts_words
from shida.publish.wording import day_words, place_words, span_words
from shida.records import Edition

STATES = {
    "draft": "草稿",
    "nominated": "提名",
    "voting": "投票中",
    "decided": "已定",
    "published": "已发布",
    "corrected": "已更正",
}


def by_edition(editions: Iterable[Edition]) -> dict[str, list[Edition]]:
    """Id → its versions, oldest first; the newest edition first."""
    found: dict[str, dict[int, Edition]] = defaultdict(dict)
    for edition in editions:
        found[edition.id][edition.version] = edition
    histories = {name: [versions[number] for number in sorted(versions)] for name, versions in found.items()}
    return dict(sorted(histories.items(), key=lambda pair: (pair[1][-1].as_of, pair[0]), reverse=True))


def differences(old: Edition, new: Edition) -> list[str]:
    """What changed between two versions, in sentences.

    >>> from shida.records import EditionEntry, Period
    >>> year = Period(name="2025", first="2025-01-01", last="2025-12-31")
    >>> def with_title(title):
    ...     entry = EditionEntry(place=1, story="s", title=title)
    ...     return Edition(id="e", name="", period=year, field=None, as_of="", entries=(entry,))
    >>> one, two = with_title("甲"), with_title("乙")
    >>> differences(one, two)
    ['第 1 条题目由“甲”改为“乙”。']
    """
    before = {entry.story: entry for entry in old.entries}
    after = {entry.story: entry for entry in new.entries}
    said = []
    for story, entry in after.items():
        was = before.get(story)
        if was is None:
            said.append(f"新增第 {entry.place} 条“{entry.title}”。")
            continue
        if was.place != entry.place:
            said.append(f"“{entry.title}”由第 {was.place} 位改为第 {entry.place} 位。")
        if was.title != entry.title:
            said.append(f"第 {entry.place} 条题目由“{was.title}”改为“{entry.title}”。")
        if was.lead != entry.lead:
            said.append(f"第 {entry.place} 条提要已改。")
    said.extend(
        f"撤下“{entry.title}”（原第 {entry.place} 条）。" for story, entry in before.items() if story not in after
    )
    if old.name != new.name:
        said.append(f"名称由“{old.name}”改为“{new.name}”。")
    return said


def edition_context(versions: list[Edition], shown: Edition, index: Index) -> dict[str, Any]:
    """What the page of one version shows, with the line of all versions."""
    latest = versions[-1]
    at = versions.index(shown)
    entries = []
    for entry in sorted(shown.entries, key=lambda entry: entry.place):
        story = index.stories.get(entry.story)
        entries.append(
            {
                "rank": entry.place,
                "place": place_words(entry.place),
                "title": entry.title or "（无题）",
                "lead": entry.lead,
                "href": index.story_href(entry.story, entry.articles),
                "counts": counts_words(story) if story else f"{len(entry.articles)} 篇",
            }
        )
    return {
        "name": shown.name,
        "span": span_words(shown.period),
        "field": shown.field or "",
        "as_of": day_words(shown.as_of),
        "state": STATES[shown.state],
        "version": shown.version,
        "latest": None if shown is latest else {"version": latest.version, "href": edition_file(latest.id)},
        "versions": [
            {
                "version": edition.version,
                "href": edition_file(edition.id, edition.version),
                "here": edition is shown,
                "state": STATES[edition.state],
                "changes": differences(versions[number - 1], edition) if number else [],
            }
            for number, edition in enumerate(versions[: at + 1] if shown is not latest else versions)
        ],
        "decisions": [
            {"step": STATES.get(made.step, made.step), "by": made.by, "on": day_words(made.on), "reason": made.reason}
            for made in shown.decisions
        ],
        "entries": entries,
    }


def edition_shares(edition: Edition, index: Index) -> list[float]:
    """How much was written about each line of an edition, for its card: originals, one at least."""
    return [
        max(1.0, float(sum(member.copy_of is None for member in story.members)))
        if (story := index.stories.get(entry.story))
        else max(1.0, float(len(entry.articles)))
        for entry in sorted(edition.entries, key=lambda entry: entry.place)
    ]


def edition_rows(histories: dict[str, list[Edition]]) -> list[dict[str, Any]]:
    """One row for each edition, for the list of editions."""
    return [
        {
            "name": versions[-1].name,
            "href": edition_file(name),
            "card": card_file(edition_file(name)),
            "span": span_words(versions[-1].period),
            "field": versions[-1].field or "",
            "state": STATES[versions[-1].state],
            "version": versions[-1].version,
            "size": len(versions[-1].entries),
            "public": versions[-1].state in ("published", "corrected"),
        }
        for name, versions in histories.items()
    ]
