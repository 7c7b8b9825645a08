"""Articles over several pages through the whole line: joined, told once, traced to their pages."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import msgspec
import pytest

from shida.pack import Pack
from shida.pipeline import GROUP, PAGE_STAGES
from shida.read.joining import page_of
from shida.records import Page
from shida.run import run
from shida.run.loop import Progress
from shida.run.replay import digests, replay
from shida.run.report import RunReport
from shida.store import Newsroom

TODAY = "2026-11-22"
BASE = "http://news.example.com/2026/a.html"
TEXTS = (
    "江城市市场监督管理局今天公布了玩具抽查的结果。工作人员走访了三十家商店，取回样品六十件。",
    "11月18日，江城市市场监督管理局印发《江城市玩具质量提升行动方案》，自2027年1月1日起施行。各区县要在年底之前报送进展。",
    "11月20日，江城市召开第三届玩具质量大会，来自十二个省份的代表参加。会上，三家企业获得质量标杆称号。",
)


def page(number: int, texts: Sequence[str] = TEXTS, *, canonical: bool = False, fetched: str | None = None) -> Page:
    """Page `number` (from 0) of an article of so many pages."""
    names = ["a.html", *(f"a_{n}.html" for n in range(2, len(texts) + 1))]
    links = " ".join(f'<a href="{name}">{n}</a>' for n, name in enumerate(names, 1) if n != number + 1)
    on = f'<a href="{names[number + 1]}">下一页</a>' if number + 1 < len(names) else ""
    back = f'<a href="{names[number - 1]}">上一页</a>' if number else ""
    head = f'<link rel="canonical" href="{BASE}">' if canonical else ""
    html = (
        f"<html><head><meta charset=utf-8><title>江城公布玩具抽查结果_江城网</title>{head}</head><body>"
        f"<h1>江城公布玩具抽查结果</h1><p>2026-11-21 10:30 来源：江城日报</p><div><p>　　{texts[number]}</p></div>"
        f"<div>{back} {links} {on}</div></body></html>"
    )
    url = BASE.replace("a.html", names[number])
    return Page(
        id=f"p-{number}-{len(html):x}{'c' * canonical}", name=url, url=url, content=html.encode(), fetched=fetched
    )


OTHER = Page(
    id="p-other",
    name="other",
    url="http://news.example.com/2026/b.html",
    content=(
        "<title>河东换新秤</title><h1>河东换新秤</h1><p>2026-11-20 09:00</p>"
        "<p>河东的菜市场换上了新的秤，大家都说公道。</p>"
    ).encode(),
)


def added(newsroom: Newsroom, pack: Pack, *pages: Page, progress: Progress | None = None) -> RunReport:
    newsroom.add_pages(pages)
    return run(newsroom, PAGE_STAGES, GROUP, pack, today=TODAY, progress=progress)


def told(newsroom: Newsroom) -> list[tuple[str, tuple[str, ...]]]:
    """Text and flags of every article."""
    return sorted((article.text, article.flags) for article in newsroom.articles())


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom.open(tmp_path / "newsroom", create=True)


@pytest.mark.parametrize("canonical", [False, True])
def test_pages_of_one_run_are_one_article_with_the_facts_of_all(
    newsroom: Newsroom, pack: Pack, canonical: bool
) -> None:
    pages = [page(number, canonical=canonical) for number in range(3)]
    added(newsroom, pack, *pages, OTHER)
    article = next(one for one in newsroom.articles() if one.parts)
    assert newsroom.counts()["articles"] == 2
    assert article.text == "\n".join(TEXTS)
    assert (article.page, article.flags, article.next_pages) == (pages[0].id, (), ())
    assert sorted(len(story.members) for story in newsroom.stories()) == [1, 1]
    assert not [one for one in newsroom.dropped() if one.reason == "superseded"]
    evidence = [one for fact in newsroom.facts() for one in fact.evidence if one.article == article.id]
    places = set()
    for one in evidence:
        if one.of == "text":
            assert article.text[one.start : one.end] == one.sentence
            number, there = page_of(article, one.start)
            places.add(number)
            own = TEXTS[[page.id for page in pages].index(number)]
            assert own[there : there + len(one.sentence)] == one.sentence
    assert places >= {pages[1].id, pages[2].id}, "there are facts on the second page and on the third"


def test_the_order_of_pages_changes_nothing(tmp_path: Path, pack: Pack) -> None:
    found = set()
    for number, order in enumerate(permutations(range(3))):
        with Newsroom.open(tmp_path / str(number), create=True) as newsroom:
            added(newsroom, pack, *(page(one) for one in order), OTHER)
            found.add(tuple(digests(newsroom)))
    assert len(found) == 1


@pytest.mark.parametrize("canonical", [False, True])
def test_a_second_run_does_nothing(newsroom: Newsroom, pack: Pack, canonical: bool) -> None:
    added(newsroom, pack, *(page(number, canonical=canonical) for number in range(3)))
    before = list(digests(newsroom))
    assert added(newsroom, pack).number is None
    report = added(newsroom, pack, OTHER)
    assert {stage.name: stage.taken for stage in report.stages} == {"restore": 1, "read": 1, "know": 1, "group": 1}
    assert dict(before)["articles"] != dict(digests(newsroom))["articles"]
    assert len([one for one in newsroom.articles() if one.parts]) == 1


@pytest.mark.parametrize("canonical", [False, True])
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_page_that_comes_late_makes_a_revision(
    tmp_path: Path, pack: Pack, order: tuple[int, ...], canonical: bool
) -> None:
    with Newsroom.open(tmp_path / "newsroom", create=True) as newsroom:
        for count, number in enumerate(order, 1):
            added(newsroom, pack, page(number, canonical=canonical))
            if count < 3:
                assert all(article.flags == ("pages_missing",) for article in newsroom.articles())
                texts = {TEXTS[one] for one in order[:count]}
                assert {article.text for article in newsroom.articles()} <= texts
                assert canonical or newsroom.counts()["articles"] == count
        assert told(newsroom) == [("\n".join(TEXTS), ())]
        (article,) = newsroom.articles()
        assert [one.text for one in newsroom.revisions(article.id)] == [TEXTS[0], "\n".join(TEXTS)]
        (story,) = newsroom.stories()
        assert [member.article for member in story.members] == [article.id]
        assert newsroom.counts()["stories"] == 1
        assert replay(newsroom, tmp_path / "again", PAGE_STAGES, GROUP, pack) == []


def test_a_page_that_changes_changes_the_whole(tmp_path: Path, pack: Pack) -> None:
    with Newsroom.open(tmp_path / "newsroom", create=True) as newsroom:
        came = [page(number, fetched="2026-11-20T08:00:00+08:00") for number in range(3)]
        added(newsroom, pack, *came)
        texts = [TEXTS[0], TEXTS[1].replace("2027年1月1日", "2027年3月1日"), TEXTS[2]]
        changed = msgspec.structs.replace(page(1, texts, fetched="2026-11-21T08:00:00+08:00"), id="p-changed")
        added(newsroom, pack, changed)
        assert told(newsroom) == [("\n".join(texts), ())]
        (article,) = newsroom.articles()
        assert [part.page for part in article.parts] == [came[0].id, "p-changed", came[2].id]
        sentences = [one.sentence for fact in newsroom.facts() for one in fact.evidence]
        assert any("2027年3月1日" in one for one in sentences)
        assert not any("2027年1月1日" in one for one in sentences)
        assert replay(newsroom, tmp_path / "again", PAGE_STAGES, GROUP, pack) == []
        # and an article that becomes one page is one again
        single = (
            "<title>江城公布玩具抽查结果</title><h1>江城公布玩具抽查结果</h1><p>2026-11-21 10:30</p>"
            "<p>全文都在这一页，一共取回样品六十件。</p>"
        )
        one = Page(id="p-single", name=BASE, url=BASE, content=single.encode(), fetched="2026-11-22T08:00:00+08:00")
        added(newsroom, pack, one)
        found = {article.text: article.flags for article in newsroom.articles()}
        assert found["全文都在这一页，一共取回样品六十件。"] == ()
        assert not any(article.parts for article in newsroom.articles())
        assert replay(newsroom, tmp_path / "third", PAGE_STAGES, GROUP, pack) == []


class Cut(Exception):
    pass


@pytest.mark.parametrize("after", range(6))
def test_a_run_cut_off_anywhere_ends_in_the_same_records(tmp_path: Path, pack: Pack, after: int) -> None:
    pages = [page(number) for number in range(3)]
    whole, cut = (Newsroom.open(tmp_path / name, create=True) for name in ("whole", "cut"))
    added(whole, pack, *pages)
    left = [after]

    def stop(what: str, done: int, total: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Cut

    try:
        added(cut, pack, *pages, progress=stop)
    except Cut:
        run(cut, PAGE_STAGES, GROUP, pack, today=TODAY)
    assert list(digests(whole)) == list(digests(cut))


def test_facts_done_anew_are_those_of_the_whole(newsroom: Newsroom, pack: Pack) -> None:
    added(newsroom, pack, *(page(number) for number in range(3)))
    before = list(digests(newsroom))
    (read, know) = PAGE_STAGES
    newer = (read, (replace(know[0], version="another"),))
    run(newsroom, newer, GROUP, pack, today=TODAY)
    assert list(digests(newsroom)) == before
    anew = ((read[0], replace(read[1], version="another")), know)
    run(newsroom, anew, GROUP, pack, today=TODAY)
    assert list(digests(newsroom)) == before


def test_many_paged_articles_among_others_are_the_same_with_more_workers(
    tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shida.run.loop.FEW", 10)
    pages = []
    for number in range(30):
        for one in (page(0), page(1), page(2)):
            url = (one.url or "").replace("2026/a", f"2026/{number + 1000}")
            content = one.content.replace(b"a_2.html", f"{number + 1000}_2.html".encode())
            content = content.replace(b"a_3.html", f"{number + 1000}_3.html".encode())
            content = content.replace(b"a.html", f"{number + 1000}.html".encode())
            pages.append(Page(id=f"{one.id}-{number}", name=url, url=url, content=content))
    made = []
    for workers in (1, 2):
        with Newsroom.open(tmp_path / str(workers), create=True) as newsroom:
            newsroom.add_pages(random.Random(workers).sample(pages, len(pages)))
            run(newsroom, PAGE_STAGES, GROUP, pack, today=TODAY, workers=workers)
            assert newsroom.counts()["articles"] == 30
            made.append(list(digests(newsroom)))
    assert made[0] == made[1]
