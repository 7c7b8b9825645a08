"""Rounds over many sources, on the web of our own."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from local_web import LOOPBACK, Asked, LocalWeb, Names, Reply
from msgspec.structs import replace

from shida.collect.rounds import Item, collect_sources
from shida.collect.sources import health
from shida.collect.trials import try_source
from shida.collect.visits import Arrival
from shida.net import Client, Limits
from shida.records import Dropped, Page, Source, SourceState

NOW = datetime.fromisoformat("2026-11-22T12:00:00+08:00")
QUICK = Limits(host_gap_seconds=0, total_seconds=5, idle_seconds=2)


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    with LocalWeb() as web:
        yield web


def client_for(limits: Limits, hosts: int = 1) -> Client:
    names = {f"h{n}.test": [["127.0.0.1"]] for n in range(hosts)}
    return Client(limits, allow=LOOPBACK, resolver=lambda: Names(names))


def rss(links: list[str]) -> bytes:
    items = "".join(
        f"<item><title>{link}</title><link>{link}</link><pubDate>2026-11-22</pubDate></item>" for link in links
    )
    return f"<rss><channel><title>t</title>{items}</channel></rss>".encode()


def memory() -> int:
    """KiB this process holds now; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    return int(status.read_text().partition("VmRSS:")[2].split()[0]) if status.exists() else 0


class Newsroom:
    """What a caller keeps between rounds."""

    def __init__(self, sources: list[Source], limits: Limits, hosts: int = 1) -> None:
        self.sources, self.limits, self.hosts = sources, limits, hosts
        self.states: dict[str, SourceState] = {}
        self.urls: set[str] = set()
        self.most_memory = 0

    def keep(self, item: Item) -> None:
        if isinstance(item, SourceState):
            self.states[item.source] = item
        elif isinstance(item, Arrival) and item.page is not None:
            self.urls.add(item.look.url)

    def round(self, now: datetime, stop_after: int | None = None) -> list[Item]:
        items: list[Item] = []
        visits = collect_sources(
            self.sources,
            self.states,
            limits=self.limits,
            client=client_for(self.limits, self.hosts),
            now=now,
            known=self.urls.intersection,
        )
        for item in visits:
            self.keep(item)
            self.most_memory = max(self.most_memory, memory())
            page = item.page if isinstance(item, Arrival) else None
            items.append(item._replace(page=replace(page, content=b"")) if isinstance(item, Arrival) and page else item)
            if len(items) == stop_after:
                break
        visits.close()
        return items

    def state(self, items: list[Item]) -> SourceState:
        (state,) = [item for item in items if isinstance(item, SourceState)]
        return state


def pages(items: list[Item]) -> list[Page]:
    return [item.page for item in items if isinstance(item, Arrival) and item.page is not None]


def reasons(items: list[Item]) -> list[str]:
    refused = [item.refused if isinstance(item, Arrival) else item for item in items]
    return [item.reason for item in refused if isinstance(item, Dropped)]


def one_source(web: LocalWeb, **more: str) -> Newsroom:
    source = Source(name="a", title="甲", url=web.url("/list", "h0.test"), **more)  # type: ignore[arg-type]
    return Newsroom([source], QUICK)


def test_a_thousand_pages_over_twenty_hosts_killed_and_resumed(web: LocalWeb) -> None:
    hosts, each = 20, 50
    for n in range(hosts):
        web[f"h{n}.test/feed"] = Reply(rss([f"/p{m}" for m in range(each)]), content_type="application/rss+xml")
    body = "质量月的一页。".encode() * 500
    web.default = lambda asked: Reply(body) if asked.path.startswith("/p") else Reply(status=404)
    sources = [Source(name=f"s{n:02}", title=f"源{n}", url=web.url("/feed", f"h{n}.test")) for n in range(hosts)]
    room = Newsroom(sources, QUICK, hosts)

    before = memory()
    room.round(NOW, stop_after=333)
    room.round(NOW, stop_after=250)
    room.round(NOW)

    assert len(room.urls) == hosts * each
    assert len(room.states) == hosts
    by_host: dict[str, list[Asked]] = defaultdict(list)
    for asked in web.asked:
        by_host[asked.host].append(asked)
    assert len(by_host) == hosts
    for asked_of_host in by_host.values():
        done = sorted((asked for asked in asked_of_host if asked.ended), key=lambda asked: asked.began)
        assert all(later.began >= earlier.ended for earlier, later in pairwise(done))
    # A killed round may have fetched what it could not hand on: some pages a host and round, no more.
    assert len([asked for asked in web.asked if asked.path.startswith("/p")]) < hosts * each + 2 * (hosts + 8) + 1
    assert room.most_memory - before < 40 * 1024
    assert room.round(NOW) == []
    assert room.round(NOW + timedelta(minutes=31)) != []


