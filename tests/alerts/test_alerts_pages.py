"""The page of saved searches and the API's: what they show, what they keep to themselves, that they change nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from alert_room import NOW, arrive, article, gone, looked, save
from litestar.testing import TestClient
from litestar.types import ASGIApp
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))

from api_room import open_library

from shida.alerts import make_hook, make_letterbox
from shida.pack import Pack
from shida.serve import make_application
from shida.serve.watching import WatchPages, watch_handlers
from shida.settings import Settings
from shida.store import Newsroom

API = "/api/v1"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Path:
    home = tmp_path_factory.mktemp("pages") / "newsroom"
    with Newsroom.open(home, create=True) as newsroom:
        watch = save(newsroom, pack, "召回", name=f"召回{HOSTILE}", owner="隐名处")
        newsroom.deliveries.save_target(make_hook("https://hooks.example.cn/secret-path", owner="隐名处", now="x"))
        newsroom.deliveries.save_target(make_letterbox("reader@example.org", owner="隐名处", now="x", upto=0))
        arrive(
            newsroom, article("a-1", f"甲厂召回玩具。{HOSTILE}", title=f"召回{HOSTILE}"), article("a-2", "乙厂召回。")
        )
        looked(newsroom, pack)
        gone(newsroom, "p-a-2", "2026-11-22T08:00:00+08:00")
        looked(newsroom, pack, NOW)
        assert watch.owner == "隐名处"
    (home / "site").mkdir()
    (home / "site" / "index.html").write_text("一页")
    return home


@pytest.fixture(scope="module")
def client(home: Path, pack: Pack) -> Iterator[TestClient[ASGIApp]]:
    library = open_library(home, pack, "2026-11-22")
    pages = WatchPages(home, home / "site", settings=Settings())
    with TestClient(make_application(home / "site", watch_handlers(pages), library=library)) as client:
        yield client
    library.close()
    pages.close()


def test_the_page_lists_saved_searches_and_says_how_to_save_one(client: TestClient[ASGIApp]) -> None:
    page = client.get("/watches.html", params={"q": "-广告 '召回'"}).text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "shida watch add -- " in page
    assert "/api/v1/search.rss?q=-%E5%B9%BF%E5%91%8A" in page
    assert "/news.rss" in page
    assert "2 次" in page
    assert "看不懂日期" in client.get("/watches.html", params={"q": "日期:昨天"}).text
    assert "關注" in client.get("/hant/watches.html").text


@pytest.mark.parametrize("q", ["", "\x00", "a" * 5000, "\udcff", '"><img src=x>', "$(rm -rf /)", "`id`", "a\nb"])
def test_whatever_is_asked_the_page_answers(client: TestClient[ASGIApp], q: str) -> None:
    answer = client.get("/watches.html", params={"q": q.encode("utf-8", "replace").decode()})
    assert answer.status_code == 200
    assert "<img" not in answer.text.partition("<main")[2]


def test_owners_addresses_and_secrets_are_not_shown(client: TestClient[ASGIApp]) -> None:
    listed = client.get(f"{API}/watches").json()["items"]
    own = f"{API}/watches/{listed[0]['id']}"
    for path in ("/watches.html", f"{API}/watches", own, f"{own}/news", f"{own}/news.rss", f"{API}/watches.csv"):
        text = client.get(path).text
        for word in ("隐名处", "hooks.example.cn", "reader@example.org", "whsec_"):
            assert word not in text, (path, word)


def test_what_was_told_is_a_list_a_table_and_a_feed(client: TestClient[ASGIApp]) -> None:
    (watch,) = client.get(f"{API}/watches").json()["items"]
    assert (watch["alerts"], watch["query"]) == (2, "召回")
    own = f"{API}/watches/{watch['id']}/news"
    rows = client.get(own).json()["items"]
    assert [(row["what"], row["id"]) for row in rows] == [("withdrawn", "a-2"), ("new", "a-1"), ("new", "a-2")]
    assert rows[1]["sentence"] == "甲厂召回玩具。"
    assert client.get(own, params={"since": "2027-01-01"}).json()["items"] == []
    assert client.get(f"{own}.csv").text.count("\n") == 4
    for form in ("rss", "atom"):
        read = feedparser.parse(client.get(f"{own}.{form}").content)
        assert not read.bozo
        titles = [entry.title for entry in read.entries]
        assert titles[0] == "【撤下】消息a-2" or "【撤下】消息a-2" in titles
        assert len({entry.id for entry in read.entries}) == 3  # what was told twice is two entries
    feed = client.get(f"{own}.jsonfeed").json()
    assert len(feed["items"]) == 3


def test_nothing_can_be_changed_over_http(client: TestClient[ASGIApp]) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        for path in ("/watches.html", f"{API}/watches", f"{API}/watches/w-1"):
            assert client.request(method, path).status_code in (403, 404, 405)
    assert client.get(f"{API}/watches/w-none").status_code == 404


def test_a_site_may_keep_them_to_itself(home: Path, pack: Pack) -> None:
    library = open_library(home, pack, "2026-11-22")
    library.settings = replace(library.settings, show_watches=False)
    pages = WatchPages(home, home / "site", settings=Settings(show_watches=False))
    with TestClient(make_application(home / "site", watch_handlers(pages), library=library)) as client:
        assert client.get(f"{API}/watches").json()["items"] == []
        with Newsroom.open(home) as newsroom:
            (watch,) = newsroom.watches.all()
        assert client.get(f"{API}/watches/{watch.id}/news.rss").status_code == 404
        page = client.get("/watches.html").text
        assert watch.id not in page
        assert "不公开" in page
    library.close()
    pages.close()
