"""Questions of an assistant → answers with their sources, from the API's library. Raises Refused as the API does."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import msgspec

from shida.client import shapes
from shida.mcp import told
from shida.publish.addresses import article_file, safe_url, story_file
from shida.publish.exports import fact_title, kind_of
from shida.records import Entry, Evidence, Fact, Story
from shida.serve.api import Library, records
from shida.serve.api import facts as fact_lists
from shida.serve.api.parameters import Asked, FactsAsked, RankingAsked, SearchAsked, read
from shida.serve.api.shelf import Shelf

MOST_SOURCES = 20
"""Articles of a story, and days of its timeline, that are told."""
MOST_ORIGINS = 20


def search(library: Library, **asked: Any) -> told.SearchTold:
    """Articles, stories, facts and editions that hold a query."""
    wanted = _read(SearchAsked, asked)
    found = records.search(library, wanted)
    shelf = library.shelf(found.as_of if wanted.as_of is not None else None)
    hits = [_hit(library, shelf, one) for one in (*found.items, *found.also)]
    return told.SearchTold(
        query=found.query,
        total=found.total,
        near=found.near,
        as_of=found.as_of,
        hits=hits,
        hints=[hint.words for hint in found.hints] + [f"可以试试：{query}" for query in found.tries],
        next=found.next,
    )


def _hit(library: Library, shelf: Shelf, one: shapes.Found) -> told.Hit:
    speaking = one.id if one.kind == "article" else next(iter(one.articles), None)
    source = None
    if one.kind == "story" and (story := shelf.story(one.id)) is not None:
        source = _of_story(library, shelf, story)
    elif one.kind != "edition" and speaking is not None:
        source = _source(library, shelf, speaking, one.passage or one.title)
    return told.Hit(kind=one.kind, id=one.id, title=one.title, published=one.published, source=source)


def story(library: Library, story_id: str, **asked: Any) -> told.StoryTold:
    """One story with its articles and its days."""
    wanted = _read(Asked, asked)
    shelf = records.shelf_of(library, wanted)
    found = records.story(library, wanted, story_id)
    own = [member for member in found.members if member.copy_of is None]
    return told.StoryTold(
        id=found.id,
        title=found.title,
        first=found.first,
        last=found.last,
        page=_page(library, story_file(found.id)),
        as_of=shelf.as_of,
        articles=len(own),
        copies=len(found.members) - len(own),
        source=_of_story(library, shelf, found),
        sources=[_source(library, shelf, member.article, member.title) for member in own[:MOST_SOURCES]],
        timeline=[
            told.Moment(date=moment.date, source=_source(library, shelf, moment.article, moment.sentence))
            for moment in found.timeline[:MOST_SOURCES]
        ],
    )


def facts(library: Library, kind: str | None, **asked: Any) -> told.FactsTold:
    """Facts of one kind, or of all."""
    wanted = _read(FactsAsked, asked)
    found = fact_lists.facts(library, wanted, kind)
    shelf = library.shelf(found.as_of)
    return told.FactsTold(
        total=found.total,
        as_of=found.as_of,
        facts=[_fact(library, shelf, one) for one in found.items],
        next=found.next,
    )


def _fact(library: Library, shelf: Shelf, fact: Fact) -> told.FactTold:
    states: dict[str, Any] = msgspec.to_builtins(fact)
    for name in ("kind", "id", "evidence", "rule", "certainty", "reported"):
        states.pop(name, None)
    return told.FactTold(
        kind=kind_of(fact),
        id=fact.id,
        says=fact_title(fact),
        states=states,
        certainty=fact.certainty,
        reported=fact.reported,
        source=_stated(library, shelf, fact.evidence[0]),
        stated_by=len(fact.evidence),
    )


def top(library: Library, period: str, **asked: Any) -> told.TopTold:
    """The stories that mattered in a period, with reasons."""
    wanted = _read(RankingAsked, asked)
    found = records.ranking(library, wanted, period)
    shelf = library.shelf(found.as_of)
    return told.TopTold(
        period=found.period.name,
        first=found.period.first,
        last=found.period.last,
        field=found.field,
        as_of=found.as_of,
        considered=found.considered,
        formula=found.formula,
        entries=[_place(library, shelf, entry) for entry in found.entries],
    )


def _place(library: Library, shelf: Shelf, entry: Entry) -> told.Place:
    reasons = sorted(entry.reasons, key=lambda reason: -abs(reason.value * reason.weight))
    story = shelf.story(entry.story)
    source = (
        _of_story(library, shelf, story, entry.articles)
        if story is not None
        else _source(library, shelf, entry.articles[0], entry.title)
    )
    return told.Place(
        rank=entry.rank,
        story=entry.story,
        title=entry.title,
        score=entry.score,
        articles=len(entry.articles),
        why=[
            told.Why(signal=one.signal, part=round(one.value * one.weight, 3), sentence=one.sentence) for one in reasons
        ],
        source=source,
    )


def evidence(library: Library, kind: str, fact_id: str, **asked: Any) -> told.EvidenceTold:
    """The characters a fact comes from, and what was restored in them."""
    wanted = _read(Asked, asked)
    shelf = records.shelf_of(library, wanted)
    proof = records.evidence(library, wanted, kind, fact_id)
    origins = [_origin(library, one) for one in proof.origins[:MOST_ORIGINS]]
    return told.EvidenceTold(
        kind=kind_of(proof.fact),
        id=proof.fact.id,
        says=fact_title(proof.fact),
        as_of=shelf.as_of,
        source=origins[0].source,
        origins=origins,
    )


def _origin(library: Library, one: shapes.Origin) -> told.Origin:
    source = told.Source(
        article=one.article,
        title=one.title,
        sentence=one.sentence,
        outlet=one.source,
        published=one.published,
        url=one.url,
        page=_page(library, one.page.lstrip("/")) if one.page else None,
    )
    restored = [
        told.Restored(
            start=repair.start,
            end=repair.end,
            now=one.sentence[max(0, repair.start - one.start) : repair.end - one.start],
            was=repair.before,
            how=repair.how,
        )
        for repair in one.repairs
    ]
    return told.Origin(
        of=one.of,
        start=one.start,
        end=one.end,
        exact=one.exact,
        before=one.before,
        after=one.after,
        restored=restored,
        withdrawn=one.withdrawn,
        source=source,
    )


def _stated(library: Library, shelf: Shelf, one: Evidence) -> told.Source:
    return _source(library, shelf, one.article or "", one.sentence)


def _of_story(library: Library, shelf: Shelf, story: Story, articles: tuple[str, ...] | None = None) -> told.Source:
    """The first sentence of a story's timeline (of these articles); else the title of its first article."""
    for moment in story.timeline:
        if articles is None or moment.article in articles:
            return _source(library, shelf, moment.article, moment.sentence)
    own = [one for one in story.members if one.copy_of is None and (articles is None or one.article in articles)]
    first = (own or list(story.members))[0]
    return _source(library, shelf, first.article, first.title)


def _source(library: Library, shelf: Shelf, article: str, sentence: str) -> told.Source:
    head = shelf.articles.get(article)
    if head is None:
        return told.Source(article=article, title="", sentence=sentence)
    return told.Source(
        article=article,
        title=head.title,
        sentence=sentence,
        outlet=head.source,
        published=head.published,
        url=safe_url(head.url),
        page=_page(library, article_file(article)),
    )


def _page(library: Library, path: str) -> str:
    return f"{library.settings.site_url.rstrip('/')}/{path}"


def _read(kind: type[Any], asked: dict[str, Any]) -> Any:
    """The arguments as the API reads them, so that the same limits hold and the same words refuse."""
    given = {name: str(value) for name, value in asked.items() if value is not None}
    return read(urlencode(given, errors="replace"), kind)
