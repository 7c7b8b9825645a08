"""The newsroom's records as files: JSON lines and CSV. The same newsroom gives the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, get_args

import msgspec

from shida.pack import Pack
from shida.publish.material import known_on
from shida.publish.proposals import home_rankings
from shida.records import Article, Document, Dropped, Edition, Fact, FactBase, Ranking, Story
from shida.settings import Settings
from shida.store import Newsroom

BOM = b"\xef\xbb\xbf"
"""Without it Excel takes UTF-8 for the machine's own code page."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts with one of these is run as a formula by spreadsheets; an apostrophe before it keeps it text."""


def export_records(
    newsroom: Newsroom, what: str, *, pack: Pack, settings: Settings, as_of: str
) -> Iterator[dict[str, Any]]:
    """The records of one kind as known on `as_of` (ISO day), as plain objects, in the order of their ids."""
    articles, stories, facts, editions = known_on(newsroom, as_of)
    if what == "articles":
        yield from (_plain(article) for article in articles)
    elif what == "stories":
        yield from (story_record(story) for story in stories)
    elif what == "facts":
        yield from (fact_record(fact) for fact in sorted(facts, key=lambda fact: (fact.id, fact_record(fact)["kind"])))
    elif what == "editions":
        yield from (_plain(edition) for edition in editions)
    elif what == "dropped":
        yield from (_plain(dropped) for dropped in newsroom.dropped())
    elif what == "rankings":
        rankings = home_rankings(stories, facts, pack, as_of=as_of)
        yield from ({"tab": tab, **_plain(ranking)} for (tab, _), ranking in rankings.items())
    else:
        raise ValueError(f"no records are called {what!r}")


def columns(what: str) -> list[str]:
    """The columns of a table of these records: the same whatever is in it.

    >>> columns("dropped")
    ['stage', 'record', 'reason', 'detail']
    >>> columns("facts")[:3]
    ['kind', 'id', 'evidence']
    """
    if what == "stories":
        return list(story_record(Story(id="", title="")))
    if what == "facts":
        kinds = [field for kind in get_args(Fact) for field in kind.__struct_fields__]
        return list(dict.fromkeys(["kind", *FactBase.__struct_fields__, *kinds]))
    if what == "rankings":
        return ["tab", *Ranking.__struct_fields__]
    return list({"articles": Article, "editions": Edition, "dropped": Dropped}[what].__struct_fields__)


def story_record(story: Story) -> dict[str, Any]:
    """A story for export: every article once, copies apart."""
    return {
        "id": story.id,
        "title": story.title,
        "lead": story.lead,
        "first": story.first,
        "last": story.last,
        "articles": [member.article for member in story.members if member.copy_of is None],
        "copies": [member.article for member in story.members if member.copy_of is not None],
        "aliases": list(story.aliases),
        "timeline": [_plain(moment) for moment in story.timeline],
    }


def fact_record(fact: Fact) -> dict[str, Any]:
    """A fact for export, its kind first."""
    return _plain(fact)


def fact_title(fact: Fact) -> str:
    """One line that names a fact for a person."""
    if isinstance(fact, Document):
        acts = "、".join(f"{act.act}{f' {act.date}' if act.date else ''}" for act in fact.acts)
        issuers = "、".join(fact.issuers)
        return " ".join(part for part in (f"《{fact.title}》", acts, issuers) if part)
    plain = _plain(fact)
    stated = [f"{key} {value}" for key, value in plain.items() if key not in ("id", "kind", "evidence", "rule")]
    return f"{plain.get('kind')}: " + ", ".join(stated)


def write_jsonl(records: Iterable[Mapping[str, Any]], out: BinaryIO) -> None:
    """One JSON object a line, UTF-8, a newline after each."""
    encode = msgspec.json.Encoder().encode
    for record in records:
        out.write(encode(record) + b"\n")


def write_csv(records: Iterable[Mapping[str, Any]], names: Sequence[str], out: BinaryIO) -> None:
    """A table of the columns `names` with a BOM and a head row; nested values as JSON, formulas made harmless."""
    out.write(BOM)
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(record.get(name)) for name in names] for record in records)
    text.detach()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_SIGNS) else text


def _plain(record: Any) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(record)
    return plain
