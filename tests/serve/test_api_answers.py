"""The API's answers: records as kept, filters, pages, days, evidence, tables, and pages of the site as data."""

from __future__ import annotations

import csv
import io
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from litestar.testing import TestClient
from litestar.types import ASGIApp
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parent))

from api_room import ODD, ROWS, SENTENCE, TODAY, article, make_room, odd_article, open_library, put, story

from shida.client import shapes
from shida.pack import Pack
from shida.publish.proposals import propose
from shida.records import Address, Article, Edition, Fact, Ranking, Story
from shida.serve import make_application
from shida.serve.api.handling import Answers, respond
from shida.serve.api.routes import ROUTES
from shida.store import Newsroom
from shida.store.search import upkeep
from shida.text.periods import parse_period

API = "/api/v1"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_room(tmp_path_factory.mktemp("api") / "newsroom")


@pytest.fixture(scope="module")
def client(home: Path, pack: Pack) -> Iterator[TestClient[ASGIApp]]:
    library = open_library(home, pack)
    with TestClient(make_application(home / "site", library=library)) as client:
        yield client
    library.close()


def items(client: TestClient[ASGIApp], path: str, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get(f"{API}{path}", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def test_what_is_answered_is_what_is_kept(client: TestClient[ASGIApp], home: Path) -> None:
    with Newsroom.open(home) as newsroom:
        kept = {one.id: one for one in newsroom.articles()}
        stories = {one.id: one for one in newsroom.stories()}
        edition = newsroom.edition("e-2025")
    for one, whole in kept.items():
        answer = client.get(f"{API}/articles/{quote(one, safe='')}")
        assert msgspec.json.decode(answer.content, type=Article) == whole
    for one, told in stories.items():
        assert msgspec.json.decode(client.get(f"{API}/stories/{one}").content, type=Story) == told
    answer = client.get(f"{API}/editions/e-2025")
    assert msgspec.json.decode(answer.content, type=Edition) == edition
    fact = msgspec.json.decode(client.get(f"{API}/facts/document/f-0000000000000001").content, type=Fact)
    assert (fact.id, fact.rule) == ("f-0000000000000001", "")


def test_the_front_door_counts_and_leads_on(client: TestClient[ASGIApp]) -> None:
    door = msgspec.json.decode(client.get(API).content, type=shapes.Welcome)
    assert door.counts == {"articles": 8, "stories": 7, "facts": 4, "editions": 1}
    for address in door.links.values():
        assert client.get(address).status_code == 200, address


def test_lists_are_newest_first_and_undated_last(client: TestClient[ASGIApp]) -> None:
    found = [one["id"] for one in items(client, "/articles")]
    assert found == [ODD, "a-03", "a-02", "a-01", "a-05", "a-06", "a-04", "a-07"]
    assert [one["id"] for one in items(client, "/articles", undated="true")] == ["a-07"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"since": "2025-03-02"}, {ODD, "a-03", "a-02"}),
        ({"until": "2024-04-01"}, {"a-04"}),
        ({"source": "质量观察"}, {ODD, "a-03"}),
        ({"story": "s-a-04"}, {"a-04", "a-06"}),
        ({"story": "s-before"}, {ODD}),
        ({"story": "s-none"}, set()),
        ({"kind": "list"}, set()),
        ({"as_of": "2024-04-01"}, {"a-04"}),
        ({"updated_since": "2025-04-01"}, {one[0] for one in ROWS} | {ODD}),
        ({"updated_since": "2025-04-02"}, {ODD}),
        ({"updated_since": "2025-06-03"}, set()),
    ],
)
def test_articles_are_chosen(client: TestClient[ASGIApp], asked: dict[str, str], expected: set[str]) -> None:
    assert {one["id"] for one in items(client, "/articles", **asked)} == expected


