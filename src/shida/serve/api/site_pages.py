"""Pages of the site as data: `/story/s-1.json` answers what `/story/s-1.html` shows, from the API's own resources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

import msgspec

from shida.publish.addresses import (
    article_file,
    authority_file,
    document_file,
    edition_file,
    figure_file,
    original_file,
    story_file,
    top_file,
    topic_file,
)
from shida.publish.proposals import home_periods
from shida.publish.registers import authorities, document_groups, figure_groups
from shida.records import Article, Edition, Story
from shida.serve.api import parameters
from shida.serve.api.library import Library
from shida.serve.api.problems import Refused
from shida.serve.api.records import ranking
from shida.serve.api.routes import Call, find
from shida.serve.api.shelf import Shelf
from shida.text.periods import parse_period

TRADITIONAL = "hant/"
FRONT = "index.html"

_FURTHER = re.compile(r"_\d{1,6}\Z", re.ASCII)
_SHEET = re.compile(r"register/(documents|figures|happenings)(?:-(\d{4}))?(?:-kind-[a-z0-9-]{1,90})?\Z", re.ASCII)
_MONTH = re.compile(r"wire/(\d{4}-\d{2})\Z", re.ASCII)

_REGISTERS = {"documents": "/facts/document", "figures": "/facts/figure", "happenings": "/facts?register=happenings"}
_FIXED = {
    "wire": "/articles",
    "wire/undated": "/articles?undated=true",
    "editions": "/editions",
    "sources": "/sources",
    "topics": "/topics",
    "calendar": "/facts/document?comes_into_force=true",
    "register/authorities": "/authorities",
}


def resolve(library: Library, parts: list[str], query: str) -> tuple[Call, msgspec.Struct]:
    """The resource behind a page of the site (`article`, `a-1.json`), and what it is asked; Refused where none is.

    A list's further pages (`topic/biaozhun_2`) answer as the list does from its beginning: it has pages of its own.
    """
    path = "/".join(parts).removeprefix(TRADITIONAL)
    name, _, ending = path.rpartition(".")
    if ending not in ("json", "csv", "html"):
        name, ending = path, "json"
    target = resource(library, name)
    if target is None:
        raise Refused("not-found", f"the site has no page {name[:200]!r} that shows records")
    way, _, own = target.partition("?")
    steps = [unquote(part) for part in way.split("/")[1:]]
    call = find([*steps[:-1], f"{steps[-1]}.csv"] if ending == "csv" else steps)
    given = parameters.pairs(query)
    kept = [pair for pair in parameters.pairs(own) if pair[0] not in dict(given)]
    return call, parameters.read(urlencode([*kept, *given]), call.parameters())


def resource(library: Library, name: str) -> str | None:
    """The path under the API's root of what a page (without its ending) shows; None where it shows no records."""
    if name in ("", "index"):
        return _front(library)
    plain = _FURTHER.sub("", name)
    if plain in _FIXED:
        return _FIXED[plain]
    if match := _SHEET.match(plain):
        way = _REGISTERS[match[1]]
        span = f"since={match[2]}-01-01&until={match[2]}-12-31" if match[2] else ""
        return f"{way}{'&' if '?' in way else '?'}{span}" if span else way
    if match := _MONTH.match(plain):
        month = parse_period(match[1]) if "01" <= match[1][5:] <= "12" and match[1][:4] > "0000" else None
        return f"/articles?since={month.first}&until={month.last}" if month else None
    table = library.shelf().kept("pages", _table)
    return table.get(f"{name}.html") or table.get(f"{plain}.html")


def _front(library: Library) -> str:
    """The list the front page opens with: the first that has entries, else the first."""
    fields = [rule.name for rule in library.pack.fields.fields]
    ways = [_top(period.name, field) for _, period in home_periods(library.today()) for field in (*fields, "")]
    for way in ways:
        period, _, own = way.removeprefix("/rankings/").partition("?")
        if ranking(library, parameters.read(own, parameters.RankingAsked), unquote(period)).entries:
            return way
    return ways[0]


def _top(period: str, field: str) -> str:
    return f"/rankings/{quote(period, safe='')}" + (f"?field={quote(field)}" if field else "")


def _table(shelf: Shelf) -> Mapping[str, str]:
    """File of the site → what it shows."""

    def way(*parts: str, **own: str) -> str:
        path = "".join(f"/{quote(part, safe='')}" for part in parts)
        return f"{path}?{urlencode(own)}" if own else path

    found: dict[str, str] = {}
    for name in shelf.articles:
        found[article_file(name)] = found[original_file(name)] = way("articles", name)
    found |= {story_file(name): way("stories", name) for name in shelf.stories}
    found |= {story_file(alias): way("stories", alias) for story in shelf.stories.values() for alias in story.aliases}
    for edition in shelf.editions:
        found[edition_file(edition.id)] = way("editions", edition.id)
        found[edition_file(edition.id, edition.version)] = way("editions", edition.id, version=str(edition.version))
    fields = [rule.name for rule in shelf.stock.pack.fields.fields]
    for _, period in home_periods(shelf.as_of):
        found |= {top_file(period.name, field): _top(period.name, field) for field in (*fields, "")}
    found |= {topic_file(name): way("stories", topic=name) for name in shelf.topics}
    facts = list(shelf.facts.values())
    found |= {document_file(title): way("facts", "document", title=title) for title in document_groups(facts)}
    for what, unit in figure_groups(facts):
        found[figure_file(what, unit)] = way("facts", "figure", title=what, **({"unit": unit} if unit else {}))
    found |= {authority_file(name): way("facts", "document", issuer=name) for name in authorities(facts)}
    return found


def page_of(call: Call, answer: Any) -> str | None:
    """The page of the site that shows an answer, for `Link: rel="alternate"`."""
    match answer:
        case Article():
            return article_file(answer.id)
        case Story():
            return story_file(answer.id)
        case Edition():
            return edition_file(answer.id, answer.version if call.route.name == "edition" else None)
    fixed = {"rankings": FRONT, "editions": "editions.html", "sources": "sources.html", "topics": "topics.html"}
    fixed |= dict.fromkeys(("watches", "watch", "news"), "watches.html")
    return fixed.get(call.route.name)


def is_twin(site: Path, path: str) -> bool:
    """Whether a path is a page of the site as data: it ends in `.json` or `.csv`, and the page is there."""
    if not path.endswith((".json", ".csv")):
        return False
    parts = path.split("/")[1:]
    stem = path.rpartition(".")[0].lstrip("/")
    own = stem in ("search", "suggest") or parts[0] == "api"  # the search has answers of its own there
    if own or any(part in ("", ".", "..") or "\x00" in part or len(part) > 200 for part in parts):
        return False
    return (
        site.joinpath(*parts[:-1], f"{stem.rpartition('/')[2]}.html").is_file() and not site.joinpath(*parts).is_file()
    )
