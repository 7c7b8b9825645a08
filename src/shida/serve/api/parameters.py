"""What each resource may be asked: one struct a resource, read from the query string and shown in the description."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeVar
from urllib.parse import parse_qsl

import msgspec
from msgspec import Meta

from shida.serve.api.problems import Refused, nearest

MAX_FIELDS = 40
FIRST_YEAR, LAST_YEAR = 1954, 2199
"""Years an answer may be as of: there was a five-year plan to name, and there may be one."""

Name = Annotated[str, Meta(min_length=1, max_length=100)]
Words = Annotated[str, Meta(min_length=1, max_length=200)]
Cursor = Annotated[str, Meta(min_length=1, max_length=600, description="`next` of the page before.")]
AsOf = Annotated[date, Meta(description="Answer as known on that day, that day included; else today.")]
Since = Annotated[date, Meta(description="From that day on, that day included.")]
Until = Annotated[date, Meta(description="Until that day, that day included.")]
UpdatedSince = Annotated[date, Meta(description="Only what the newsroom took or changed on that day or later.")]
Limit = Annotated[int, Meta(ge=1, le=200, description="How many on a page; a page of long texts may hold fewer.")]
FieldName = Annotated[
    str, Meta(min_length=1, max_length=100, description="A field or a topic of the packs: 质量, 食品安全.")
]


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every resource may be asked."""

    as_of: AsOf | None = None


class Nothing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A resource that takes no parameter."""


class Paged(Asked, frozen=True, kw_only=True):
    """What every list may be asked."""

    updated_since: UpdatedSince | None = None
    limit: Limit = 20
    cursor: Cursor | None = None


class ArticlesAsked(Paged, frozen=True, kw_only=True):
    """Articles."""

    since: Since | None = None
    until: Until | None = None
    source: Annotated[str, Meta(min_length=1, max_length=100, description="A source's whole name.")] | None = None
    story: Annotated[str, Meta(min_length=1, max_length=200, description="Id of a story.")] | None = None
    kind: Literal["article", "list", "index", "top_ten", "notice"] | None = None
    undated: Annotated[bool, Meta(description="Only those without a date.")] = False


class StoriesAsked(Paged, frozen=True, kw_only=True):
    """Stories."""

    since: Since | None = None
    until: Until | None = None
    field: FieldName | None = None
    topic: Annotated[str, Meta(min_length=1, max_length=100, description="A topic of the packs.")] | None = None


class FactsAsked(Paged, frozen=True, kw_only=True):
    """Facts, as `shida facts` asks for them."""

    issuer: (
        Annotated[str, Meta(min_length=1, max_length=100, description="A body that acted, by any name it has or had.")]
        | None
    ) = None
    predecessors: Annotated[bool, Meta(description="With the bodies whose work the issuer took over.")] = False
    party: (
        Annotated[
            str,
            Meta(min_length=1, max_length=100, description="A person or body acted on; a part of the name is enough."),
        ]
        | None
    ) = None
    in_force: Annotated[date, Meta(description="Documents known to be in force on that day.")] | None = None
    since: Since | None = None
    until: Until | None = None
    field: FieldName | None = None
    q: (
        Annotated[
            str, Meta(min_length=1, max_length=200, description="Words that all stand in the fact or its sentences.")
        ]
        | None
    ) = None
    title: (
        Annotated[
            str, Meta(min_length=1, max_length=500, description="The exact title, name or quantity the fact is about.")
        ]
        | None
    ) = None
    article: (
        Annotated[str, Meta(min_length=1, max_length=200, description="Id of an article that states it.")] | None
    ) = None
    unit: Annotated[str, Meta(min_length=1, max_length=100, description="Figures in that unit.")] | None = None
    register: (
        Annotated[Literal["documents", "figures", "happenings"], Meta(description="Of one register of the site.")]
        | None
    ) = None
    comes_into_force: Annotated[bool, Meta(description="Only documents that name a day they come into force.")] = False


class ChangesAsked(Paged, frozen=True, kw_only=True):
    """What changed or went."""

    kind: (
        Annotated[
            str, Meta(min_length=1, max_length=40, description="`article`, `story`, `edition` or a kind of fact.")
        ]
        | None
    ) = None


class RankingAsked(Asked, frozen=True, kw_only=True):
    """A ranking."""

    field: Annotated[str, Meta(min_length=1, max_length=100, description="A field of the packs; else all.")] | None = (
        None
    )
    list: (
        Annotated[str, Meta(min_length=1, max_length=100, description="A formula of the packs; else the field's.")]
        | None
    ) = None
    limit: Annotated[int, Meta(ge=1, le=50, description="How many entries.")] = 10


class EditionAsked(Asked, frozen=True, kw_only=True):
    """One edition."""

    version: Annotated[int, Meta(ge=1, le=100_000, description="That version; else the newest.")] | None = None


class SearchAsked(Asked, frozen=True, kw_only=True):
    """A search."""

    q: Annotated[
        str, Meta(max_length=300, description='As in the search box: 来源: 日期: "短语" -词 and the rest.')
    ] = ""
    kind: (
        Annotated[
            str, Meta(min_length=1, max_length=40, description="`article`, `story`, `edition` or a kind of fact.")
        ]
        | None
    ) = None
    year: Annotated[str, Meta(pattern="^[0-9]{4}$")] | None = None
    source: Name | None = None
    topic: Name | None = None
    since: Since | None = None
    until: Until | None = None
    limit: Annotated[int, Meta(ge=1, le=50)] = 10
    cursor: Cursor | None = None


P = TypeVar("P", bound=msgspec.Struct)


def pairs(query: str) -> list[tuple[str, str]]:
    """The parameters in a query string, decoded; Refused where there are too many."""
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="replace")
    except ValueError as error:
        raise Refused("too-long", f"more than {MAX_FIELDS} parameters") from error


def read(query: str, kind: type[P]) -> P:
    """The parameters in a query string; Refused where one is unknown, repeated or has a value it cannot have.

    >>> read("limit=5&as_of=2026-11-22", Paged).limit
    5
    >>> read("limt=5", Paged)
    Traceback (most recent call last):
    shida.serve.api.problems.Refused: there is no parameter 'limt'; did you mean limit?
    """
    known = kind.__struct_fields__
    given: dict[str, str] = {}
    for name, value in pairs(query):
        if name not in known:
            near = nearest(name, known)
            meant = f"did you mean {near}?" if near else f"there are: {', '.join(known) or 'none'}"
            raise Refused(
                "unknown-parameter", f"there is no parameter {name[:80]!r}; {meant}", parameter=name[:80], near=near
            )
        if name in given:
            raise Refused("repeated-parameter", f"{name} stands in the address twice; give it once", parameter=name)
        given[name] = value
    try:
        asked = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        at = where.rstrip("`") or None
        raise Refused("bad-parameter", f"{at}: {what}", parameter=at) from error
    as_of = getattr(asked, "as_of", None)
    if isinstance(as_of, date) and not FIRST_YEAR <= as_of.year <= LAST_YEAR:
        why = f"as_of: give a day from {FIRST_YEAR} to {LAST_YEAR}"
        raise Refused("bad-parameter", why, parameter="as_of")
    return asked
