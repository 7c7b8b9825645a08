"""Any list or search as a feed: what feedparser reads of it, by the address it was asked at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from litestar.testing import TestClient
from litestar.types import ASGIApp

sys.path.insert(0, str(Path(__file__).parent))

from api_room import make_room, open_library

from shida.pack import Pack
from shida.serve import make_application

API = "/api/v1"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Iterator[TestClient[ASGIApp]]:
    library = open_library(make_room(tmp_path_factory.mktemp("feeds") / "newsroom"), pack)
    with TestClient(make_application(library.newsroom.home / "site", library=library)) as client:
        yield client
    library.close()


@pytest.mark.parametrize("path", ["articles", "stories", "facts", "facts/document", "search"])
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_every_list_can_be_subscribed_to(client: TestClient[ASGIApp], path: str, form: str) -> None:
    asked = {"q": "计量", "since": "2025-01-01"} if path == "search" else {}
    answer = client.get(f"{API}/{path}.{form}", params=asked)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(f"application/{form}+xml")
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert read.entries
    for entry in read.entries:
        assert entry.title
        assert entry.link.startswith("http://127.0.0.1:8010/")
    days = [entry.published_parsed for entry in read.entries]
    assert days == sorted(days, reverse=True)


def test_a_feed_keeps_to_what_was_asked(client: TestClient[ASGIApp]) -> None:
    found = client.get(f"{API}/articles.jsonfeed", params={"source": "质量观察"}).json()
    assert [item["url"].rpartition("/")[2] for item in found["items"]][1:] == ["a-03.html"]
    assert len(found["items"]) == 2
    assert found["title"] == "十大 · 文章 · 质量观察"
    assert "source=" in found["feed_url"]
    assert client.get(f"{API}/articles.rss", params={"sourc": "x"}).status_code == 400
    assert client.get(f"{API}/topics.rss").status_code == 404


def test_a_feed_of_a_search_is_of_what_is_new(client: TestClient[ASGIApp]) -> None:
    old = client.get(f"{API}/search.jsonfeed", params={"q": "黑颈鹤"}).json()
    assert old["items"] == []
    then = client.get(f"{API}/search.jsonfeed", params={"q": "黑颈鹤", "as_of": "2024-04-10"}).json()
    assert [item["url"].rpartition("/")[2] for item in then["items"]] == ["a-04.html"]  # its copy is folded into it
