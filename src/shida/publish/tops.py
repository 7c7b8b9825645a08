"""Rankings → the Top Ten pages: tabs, the ten with their reasons, the first that stayed outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shida.publish.addresses import article_file, top_file
from shida.publish.charts import bar, days_line
from shida.publish.codes import signal_word
from shida.publish.content import Content
from shida.publish.index import Index, counts_words
from shida.publish.leads import lead_of
from shida.publish.wording import day_words, number_words, period_words, place_words, span_words
from shida.records import Entry, Ranking, Reason, Story

ALL = "全部"
"""What the tab of a ranking over all fields is called."""
MOMENTS_SHOWN = 3
OTHERS_SHOWN = 3
"""Lines shown of each other field's list."""


def reason_rows(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    """Each signal's part in a score, as a bar beside its sentence; the longest bar is the strongest part."""
    parts = [reason.value * reason.weight for reason in reasons]
    top = max((abs(part) for part in parts), default=0.0) or 1.0
    return [
        {
            "signal": signal_word(reason.signal),
            "sentence": reason.sentence,
            "sum": f"{number_words(round(reason.value, 3))} × {number_words(round(reason.weight, 3))}".replace(
                "-", "−"
            ),
            "part": ("+" if part >= 0 else "−") + number_words(abs(round(part, 2))),
            "bar": bar(abs(part) / top, against=part < 0),
        }
        for reason, part in zip(reasons, parts, strict=True)
    ]


def story_moments(story: Story, index: Index, limit: int | None = None) -> list[dict[str, Any]]:
    """Days of a story with a sentence each and where it stands."""
    rows = []
    for moment in story.timeline[:limit]:
        member = index.members.get(moment.article)
        rows.append(
            {
                "day": day_words(moment.date),
                "sort": moment.date[:10],
                "sentence": moment.sentence,
                "href": article_file(moment.article) if moment.article in index.articles else None,
                "source": (member.source if member else None) or "来源未注明",
            }
        )
    return rows


def entry_row(entry: Entry, index: Index) -> dict[str, Any]:
    """One line of a Top Ten."""
    story = index.stories.get(entry.story)
    row: dict[str, Any] = {
        "rank": entry.rank,
        "place": place_words(entry.rank),
        "title": entry.title or "（无题）",
        "href": index.story_href(entry.story, entry.articles),
        "score": number_words(round(entry.score, 2)),
        "reasons": reason_rows(entry.reasons),
        "lead": "",
        "day": "",
        "counts": f"{len(entry.articles)} 篇",
        "life": "",
        "moments": [],
    }
    if story is not None:
        lead = lead_of(story, entry)
        row["lead"] = lead if lead != entry.title else ""
        row["day"] = day_words(story.first) if story.first else ""
        if story.last and story.last[:10] != (story.first or "")[:10]:
            row["day"] += f"—{day_words(story.last)}"
        row["counts"] = counts_words(story)
        row["life"] = days_line((member.published for member in story.members), story.first, story.last)
        row["moments"] = story_moments(story, index, MOMENTS_SHOWN)
    return row


def next_row(ranking: Ranking, index: Index) -> dict[str, Any] | None:
    """The first story that stayed outside, and by what it fell short of the last inside."""
    if ranking.next is None or not ranking.entries:
        return None
    inside = ranking.entries[-1]
    mine = {reason.signal: reason for reason in ranking.next.reasons}
    theirs = {reason.signal: reason for reason in inside.reasons}
    rows = []
    for signal in dict.fromkeys([*theirs, *mine]):
        there, here = theirs.get(signal), mine.get(signal)
        one = there.value * there.weight if there else 0.0
        other = here.value * here.weight if here else 0.0
        sentence = here.sentence if here else "没有这一项"
        difference = other - one
        rows.append(
            {
                "signal": signal_word(signal),
                "inside": number_words(round(one, 2)),
                "outside": number_words(round(other, 2)),
                "difference": ("+" if difference >= 0 else "−") + number_words(abs(round(difference, 2))),
                "sentence": sentence,
            }
        )
    return {
        "title": ranking.next.title,
        "href": index.story_href(ranking.next.story, ranking.next.articles),
        "rank": ranking.next.rank,
        "last": inside.rank,
        "gap": number_words(round(inside.score - ranking.next.score, 2)),
        "rows": rows,
    }


def address_of(ranking: Ranking) -> str:
    """The permanent address of a list: that of its week or year, whatever the tab is called today."""
    return top_file(ranking.period.name, ranking.field or "")


def period_tabs(rankings: Mapping[tuple[str, str], Ranking], key: tuple[str, str], as_of: str) -> list[dict[str, Any]]:
    """The periods a reader can choose, staying in the field of `key` where that has one."""
    tabs = {}
    for period, area in rankings:
        if period not in tabs or area == key[1]:
            tabs[period] = (period, area)
    return [
        {
            "words": period_words(rankings[target].period, as_of),
            "href": address_of(rankings[target]),
            "here": target[0] == key[0],
        }
        for target in tabs.values()
    ]


def field_tabs(rankings: Mapping[tuple[str, str], Ranking], key: tuple[str, str]) -> list[dict[str, Any]]:
    """The fields a reader can choose, staying in the period of `key` where there is one."""
    tabs = {}
    for period, area in rankings:
        if area not in tabs or period == key[0]:
            tabs[area] = (period, area)
    return [
        {"words": area or ALL, "href": address_of(rankings[target]), "here": area == key[1]}
        for area, target in tabs.items()
    ]


def other_fields(content: Content, index: Index, key: tuple[str, str]) -> list[dict[str, Any]]:
    """The first lines of the same period's lists in other fields."""
    rows = []
    for (period, area), ranking in content.rankings.items():
        if period == key[0] and area != key[1] and area and ranking.entries:
            lines = [
                {"rank": entry.rank, "title": entry.title, "href": index.story_href(entry.story, entry.articles)}
                for entry in ranking.entries[:OTHERS_SHOWN]
            ]
            rows.append({"words": area, "href": address_of(ranking), "lines": lines})
    return rows


def home_key(rankings: Mapping[tuple[str, str], Ranking]) -> tuple[str, str] | None:
    """The list the home page opens with: the first that has entries, else the first."""
    for key, ranking in rankings.items():
        if ranking.entries:
            return key
    return next(iter(rankings), None)


def top_context(content: Content, index: Index, key: tuple[str, str] | None, as_of: str) -> dict[str, Any]:
    """What the Top Ten page of `key` shows; a newsroom without any list gets the page that says what to do."""
    if key is None:
        return {
            "tabs": [],
            "fields": [],
            "entries": [],
            "ranking": None,
            "next": None,
            "others": [],
            "as_of": day_words(as_of),
        }
    ranking = content.rankings[key]
    return {
        "tabs": period_tabs(content.rankings, key, as_of),
        "fields": field_tabs(content.rankings, key),
        "entries": [entry_row(entry, index) for entry in ranking.entries],
        "next": next_row(ranking, index),
        "others": other_fields(content, index, key),
        "ranking": {
            "words": period_words(ranking.period, as_of),
            "span": span_words(ranking.period),
            "field": ranking.field or "",
            "considered": f"{ranking.considered:,}",
            "as_of": day_words(ranking.as_of),
        },
        "as_of": day_words(as_of),
    }