def test_a_pause_between_two_requests_to_a_host(web: LocalWeb) -> None:
    web["/list"] = Reply(rss(["/1", "/2"]))
    web["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 0.4", content_type="text/plain")
    room = one_source(web)
    room.limits = Limits(host_gap_seconds=0.2)
    room.round(NOW)
    times = [asked.began for asked in web.asked]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert gaps[0] >= 0.2
    assert min(gaps[2:]) >= 0.4


def test_nothing_new_is_said_with_304_and_kept_to(web: LocalWeb) -> None:
    web["/list"] = lambda asked: (
        Reply(status=304)
        if asked.headers.get("if-none-match") == '"1"'
        else Reply(rss(["/1"]), headers={"ETag": '"1"'})
    )
    web["/1"] = Reply(b"<p>one")
    room = one_source(web)
    assert len(pages(room.round(NOW))) == 1
    after = NOW + timedelta(hours=1)
    items = room.round(after)
    assert pages(items) == []
    state = room.state(items)
    assert (state.etag, state.failures) == ('"1"', 0)
    assert state.arrivals == (NOW.isoformat(),)


def test_a_304_does_not_turn_a_failing_source_green(web: LocalWeb) -> None:
    room = one_source(web)
    room.states["a"] = SourceState(source="a", etag='"1"', failures=5, trouble="t", arrivals=(NOW.isoformat(),))
    web["/list"] = Reply(status=304)
    state = room.state(room.round(NOW))
    assert state.failures == 6
    assert health(state, NOW).state == "failing"
    assert "if-none-match" not in web.asked[-1].headers


def test_a_failing_source_is_left_longer_and_longer_and_heals(web: LocalWeb) -> None:
    room = one_source(web)
    web["/list"] = Reply(status=500)
    now, waits = NOW, []
    for _ in range(7):
        state = room.state(room.round(now))
        due = datetime.fromisoformat(state.next_due or "")
        waits.append(due - now)
        now = due
    assert waits[0] == timedelta(hours=1)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=24)
    assert health(state, now).state == "failing"
    web["/list"] = Reply(rss(["/1"]))
    web["/1"] = Reply(b"<p>one")
    assert health(room.state(room.round(now)), now).state == "well"


def test_retry_after_is_kept_to(web: LocalWeb) -> None:
    room = one_source(web)
    web["/list"] = Reply(status=429, headers={"Retry-After": "90000"})
    state = room.state(room.round(NOW))
    assert datetime.fromisoformat(state.next_due or "") == NOW + timedelta(seconds=90000)


def test_a_host_that_is_busy_keeps_the_rest_for_the_next_round(web: LocalWeb) -> None:
    web["/list"] = Reply(rss(["/1", "/2", "/3"]), headers={"ETag": '"1"'})
    web["/1"] = web["/3"] = Reply(b"<p>page")
    web["/2"] = Reply(status=429)
    room = one_source(web)
    items = room.round(NOW)
    assert (len(pages(items)), reasons(items)) == (1, ["http_429"])
    assert room.state(items).etag is None
    web["/2"] = Reply(b"<p>page")
    assert len(pages(room.round(NOW + timedelta(hours=1)))) == 2


def test_more_pages_than_a_round_may_fetch_come_with_the_next(web: LocalWeb) -> None:
    web["/list"] = Reply(rss([f"/p{n}" for n in range(5)]), headers={"ETag": '"1"'})
    web.default = lambda asked: Reply(b"<p>page") if asked.path.startswith("/p") else Reply(status=404)
    room = one_source(web)
    room.limits = Limits(host_gap_seconds=0, linked_pages=3)
    assert len(pages(room.round(NOW))) == 3
    assert len(pages(room.round(NOW + timedelta(hours=1)))) == 2


