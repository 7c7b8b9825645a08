"""What collecting remembers, and a newsroom of the schema before it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from shida.errors import NewsroomBusy
from shida.records import Address, Article, Dropped, Page, SourceState
from shida.store import Newsroom, PageOutcome
from shida.store.engine import FILE_NAME

DAY = "2026-11-{:02}T12:00:00+08:00"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom.open(tmp_path / "newsroom", create=True)


def address(number: int, **more: str | int | None) -> Address:
    given = {"page": f"p-{number}", "next_due": DAY.format(20), **more}
    return Address(url=f"https://example.cn/{number}", source="a", first=DAY.format(1), checked=DAY.format(1), **given)  # type: ignore[arg-type]


def test_a_newsroom_made_before_is_brought_up_and_keeps_what_it_has(tmp_path: Path) -> None:
    home = tmp_path / "newsroom"
    home.mkdir()
    config = Config()
    config.set_main_option("script_location", "shida.store:migrations")
    engine = create_engine(f"sqlite:///{home / FILE_NAME}")
    with engine.begin() as db:
        config.attributes["connection"] = db
        command.upgrade(config, "0002")
        record = msgspec.json.encode(Article(id="a-1", page="p-1", title="量具检定"))
        columns = "id, page, current, kind, rank, record"
        db.exec_driver_sql(f"INSERT INTO article ({columns}) VALUES ('a-1', 'p-1', 1, 'article', ' x', ?)", (record,))
    engine.dispose()
    with Newsroom.open(home) as newsroom:
        assert [article.title for article in newsroom.articles()] == ["量具检定"]
        newsroom.visits.save([address(1)], [SourceState(source="a", failures=2)])
        assert newsroom.visits.states()["a"].failures == 2
    with Newsroom.open(home) as newsroom:
        assert newsroom.visits.known(["https://example.cn/1"], DAY.format(2)) == {"https://example.cn/1"}


def test_what_is_kept_of_addresses_and_states_comes_back(newsroom: Newsroom) -> None:
    kept = [address(1), address(2, page=None, next_due=DAY.format(9), failures=1, reason="http_403")]
    state = SourceState(source="a", etag='"1"', arrivals=(DAY.format(1),))
    newsroom.visits.save(kept, [state])
    newsroom.visits.save([address(1, changes=1)], [])
    found = newsroom.visits.addresses([one.url for one in kept])
    assert found[kept[0].url].changes == 1
    assert found[kept[1].url] == kept[1]
    assert newsroom.visits.states() == {"a": state}


def test_an_address_that_was_refused_is_known_only_until_it_is_due(newsroom: Newsroom) -> None:
    refused, never, here = (
        address(1, page=None, next_due=DAY.format(9)),
        address(2, page=None, next_due=None),
        address(3),
    )
    newsroom.visits.save([refused, never, here], [])
    urls = [one.url for one in (refused, never, here)] + ["https://example.cn/new"]
    assert newsroom.visits.known(urls, DAY.format(8)) == {refused.url, never.url, here.url}
    assert newsroom.visits.known(urls, DAY.format(9)) == {never.url, here.url}
    assert newsroom.visits.known([f"https://example.cn/{n}" for n in range(2_000)], DAY.format(9)) == {
        never.url,
        here.url,
    }


def test_pages_are_looked_at_again_when_they_are_due_the_longest_due_first(newsroom: Newsroom) -> None:
    late, later = address(1, next_due=DAY.format(5)), address(2, next_due=DAY.format(3))
    newsroom.visits.save([late, later, address(3), address(4, page=None, next_due=DAY.format(2))], [])
    due = newsroom.visits.to_look_at_again("a", DAY.format(6), 10)
    assert due == [later, late]
    assert newsroom.visits.to_look_at_again("a", DAY.format(6), 1) == [later]
    assert newsroom.visits.to_look_at_again("b", DAY.format(6), 10) == []


def test_an_article_is_withdrawn_when_no_page_of_it_is_left(newsroom: Newsroom) -> None:
    for number in (1, 2):
        made = Article(id="a-1" if number == 1 else "a-2", page=f"p-{number}", text="x")
        newsroom.add_pages([Page(id=f"p-{number}", content=b"x", name="n")])
        newsroom.save_outcomes([PageOutcome(page=f"p-{number}", articles=(made,))])
    newsroom.visits.save([address(1, gone=DAY.format(7)), address(2)], [])
    assert newsroom.visits.withdrawn_articles() == {"a-1": DAY.format(7)}
    assert [one.url for one in newsroom.visits.withdrawn()] == ["https://example.cn/1"]
    newsroom.visits.save([msgspec.structs.replace(address(3), page="p-1")], [])
    assert newsroom.visits.withdrawn_articles() == {}


def test_how_many_of_a_sources_pages_gave_an_article(newsroom: Newsroom) -> None:
    for number in range(4):
        page = f"p-{number}"
        newsroom.add_pages([Page(id=page, content=b"x", name="n")])
        if number < 3:
            articles = (Article(id=f"a-{number}", page=page, text="x"),) if number == 0 else ()
            newsroom.save_outcomes([PageOutcome(page=page, articles=articles, keys={"read": "k"})])
        newsroom.visits.save([msgspec.structs.replace(address(number), first=DAY.format(number + 1))], [])
    assert newsroom.visits.bodies("a", 10) == (3, 1)
    assert newsroom.visits.bodies("a", 2) == (2, 0)


def test_the_revision_that_was_fetched_last_is_current_whatever_its_date(newsroom: Newsroom) -> None:
    for number, published in ((2, "2026-11-09"), (1, "2026-11-19"), (3, "2026-11-08")):
        page = f"p-{number}"
        newsroom.add_pages([Page(id=page, content=b"x", name="n", fetched=DAY.format(number))])
        made = Article(id="a-1", page=page, text=f"{number}", published=published, url="https://example.cn/1")
        newsroom.save_outcomes([PageOutcome(page=page, articles=(made,))])
    current = newsroom.article("a-1")
    assert current is not None
    assert current.text == "3"
    assert [one.text for one in newsroom.revisions("a-1")] == ["1", "2", "3"]


def test_the_refusal_of_a_list_that_answers_again_is_taken_back(newsroom: Newsroom) -> None:
    newsroom.add_pages([Dropped(stage="collect", record="https://example.cn/list", reason="http_500")])
    newsroom.visits.save([], [SourceState(source="a")], mended=["https://example.cn/list"])
    assert newsroom.dropped() == []


def test_one_collecting_at_a_time_and_a_run_beside_it(newsroom: Newsroom) -> None:
    with (
        newsroom.hold("collect"),
        newsroom.hold(),
        pytest.raises(NewsroomBusy, match="another collect"),
        newsroom.hold("collect"),
    ):
        pass
