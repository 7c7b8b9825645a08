"""The lists: articles, stories, facts, editions, sources, topics. Each is filtered, then cut into pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

import msgspec

from shida.client.shapes import (
    ArticleList,
    Authority,
    AuthorityList,
    EditionList,
    SourceList,
    SourceRow,
    StoryList,
    Topic,
    TopicList,
)
from shida.publish.material import source_rows
from shida.publish.past import articles_known
from shida.publish.registers import authorities as acting
from shida.publish.source_health import with_health
from shida.records import Article, Edition, Story
from shida.serve.api import cursors
from shida.serve.api.cursors import Mark, Place
from shida.serve.api.library import Library, day
from shida.serve.api.parameters import ArticlesAsked, Asked, Paged, StoriesAsked
from shida.serve.api.problems import Refused, nearest
from shida.serve.api.shelf import Shelf

PAGE_CHARACTERS = 2_000_000
"""A page of articles ends where their texts come to this, so that no answer grows without bounds."""

PAGE_PARTS = 20_000
"""So does one of stories or facts where their members, days and evidence come to this; one record is always given."""

T = TypeVar("T")


class Cut(NamedTuple):
    """One page of rows, and how to go on."""

    rows: Sequence[Any]
    total: int
    as_of: str
    mark: Mark
    """Of the place the page begins behind; `next` is written from it."""
    more: bool

    def following(self, last: Place | None = None) -> str | None:
        """The cursor of the next page; behind `last` where the page ended early."""
        if last is not None:
            return cursors.write(msgspec.structs.replace(self.mark, key=last.key, id=last.id))
        if not self.more or not self.rows:
            return None
        place = self.rows[-1][0]
        return cursors.write(msgspec.structs.replace(self.mark, key=place.key, id=place.id))


def cut(
    library: Library,
    path: str,
    asked: Paged,
    rows_of: Callable[[Shelf], Sequence[tuple[Place, T]]],
    parts: Callable[[T], int] = lambda _: 1,
) -> tuple[Shelf, Cut]:
    """The page of a list that was asked for, on the day of its first page. `parts`: how much a record holds."""
    asked_hash = cursors.fingerprint(path, asked)
    mark = cursors.read(asked.cursor, asked_hash) if asked.cursor is not None else None
    as_of = asked.as_of.isoformat() if asked.as_of is not None else None
    if mark is not None:
        if as_of not in (None, day(mark.as_of)):
            why = f"the cursor is of a list as of {mark.as_of}; leave as_of as it was"
            raise Refused("bad-cursor", why, parameter="cursor")
        as_of = day(mark.as_of)
    shelf = library.shelf(as_of)
    rows = rows_of(shelf)
    start = cursors.behind([place for place, _ in rows], mark)
    piece = rows[start : start + asked.limit]
    held = list(accumulate(parts(one) for _, one in piece))
    piece = piece[: max(1, bisect_right(held, PAGE_PARTS))]
    begun = Mark(asked_hash, shelf.as_of, "", "")
    return shelf, Cut(piece, len(rows), shelf.as_of, begun, start + len(piece) < len(rows))


def articles(library: Library, asked: ArticlesAsked) -> ArticleList:
    """Articles with their texts, the newest first."""

    def rows_of(shelf: Shelf) -> list[tuple[Place, Article]]:
        rows = between(shelf.article_rows, asked, lambda one: (one.published, one.published))
        story = shelf.story(asked.story) if asked.story is not None else None
        updated = day_text(asked.updated_since)
        return [
            row
            for row in rows
            if (asked.source is None or row[1].source == asked.source)
            and (not asked.undated or row[1].published is None)
            and (asked.kind is None or row[1].kind == asked.kind)
            and (asked.story is None or (story is not None and shelf.story_of.get(row[1].id) == story.id))
            and (not updated or changed(shelf, row[1].id) >= updated)
        ]

    shelf, piece = cut(library, "/articles", asked, rows_of)
    found: list[Article] = []
    length = 0
    ended: Place | None = None
    for place, head in piece.rows:
        whole = whole_article(library, shelf, head.id)
        if whole is None:
            continue
        if found and length + len(whole.text) > PAGE_CHARACTERS:
            break
        length += len(whole.text)
        found.append(whole)
        ended = place
    early = ended if piece.rows and ended is not None and ended != piece.rows[-1][0] else None
    return ArticleList(items=tuple(found), total=piece.total, as_of=piece.as_of, next=piece.following(early))


def whole_article(library: Library, shelf: Shelf, article_id: str) -> Article | None:
    """An article with its text, as known on the shelf's day; None where it was not."""
    if article_id not in shelf.articles:
        return None
    article = library.newsroom.article(article_id)
    if article is None or not shelf.past:
        return article
    return next(articles_known([article], shelf.as_of), None)


def changed(shelf: Shelf, article: str) -> str:
    """The day an article was taken or found withdrawn, the later of the two."""
    return max(shelf.taken([article]), shelf.stock.withdrawn.get(article, "")[:10])


def is_updated(
    shelf: Shelf, known: frozenset[str] | None, uid: str, articles: Sequence[str | None], since: str
) -> bool:
    """Whether a record changed on a day or later, or an article of it was found withdrawn.

    `known` is what changed, as the index knows it; where it does not reach back so far, a record counts as changed
    with the newest of its articles.
    """
    if known is None:
        return max((changed(shelf, article or "") for article in articles), default="") >= since
    return uid in known or any(shelf.stock.withdrawn.get(article or "", "")[:10] >= since for article in articles)


