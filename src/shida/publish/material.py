"""Newsroom → what its site is made from, and the build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from shida.know import merge
from shida.pack import Pack
from shida.publish import publish
from shida.publish.content import Content, DropCount, PublishReport, SourceSummary
from shida.publish.past import articles_known, editions_known, facts_known, is_past, stories_known
from shida.publish.proposals import home_rankings, merged_facts
from shida.publish.source_health import with_health
from shida.read import complete_titles
from shida.records import Article, Edition, Fact, Story
from shida.settings import Settings
from shida.store import Newsroom


def content_of(newsroom: Newsroom, pack: Pack, *, as_of: str) -> Content:
    """Everything the site of this newsroom shows on the day `as_of`."""
    articles, stories, facts, editions = known_on(newsroom, as_of)
    drops = Counter((dropped.stage, dropped.reason) for dropped in newsroom.dropped())

    def page_bytes(page_id: str) -> bytes | None:
        page = newsroom.page(page_id)
        return page.content if page is not None else None

    return Content(
        articles=whole_titles(articles, stories),
        stories=stories,
        facts=facts,
        rankings=home_rankings(stories, facts, pack, as_of=as_of),
        editions=editions,
        dropped=[DropCount(stage=s, reason=r, count=n) for (s, r), n in sorted(drops.items())],
        sources=with_health(source_rows(stories), newsroom, pack, as_of=as_of),
        ruled={
            name
            for one in newsroom.rulings.all(as_of=as_of)
            for name in (one.part, *(then.id for then in one.stories))
            if name
        },
        withdrawn={id: time for id, time in newsroom.visits.withdrawn_articles().items() if time[:10] <= as_of},
        page_bytes=page_bytes,
    )


def whole_titles(articles: Iterable[Article], stories: Sequence[Story]) -> Iterator[Article]:
    """The articles, the cut-off headlines of list pages completed where the article they lead to is in a story.

    >>> from shida.records import Item, Member
    >>> listing = Article(id="a-1", page="p-1", items=(Item(title="市里召开质量工作会…", truncated=True),))
    >>> story = Story(id="s-1", title="会议", members=(Member(article="a-2", title="市里召开质量工作会议"),))
    >>> [item.title for article in whole_titles([listing], [story]) for item in article.items]
    ['市里召开质量工作会议']
    """
    titled: list[Article] = []
    for article in articles:
        if any(item.truncated for item in article.items):
            titled = titled or [
                Article(id=member.article, page="", title=member.title) for story in stories for member in story.members
            ]
            yield complete_titles(article, titled)
        else:
            yield article


def known_on(
    newsroom: Newsroom, as_of: str
) -> tuple[Iterable[Article], tuple[Story, ...], tuple[Fact, ...], tuple[Edition, ...]]:
    """Articles, stories, merged facts and editions as known on `as_of` (ISO day), that day included."""
    stories = tuple(newsroom.stories())
    editions = tuple(editions_known(newsroom.editions(), as_of))
    if not is_past(stories, as_of):
        return newsroom.articles(), stories, merged_facts(newsroom), editions
    articles = tuple(articles_known(newsroom.articles(), as_of))
    known = {article.id for article in articles}
    facts = merge(facts_known(newsroom.facts(), known))
    return articles, tuple(stories_known(stories, as_of)), facts, editions


def publish_newsroom(newsroom: Newsroom, out: Path, *, settings: Settings, pack: Pack, as_of: str) -> PublishReport:
    """Build the site of this newsroom in `out`, as known on `as_of` (ISO day)."""
    return publish(content_of(newsroom, pack, as_of=as_of), out, settings=settings, pack=pack, as_of=as_of)


def source_rows(stories: tuple[Story, ...]) -> list[SourceSummary]:
    """One row a source, the one with most own articles first."""
    own: Counter[str] = Counter()
    copies: Counter[str] = Counter()
    days: dict[str, list[str]] = {}
    for story in stories:
        for member in story.members:
            name = member.source or "未注明"
            (copies if member.copy_of is not None else own)[name] += 1
            if member.published:
                days.setdefault(name, []).append(member.published[:10])
    names = sorted(own.keys() | copies.keys(), key=lambda name: (-own[name], name))
    return [
        SourceSummary(
            name=name,
            articles=own[name] + copies[name],
            copies=copies[name],
            first=min(days[name]) if name in days else None,
            last=max(days[name]) if name in days else None,
        )
        for name in names
    ]
