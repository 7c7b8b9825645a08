from __future__ import annotations

import asyncio
import gzip
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from local_web import LOOPBACK, LocalWeb, Reply
from yarl import URL

from shida.net import Client, Limits, Refused, fetch
from shida.net.politeness import host_of

QUICK = Limits(host_gap_seconds=0, total_seconds=5, idle_seconds=2)


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    with LocalWeb() as web:
        yield web


def refused(url: str, limits: Limits = QUICK) -> Refused:
    with pytest.raises(Refused) as caught:
        fetch(url, limits=limits, allow=LOOPBACK)
    return caught.value


def test_an_answer_with_its_headers(web: LocalWeb) -> None:
    web["/a"] = Reply(
        "质量月".encode("gb18030"),
        content_type="text/html; charset=GB2312",
        headers={"ETag": '"v1"', "Last-Modified": "x", "Date": "Sun, 22 Nov 2026 12:00:00 GMT"},
    )
    got = fetch(web.url("/a"), limits=QUICK, allow=LOOPBACK)
    assert (got.status, got.media_type, got.charset, got.etag) == (200, "text/html", "GB2312", '"v1"')
    assert got.content.decode("gb18030") == "质量月"
    assert got.fetched == "2026-11-22T20:00:00+08:00"
    agent = web.asked[-1].headers["user-agent"]
    assert agent.startswith("shida/")
    assert "cookie" not in web.asked[-1].headers


def test_what_we_have_is_still_current(web: LocalWeb) -> None:
    web["/a"] = lambda asked: Reply(status=304) if asked.headers.get("if-none-match") == '"v1"' else Reply(b"new")
    assert fetch(web.url("/a"), limits=QUICK, allow=LOOPBACK, etag='"v1"').not_modified
    assert fetch(web.url("/a"), limits=QUICK, allow=LOOPBACK, etag='"v0"').content == b"new"


def test_without_allow_loopback_is_refused_and_says_what_to_do(web: LocalWeb) -> None:
    with pytest.raises(Refused, match=r"not a public address.*list it in `allow`") as caught:
        fetch(web.url("/a"), limits=QUICK)
    assert caught.value.reason == "private_address"
    assert not web.asked


@pytest.mark.parametrize(
    "url", ["ftp://x.cn/", "file:///etc/passwd", "http://", "http:///a", "javascript:1", "data:,x"]
)
def test_other_schemes_and_no_host(url: str) -> None:
    assert refused(url).reason in ("bad_scheme", "bad_url")


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    error = refused("http://me:secret@example.cn/")
    assert error.reason == "bad_url"
    assert "secret" not in str(error)


def test_five_redirects_and_not_six(web: LocalWeb) -> None:
    for n in range(7):
        web[f"/{n}"] = Reply(status=302, headers={"Location": f"/{n + 1}"})
    web["/5"] = Reply(b"here")
    got = fetch(web.url("/0"), limits=QUICK, allow=LOOPBACK)
    assert got.content == b"here"
    assert got.final_url == web.url("/5")
    web["/5"] = Reply(status=302, headers={"Location": "/6"})
    assert refused(web.url("/0")).reason == "too_many_redirects"


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "http://10.0.0.1/", "http://[::ffff:127.0.0.1]/", "gopher://127.0.0.1/"]
)
def test_a_redirect_is_checked_like_any_address(web: LocalWeb, location: str) -> None:
    web["/r"] = Reply(status=301, headers={"Location": location})
    assert refused(web.url("/r")).reason in ("bad_scheme", "private_address")


def test_a_redirect_in_raw_gbk_bytes_is_followed(web: LocalWeb) -> None:
    path = "/%D6%CA%C1%BF"
    web["/r"] = Reply(raw=b"HTTP/1.1 302 X\r\nLocation: /" + "质量".encode("gbk") + b"\r\nContent-Length: 0\r\n\r\n")
    web[path] = Reply(b"found")
    assert fetch(web.url("/r"), limits=QUICK, allow=LOOPBACK).content == b"found"


def test_too_large_is_counted_after_decompression(web: LocalWeb) -> None:
    limits = Limits(page_bytes=100_000, host_gap_seconds=0)
    web["/plain"] = Reply(b"x" * 100_001)
    web["/gzip"] = Reply(gzip.compress(b"x" * 50_000_000), headers={"Content-Encoding": "gzip"})
    web["/deflate"] = Reply(zlib.compress(b"x" * 50_000_000), headers={"Content-Encoding": "deflate"})
    web["/fits"] = Reply(gzip.compress(b"x" * 100_000), headers={"Content-Encoding": "gzip"})
    for path in ("/plain", "/gzip", "/deflate"):
        began = time.monotonic()
        assert refused(web.url(path), limits).reason == "too_large"
        assert time.monotonic() - began < 2
    assert len(fetch(web.url("/fits"), limits=limits, allow=LOOPBACK).content) == 100_000


def test_an_encoding_that_is_not_what_it_says(web: LocalWeb) -> None:
    web["/lie"] = Reply(b"plain text", headers={"Content-Encoding": "gzip"})
    assert refused(web.url("/lie")).reason == "cut_off"


def test_a_length_that_is_a_lie(web: LocalWeb) -> None:
    web["/short"] = Reply(b"abc", headers={"Content-Length": "1000"})
    assert refused(web.url("/short")).reason == "cut_off"
    web["/long"] = Reply(b"abcdef", headers={"Content-Length": "3"})
    assert refused(web.url("/long")).reason == "bad_answer"