def test_what_a_run_by_other_rules_may_have_changed_counts_as_updated(tmp_path: Path, pack: Pack) -> None:
    home = make_room(tmp_path / "newsroom")
    with Newsroom.open(home) as newsroom:
        newsroom.save_run(newsroom.begin_rework("2025-07-01", "other rules"), [])
    library = open_library(home, pack)
    with TestClient(make_application(home / "site", library=library)) as client:
        assert len(items(client, "/stories", updated_since="2025-07-01")) == 7
        assert len(items(client, "/facts", updated_since="2025-07-01")) == 4
        assert items(client, "/facts", updated_since="2025-07-02") == []
    library.close()


def test_articles_and_stories_are_cut_to_the_day(client: TestClient[ASGIApp]) -> None:
    odd = client.get(f"{API}/articles/{quote(ODD, safe='')}", params={"as_of": "2025-06-15"}).json()
    assert [item["title"] for item in odd["items"]] == ["六月的一条", "七月的一条"]  # nothing later is here: not past
    story = client.get(f"{API}/stories/s-a-04", params={"as_of": "2024-04-01"}).json()
    assert [member["article"] for member in story["members"]] == ["a-04"]
    assert client.get(f"{API}/stories/s-a-04", params={"as_of": "2024-03-31"}).status_code == 404
    assert client.get(f"{API}/articles/a-03", params={"as_of": "2025-03-14"}).status_code == 404
    assert items(client, "/facts", as_of="2025-03-01") == []
    assert [one["version"] for one in items(client, "/editions", as_of="2025-12-30")] == [1]
    assert items(client, "/editions", as_of="2025-12-29") == []


def test_a_story_answers_to_the_id_it_had_before(client: TestClient[ASGIApp]) -> None:
    answer = client.get(f"{API}/stories/s-before")
    assert answer.json()["id"] == "s-odd"
    assert '</story/s-odd.html>; rel="alternate"' in answer.headers["link"]


@pytest.mark.parametrize(
    ("path", "asked", "expected"),
    [
        ("/facts", {}, {"f-01", "f-02", "f-03", "f-0000000000000001"}),
        ("/facts/figures", {}, {"f-01"}),
        ("/facts/theme", {"q": "共治"}, {"f-02"}),
        ("/facts/document", {"issuer": "国办"}, {"f-0000000000000001"}),
        ("/facts/document", {"issuer": "市场监管总局"}, set()),
        ("/facts", {"since": "2025-06-01", "register": "happenings"}, {"f-02", "f-03"}),
        ("/facts", {"title": "产品合格率", "unit": "%"}, {"f-01"}),
        ("/facts", {"unit": "万元"}, set()),
        ("/facts", {"article": "a-02"}, {"f-0000000000000001"}),
        ("/facts", {"register": "figures"}, {"f-01"}),
        ("/facts", {"comes_into_force": "true"}, set()),
    ],
)
def test_facts_are_chosen(client: TestClient[ASGIApp], path: str, asked: dict[str, str], expected: set[str]) -> None:
    assert {one["id"] for one in items(client, path, **asked)} == expected


def test_evidence_is_the_characters_and_what_was_restored_in_them(client: TestClient[ASGIApp]) -> None:
    proof = msgspec.json.decode(client.get(f"{API}/facts/figure/f-01/evidence").content, type=shapes.Proof)
    (origin,) = proof.origins
    text = odd_article().text
    assert text[origin.start : origin.end] == origin.sentence == SENTENCE
    assert (origin.exact, origin.before, origin.after) == (True, "", "今年的主题是共治共享。")
    (repair,) = origin.repairs
    assert (text[repair.start : repair.end], repair.before, repair.how) == ("海康威视", "海疆威士", "proved")
    assert (origin.source, origin.url) == ("质量观察", "https://example.org/odd")
    assert origin.page is not None
    assert origin.page.startswith("/article/x-")


def test_evidence_that_a_revision_moved_is_not_passed_off_as_exact(client: TestClient[ASGIApp]) -> None:
    proof = client.get(f"{API}/facts/theme/f-03/evidence").json()
    assert [(one["sentence"], one["exact"], one["before"], one["repairs"]) for one in proof["origins"]] == [
        ("改过的", False, "", [])
    ]


