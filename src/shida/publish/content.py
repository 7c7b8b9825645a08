"""What a site is made from, and what a build reports. Whoever holds the newsroom fills a `Content`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from shida.records import Article, Edition, Fact, Ranking, Record, Story


def no_pages(page_id: str) -> bytes | None:
    """A newsroom that kept no bytes.

    >>> no_pages("p-1") is None
    True
    """
    return None


class SourceSummary(Record, frozen=True, kw_only=True):
    """One row of the sources page."""

    name: str
    articles: int = 0
    copies: int = 0
    """How many of them only repeat another source's text."""
    first: str | None = None
    last: str | None = None
    """ISO dates of its first and newest article."""
    address: str | None = None
    health: Literal["fine", "late", "broken", "unknown"] = "unknown"
    note: str = ""
    """Why it is late or broken, in a sentence."""


class DropCount(Record, frozen=True, kw_only=True):
    """How many records a stage refused for one reason."""

    stage: str
    reason: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Content:
    """All a site needs. `articles` is read once, in any order; the rest is held in memory.

    >>> Content(articles=()).stories
    ()
    """

    articles: Iterable[Article]
    stories: Sequence[Story] = ()
    facts: Sequence[Fact] = ()
    rankings: Mapping[tuple[str, str], Ranking] = field(default_factory=dict)
    """(name of the period, field or "" for all fields) → ranking. Tabs stand in the order of the mapping."""
    editions: Sequence[Edition] = ()
    """Every version of every edition."""
    dropped: Sequence[DropCount] = ()
    sources: Sequence[SourceSummary] = ()
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    """Article → when the page it came from was found gone (ISO)."""
    ruled: Collection[str] = ()
    """Stories that editors ruled about: readers knew them, so they keep their page, however small they are now."""
    page_bytes: Callable[[str], bytes | None] = no_pages
    """Id of a page → its bytes as they came, for the damaged original."""


class PublishReport(Record, frozen=True, kw_only=True):
    """What a build did. `files` = `written` + `kept`."""

    files: int
    written: int
    kept: int
    """Files that are the same as before; they keep their time of change."""
    removed: int
    articles: int
    stories: int
    notes: tuple[str, ...] = ()
    """What a person should know: ids that were renamed, pages that are missing."""

    def line(self) -> str:
        """One line for a log.

        >>> PublishReport(files=12, written=2, kept=10, removed=1, articles=5, stories=3).line()
        'publish 12 files: 2 written, 10 kept, 1 removed (5 articles, 3 stories)'
        """
        return (
            f"publish {self.files:,} files: {self.written:,} written, {self.kept:,} kept, {self.removed:,} removed "
            f"({self.articles:,} articles, {self.stories:,} stories)"
        )
