"""Story → its page: what happened day by day, who reported it, what is stated, why it stands where it stands."""

from __future__ import annotations

from typing import Any

from shida.publish.addresses import article_file, topic_file
from shida.publish.charts import days_line
from shida.publish.facts import fact_rows
from shida.publish.index import Index, counts_words
from shida.publish.tops import ALL, reason_rows, story_moments
from shida.publish.wording import day_words
from shida.records import Entry, Member, Story

COPY_HOW = {"exact": "全文相同", "near": "文字相近", "mirror": "镜像"}
MAX_PLACES = 6
"""Places in lists whose reasons are told; the others are named."""
MAX_TOPICS = 4
MAX_SOURCES = 400
"""Originals listed on one page; the rest is counted."""
MAX_CHOICES = 40
"""Days whose sentence is explained on the page; of all others the record says it."""


def _member_row(member: Member, index: Index) -> dict[str, Any]:
    return {
        "id": member.article,
        "title": member.title or "（无题）",
        "href": article_file(member.article) if member.article in index.articles else None,
        "source": member.source or "来源未注明",
        "day": day_words(member.published),
        "how": COPY_HOW.get(member.copy_how or "", ""),
        "joined": member.joined or "",
        "copies": [],
    }


def source_rows(story: Story, index: Index) -> list[dict[str, Any]]:
    """Originals with their copies folded under them, oldest first; a copy of something elsewhere stands alone."""
    ordered = sorted(story.members, key=lambda member: (member.published or "9", member.article))
    rows = {member.article: _member_row(member, index) for member in ordered if member.copy_of is None}
    for member in ordered:
        if member.copy_of is None:
            continue
        row = _member_row(member, index)
        if member.copy_of in rows and not rows[member.copy_of]["how"]:
            above = rows[member.copy_of]
            row["joined"] = row["joined"].replace(f"与《{above['title']}》", "与上面这篇", 1)
            above["copies"].append(row)
        else:
            rows[member.article] = row
    return list(rows.values())


def lead_source(story: Story, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The row of the article that the lead was taken from; of a story told before that was kept, one that says it."""
    told = story.lead_from.article if story.lead_from else None
    told = told or next((moment.article for moment in story.timeline if moment.sentence == story.lead), None)
    everywhere = [one for row in rows for one in (row, *row["copies"])]
    named = next((row for row in everywhere if row["id"] == told), None)
    return named or next((row for row in rows if row["href"]), None)


def choices(story: Story, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Why the title, the lead and the sentences of the days are these, each with its article; nothing where a story
    was told before reasons were kept.
    """
    by_article = {one["id"]: one for row in rows for one in (row, *row["copies"])}
    told = [
        (choice.article, "", choice.why)
        for choice in (story.title_from, story.lead_from if story.lead != story.title else None)
        if choice is not None
    ]
    told += [(one.article, day_words(one.date), one.why) for one in story.timeline[:MAX_CHOICES] if one.why]
    return [{"day": day, "why": why, "row": by_article.get(article)} for article, day, why in told]


def topic_links(story: Story | None, index: Index) -> list[dict[str, str]]:
    """The topics of a story, each with its page."""
    names = index.topics.get(story.id, ()) if story else ()
    return [{"name": name, "href": topic_file(name)} for name in names[:MAX_TOPICS]]


def story_context(story: Story, index: Index, reasons: list[tuple[str, str, Entry]]) -> dict[str, Any]:
    """What a story's page shows. `reasons`: its places as (period, field, entry)."""
    rows = source_rows(story, index)
    moments = sorted(story_moments(story, index), key=lambda row: row["sort"])
    return {
        "title": story.title or "（无题）",
        "lead": story.lead if story.lead != story.title else "",
        "lead_source": lead_source(story, rows),
        "choices": choices(story, rows),
        "unexplained": max(0, len(story.timeline) - MAX_CHOICES),
        "counts": counts_words(story),
        "first": day_words(story.first),
        "last": day_words(story.last) if (story.last or "")[:10] != (story.first or "")[:10] else "",
        "fields": list(story.fields),
        "topics": topic_links(story, index),
        "life": days_line((member.published for member in story.members), story.first, story.last),
        "moments": moments,
        "sources": rows[:MAX_SOURCES],
        "unlisted": max(0, len(rows) - MAX_SOURCES),
        "facts": fact_rows(index.story_facts(story), index),
        "places": [
            {"period": period, "field": area or ALL, "rank": entry.rank, "reasons": reason_rows(entry.reasons)}
            for period, area, entry in reasons[:MAX_PLACES]
        ],
        "elsewhere": [f"{period}{area or ALL}第 {entry.rank} 位" for period, area, entry in reasons[MAX_PLACES:]],
    }
