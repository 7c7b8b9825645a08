"""Articles → copies folded together, and stories with durable ids, timelines and the reason of every join."""

from __future__ import annotations

from collections.abc import Sequence

from shida.group.grouper import Grouper
from shida.pack import Pack
from shida.records import Article, Constraint, Story

STAGE_VERSION = "2"
SECTIONS = ("grouping", "names")

__all__ = ["SECTIONS", "STAGE_VERSION", "Grouper", "group"]


def group(
    articles: Sequence[Article],
    pack: Pack,
    *,
    known: Sequence[tuple[Story, Sequence[Article]]] = (),
    constraints: Sequence[Constraint] = (),
) -> tuple[Story, ...]:
    """Group `articles` with the stories `known` so far; the stories that are new or changed, by id.

    `known` gives each story with the articles of its members. The order of `articles` does not matter: they are taken
    in the order of (published, content hash). A known story keeps its id and its members; where two turn out to be one,
    the older id stays and the other is among its `aliases`. A member whose
    article is not among the known ones is a revision: it stays where it is, and its story is told anew.
    `constraints` are all merges and splits that editors ever decided, in the order they did: give them to every run.

    >>> from shida.pack import load_packs
    >>> pair = [
    ...     Article(id="a1", page="p1", title="第三届质量大会在成都开幕", published="2024-09-01"),
    ...     Article(id="a2", page="p2", title="第三届质量大会闭幕", published="2024-09-02"),
    ... ]
    >>> [len(story.members) for story in group(pair, load_packs())]
    [2]
    """
    return Grouper.from_known(pack, known).add(articles, constraints)
