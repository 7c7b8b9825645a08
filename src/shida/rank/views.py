"""Story → View: the part of a story that was known on a day and falls in a period. Nothing later stands in it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import msgspec

from shida.rank.cues import Reader, Reading
from shida.records import Member, Period, Story

SAID_BEFORE: Final = 0.1
"""What an article weighs whose title an earlier one of the story had, figures aside."""

NEARLY: Final = 0.5
"""How well the story's own title must tell it, beside the best of its titles; a reader finds the story by its own."""

_FIGURES = re.compile(r"[\d.,，%％—-]+")


class View(msgspec.Struct, kw_only=True):
    """A story as it was known: the members that count, and what their titles tell."""

    story: str
    title: str
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


def view_of(story: Story, reader: Reader, period: Period, as_of: str, field: str | None = None) -> View | None:
    """What was known of `story` on `as_of` (that day included) within `period`; None where nothing was.

    A member without a date cannot be shown to have been known, so it does not count. The title shown is one of `field`.
    """
    last = min(period.last, as_of[:10])
    known = [m for m in story.members if m.published is not None and period.first <= m.published[:10] <= last]
    own = sorted((m for m in known if m.copy_of is None), key=lambda m: (m.published or "", m.position or 0, m.article))
    if not own:
        return None
    readings = tuple(reader.read(member.title) for member in own)
    masses = _masses(own, readings)
    mass = sum(masses)
    whole = len(known) == len(story.members)
    return View(
        story=story.id,
        title=_title(story.title, own, readings, masses, field),
        members=tuple(own),
        copies=len(known) - len(own),
        readings=readings,
        masses=masses,
        mass=mass,
        days=_days(own, masses),
        fields=story.fields if whole and story.fields else fields_of(readings, reader),
        acts=_acts(readings, masses, mass),
        themes=_themes(readings, masses),
    )


def _masses(members: list[Member], readings: tuple[Reading, ...]) -> tuple[float, ...]:
    """1, less what is filler; a title that was there before (figures aside) is a bulletin and adds little."""
    said: set[str] = set()
    masses = []
    for member, reading in zip(members, readings, strict=True):
        mass = 1.0 - (reading.filler[1] if reading.filler else 0.0)
        plain = _FIGURES.sub("", member.title)
        masses.append(mass * SAID_BEFORE if plain in said else mass)
        said.add(plain)
    return tuple(masses)


def fields_of(readings: tuple[Reading, ...], reader: Reader) -> tuple[str, ...]:
    """Fields that enough of the titles belong to, by how many do; the pack's order decides between equals."""
    counts = Counter(field for reading in readings for field in reading.fields)
    order = {rule.name: place for place, rule in enumerate(reader.rules)}
    enough = [f for f in counts if counts[f] >= reader.rules[order[f]].share * len(readings)]
    return tuple(sorted(enough, key=lambda field: (-counts[field], order[field])))


def _days(members: list[Member], masses: tuple[float, ...]) -> tuple[str, ...]:
    told = {(m.published or "")[:10] for m, mass in zip(members, masses, strict=True) if mass > SAID_BEFORE}
    return tuple(sorted(told or {(m.published or "")[:10] for m in members}))


def _acts(readings: tuple[Reading, ...], masses: tuple[float, ...], mass: float) -> dict[str, tuple[float, float]]:
    weights: dict[str, tuple[float, float]] = {}
    if mass <= 0:
        return weights
    for reading, own in zip(readings, masses, strict=True):
        for name, value in reading.acts.items():
            weights[name] = (value, weights.get(name, (value, 0.0))[1] + own / mass)
    return weights


def _themes(readings: tuple[Reading, ...], masses: tuple[float, ...]) -> dict[str, float]:
    themes: dict[str, float] = {}
    for reading, own in zip(readings, masses, strict=True):
        for name in reading.themes:
            themes[name] = themes.get(name, 0.0) + own
    return themes


def _title(
    title: str, members: list[Member], readings: tuple[Reading, ...], masses: tuple[float, ...], field: str | None
) -> str:
    """The story's own title where a known member has it and it tells the act half as well as the best; else the best.

    Best: tells the weightiest act and is no filler, answer or routine; the earliest of equals.
    """
    titles = [member.title for member in members]
    worth = [
        _telling(reading, mass, field) if told else 0.0
        for told, reading, mass in zip(titles, readings, masses, strict=True)
    ]
    best = max(worth)
    if title and title in titles and worth[titles.index(title)] >= NEARLY * best:
        return title
    return titles[worth.index(best)]


def _telling(reading: Reading, mass: float, field: str | None) -> float:
    worth = mass * (1 + max(reading.acts.values(), default=0.0))
    worth *= 1 - (reading.fixture[1] if reading.fixture else 0.0) / 2
    worth *= 0.5 if reading.reaction else 1.0
    return worth if field is None or field in reading.fields else worth * 0.3