def test_a_slow_server_is_left(web: LocalWeb) -> None:
    limits = Limits(host_gap_seconds=0, total_seconds=1, idle_seconds=0.5)
    web["/idle"] = Reply(pieces=[(3, b"x")])
    web["/drip"] = Reply(pieces=[(0.2, b"x")] * 50)
    for path in ("/idle", "/drip"):
        began = time.monotonic()
        error = refused(web.url(path), limits)
        assert (error.reason, error.temporary) == ("timeout", True)
        assert time.monotonic() - began < 3


def test_headers_that_drip_are_left_too(web: LocalWeb) -> None:
    web["/drip"] = Reply(raw=b"HTTP/1.1 200 OK\r\n", pieces=[(0.2, b"X-A: b\r\n")] * 50)
    began = time.monotonic()
    assert refused(web.url("/drip"), Limits(host_gap_seconds=0, total_seconds=1, idle_seconds=0.5)).reason == "timeout"
    assert time.monotonic() - began < 3


def test_cookies_are_neither_kept_nor_sent(web: LocalWeb) -> None:
    web["/set"] = Reply(status=302, headers={"Location": "/read", "Set-Cookie": "id=1; Path=/"})
    web["/read"] = Reply(b"page")
    fetch(web.url("/set"), limits=QUICK, allow=LOOPBACK)
    assert all("cookie" not in asked.headers for asked in web.asked)


def test_validators_are_not_sent_to_another_host(web: LocalWeb) -> None:
    web["/a"] = Reply(status=302, headers={"Location": web.url("/b", "localhost")})
    web["/b"] = Reply(b"page")
    fetch(web.url("/a"), limits=QUICK, allow=LOOPBACK, etag='"secret"')
    assert [asked.headers.get("if-none-match") for asked in web.asked if asked.path in "/a/b"] == ['"secret"', None]


def test_not_http_and_nobody_there(web: LocalWeb) -> None:
    web["/raw"] = Reply(raw=b"SSH-2.0-OpenSSH\r\n")
    assert refused(web.url("/raw")).reason == "bad_answer"
    error = refused("http://127.0.0.1:1/")
    assert (error.reason, error.temporary) == ("robots_unreachable", True)
    assert "cannot be reached" in str(error)


def test_retry_after_is_read(web: LocalWeb) -> None:
    web["/busy"] = Reply(status=429, headers={"Retry-After": "77"})
    got = fetch(web.url("/busy"), limits=QUICK, allow=LOOPBACK)
    assert (got.status, got.retry_after) == (429, 77.0)


@pytest.mark.parametrize(
    ("status", "body", "verdict"),
    [
        (200, b"User-agent: *\nDisallow: /a", "robots"),
        (200, b"User-agent: shida\nDisallow: /\n\nUser-agent: *\nAllow: /", "robots"),
        (200, b"User-agent: other\nDisallow: /", None),
        (404, b"", None),
        (403, b"User-agent: *\nDisallow: /", None),
        (429, b"", "robots_unreachable"),
        (500, b"", "robots_unreachable"),
        (200, b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /a\r\n", "robots"),
        (200, b"User-agent: *\nDisallow: /" + b"*a" * 500, None),
        (200, b"\xff\xfe\x00garbage\x00" * 1000, None),
    ],
)
def test_robots_by_status_and_rule(web: LocalWeb, status: int, body: bytes, verdict: str | None) -> None:
    web["/robots.txt"] = Reply(body, status=status, content_type="text/plain")
    web["/a"] = Reply(b"page")
    if verdict is None:
        assert fetch(web.url("/a"), limits=QUICK, allow=LOOPBACK).content == b"page"
    else:
        assert refused(web.url("/a")).reason == verdict
        assert "/a" not in web.paths()


def test_a_client_keeps_its_pauses_from_one_event_loop_to_the_next(web: LocalWeb) -> None:
    web["/a"] = Reply(b"page")
    client = Client(Limits(host_gap_seconds=0.5), allow=LOOPBACK, robots=False)

    async def once() -> None:
        async with client:
            await client.fetch(web.url("/a"))

    asyncio.run(once())
    asyncio.run(once())
    first, second = web.asked
    assert second.began - first.ended >= 0.45


def test_two_clients_of_a_process_do_not_speak_to_a_host_at_once(web: LocalWeb) -> None:
    web["/slow"] = Reply(pieces=[(0.4, b"page")])

    def once() -> None:
        fetch(web.url("/slow"), limits=Limits(host_gap_seconds=0.2), allow=LOOPBACK, robots=False)

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(once) for _ in range(3)]:
            done.result()
    asked = sorted(web.asked, key=lambda one: one.began)
    assert all(later.began - earlier.ended >= 0.15 for earlier, later in pairwise(asked))


def test_a_host_is_one_on_both_its_usual_ports() -> None:
    assert host_of(URL("http://Example.cn/a")) == host_of(URL("https://example.cn./b")) == "example.cn"
    assert host_of(URL("http://example.cn:8080/")) != host_of(URL("http://example.cn/"))


def test_robots_over_500_kib_counts_as_far_as_that(web: LocalWeb) -> None:
    web["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /a\n" + b"#" * 600_000)
    assert refused(web.url("/a")).reason == "robots"
