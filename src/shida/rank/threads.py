"""The list-maker's grain: stories of one thread become one entry, where the list says so.

A thread is a theme of the list's `threads`: a war of the same fighters, the visits of a head of state, a harvest. Its
stories stand in one view with all their articles, and so do the articles that tell of it inside other stories.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Final

from shida.pack.ranking import ListRule
from shida.rank.cues import Reader
from shida.rank.views import View, view_from
from shida.records import Member

OWN_SHARE: Final = 0.5
"""How much of a story must tell of the thread for the story to be one of it."""
LEAST: Final = 2.0
"""A thread has at least so many articles, filler discounted."""


def with_threads(
    views: Sequence[View], field: str | None, rule: ListRule, reader: Reader, weight: Callable[[View], float]
) -> list[View]:
    """The stories of the field, those of one thread as one view; no article stands in two of them.

    An article belongs to the largest thread its title tells of. A thread needs a story of its own; it bears the id and
    the title of the one that has the most `weight`.
    """
    inside = [view for view in views if field is None or field in view.fields]
    kinds = set(rule.threads)
    if not kinds:
        return inside
    amounts = _amounts(views, field, kinds)
    own: defaultdict[str, list[View]] = defaultdict(list)
    strays: defaultdict[str, list[tuple[View, list[int]]]] = defaultdict(list)
    single: list[View] = []
    for view in views:
        places = _places(view, field, amounts)
        within = field is None or field in view.fields
        shares = {name: sum(view.masses[place] for place in told) for name, told in places.items()}
        name = max(shares, key=lambda name: (shares[name], name), default="")
        if within and name and 0 < OWN_SHARE * view.mass <= shares[name]:
            own[name].append(view)
            continue
        for name, told in places.items():
            strays[name].append((view, told))
        if within:
            single.append(view)
    gone: defaultdict[str, set[int]] = defaultdict(set)
    made = []
    for name in sorted(own):
        for view, told in strays[name]:
            gone[view.story].update(told)
        if len(own[name]) > 1 or strays[name]:
            lead = max(own[name], key=lambda view: (weight(view), view.story))
            made.append(_thread(name, own[name], lead, strays[name], reader))
        else:
            made.append(own[name][0])
    made += [_without(view, gone[view.story], reader) for view in single if len(gone[view.story]) < len(view.members)]
    return made


def _amounts(views: Sequence[View], field: str | None, kinds: set[str]) -> dict[str, float]:
    """How much there is of each thread in the titles of the field, whatever their stories."""
    amounts: Counter[str] = Counter()
    for view in views:
        if view.themes and any(_kind(name) in kinds for name in view.themes):
            for reading, mass in zip(view.readings, view.masses, strict=True):
                if field is None or field in reading.fields:
                    for name in reading.themes:
                        amounts[name] += mass  # type: ignore[assignment]  # a Counter adds floats as well
    return {name: amount for name, amount in amounts.items() if amount >= LEAST and _kind(name) in kinds}


def _places(view: View, field: str | None, amounts: dict[str, float]) -> dict[str, list[int]]:
    """Thread → the places of the articles that tell of it."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    if any(name in amounts for name in view.themes):
        for place, reading in enumerate(view.readings):
            names = [name for name in reading.themes if name in amounts]
            if names and (field is None or field in reading.fields):
                places[max(names, key=lambda name: (amounts[name], name))].append(place)
    return places


def _thread(
    name: str, own: Sequence[View], lead: View, strays: Sequence[tuple[View, list[int]]], reader: Reader
) -> View:
    members: list[Member] = [member for view in own for member in view.members]
    members += [view.members[place] for view, told in strays for place in told]
    members.sort(key=lambda member: (member.published or "", member.position or 0, member.article))
    copies = sum(view.copies for view in own)
    made = view_from(lead.story, lead.told_as, tuple(members), copies, reader)
    made.thread, made.stories, made.lead = name, tuple(own), lead
    return made


def _without(view: View, gone: set[int], reader: Reader) -> View:
    if not gone:
        return view
    left = tuple(member for place, member in enumerate(view.members) if place not in gone)
    return view_from(view.story, view.told_as, left, view.copies, reader)


def _kind(theme: str) -> str:
    return theme.partition("·")[0]