def stories(library: Library, asked: StoriesAsked) -> StoryList:
    """Stories, the newest first."""

    def rows_of(shelf: Shelf) -> list[tuple[Place, Story]]:
        rows = between(shelf.story_rows, asked, lambda one: (one.first, one.last))
        for name in ("field", "topic"):
            rows = of_subject(shelf, rows, name, getattr(asked, name))
        updated = day_text(asked.updated_since)
        if not updated:
            return rows
        known = library.changed_since(updated)
        return [
            (place, one)
            for place, one in rows
            if is_updated(shelf, known, f"story:{one.id}", [m.article for m in one.members], updated)
        ]

    _, piece = cut(library, "/stories", asked, rows_of, lambda one: len(one.members) + len(one.timeline))
    items = tuple(story for _, story in piece.rows)
    return StoryList(items=items, total=piece.total, as_of=piece.as_of, next=piece.following())


def of_subject(
    shelf: Shelf, rows: list[tuple[Place, Story]], parameter: str, wanted: str | None
) -> list[tuple[Place, Story]]:
    """The rows whose story belongs to a field or topic; Refused where the packs have none of that name."""
    if wanted is None:
        return rows
    known = [*(shelf.fields if parameter == "field" else ()), *shelf.topics]
    ids = shelf.stories_in(wanted) if wanted in known else None
    if ids is None:
        raise unknown_name(parameter, wanted, known)
    return [row for row in rows if row[1].id in ids]


def unknown_name(parameter: str, given: str, known: Iterable[str]) -> Refused:
    """The refusal of a name the packs do not have."""
    names = list(known)
    near = nearest(given, names)
    meant = f"did you mean {near}?" if near else f"there are: {', '.join(names[:40])}"
    return Refused("bad-parameter", f"no pack has a {parameter} {given!r}; {meant}", parameter=parameter, near=near)


def editions(library: Library, asked: Paged) -> EditionList:
    """The newest version of each edition."""

    def rows_of(shelf: Shelf) -> list[tuple[Place, Edition]]:
        updated = day_text(asked.updated_since)
        return [row for row in shelf.edition_rows if not updated or decided(row[1]) >= updated]

    _, piece = cut(library, "/editions", asked, rows_of)
    items = tuple(edition for _, edition in piece.rows)
    return EditionList(items=items, total=piece.total, as_of=piece.as_of, next=piece.following())


def versions(library: Library, asked: Asked, edition_id: str) -> EditionList:
    """All versions of an edition, the newest first."""
    shelf = library.shelf(day_text(asked.as_of) or None)
    found = tuple(edition for edition in reversed(shelf.editions) if edition.id == edition_id)
    if not found:
        raise Refused("not-found", f"there is no edition {edition_id!r}")
    return EditionList(items=found, total=len(found), as_of=shelf.as_of)


def decided(edition: Edition) -> str:
    """The day of an edition's last decision."""
    return max((decision.on for decision in edition.decisions), default=edition.as_of)[:10]


def sources(library: Library, asked: Asked) -> SourceList:
    """Where the articles come from, and how the sources fare."""
    shelf = library.shelf(day_text(asked.as_of) or None)
    rows = with_health(source_rows(tuple(shelf.stories.values())), library.newsroom, library.pack, as_of=shelf.as_of)
    items = tuple(msgspec.convert(row, SourceRow, from_attributes=True) for row in rows)
    return SourceList(items=items, total=len(items), as_of=shelf.as_of)


def topics(library: Library, asked: Asked) -> TopicList:
    """The topics of the packs, with what there is on each."""
    shelf = library.shelf(day_text(asked.as_of) or None)
    items = tuple(
        Topic(
            name=one.name,
            field=one.field,
            under=one.under,
            stories=len(one.stories),
            years=dict(sorted(one.years.items())),
        )
        for one in shelf.topics.values()
    )
    return TopicList(items=items, total=len(items), as_of=shelf.as_of)


def authorities(library: Library, asked: Asked) -> AuthorityList:
    """Who issued or drafted documents, the busiest first."""
    shelf = library.shelf(day_text(asked.as_of) or None)
    found = acting(fact for _, fact in shelf.fact_rows)
    items = tuple(Authority(name=name, documents=tuple(sorted(titles))) for name, titles in found.items())
    return AuthorityList(items=items, total=len(items), as_of=shelf.as_of)


def between(
    rows: Sequence[tuple[Place, T]], asked: Any, span: Callable[[T], tuple[str | None, str | None]]
) -> list[tuple[Place, T]]:
    """The rows whose days touch `since` to `until`; what has no date is left out where either is given."""
    since, until = day_text(asked.since), day_text(asked.until) or "9999-12-31"
    if not since and until == "9999-12-31":
        return list(rows)
    found = []
    for row in rows:
        first, last = span(row[1])
        if first and last and last[:10] >= since[: len(last[:10])] and first[:10] <= until[: len(first[:10])]:
            found.append(row)
    return found


def day_text(given: Any) -> str:
    """A date as ISO text; empty where there is none."""
    return given.isoformat() if given is not None else ""
