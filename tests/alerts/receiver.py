"""Who receives webhooks, on loopback: keeps what came, and answers as it is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass
class Got:
    """One post."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float = 0.0


@dataclass
class Says:
    """What is answered; `pieces` are sent with a pause before each, after the headers."""

    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    pieces: int = 0


class Receiver:
    """`with Receiver() as there: there.says = Says(500)`; one answer for all, or what a function of the post gives."""

    def __init__(self) -> None:
        self.got: list[Got] = []
        self.says: Says | Callable[[Got], Says] = Says()
        self.busy = self.most_busy = 0
        self._guard = threading.Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                receiver.answer(self)

            do_GET = do_POST

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self._guard:
            self.busy += 1
            self.most_busy = max(self.most_busy, self.busy)
        try:
            body = handler.rfile.read(int(handler.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in handler.headers.items()}
            got = Got(handler.path, headers, body, time.monotonic())
            self.got.append(got)
            says = self.says if isinstance(self.says, Says) else self.says(got)
            time.sleep(says.wait)
            handler.send_response(says.status)
            for name, value in says.headers.items():
                handler.send_header(name, value)
            if not says.pieces and "Content-Length" not in says.headers:
                handler.send_header("Content-Length", "0")
            handler.end_headers()
            for _ in range(says.pieces):
                handler.wfile.write(b"x" * 65536)
        except OSError:
            pass
        finally:
            with self._guard:
                self.busy -= 1
