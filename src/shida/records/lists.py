"""What is made of stories: Ranking with its reasons, and Edition with its decisions."""

from __future__ import annotations

from typing import Literal

from shida.records.pages import Record


class Period(Record, frozen=True, kw_only=True):
    """A span of days, both included, with the name people use for it."""

    name: str
    first: str
    last: str


class Reason(Record, frozen=True, kw_only=True):
    """One signal's part in a score: the number, its weight, and the sentence behind it."""

    signal: str
    value: float
    weight: float
    sentence: str


class Entry(Record, frozen=True, kw_only=True):
    """A story's place in a ranking."""

    rank: int
    story: str
    title: str
    score: float
    articles: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()


class Ranking(Record, frozen=True, kw_only=True):
    """What the machine proposes for a period and field, with reasons."""

    period: Period
    field: str | None
    list: str
    as_of: str
    entries: tuple[Entry, ...]
    considered: int
    """How many stories competed."""
    formula: str = ""
    """The formula that ran, readable."""
    next: Entry | None = None
    """The first that stayed outside."""


EditionState = Literal["draft", "nominated", "voting", "decided", "published", "corrected"]


class Decision(Record, frozen=True, kw_only=True):
    """A person's edit of an edition, kept with who, when and why."""

    step: str
    by: str
    on: str
    reason: str = ""


class EditionEntry(Record, frozen=True, kw_only=True):
    """One line of an edition."""

    place: int
    story: str
    title: str
    lead: str = ""
    articles: tuple[str, ...] = ()


class Edition(Record, frozen=True, kw_only=True):
    """A list with a name and a period on its way to print."""

    id: str
    name: str
    period: Period
    field: str | None
    as_of: str
    state: EditionState = "draft"
    version: int = 1
    entries: tuple[EditionEntry, ...] = ()
    decisions: tuple[Decision, ...] = ()
