"""The search inside the server: pages without a script, JSON, names while one types, and a newsroom that moves."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import cast
from urllib.parse import unquote_to_bytes

import pytest
from litestar.testing import TestClient
from litestar.types import ASGIApp, Receive, Scope, Send

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))  # the small newsroom stands with the store's tests

from search_newsroom import article, put, small_newsroom

from shida.pack import Pack
from shida.serve import make_application
from shida.serve.searching import Finder, Wish, search_handlers
from shida.settings import Settings
from shida.store import Newsroom


class Seen(HTMLParser):
    """The tags of a page, its links and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href" and tag == "a"]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("serve") / "newsroom"
    small_newsroom(home).close()
    site = home / "site"
    for path in ("index.html", "article/a-01.html", "article/a-03.html", "story/s-a-01.html"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text("一页")
    return home


@pytest.fixture(scope="module")
def client(home: Path, pack: Pack) -> Iterator[TestClient[ASGIApp]]:
    finder = Finder(home, home / "site", settings=Settings(), pack=pack)
    with TestClient(make_application(home / "site", search_handlers(finder))) as client:
        yield client
    finder.close()


def test_a_page_without_a_script_has_box_hits_marks_and_facets(client: TestClient[ASGIApp]) -> None:
    answer = client.get("/search.html", params={"q": "童车"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    seen = Seen(answer.text)
    assert 'value="童车"' in answer.text
    assert "<mark>童车</mark>抽查结果公布" in answer.text
    assert "./article/a-03.html" in seen.links
    assert "共 1 篇文章" in seen.words


def test_a_hit_without_a_page_of_the_site_is_no_dead_link(client: TestClient[ASGIApp]) -> None:
    seen = Seen(client.get("/search.html", params={"q": "计量"}).text)
    assert "尚未发布" in seen.words
    assert not [link for link in seen.links if "a-02" in link]


def test_facets_narrow_and_lead_back(client: TestClient[ASGIApp]) -> None:
    page = Seen(client.get("/search.html", params={"q": "日期:2024..2025"}).text)
    (link,) = [link for link in page.links if "year=2024" in link and "source" not in link]
    narrowed = client.get("/" + link.removeprefix("./"))
    assert "共 3 篇文章" in Seen(narrowed.text).words
    assert 'aria-current="true"' in narrowed.text
    assert '<details class="open narrowing" open>' in narrowed.text


def test_the_page_in_traditional_characters(client: TestClient[ASGIApp]) -> None:
    page = client.get("/hant/search.html", params={"q": "質量強市"}).text
    assert '<html lang="zh-Hant">' in page
    assert "<mark>質量強市</mark>" in page


def test_json_has_the_answer_with_its_passages(client: TestClient[ASGIApp]) -> None:
    found = client.get("/search.json", params={"q": "黑颈鹤", "limit": "5"}).json()
    assert (found["total"], [hit["id"] for hit in found["hits"]]) == (2, ["a-04"])
    passage = found["passages"]["article:a-04"]
    (mark, *_) = passage["marks"]
    assert passage["text"][mark["start"] : mark["end"]] == "黑颈鹤"


def test_a_query_in_plain_utf8_is_understood(home: Path, pack: Pack) -> None:
    """As `curl` sends what is typed: the bytes themselves, not percent signs."""

    finder = Finder(home, home / "site", settings=Settings(), pack=pack)
    application = make_application(home / "site", search_handlers(finder))

    async def typed(scope: Scope, receive: Receive, send: Send) -> None:
        quoted = scope.get("query_string", b"")
        await application(cast("Scope", {**scope, "query_string": unquote_to_bytes(quoted)}), receive, send)

    with TestClient(typed) as plain:
        assert plain.get("/search.json", params={"q": "童车"}).json()["query"] == "童车"
        assert plain.get("/search.json", params={"q": "童车"}).json()["total"] == 1
        assert "童车" in Seen(plain.get("/search.html", params={"q": "童车"}).text).words
    finder.close()


def test_names_while_one_types(client: TestClient[ASGIApp]) -> None:
    names = client.get("/suggest.json", params={"q": "scjg"}).json()["names"]
    assert "市场监管总局" in [name["text"] for name in names]


def test_nothing_found_helps(client: TestClient[ASGIApp]) -> None:
    page = client.get("/search.html", params={"q": "童车 日期:1999"}).text
    assert "可以试试" in page
    assert "可以试试" not in client.get("/search.html", params={"q": "qwqwqw"}).text
    assert "换一个说法" in client.get("/search.html", params={"q": "qwqwqw"}).text
    assert "去掉筛选" in client.get("/search.html", params={"q": "童车", "year": "1999"}).text


@pytest.mark.parametrize(
    "payload", ['"><script>alert(1)</script>', "<img src=x onerror=alert(1)>", "{{7*7}}", "<|>", "\x00\ud800"]
)
def test_what_is_typed_is_shown_and_never_run(client: TestClient[ASGIApp], payload: str) -> None:
    typed = payload.encode("utf-8", "replace").decode()
    clean = Seen(client.get("/search.html", params={"q": "童车"}).text)
    for name in ("q", "kind", "year", "source", "topic", "offset"):
        for path in ("/search.html", "/hant/search.html", "/search.json", "/suggest.json"):
            answer = client.get(path, params={"q": "童车", name: typed})
            assert answer.status_code == 200
            if path.endswith("html"):
                assert Seen(answer.text).tags.count("script") == clean.tags.count("script")
                assert "img" not in Seen(answer.text).tags
            else:
                json.loads(answer.content)


@pytest.mark.parametrize(
    "query",
    [
        "offset=-1",
        "offset=99999999999",
        "offset=x",
        "limit=-3",
        "limit=9999999",
        "q=" + "a" * 5000,
        "q=%FF%FE",
        "q=1&q=2",
        "",
    ],
)
def test_odd_addresses_are_answered(client: TestClient[ASGIApp], query: str) -> None:
    for path in ("/search.html", "/search.json", "/suggest.json"):
        assert client.get(f"{path}?{query}").status_code == 200


def test_it_is_read_only(client: TestClient[ASGIApp]) -> None:
    assert client.post("/search.json", content=b"x").status_code == 405
    assert client.head("/search.html").content == b""


def test_addresses_keep_what_was_asked() -> None:
    wish = Wish.of({"q": "质量 & 标准", "year": "2025", "offset": "20"})
    assert wish.address(offset=30) == "search.html?q=%E8%B4%A8%E9%87%8F+%26+%E6%A0%87%E5%87%86&year=2025&offset=30"


def test_the_index_follows_the_newsroom_while_it_answers(tmp_path: Path, pack: Pack) -> None:
    small_newsroom(tmp_path).close()
    (tmp_path / "site").mkdir()
    finder = Finder(tmp_path, tmp_path / "site", settings=Settings(), pack=pack)
    wish = Wish(q="水表检定")
    assert finder.answer(wish).total == 0
    with Newsroom.open(tmp_path) as other:
        put(other, [article(("a-09", "水表检定规程", "说的是水表检定。", "2025-08-01", "甲报"))])
    for _ in range(200):
        if finder.answer(wish).total:
            break
        time.sleep(0.05)
    assert finder.answer(wish).total == 1
    assert "水表" in finder.page(wish, hant=False)[0].decode()
    finder.close()
