"""Compressed answers that unpack to a thousand times their size: 64 MB and 2 s at most, and all is refused."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from local_web import LocalWeb, Reply

from shida.net import Limits

HERE = Path(__file__).parent
GROWN = 120
"""MiB a bomb unpacks to."""


def packed(compressor: Callable[[], zlib._Compress], head: bytes, unit: bytes) -> bytes:
    """`head` and so many MiB of `unit`, compressed piece by piece."""
    packer = compressor()
    piece = unit * (1024 * 1024 // len(unit))
    return b"".join([packer.compress(head), *(packer.compress(piece) for _ in range(GROWN)), packer.flush()])


def gzipped(head: bytes = b"<p>", unit: bytes = b"x") -> bytes:
    return packed(lambda: zlib.compressobj(6, wbits=31), head, unit)


def deflated() -> bytes:
    return packed(lambda: zlib.compressobj(6), b"<p>", b"x")


pytestmark = pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="only Linux tells what was held")


@pytest.fixture(scope="module")
def costs() -> dict[str, dict[str, object]]:
    """What each bomb came to, measured in a process of its own."""
    bomb = gzipped()
    rss = gzipped(b"<rss><channel><title>t</title><item><title>", b"x")
    sitemap = gzipped(b"<urlset><url><loc>http://a.cn/", b"x")
    listing = b"<html><a href='/xw/2026/art_1.html'>" + "一批产品抽查结果公布".encode() + b"</a></html>"
    with LocalWeb() as web:
        web["/plain"] = Reply(b"<p>a page")
        routes = {
            "gzip": Reply(bomb, headers={"Content-Encoding": "gzip"}),
            "deflate": Reply(deflated(), headers={"Content-Encoding": "deflate"}),
            "twice": Reply(gzip.compress(bomb), headers={"Content-Encoding": "gzip, gzip"}),
            "gzip-in-gzip": Reply(gzip.compress(bomb), content_type="application/gzip"),
            "page.html.gz": Reply(bomb, content_type="application/gzip"),
            "feed.xml": Reply(rss, headers={"Content-Encoding": "gzip"}, content_type="application/rss+xml"),
            "feed.xml.gz": Reply(rss, content_type="application/gzip"),
            "sitemap.xml.gz": Reply(sitemap, content_type="application/gzip"),
            "lines.jsonl.gz": Reply(gzipped(b'{"title":"', b"x"), content_type="application/gzip"),
            "crawl.warc.gz": Reply(gzipped(b"WARC/1.1\r\n", b"x"), content_type="application/gzip"),
            "round-list": Reply(bomb, headers={"Content-Encoding": "gzip"}),
            "round-page": Reply(listing),
        }
        for path, reply in routes.items():
            web[f"/{path}"] = reply
        web["/xw/2026/art_1.html"] = Reply(bomb, headers={"Content-Encoding": "gzip"})
        web["/robots.txt"] = Reply(
            gzipped(b"User-agent: *\nDisallow: /secret\n", b"# x\n"), headers={"Content-Encoding": "gzip"}
        )
        command = [
            sys.executable,
            str(HERE / "bomb_run.py"),
            web.url("/plain"),
            *(web.url(f"/{path}") for path in routes),
        ]
        done = subprocess.run(command, capture_output=True, cwd=HERE, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, dict[str, object]] = json.loads(done.stdout)
    assert list(found) == list(routes)
    return found


def test_no_bomb_costs_more_than_64_mb(costs: dict[str, dict[str, object]]) -> None:
    assert max(float(str(cost["memory_mb"])) for cost in costs.values()) < 64, costs


def test_no_bomb_takes_more_than_two_seconds(costs: dict[str, dict[str, object]]) -> None:
    assert max(float(str(cost["cpu"])) for cost in costs.values()) < 2, costs


def test_every_bomb_is_refused_or_cut(costs: dict[str, dict[str, object]]) -> None:
    for name, cost in costs.items():
        assert cost["ends"], name
        for end in cost["ends"]:  # type: ignore[attr-defined]
            assert not str(end).endswith(" bytes"), (name, end)


def test_the_limits_are_those_that_were_promised() -> None:
    limits = Limits()
    assert (limits.redirects, limits.total_seconds) == (5, 30.0)
    assert (limits.page_bytes, limits.feed_bytes) == (10 * 1024 * 1024, 20 * 1024 * 1024)
