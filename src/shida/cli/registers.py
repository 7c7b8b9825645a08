"""Commands that answer from the register, and hand records on: facts, export."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from shida.cli.application import (
    Home,
    Json,
    application,
    open_newsroom,
    print_json_lines,
    say,
    tell,
    the_day,
    writing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shida.know.selecting import Wanted
    from shida.pack import Pack
    from shida.records import Fact
    from shida.store import Newsroom

AsOf = Annotated[str | None, Parameter(help="Answer as known on that day (YYYY-MM-DD), that day included.")]
Some = Annotated[
    int | None,
    Parameter(name=["-n", "--count"], help="How many; else all as JSON, some as text.", validator=Number(gte=1)),
]
Form = Literal["jsonl", "csv", "xlsx", "parquet", "ics"]

SHOWN_FACTS = 50


@Parameter(name="*")
@dataclass(frozen=True)
class Asked:
    """What is asked of the register. All of it must hold.

    Parameters
    ----------
    issuer
        A body that acted (issued, decided, gave, ran), by any name it has or had: 市场监管总局, SAMR.
    predecessors
        With the bodies whose work the issuer took over: 质检总局 for 市场监管总局.
    party
        A party of cases, a winner, a maker, a person; a part of the name is enough.
    in_force
        Documents known to be in force on that day (YYYY-MM-DD).
    since
        From that day, month or year on: a day the fact states, else that of its report.
    until
        Until that day, month or year.
    field
        A field of the packs (质量, 国内, …) its story is in, a topic of theirs, or a field of law for cases, a class of
        product for recalls.
    q
        Words that all stand in the fact or its sentences; 进博会 finds 中国国际进口博览会.
    """

    issuer: str | None = None
    predecessors: Annotated[bool, Parameter(negative="")] = False
    party: str | None = None
    in_force: str | None = None
    since: str | None = None
    until: str | None = None
    field: str | None = None
    q: str | None = None


NOTHING = Asked()


@application.command
def facts(
    kind: str,
    *,
    asked: Asked = NOTHING,
    n: Some = None,
    home: Home = None,
    json: Json = False,
) -> int:
    """Facts of a kind (document, figure, …), each with the sentence that states it; exit code 1 where there is none.

    Parameters
    ----------
    kind
        A kind of fact, singular or plural: documents, figures.
    """
    from shida.publish.exports import fact_record, fact_title
    from shida.publish.proposals import merged_facts

    wanted = the_kind(kind)
    newsroom, _, pack = open_newsroom(home)
    with newsroom:
        found = list(chosen(merged_facts(newsroom, wanted), asked, newsroom, pack))
        if not found:
            say(nothing_found(asked, newsroom.facts(wanted), pack))
    if json:
        print_json_lines(fact_record(fact) for fact in found[:n])
        return 0 if found else 1
    n = n or SHOWN_FACTS
    for fact in found[:n]:
        tell(fact_title(fact))
        for evidence in fact.evidence[:1]:
            tell(f"    ❝{evidence.sentence}❞ {evidence.article}")
    if len(found) > n:
        say(f"{len(found) - n:,} more; ask with -n")
    return 0 if found else 1


@application.command
def export(
    what: Literal["articles", "stories", "facts", "rankings", "editions", "dropped"],
    *,
    asked: Asked = NOTHING,
    kind: Annotated[str | None, Parameter(help="Of facts, those of one kind: documents, figures, …")] = None,
    format: Annotated[
        Form, Parameter(help="JSON lines, a table (csv, xlsx, parquet), or a calendar of documents (ics).")
    ] = "jsonl",
    out: Annotated[
        Path | None, Parameter(help="A file, and a manifest with its checksum beside it; else standard output.")
    ] = None,
    as_of: AsOf = None,
    home: Home = None,
) -> None:
    """All records of a kind, in the order of their ids; the same newsroom gives the same bytes.

    Parameters
    ----------
    what
        Which records. Rankings are those of the home page. The filters are for facts.
    """
    from shida.errors import SettingsError
    from shida.publish.export_files import Manifest, manifest_bytes, program, write_file, written
    from shida.publish.exports import Seen, export_records, table_of

    if what != "facts" and (kind is not None or asked != NOTHING):
        raise SettingsError(f"--kind and the filters are for facts, not for {what}. Leave them out.")
    if out is None and format in ("xlsx", "parquet") and sys.stdout.isatty():
        raise SettingsError(f"a terminal cannot show {format}. Name a file: --out {what}.{format}")
    one_kind = the_kind(kind) if kind is not None else None
    day = the_day(as_of)
    newsroom, settings, pack = open_newsroom(home)
    with newsroom:

        def choose(facts: tuple[Fact, ...]) -> Iterator[Fact]:
            return chosen(facts, asked, newsroom, pack)

        records = Seen(
            export_records(newsroom, what, pack=pack, settings=settings, as_of=day, kind=one_kind, choose=choose)
        )
        table = table_of(what, one_kind)
        if out is None:
            write_file(format, table, records, sys.stdout.buffer, as_of=day)
            return
        part = out.with_name(f".{out.name}.part")
        try:
            with writing(part) as file:
                count = write_file(format, table, records, file, as_of=day)
            part.replace(out)  # a file that could not be finished is none
        finally:
            part.unlink(missing_ok=True)
    manifest = Manifest(
        program=program(),
        made=day,
        what=what,
        kind=one_kind,
        asked=_stated(asked),
        period=records.period,
        counts=dict(sorted(records.kinds.items())),
        files=(written(out, format, count),),
    )
    beside = out.with_name(out.name + ".manifest.json")
    with writing(beside) as file:
        file.write(manifest_bytes(manifest))
    say(f"wrote {out} ({count:,}) and {beside.name}")


def _stated(asked: Asked) -> dict[str, Any]:
    return {name: value for name, value in vars(asked).items() if value not in (None, False)}


def the_kind(given: str) -> str:
    """The kind of fact meant, singular or plural; SettingsError with the nearest where there is none."""
    from difflib import get_close_matches

    from shida.errors import SettingsError
    from shida.publish.proposals import fact_kinds

    kinds = fact_kinds()
    word = given.strip().lower()
    for kind in kinds:
        if word in (kind, kind + "s"):
            return kind
    near = get_close_matches(word, [form for kind in kinds for form in (kind, kind + "s")], n=1, cutoff=0.6)
    meant = f" Did you mean {near[0]}?" if near else ""
    raise SettingsError(f"there is no kind of fact {given!r}.{meant} There are: {', '.join(kinds)}.")


def chosen(found: tuple[Fact, ...], asked: Asked, newsroom: Newsroom, pack: Pack) -> Iterator[Fact]:
    """The facts that answer what is asked."""
    from shida.know.selecting import select

    wanted, articles = _wanted(asked, newsroom, pack)
    for fact in select(found, wanted, pack):
        if articles is None or any(one.article in articles for one in fact.evidence):
            yield fact


def _wanted(asked: Asked, newsroom: Newsroom, pack: Pack) -> tuple[Wanted, frozenset[str] | None]:
    """What is asked with days checked, and the articles of the field asked for; None for all."""
    from shida.know.selecting import Wanted
    from shida.text.periods import parse_period

    law, articles = None, None
    if asked.field is not None:
        own = {*pack.happenings.case_fields.values(), *pack.happenings.case_acts.values(), *pack.happenings.products}
        if asked.field in own and asked.field not in {rule.name for rule in pack.fields.fields}:
            law = asked.field
        else:
            articles = _articles_of(asked.field, newsroom, pack)
    return (
        Wanted(
            issuer=asked.issuer,
            predecessors=asked.predecessors,
            party=asked.party,
            in_force=the_day(asked.in_force) if asked.in_force is not None else None,
            since=parse_period(asked.since).first if asked.since is not None else None,
            until=parse_period(asked.until).last if asked.until is not None else None,
            field=law,
            words=tuple((asked.q or "").split()),
        ),
        articles,
    )


def _articles_of(field: str, newsroom: Newsroom, pack: Pack) -> frozenset[str]:
    from shida.errors import SettingsError
    from shida.rank import assign_fields, assign_topics

    fields = [rule.name for rule in pack.fields.fields]
    topics = [topic.name for topic in pack.fields.topics]
    if field not in fields and field not in topics:
        raise SettingsError(f"no pack has a field {field!r}. There are: {', '.join((*fields, *topics))}.")
    assign = assign_fields if field in fields else assign_topics
    return frozenset(
        member.article for story in newsroom.stories() if field in assign(story, pack) for member in story.members
    )


def nothing_found(asked: Asked, found: Iterable[Fact], pack: Pack) -> str:
    """What to try where no fact answers: bodies of the register that are called nearly so."""
    from difflib import get_close_matches

    if asked.issuer is None:
        return "no fact answers; ask for less, or run `shida run` where articles are new"
    register = {name for fact in found for name in getattr(fact, "issuers", ())}
    near = get_close_matches(asked.issuer, sorted(register | set(pack.names.by_word)), n=3, cutoff=0.5)
    full = pack.names.full_name(asked.issuer)
    if full is not None:
        return f"no fact that answers names {asked.issuer} ({full})"
    return f"no fact that answers names {asked.issuer}." + (f" Did you mean {'、'.join(near)}?" if near else "")
