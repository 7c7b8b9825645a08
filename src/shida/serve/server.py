"""Listen and answer until stopped."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from granian.constants import Interfaces
from granian.server.embed import Server
from litestar.handlers import HTTPRouteHandler

from shida.errors import SettingsError
from shida.serve.api import Library
from shida.serve.application import make_application

SETTLE_SECONDS = 2.0
"""How long to wait for the server's own threads: one that outlives the interpreter ends the process with an abort."""

LISTENS_SECONDS = 0.02
"""Between two looks at whether the server listens."""


def serve(
    site: Path,
    *,
    host: str,
    port: int,
    ready: Callable[[str], None],
    handlers: Sequence[HTTPRouteHandler] = (),
    library: Library | None = None,
) -> None:
    """Serve the built site in `site`, what `handlers` answer, and the API of a `library`, until Ctrl-C or SIGTERM.

    `ready` is called with the address, once it answers.

    Port 0 takes any free one. SettingsError where the address cannot be listened on.
    """
    if not (site / "index.html").is_file():
        raise SettingsError(f"{site}: there is no built site. Build it with: shida publish {site}")
    port = free_port(host, port)
    application = make_application(site, handlers, library=library)
    server = Server(application, address=host, port=port, interface=Interfaces.ASGI, log_enabled=False)

    async def answer() -> None:
        loop = asyncio.get_running_loop()
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(one, server.stop)
        telling = loop.create_task(tell())
        try:
            await server.serve()
        finally:
            telling.cancel()

    async def tell() -> None:
        await listens(host, port)
        ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")

    before = thread_count()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(answer())
    until = time.monotonic() + SETTLE_SECONDS
    while thread_count() > before and time.monotonic() < until:
        time.sleep(0.02)


async def listens(host: str, port: int) -> None:
    """Wait until something listens there: the server has its own thread, which says nothing when it is ready."""
    while True:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(host, port)
            writer.close()
            return
        await asyncio.sleep(LISTENS_SECONDS)


def thread_count() -> int:
    """How many threads this process has, those of libraries too; 0 where the system does not say."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 0


def free_port(host: str, port: int) -> int:
    """`port`, or any free one for 0, after seeing that it can be listened on; SettingsError where it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or "not a port (0 to 65535)"
            raise SettingsError(
                f"{host} port {port}: {why}. Name another with --port, or --port 0 for any free one."
            ) from error
        return int(probe.getsockname()[1])
