"""Facts → those somebody asks for: by body, party, day, force and words. Pure; nothing is looked up elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import msgspec

from shida.pack import Pack
from shida.pack.names import Names
from shida.records import Act, Case, Conference, Document, Fact, Figure, Recall
from shida.records.pages import Record

_LOOSE = re.compile(r"[\s　·•・,，、（）()〈〉<>《》“”\"—–―~～-]")
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z", re.ASCII)
_ACTORS = ("issuers", "drafters", "authority", "awarders", "by", "body")
"""Fields of facts that say who acted."""
_PARTIES = ("parties", "winners", "maker", "person", "speaker")
"""Fields of facts that say on whom, or who it is about."""
_DAYS = ("date", "effective", "as_of")
_HELD = frozenset({"施行", "实施", "执行", "生效", "生效实施", "生效施行"})
_PARTS = {
    "Q1": ("01", "03"), "Q2": ("04", "06"), "Q3": ("07", "09"), "Q4": ("10", "12"),
    "H1": ("01", "06"), "H2": ("07", "12"),
}  # fmt: skip


class Wanted(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What is asked of a register; what is None is not asked. Days are ISO, of any precision."""

    issuer: str | None = None
    """A body that acted: issued, drafted, decided, gave, ran. By any name it has or had."""
    predecessors: bool = False
    """The bodies whose work `issuer` took over count too."""
    party: str | None = None
    """A person or body acted on, honoured, appointed, heard; a part of the name is enough."""
    in_force: str | None = None
    """Documents the register knows to be in force on that day."""
    since: str | None = None
    until: str | None = None
    """The fact states a day between them, both included; one that states none counts by the day of its report."""
    field: str | None = None
    """Cases of this field of law, or recalls of this class of product."""
    words: tuple[str, ...] = ()
    """All of them stand in the fact or in its sentences."""


def select(facts: Iterable[Fact], wanted: Wanted, pack: Pack) -> Iterator[Fact]:
    """The facts that answer, in their order.

    >>> from shida.pack import load_packs
    >>> old = Document(title="甲办法", issuers=("质检总局",), acts=(Act(act="发布", date="2012-03"),))
    >>> new = Document(title="乙办法", issuers=("市场监管总局",), acts=(Act(act="公布", date="2024-05-01"),))
    >>> [fact.title for fact in select([old, new], Wanted(issuer="SAMR"), load_packs())]
    ['乙办法']
    >>> [fact.title for fact in select([old, new], Wanted(issuer="SAMR", predecessors=True), load_packs())]
    ['甲办法', '乙办法']
    """
    bodies = names_of(wanted.issuer, pack.names, predecessors=wanted.predecessors) if wanted.issuer else frozenset()
    words = [[name.casefold() for name in pack.happenings.names_for(word)] for word in wanted.words]
    for fact in facts:
        if wanted.issuer and not _acted(fact, wanted.issuer, bodies, pack.names):
            continue
        if wanted.party and not _concerns(fact, wanted.party, pack.names):
            continue
        if wanted.in_force and not (isinstance(fact, Document) and in_force_on(fact, wanted.in_force, pack)):
            continue
        if (wanted.since or wanted.until) and not _within(fact, wanted.since or "", wanted.until or "9999-12-31"):
            continue
        if wanted.field and _field_of(fact, pack) != wanted.field:
            continue
        if words and not _says(fact, words):
            continue
        yield fact


def names_of(called: str, names: Names, *, predecessors: bool = False) -> frozenset[str]:
    """Full names of every body that is or was called so, and of those whose work it took over where asked.

    >>> from shida.pack import load_packs
    >>> "国家食品药品监督管理总局" in names_of("国家药监局", load_packs().names, predecessors=True)
    True
    """
    found = {entry.name for entry in names.called(called)}
    if predecessors:
        for _ in range(len(names.names)):  # a chain is never longer, and a ring must end
            earlier = {entry.name for entry in names.names if entry.successor in found} - found
            if not earlier:
                break
            found |= earlier
    return frozenset(found)


