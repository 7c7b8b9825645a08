"""Title → what in it tells one happening from another of its kind: 第三届, 2024年, 浙江省, 《…》."""

from __future__ import annotations

from cn2an import cn2an

from shida.pack import Pack
from shida.pack.finding import find_names
from shida.pack.grouping import Veto
from shida.pack.names import Name

PROVINCE = 3
"""Rank of a province in the pack's names."""

Marks = frozenset[tuple[str, str]]
"""Units and values: 第三届 is ("届", "3"); a province is ("", "浙江省")."""
NONE: Marks = frozenset()


def marks(title: str, veto: Veto, pack: Pack) -> Marks:
    """What `title` says that `veto` compares."""
    found = set()
    for pattern in veto.compiled:
        for match in pattern.finditer(title):
            found.add((match["unit"] if "unit" in pattern.groupindex else "", _value(match["value"])))
    if veto.regions:
        for name in find_names(title, pack):
            region = _region(name.name, pack)
            if region is not None:
                found.add(("", region))
    # One and the same where nothing is said, which is almost always: an empty set takes 216 bytes.
    return frozenset(found) if found else NONE


def _value(text: str) -> str:
    """A number in one form: 三, ３ and 3 are the same; what is no number stays.

    >>> _value("十二"), _value("六58"), _value("江苏")
    ('12', '六58', '江苏')
    """
    try:
        return str(cn2an(text, "smart"))
    except (ValueError, KeyError):  # KeyError: 六58
        return text


def _region(name: Name, pack: Pack) -> str | None:
    """The province a place or a local body belongs to."""
    for _ in range(4):
        if name.kind == "place" and name.rank == PROVINCE:
            return name.name
        above = pack.names.by_alias.get(name.parent or "", ())
        if not above:
            return None
        name = above[0]
    return None
