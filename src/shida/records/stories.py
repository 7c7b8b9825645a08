"""What grouping makes of articles: Story with its members and moments; what editors decide about them."""

from __future__ import annotations

from typing import Literal

from shida.records.pages import Record


class Member(Record, frozen=True, kw_only=True):
    """An article's place in a story, with what ranking needs to know of it."""

    article: str
    title: str
    published: str | None = None
    source: str | None = None
    position: int | None = None
    copy_of: str | None = None
    """The article this one is a copy or mirror of; copies add no weight."""
    copy_how: Literal["exact", "near", "mirror"] | None = None
    joined: str | None = None
    """Why it joined the story, in a sentence."""


class Moment(Record, frozen=True, kw_only=True):
    """One entry of a timeline: a day, a sentence, and where it stands."""

    date: str
    sentence: str
    article: str
    why: str = ""
    """Why this sentence, and not another, in a sentence."""


class Choice(Record, frozen=True, kw_only=True):
    """Where something that is said of a story was taken from, and why from there."""

    article: str
    why: str


class Story(Record, frozen=True, kw_only=True):
    """Articles about one happening."""

    id: str
    """`s-` and 16 hex digits of its first article; durable."""
    title: str
    lead: str = ""
    first: str | None = None
    last: str | None = None
    members: tuple[Member, ...] = ()
    timeline: tuple[Moment, ...] = ()
    fields: tuple[str, ...] = ()
    """Names of the pack's fields it belongs to, strongest first."""
    aliases: tuple[str, ...] = ()
    """Ids of stories that were merged into this one."""
    title_from: Choice | None = None
    lead_from: Choice | None = None
    """None: told before choices were kept, or without articles."""


class Constraint(Record, frozen=True, kw_only=True):
    """What an editor decided about stories, as grouping is told it; every later run keeps it. Later rules go before
    earlier ones.

    `merge`: the `stories` are one; the oldest keeps its id, the others become aliases.
    `split`: the `articles`, with their copies, leave the first of the `stories` and are one story by themselves; the
    two never meet again.
    """

    kind: Literal["merge", "split"]
    stories: tuple[str, ...]
    """Ids or aliases. Of a split: the story that is parted, then the id of the part and what else it was called."""
    articles: tuple[str, ...] = ()
    """Of a split, those that leave; of a merge, all that are meant to be together, as known when it was decided."""
    by: str = ""
    on: str = ""
    """Who decided it, and on what day: said in the reason of each member that moves."""
    why: str = ""
    kept: bool = False
    """An earlier run has carried it out: what it merged stays one by itself, what it split is only kept apart."""
    back: bool = False
    """Of a split: it takes a merge back, and gives the articles to the story they came from, unless that is the one
    which kept its id.
    """


class StoryThen(Record, frozen=True, kw_only=True):
    """A story that a ruling names, as it was when the ruling was made: what it takes to give it back."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


class Ruling(Record, frozen=True, kw_only=True):
    """An editor's merge or split of stories, or the withdrawal of one, as the newsroom keeps it for good."""

    number: int = 0
    """The order they were made in, from 1; 0 before it is kept."""
    kind: Literal["merge", "split", "withdraw"]
    at: str
    """When it was made, ISO time with +08:00."""
    by: str
    why: str = ""
    stories: tuple[StoryThen, ...] = ()
    """Of a merge, two or more; of a split, the one that is parted."""
    articles: tuple[str, ...] = ()
    """Of a split: those that leave."""
    part: str | None = None
    """Of a split: the id of the story they make."""
    withdraws: int | None = None
    """Of a withdrawal: the number of the ruling it takes back."""
