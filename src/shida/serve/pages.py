"""The files of the built site: read, compressed once, and kept while they do not change."""

from __future__ import annotations

import gzip
import os
import stat
from collections import OrderedDict
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from litestar import asgi
from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send

OWN_ENCODING = "own_encoding"
"""Marks a handler (`opt`) whose answers are compressed already, so that the application does not do it again."""

KEPT_BYTES = 64_000_000
"""Memory for files that were asked for; the one asked for longest ago goes first."""

LARGE = 4_000_000
"""Bytes. A file above this (an archive) is read in pieces and neither kept nor compressed."""

SMALL = 1_024
"""A file below this many bytes is not worth compressing."""

LEVEL = 5
"""zlib's level: 6 takes half as long again for a hundredth less; 9 three times as long."""

COMPRESSED = frozenset({".png", ".jpg", ".gif", ".webp", ".zip", ".gz", ".docx", ".xlsx", ".parquet", ".pdf"})
PIECE = 256 * 1024

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}
"""By ending: what the machine's own table says differs from machine to machine, and `nosniff` makes it matter."""


class Held(NamedTuple):
    """A file as it is sent. `sign` changes with it."""

    sign: tuple[int, int, int]
    etag: bytes
    plain: bytes
    squeezed: bytes | None


class SitePages:
    """The files in the folder `site`, which may be swapped for a newer one at any time."""

    def __init__(self, site: Path) -> None:
        self._site = str(site)
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer GET (HEAD is answered around this, by the application)."""
        if scope.get("method") != "GET":
            await _send(send, 405, [(b"allow", b"GET, HEAD"), (b"content-type", b"text/plain")], b"read only")
            return
        asked = {name.lower(): value for name, value in scope["headers"]}
        path = clean(scope["path"])
        held = self._file(path) if path is not None else None
        if held is None and path is not None and (large := self._large(path)) is not None:
            await self._in_pieces(send, *large)
            return
        status = 200
        if held is None:
            path, status = "404.html", 404
            held = self._file(path)
        if held is None:
            await _send(send, 404, [(b"content-type", b"text/plain; charset=utf-8")], "没有这一页".encode())
            return
        kind = MEDIA_TYPES.get(PurePosixPath(path or "").suffix, "application/octet-stream")
        fields = [(b"etag", held.etag), (b"cache-control", b"public, max-age=0, must-revalidate")]
        if held.squeezed is not None:
            fields.append((b"vary", b"accept-encoding"))
        if status == 200 and held.etag in asked.get(b"if-none-match", b""):
            await _send(send, 304, fields, b"", sized=False)
            return
        fields.append((b"content-type", kind.encode()))
        body = held.plain
        if held.squeezed is not None and b"gzip" in asked.get(b"accept-encoding", b""):
            fields.append((b"content-encoding", b"gzip"))
            body = held.squeezed
        await _send(send, status, fields, body)

    def _file(self, path: str) -> Held | None:
        """The file as it now is; None where there is none, or it is too large to be kept."""
        name = f"{self._site}/{path}"
        try:
            found = os.lstat(name)
            if stat.S_ISDIR(found.st_mode):
                name += "/index.html"
                found = os.lstat(name)
            if not stat.S_ISREG(found.st_mode) or found.st_size > LARGE:
                return None
            sign = (found.st_ino, found.st_mtime_ns, found.st_size)
            held = self._held.get(path)
            if held is not None and held.sign == sign:
                self._held.move_to_end(path)
                return held
            with open(name, "rb") as file:
                plain = file.read(LARGE + 1)
        except (OSError, ValueError):
            return None
        squeezed = squeeze(plain) if PurePosixPath(path).suffix not in COMPRESSED else None
        made = Held(sign, b'"%x-%x"' % (found.st_mtime_ns, found.st_size), plain, squeezed)
        self._keep(path, made)
        return made

    def _keep(self, path: str, held: Held) -> None:
        for gone in (self._held.pop(path, None),):
            self._bytes -= _weight(gone) if gone is not None else 0
        self._held[path] = held
        self._bytes += _weight(held)
        while self._bytes > KEPT_BYTES and self._held:
            _, oldest = self._held.popitem(last=False)
            self._bytes -= _weight(oldest)

    def _large(self, path: str) -> tuple[str, int] | None:
        """Name and size of a file that is too large to be kept."""
        name = f"{self._site}/{path}"
        try:
            found = os.lstat(name)
        except (OSError, ValueError):
            return None
        return (name, found.st_size) if stat.S_ISREG(found.st_mode) and found.st_size > LARGE else None

    @staticmethod
    async def _in_pieces(send: Send, name: str, size: int) -> None:
        kind = MEDIA_TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")
        fields = [(b"content-type", kind.encode()), (b"content-length", str(size).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": fields})
        with open(name, "rb") as file:
            left = size
            while left > 0 and (piece := file.read(min(PIECE, left))):
                left -= len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
        if left:
            await send({"type": "http.response.body", "body": b"", "more_body": False})


def clean(path: str) -> str | None:
    """The path below the site that an address names; None where it names none.

    >>> clean("/story/s-1.html"), clean("/"), clean("/../secret"), clean("/.hidden")
    ('story/s-1.html', 'index.html', None, None)
    """
    parts = [part for part in path.split("/") if part]
    if any(part.startswith(".") and part != ".well-known" for part in parts) or "\\" in path or "\0" in path:
        return None
    return "/".join(parts) or "index.html"


def squeeze(plain: bytes) -> bytes | None:
    """gzip of it, the same each time; None where that saves nothing.

    >>> squeeze(b"abc") is None, len(squeeze(b"abc" * 1000) or b"") < 100
    (True, True)
    """
    if len(plain) < SMALL:
        return None
    squeezed = gzip.compress(plain, compresslevel=LEVEL, mtime=0)
    return squeezed if len(squeezed) < len(plain) else None


def site_pages(site: Path) -> ASGIRouteHandler:
    """The route that answers with the files of `site`."""
    pages = SitePages(site)

    @asgi("/", is_mount=True, copy_scope=True, opt={OWN_ENCODING: True})
    async def files(scope: Scope, receive: Receive, send: Send) -> None:
        await pages(scope, receive, send)

    return files


def _weight(held: Held) -> int:
    return len(held.plain) + len(held.squeezed or b"")


async def _send(send: Send, status: int, fields: list[tuple[bytes, bytes]], body: bytes, *, sized: bool = True) -> None:
    if sized:
        fields = [*fields, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body, "more_body": False})
