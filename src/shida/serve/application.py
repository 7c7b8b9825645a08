"""The built site as an ASGI application, with the headers that keep a browser from doing more than reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import cast

from litestar import Litestar, get
from litestar.config.compression import CompressionConfig
from litestar.datastructures import CacheControlHeader
from litestar.handlers import HTTPRouteHandler
from litestar.static_files import create_static_files_router
from litestar.types import ASGIApp, Message, Receive, Scope, Send

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

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml; charset=utf-8",
}
"""By ending: what the machine's own table says differs from machine to machine, and `nosniff` makes it matter."""


def make_application(site: Path, handlers: Sequence[HTTPRouteHandler] = ()) -> ASGIApp:
    """The application that serves the built site in `site` at `/`, `/healthz`, and what `handlers` answer.

    A missing page answers 404 with the site's own 404.html. HEAD is answered wherever GET is, and every answer, one
    of the framework too, carries HEADERS.
    """

    @get("/healthz", sync_to_thread=False, include_in_schema=False)
    def health() -> dict[str, str]:
        return {"status": "ok" if (site / "index.html").is_file() else "no site"}

    pages = create_static_files_router(
        path="/",
        directories=[site],
        html_mode=True,
        cache_control=CacheControlHeader(max_age=0, must_revalidate=True, public=True),
    )
    application = Litestar(
        route_handlers=[health, *handlers, pages],
        compression_config=CompressionConfig(backend="gzip", minimum_size=1024),
        openapi_config=None,
        logging_config=None,
    )
    return _with_headers(application)


def _with_headers(app: ASGIApp) -> ASGIApp:
    """Add HEADERS, and the media type by ending, to every answer; answer HEAD as GET without the body."""
    fixed = [(name.encode(), value.encode()) for name, value in HEADERS.items()]

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        head = scope.get("method") == "HEAD"  # the life of the application has neither method nor path
        if head:
            scope = cast("Scope", {**scope, "method": "GET"})  # the framework has no HEAD at "/"
        media_type = MEDIA_TYPES.get(PurePosixPath(scope.get("path", "")).suffix)

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                if media_type is not None and message["status"] in (200, 206):
                    headers = [(name, value) for name, value in headers if name.lower() != b"content-type"]
                    headers.append((b"content-type", media_type.encode()))
                message["headers"] = [*headers, *fixed]
            elif head and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await app(scope, receive, send_with)

    return answer
