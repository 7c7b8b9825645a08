"""An article over several pages, from a source to one article in the newsroom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from local_web import LOOPBACK, Asked, LocalWeb, Reply

from shida.collect.visits import FURTHER_PAGES
from shida.pack import Pack
from shida.pipeline import GROUP, PAGE_STAGES
from shida.records import Page, Source
from shida.run import run
from shida.run.collecting import Gathered, gather
from shida.settings import Settings
from shida.store import Newsroom

NOW = datetime.fromisoformat("2026-11-22T12:00:00+08:00")
SETTINGS = Settings(allow=LOOPBACK)


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    with LocalWeb() as web:
        yield web


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom.open(tmp_path / "newsroom", create=True)


def name_of(number: int) -> str:
    return "art_20261.html" if number == 1 else f"art_20261_{number}.html"


def page(number: int, of: int, *, numbers: bool = True) -> Reply:
    links = [f'<a href="{name_of(n)}">{n}</a>' for n in range(1, of + 1) if n != number] if numbers else []
    links += [f'<a href="{name_of(number + 1)}">下一页</a>'] * (number < of)
    links += [f'<a href="{name_of(number - 1)}">上一页</a>'] * (number > 1)
    text = f"第{number}页：江城市市场监管局公布第{number}批结果，一共取回样品{number + 40}件，都写在黑板上。"
    html = (
        "<html><head><title>江城公布抽查结果</title></head><body><h1>江城公布抽查结果</h1>"
        f"<div>2026-11-21 09:30 来源：江城质量报</div><div><p>{text}</p></div><div>{' '.join(links)}</div></body>"
    )
    return Reply(html.encode())


def a_paper(web: LocalWeb, pages: int, *, numbers: bool = True) -> Source:
    web["/list"] = Reply('<ul><li><a href="/xw/art_20261.html">江城市公布玩具抽查的结果</a> 2026-11-21</ul>'.encode())
    for number in range(1, pages + 1):
        web[f"/xw/{name_of(number)}"] = page(number, pages, numbers=numbers)
    return Source(name="paper", title="江城质量报", url=web.url("/list"), kind="list", gap_seconds=0)


def round_(newsroom: Newsroom, source: Source, *, days: int = 0, limit: int | None = None) -> Gathered:
    def changed(old: Page, new: Page) -> bool:
        return old.content != new.content

    now = NOW + timedelta(days=days)
    return gather(newsroom, [source], SETTINGS, now=now, changed=changed, anyway=True, limit=limit)


@pytest.mark.parametrize("numbers", [True, False])
def test_an_article_comes_with_all_its_pages(newsroom: Newsroom, web: LocalWeb, pack: Pack, numbers: bool) -> None:
    source = a_paper(web, 4, numbers=numbers)
    assert round_(newsroom, source).new == 4
    run(newsroom, PAGE_STAGES, GROUP, pack, today="2026-11-22")
    (article,) = newsroom.articles()
    assert [line[:4] for line in article.text.split("\n")] == ["第1页：", "第2页：", "第3页：", "第4页："]
    assert [part.url for part in article.parts] == [web.url(f"/xw/{name_of(number)}") for number in range(1, 5)]
    asked = len(web.asked)
    assert round_(newsroom, source).new == 0
    assert web.paths()[asked:] == ["/robots.txt", "/list"]


def test_no_more_than_twenty_pages_of_an_article(newsroom: Newsroom, web: LocalWeb, pack: Pack) -> None:
    assert round_(newsroom, a_paper(web, 30)).new == FURTHER_PAGES + 1
    run(newsroom, PAGE_STAGES, GROUP, pack, today="2026-11-22")
    (article,) = newsroom.articles()
    assert (len(article.parts), len(article.next_pages), article.flags) == (20, 10, ("pages_missing",))


def test_further_pages_count_in_what_a_visit_may_take(newsroom: Newsroom, web: LocalWeb) -> None:
    source = a_paper(web, 6)
    more = "".join(f'<li><a href="/xw/art_3000{n}.html">河东市公布第{n}次水表检验结果</a>' for n in range(5))
    web["/list"] = Reply(f'<li><a href="/xw/art_20261.html">江城市公布玩具抽查的结果</a>{more}'.encode())
    assert round_(newsroom, source, limit=3).new == 6, "an article that is begun is taken whole"


def test_another_host_is_not_followed(newsroom: Newsroom, web: LocalWeb) -> None:
    source = a_paper(web, 1)
    first = page(1, 1)
    first.body = first.body.replace(
        b"</body>", '<a href="http://127.0.0.2/xw/art_20261_2.html">下一页</a></body>'.encode()
    )
    web["/xw/art_20261.html"] = first
    assert round_(newsroom, source).new == 1
    assert {asked.host for asked in web.asked} == {"127.0.0.1"}


def test_a_page_that_cannot_be_had_is_asked_for_again_with_the_first(
    newsroom: Newsroom, web: LocalWeb, pack: Pack
) -> None:
    source = a_paper(web, 3)
    whole = web.routes[f"/xw/{name_of(3)}"]
    web[f"/xw/{name_of(3)}"] = Reply(b"oh", status=500)
    assert (round_(newsroom, source).new, round_(newsroom, source).new) == (2, 0)
    run(newsroom, PAGE_STAGES, GROUP, pack, today="2026-11-22")
    assert {article.flags for article in newsroom.articles()} == {("pages_missing",)}
    web[f"/xw/{name_of(3)}"] = whole
    assert round_(newsroom, source, days=2).new == 1
    run(newsroom, PAGE_STAGES, GROUP, pack, today="2026-11-24")
    (article,) = newsroom.articles()
    assert len(article.parts) == 3


def test_a_busy_host_is_left_alone_in_the_middle_of_an_article(newsroom: Newsroom, web: LocalWeb, pack: Pack) -> None:
    source = a_paper(web, 4)
    rest = web.routes[f"/xw/{name_of(3)}"]
    web[f"/xw/{name_of(3)}"] = Reply(b"slow down", status=429, headers={"Retry-After": "1"})
    assert round_(newsroom, source).new == 2
    assert f"/xw/{name_of(4)}" not in web.paths()
    web[f"/xw/{name_of(3)}"] = rest
    assert round_(newsroom, source, days=2).new == 2
    run(newsroom, PAGE_STAGES, GROUP, pack, today="2026-11-24")
    (article,) = newsroom.articles()
    assert len(article.parts) == 4


class Killed(Exception):
    pass


@pytest.mark.parametrize("at", [2, 3, 4])
def test_a_round_killed_between_the_pages_is_taken_up(
    newsroom: Newsroom, web: LocalWeb, pack: Pack, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = a_paper(web, 4)
    monkeypatch.setattr("shida.run.collecting.BATCH", 1)
    taken = [0]

    def killing(name: str, done: int, total: int) -> None:
        taken[0] += 1
        if taken[0] == at:
            raise Killed

    with pytest.raises(Killed):
        gather(newsroom, [source], SETTINGS, now=NOW, changed=lambda old, new: False, anyway=True, progress=killing)
    round_(newsroom, source)
    run(newsroom, PAGE_STAGES, GROUP, pack, today="2026-11-22")
    (article,) = newsroom.articles()
    assert len(article.parts) == 4


def test_a_list_that_goes_on_is_no_article(newsroom: Newsroom, web: LocalWeb) -> None:
    lines = "".join(
        f'<li><a href="/xw/{n}.html">第{n}批产品抽查结果公布了</a> 2026-11-{n:02}</li>' for n in range(1, 9)
    )
    web["/list"] = Reply('<li><a href="/2026/list.html">二〇二六年抽查结果全部公布</a>'.encode())
    for number in (1, 2):
        on = f'<a href="list_{number + 1}.html">下一页</a>'
        web[f"/2026/list{'_2' * (number == 2)}.html"] = Reply(f"<html><ul>{lines}</ul>{on}</html>".encode())
    source = Source(name="paper", title="江城质量报", url=web.url("/list"), kind="list", gap_seconds=0)
    assert round_(newsroom, source).new == 1
    assert "/2026/list_2.html" not in web.paths()


def test_a_chain_without_end_is_cut(newsroom: Newsroom, web: LocalWeb) -> None:
    source = a_paper(web, 1)

    def on(asked: Asked) -> Reply:
        number = int(asked.path.rpartition("_")[2].partition(".")[0]) if asked.path.count("_") == 2 else 1
        return page(number, number + 1, numbers=False)

    web.default = on
    web.routes.pop(f"/xw/{name_of(1)}")
    web["/robots.txt"] = Reply(status=404)
    assert round_(newsroom, source).new == FURTHER_PAGES + 1
