"""Answers → tables: what can be had as `.csv`, with a BOM for Excel and formulas made harmless."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from shida.client.shapes import Listing, RankingNames, SearchPage
from shida.publish.exports import story_record, table_of, write_csv
from shida.records import Article, Edition, Ranking, Story

MOST_ROWS = 10_000
"""`limit` of a table may be this much, where that of a page of JSON may be 200."""
USUAL_ROWS = 1_000


def table(answer: msgspec.Struct, kind: str | None = None) -> bytes:
    """The rows of an answer as CSV: the columns are those of `shida export`, the same whatever is in it."""
    records, columns = _rows(answer, kind)
    out = io.BytesIO()
    write_csv(records, columns, out)
    return out.getvalue()


def _rows(answer: msgspec.Struct, kind: str | None) -> tuple[Iterable[Mapping[str, Any]], Sequence[str]]:
    match answer:
        case Ranking():
            return _plain(answer.entries), ("rank", "story", "title", "score", "articles", "reasons")
        case Edition():
            return _plain(answer.entries), ("place", "story", "title", "lead", "articles")
        case SearchPage():
            return _plain(answer.items), ("kind", "id", "title", "published", "source", "url", "page", "passage")
        case RankingNames():
            flat = (
                {
                    "tab": one.tab,
                    "period": one.period.name,
                    "first": one.period.first,
                    "last": one.period.last,
                    "field": one.field,
                }
                for one in answer.items
            )
            return flat, ("tab", "period", "first", "last", "field")
        case Listing():
            return _listed(answer, kind)
    raise TypeError(f"{type(answer).__name__} has no rows")


def _listed(answer: Listing[Any], kind: str | None) -> tuple[Iterable[Mapping[str, Any]], Sequence[str]]:
    name = type(answer).__name__
    if name == "StoryList":
        return (story_record(one) for one in answer.items if isinstance(one, Story)), table_of("stories").columns
    if name == "FactList":
        return _plain(answer.items), table_of("facts", kind).columns
    if name == "ArticleList":
        return _plain(one for one in answer.items if isinstance(one, Article)), table_of("articles").columns
    if name == "EditionList":
        return _plain(answer.items), table_of("editions").columns
    fields = {
        "SourceList": ("name", "articles", "copies", "first", "last", "address", "health", "note"),
        "AuthorityList": ("name", "documents"),
        "TopicList": ("name", "field", "under", "stories", "years"),
        "WatchList": ("id", "name", "query", "created", "muted", "alerts", "last", "feed"),
        "NewsList": ("told", "what", "kind", "id", "title", "published", "source", "url", "page", "why", "sentence"),
    }
    return _plain(answer.items), fields[name]


def _plain(records: Iterable[Any]) -> Iterable[Mapping[str, Any]]:
    return (msgspec.to_builtins(record) for record in records)