LIST = """<html><base href="/xw/"><ul>
<li><a href="202611/t1_1001.html" title="一批国家标准今天正式发布实施">一批国家标准今天…</a><span>2026-11-21</span></li>
<li><a target=_blank href='/xw/202611/t1_1002.html'>三地联合抽查儿童服装质量安全</a> 11-20</li>
<li><a href="/about.html">关于我们</a></li><li><a href="https://other.test/202611/t1.html">别处的一篇文章也很长很长</a></li>
</ul>"""


def test_a_list_page_and_its_redesign(web: LocalWeb) -> None:
    web["/list"] = Reply(LIST.encode())
    web.default = lambda asked: Reply(b"<p>page") if "/202611/" in asked.path else Reply(status=404)
    room = one_source(web, kind="list")
    items = room.round(NOW)
    shown = [web.url(f"/xw/202611/t1_100{n}.html", "h0.test") for n in (1, 2)]
    assert [page.url for page in pages(items)] == shown
    assert pages(items)[0].source == "甲"
    assert health(room.state(items), NOW).state == "well"
    web["/list"] = Reply(b"<html><div id=app></div><script src=/app.js></script>")
    later = NOW + timedelta(days=1)
    state = room.state(room.round(later))
    assert health(state, later).state == "redesigned"


def test_a_sitemap_index_as_a_source(web: LocalWeb) -> None:
    maps = "".join(f"<sitemap><loc>/m{n}.xml</loc><lastmod>2026-11-{n:02}</lastmod></sitemap>" for n in range(1, 6))
    web["/list"] = Reply(f"<sitemapindex>{maps}</sitemapindex>".encode(), content_type="application/xml")
    for n in range(1, 6):
        body = f"<urlset><url><loc>/p{n}</loc><lastmod>2026-11-{n:02}</lastmod></url></urlset>".encode()
        web[f"/m{n}.xml"] = Reply(gzip.compress(body) if n == 4 else body, content_type="application/xml")
        web[f"/p{n}"] = Reply(b"<p>page")
    items = one_source(web, kind="sitemap").round(NOW)
    assert [(page.url or "")[-3:] for page in pages(items)] == ["/p5", "/p4", "/p3"]


def test_a_quiet_source() -> None:
    daily = tuple((NOW - timedelta(days=n)).isoformat() for n in range(20, 4, -1))
    state = SourceState(source="a", arrivals=daily)
    assert health(state, NOW).state == "quiet"
    assert health(state, NOW - timedelta(days=4)).state == "well"
    monthly = tuple((NOW - timedelta(days=30 * n)).isoformat() for n in range(9, 0, -1))
    assert health(SourceState(source="a", arrivals=monthly), NOW).state == "well"


def test_a_slow_caller_does_not_make_answers_late(web: LocalWeb) -> None:
    web["h0.test/list"] = Reply(rss(["/1", "/2", "/3"]))
    web.default = Reply(pieces=[(0.1, b"<p>page")])
    room = one_source(web)
    room.limits = Limits(host_gap_seconds=0, total_seconds=0.6, idle_seconds=0.6)
    got = []
    visits = collect_sources(room.sources, {}, limits=room.limits, client=client_for(room.limits), now=NOW)
    for item in visits:
        got.append(item)
        time.sleep(0.7)
    assert len(pages(got)) == 3
    assert not [thread for thread in threading.enumerate() if thread.name == "shida-collect"]


def test_a_trial_shows_what_a_person_needs(web: LocalWeb) -> None:
    web["/list"] = Reply(LIST.encode(), headers={"ETag": '"1"'})
    web["/xw/202611/t1_1001.html"] = Reply(b"<p>page")
    source = Source(name="a", title="甲", url=web.url("/list", "h0.test"), kind="list")
    trial = try_source(source, limits=QUICK, client=client_for(QUICK))
    assert (trial.verdict, trial.found, trial.undated, trial.validators) == ("works", 2, 0, True)
    assert "一批国家标准今天正式发布实施" in trial.report()
    web["/list"] = Reply(status=404)
    assert "404" in try_source(source, limits=QUICK, client=client_for(QUICK)).report()


UNIT = """<html><div id="list"></div><script parseType="bulidstatic" url="/api/unit"
 queryData="{'webId':'w1','pageId':'p 2','tplSetId':'t'}"></script></html>"""


