"""Single things: an article, a story, a fact with its proof, a ranking, an edition, a search; and the front door."""

from __future__ import annotations

from importlib import metadata

import msgspec

from shida.client.shapes import Found, Hint, Proof, RankingName, RankingNames, SearchPage, Span, Welcome
from shida.errors import SettingsError
from shida.publish.addresses import article_file, edition_file, story_file
from shida.publish.proposals import fact_kinds, home_periods
from shida.rank import rank_known
from shida.records import Article, Edition, Fact, Period, Ranking, Story
from shida.serve.api import cursors
from shida.serve.api.cursors import Mark
from shida.serve.api.evidence import proof
from shida.serve.api.facts import the_kind
from shida.serve.api.library import Library, day
from shida.serve.api.lists import day_text, unknown_name, whole_article
from shida.serve.api.parameters import Asked, EditionAsked, Nothing, RankingAsked, SearchAsked
from shida.serve.api.problems import TYPES, Refused, nearest
from shida.serve.api.shelf import Shelf
from shida.store.search import Filters, Hit, Passage, passages
from shida.store.search import search as find
from shida.store.search.asking import MAX_OFFSET
from shida.text.periods import parse_period

VERSION = "1"


def shelf_of(library: Library, asked: Asked) -> Shelf:
    """The shelf of the day asked for."""
    return library.shelf(day_text(asked.as_of) or None)


def missing(what: str, given: str, shelf: Shelf) -> Refused:
    """The refusal of an id nobody has, or nobody had on that day."""
    return Refused("not-found", f"there is no {what} {given[:200]!r} as of {shelf.as_of}")


def article(library: Library, asked: Asked, article_id: str) -> Article:
    """One article with its text and its repairs."""
    shelf = shelf_of(library, asked)
    found = whole_article(library, shelf, article_id)
    if found is None:
        raise missing("article", article_id, shelf)
    return found


def story(library: Library, asked: Asked, story_id: str) -> Story:
    """One story, by its id or one it had before a merge."""
    shelf = shelf_of(library, asked)
    found = shelf.story(story_id)
    if found is None:
        raise missing("story", story_id, shelf)
    return found


def fact(library: Library, asked: Asked, kind: str, fact_id: str) -> Fact:
    """One fact with all its evidence."""
    shelf = shelf_of(library, asked)
    found = shelf.facts.get((the_kind(kind), fact_id))
    if found is None:
        raise missing(f"{the_kind(kind)} among the facts", fact_id, shelf)
    return found


def evidence(library: Library, asked: Asked, kind: str, fact_id: str) -> Proof:
    """The characters a fact comes from."""
    return proof(library, shelf_of(library, asked), fact(library, asked, kind, fact_id))


def edition(library: Library, asked: EditionAsked, edition_id: str) -> Edition:
    """One version of an edition, the newest where none is named."""
    shelf = shelf_of(library, asked)
    own = [one for one in shelf.editions if one.id == edition_id and asked.version in (None, one.version)]
    if not own:
        raise missing("edition", edition_id, shelf)
    return own[-1]


def rankings(library: Library, asked: Asked) -> RankingNames:
    """The lists of the front page, and what may be asked of others."""
    day_asked = day_text(asked.as_of) or library.today()
    fields = [rule.name for rule in library.pack.fields.fields]
    items = tuple(
        RankingName(tab=tab, period=period, field=field)
        for tab, period in home_periods(day_asked)
        for field in (*fields, None)
    )
    lists = tuple(rule.name for rule in library.pack.ranking.ranked_lists)
    return RankingNames(items=items, fields=tuple(fields), lists=lists, as_of=day_asked)


def ranking(library: Library, asked: RankingAsked, period: str) -> Ranking:
    """The stories that mattered in a period, with reasons, as `shida top` gives them."""
    try:
        span = parse_period(period)
    except SettingsError as error:
        raise Refused("bad-period", str(error)) from error
    pack = library.pack
    for parameter, given, known in (
        ("field", asked.field, [rule.name for rule in pack.fields.fields]),
        ("list", asked.list, [rule.name for rule in pack.ranking.ranked_lists]),
    ):
        if given is not None and given not in known:
            raise unknown_name(parameter, given, known)
    return ranked(library, span, asked)


