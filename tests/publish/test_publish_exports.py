from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from shida.pack import Pack
from shida.publish.exports import columns, export_records, write_csv
from shida.publish.past import is_past
from shida.records import Article, Document, Evidence, Item, Member, Moment, Page, Story
from shida.settings import Settings
from shida.store import Newsroom, PageOutcome

EARLY, LATE = "2026-01-05", "2026-03-01"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom.open(tmp_path / "newsroom", create=True)
    newsroom.add_pages([Page(id="p-1", content=b"1", name="one"), Page(id="p-2", content=b"2", name="two")])
    run = newsroom.begin_run(LATE)
    assert run is not None
    lines = (Item(title="早先一条", published=EARLY), Item(title="后来一条", published=LATE))
    for number, (title, day) in enumerate((("甲标准征求意见", EARLY), ("甲标准发布", LATE)), 1):
        article = Article(id=f"a-{number}", page=f"p-{number}", title=title, text="=1+1", published=day, items=lines)
        evidence = Evidence(article=article.id, of="title", start=0, end=len(title), sentence=title)
        fact = Document(id="f-1", title="甲标准", evidence=(evidence,))
        newsroom.save_outcomes([PageOutcome(page=article.page, articles=(article,), facts=((article.id, (fact,)),))])
    story = Story(
        id="s-1",
        title="甲标准发布",
        lead="甲标准今天发布。",
        first=EARLY,
        last=LATE,
        members=(
            Member(article="a-1", title="甲标准征求意见", published=EARLY),
            Member(article="a-2", title="甲标准发布", published=LATE),
        ),
        timeline=(Moment(date=LATE, sentence="甲标准今天发布。", article="a-2"),),
    )
    newsroom.save_run(run, [story])
    return newsroom


def exported(newsroom: Newsroom, what: str, pack: Pack, as_of: str) -> list[dict[str, object]]:
    return list(export_records(newsroom, what, pack=pack, settings=Settings(), as_of=as_of))


def test_nothing_later_stands_in_an_answer_of_the_past(newsroom: Newsroom, pack: Pack) -> None:
    assert is_past(tuple(newsroom.stories()), "2026-02-01")
    (article,) = exported(newsroom, "articles", pack, "2026-02-01")
    (story,) = exported(newsroom, "stories", pack, "2026-02-01")
    (fact,) = exported(newsroom, "facts", pack, "2026-02-01")
    told = f"{article} {story} {fact}"
    assert "发布" not in told
    assert "后来" not in told
    assert LATE not in told
    assert story["articles"] == ["a-1"]
    assert len(fact["evidence"]) == 1  # type: ignore[arg-type]  # a plain object


def test_on_the_last_day_everything_is_known(newsroom: Newsroom, pack: Pack) -> None:
    assert len(exported(newsroom, "articles", pack, LATE)) == 2
    (story,) = exported(newsroom, "stories", pack, LATE)
    assert (story["title"], story["lead"]) == ("甲标准发布", "甲标准今天发布。")


def test_a_table_has_the_same_columns_whatever_is_in_it(newsroom: Newsroom, pack: Pack) -> None:
    out = io.BytesIO()
    write_csv(exported(newsroom, "articles", pack, LATE), columns("articles"), out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"))))
    assert list(rows[0]) == list(Article.__struct_fields__)
    assert rows[0]["text"] == "'=1+1"
    empty = io.BytesIO()
    write_csv([], columns("facts"), empty)
    assert empty.getvalue().decode("utf-8-sig").startswith("kind,id,evidence")