def test_a_list_that_is_drawn_by_a_second_request(web: LocalWeb) -> None:
    rows = "".join(f"<li><a href='/xw/art/2026/art_{n}.html'>第{n}批国家标准样品发布</a></li>" for n in (1, 2))
    web["/list"] = Reply(UNIT.encode())
    web["/api/unit?webId=w1&pageId=p+2&tplSetId=t"] = Reply(
        json.dumps({"success": True, "data": {"html": f"<ul>{rows}</ul>"}}).encode(), content_type="application/json"
    )
    web.default = lambda asked: Reply(b"<p>page") if "/art_" in asked.path else Reply(status=404)
    items = one_source(web, kind="list").round(NOW)
    assert [(page.url or "")[-10:] for page in pages(items)] == ["art_1.html", "art_2.html"]


def test_a_list_in_json(web: LocalWeb) -> None:
    rows = [
        {"TITLE": f"第{n}批国家标准发布", "URL": f"/z/content_{n}.htm", "DOCRELPUBTIME": "2026-11-20"} for n in (1, 2)
    ]
    web["/list"] = Reply(json.dumps(rows).encode(), content_type="application/json")
    web.default = lambda asked: Reply(b"<p>page") if "/content_" in asked.path else Reply(status=404)
    room = one_source(web, kind="list")
    items = room.round(NOW)
    assert len(pages(items)) == 2
    assert room.state(items).undated == 0.0
    web["/list"] = Reply(b"plain words and no list", content_type="text/plain")
    assert reasons(room.round(NOW + timedelta(hours=1))) == ["no_list"]


def test_entries_without_a_link_come_once_each_whatever_their_place(web: LocalWeb) -> None:
    def feed(*titles: str) -> Reply:
        items = "".join(f"<item><title>{title}</title></item>" for title in titles)
        return Reply(f"<rss><channel><title>t</title>{items}</channel></rss>".encode())

    web["/list"] = feed("一", "二")
    room = one_source(web)
    assert len(pages(room.round(NOW))) == 2
    web["/list"] = feed("三", "一", "二")
    assert len(pages(room.round(NOW + timedelta(hours=1)))) == 1


def test_a_page_that_two_lists_name_is_fetched_once(web: LocalWeb) -> None:
    web["/list"] = web["/other"] = Reply(rss(["/1"]))
    web["/1"] = Reply(b"<p>page")
    sources = [
        Source(name=name, title="甲", url=web.url(path, "h0.test")) for name, path in (("a", "/list"), ("b", "/other"))
    ]
    items = Newsroom(sources, QUICK).round(NOW)
    assert len(pages(items)) == 1
    assert web.paths().count("/1") == 1


def test_the_other_sources_of_a_busy_host_are_put_off_as_it_asks(web: LocalWeb) -> None:
    web["/a"] = Reply(status=429, headers={"Retry-After": "7200"})
    web["/b"] = Reply(rss(["/1"]))
    sources = [Source(name=name, title="甲", url=web.url(f"/{name}", "h0.test")) for name in ("a", "b")]
    room = Newsroom(sources, QUICK)
    room.round(NOW)
    assert "/b" not in web.paths()
    due = NOW + timedelta(hours=2)
    assert datetime.fromisoformat(room.states["b"].next_due or "") == due
    assert room.states["b"].failures == 0
    assert health(room.states["b"], NOW).state == "new"


def test_a_source_that_is_off_is_not_visited_and_one_may_be_visited_anyway(web: LocalWeb) -> None:
    web["/list"] = Reply(rss(["/1"]))
    web["/1"] = Reply(b"<p>page")
    room = one_source(web)
    room.round(NOW)
    room.sources = [replace(room.sources[0], off=True)]
    assert room.round(NOW + timedelta(days=1)) == []
    room.sources = [replace(room.sources[0], off=False)]
    assert room.round(NOW) == []
    again = collect_sources(room.sources, room.states, limits=QUICK, client=client_for(QUICK), now=NOW, anyway=True)
    assert [item.source for item in again if isinstance(item, SourceState)] == ["a"]


def test_a_source_has_its_own_pause_and_robots_a_longer_one(web: LocalWeb) -> None:
    web["/list"] = Reply(rss(["/1"]))
    web["/1"] = Reply(b"<p>page")
    room = one_source(web)
    room.sources = [replace(room.sources[0], gap_seconds=0.4)]
    room.round(NOW)
    begins = sorted(asked.began for asked in web.asked)
    ends = sorted(asked.ended for asked in web.asked)
    assert all(begin - end >= 0.35 for end, begin in zip(ends, begins[1:], strict=False))
