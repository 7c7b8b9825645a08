"""The built site as an ASGI application, with the headers that keep a browser from doing more than reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast
from urllib.parse import quote

from litestar import Litestar, get
from litestar.config.compression import CompressionConfig
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from shida.serve.api import Library, with_api
from shida.serve.pages import LEVEL, OWN_ENCODING, SMALL, site_pages

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""Sent with every answer. `'self'` only: a page of the site asks nobody else for anything."""


def make_application(
    site: Path, handlers: Sequence[HTTPRouteHandler] = (), *, library: Library | None = None
) -> ASGIApp:
    """The application that serves the built site in `site` at `/`, `/healthz`, and what `handlers` answer.

    With a `library`, the API stands beside it, and every page that shows records answers as `.json` too.

    A missing page answers 404 with the site's own 404.html. HEAD is answered wherever GET is, and every answer, one
    of the framework too, carries HEADERS.
    """

    @get("/healthz", sync_to_thread=False, include_in_schema=False)
    def health() -> dict[str, str]:
        return {"status": "ok" if (site / "index.html").is_file() else "no site"}

    application = Litestar(
        route_handlers=[health, *handlers, site_pages(site)],
        compression_config=CompressionConfig(
            backend="gzip", minimum_size=SMALL, gzip_compress_level=LEVEL, exclude_opt_key=OWN_ENCODING
        ),
        openapi_config=None,
        logging_config=None,
    )
    return _with_headers(application if library is None else with_api(application, library, site))


_ASCII = bytes(range(128))


def _with_headers(app: ASGIApp) -> ASGIApp:
    """Add HEADERS to every answer; answer HEAD as GET without the body; take a query typed in plain UTF-8 as quoted.

    The framework reads a query's bytes as Latin-1, so `curl '…/search.json?q=质量'` asked for mojibake.
    """
    fixed = [(name.encode(), value.encode()) for name, value in HEADERS.items()]

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if not (typed := scope.get("query_string", b"")).isascii():
            scope = cast("Scope", {**scope, "query_string": quote(typed, safe=_ASCII).encode()})
        head = scope.get("method") == "HEAD"  # the life of the application has neither method nor path
        if head:
            scope = cast("Scope", {**scope, "method": "GET"})  # the framework has no HEAD at "/"

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *fixed]
            elif head and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await app(scope, receive, send_with)

    return answer
