from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shida.errors import NewsroomBusy, StoreError
from shida.records import Article, Document, Dropped, Evidence, Member, Page, Story
from shida.store import Newsroom, PageOutcome
from shida.store.engine import FILE_NAME, HEAD


def page(number: int, content: bytes = b"x") -> Page:
    return Page(id=f"p-{number:016x}", content=content, name=f"page {number}")


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom.open(tmp_path / "newsroom", create=True)


def test_bytes_come_back_as_they_came(newsroom: Newsroom) -> None:
    content = bytes(range(256)) * 50
    assert newsroom.add_pages([page(1, content)]).new == 1
    kept = newsroom.page(page(1).id)
    assert kept is not None
    assert kept.content == content


def test_a_page_that_is_known_is_counted_and_left(newsroom: Newsroom) -> None:
    newsroom.add_pages([page(1)])
    added = newsroom.add_pages([page(1), page(1), page(2), Dropped(stage="collect", record="f:3", reason="bad_json")])
    assert (added.new, added.known, added.dropped) == (1, 2, 1)
    assert [dropped.reason for dropped in newsroom.dropped()] == ["bad_json"]


def test_a_run_takes_what_waits_and_a_cut_off_run_is_taken_up_first(newsroom: Newsroom) -> None:
    assert newsroom.begin_run("2026-01-01") is None
    newsroom.add_pages([page(1)])
    first = newsroom.begin_run("2026-01-01")
    newsroom.add_pages([page(2)])
    again = newsroom.begin_run("2026-01-02")
    assert first == again
    assert first is not None
    assert newsroom.run_pages(first.number) == [page(1).id]
    newsroom.save_run(first, [])
    second = newsroom.begin_run("2026-01-02")
    assert second is not None
    assert newsroom.run_pages(second.number) == [page(2).id]


def article(page_id: str, text: str, published: str) -> Article:
    return Article(id="a-1", page=page_id, text=text, published=published)


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_the_newest_revision_is_current_in_any_order(newsroom: Newsroom, order: tuple[int, int]) -> None:
    newsroom.add_pages([page(1), page(2)])
    revisions = {
        1: article(page(1).id, "first", "2026-01-01"),
        2: article(page(2).id, "second", "2026-01-02"),
    }
    for number in order:
        newsroom.save_outcomes([PageOutcome(page=page(number).id, articles=(revisions[number],))])
    current = newsroom.article("a-1")
    assert current is not None
    assert current.text == "second"
    assert [one.text for one in newsroom.revisions("a-1")] == ["first", "second"]
    assert newsroom.counts()["articles"] == 1
    assert [(one.record, one.reason) for one in newsroom.dropped()] == [("a-1", "superseded")]


def test_facts_of_an_older_revision_do_not_count(newsroom: Newsroom) -> None:
    newsroom.add_pages([page(1), page(2)])
    for number, day in ((1, "2026-01-01"), (2, "2026-01-02")):
        evidence = Evidence(article="a-1", of="text", start=0, end=1, sentence="x")
        fact = Document(id=f"f-{number}", title=f"条例{number}", evidence=(evidence,))
        made = article(page(number).id, "x", day)
        newsroom.save_outcomes([PageOutcome(page=page(number).id, articles=(made,), facts=(("a-1", (fact,)),))])
    assert [fact.id for fact in newsroom.facts()] == ["f-2"]


def test_doing_a_page_anew_takes_its_refusal_back(newsroom: Newsroom) -> None:
    newsroom.add_pages([page(1)])
    refused = Dropped(stage="read", record=page(1).id, reason="no_text")
    newsroom.save_outcomes([PageOutcome(page=page(1).id, articles=(), dropped=(refused,))])
    assert len(newsroom.dropped()) == 1
    newsroom.save_outcomes([PageOutcome(page=page(1).id, articles=(article(page(1).id, "x", "2026-01-01"),))])
    assert newsroom.dropped() == []


def test_the_ledger_says_what_is_due(newsroom: Newsroom) -> None:
    newsroom.add_pages([page(1), page(2)])
    newsroom.begin_run("2026-01-01")
    newsroom.save_outcomes([PageOutcome(page=page(1).id, articles=(), keys={"read": "key-1"})])
    assert newsroom.pages_to_do("read", "key-1") == [page(2).id]
    assert newsroom.pages_to_do("read", "key-2") == [page(1).id, page(2).id]


def test_a_merged_story_answers_to_its_old_id(newsroom: Newsroom) -> None:
    newsroom.add_pages([page(1)])
    run = newsroom.begin_run("2026-01-01")
    assert run is not None
    old = Story(id="s-2", title="乙", members=(Member(article="a-2", title="乙"),))
    newsroom.save_run(run, [old])
    merged = Story(id="s-1", title="甲", members=(Member(article="a-1", title="甲"), *old.members), aliases=("s-2",))
    newsroom.save_run(run, [merged])
    assert newsroom.story("s-2") == merged
    assert [story.id for story in newsroom.stories()] == ["s-1"]


def test_one_run_at_a_time(newsroom: Newsroom) -> None:
    with newsroom.hold(), pytest.raises(NewsroomBusy, match="another run"), Newsroom.open(newsroom.home).hold():
        pass
    with newsroom.hold():
        pass


