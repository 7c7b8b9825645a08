"""Story → View: the part of a story that was known on a day and falls in a period. Nothing later stands in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, TypeVar

import msgspec

from shida.rank.cues import Reader, Reading
from shida.rank.editions import most_named
from shida.records import Member, Period, Story

Thing = TypeVar("Thing")

SAID_BEFORE: Final = 0.1
"""What an article weighs whose title an earlier one of the story had, figures aside."""

NEARLY: Final = 0.6
"""How well the story's own title must tell it, beside the best of its titles; a reader finds the story by its own."""


class Told(msgspec.Struct, kw_only=True, eq=False):
    """A story as ranking reads it, for any period: its own dated members, oldest first."""

    story: Story
    own: tuple[Member, ...]
    """Own articles with a day; copies are not among them."""
    days: list[str]
    """Their days."""
    copies: list[str]
    """The days of its copies."""
    whole: View | None = None
    """The view of a period that holds all of it, kept once it was asked for."""


class View(msgspec.Struct, kw_only=True, eq=False):
    """A story as it was known: the members that count, and what their titles tell."""

    story: str
    told_as: str
    """The title that grouping gave the story; shown only where a known member has it."""
    members: tuple[Member, ...]
    """Own articles of the period, known by then, oldest first; copies are not among them."""
    copies: int
    readings: tuple[Reading, ...]
    masses: tuple[float, ...]
    """What each member weighs: 1, less where it fills the programme."""
    mass: float
    days: tuple[str, ...]
    """Days with a member that is no mere filler or bulletin (all days where there is no other), in order."""
    fields: tuple[str, ...]
    acts: dict[str, tuple[float, float]]
    """Kind of act → (the pack's value, share of the mass whose titles have it)."""
    themes: dict[str, float]
    """Theme → how much of the mass adds to it."""
    thread: str = ""
    """The theme that makes one entry of several stories; "" for a single story."""
    stories: tuple[View, ...] = ()
    """Of a thread: the stories that are wholly in it."""
    lead: View | None = None
    """Of a thread: the weightiest of its stories, under whose id and title the thread stands."""
    edition: str
    """The event's edition that at least half of the titles name."""
    signals: dict[str, Any] = {}
    """Signals that no list changes, once they were asked for."""

    def sample(self, most: int) -> Sequence[Member]:
        """At most `most` of the members, evenly over their order."""
        return spread(self.members, most)


def told(story: Story) -> Told | None:
    """What ranking reads of `story`; None where no own article has a day: it cannot be shown to have been known."""
    dated = [member for member in story.members if member.published is not None]
    own = sorted((m for m in dated if m.copy_of is None), key=lambda m: (m.published or "", m.position or 0, m.article))
    if not own:
        return None
    return Told(
        story=story,
        own=tuple(own),
        days=[(member.published or "")[:10] for member in own],
        copies=sorted((m.published or "")[:10] for m in dated if m.copy_of is not None),
    )


def view_of(told: Told, reader: Reader, period: Period, as_of: str) -> View | None:
    """What was known of a story on `as_of` (that day included) within `period`; None where nothing was."""
    last = min(period.last, as_of[:10])
    if told.days[0] > last or told.days[-1] < period.first:
        return None
    low, high = bisect_left(told.days, period.first), bisect_right(told.days, last)
    copies = bisect_right(told.copies, last) - bisect_left(told.copies, period.first)
    if low >= high:
        return None
    if high - low < len(told.own) or copies != len(told.copies):
        return view_from(told.story.id, told.story.title, told.own[low:high], max(0, copies), reader)
    if told.whole is None:
        told.whole = view_from(told.story.id, told.story.title, told.own, copies, reader)
    return told.whole


def view_from(story: str, told_as: str, own: tuple[Member, ...], copies: int, reader: Reader) -> View:
    """A view of these articles, oldest first, under the id and title of a story."""
    readings = tuple(reader.read(member.title) for member in own)
    masses = _masses(readings)
    mass = sum(masses)
    return View(
        story=story,
        told_as=told_as,
        members=own,
        copies=copies,
        readings=readings,
        masses=masses,
        mass=mass,
        days=_days(own, masses),
        fields=fields_of(readings, reader),
        acts=_acts(readings, masses, mass),
        themes=_themes(readings, masses),
        edition=most_named([reading.editions for reading in readings]),
        signals={},
    )