def test_a_ranking_is_that_of_the_command(client: TestClient[ASGIApp], home: Path, pack: Pack) -> None:
    answer = client.get(f"{API}/rankings/2025", params={"limit": 3})
    early = client.get(f"{API}/rankings/2025", params={"as_of": "2025-03-10"})
    with Newsroom.open(home) as newsroom:
        expected = propose(newsroom, pack, parse_period("2025"), as_of=TODAY, limit=3)
        expected_early = propose(newsroom, pack, parse_period("2025"), as_of="2025-03-10")
    assert expected.entries
    assert expected.considered > expected_early.considered
    assert msgspec.json.decode(answer.content, type=Ranking) == expected
    assert msgspec.json.decode(early.content, type=Ranking) == expected_early
    plan = client.get(f"{API}/rankings/{quote('十四五')}").json()
    assert plan["period"]["first"] == "2021-01-01"


def test_the_lists_of_the_front_page_can_be_asked_for(client: TestClient[ASGIApp]) -> None:
    names = msgspec.json.decode(client.get(f"{API}/rankings").content, type=shapes.RankingNames)
    for one in names.items[:7]:
        asked = {"field": one.field} if one.field else {}
        assert client.get(f"{API}/rankings/{quote(one.period.name)}", params=asked).status_code == 200
    for name in names.lists:
        assert client.get(f"{API}/rankings/2025", params={"list": name}).status_code == 200


def test_versions_of_an_edition(client: TestClient[ASGIApp]) -> None:
    assert [one["version"] for one in items(client, "/editions/e-2025/versions")] == [2, 1]
    assert client.get(f"{API}/editions/e-2025", params={"version": 1}).json()["state"] == "published"
    assert client.get(f"{API}/editions/e-2025", params={"version": 9}).status_code == 404


def test_search_gives_marked_passages_and_pages(client: TestClient[ASGIApp]) -> None:
    first = msgspec.json.decode(
        client.get(f"{API}/search", params={"q": "黑颈鹤", "limit": 1}).content, type=shapes.SearchPage
    )
    assert (first.total, len(first.items)) == (2, 1)
    (mark, *_) = first.items[0].passage_marks
    assert first.items[0].passage[mark.start : mark.end] == "黑颈鹤"
    assert first.next is not None
    second = client.get(f"{API}/search", params={"q": "黑颈鹤", "limit": 1, "cursor": first.next}).json()
    assert {second["items"][0]["id"], first.items[0].id} == {"a-04", "a-06"}
    assert second["next"] is None
    assert client.get(f"{API}/search", params={"q": "黑颈鹤", "as_of": "2024-04-01"}).json()["total"] == 1


def test_pages_go_on_behind_the_last_whatever_comes_in(tmp_path: Path, pack: Pack) -> None:
    home = make_room(tmp_path / "newsroom")
    library = open_library(home, pack)
    with TestClient(make_application(home / "site", library=library)) as client:
        seen: list[str] = []
        answer = client.get(f"{API}/articles", params={"limit": 3}).json()
        seen += [one["id"] for one in answer["items"]]
        with Newsroom.open(home) as newsroom:
            put(newsroom, [article(("a-00", "新到的一篇", "刚刚写好。", "2025-08-01", "甲报"))])
        for _ in range(100):  # the newsroom is read anew beside the answering
            if client.get(f"{API}/articles/a-00").status_code == 200:
                break
            time.sleep(0.05)
        else:
            pytest.fail("the API did not follow the newsroom")
        while answer["next"]:
            answer = client.get(f"{API}/articles", params={"limit": 3, "cursor": answer["next"]}).json()
            seen += [one["id"] for one in answer["items"]]
    library.close()
    assert seen == [ODD, "a-03", "a-02", "a-01", "a-05", "a-06", "a-04", "a-07"]


