"""A small news site on a real server: kept-alive connections, compressed answers, ETags, a redesign."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from granian.constants import Interfaces
from granian.server.embed import Server
from litestar import Litestar, Request, Response, get
from litestar.config.compression import CompressionConfig
from litestar.params import FromPath
from local_web import LOOPBACK, Names

from shida.collect.rounds import Item, collect_sources
from shida.collect.sources import health
from shida.collect.visits import Arrival
from shida.net import Client, Limits
from shida.records import Page, Source, SourceState

START = datetime.fromisoformat("2026-11-22T08:00:00+08:00")


@dataclass
class Site:
    """What the site shows at the moment."""

    headlines: list[str] = field(default_factory=list)
    redesigned: bool = False
    busy: bool = False
    slow: float = 0.0
    port: int = 0
    asked: list[str] = field(default_factory=list)


def application(site: Site) -> Litestar:
    @get("/news/", sync_to_thread=True)
    def listing(request: Request) -> Response[str]:  # type: ignore[type-arg]
        site.asked.append("list")
        time.sleep(site.slow)
        tag = f'"{len(site.headlines)}{site.redesigned}"'
        if request.headers.get("if-none-match") == tag:
            return Response("", status_code=304, headers={"ETag": tag})
        links = "".join(
            f'<li><a href="/news/2026/{number:04}.html">{headline}</a><em>2026-11-{number % 28 + 1:02}</em></li>'
            for number, headline in enumerate(site.headlines)
        )
        page = '<div id="app" data-src="/api/news"></div>' if site.redesigned else f"<ul>{links}</ul>"
        return Response(f"<html><body>{page}{'<!-- 填充 -->' * 200}", media_type="text/html", headers={"ETag": tag})

    @get("/news/2026/{name:str}", sync_to_thread=False)
    def article(request: Request, name: FromPath[str]) -> Response[bytes]:  # type: ignore[type-arg]
        site.asked.append(name)
        if request.cookies:
            return Response(b"who are you?", status_code=400)
        if site.busy:
            return Response(b"", status_code=429, headers={"Retry-After": "5400"})
        headline = site.headlines[int(name.removesuffix(".html"))]
        body = f"<html><title>{headline}</title><body><h1>{headline}</h1>{'<p>各地有序推进。</p>' * 100}"
        # It says gb2312 and has characters that are not in it; every answer wants a cookie back.
        answer = Response(body.encode("gb18030"), media_type="text/html; charset=gb2312")
        answer.set_cookie("visitor", "1")
        return answer

    return Litestar([listing, article], compression_config=CompressionConfig(backend="gzip"), openapi_config=None)


@pytest.fixture
def site() -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = Site(port=port)
    server = Server(application(site), port=port, interface=Interfaces.ASGI, log_enabled=False)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=lambda: loop.run_until_complete(server.serve()), daemon=True)
    thread.start()
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield site
    loop.call_soon_threadsafe(server.stop)
    thread.join(10)
    loop.close()


def pages(items: list[Item]) -> list[Page]:
    return [item.page for item in items if isinstance(item, Arrival) and item.page is not None]


def test_a_week_of_a_site(site: Site) -> None:
    source = Source(name="paper", title="质量报", url=f"http://paper.test:{site.port}/news/", kind="list")
    limits = Limits(host_gap_seconds=0, total_seconds=10)
    states: dict[str, SourceState] = {}
    urls: set[str] = set()

    def visit(now: datetime) -> list[Item]:
        client = Client(limits, allow=LOOPBACK, resolver=lambda: Names({"paper.test": [["127.0.0.1"]]}))
        items = list(collect_sources([source], states, limits=limits, client=client, now=now, known=urls.intersection))
        for item in items:
            if isinstance(item, SourceState):
                states[item.source] = item
            elif isinstance(item, Arrival):
                urls.add(item.look.url)
        return items

    for day in range(6):
        site.headlines += [f"第{day + 1}天的第{number + 1}条质量新闻摘要" for number in range(3)]
        came = pages(visit(START + timedelta(days=day)))
        assert len(came) == 3
        assert came[0].charset == "gb2312"
        assert site.headlines[day * 3] in came[0].content.decode("gb18030")
        assert not pages(visit(START + timedelta(days=day, hours=1)))
    assert len([name for name in site.asked if name != "list"]) == 18, "no article is fetched twice"
    assert health(states["paper"], START + timedelta(days=6)).state == "well"
    assert health(states["paper"], START + timedelta(days=15)).state == "quiet"

    site.redesigned = True
    items = visit(START + timedelta(days=6))
    assert [item for item in items if not isinstance(item, SourceState)] == []
    assert health(states["paper"], START + timedelta(days=6)).state == "redesigned"

    site.redesigned = False
    site.headlines.append("改版以后恢复的第一条质量新闻")
    assert len(pages(visit(START + timedelta(days=8)))) == 1
    assert health(states["paper"], START + timedelta(days=8)).state == "well"


def test_a_site_that_is_busy_slow_and_gives_cookies(site: Site) -> None:
    source = Source(name="paper", title="质量报", url=f"http://paper.test:{site.port}/news/", kind="list")
    limits = Limits(host_gap_seconds=0, total_seconds=1, idle_seconds=1)
    site.headlines = ["镕喆两字也在的第一条质量新闻", "第二条质量新闻的标题也够长"]
    states: dict[str, SourceState] = {}
    urls: set[str] = set()

    def visit(now: datetime) -> list[Item]:
        client = Client(limits, allow=LOOPBACK, resolver=lambda: Names({"paper.test": [["127.0.0.1"]]}))
        items = list(collect_sources([source], states, limits=limits, client=client, now=now, known=urls.intersection))
        for item in items:
            if isinstance(item, SourceState):
                states[item.source] = item
            elif isinstance(item, Arrival) and item.page is not None:
                urls.add(item.look.url)
        return items

    site.busy = True
    assert pages(visit(START)) == []
    assert states["paper"].next_due == (START + timedelta(seconds=5400)).isoformat()
    assert site.asked.count("list") == 1
    assert visit(START + timedelta(hours=1)) == []
    site.busy = False
    site.slow = 1.5
    assert pages(visit(START + timedelta(hours=2))) == []
    assert health(states["paper"], START + timedelta(hours=2)).state == "new"
    site.slow = 0.0
    came = pages(visit(START + timedelta(hours=5)))
    assert "镕喆" in came[0].content.decode("gb18030")
    assert len(came) == 2
