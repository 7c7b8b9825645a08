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
    only: int | None = None
    """Only places of this rank have one: 3 a province has a 厅, 5 a city a 支队; None for all."""

    def of(self, place: Name) -> Name:
        """The branch of one place, under every word for both.

        >>> bureau = Branch(ending="市场监督管理局", aliases=("市场监管局",))
        >>> bureau.of(Name(name="浙江省", kind="place", aliases=("浙江",), rank=3)).aliases
        ('浙江省市场监管局', '浙江市场监督管理局', '浙江市场监管局')
        """
        full = place.name + self.ending
        return Name(
            name=full,
            kind=self.kind,
            aliases=tuple(
                called + ending
                for called in (place.name, *place.aliases)
                for ending in (self.ending, *self.aliases)
                if called + ending != full
            ),
            since=self.since,
            until=self.until,
            rank=4 if place.rank == 3 else 5,
            parent=place.name,
        )


class Names(Section, frozen=True, kw_only=True, dict=True):
    """`names.toml`. `lists.cities` has a line a province: its full name, then its cities."""

    names: tuple[Name, ...] = ()
    branches: tuple[Branch, ...] = ()
    not_before: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Ending of a name → what may not follow it: 教育部 is not named in 教育部门."""
    full_only: tuple[str, ...] = ()
    """Cities whose short form is too often part of other words: 达州 in 佛罗里达州."""

    @cached_property
    def places(self) -> tuple[Name, ...]:
        """Provinces and cities: what a branch may stand behind."""
        provinces = {entry.name: entry for entry in self.names if entry.kind == "place" and entry.rank == 3}
        cities = [
            Name(
                name=full, kind="place", aliases=() if full in self.full_only else _short(full), rank=5, parent=province
            )
            for province, _, rest in (line.partition(" ") for line in self.lists.get("cities", ()))
            for full in rest.split()
        ]
        return (*provinces.values(), *cities)

    @cached_property
    def listed(self) -> tuple[Name, ...]:
        """Names and cities, without the branches of places."""
        return (*self.names, *(place for place in self.places if place.rank == 5))

    @cached_property
    def all(self) -> tuple[Name, ...]:
        """Names, cities, and the branches of every province and city."""
        return (*self.listed, *(branch.of(place) for place in self.places for branch in self.branches_of(place)))

    def branches_of(self, place: Name) -> tuple[Branch, ...]:
        """The branches a place of its rank has."""
        return tuple(branch for branch in self.branches if branch.only in (None, place.rank))

    @cached_property
    def by_word(self) -> dict[str, tuple[Name, ...]]:
        """Every word for a listed name → the names it may stand for, in the pack's order."""
        return _by_word(self.listed)

    @cached_property
    def places_by_word(self) -> dict[str, tuple[Name, ...]]:
        """Every word for a place that has branches → the places."""
        return _by_word(self.places)

    @cached_property
    def branch_endings(self) -> dict[str, tuple[str, ...]]:
        """First character → the endings of branches that begin with it, longer ones first."""
        endings = {ending for branch in self.branches for ending in (branch.ending, *branch.aliases)}
        ordered = sorted(endings, key=lambda ending: (-len(ending), ending))
        return {first: tuple(e for e in ordered if e[0] == first) for first in sorted({e[0] for e in ordered})}

    def branch_names(self, place: str, ending: str) -> tuple[Name, ...]:
        """What a place's word and a branch's ending together may stand for, as in `by_alias`."""
        made = [
            branch.of(entry)
            for entry in self.places_by_word.get(place, ())
            for branch in self.branches_of(entry)
            if ending == branch.ending or ending in branch.aliases
        ]
        return (*self.by_word.get(place + ending, ()), *made)

    def full_name(self, called: str, day: str | None = None) -> str | None:
        """The full name of what is `called` so on `day`; None where the pack does not know it.

        Where several bore the name, the one valid on the day; without a day the one that bears it now.
        """
        found = choose(self.called(called), day)
        return found.name if found else None

    def called(self, word: str) -> tuple[Name, ...]:
        """All that `word` may stand for, in the pack's order: `by_alias` without the table of all branches."""
        for size in range(len(word) - 1, 1, -1):
            if word[:size] in self.places_by_word and word[size:] in self.branch_endings.get(word[size], ()):
                return self.branch_names(word[:size], word[size:])
        return self.by_word.get(word, ())

    @cached_property
    def by_alias(self) -> dict[str, tuple[Name, ...]]:
        """Every word for a name → the names it may stand for, in the pack's order."""
        return _by_word(self.all)


def _by_word(entries: tuple[Name, ...]) -> dict[str, tuple[Name, ...]]:
    """Every word for one of `entries` → those it may stand for, in their order."""
    table: dict[str, list[Name]] = {}
    for entry in entries:
        for called in (entry.name, *entry.aliases):
            known = table.setdefault(called, [])
            if entry not in known:
                known.append(entry)
    return {called: tuple(known) for called, known in table.items()}


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
