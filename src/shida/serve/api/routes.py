"""Every resource of the API, one row each: its path, what it may be asked, what it answers, and who answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from shida.client.shapes import (
    ArticleList,
    AuthorityList,
    ChangeList,
    EditionList,
    FactList,
    NewsList,
    ProblemType,
    Proof,
    RankingNames,
    SearchPage,
    SourceList,
    StoryList,
    TopicList,
    WatchList,
    WatchRow,
    Welcome,
)
from shida.records import Article, Edition, Fact, Ranking, Story
from shida.serve.api import changing, facts, lists, records, watching
from shida.serve.api.feeds import FORMS
from shida.serve.api.library import Library
from shida.serve.api.parameters import (
    ArticlesAsked,
    Asked,
    ChangesAsked,
    EditionAsked,
    FactsAsked,
    Nothing,
    Paged,
    RankingAsked,
    SearchAsked,
    StoriesAsked,
)
from shida.serve.api.problems import Refused, nearest
from shida.serve.api.tables import MOST_ROWS, USUAL_ROWS
from shida.serve.api.watching import NewsAsked

ROOT = "/api/v1"

MAX_PART = 300
"""Characters of one part of a path: no id is longer."""


class Route(NamedTuple):
    """One resource. `{name}` in the path is handed to `answer` by its place."""

    path: str
    name: str
    """`operationId` of the description."""
    asked: type[msgspec.Struct]
    gives: Any
    answer: Callable[..., Any]
    table: bool = False
    """It answers as `.csv` too."""
    feed: bool = False
    """And as `.rss`, `.atom` and `.jsonfeed`."""

    @property
    def says(self) -> str:
        """What it is, in a sentence."""
        return (self.answer.__doc__ or "").partition("\n")[0]


ROUTES = (
    Route("/", "welcome", Asked, Welcome, records.welcome),
    Route("/articles", "articles", ArticlesAsked, ArticleList, lists.articles, True, True),
    Route("/articles/{id}", "article", Asked, Article, records.article),
    Route("/stories", "stories", StoriesAsked, StoryList, lists.stories, True, True),
    Route("/stories/{id}", "story", Asked, Story, records.story),
    Route("/facts", "facts", FactsAsked, FactList, facts.facts, True, True),
    Route("/facts/{kind}", "facts_of_kind", FactsAsked, FactList, facts.facts, True, True),
    Route("/facts/{kind}/{id}", "fact", Asked, Fact, records.fact),
    Route("/facts/{kind}/{id}/evidence", "evidence", Asked, Proof, records.evidence),
    Route("/rankings", "rankings", Asked, RankingNames, records.rankings, True),
    Route("/rankings/{period}", "ranking", RankingAsked, Ranking, records.ranking, True),
    Route("/editions", "editions", Paged, EditionList, lists.editions, True),
    Route("/editions/{id}", "edition", EditionAsked, Edition, records.edition, True),
    Route("/editions/{id}/versions", "versions", Asked, EditionList, lists.versions, True),
    Route("/changes", "changes", ChangesAsked, ChangeList, changing.changes),
    Route("/sources", "sources", Asked, SourceList, lists.sources, True),
    Route("/topics", "topics", Asked, TopicList, lists.topics, True),
    Route("/authorities", "authorities", Asked, AuthorityList, lists.authorities, True),
    Route("/search", "search", SearchAsked, SearchPage, records.search, True, True),
    Route("/watches", "watches", Nothing, WatchList, watching.watches, True),
    Route("/watches/{id}", "watch", Nothing, WatchRow, watching.watch),
    Route("/watches/{id}/news", "news", NewsAsked, NewsList, watching.news, True, True),
    Route("/problems/{name}", "problem", Nothing, ProblemType, records.problem_type),
)  # fmt: skip
"""The whole API. `/openapi.json` and `/pages/…` (a page of the site as data) stand beside it."""


class Call(NamedTuple):
    """A route with the parts of the path that were given."""

    route: Route
    given: tuple[str, ...]
    form: str = "json"
    """`json`, `csv`, or that of a feed."""

    def parameters(self) -> type[msgspec.Struct]:
        """What may be asked; a table may have more rows than a page of JSON."""
        return table_asked(self.route.asked) if self.form == "csv" else self.route.asked

    def run(self, library: Library, asked: msgspec.Struct) -> Any:
        """The answer. The kind of fact comes before the id."""
        return self.route.answer(library, asked, *self.given)


_TABLES: dict[type[msgspec.Struct], type[msgspec.Struct]] = {}


def table_asked(asked: type[msgspec.Struct]) -> type[msgspec.Struct]:
    """The parameters of a list as a table: the same, with a larger `limit`."""
    if "cursor" not in asked.__struct_fields__ or asked is SearchAsked:
        return asked
    if asked not in _TABLES:
        rows = Annotated[int, Meta(ge=1, le=MOST_ROWS, description="How many rows.")]
        _TABLES[asked] = msgspec.defstruct(
            f"{asked.__name__}Table", [("limit", rows, USUAL_ROWS)], bases=(asked,), frozen=True, kw_only=True
        )
    return _TABLES[asked]


def find(parts: list[str]) -> Call:
    """The route of a path's parts (decoded, ROOT taken off); Refused where there is none.

    >>> find(["facts", "documents"]).route.name, find(["stories.csv"]).form, find(["search.rss"]).form
    ('facts_of_kind', 'csv', 'rss')
    """
    if any(len(part) > MAX_PART for part in parts):
        raise Refused("not-found", f"no part of a path has more than {MAX_PART} characters")
    plain, _, form = parts[-1].rpartition(".") if parts else ("", "", "")
    if form == "csv" or form in FORMS:
        call = _match([*parts[:-1], plain])
        if call is not None and (call.route.table if form == "csv" else call.route.feed):
            return call._replace(form=form)
    call = _match(parts)
    if call is None:
        first = next(iter(parts), "")
        known = {route.path.split("/")[1] for route in ROUTES} - {""}
        near = nearest(first.partition(".")[0], known)
        meant = f"did you mean {ROOT}/{near}?" if near else f"there are: {', '.join(sorted(known))}"
        raise Refused("no-such-resource", f"the API has nothing there; {meant}", near=near)
    return call


def _match(parts: list[str]) -> Call | None:
    for route in ROUTES:
        wanted = [part for part in route.path.split("/") if part]
        if len(wanted) == len(parts) and all(w.startswith("{") or w == p for w, p in zip(wanted, parts, strict=True)):
            given = tuple(part for w, part in zip(wanted, parts, strict=True) if w.startswith("{"))
            return Call(route, given)
    return None
