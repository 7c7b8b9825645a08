"""What a stage is to the loop: a name, a version, the pack sections it reads, and a pure function."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from shida.pack import Pack
from shida.records import Article, Constraint, Dropped, Fact, Page, Record, Restored, Story
from shida.restore import Counts

Titles = Mapping[str, Sequence[tuple[str, str]]]
"""Address → id and title of each article known by it."""


class PageWork(Record, frozen=True, kw_only=True):
    """A page on its way through the page stages; each stage gives a new one with its part filled in."""

    page: Page
    today: str
    restored: Restored | None = None
    articles: tuple[Article, ...] | None = None
    facts: tuple[tuple[str, tuple[Fact, ...]], ...] = ()
    dropped: Dropped | None = None
    """Set by the stage that refused the page; no later stage sees it."""


@dataclass(frozen=True)
class PageStage:
    """A stage that needs one page only, so pages may be done in any order and by any worker."""

    name: str
    version: str
    sections: tuple[str, ...]
    """Pack sections the stage reads; a change in one of them makes its pages due again."""
    work: Callable[[PageWork, Pack, Counts | None], PageWork]
    """Importable by name: workers are other processes."""
    learns: bool = False
    """What the newsroom learned is part of what it gives, and of the ledger's key."""
    join: Callable[[Sequence[Article], Mapping[str, str], Pack], Sequence[Article]] | None = None
    """What is done with its articles when all pages of a run are through: those of one text are joined."""
    complete: Callable[[Article, str, Callable[[Sequence[str]], Titles]], Article] | None = None
    """And then with its lists, given where each was taken from: headlines are made whole by what is known now."""


class Group(Protocol):
    """The function behind a StoryStage."""

    def __call__(
        self,
        articles: Sequence[Article],
        pack: Pack,
        *,
        known: Sequence[tuple[Story, Sequence[Article]]],
        constraints: Sequence[Constraint],
    ) -> tuple[Story, ...]:
        """Stories that are new or changed; `constraints` are the editors', all of them."""


@dataclass(frozen=True)
class StoryStage:
    """The stage that sees all new articles of a run at once."""

    name: str
    version: str
    sections: tuple[str, ...]
    work: Group


def keys(stages: Sequence[PageStage], pack: Pack, learned: str = "") -> dict[str, str]:
    """Stage → the ledger's key: its version, pack sections, what was learned, and the key of the stage before it."""
    found: dict[str, str] = {}
    before = ""
    for stage in stages:
        text = f"{before} {stage.name} {stage.version} {pack.digest(*stage.sections)}{learned * stage.learns}"
        before = hashlib.sha256(text.encode()).hexdigest()[:16]
        found[stage.name] = before
    return found