def ranked(library: Library, span: Period, asked: RankingAsked) -> Ranking:
    """The ranking of a period whose names are checked."""
    stock = library.stock()
    with library.heavy:
        known = stock.known_in(span, day_text(asked.as_of) or library.today())
        return rank_known(known, field=asked.field, list_name=asked.list, limit=asked.limit)


def search(library: Library, asked: SearchAsked) -> SearchPage:
    """What the newsroom holds of a query, the best first, each with a passage."""
    print_ = cursors.fingerprint("/search", asked)
    mark = cursors.read(asked.cursor, print_) if asked.cursor is not None else None
    if mark is not None and not (mark.key.isascii() and mark.key.isdecimal() and len(mark.key) < 6):
        raise Refused("bad-cursor", "the cursor was not given by this server", parameter="cursor")
    as_of = day_text(asked.as_of) or (day(mark.as_of) if mark else library.today())
    until = min(day_text(asked.until) or as_of, as_of) if asked.as_of or asked.until else None
    kinds = ("article", "story", "edition", *fact_kinds())
    if asked.kind is not None and asked.kind not in kinds:
        near = nearest(asked.kind, kinds)
        raise Refused("bad-parameter", f"kind: there are {', '.join(kinds)}", parameter="kind", near=near)
    filters = Filters(
        kind=asked.kind,
        source=asked.source,
        topic=asked.topic,
        year=asked.year,
        first=day_text(asked.since) or None,
        last=until,
    )
    index = library.index()
    offset = int(mark.key) if mark is not None else 0
    answer = find(index, asked.q, filters=filters, limit=asked.limit, offset=offset)
    texts = passages(library.newsroom, answer)
    after = answer.following
    go_on = after is not None and after < MAX_OFFSET
    return SearchPage(
        query=answer.query,
        total=answer.total,
        found=answer.found,
        near=answer.near,
        items=tuple(found(hit, texts[f"{hit.kind}:{hit.id}"]) for hit in answer.hits),
        also=tuple(found(hit, texts[f"{hit.kind}:{hit.id}"]) for hit in answer.also),
        next=cursors.write(Mark(print_, as_of, str(after), "")) if go_on else None,
        hints=tuple(Hint(code=hint.code, words=hint.words, about=hint.about) for hint in answer.hints),
        tries=tuple(one.query for one in answer.tries),
        as_of=as_of,
    )


def found(hit: Hit, passage: Passage) -> Found:
    """A hit of the index with the passage that holds what was asked."""
    return Found(
        id=hit.id,
        kind=hit.kind,
        title=hit.title,
        published=hit.published,
        url=hit.url,
        source=hit.source,
        articles=hit.articles,
        copy_of=hit.copy_of,
        page=page_of(hit),
        marks=tuple(Span(start=mark.start, end=mark.end) for mark in passage.title),
        passage=passage.text,
        passage_start=passage.start,
        passage_marks=tuple(Span(start=mark.start, end=mark.end) for mark in passage.marks),
    )


def page_of(hit: Hit) -> str | None:
    """Where a hit stands in the site: its own page, or that of the first article behind it."""
    match hit.kind:
        case "article":
            return f"/{article_file(hit.id)}"
        case "story":
            return f"/{story_file(hit.id)}"
        case "edition":
            return f"/{edition_file(hit.id)}"
    return f"/{article_file(hit.articles[0])}" if hit.articles else None


def welcome(library: Library, asked: Asked) -> Welcome:
    """What the newsroom holds, and where to go on."""
    shelf = shelf_of(library, asked)
    own = "/api/v1"
    return Welcome(
        title=library.settings.site_title,
        version=f"{VERSION} (shida {metadata.version('shida')})",
        as_of=shelf.as_of,
        counts={
            "articles": len(shelf.articles),
            "stories": len(shelf.stories),
            "facts": len(shelf.facts),
            "editions": len(shelf.edition_rows),
        },
        links={
            name: f"{own}/{name}"
            for name in (
                "articles",
                "stories",
                "facts",
                "rankings",
                "editions",
                "sources",
                "topics",
                "search",
                "watches",
            )
        }
        | {"description": f"{own}/openapi.json"},
        facts=fact_kinds(),
    )


def problem_type(library: Library, asked: Nothing, name: str) -> msgspec.Struct:
    """What a kind of problem means."""
    if name not in TYPES:
        raise Refused("not-found", f"there is no kind of problem {name[:80]!r}", near=nearest(name, TYPES))
    return TYPES[name]
