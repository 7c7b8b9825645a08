"""Facts as lists: chosen as `shida facts` chooses them, and by what the site's registers show."""

from __future__ import annotations

from shida.client.shapes import FactList
from shida.know.selecting import Wanted, select
from shida.publish.calendar import INTO_FORCE
from shida.publish.exports import kind_of
from shida.publish.proposals import fact_kinds
from shida.records import Document, Fact, Figure
from shida.serve.api.cursors import Place
from shida.serve.api.library import Library
from shida.serve.api.lists import cut, day_text, is_updated, unknown_name
from shida.serve.api.parameters import FactsAsked
from shida.serve.api.problems import Refused, nearest
from shida.serve.api.shelf import Shelf


def facts(library: Library, asked: FactsAsked, kind: str | None = None) -> FactList:
    """Facts (of one kind), the last reported first."""
    one = the_kind(kind) if kind is not None else None

    def rows_of(shelf: Shelf) -> list[tuple[Place, Fact]]:
        rows = [row for row in shelf.fact_rows if one in (None, kind_of(row[1]))]
        return choose_facts(shelf, rows, asked, library)

    _, piece = cut(library, f"/facts/{one or ''}", asked, rows_of, lambda fact: len(fact.evidence))
    items = tuple(fact for _, fact in piece.rows)
    return FactList(items=items, total=piece.total, as_of=piece.as_of, next=piece.following())


def choose_facts(
    shelf: Shelf, rows: list[tuple[Place, Fact]], asked: FactsAsked, library: Library
) -> list[tuple[Place, Fact]]:
    """The facts that answer what is asked, as `shida facts` chooses them."""
    pack = library.pack
    law, inside = None, None
    if asked.field is not None:
        own = {*pack.happenings.case_fields.values(), *pack.happenings.case_acts.values(), *pack.happenings.products}
        ids = shelf.stories_in(asked.field)
        if asked.field in own and asked.field not in shelf.fields:
            law = asked.field
        elif ids is None:
            raise unknown_name("field", asked.field, [*shelf.fields, *shelf.topics])
        else:
            inside = {article for article, story in shelf.story_of.items() if story in ids}
    wanted = Wanted(
        issuer=asked.issuer,
        predecessors=asked.predecessors,
        party=asked.party,
        in_force=day_text(asked.in_force) or None,
        since=day_text(asked.since) or None,
        until=day_text(asked.until) or None,
        field=law,
        words=tuple((asked.q or "").split()),
    )
    if wanted != Wanted():
        places = {(kind_of(fact), fact.id): place for place, fact in rows}
        rows = [(places[kind_of(one), one.id], one) for one in select((fact for _, fact in rows), wanted, pack)]
    updated = day_text(asked.updated_since)
    known = library.changed_since(updated) if updated else None
    found = []
    for place, fact in rows:
        named = [one.article for one in fact.evidence]
        if inside is not None and not any(article in inside for article in named):
            continue
        if asked.article is not None and asked.article not in named:
            continue
        if asked.unit is not None and asked.unit != getattr(fact, "unit", None):
            continue
        if asked.register not in (None, register_of(fact)):
            continue
        if asked.comes_into_force and not comes_into_force(fact):
            continue
        if asked.title is not None and asked.title != subject(fact):
            continue
        if updated and not is_updated(shelf, known, f"{kind_of(fact)}:{fact.id}", named, updated):
            continue
        found.append((place, fact))
    return found


def register_of(fact: Fact) -> str:
    """The register of the site a fact stands in."""
    return {Document: "documents", Figure: "figures"}.get(type(fact), "happenings")


def comes_into_force(fact: Fact) -> bool:
    """Whether it is a document with a day of coming into force, as the site's calendar has it."""
    acts = [act for act in fact.acts if act.date and act.act in INTO_FORCE] if isinstance(fact, Document) else []
    return isinstance(fact, Document) and bool(fact.effective or acts)


def subject(fact: Fact) -> str:
    """What a fact is about, in the field its kind has for it.

    >>> from shida.records import Theme
    >>> subject(Theme(name="消费维权年主题", value="提升消费品质"))
    '消费维权年主题'
    """
    for name in ("title", "what", "name", "award", "claim", "person", "product", "speaker", "authority"):
        value = getattr(fact, name, None)
        if isinstance(value, str):
            return value
    return ""


def the_kind(given: str) -> str:
    """The kind of fact meant, singular or plural; Refused with the nearest where there is none.

    >>> the_kind("documents")
    'document'
    """
    kinds = fact_kinds()
    found = next((kind for kind in kinds if given in (kind, f"{kind}s")), None)
    if found is None:
        near = nearest(given, kinds)
        meant = f"did you mean {near}?" if near else f"there are: {', '.join(kinds)}"
        raise Refused("not-found", f"there is no kind of fact {given[:80]!r}; {meant}", near=near)
    return found
