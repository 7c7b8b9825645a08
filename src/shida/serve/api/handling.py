"""Requests → answers: methods, problems, conditional requests, compression, and leave for pages elsewhere to read."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlencode

import msgspec
from litestar.types import ASGIApp, Receive, Scope, Send

from shida.errors import ShidaError
from shida.serve.api import parameters, site_pages
from shida.serve.api.description import description
from shida.serve.api.facts import the_kind
from shida.serve.api.feeds import FORMS, feed, feed_asked, words_of
from shida.serve.api.library import Library
from shida.serve.api.problems import Refused
from shida.serve.api.routes import ROOT, Call, find
from shida.serve.api.site_pages import is_twin
from shida.serve.api.tables import table
from shida.serve.pages import LEVEL, SMALL

MAX_ADDRESS = 8_000
"""Characters of a path with its query."""

KEPT_BYTES = 32_000_000
"""Answers kept as they were sent, for those who ask the same."""

FOLLOWING = ("/search", "/changes")
"""Answers that go by the search index, which may be ahead of what else is kept."""

WORKERS = 4
"""Threads that answer; reading the store and compressing go on side by side."""

READING = "GET, HEAD, OPTIONS"

JSON = "application/json"
CSV = "text/csv; charset=utf-8; header=present"
PROBLEM = "application/problem+json"

OPEN = {"access-control-allow-origin": "*", "access-control-expose-headers": "ETag, Link"}
"""Any page may read the answers: there is nothing here that a cookie or a place in a network opens."""

_LOG = logging.getLogger(__name__)


class Made(NamedTuple):
    """An answer as it is sent."""

    body: bytes
    squeezed: bytes | None
    etag: str
    media_type: str
    links: str


class Reply(NamedTuple):
    """Status, headers and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Answers:
    """Makes answers and keeps the last of them. What is kept is of one state of the newsroom and of one day."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._kept: OrderedDict[tuple[Any, ...], Made] = OrderedDict()
        self._bytes = 0
        self._keeping = threading.Lock()

    def made(self, path: str, query: str) -> Made:
        """The answer to a path (as sent, ROOT taken off) and a query string; Refused where there is none."""
        state = self.library.stock()
        searched = self.library.index().view.generation if path.startswith(FOLLOWING) else 0
        key = (state.number, searched, self.library.today(), path, query)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._make(path, query)
            self._keep(key, kept)
        return kept

    def _make(self, path: str, query: str) -> Made:
        parts = [unquote(part, errors="replace") for part in path.split("/")[1:]]
        parts = [] if parts == [""] else parts
        if parts == ["openapi.json"]:
            parameters.read(query, parameters.Nothing)
            return made(description(), JSON)
        if parts[:1] == ["pages"]:
            call, asked = site_pages.resolve(self.library, parts[1:], query)
        else:
            call = find(parts)
            asked = parameters.read(query, call.parameters())
        if call.form in FORMS:
            return self._feed(call, asked, path, query)
        answer = call.run(self.library, asked)
        links = _links(call, path, query, answer)
        if call.form == "csv":
            kind = the_kind(call.given[0]) if call.route.name == "facts_of_kind" else None
            return made(table(answer, kind), CSV, links)
        return made(msgspec.json.encode(answer), JSON, links)

    def _feed(self, call: Call, asked: msgspec.Struct, path: str, query: str) -> Made:
        answer = call.run(self.library, feed_asked(self.library, asked))
        own = f"{ROOT}{path}".lstrip("/") + (f"?{query}" if query else "")
        about = [*words_of(call.route.name, asked), *call.given]
        home = site_pages.page_of(call, answer) or ""
        return made(feed(self.library, call.form, answer, path=own, home=home, about=about), FORMS[call.form])

    def _keep(self, key: tuple[Any, ...], answer: Made) -> None:
        with self._keeping:
            if key not in self._kept and len(answer.body) < KEPT_BYTES // 8:
                self._kept[key] = answer
                self._bytes += len(answer.body)
                while self._bytes > KEPT_BYTES:
                    self._bytes -= len(self._kept.popitem(last=False)[1].body)


def made(body: bytes, media_type: str, links: str = "") -> Made:
    """An answer with its mark, compressed where that pays."""
    squeezed = gzip.compress(body, LEVEL, mtime=0) if len(body) >= SMALL else None
    return Made(body, squeezed, hashlib.sha256(body).hexdigest()[:32], media_type, links)


def _links(call: Call, path: str, query: str, answer: Any) -> str:
    """The next page of a list, and the page of the site that shows the same."""
    found = []
    following = getattr(answer, "next", None)
    if isinstance(following, str):
        given = [pair for pair in parameters.pairs(query) if pair[0] != "cursor"]
        asked = urlencode([*given, ("cursor", following)])
        found.append(f'<{ROOT}{quote(path, safe="/%")}?{asked}>; rel="next"')
    page = site_pages.page_of(call, answer)
    if page is not None:
        found.append(f'</{page}>; rel="alternate"; type="text/html"')
    return ", ".join(found)


def answer(answers: Answers, path: str, query: str, headers: Mapping[str, str]) -> Reply:
    """The response to a GET."""
    if len(path) + len(query) > MAX_ADDRESS:
        raise Refused(
            "too-long", f"the address has {len(path) + len(query):,} characters; give {MAX_ADDRESS:,} at most"
        )
    found = answers.made(path, query)
    squeezed = found.squeezed is not None and takes_gzip(headers.get("accept-encoding", ""))
    etag = f'"{found.etag}-gz"' if squeezed else f'"{found.etag}"'
    own = {**OPEN, "etag": etag, "cache-control": "no-cache", "vary": "Accept-Encoding"}
    if found.links:
        own["link"] = found.links
    if matches(headers.get("if-none-match", ""), found.etag):
        return Reply(304, own, b"")
    if squeezed:
        own["content-encoding"] = "gzip"
    body = found.squeezed if squeezed and found.squeezed is not None else found.body
    return Reply(200, {**own, "content-type": found.media_type}, body)


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding takes gzip.

    >>> takes_gzip("br, gzip;q=0.5"), takes_gzip("gzip;q=0"), takes_gzip("")
    (True, False, False)
    """
    for one in accepted.lower().split(","):
        name, _, weight = one.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def matches(condition: str, etag: str) -> bool:
    """Whether an If-None-Match names this answer, in either encoding.

    >>> matches('"a", W/"b-gz"', "b"), matches("*", "b"), matches('"bb"', "b")
    (True, True, False)
    """
    names = {one.strip().removeprefix("W/").strip('"') for one in condition[:4_000].split(",")}
    return bool(names & {etag, f"{etag}-gz", "*"})


