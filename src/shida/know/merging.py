"""Facts → facts, the same thing said in several places once, with all its evidence."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache

import msgspec

from shida.pack.documents import short_title
from shida.records import (
    Act,
    Appointment,
    Award,
    Campaign,
    Case,
    Conference,
    Document,
    Event,
    Evidence,
    Fact,
    First,
    Recall,
    Statement,
    Theme,
)

_LOOSE = re.compile(r"[\s　·,，、（）()〈〉<>“”\"—–―~～-]")
_NOT_STATED = frozenset({"id", "evidence", "rule", "certainty", "reported"})
_NAMES: dict[type, tuple[str, ...]] = {
    Document: ("title",),
    Conference: ("name",),
    Award: ("award",),
    Campaign: ("name",),
    Case: ("authority", "parties", "ordinal"),
    Appointment: ("person", "act"),
    Theme: ("name", "year"),
    Recall: ("maker", "product"),
    Event: ("what",),
    First: ("claim",),
    Statement: ("words",),
}
"""What of a fact says which thing it is about; facts that agree in it are one unless something else contradicts."""
_SURE = {"certain": 0, "likely": 1, "unsure": 2}


def with_id(fact: Fact) -> Fact:
    """The fact with an id made of what it states: equal statements have equal ids, wherever they stand."""
    stated = [type(fact).__name__, *(getattr(fact, name) for name in _stated(type(fact)))]
    text = msgspec.json.encode(stated)
    return msgspec.structs.replace(fact, id="f-" + hashlib.sha256(text).hexdigest()[:16])


@cache
def _stated(kind: type[Fact]) -> tuple[str, ...]:
    """The fields of a kind that say something, in the order of the record."""
    return tuple(name for name in kind.__struct_fields__ if name not in _NOT_STATED)


def merge(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """One fact a thing, with the evidence of all; facts that contradict each other stay side by side.

    The order and the batching of the input change nothing but which of several equals names the rule.
    """
    kept: list[Fact] = []
    changed: set[int] = set()
    by_key: dict[tuple[str, str], list[int]] = {}
    for fact in sorted((fact if fact.id else with_id(fact) for fact in facts), key=_order):
        places = by_key.setdefault(_key(fact), [])
        for place in places:
            joined = _joined(kept[place], fact)
            if joined is not None:
                kept[place] = joined
                changed.add(place)
                break
        else:
            places.append(len(kept))
            kept.append(fact)
    if not changed:
        return tuple(kept)
    return tuple(sorted((with_id(fact) if place in changed else fact for place, fact in enumerate(kept)), key=_order))


def _order(fact: Fact) -> tuple[str, int, int, str, int, str]:
    first = fact.evidence[0] if fact.evidence else Evidence(of="text", start=0, end=0, sentence="")
    return (first.article or "", first.of != "title", first.start, type(fact).__name__, _place(fact, first), fact.id)


def _place(fact: Fact, evidence: Evidence) -> int:
    """Where in its sentence the thing is named; -1 where its name is not there word for word."""
    named = getattr(fact, _NAMES.get(type(fact), ("what",))[0], "")
    return evidence.sentence.find(named) if isinstance(named, str) else -1


def _key(fact: Fact) -> tuple[str, str]:
    """What may be the same thing: for documents the title without spaces and brackets, else the statement itself."""
    names = _NAMES.get(type(fact))
    if names is None:
        return type(fact).__name__, fact.id
    if isinstance(fact, Document):
        return "Document", _LOOSE.sub("", short_title(fact.title))  # 中华人民共和国计量法 is 计量法
    if isinstance(fact, Case) and fact.parties:
        return "Case", min(_LOOSE.sub("", party)[:2] for party in fact.parties)  # a party's short form begins like it
    return type(fact).__name__, "|".join(_LOOSE.sub("", str(getattr(fact, name) or "")) for name in names)


def _joined(one: Fact, other: Fact) -> Fact | None:
    """Both as one, or None where they contradict each other."""
    if isinstance(one, Document) and isinstance(other, Document):
        return _joined_documents(one, other)
    if one.id == other.id:
        return msgspec.structs.replace(one, **_shared(one, other))
    if type(one) is not type(other) or type(one) not in _NAMES:
        return None
    if isinstance(one, Case) and isinstance(other, Case):
        return _joined_cases(one, other)
    return _filled(one, other)


def _filled(one: Fact, other: Fact) -> Fact | None:
    """One with what only the other states; None where both state a thing and differ."""
    values: dict[str, object] = {}
    for name in one.__struct_fields__:
        mine, theirs = getattr(one, name), getattr(other, name)
        if name in _NOT_STATED or mine == theirs or theirs in (None, (), "", "not stated") or name in _NAMES[type(one)]:
            continue
        if mine in (None, (), "", "not stated"):
            values[name] = theirs
        elif isinstance(mine, tuple) and isinstance(theirs, tuple) and ({*mine} <= {*theirs} or {*theirs} <= {*mine}):
            values[name] = max(mine, theirs, key=len)
        else:
            return None
    if "winners" in values and isinstance(one, Award) and isinstance(other, Award):
        values["winner_types"] = (one if len(one.winners) > len(other.winners) else other).winner_types
    return msgspec.structs.replace(one, **values, **_shared(one, other))


def _shared(one: Fact, other: Fact) -> dict[str, object]:
    evidence = sorted(
        {*one.evidence, *other.evidence}, key=lambda e: (e.article or "", e.of != "title", e.start, e.end)
    )
    days = [day for day in (one.reported, other.reported) if day]
    return {
        "evidence": tuple(evidence),
        "certainty": min(one.certainty, other.certainty, key=lambda sure: _SURE[sure]),
        "reported": min(days) if days else None,
    }


def _joined_documents(one: Document, other: Document) -> Document | None:
    for name in ("number", "effective", "period", "times"):
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine and theirs and mine != theirs:
            return None
    if one.issuers and other.issuers and not any(same_body(m, t) for m in one.issuers for t in other.issuers):
        return None
    acts = _joined_acts(one.acts, other.acts)
    if acts is None:
        return None
    fuller = other if len(other.issuers) > len(one.issuers) else one
    statuses = {one.status, other.status}
    return msgspec.structs.replace(
        one,
        document_kind=one.document_kind or other.document_kind,
        number=one.number or other.number,
        issuers=fuller.issuers,
        issuer_count=fuller.issuer_count,
        issuers_complete=fuller.issuers_complete,
        drafters=one.drafters or other.drafters,
        acts=acts,
        times=one.times or other.times,
        occasion=one.occasion or other.occasion,
        period=one.period or other.period,
        status=one.status if len(statuses) == 1 else None if None in statuses else one.status,
        effective=one.effective or other.effective,
        **{
            name: tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name))))
            for name in ("amends", "implements", "replaces")
        },
        **_shared(one, other),
    )


def _joined_cases(one: Case, other: Case) -> Case | None:
    """Two tellings of one case: bodies and parties may go by short forms, and one may leave out what the other says."""
    if one.authority and other.authority and not same_body(one.authority, other.authority):
        return None
    fewer, more = sorted((one.parties, other.parties), key=len)
    if not fewer or not all(any(same_body(party, known) for known in more) for party in fewer):
        return None
    if one.ordinal and other.ordinal and one.ordinal != other.ordinal:
        return None
    joined = _filled(one, other)
    if not isinstance(joined, Case):
        return None
    return msgspec.structs.replace(
        joined,
        authority=max(one.authority or "", other.authority or "", key=lambda name: (len(name), name)) or None,
        parties=max(one.parties, other.parties, key=lambda names: (len(names), len("".join(names)), names)),
        ordinal=one.ordinal or other.ordinal,
    )


def same_body(one: str, other: str) -> bool:
    """Whether two names may be of one body: a short form leaves characters out and keeps the order of the rest.

    >>> same_body("国家发展改革委", "国家发展和改革委员会"), same_body("市监总局", "国家市场监督管理总局")
    (True, True)
    >>> same_body("公安部", "国家安全部"), same_body("教育部", "财政部")
    (False, False)
    """
    short, long = sorted((one, other), key=len)
    if len(short) < 3:
        return len(short) > 1 and long.startswith(short)
    rest = iter(long)
    return all(mark in rest for mark in short)


def _joined_acts(mine: tuple[Act, ...], theirs: tuple[Act, ...]) -> tuple[Act, ...] | None:
    """All acts, each once; None where the same act has two dates that cannot both be right."""
    acts = list(mine)
    for act in theirs:
        for place, known in enumerate(acts):
            if known.act != act.act:
                continue
            if (
                known.date is None
                or act.date is None
                or known.date.startswith(act.date)
                or act.date.startswith(known.date)
            ):
                if len(act.date or "") > len(known.date or ""):
                    acts[place] = act
                break
            if act.act not in ("修订", "修正", "修改"):
                return None
        else:
            acts.append(act)
    return tuple(acts)