def in_force_on(document: Document, day: str, pack: Pack) -> bool:
    """Whether what is stated of a document makes it in force on `day` (ISO day, included).

    It must have come into force by then (a day of 施行, or the first of the years it is for), must not have been
    repealed, and the years it is for must not be over. Where no day is stated, that of the pack's list of laws counts.
    A draft is never in force; nor is what names no such day.

    >>> from shida.pack import load_packs
    >>> act = Document(title="甲条例", effective="2024-07-01", acts=(Act(act="废止", date="2025-03-01"),))
    >>> [in_force_on(act, day, load_packs()) for day in ("2024-06-30", "2024-07-01", "2025-03-01")]
    [False, True, False]
    """
    if document.status in ("draft", "planned"):
        return False
    begins = [document.effective] if document.effective else []
    begins += [act.date for act in document.acts if act.date and act.act in _HELD]
    ends = [act.date for act in document.acts if act.date and _repeals(act, pack)]
    if not begins and (law := pack.documents.law(document.title)) and law.in_force:
        begins.append(law.in_force)  # the text names no day, the list does
    if document.period:
        begins += [document.period[0]] if not begins else []
        if day[: len(document.period[1])] > document.period[1]:
            return False
    if not any(begin <= day[: len(begin)] for begin in begins):
        return False
    return not any(end <= day[: len(end)] for end in ends)


def _repeals(act: Act, pack: Pack) -> bool:
    stages = pack.documents.stage_of
    return (stages.get(act.act) or "") == "repealed"


def _acted(fact: Fact, called: str, bodies: frozenset[str], names: Names) -> bool:
    day = next((first for first, _ in spans_of(fact)), None)
    for one in _listed(fact, _ACTORS):
        if one == called or (bodies and _full(names, one, day) in bodies):
            return True
        if not bodies and called in one:
            return True
    return False


def _concerns(fact: Fact, party: str, names: Names) -> bool:
    sought = _LOOSE.sub("", party)
    return any(sought in _LOOSE.sub("", one) for one in _listed(fact, _PARTIES)) or (
        (full := names.full_name(party)) is not None
        and any(names.full_name(one) == full for one in _listed(fact, _PARTIES))
    )


def _listed(fact: Fact, fields: tuple[str, ...]) -> Iterator[str]:
    for name in fields:
        value = getattr(fact, name, None)
        if isinstance(value, tuple):
            yield from value
        elif value:
            yield from value.split("、")


def _full(names: Names, called: str, day: str | None) -> str | None:
    return names.full_name(called, day) if called else None


def spans_of(fact: Fact) -> tuple[tuple[str, str], ...]:
    """First and last day (ISO, of any precision) of everything a fact dates; of its report where it dates nothing."""
    found: list[tuple[str, str]] = []
    found += [(value, value) for name in _DAYS if (value := getattr(fact, name, None))]
    if isinstance(fact, Document):
        found += [(act.date, act.date) for act in fact.acts if act.date]
    if isinstance(fact, Conference) and fact.dates:
        found.append((fact.dates[0], fact.dates[-1]))
    if isinstance(fact, Figure) and fact.period and (span := _period(fact.period)):
        found.append(span)
    if not found and isinstance(year := getattr(fact, "year", None), int):
        found.append((f"{year:04d}", f"{year:04d}"))
    found = [span for span in found if _ISO.match(span[0]) and _ISO.match(span[1])]
    if not found and fact.reported:
        found.append((fact.reported, fact.reported))
    return tuple(found)


@lru_cache(maxsize=4096)
def _period(text: str) -> tuple[str, str] | None:
    """First and last day, month or year of a figure's period; None for a named one (春节假期).

    >>> _period("2025-Q1"), _period("2025-01/2025-08"), _period("春运")
    (('2025-01', '2025-03'), ('2025-01', '2025-08'), None)
    """
    first, _, last = text.partition("/")
    if text[5:] in _PARTS and text[4] == "-":
        months = _PARTS[text[5:]]
        return f"{text[:4]}-{months[0]}", f"{text[:4]}-{months[1]}"
    return (first, last or first) if _ISO.match(first) and _ISO.match(last or first) else None


def _within(fact: Fact, since: str, until: str) -> bool:
    return any(last >= since[: len(last)] and first <= until[: len(first)] for first, last in spans_of(fact))


def _field_of(fact: Fact, pack: Pack) -> str | None:
    if isinstance(fact, Recall):
        return pack.happenings.product_class(fact.product)
    return fact.field if isinstance(fact, Case) else None


def _says(fact: Fact, words: list[list[str]]) -> bool:
    """Whether every word, under any of its names, stands in the fact or its sentences."""
    text = _text_of(fact)
    return all(any(name in text for name in names) for names in words)


def _text_of(fact: Fact) -> str:
    stated: dict[str, Any] = msgspec.to_builtins(fact)
    own = {name: value for name, value in stated.items() if name not in ("id", "rule", "certainty", "evidence")}
    sentences = "\n".join(one.sentence for one in fact.evidence)
    return f"{msgspec.json.encode(own).decode()}\n{sentences}".casefold()
