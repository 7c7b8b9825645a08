"""The API as HTTP: problems, conditions, compression, methods, leave to read from elsewhere, limits, odd addresses."""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from litestar.types import ASGIApp

sys.path.insert(0, str(Path(__file__).parent))

from api_room import make_room, open_library

from shida.errors import StoreError
from shida.pack import Pack
from shida.serve import make_application
from shida.serve.api import Library
from shida.serve.api.cursors import Mark, fingerprint, write
from shida.serve.api.handling import KEPT_BYTES, Answers
from shida.serve.api.parameters import ArticlesAsked
from shida.serve.api.problems import TYPES

API = "/api/v1"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Iterator[Library]:
    library = open_library(make_room(tmp_path_factory.mktemp("http") / "newsroom"), pack)
    yield library
    library.close()


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient[ASGIApp]]:
    with TestClient(make_application(library.newsroom.home / "site", library=library)) as client:
        yield client


def problem(answer: Any, status: int, slug: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    said: dict[str, Any] = answer.json()
    assert said["type"] == f"{API}/problems/{slug}"
    assert said["status"] == status
    assert _CHINESE.search(said["title"])
    assert said["detail"].isprintable()
    return said


@pytest.mark.parametrize(
    ("address", "status", "slug", "near"),
    [
        ("/articles?limt=3", 400, "unknown-parameter", "limit"),
        ("/articles?LIMIT=3", 400, "unknown-parameter", None),
        ("/stories?asof=2025-01-01", 400, "unknown-parameter", "as_of"),
        ("/problems/busy?as_of=2025-01-01", 400, "unknown-parameter", None),
        ("/articles?limit=3&limit=4", 400, "repeated-parameter", None),
        ("/articles?limit=0", 400, "bad-parameter", None),
        ("/articles?limit=201", 400, "bad-parameter", None),
        ("/articles?limit=x", 400, "bad-parameter", None),
        ("/articles?as_of=2025-02-30", 400, "bad-parameter", None),
        ("/articles?as_of=gestern", 400, "bad-parameter", None),
        ("/articles?as_of=", 400, "bad-parameter", None),
        ("/articles?kind=essay", 400, "bad-parameter", None),
        ("/stories?field=质最", 400, "bad-parameter", "质量"),
        ("/stories?topic=质量", 400, "bad-parameter", None),
        ("/facts?field=没有的领域", 400, "bad-parameter", None),
        ("/rankings/2025?list=没有", 400, "bad-parameter", None),
        ("/rankings/2025?limit=51", 400, "bad-parameter", None),
        ("/rankings/昨天", 400, "bad-period", None),
        ("/rankings/2025..2024", 400, "bad-period", None),
        ("/search?q=" + "长" * 301, 400, "bad-parameter", None),
        ("/search?kind=storys", 400, "bad-parameter", "story"),
        ("/articles?cursor=abc", 400, "bad-cursor", None),
        ("/articles?cursor=%00", 400, "bad-cursor", None),
        ("/storie", 404, "no-such-resource", "stories"),
        ("/articles/a-01/x/y", 404, "no-such-resource", None),
        ("/articles/none", 404, "not-found", None),
        ("/articles/" + "a" * 301, 404, "not-found", None),
        ("/articles/%FF%FE", 404, "not-found", None),
        ("/articles/..%2f..%2fetc%2fpasswd", 404, "not-found", None),
        ("/facts/documnet", 404, "not-found", "document"),
        ("/facts/document/none/evidence", 404, "not-found", None),
        ("/problems/none", 404, "not-found", None),
        ("/pages/nothing.json", 404, "not-found", None),
        ("/articles?" + "&".join(f"a{n}=1" for n in range(50)), 414, "too-long", None),
        ("/search?q=" + "a" * 9000, 414, "too-long", None),
    ],
)
def test_what_is_wrong_is_said_with_the_next_step(
    client: TestClient[ASGIApp], address: str, status: int, slug: str, near: str | None
) -> None:
    said = problem(client.get(f"{API}{address}"), status, slug)
    if near is not None:
        assert said["near"] == near
    assert "Traceback" not in said["detail"]


def test_every_kind_of_problem_says_what_it_means(client: TestClient[ASGIApp]) -> None:
    for slug in TYPES:
        said = client.get(f"{API}/problems/{slug}").json()
        assert said["meaning"]
        assert said["type"].endswith(slug)


def test_a_cursor_is_of_its_list_and_its_day(client: TestClient[ASGIApp]) -> None:
    cursor = client.get(f"{API}/articles", params={"limit": 2, "as_of": "2025-03-20"}).json()["next"]
    assert client.get(f"{API}/articles", params={"cursor": cursor}).json()["as_of"] == "2025-03-20"
    assert client.get(f"{API}/articles", params={"cursor": cursor, "limit": 1}).status_code == 200
    for other in ({"source": "质量观察"}, {"as_of": "2025-03-21"}):
        problem(client.get(f"{API}/articles", params={"cursor": cursor, **other}), 400, "bad-cursor")
    problem(client.get(f"{API}/stories", params={"cursor": cursor}), 400, "bad-cursor")
    forged = write(Mark(fingerprint("/articles", ArticlesAsked()), "not-a-day", "", ""))
    problem(client.get(f"{API}/articles", params={"cursor": forged}), 400, "bad-cursor")


def test_nothing_is_sent_again_that_did_not_change(client: TestClient[ASGIApp]) -> None:
    first = client.get(f"{API}/stories")
    etag = first.headers["etag"]
    assert not etag.startswith("W/")
    again = client.get(f"{API}/stories", headers={"if-none-match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert client.get(f"{API}/stories", headers={"if-none-match": '"other", ' + etag}).status_code == 304
    assert client.get(f"{API}/stories", headers={"if-none-match": '"other"'}).status_code == 200
    other_day = client.get(f"{API}/stories", params={"as_of": "2025-01-15"}, headers={"if-none-match": etag})
    assert other_day.status_code == 200


def test_both_encodings_hold_the_same_and_have_marks_of_their_own(client: TestClient[ASGIApp]) -> None:
    plain = client.get(f"{API}/articles", headers={"accept-encoding": "identity"})
    with client.stream("GET", f"{API}/articles", headers={"accept-encoding": "gzip"}) as answer:
        squeezed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["etag"] != plain.headers["etag"]
        assert int(answer.headers["content-length"]) == len(squeezed)
    assert gzip.decompress(squeezed) == plain.content
    assert "content-encoding" not in plain.headers
    assert plain.headers["vary"] == "Accept-Encoding"


def test_head_is_get_without_the_body(client: TestClient[ASGIApp]) -> None:
    head, get = client.head(f"{API}/stories"), client.get(f"{API}/stories")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", get.headers["etag"])


def test_any_page_may_read_and_none_may_write(client: TestClient[ASGIApp]) -> None:
    asked = client.options(f"{API}/stories", headers={"origin": "https://example.org"})
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert "access-control-allow-credentials" not in asked.headers
    assert client.get(f"{API}/stories").headers["access-control-allow-origin"] == "*"
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"):
        answer = client.request(method, f"{API}/stories")
        problem(answer, 405, "only-reading")
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_answers_carry_the_headers_of_the_site(client: TestClient[ASGIApp]) -> None:
    for path in (API, f"{API}/none", f"{API}/articles/%E5%8D%B7%2F%E4%B8%80.html"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["content-type"].startswith("application/")  # never what the end of an id says


def test_a_bug_or_a_broken_store_shows_nothing_of_itself(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with TestClient(make_application(library.newsroom.home / "site", library=library)) as client:

        def bug(*_: object) -> None:
            raise RuntimeError("/secret/path")

        def broken(*_: object) -> None:
            raise StoreError("/secret/path: malformed")

        monkeypatch.setattr(Library, "shelf", bug)
        said = problem(client.get(f"{API}/articles"), 500, "failed")
        assert "secret" not in json.dumps(said)
        monkeypatch.setattr(Library, "shelf", broken)
        said = problem(client.get(f"{API}/articles"), 503, "busy")
        assert "secret" not in json.dumps(said)
    assert "/secret/path" in caplog.text  # the log has it


def test_what_is_kept_of_answers_is_bounded(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shida.serve.api.handling.KEPT_BYTES", 20_000)
    assert KEPT_BYTES > 20_000
    answers = Answers(library)
    for limit in range(1, 150):
        answers.made("/topics", f"as_of=2025-01-{limit % 28 + 1:02d}")
        answers.made("/problems/busy", "")
    assert 0 < answers._bytes <= 20_000
    assert answers._bytes == sum(len(one.body) for one in answers._kept.values())


def test_a_kept_answer_is_of_one_day(tmp_path: Path, pack: Pack) -> None:
    home = make_room(tmp_path / "newsroom")
    day = ["2025-03-10"]
    library = open_library(home, pack)
    library._today = lambda: day[0]
    with TestClient(make_application(home / "site", library=library)) as client:
        assert client.get(f"{API}/articles").json()["total"] == 5
        day[0] = "2025-12-31"
        assert client.get(f"{API}/articles").json()["total"] == 8
    library.close()
