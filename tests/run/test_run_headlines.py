"""Headlines that lists cut off, through the whole line: whole in the store, whichever came first."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import msgspec
import pytest

from shida.pack import Pack
from shida.pipeline import GROUP, PAGE_STAGES
from shida.publish.exports import export_records
from shida.publish.material import content_of
from shida.records import Article, Page
from shida.run import run
from shida.run.replay import digests, replay
from shida.run.report import RunReport
from shida.settings import Settings
from shida.store import Newsroom

TODAY = "2026-11-22"
SITE = "http://news.example.com"
TITLES = (
    "江城公布三十家商店玩具抽查的全部结果",
    "柳林县给菜市场换上了“公平”秤并请老街坊当场试称",
    "河东的水表厂把检验记录贴在了门口的黑板上",
    "青石镇的面包房在重新开门之前做了哪些检查",
    "南岗社区设立公平秤之后的第一个星期天",
    "临水的旧电梯有一半完成了检测",
)
CUT = 12


def list_page(*, cut: int = CUT, fetched: str | None = None, dots: str = "…") -> Page:
    rows = "".join(
        f'<li><a href="/xw/t{n}.html">{title[:cut]}{dots}</a> <span>2026-11-{10 + n}</span></li>'
        for n, title in enumerate(TITLES)
    )
    head = "<meta charset=utf-8><title>要闻_江城网</title>"
    html = f"<html><head>{head}</head><body><h1>要闻</h1><ul>{rows}</ul></body></html>"
    url = f"{SITE}/xw/list.html"
    return Page(id=f"p-list-{cut}-{fetched}", name=url, url=url, content=html.encode(), fetched=fetched)


def article_page(number: int, title: str | None = None, *, host: str = SITE, fetched: str | None = None) -> Page:
    title = title or TITLES[number]
    html = (
        f"<html><head><meta charset=utf-8><title>{title}_江城网</title></head><body><h1>{title}</h1>"
        f"<p>2026-11-{10 + number} 09:00 来源：江城日报</p><div><p>　　这是第{number + 1}件事。大家把三个月里的"
        f"记录重新核对了一遍，结果写在黑板上，谁都可以来看。</p><p>　　算下来，一年能省下大约{number + 3}千元。</p>"
        "</div></body></html>"
    )
    url = f"{host}/xw/t{number}.html"
    return Page(id=f"p-{number}-{title}-{fetched}", name=url, url=url, content=html.encode(), fetched=fetched)


def added(newsroom: Newsroom, pack: Pack, *pages: Page, stages=PAGE_STAGES, **more: object) -> RunReport:  # type: ignore[no-untyped-def]
    newsroom.add_pages(pages)
    return run(newsroom, stages, GROUP, pack, today=TODAY, **more)  # type: ignore[arg-type]


def listing(newsroom: Newsroom) -> Article:
    (found,) = (article for article in newsroom.articles() if article.kind == "list")
    return found


def records(newsroom: Newsroom) -> list[bytes]:
    """Every article, every revision."""
    ids = sorted({article.id for article in newsroom.articles()})
    return [msgspec.json.encode(one) for id in ids for one in newsroom.revisions(id)]


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom.open(tmp_path / "newsroom", create=True)


def test_a_list_and_its_articles_in_one_run(newsroom: Newsroom, pack: Pack) -> None:
    added(newsroom, pack, list_page(), *(article_page(n) for n in range(5)))
    items = listing(newsroom).items
    titled = {article.url: article.id for article in newsroom.articles()}
    assert [item.title for item in items[:5]] == list(TITLES[:5])
    assert [item.printed for item in items[:5]] == [f"{title[:CUT]}…" for title in TITLES[:5]]
    assert [item.titled_by for item in items[:5]] == [titled[f"{SITE}/xw/t{n}.html"] for n in range(5)]
    assert not any(item.truncated for item in items[:5])
    left = items[5]
    assert (left.title, left.truncated, left.printed) == (f"{TITLES[5][:CUT]}…", True, None), "its article never came"
    assert f"{TITLES[0][:CUT]}…" in listing(newsroom).text, "the text stays as the list printed it"


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("at_once", [True, False])
def test_neither_order_nor_runs_change_a_byte(
    tmp_path: Path, pack: Pack, order: tuple[int, ...], at_once: bool
) -> None:
    pages = (list_page(), article_page(0), article_page(1))
    with (
        Newsroom.open(tmp_path / "wanted", create=True) as wanted,
        Newsroom.open(tmp_path / "newsroom", create=True) as newsroom,
    ):
        added(wanted, pack, *pages)
        for some in [[pages[one] for one in order]] if at_once else [[pages[one]] for one in order]:
            added(newsroom, pack, *some)
        assert records(newsroom) == records(wanted)
        told = {kind: digest for kind, digest in digests(newsroom) if kind in ("articles", "facts")}
        assert told == {kind: digest for kind, digest in digests(wanted) if kind in ("articles", "facts")}
        assert [item.title for item in listing(newsroom).items[:2]] == list(TITLES[:2])
        assert replay(newsroom, tmp_path / "again", PAGE_STAGES, GROUP, pack) == []
        assert added(newsroom, pack).number is None, "and a run with nothing new does nothing"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_revisions_of_a_list_are_the_same_in_any_order(tmp_path: Path, pack: Pack, order: tuple[int, ...]) -> None:
    """Also where nothing but their content says which is the newer one."""
    pages = (list_page(cut=10), list_page(cut=11), article_page(0))
    with (
        Newsroom.open(tmp_path / "wanted", create=True) as wanted,
        Newsroom.open(tmp_path / "newsroom", create=True) as newsroom,
    ):
        added(wanted, pack, *pages)
        for one in order:
            added(newsroom, pack, pages[one])
        assert records(newsroom) == records(wanted)
        assert listing(newsroom) == listing(wanted)


def test_another_title_changes_the_list_and_a_title_that_goes_takes_it_back(newsroom: Newsroom, pack: Pack) -> None:
    early, late, later = (f"2026-11-{day}T08:00:00+08:00" for day in (20, 21, 22))
    added(newsroom, pack, list_page(), article_page(0, fetched=early))
    assert listing(newsroom).items[0].title == TITLES[0]
    added(newsroom, pack, article_page(0, f"{TITLES[0]}（更正）", fetched=late))
    assert listing(newsroom).items[0].title == f"{TITLES[0]}（更正）"
    added(newsroom, pack, article_page(0, "网站的这个地址现在是另一篇文章了", fetched=later))
    item = listing(newsroom).items[0]
    assert (item.title, item.truncated, item.printed, item.titled_by) == (f"{TITLES[0][:CUT]}…", True, None, None)


@pytest.mark.parametrize(
    "other",
    [
        article_page(0, "市里的另一件事情和这个标题没有关系"),
        article_page(0, host="http://other.example.org"),
        article_page(0, TITLES[0][:CUT] + "后面还有…"),
    ],
    ids=["another title", "another site", "cut off itself"],
)
def test_what_does_not_prove_it_changes_nothing(newsroom: Newsroom, pack: Pack, other: Page) -> None:
    added(newsroom, pack, list_page(), other)
    assert all(item.truncated and item.titled_by is None for item in listing(newsroom).items)


def test_two_titles_at_one_address_prove_nothing(newsroom: Newsroom, pack: Pack) -> None:
    secure = article_page(0, f"{TITLES[0]}（续）", host="https://news.example.com")
    added(newsroom, pack, list_page(), article_page(0), secure)
    assert listing(newsroom).items[0].truncated


@pytest.mark.parametrize("host", ["https://news.example.com", "https://www.news.example.com"])
@pytest.mark.parametrize("dots", ["...", "..", "……", "⋯", "…[详细]", "... (图)"])
def test_the_form_of_address_and_dots_does_not_matter(newsroom: Newsroom, pack: Pack, host: str, dots: str) -> None:
    wide = TITLES[1].replace("“", '"').replace("”", '"')
    added(newsroom, pack, list_page(dots=dots), article_page(0, host=host), article_page(1, wide, host=host))
    assert [item.title for item in listing(newsroom).items[:2]] == [TITLES[0], wide]


def test_a_label_that_the_list_puts_before_a_headline_is_no_part_of_it(newsroom: Newsroom, pack: Pack) -> None:
    plain = list_page()
    labelled = plain.content.replace(f">{TITLES[0][:2]}".encode(), f">[要闻] {TITLES[0][:2]}".encode())
    added(newsroom, pack, msgspec.structs.replace(plain, content=labelled), article_page(0))
    item = listing(newsroom).items[0]
    assert (item.title, item.printed) == (TITLES[0], f"[要闻] {TITLES[0][:CUT]}…")


def test_an_article_is_known_by_the_address_that_was_asked_for_too(newsroom: Newsroom, pack: Pack) -> None:
    moved = msgspec.structs.replace(article_page(0), url="http://archive.example.com/2026/0001.html")
    declared = article_page(1)
    head = f'<link rel="canonical" href="{SITE}/2026/0002.html">'.encode()
    declared = msgspec.structs.replace(declared, content=declared.content.replace(b"</head>", head + b"</head>"))
    added(newsroom, pack, list_page(), moved, declared)
    assert {article.url for article in newsroom.articles() if article.kind != "list"} == {
        moved.url,
        f"{SITE}/2026/0002.html",
    }
    assert [item.title for item in listing(newsroom).items[:2]] == list(TITLES[:2])


def test_saved_files_know_each_other_by_their_names(newsroom: Newsroom, pack: Pack) -> None:
    pages = [
        Page(
            id=page.id, name=f"saved/{(page.url or '').rpartition('/')[2]}", content=page.content.replace(b"/xw/", b"")
        )
        for page in (list_page(), article_page(0), article_page(1))
    ]
    added(newsroom, pack, *pages)
    assert [item.title for item in listing(newsroom).items[:2]] == list(TITLES[:2])


class Cut(Exception):
    pass


@pytest.mark.parametrize("after", range(6))
def test_a_run_cut_off_anywhere_ends_in_the_same_records(tmp_path: Path, pack: Pack, after: int) -> None:
    pages = [list_page(), *(article_page(number) for number in range(3))]
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
    assert [item.title for item in listing(cut).items[:3]] == list(TITLES[:3])


def test_stages_done_anew_end_in_the_same_records(newsroom: Newsroom, pack: Pack) -> None:
    added(newsroom, pack, list_page(), *(article_page(n) for n in range(5)))
    before = list(digests(newsroom))
    (read, know) = PAGE_STAGES
    run(newsroom, (read, (replace(know[0], version="another"),)), GROUP, pack, today=TODAY)
    assert list(digests(newsroom)) == before
    run(newsroom, ((read[0], replace(read[1], version="another")), know), GROUP, pack, today=TODAY)
    assert list(digests(newsroom)) == before


def test_more_workers_change_nothing(tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shida.run.loop.FEW", 3)
    pages = [list_page(), *(article_page(n) for n in range(6))]
    made = []
    for workers in (1, 2):
        with Newsroom.open(tmp_path / str(workers), create=True) as newsroom:
            added(newsroom, pack, *pages[:: 1 if workers == 1 else -1], workers=workers)
            assert not any(item.truncated for item in listing(newsroom).items)
            made.append(list(digests(newsroom)))
    assert made[0] == made[1]


def test_facts_of_a_list_line_stay_what_its_text_says(newsroom: Newsroom, pack: Pack) -> None:
    title = "江城市市场监督管理局印发《江城市玩具质量提升行动方案》并要求各区县在年底之前报送进展"
    html = list_page().content.decode().replace(TITLES[0][:CUT], title[:28])
    base = list_page()
    added(newsroom, pack, Page(id="p-l", name=base.name, url=base.url, content=html.encode()))
    alone = [msgspec.json.encode(fact) for fact in newsroom.facts()]
    assert alone
    listed = listing(newsroom).id
    added(newsroom, pack, article_page(0, title))
    assert listing(newsroom).items[0].title == title
    stated = [fact for fact in newsroom.facts() if any(one.article == listed for one in fact.evidence)]
    assert [msgspec.json.encode(fact) for fact in stated] == alone


def test_exports_and_the_site_have_the_whole_title(newsroom: Newsroom, pack: Pack) -> None:
    added(newsroom, pack, list_page(), article_page(0))
    rows = export_records(newsroom, "articles", pack=pack, settings=Settings(), as_of=TODAY)
    (row,) = (row for row in rows if row["kind"] == "list")
    assert (row["items"][0]["title"], row["items"][0]["printed"]) == (TITLES[0], f"{TITLES[0][:CUT]}…")
    (shown,) = (one for one in content_of(newsroom, pack, as_of=TODAY).articles if one.kind == "list")
    assert shown.items[0].title == TITLES[0]


def test_a_newsroom_of_before_gets_whole_headlines_when_it_is_read_anew(newsroom: Newsroom, pack: Pack) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "shida.store:migrations")
    pages = (list_page(), article_page(0), article_page(1))
    (read, know) = PAGE_STAGES
    without = ((read[0], replace(read[1], version="read/5", complete=None)), know)
    added(newsroom, pack, *pages, stages=without)
    assert listing(newsroom).items[0].truncated
    with newsroom._engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0006")
    newsroom.close()
    with Newsroom.open(newsroom.home) as again:
        assert listing(again).items[0].truncated, "what was read stays as it is"
        added(again, pack)
        assert [item.title for item in listing(again).items[:2]] == list(TITLES[:2])
        with Newsroom.open(newsroom.home.parent / "wanted", create=True) as wanted:
            added(wanted, pack, *pages)
            assert records(again) == records(wanted)