def test_no_newsroom_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="shida init"):
        Newsroom.open(tmp_path)


@pytest.mark.parametrize("content", [b"this is no database, only a long enough text to be read as one", b"\0" * 4096])
def test_a_file_that_is_no_newsroom_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(StoreError, match=FILE_NAME):
        Newsroom.open(tmp_path)


def test_a_newsroom_of_a_newer_shida_is_refused(newsroom: Newsroom) -> None:
    with newsroom._engine.begin() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    newsroom.close()
    with pytest.raises(StoreError, match="newer shida"):
        Newsroom.open(newsroom.home)


def test_head_is_the_newest_migration_and_gives_the_schema() -> None:
    import re

    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    from shida.store import engine, schema

    folder = Path(engine.__file__).parent / "migrations" / "versions"
    assert max(re.findall(r"v(\d+)_", " ".join(file.name for file in folder.glob("v*.py")))) == HEAD
    memory = create_engine("sqlite://")
    engine.migrate(memory, Path("memory"))
    with memory.connect() as db:
        assert compare_metadata(MigrationContext.configure(db), schema.metadata) == []


def test_a_full_disk_says_so_and_loses_nothing(newsroom: Newsroom) -> None:
    newsroom.add_pages([page(1)])
    with newsroom._engine.connect() as db:
        pages = db.exec_driver_sql("PRAGMA page_count").scalar_one()
    from sqlalchemy import event

    @event.listens_for(newsroom._engine, "begin")
    def limit(connection: object) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")  # type: ignore[attr-defined]

    import random

    noise = random.Random(0).randbytes(200_000)
    with pytest.raises(StoreError, match="disk is full"):
        newsroom.add_pages([page(2, noise)])
    assert newsroom.page(page(1).id) is not None
    assert newsroom.page(page(2).id) is None


def test_a_damaged_record_is_named(newsroom: Newsroom) -> None:
    newsroom.add_pages([page(1)])
    newsroom.save_outcomes([PageOutcome(page=page(1).id, articles=(article(page(1).id, "x", "2026-01-01"),))])
    with newsroom._engine.begin() as db:
        db.exec_driver_sql("UPDATE article SET record = x'00'")
    with pytest.raises(StoreError, match="a record is damaged"):
        list(newsroom.articles())


def test_a_changed_article_is_grouped_again(newsroom: Newsroom) -> None:
    newsroom.add_pages([page(1), page(2)])
    run = newsroom.begin_run("2026-01-01")
    assert run is not None
    newsroom.save_outcomes([PageOutcome(page=page(1).id, articles=(article(page(1).id, "first", "2026-01-01"),))])
    assert [one.text for one in newsroom.articles_to_group()] == ["first"]
    newsroom.save_run(run, [Story(id="s-1", title="甲", members=(Member(article="a-1", title="甲"),))])
    assert newsroom.articles_to_group() == []
    newsroom.save_outcomes([PageOutcome(page=page(2).id, articles=(article(page(2).id, "second", "2026-01-02"),))])
    assert [one.text for one in newsroom.articles_to_group()] == ["second"]


@pytest.mark.parametrize("name", ["a?b", "a%41b", "a#b", "质量 十大", "it's"])
def test_any_name_of_a_folder_will_do(tmp_path: Path, name: str) -> None:
    with Newsroom.open(tmp_path / name, create=True) as newsroom:
        newsroom.add_pages([page(1)])
    assert (tmp_path / name / FILE_NAME).is_file()
    with Newsroom.open(tmp_path / name) as newsroom:
        assert newsroom.counts()["pages"] == 1


def test_two_that_add_the_same_page_at_once_both_go_on(newsroom: Newsroom) -> None:
    other = Newsroom.open(newsroom.home)

    def arrivals() -> Iterator[Page]:
        yield page(1)
        other.add_pages([page(1)])
        yield page(2)

    newsroom.add_pages(arrivals())
    assert newsroom.counts()["pages"] == 2


def test_an_id_that_two_sources_use_is_named(newsroom: Newsroom) -> None:
    newsroom.add_pages([page(1), page(2)])
    for number, source in ((1, "甲报"), (2, "乙报")):
        made = Article(id="a-1", page=page(number).id, text="x", source=source, published=f"2026-01-0{number}")
        newsroom.save_outcomes([PageOutcome(page=page(number).id, articles=(made,))])
    ((reason, detail),) = [(one.reason, one.detail) for one in newsroom.dropped()]
    assert reason == "id_taken"
    assert "甲报" in detail
    assert "乙报" in detail


def test_a_refusal_is_taken_back_when_its_input_is_mended(newsroom: Newsroom) -> None:
    newsroom.add_pages([Dropped(stage="collect", record="page 1", reason="bad_json")])
    newsroom.add_pages([page(1)])
    assert newsroom.dropped() == []


def test_a_newsroom_that_may_only_be_read_is_read(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.add_pages([page(1)])
    newsroom.close()
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with Newsroom.open(newsroom.home) as archive:
        assert archive.counts()["pages"] == 1
        with pytest.raises(StoreError, match="cannot be written"):
            archive.add_pages([page(2)])
