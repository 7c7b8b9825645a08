"""Fact → the dict `shida know --jsonl` prints."""

from __future__ import annotations

from typing import Any

import msgspec

from shida.records import Fact


def to_contract(fact: Fact) -> dict[str, Any]:
    """A fact with its kind and own fields and its evidence; what is not stated is left out.

    >>> from shida.records import Figure
    >>> list(to_contract(Figure(what="新建标准", value=12, unit="项", rule="quantity")).items())[:4]
    [('kind', 'figure'), ('what', '新建标准'), ('value', 12), ('unit', '项')]
    """
    stated: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(fact))
    evidence = [
        {"of": one.of, "start": one.start, "end": one.end, "sentence": one.sentence}
        | ({"article": one.article} if one.article else {})
        for one in fact.evidence
    ]
    own = {
        name: value
        for name, value in stated.items()
        if name not in ("id", "evidence", "rule", "certainty") and value not in (None, [], "")
    }
    kind = own.pop("kind")
    named = {"id": fact.id} if fact.id else {}
    return {"kind": kind, **named, **own, "evidence": evidence, "rule": fact.rule, "certainty": fact.certainty}
