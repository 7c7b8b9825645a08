"""The process that feeds are parsed in: started once, asked many times, ended when a feed is too much for it."""

from __future__ import annotations

import atexit
import os
import selectors
import subprocess
import sys
import threading
import time
from contextlib import suppress

FEEDS_A_PROCESS = 200
"""Feeds after which a new process is taken, so that nothing can pile up in one."""
LENGTH_BYTES = 8
TOO_MUCH = 3
"""Exit code of a worker whose memory ran out."""
PIECE = 1024 * 1024


class FeedProcess:
    """Sends frames (a length and bytes) to `feed_worker` and gets frames back. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._asked = 0

    def ask(self, frames: tuple[bytes, ...], seconds: float) -> bytes | None:
        """The answer to these frames; None where the process was ended by the kernel, by a fault or by the clock."""
        with self._lock:
            process = self._ready()
            try:
                assert process.stdin is not None  # noqa: S101  (for the type checker: we asked for pipes)
                for frame in frames:
                    process.stdin.write(len(frame).to_bytes(LENGTH_BYTES, "big"))
                    process.stdin.write(frame)
                process.stdin.flush()
                return self._answer(process, time.monotonic() + seconds)
            except (OSError, EOFError):
                self._end()
                # 0 or less: it was at an end of its own, or ended by a signal, ours among them.
                if process.returncode > 0 and process.returncode != TOO_MUCH:
                    raise RuntimeError(f"the feed worker cannot run (exit code {process.returncode})") from None
                self._start()  # the next feed does not wait for it
                return None
            except BaseException:
                self._end()  # an answer that nobody read would be taken for the next one's
                raise

    def warm(self) -> None:
        """Start the process now, so that it is ready when the first feed comes. Returns at once."""
        with self._lock:
            self._alive()

    def running(self) -> int | None:
        """Number of the process, None where there is none."""
        return self._process.pid if self._process is not None and self._owner == os.getpid() else None

    def close(self) -> None:
        """End the process; the next question starts a new one."""
        with self._lock:
            self._end()

    def _ready(self) -> subprocess.Popen[bytes]:
        """The process, for one feed more."""
        if self._asked >= FEEDS_A_PROCESS:
            self._end()
        process = self._alive()
        self._asked += 1
        return process

    def _alive(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._owner != os.getpid():
            self._process = None  # after a fork it is the parent's
        if self._process is not None and self._process.poll() is not None:
            self._end()
        return self._process or self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        # -P: a folder the user happens to stand in must not lend its modules to the worker.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "shida.collect.feed_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._owner = os.getpid()
        self._asked = 0
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], deadline: float) -> bytes:
        length = int.from_bytes(self._exactly(process, LENGTH_BYTES, deadline), "big")
        return self._exactly(process, length, deadline)

    def _exactly(self, process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
        assert process.stdout is not None  # noqa: S101  (for the type checker)
        descriptor = process.stdout.fileno()
        read = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while len(read) < size:
                ready = selector.select(max(0.0, deadline - time.monotonic()))
                piece = os.read(descriptor, min(size - len(read), PIECE)) if ready else b""
                if not piece:
                    raise EOFError
                read += piece
        return bytes(read)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)  # one that has ended by itself tells why
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        process.wait()


FEED_PROCESS = FeedProcess()
atexit.register(FEED_PROCESS.close)
