"""Collecting: a thousand pages over twenty hosts, whole and killed, and hostile feeds. Run: python -m bench collect.

The web is one of our own on this machine. CPU is that of the processes that do the work; the clock is given beside it.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from shida.collect.feed_process import FEED_PROCESS
from shida.collect.feeds import BadFeed, parse_feed
from shida.net.limits import Limits
from shida.store import Newsroom

TESTS = Path(__file__).resolve().parents[1] / "tests"
PLAIN = b"<rss><channel><title>t</title></channel></rss>"


def main() -> int:
    """Print the tables; 1 where a promise is not kept."""
    sys.path += [str(TESTS / "net"), str(TESTS / "collect")]  # the web and the feeds of the tests
    kept = [_thousand(kills=0), _thousand(kills=3), _hostile()]
    return 0 if all(kept) else 1


def _thousand(kills: int) -> bool:
    from thousand import Hosts

    wanted, each = 20, 50
    before = _children()
    with tempfile.TemporaryDirectory() as folder, Hosts(wanted, each) as hosts:
        home = Path(folder) / "newsroom"
        hosts.prepare(home)
        began = time.monotonic()
        for _ in range(kills):
            hosts.collect(home, kill_after=wanted * each // (kills + 1))
        done = hosts.collect(home)
        seconds = time.monotonic() - began
        asked, overlaps = hosts.pages_asked(), hosts.overlaps()
        with Newsroom.open(home) as newsroom:
            pages = newsroom.counts()["pages"]
    cpu, most = _children() - before, done.most_memory / 1024
    growth = f"{(done.most_memory - done.memory_at_first) / 1024:.0f}" if done.memory_at_first else "–"
    print(f"\n{wanted * each:,} pages of 40 kB over {wanted} hosts, killed {kills} times")
    print("| pages kept | asked for | a host asked twice at once | CPU s | seconds | most memory MB | its growth MB |")
    print(f"| {pages:,} | {asked:,} | {overlaps} | {cpu:.1f} | {seconds:.1f} | {most:.0f} | {growth} |")
    return pages == wanted * each and overlaps == 0


def _hostile() -> bool:
    """What each feed that is made to be slow costs; the start of a new worker is none of the next feed's doing."""
    from hostile_feeds import hostile_feeds, worker_cpu

    parse_feed(PLAIN, Limits())
    took: list[tuple[float, float, str]] = []
    for name, content in hostile_feeds():
        process, before, began = FEED_PROCESS.running(), worker_cpu(FEED_PROCESS), time.perf_counter()
        with suppress(BadFeed):
            parse_feed(content, Limits())
        took.append((worker_cpu(FEED_PROCESS) - before, time.perf_counter() - began, name))
        if FEED_PROCESS.running() != process:
            parse_feed(PLAIN, Limits())
    cpu = sorted(one[0] for one in took)
    p99 = statistics.quantiles(cpu, n=100)[98]
    clock = max(one[1] for one in took)
    print(f"\n{len(took)} hostile feeds\n| CPU s: median | p99 | most | clock s: most | slowest |")
    print(f"| {statistics.median(cpu):.2f} | {p99:.2f} | {cpu[-1]:.2f} | {clock:.2f} | {max(took)[2]} |")
    return p99 <= 1.0


def _children() -> float:
    """CPU seconds of all processes that were started here and ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
