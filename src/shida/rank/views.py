"""Story → View: the part of a story that was known on a day and falls in a period. Nothing later stands in it."""

from __future__ import annotations

from collections import Counter

import msgspec

from shida.rank.cues import Reader, Reading
from shida.records import Member, Period, Story


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
    """Days with a member, in order."""
    fields: tuple[str, ...]
    acts: dict[str, tuple[float, float]]
    """Kind of act → (the pack's value, share of the mass whose titles have it)."""


def view_of(story: Story, reader: Reader, period: Period, as_of: str) -> View | None:
    """What was known of `story` on `as_of` (that day included) within `period`; None where nothing was.

    A member without a date cannot be shown to have been known, so it does not count.
    """
    last = min(period.last, as_of[:10])
    known = [m for m in story.members if m.published is not None and period.first <= m.published[:10] <= last]
    own = sorted((m for m in known if m.copy_of is None), key=lambda m: (m.published or "", m.position or 0, m.article))
    if not own:
        return None
    readings = tuple(reader.read(member.title) for member in own)
    masses = tuple(1.0 - (reading.filler[1] if reading.filler else 0.0) for reading in readings)
    mass = sum(masses)
    whole = len(known) == len(story.members)
    return View(
        story=story.id,
        title=_title(story.title, own, readings, masses),
        members=tuple(own),
        copies=len(known) - len(own),
        readings=readings,
        masses=masses,
        mass=mass,
        days=tuple(sorted({(m.published or "")[:10] for m in own})),
        fields=story.fields if whole and story.fields else fields_of(readings, reader),
        acts=_acts(readings, masses, mass),
    )


def fields_of(readings: tuple[Reading, ...], reader: Reader) -> tuple[str, ...]:
    """Fields that enough of the titles belong to, by how many do; the pack's order decides between equals."""
    counts = Counter(field for reading in readings for field in reading.fields)
    order = {rule.name: place for place, rule in enumerate(reader.rules)}
    enough = [f for f in counts if counts[f] >= reader.rules[order[f]].share * len(readings)]
    return tuple(sorted(enough, key=lambda field: (-counts[field], order[field])))


def _acts(readings: tuple[Reading, ...], masses: tuple[float, ...], mass: float) -> dict[str, tuple[float, float]]:
    weights: dict[str, tuple[float, float]] = {}
    if mass <= 0:
        return weights
    for reading, own in zip(readings, masses, strict=True):
        for name, value in reading.acts.items():
            weights[name] = (value, weights.get(name, (value, 0.0))[1] + own / mass)
    return weights


def _title(title: str, members: list[Member], readings: tuple[Reading, ...], masses: tuple[float, ...]) -> str:
    """The story's own title where a known member has it; else that of the weightiest act, the earliest first."""
    titles = [member.title for member in members]
    if title in titles:
        return title
    weights = [mass * (1 + max(r.acts.values(), default=0.0)) for r, mass in zip(readings, masses, strict=True)]
    return titles[weights.index(max(weights))]
