"""The newsroom's records as plain objects, JSON lines and tables. The same newsroom gives the same bytes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple, get_args, get_type_hints

import msgspec

from shida.pack import Pack
from shida.publish.material import known_on
from shida.publish.proposals import home_rankings
from shida.records import Article, Document, Dropped, Edition, Fact, FactBase, Ranking, Story
from shida.settings import Settings
from shida.store import Newsroom

BOM = b"\xef\xbb\xbf"
"""Without it Excel takes UTF-8 for the machine's own code page."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that starts with one of these is run as a formula by spreadsheets; an apostrophe before it keeps it text."""


def export_records(
    newsroom: Newsroom,
    what: str,
    *,
    pack: Pack,
    settings: Settings,
    as_of: str,
    kind: str | None = None,
    choose: Callable[[tuple[Fact, ...]], Iterable[Fact]] = iter,
) -> Iterator[dict[str, Any]]:
    """The records of one kind as known on `as_of` (ISO day), as plain objects, in the order of their ids.

    Of facts, those of one `kind` where it is given, and of those what `choose` lets pass.
    """
    articles, stories, facts, editions = known_on(newsroom, as_of)
    if what == "articles":
        yield from (_plain(article) for article in articles)
    elif what == "stories":
        yield from (story_record(story) for story in stories)
    elif what == "facts":
        wanted = tuple(fact for fact in facts if kind in (None, kind_of(fact)))
        yield from (fact_record(fact) for fact in sorted(choose(wanted), key=lambda fact: (fact.id, kind_of(fact))))
    elif what == "editions":
        yield from (_plain(edition) for edition in editions)
    elif what == "dropped":
        yield from (_plain(dropped) for dropped in newsroom.dropped())
    elif what == "rankings":
        rankings = home_rankings(stories, facts, pack, as_of=as_of)
        yield from ({"tab": tab, **_plain(ranking)} for (tab, _), ranking in rankings.items())
    else:
        raise ValueError(f"no records are called {what!r}")


class Seen:
    """Records on their way out, and what a manifest says of them: how many of each kind, from when to when."""

    def __init__(self, records: Iterable[dict[str, Any]]) -> None:
        self.kinds: Counter[str] = Counter()
        self.period: tuple[str, str] | None = None
        self._records = records

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for record in self._records:
            kind = record.get("kind")
            if isinstance(kind, str):
                self.kinds[kind] += 1
            day = str(record.get("reported") or record.get("published") or record.get("last") or "")[:10]
            if day:
                first, last = self.period or (day, day)
                self.period = (min(first, day), max(last, day))
            yield record


RECORDS: dict[str, type[msgspec.Struct]] = {"articles": Article, "editions": Edition, "dropped": Dropped}
"""What is exported as it is kept."""


class Table(NamedTuple):
    """What a file of records holds, whatever is in it."""

    title: str
    """In words, for a person: 文件, 数字."""
    columns: tuple[str, ...]
    types: dict[str, tuple[Any, ...]]
    """Column → the types its kinds of record give it."""


TITLES = {
    "articles": "文章", "stories": "事件", "facts": "事实", "rankings": "排名", "editions": "榜单", "dropped": "未收",
    "document": "文件", "case": "案件", "award": "奖项", "conference": "会议", "campaign": "行动", "figure": "数字",
    "first": "首次", "theme": "主题", "appointment": "任免", "recall": "召回", "statement": "讲话", "event": "大事",
}  # fmt: skip
"""Records and kinds of fact → what a person calls a table of them."""


def kind_of(fact: Fact) -> str:
    """The kind of a fact, as records name it.

    >>> kind_of(Document(title="甲办法"))
    'document'
    """
    return str(type(fact).__struct_config__.tag)


def table_of(what: str, kind: str | None = None) -> Table:
    """The table of all records of a kind; of facts of one kind, only the columns that kind has.

    >>> table_of("facts", "theme").columns
    ('id', 'name', 'value', 'year', 'body', 'certainty', 'reported', 'rule', 'evidence')
    """
    if what != "facts":
        record = RECORDS.get(what)
        plain = get_type_hints(record) if record else {}
        # What is made up for the export has no types of its own: several stand for "as text".
        types = {name: (plain[name],) if name in plain else (str, dict) for name in columns(what)}
        return Table(TITLES[what], tuple(types), types)
    kinds = [one for one in get_args(Fact) if kind in (None, one.__struct_config__.tag)]
    hints = [get_type_hints(one) for one in kinds]
    shared = FactBase.__struct_fields__
    own = dict.fromkeys(name for one in kinds for name in one.__struct_fields__ if name not in shared)
    names = (*(("kind",) if kind is None else ()), "id", *own, "certainty", "reported", "rule", "evidence")
    found = {name: tuple(dict.fromkeys(hint[name] for hint in hints if name in hint)) or (str,) for name in names}
    return Table(TITLES[kind or what], names, found)


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
    return list(RECORDS[what].__struct_fields__)


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
        "title_from": _plain(story.title_from) if story.title_from else None,
        "lead_from": _plain(story.lead_from) if story.lead_from else None,
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
