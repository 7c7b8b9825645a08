"""What editors decided: kept in order, taken back once, and there in a newsroom of before."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from shida.errors import StoreError
from shida.records import Member, Moment, Page, Ruling, Story, StoryThen
from shida.store import Newsroom
from shida.store.engine import FILE_NAME

MERGE = Ruling(
    kind="merge",
    at="2026-01-05T09:30:00+08:00",
    by="林",
    why="同一件事",
    stories=(
        StoryThen(id="s-1", title="甲", articles=("a-1",)),
        StoryThen(id="s-2", title="乙", aliases=("s-3",), articles=("a-2",)),
    ),
)


def withdrawal(number: int, at: str = "2026-01-07T10:00:00+08:00") -> Ruling:
    return Ruling(kind="withdraw", at=at, by="周", why="看错了", withdraws=number)


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom.open(tmp_path / "newsroom", create=True)


def test_rulings_come_back_in_order_with_their_numbers(newsroom: Newsroom) -> None:
    assert newsroom.rulings.newest() == 0
    first = newsroom.rulings.add(MERGE)
    second = newsroom.rulings.add(withdrawal(1))
    assert (first.number, second.number, newsroom.rulings.newest()) == (1, 2, 2)
    assert newsroom.rulings.all() == [first, second]
    assert newsroom.rulings.all(until=1) == [first]


@pytest.mark.parametrize(
    ("as_of", "count"),
    [
        ("2026-01-04", 0),
        ("2026-01-05", 1),
        ("2026-01-06", 1),
        ("2026-01-07", 2),
        ("2026-01-05T09:29:59", 0),
        ("2026-01-05T09:30:00", 1),
    ],
)
def test_what_was_ruled_by_a_day(newsroom: Newsroom, as_of: str, count: int) -> None:
    newsroom.rulings.add(MERGE)
    newsroom.rulings.add(withdrawal(1))
    assert len(newsroom.rulings.all(as_of=as_of)) == count


def test_a_ruling_is_taken_back_once(newsroom: Newsroom) -> None:
    newsroom.rulings.add(MERGE)
    newsroom.rulings.add(withdrawal(1))
    with pytest.raises(StoreError, match="withdrawn already"):
        newsroom.rulings.add(withdrawal(1))
    with pytest.raises(StoreError, match="is a withdrawal"):
        newsroom.rulings.add(withdrawal(2))
    with pytest.raises(StoreError, match="none of this number"):
        newsroom.rulings.add(withdrawal(9))
    assert newsroom.rulings.newest() == 2


def test_a_run_says_which_rulings_it_kept(newsroom: Newsroom) -> None:
    run = newsroom.begin_rework("2026-01-05", "key", ruled=3)
    assert [one.ruled for one in newsroom.runs()] == [3]
    assert newsroom.begin_run("2026-01-06", "key", ruled=4) == run


def test_a_replay_takes_them_over_once(newsroom: Newsroom, tmp_path: Path) -> None:
    made = [newsroom.rulings.add(MERGE), newsroom.rulings.add(withdrawal(1))]
    again = Newsroom.open(tmp_path / "again", create=True)
    again.rulings.restate(made[:1])
    again.rulings.restate(made)
    again.rulings.restate([])
    assert again.rulings.all() == made


def test_a_newsroom_of_before_is_brought_up_with_all_it_holds(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    home = tmp_path / "old"
    home.mkdir()
    config = Config()
    config.set_main_option("script_location", "shida.store:migrations")
    engine = create_engine(f"sqlite:///{home / FILE_NAME}")
    story = Story(
        id="s-1",
        title="甲",
        members=(Member(article="a-1", title="甲"),),
        timeline=(Moment(date="2026-01-01", sentence="甲。", article="a-1"),),
        aliases=("s-0",),
    )
    # as it was written before reasons of choices were kept
    written = (
        '{"id":"s-1","title":"甲","members":[{"article":"a-1","title":"甲"}],'
        '"timeline":[{"date":"2026-01-01","sentence":"甲。","article":"a-1"}],"aliases":["s-0"]}'
    )
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.exec_driver_sql("INSERT INTO run (number, day, done, key) VALUES (1, '2026-01-01', 1, 'k')")
        connection.exec_driver_sql("INSERT INTO story (id, record) VALUES (?, ?)", ("s-1", written.encode()))
        connection.exec_driver_sql("INSERT INTO member (article, story) VALUES ('a-1', 's-1')")
    engine.dispose()
    with Newsroom.open(home) as newsroom:
        assert [(run.number, run.done, run.key, run.ruled) for run in newsroom.runs()] == [(1, True, "k", None)]
        assert newsroom.story("s-0") == story
        assert newsroom.rulings.all() == []
        assert newsroom.rulings.add(MERGE).number == 1
        newsroom.add_pages([Page(id="p-1", content=b"x", name="x")])
        run = newsroom.begin_run("2026-01-06", ruled=1)
        assert run is not None
        assert (run.number, run.ruled) == (2, 1)
