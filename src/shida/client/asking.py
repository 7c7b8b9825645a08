"""One request to the API and its answer: limits, errors in words, and answers kept by their ETag."""

from __future__ import annotations

import gzip
import http.client
import io
import socket
from collections import OrderedDict
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode, urlsplit

import msgspec

from shida.client.errors import ApiError, NoAnswer, NotFound, NotUnderstood
from shida.client.shapes import Problem
from shida.errors import SettingsError

ROOT = "/api/v1"
MAX_BYTES = 64 * 1024 * 1024
"""Bytes of one answer, decompressed."""

KEPT = 200
"""Answers kept, to be used again where the server says that nothing changed."""

KEPT_BYTES = 1024 * 1024
"""Only answers below this are kept."""

T = TypeVar("T")


class Kept(NamedTuple):
    """An answer and its mark."""

    etag: str
    body: bytes


class Asking:
    """Asks one server, over one connection that is kept open."""

    def __init__(self, address: str, *, timeout: float) -> None:
        """SettingsError where `address` is not http or https with a host."""
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise SettingsError(
                f"{address!r} is not an address ({error}). Give one like http://127.0.0.1:8010"
            ) from error
        if parts.scheme not in ("http", "https") or not host or not host.isascii():
            raise SettingsError(f"{address!r} is not an address of a site. Give one like http://127.0.0.1:8010")
        self._address = f"{parts.scheme}://{parts.netloc}"
        self._root = parts.path.rstrip("/").removesuffix(ROOT) + ROOT
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(host, port, timeout=timeout)
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def get(self, path: str, kind: type[T] | Any, asked: dict[str, str | None]) -> T:
        """The answer at a path, as `kind`; what is None is not asked."""
        query = urlencode({name: value for name, value in asked.items() if value is not None}, errors="replace")
        target = f"{self._root}{path}" + (f"?{query}" if query else "")
        kept = self._kept.get(target)
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "shida-client"}
        if kept is not None:
            headers["If-None-Match"] = kept.etag
        status, answered, body = self._answer(target, headers)
        if status == 304 and kept is not None:
            body = kept.body
        elif status != 200:
            raise self._error(target, status, body)
        elif (etag := answered.get("ETag")) and len(body) <= KEPT_BYTES:
            self._kept[target] = Kept(etag, body)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        try:
            found: T = msgspec.json.decode(body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise NotUnderstood(
                f"{self._address}{target}: the answer is none of this API ({error}). Is it another version of shida?"
            ) from error
        return found

    def _answer(self, target: str, headers: dict[str, str]) -> tuple[int, http.client.HTTPMessage, bytes]:
        for attempt in (1, 2):  # a kept connection may have been closed by the other side
            try:
                self._connection.request("GET", target, headers=headers)
                answer = self._connection.getresponse()
                body = answer.read(MAX_BYTES + 1)
                break
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError) as error:
                self.close()
                if attempt == 2:
                    raise NoAnswer(f"{self._address}: the connection was closed. Ask again.") from error
            except (OSError, http.client.HTTPException) as error:
                self.close()
                late = isinstance(error, socket.timeout)
                why = "no answer in time" if late else f"no answer ({error})"
                raise NoAnswer(f"{self._address}: {why}. Is `shida serve` running there?") from error
        if len(body) > MAX_BYTES:
            self.close()  # the rest is not read
            raise NotUnderstood(f"{self._address}{target}: more than {MAX_BYTES:,} bytes. Ask for fewer at a time.")
        if answer.headers.get("Content-Encoding") == "gzip" and body:
            body = self._unpacked(target, body)
        return answer.status, answer.headers, body

    def _unpacked(self, target: str, body: bytes) -> bytes:
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
                found = file.read(MAX_BYTES + 1)
        except (OSError, EOFError) as error:
            raise NotUnderstood(f"{self._address}{target}: the answer is damaged ({error}).") from error
        if len(found) > MAX_BYTES:
            raise NotUnderstood(f"{self._address}{target}: more than {MAX_BYTES:,} bytes. Ask for fewer at a time.")
        return found

    def _error(self, target: str, status: int, body: bytes) -> ApiError:
        problem = None
        with suppress(msgspec.DecodeError, UnicodeDecodeError):
            problem = msgspec.json.decode(body, type=Problem)
        where = f"{self._address}{target}"
        if problem is None:
            return NotUnderstood(f"{where}: status {status}, and not in the words of this API. Is it a shida site?")
        message = f"{where}: {problem.title}: {problem.detail}"
        return NotFound(message, problem) if status == 404 else ApiError(message, problem)
