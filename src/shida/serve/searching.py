"""The search page and its answers: pages that work without a script, JSON for programs, names while one types."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler

from shida.pack import Pack
from shida.publish.addresses import article_file, document_file, edition_file, story_file
from shida.publish.shell import SEARCH, Shell
from shida.publish.wording import day_words, number_words
from shida.records import Record
from shida.serve.pages import OWN_ENCODING, squeeze
from shida.settings import Settings
from shida.store import Newsroom
from shida.store.search import Answer, Filters, Hit, Mark, Passage, open_index, passages, search, suggest
from shida.store.search.parsing import KINDS, MAX_CHARACTERS

PAGE = 10
SHOWN_PAGES = 512
"""Pages kept as they were sent, for those who go back and for what many ask."""

LOOK_SECONDS = 0.25
"""How often to look whether the newsroom has moved."""

FACET_WORDS = {"kind": "类型", "year": "年份", "source": "来源", "topic": "主题"}
SHOWN_VALUES = {"kind": 12, "year": 12, "source": 10, "topic": 10}
KIND_WORDS = {kind: called for called, kind in reversed(KINDS.items())}


class Wish(Record, frozen=True, kw_only=True):
    """What an address asks for."""

    q: str = ""
    kind: str = ""
    year: str = ""
    source: str = ""
    topic: str = ""
    offset: int = 0

    @classmethod
    def of(cls, parameters: Any) -> Wish:
        """From a query string; whatever is odd is left out."""
        texts = {name: str(parameters.get(name) or "")[: MAX_CHARACTERS + 1] for name in ("q", *FACET_WORDS)}
        offset = str(parameters.get("offset") or "")
        return cls(**texts, offset=int(offset) if offset.isascii() and offset.isdecimal() and len(offset) < 6 else 0)

    def filters(self) -> Filters:
        """As the search takes them."""
        return Filters(**{name: getattr(self, name) or None for name in FACET_WORDS})

    def address(self, **other: str | int) -> str:
        """The address of this wish with something else in it."""
        values = {**msgspec.structs.asdict(self), "offset": 0, **other}
        return f"{SEARCH}?" + urlencode({name: value for name, value in values.items() if value}, errors="replace")


class Finder:
    """Answers searches in the newsroom behind a built site; follows the newsroom as it changes."""

    def __init__(self, home: Path, site: Path, *, settings: Settings, pack: Pack) -> None:
        self._newsroom = Newsroom.open(home)
        self._index = open_index(self._newsroom, pack)
        self._site = site
        self._shell = Shell(settings, topics=(site / "topics.html").is_file())
        self._pages: OrderedDict[tuple[int, bool, Wish], tuple[bytes, bytes | None]] = OrderedDict()
        self._following = threading.Lock()
        self._look_again = 0.0

    def close(self) -> None:
        """Close the newsroom."""
        self._newsroom.close()

    def follow(self) -> None:
        """Where the newsroom has moved, bring the index up beside the answering; what is asked meanwhile is answered
        by the index as it was."""
        now = time.monotonic()
        if now < self._look_again:
            return
        self._look_again = now + LOOK_SECONDS
        if self._index.stale() and self._following.acquire(blocking=False):
            threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        try:
            self._index.refresh()
            suggest(self._index, "a")  # the names of the new view, before anybody waits for them
        finally:
            self._following.release()

    def answer(self, wish: Wish, *, limit: int = PAGE, facets: bool = False) -> Answer:
        """The answer itself."""
        self.follow()
        return search(self._index, wish.q, filters=wish.filters(), limit=limit, offset=wish.offset, facets=facets)

    def answer_json(self, wish: Wish, limit: int) -> bytes:
        """For programs: the answer, with marks and passages."""
        answer = self.answer(wish, limit=limit, facets=True)
        return msgspec.json.encode({**msgspec.structs.asdict(answer), "passages": passages(self._newsroom, answer)})

    def names_json(self, prefix: str) -> bytes:
        """Names to search for, while one types."""
        self.follow()
        return msgspec.json.encode({"names": suggest(self._index, prefix)})

    def page(self, wish: Wish, *, hant: bool) -> tuple[bytes, bytes | None]:
        """The search page, in either script; as it is and compressed."""
        self.follow()
        key = (self._index.view.generation, hant, wish)
        kept = self._pages.get(key)
        if kept is None:
            rendered = self._shell.page(SEARCH, SEARCH, **self._context(wish))
            plain = self._shell.traditional([rendered])[0] if hant else self._shell.plain(rendered)
            kept = self._pages[key] = (plain, squeeze(plain))
            while len(self._pages) > SHOWN_PAGES:
                self._pages.popitem(last=False)
        return kept

    def _context(self, wish: Wish) -> dict[str, Any]:
        answer = self.answer(wish, facets=True)
        found = passages(self._newsroom, answer)
        other = KIND_WORDS.get(wish.kind or (answer.hits[0].kind if answer.hits else ""), "")
        return {
            "served": True,
            "q": wish.q,
            "narrowed": wish.filters() != Filters(),
            "total": answer.total,
            "found": answer.found,
            "near": answer.near,
            "total_words": number_words(answer.total),
            "found_words": number_words(answer.found),
            "other": other if other != KIND_WORDS["article"] else "",
            "hints": [hint.words for hint in answer.hints if hint.code != "near"],
            "tries": [{"query": t.query, "words": t.words, "href": wish.address(q=t.query)} for t in answer.tries]
            + self._wider(wish, answer),
            "facets": self._facets(wish, answer),
            "hits": [self._row(hit, found[f"{hit.kind}:{hit.id}"]) for hit in answer.hits],
            "also": [self._row(hit, found[f"{hit.kind}:{hit.id}"]) for hit in answer.also],
            "before": wish.address(offset=max(0, wish.offset - PAGE)) if wish.offset else "",
            "following": wish.address(offset=answer.following) if answer.following else "",
        }

    def _wider(self, wish: Wish, answer: Answer) -> list[dict[str, str]]:
        """The same words without the filters that left nothing."""
        if answer.hits or answer.also or not wish.q or wish.filters() == Filters():
            return []
        return [{"query": wish.q, "words": "去掉筛选", "href": Wish(q=wish.q).address()}]

    def _facets(self, wish: Wish, answer: Answer) -> list[dict[str, Any]]:
        rows = []
        for facet in answer.facets:
            chosen = getattr(wish, facet.name)
            links = [
                {
                    "words": KIND_WORDS.get(one.value, one.value) if facet.name == "kind" else one.value,
                    "count": number_words(one.count),
                    "here": one.value == chosen,
                    "href": wish.address(**{facet.name: "" if one.value == chosen else one.value}),
                }
                for one in facet.buckets[: SHOWN_VALUES[facet.name]]
            ]
            if len(links) > 1 or chosen:
                rows.append({"words": FACET_WORDS[facet.name], "links": links})
        return rows

    def _row(self, hit: Hit, passage: Passage) -> dict[str, Any]:
        return {
            "href": self._href(hit),
            "title": parts(hit.title or "（无题）", passage.title if hit.title else ()),
            "passage": parts(passage.text, passage.marks),
            "cut": passage.start > 0,
            "day": day_words(hit.published) if hit.published else "",
            "source": hit.source,
            "kind": KIND_WORDS.get(hit.kind, "") if hit.kind != "article" else "",
            "copies": len(hit.articles) - 1 if hit.kind == "article" else 0,
            "articles": len(hit.articles),
        }

    def _href(self, hit: Hit) -> str:
        """The page of a hit in the built site; empty where it has none yet."""
        match hit.kind:
            case "article":
                places = [article_file(hit.id)]
            case "story":
                places = [story_file(hit.id)]
            case "edition":
                places = [edition_file(hit.id)]
            case _:
                own = [document_file(hit.title.strip("《》"))] if hit.kind == "document" else []
                places = own + [article_file(one) for one in hit.articles[:1]]
        return next((place for place in places if (self._site / place).is_file()), "")


def parts(text: str, marks: Sequence[Mark]) -> list[dict[str, Any]]:
    """`text` cut at its marks, for a template that escapes each part.

    >>> parts("质量强国", (Mark(start=2, end=4),))
    [{'text': '质量', 'marked': False}, {'text': '强国', 'marked': True}]
    """
    found = []
    place = 0
    for mark in marks:
        found += [
            {"text": text[place : mark.start], "marked": False},
            {"text": text[mark.start : mark.end], "marked": True},
        ]
        place = mark.end
    found.append({"text": text[place:], "marked": False})
    return [part for part in found if part["text"]]


def search_handlers(finder: Finder) -> list[HTTPRouteHandler]:
    """The routes of the search, for the application."""
    fresh = {"cache-control": "no-cache"}
    own = {OWN_ENCODING: True}

    def html(request: Request[Any, Any, State], hant: Literal[True, False]) -> Response[bytes]:
        plain, squeezed = finder.page(Wish.of(request.query_params), hant=hant)
        fields = {**fresh, "vary": "accept-encoding"}
        if squeezed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            plain, fields = squeezed, {**fields, "content-encoding": "gzip"}
        return Response(plain, media_type="text/html", headers=fields)

    @get(["/search.html", "/search"], sync_to_thread=False, include_in_schema=False, opt=own)
    def search_page(request: Request[Any, Any, State]) -> Response[bytes]:
        return html(request, False)

    @get("/hant/search.html", sync_to_thread=False, include_in_schema=False, opt=own)
    def traditional_search_page(request: Request[Any, Any, State]) -> Response[bytes]:
        return html(request, True)

    @get("/search.json", sync_to_thread=False, include_in_schema=False)
    def search_json(request: Request[Any, Any, State]) -> Response[bytes]:
        given = str(request.query_params.get("limit") or "")
        limit = int(given) if given.isascii() and given.isdecimal() and len(given) < 4 else PAGE
        content = finder.answer_json(Wish.of(request.query_params), limit)
        return Response(content, media_type="application/json", headers=fresh)

    @get("/suggest.json", sync_to_thread=False, include_in_schema=False)
    def suggest_json(request: Request[Any, Any, State]) -> Response[bytes]:
        content = finder.names_json(str(request.query_params.get("q") or "")[:MAX_CHARACTERS])
        return Response(content, media_type="application/json", headers=fresh)

    return [search_page, traditional_search_page, search_json, suggest_json]
