"""The names a domain knows: authorities, organisations, places, offices, and what they are called, since when."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import msgspec

from shida.pack.sections import Section

NameKind = Literal["authority", "organisation", "place", "office", "person"]


class Name(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One body, place or office. `since` and `until` are the days (or years) between which it bore the name."""

    name: str
    """The full name, which facts about it resolve to."""
    kind: NameKind
    aliases: tuple[str, ...] = ()
    """Other words for the same thing that stand for it without context."""
    since: str | None = None
    until: str | None = None
    rank: int | None = None
    """1 the top of party and state, 2 ministries and the two supreme courts, 3 provinces, national bureaus and
    people's organisations, 4 bureaus of a province and national associations, 5 cities and their bureaus."""
    parent: str | None = None
    """Full name of the body (or place) it belongs to."""
    successor: str | None = None
    """Full name of the body that took over its work."""

    def valid(self, day: str) -> bool:
        """Whether it bore this name on `day` (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`; unknown ends are open).

        >>> Name(name="国家质量监督检验检疫总局", kind="authority", until="2018-03-21").valid("2020")
        False
        """
        since, until = self.since or "", self.until or "9999"
        return since[: len(day)] <= day and day[: len(until)] <= until


class Branch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body that every province and city has: its name is the place followed by `ending`."""

    ending: str
    aliases: tuple[str, ...] = ()
    kind: NameKind = "authority"
    since: str | None = None
    until: str | None = None


class Names(Section, frozen=True, kw_only=True, dict=True):
    """`names.toml`. `lists.cities` has a line a province: its full name, then its cities."""

    names: tuple[Name, ...] = ()
    branches: tuple[Branch, ...] = ()
    not_before: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Ending of a name → what may not follow it: 教育部 is not named in 教育部门."""
    full_only: tuple[str, ...] = ()
    """Cities whose short form is too often part of other words: 达州 in 佛罗里达州."""

    @cached_property
    def all(self) -> tuple[Name, ...]:
        """Names, cities, and the branches of every province and city."""
        provinces = {entry.name: entry for entry in self.names if entry.kind == "place" and entry.rank == 3}
        cities = [
            Name(
                name=full, kind="place", aliases=() if full in self.full_only else _short(full), rank=5, parent=province
            )
            for province, _, rest in (line.partition(" ") for line in self.lists.get("cities", ()))
            for full in rest.split()
        ]
        places = [*provinces.values(), *cities]
        branches = [
            Name(
                name=place.name + branch.ending,
                kind=branch.kind,
                aliases=tuple(
                    called + ending
                    for called in (place.name, *place.aliases)
                    for ending in (branch.ending, *branch.aliases)
                    if called + ending != place.name + branch.ending
                ),
                since=branch.since,
                until=branch.until,
                rank=4 if place.rank == 3 else 5,
                parent=place.name,
            )
            for place in places
            for branch in self.branches
        ]
        return (*self.names, *cities, *branches)

    def full_name(self, called: str, day: str | None = None) -> str | None:
        """The full name of what is `called` so on `day`; None where the pack does not know it.

        Where several bore the name, the one valid on the day; without a day the one that bears it now.
        """
        found = choose(self.by_alias.get(called, ()), day)
        return found.name if found else None

    @cached_property
    def by_alias(self) -> dict[str, tuple[Name, ...]]:
        """Every word for a name → the names it may stand for, in the pack's order."""
        table: dict[str, list[Name]] = {}
        for entry in self.all:
            for called in (entry.name, *entry.aliases):
                known = table.setdefault(called, [])
                if entry not in known:
                    known.append(entry)
        return {called: tuple(entries) for called, entries in table.items()}


def choose(entries: tuple[Name, ...], day: str | None = None) -> Name | None:
    """The entry valid on `day`, else the one without an end, else the first; None where there is none.

    >>> old = Name(name="国家食品药品监督管理总局", kind="authority", until="2018-03-21")
    >>> new = Name(name="国家药品监督管理局", kind="authority", since="2018-03-21")
    >>> choose((old, new), "2016").name, choose((old, new)).name
    ('国家食品药品监督管理总局', '国家药品监督管理局')
    """
    for entry in entries:
        if day and entry.valid(day):
            return entry
    for entry in entries:
        if not entry.until:
            return entry
    return entries[0] if entries else None


def _short(full: str) -> tuple[str, ...]:
    """杭州市 → 杭州; a prefecture's short form is not sure enough (海北, 海南) and is left to the pack."""
    return (full[:-1],) if full.endswith("市") and len(full) > 2 else ()