def spread(things: Sequence[Thing], most: int) -> Sequence[Thing]:
    """At most `most` of them, evenly over their order.

    >>> spread("abcdef", 3)
    ['a', 'c', 'e']
    """
    if len(things) <= most:
        return things
    return [things[i * len(things) // most] for i in range(most)]


def _masses(readings: tuple[Reading, ...]) -> tuple[float, ...]:
    """1, less what is filler; a title that was there before (figures aside) is a bulletin and adds little."""
    said: set[str] = set()
    masses = []
    for reading in readings:
        mass = 1.0 - (reading.filler[1] if reading.filler else 0.0)
        masses.append(mass * SAID_BEFORE if reading.plain in said else mass)
        said.add(reading.plain)
    return tuple(masses)


def fields_of(readings: tuple[Reading, ...], reader: Reader) -> tuple[str, ...]:
    """Fields that enough of the titles belong to, by how many do; the pack's order decides between equals."""
    counts = Counter(field for reading in readings for field in reading.fields)
    order = {rule.name: place for place, rule in enumerate(reader.rules)}
    enough = [f for f in counts if counts[f] >= reader.rules[order[f]].share * len(readings)]
    return tuple(sorted(enough, key=lambda field: (-counts[field], order[field])))


def _days(members: Sequence[Member], masses: tuple[float, ...]) -> tuple[str, ...]:
    told = {(m.published or "")[:10] for m, mass in zip(members, masses, strict=True) if mass > SAID_BEFORE}
    return tuple(sorted(told or {(m.published or "")[:10] for m in members}))


def _acts(readings: tuple[Reading, ...], masses: tuple[float, ...], mass: float) -> dict[str, tuple[float, float]]:
    weights: dict[str, tuple[float, float]] = {}
    if mass <= 0:
        return weights
    for reading, own in zip(readings, masses, strict=True):
        own *= 1 - (reading.answer or 0.0)
        for name, value in reading.acts.items():
            weights[name] = (value, weights.get(name, (value, 0.0))[1] + own / mass)
    return weights


def _themes(readings: tuple[Reading, ...], masses: tuple[float, ...]) -> dict[str, float]:
    themes: dict[str, float] = {}
    for reading, own in zip(readings, masses, strict=True):
        for name in reading.themes:
            themes[name] = themes.get(name, 0.0) + own
    return themes


def title_of(view: View, field: str | None = None) -> str:
    """The story's own title where a known member has it and it tells the act nearly as well as the best; else the best.

    Best: tells the weightiest act and what followed, is of `field`, and is no filler, answer or routine; the earliest
    of equals.
    """
    if view.lead is not None and telling(view.lead, field) >= NEARLY * telling(view, field):
        return title_of(view.lead, field)
    titles = [member.title for member in view.members]
    worth = _worth_of_titles(view, field)
    best = max(worth)
    if view.told_as and view.told_as in titles and worth[titles.index(view.told_as)] >= NEARLY * best:
        return view.told_as
    return titles[worth.index(best)]


def telling(view: View, field: str | None = None) -> float:
    """How well the best of a view's titles tells it."""
    return max(_worth_of_titles(view, field))


def _worth_of_titles(view: View, field: str | None) -> list[float]:
    return [
        _telling(reading, mass, field) if member.title else 0.0
        for member, reading, mass in zip(view.members, view.readings, view.masses, strict=True)
    ]


def _telling(reading: Reading, mass: float, field: str | None) -> float:
    consequence = reading.consequence[1] if reading.consequence else 0.0
    worth = mass * (1 + max(reading.acts.values(), default=0.0) + consequence)
    worth *= 1 - (reading.fixture[1] if reading.fixture else 0.0) / 2
    worth *= 1.0 if reading.answer is None else 0.5
    return worth if field is None or field in reading.fields else worth * 0.3
