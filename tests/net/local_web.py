"""A web of our own on loopback: it can redirect, be slow, lie about length and charset, and remembers who asked."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp.abc import AbstractResolver, ResolveResult

LOOPBACK = ("127.0.0.0/8", "::1/128")


@dataclass
class Asked:
    """One request: what was asked, of whom, when it came and when its answer was out."""

    host: str
    path: str
    headers: dict[str, str]
    began: float
    ended: float = 0.0


@dataclass
class Reply:
    """What is sent back. `raw` replaces everything; `pieces` are sent with a pause before each."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str | None = "text/html; charset=utf-8"
    pieces: Sequence[tuple[float, bytes]] = ()
    raw: bytes | None = None


Route = Reply | Callable[[Asked], Reply]


class LocalWeb:
    """`with LocalWeb() as web: web["/a"] = Reply(b"<p>x</p>"); fetch(web.url("/a"), allow=LOOPBACK)`."""

    def __init__(self, hosts: Sequence[str] = ("127.0.0.1",)) -> None:
        self.hosts = hosts
        self.asked: list[Asked] = []
        self.routes: dict[str, Route] = {}
        self.default: Route = Reply(b"not here", status=404)
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()

    def __setitem__(self, path: str, route: Route) -> None:
        self.routes[path] = route

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        servers = []
        for host in self.hosts:  # all on the port that the first was given
            servers.append(self._loop.run_until_complete(asyncio.start_server(self._serve, host, self.port)))
            self.port = servers[0].sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        for server in servers:
            server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split(" ")[1]
            headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
            asked = Asked(headers.get("host", "").partition(":")[0], path, headers, time.monotonic())
            self.asked.append(asked)
            route = self.routes.get(f"{asked.host}{path}", self.routes.get(path, self.default))
            reply = route if isinstance(route, Reply) else route(asked)
            await self._send(reply, writer)
            asked.ended = time.monotonic()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    async def _send(self, reply: Reply, writer: asyncio.StreamWriter) -> None:
        if reply.raw is not None:
            writer.write(reply.raw)
        else:
            headers = {"Connection": "close", **reply.headers}
            if reply.content_type:
                headers.setdefault("Content-Type", reply.content_type)
            if not reply.pieces:
                headers.setdefault("Content-Length", str(len(reply.body)))
            lines = [f"HTTP/1.1 {reply.status} X", *(f"{name}: {value}" for name, value in headers.items())]
            writer.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + reply.body)
        await writer.drain()
        for pause, piece in reply.pieces:
            await asyncio.sleep(pause)
            writer.write(piece)
            await writer.drain()


class Names(AbstractResolver):
    """A resolver that knows only what it is told; each look-up of a name takes its next list of addresses."""

    def __init__(self, table: dict[str, list[list[str]]]) -> None:
        self.table = table
        self.lookups: dict[str, int] = {}

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[Any]:
        if host not in self.table:
            raise OSError(None, f"no such name: {host}")
        number = self.lookups.get(host, 0)
        self.lookups[host] = number + 1
        answers = self.table[host][min(number, len(self.table[host]) - 1)]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in answers
        ]

    async def close(self) -> None:
        pass
