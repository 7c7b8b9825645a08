"""A thousand pages over twenty hosts, each an address of its own on this machine, and `shida collect` in a process that
can be killed. Used by the test and by `python -m bench collect`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from local_web import Asked, LocalWeb, Reply

NOW = "2026-11-22T12:00:00+08:00"
PAGE_BYTES = 40_000


class Ran(NamedTuple):
    """One `shida collect`."""

    code: int
    """Negative where it was killed."""
    seconds: float
    memory_at_first: int
    """KiB held after a third of its pages."""
    most_memory: int
    said: str


class Hosts:
    """`with Hosts(20, 50) as hosts: hosts.collect(home)`."""

    def __init__(self, hosts: int, each: int) -> None:
        self.each = each
        self.web = LocalWeb([f"127.0.1.{n}" for n in range(1, hosts + 1)])
        filling = "产品质量抽查的结果今天公布。" * (PAGE_BYTES // 42)
        self._body = f"<html><title>第%d批产品抽查结果</title><p>{filling}</p></html>"

    def __enter__(self) -> Hosts:
        self.web.__enter__()
        for host in self.web.hosts:
            items = "".join(f"<item><title>第{n}批</title><link>/p/{n}.html</link></item>" for n in range(self.each))
            feed = f"<rss><channel><title>{host}</title>{items}</channel></rss>".encode()
            self.web[f"{host}/feed"] = Reply(feed, content_type="application/rss+xml")
        self.web.default = self._page
        return self

    def __exit__(self, *_: object) -> None:
        self.web.__exit__()

    def _page(self, asked: Asked) -> Reply:
        if not asked.path.startswith("/p/"):
            return Reply(status=404)
        return Reply((self._body % int(asked.path[3:-5])).encode())

    def pages_asked(self) -> int:
        return sum(asked.path.startswith("/p/") for asked in self.web.asked)

    def prepare(self, home: Path) -> None:
        """A newsroom that has these hosts for its only sources."""
        home.mkdir(parents=True)
        (home / "shida.toml").write_text('allow = ["127.0.0.0/8"]\n')
        blocks = []
        for n, host in enumerate(self.web.hosts):
            url = self.web.url("/feed", host)
            blocks.append(f'[[sources]]\nname = "host-{n:02}"\ntitle = "{host}"\nurl = "{url}"\ngap_seconds = 0\n')
        (home / "sources.toml").write_text('off = ["*"]\n' + "\n".join(blocks))

    def collect(self, home: Path, *, kill_after: int | None = None) -> Ran:
        """Run `shida collect`, and kill it once so many pages were asked for."""
        began, before = time.monotonic(), self.pages_asked()
        command = [
            sys.executable,
            "-c",
            "from shida.cli import main; main()",
            "collect",
            "--now",
            NOW,
            "--home",
            str(home),
        ]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        first = most = 0
        while process.poll() is None:
            asked = self.pages_asked() - before
            memory = memory_of(process.pid)
            most = max(most, memory)
            if not first and asked >= len(self.web.hosts) * self.each // 3:
                first = memory
            if kill_after is not None and asked >= kill_after:
                os.kill(process.pid, signal.SIGKILL)
                break
            time.sleep(0.02)
        said = (process.communicate()[0] or b"").decode()
        return Ran(process.returncode, time.monotonic() - began, first, most, said)

    def overlaps(self) -> int:
        """How often a host was asked while it still answered."""
        by_host: dict[str, list[Asked]] = defaultdict(list)
        for asked in self.web.asked:
            if asked.ended:  # what a killed process asked for has no end
                by_host[asked.host].append(asked)
        found = 0
        for of_host in by_host.values():
            of_host.sort(key=lambda asked: asked.began)
            found += sum(later.began < earlier.ended for earlier, later in pairwise(of_host))
        return found


def memory_of(pid: int) -> int:
    """KiB a process holds now; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = status.partition("VmRSS:")[2].split()
    return int(found[0]) if found else 0
