"""Shelf: what the newsroom knew on a day, ready to be asked; cut from the Stock, the newsroom as it is.

Texts stay in the store: a shelf holds articles without their bodies, so that a large newsroom fits into memory.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from shida.know import merge
from shida.pack import Pack
from shida.publish.exports import kind_of
from shida.publish.index import topics_of
from shida.publish.past import articles_known, editions_known, facts_known, is_past, stories_known
from shida.publish.topics import Branch, branches
from shida.rank import Known, Prepared, assign_fields, known_in, prepare, weighing_kinds
from shida.records import Article, Edition, Fact, Period, Story
from shida.serve.api.cursors import Place, ordered
from shida.store import Newsroom

PERIODS = 16
"""Periods kept as they were known on a day."""


class Stock:
    """Everything the newsroom holds, read once; `number` grows each time it is read anew."""

    def __init__(self, newsroom: Newsroom, pack: Pack, *, mark: str, number: int) -> None:
        self.mark = mark
        self.number = number
        self.pack = pack
        self.stories = tuple(newsroom.stories())
        self.articles = tuple(_head(article) for article in newsroom.articles())
        self.stated = tuple(newsroom.facts())
        """Facts as each article states them, not merged."""
        self.editions = tuple(newsroom.editions())
        self.withdrawn = newsroom.visits.withdrawn_articles()
        self.taken = _taken(newsroom, self.articles)
        """Article → the day the newsroom took it as it is now."""

    @cached_property
    def prepared(self) -> Prepared:
        """The stories made ready to be ranked for any period, as `shida top` ranks them."""
        weighing = set(weighing_kinds(self.pack))
        return prepare(self.stories, [fact for fact in self.stated if kind_of(fact) in weighing], self.pack)

    def known_in(self, period: Period, as_of: str) -> Known:
        """What was known of a period on a day, for its lists of any field; call it from one thread at a time."""
        key = (period.name, as_of)
        if key not in self._known:
            while len(self._known) >= PERIODS:
                self._known.popitem(last=False)
            self._known[key] = known_in(self.prepared, period, as_of)
        return self._known[key]

    @cached_property
    def _known(self) -> OrderedDict[tuple[str, str], Known]:
        return OrderedDict()

    @cached_property
    def merged(self) -> tuple[Fact, ...]:
        """The facts, each once with all its evidence."""
        return merge(self.stated)


class Shelf:
    """What was known on the day `as_of`: each kind of record in the order of its lists."""

    def __init__(self, stock: Stock, as_of: str) -> None:
        self.stock = stock
        self.as_of = as_of
        self.past = is_past(stock.stories, as_of)
        """True where the newsroom holds something later, so that records are cut to the day."""
        articles: Sequence[Article] = stock.articles
        self.stories = {one.id: one for one in (stories_known(stock.stories, as_of) if self.past else stock.stories)}
        if self.past:
            articles = tuple(articles_known(articles, as_of))
        self.articles = {article.id: article for article in articles}
        self.editions = tuple(editions_known(stock.editions, as_of))
        self.story_of = {member.article: story.id for story in self.stories.values() for member in story.members}
        self._aliases = {alias: story.id for story in self.stories.values() for alias in story.aliases}

    def story(self, story_id: str) -> Story | None:
        """A story by its id, or by one it had before a merge."""
        return self.stories.get(story_id) or self.stories.get(self._aliases.get(story_id, ""))

    @cached_property
    def facts(self) -> dict[tuple[str, str], Fact]:
        """(kind, id) → fact, merged over the articles known."""
        found = merge(facts_known(self.stock.stated, set(self.articles))) if self.past else self.stock.merged
        return {(kind_of(fact), fact.id): fact for fact in found}

    @cached_property
    def article_rows(self) -> list[tuple[Place, Article]]:
        """Articles, the newest first."""
        return ordered([(Place(one.published or "", one.id), one) for one in self.articles.values()])

    @cached_property
    def story_rows(self) -> list[tuple[Place, Story]]:
        """Stories, the newest first."""
        return ordered([(Place(one.last or "", one.id), one) for one in self.stories.values()])

    @cached_property
    def fact_rows(self) -> list[tuple[Place, Fact]]:
        """Facts, the last reported first."""
        rows = [(Place(one.reported or "", f"{kind}/{one.id}"), one) for (kind, _), one in self.facts.items()]
        return ordered(rows)

    @cached_property
    def edition_rows(self) -> list[tuple[Place, Edition]]:
        """The newest version of each edition, the last period first."""
        newest = {edition.id: edition for edition in self.editions}
        return ordered([(Place(one.period.last, one.id), one) for one in newest.values()])

    @cached_property
    def topics(self) -> dict[str, Branch]:
        """Topic → its stories and years, in the order of the packs."""
        stories = tuple(self.stories.values())
        return branches(stories, topics_of(stories, self.stock.pack), self.stock.pack)

    @cached_property
    def fields(self) -> dict[str, frozenset[str]]:
        """Field of the packs → ids of its stories."""
        pack = self.stock.pack
        found: dict[str, set[str]] = {rule.name: set() for rule in pack.fields.fields}
        for story in self.stories.values():
            for field in assign_fields(story, pack):
                found.setdefault(field, set()).add(story.id)
        return {name: frozenset(ids) for name, ids in found.items()}

    def stories_in(self, name: str) -> frozenset[str] | None:
        """Ids of the stories of a field or topic; None where the packs have none of that name."""
        if name in self.fields:
            return self.fields[name]
        if name in self.topics:
            return frozenset(story.id for story in self.topics[name].stories)
        return None

    def kept(self, name: str, make: Callable[[Shelf], Mapping[str, str]]) -> Mapping[str, str]:
        """A table that somebody works out of this shelf, kept with it."""
        if name not in self._kept:
            self._kept[name] = make(self)
        return self._kept[name]

    @cached_property
    def _kept(self) -> dict[str, Mapping[str, str]]:
        return {}

    def taken(self, articles: Sequence[str | None]) -> str:
        """The last day on which one of these articles was taken."""
        days = self.stock.taken
        return max((days.get(one or "", "") for one in articles), default="")


def _head(article: Article) -> Article:
    """An article without what only its own page needs."""
    return replace(article, text="", lists=(), repairs=())


def _taken(newsroom: Newsroom, articles: Sequence[Article]) -> dict[str, str]:
    """Article → the day of the run that took its page.

    A run by other rules than the one before did known pages anew, and so did one that took no page: which of them it
    changed is not kept, so everything counts as taken on its day. One who asks for what is new then gets too much,
    never too little.
    """
    day_of: dict[str, str] = {}
    least = ""
    key = None
    for run in newsroom.runs():
        pages = newsroom.run_pages(run.number)
        if not pages or key not in (None, run.key):
            least = max(least, run.day)
        key = run.key
        day_of.update(dict.fromkeys(pages, run.day))
    return {article.id: max(day_of.get(article.page, ""), least) for article in articles}
