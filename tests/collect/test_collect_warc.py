from __future__ import annotations

import gzip
import random
import time
import tracemalloc
import zlib
from pathlib import Path

import pytest

from shida.collect import collect
from shida.collect.warc_writing import WarcWriter
from shida.net import Fetched, Limits
from shida.records import Dropped, Page

PAGE = "<html><title>质量</title><p>各地启动质量月。".encode("gbk")


def record(
    url: str, http: bytes, *, kind: str = "response", content_type: str = "application/http; msgtype=response"
) -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: 2026-11-22T12:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def answer(
    body: bytes, *headers: str, status: str = "200 OK", content_type: str = "text/html; charset=gb2312"
) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:7], body[7:])) + b"0\r\n\r\n"


CRAWL = [
    record("https://example.cn/info", b"software: x", kind="warcinfo", content_type="application/warc-fields"),
    record("https://example.cn/1", answer(PAGE)),
    record(
        "https://example.cn/2",
        answer(chunked(gzip.compress(PAGE)), "Transfer-Encoding: chunked", "Content-Encoding: gzip"),
    ),
    record("https://example.cn/3", answer(PAGE, "Transfer-Encoding: chunked")),
    record("https://example.cn/4", answer(b"", status="404 Not Found")),
    record("https://example.cn/5.png", answer(b"\x89PNG\r\n\x1a\n", content_type="image/png")),
    record("https://example.cn/6", b"not http at all"),
    record("https://example.cn/7", PAGE, kind="resource", content_type="text/html"),
    record("https://example.cn/8", "质量月的正文。".encode(), kind="conversion", content_type="text/plain"),
    record("https://example.cn/9", answer(gzip.compress(PAGE), "Content-Encoding: gzip")),
]


def taken(path: Path, content: bytes, limits: Limits | None = None) -> tuple[list[Page], list[Dropped]]:
    path.write_bytes(content)
    items = list(collect(path, limits=limits or Limits()))
    return [i for i in items if isinstance(i, Page)], [i for i in items if isinstance(i, Dropped)]


@pytest.mark.parametrize("packed", ["plain", "whole", "members"])
def test_pages_of_a_crawl(tmp_path: Path, packed: str) -> None:
    content = {
        "plain": b"".join(CRAWL),
        "whole": gzip.compress(b"".join(CRAWL)),
        "members": b"".join(gzip.compress(part) for part in CRAWL),
    }[packed]
    pages, dropped = taken(tmp_path / ("a.warc" if packed == "plain" else "a.warc.gz"), content)
    assert [(page.url or "")[-1] for page in pages] == ["1", "2", "3", "7", "8", "9"]
    assert {page.content for page in pages if (page.url or "")[-1] != "8"} == {PAGE}
    assert (pages[0].charset, pages[0].fetched, pages[0].media_type) == (
        "gb2312",
        "2026-11-22T20:00:00+08:00",
        "text/html",
    )
    assert pages[4].media_type == "text/plain"
    assert {drop.reason for drop in dropped} == {"http_404", "not_an_article", "http_0"}


def test_a_crawl_cut_short_gives_what_came_before(tmp_path: Path) -> None:
    whole = b"".join(CRAWL)
    pages, dropped = taken(tmp_path / "a.warc", whole[:-20])
    assert len(pages) >= 5
    assert "truncated_warc" in {drop.reason for drop in dropped}
    packed = b"".join(gzip.compress(part) for part in CRAWL)
    pages, dropped = taken(tmp_path / "b.warc.gz", packed[:-30])
    assert len(pages) >= 5
    assert [drop.reason for drop in dropped if "gzip" in drop.reason or "warc" in drop.reason] == ["truncated_gzip"]


def test_a_bomb_in_a_crawl(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"x" * 1_000_000) for _ in range(100)) + packer.flush()
    inside = record("https://example.cn/bomb", answer(bomb, "Content-Encoding: gzip"))
    tracemalloc.start()
    began = time.process_time()
    pages, dropped = taken(tmp_path / "a.warc", CRAWL[1] + inside + CRAWL[1])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(pages) == 2
    assert [drop.reason for drop in dropped] == ["too_large"]
    assert time.process_time() - began < 4
    assert peak < 64 * 1024 * 1024


@pytest.mark.parametrize("seed", range(40))
def test_a_crawl_with_random_damage_never_ends_in_an_exception(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(b"".join(CRAWL))
    for _ in range(chance.randint(1, 20)):
        place = chance.randrange(len(content))
        match chance.randrange(3):
            case 0:
                content[place] = chance.randrange(256)
            case 1:
                del content[place : place + chance.randint(1, 60)]
            case _:
                content[place:place] = chance.randbytes(chance.randint(1, 30))
    pages, dropped = taken(tmp_path / "a.warc", bytes(content))
    assert pages or dropped


def test_what_was_fetched_is_kept_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "kept.warc.gz"
    kept = Fetched(
        url="https://example.cn/a",
        final_url="https://example.cn/a",
        status=200,
        content=PAGE,
        fetched="2026-11-22T20:00:00+08:00",
        headers=(("Content-Type", "text/html; charset=gb2312"), ("Content-Encoding", "gzip"), ("Content-Length", "9")),
    )
    for _ in range(2):
        with WarcWriter(path, "2026-11-22T00:00:00Z") as writer:
            writer.add(kept)
    pages = [item for item in collect(path, limits=Limits()) if isinstance(item, Page)]
    assert [(p.content, p.url, p.charset, p.fetched) for p in pages] == [
        (PAGE, "https://example.cn/a", "gb2312", "2026-11-22T20:00:00+08:00")
    ] * 2
    assert b"WARC-Date: 2026-11-22T12:00:00Z" in gzip.decompress(path.read_bytes())
    assert b"X-Archive-Orig-Content-Encoding" in gzip.decompress(path.read_bytes())
