"""Run in a process of its own: what each bomb at an address costs in memory and CPU. Prints one JSON object."""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from pathlib import Path

from local_web import LOOPBACK

from shida.collect import collect
from shida.collect.feed_process import FEED_PROCESS
from shida.collect.rounds import collect_sources
from shida.collect.visits import Arrival
from shida.errors import InputError
from shida.net import Client, Limits
from shida.records import Dropped, Page, Source

LIMITS = Limits(host_gap_seconds=0)


def memory(name: str) -> int:
    """KiB this process holds (VmRSS), or held at most since `forget` (VmHWM)."""
    return int(Path("/proc/self/status").read_text().partition(f"{name}:")[2].split()[0])


def forget() -> None:
    """Let the most that was held be what is held now."""
    Path("/proc/self/clear_refs").write_text("5")


def outcome(target: str) -> list[str]:
    client = Client(LIMITS, allow=LOOPBACK)
    try:
        items = list(collect(target, limits=LIMITS, client=client))
    except InputError as error:
        return [str(getattr(error, "reason", error))]
    return [item.reason if isinstance(item, Dropped) else f"{len(item.content)} bytes" for item in items]


def of_a_round(url: str) -> list[str]:
    source = Source(name="a", title="甲", url=url, kind="list")
    now = datetime.fromisoformat("2026-11-22T12:00:00+08:00")
    found = []
    for item in collect_sources([source], {}, limits=LIMITS, client=Client(LIMITS, allow=LOOPBACK), now=now):
        refused = item.refused if isinstance(item, Arrival) else item
        if isinstance(refused, Dropped):
            found.append(refused.reason)
        elif isinstance(item, Arrival) and isinstance(item.page, Page):
            found.append(f"{len(item.page.content)} bytes")
    return found


def main() -> None:
    result = {}
    outcome(sys.argv[1])  # a plain page: what is imported late is not the bomb's doing
    FEED_PROCESS.warm()
    for url in sys.argv[2:]:
        forget()
        before, began = memory("VmRSS"), time.process_time()
        ends = of_a_round(url) if "/round" in url else outcome(url)
        result[url.rpartition("/")[2]] = {
            "ends": ends,
            "memory_mb": (memory("VmHWM") - before) / 1024,
            "cpu": time.process_time() - began,
        }
    Path("/dev/stdout").write_text(json.dumps(result))


if __name__ == "__main__":
    main()