def test_a_page_of_long_texts_ends_early_and_loses_nothing(
    client: TestClient[ASGIApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shida.serve.api.lists.PAGE_CHARACTERS", 60)
    seen: list[str] = []
    asked: dict[str, Any] = {"limit": 7}
    while True:
        answer = client.get(f"{API}/articles", params=asked).json()
        seen += [one["id"] for one in answer["items"]]
        if not answer["next"]:
            break
        asked["cursor"] = answer["next"]
    assert len(seen) == len(set(seen)) == 8


def test_a_page_of_large_stories_ends_early_too(client: TestClient[ASGIApp], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shida.serve.api.lists.PAGE_PARTS", 1)
    seen: list[str] = []
    asked: dict[str, Any] = {"limit": 7}
    while len(seen) < 20:
        answer = client.get(f"{API}/stories", params=asked).json()
        assert len(answer["items"]) == 1
        seen += [one["id"] for one in answer["items"]]
        if not answer["next"]:
            break
        asked["cursor"] = answer["next"]
    assert len(seen) == len(set(seen)) == 7


def test_every_list_is_a_table_with_harmless_formulas(client: TestClient[ASGIApp]) -> None:
    for route in ROUTES:
        if not route.table:
            continue
        path = route.path.replace("{kind}", "themes").replace("{period}", "2025").replace("{id}", "e-2025")
        answer = client.get(f"{API}{path}.csv", params={"q": "黑颈鹤"} if path == "/search" else {})
        assert answer.status_code == 200, path
        assert answer.content.startswith(b"\xef\xbb\xbf"), path
        assert answer.headers["content-type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
        assert rows, path
        for row in rows:
            assert not any((value or "").startswith(("=", "+", "@")) for value in row.values())
    stories = client.get(f"{API}/stories.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK" in stories


def test_a_table_may_be_longer_than_a_page(client: TestClient[ASGIApp]) -> None:
    assert client.get(f"{API}/stories.csv", params={"limit": 5000}).status_code == 200
    assert client.get(f"{API}/stories", params={"limit": 5000}).status_code == 400
    cut = client.get(f"{API}/stories.csv", params={"limit": 2})
    assert 'rel="next"' in cut.headers["link"]
    following = cut.headers["link"].partition(">")[0].removeprefix("<")
    assert client.get(following).status_code == 200


def test_pages_of_the_site_answer_as_data(client: TestClient[ASGIApp]) -> None:
    assert client.get("/article/a-01.json").json()["id"] == "a-01"
    assert client.get("/story/s-a-01.json").json()["id"] == "s-a-01"
    assert client.get("/edition/e-2025_1.json").json()["version"] == 1
    assert client.get("/topics.csv").text.startswith("\ufeffname,")
    documents = client.get("/register/documents.json").json()
    assert [one["kind"] for one in documents["items"]] == ["document"]
    front = msgspec.json.decode(client.get("/index.json").content, type=Ranking)
    assert front.period.name == "2025-W01" or front.entries
    for path in ("/index.csv", "/topics.json"):
        assert client.get(path).status_code == 200


def test_files_of_the_site_stay_what_they_are(client: TestClient[ASGIApp]) -> None:
    assert client.get("/feed.json").text == "{}"  # a file of that name is there
    assert client.get("/article/a-01.html").text == "一页"
    assert client.get("/nothing.json").status_code == 404
    help_page = client.get("/help.json")
    assert (help_page.status_code, help_page.headers["content-type"]) == (404, "application/problem+json")


def test_every_address_of_the_site_leads_to_its_records(client: TestClient[ASGIApp]) -> None:
    registers = ("register/authorities", "register/figures-2025_3", "register/happenings-kind-zhuti")
    lists = ("wire", "wire/2025-06", "wire/2025-06_2", "wire/undated", "editions", "sources", "calendar", *registers)
    for path in (*lists, "topic/biaozhun", "topic/biaozhun_2", "top/2025", "top/shisiwu-zhiliang", "original/a-01"):
        assert client.get(f"{API}/pages/{path}.json").status_code == 200, path
    for path in ("wire/2025-13", "wire/0000-01", "top/1999", "nothing", "article/none"):
        assert client.get(f"{API}/pages/{path}.json").status_code == 404, path


def test_what_changed_and_went_since_a_day(tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "today", lambda: "2026-02-01")
    home = make_room(tmp_path / "newsroom")
    library = open_library(home, pack)
    with TestClient(make_application(home / "site", library=library)) as client:
        assert client.get(f"{API}/changes").json()["items"] == []
        assert client.get(f"{API}/changes").json()["whole_since"] == "2026-02-02"
        monkeypatch.setattr(upkeep, "today", lambda: "2026-02-05")
        with Newsroom.open(home) as newsroom:
            merged = replace(story("s-a-01", "a-01", "a-03"), aliases=("s-a-03",))
            newsroom.save_run(newsroom.begin_rework("2026-02-05"), [merged], ["s-a-03"])
        deadline = time.monotonic() + 20
        while client.get(f"{API}/stories/s-a-03").json()["id"] != "s-a-01" and time.monotonic() < deadline:
            time.sleep(0.05)
        told = items(client, "/changes", updated_since="2026-02-05", kind="story")
        assert {"kind": "story", "id": "s-a-03", "on": "2026-02-05", "gone": True, "now": "s-a-01"} in told
        assert {"kind": "story", "id": "s-a-01", "on": "2026-02-05", "gone": False, "now": None} in told
        assert [one["id"] for one in items(client, "/stories", updated_since="2026-02-05")] == ["s-a-01"]
        assert items(client, "/facts", updated_since="2026-02-05") == []
        assert items(client, "/changes", updated_since="2026-02-06") == []
        assert client.get(f"{API}/changes", params={"kind": "stroy"}).json()["near"] == "story"
        first = client.get(f"{API}/changes", params={"limit": 1}).json()
        assert first["next"]
        assert items(client, "/changes", limit=1, cursor=first["next"])[0] != first["items"][0]
    library.close()


def test_what_is_gone_at_its_source_is_said_and_counts_as_updated(tmp_path: Path, pack: Pack) -> None:
    home = make_room(tmp_path / "newsroom")
    with Newsroom.open(home) as newsroom:
        url, when = "https://example.org/odd", "2025-09-01T10:00+08:00"
        seen = Address(url=url, source="quality-watch", page="p-odd", first="2025-06-01", checked=when, gone=when)
        newsroom.visits.save([seen], [])
    library = open_library(home, pack)
    with TestClient(make_application(home / "site", library=library)) as client:
        (origin,) = client.get(f"{API}/facts/figure/f-01/evidence").json()["origins"]
        assert origin["withdrawn"] == "2025-09-01T10:00+08:00"
        assert [one["id"] for one in items(client, "/articles", updated_since="2025-09-01")] == [ODD]
        assert [one["id"] for one in items(client, "/stories", updated_since="2025-09-01")] == ["s-odd"]
        assert len(items(client, "/facts", updated_since="2025-09-01")) == 3
    library.close()


def test_many_may_ask_while_the_newsroom_changes(tmp_path: Path, pack: Pack) -> None:
    home = make_room(tmp_path / "newsroom")
    library = open_library(home, pack)
    answers = Answers(library)
    asked = [
        (path, f"as_of=2025-{month:02d}-15")
        for month in range(1, 13)
        for path in ("/articles", "/stories", "/facts", "/rankings/2025", "/search", "/topics", "/sources")
    ]

    def change() -> None:
        with Newsroom.open(home) as newsroom:
            for number in range(5):
                put(newsroom, [article((f"a-9{number}", "又一篇", "又来了一篇。", "2025-01-02", "甲报"))])

    with ThreadPoolExecutor(8) as workers:
        changing = workers.submit(change)
        replies = list(workers.map(lambda one: respond(answers, "GET", one[0], one[1], {}), asked * 2))
        changing.result()
    assert {reply.status for reply in replies} == {200}
    library.close()