def refused(error: Refused) -> Reply:
    """The response to a request that cannot be answered."""
    headers = {**OPEN, "cache-control": "no-store", "content-type": PROBLEM}
    if error.problem.status == 405:
        headers["allow"] = READING
    return Reply(error.problem.status, headers, msgspec.json.encode(error.problem))


def preflight() -> Reply:
    """The response to OPTIONS."""
    allowed = {
        "allow": READING,
        "access-control-allow-methods": READING,
        "access-control-allow-headers": "If-None-Match, Accept, Accept-Encoding",
        "access-control-max-age": "86400",
    }
    return Reply(204, {**OPEN, **allowed}, b"")


def respond(answers: Answers, method: str, path: str, query: str, headers: Mapping[str, str]) -> Reply:
    """The response to any request under ROOT; never an exception, never a trace."""
    try:
        if method == "OPTIONS":
            return preflight()
        if method not in ("GET", "HEAD"):
            raise Refused("only-reading", f"{method} changes nothing here; use GET")
        return answer(answers, path, query, headers)
    except Refused as error:
        return refused(error)
    except ShidaError:
        _LOG.exception("newsroom cannot be read")
        return refused(Refused("busy", "the newsroom cannot be read at the moment; ask again later"))
    except Exception:  # a reader gets a clear word, the log the trace; the server goes on
        _LOG.exception("bug in the API")
        return refused(Refused("failed", "a bug; the server's log says where"))


def with_api(app: ASGIApp, library: Library, site: Path) -> ASGIApp:
    """The application with the API in front of it: ROOT, and the pages of `site` as `.json` and `.csv`."""
    answers = Answers(library)
    workers = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="api")

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        method = scope.get("method")
        if not isinstance(method, str):  # the application's own life, or a web socket
            await app(scope, receive, send)
            return
        path, query = sent(scope)
        if path == ROOT or path.startswith(f"{ROOT}/"):
            path = path.removeprefix(ROOT) or "/"
        elif is_twin(site, scope["path"]) and method in ("GET", "HEAD"):
            path = f"/pages{path}"
        else:
            await app(scope, receive, send)
            return
        names = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        work = partial(respond, answers, method, path, query, names)
        reply = await asyncio.get_running_loop().run_in_executor(workers, work)
        headers = [(name.encode(), value.encode("latin-1")) for name, value in reply.headers.items()]
        if reply.status not in (204, 304):
            headers.append((b"content-length", str(len(reply.body)).encode()))
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.body, "more_body": False})

    return answer


def sent(scope: Any) -> tuple[str, str]:
    """Path and query as they were sent: a `/` inside an id comes as `%2F`."""
    raw = scope.get("raw_path") or quote(scope["path"], errors="replace").encode()
    query: str = scope.get("query_string", b"").decode("latin-1")
    return raw.decode("latin-1").partition("?")[0], query
