"""What the newsroom takes and gives that is no record of the line."""

from __future__ import annotations

import msgspec

from shida.records import Article, Dropped, Fact, Record


class Added(Record, frozen=True, kw_only=True):
    """What became of the pages handed in."""

    new: int = 0
    known: int = 0
    """Already in the newsroom, byte for byte, from the same address."""
    dropped: int = 0


class RunRow(Record, frozen=True, kw_only=True):
    """One run of the stages: its number, its today, and whether it ended."""

    number: int
    day: str
    done: bool
    learned: str | None = None
    """Id of what it restored with."""
    key: str | None = None
    """Hash of the stages, pack sections and rulings it ran with."""
    ruled: int | None = None
    """Number of the last ruling it kept."""


class PageOutcome(Record, frozen=True, kw_only=True):
    """What the page stages made of one page."""

    page: str
    articles: tuple[Article, ...] | None = None
    """None: reading was up to date and only facts were taken anew."""
    facts: tuple[tuple[str, tuple[Fact, ...]], ...] = ()
    """Article id → its facts."""
    dropped: tuple[Dropped, ...] = ()
    keys: dict[str, str] = msgspec.field(default_factory=dict)
    """Stage → the key it was done with."""
