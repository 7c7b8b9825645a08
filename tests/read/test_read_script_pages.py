"""Pagers that a script writes: its numbers and names are read as data, and only where they are such."""

from __future__ import annotations

import pytest
from test_read_layouts import article_of

from shida.pack import Pack
from shida.read import join_pages
from shida.read.script_pages import MOST, script_pages
from shida.records import Article, Page
from shida.run.collecting import further_pages

ARTICLE = "http://www.jiangcheng.gov.cn/xw/t20261120_123.html"
LIST = "http://www.jiangcheng.gov.cn/xw/"


def pages(script: str, url: str | None, pack: Pack) -> list[str]:
    found = script_pages(f"<p>甲</p><script>{script}</script>", url, pack)
    return [page.rpartition("/")[2] for page in found]


@pytest.mark.parametrize(
    ("script", "url", "wanted"),
    [
        ('createPageHTML(3, 0, "index", "shtml");', LIST, ["index_1.shtml", "index_2.shtml"]),
        ('createPageHTML(3,0,"index","shtml")', f"{LIST}index.shtml", ["index_1.shtml", "index_2.shtml"]),
        ("createPageHTML(3, 1, 'index', 'html');", f"{LIST}index_1.html", ["index.html", "index_2.html"]),
        ('createPageHTML(3, 0, "t20261120_123", "html")', ARTICLE, ["t20261120_123_1.html", "t20261120_123_2.html"]),
        ('createPageHTML("page_div", 2, 0, "index", "shtml", 21);', LIST, ["index_1.shtml"]),
        ('createPage(2, 0, "index", ".html")', LIST, ["index_1.html"]),
        ("var currentPage = 0;\nvar countPage = 3", ARTICLE, ["t20261120_123_1.html", "t20261120_123_2.html"]),
        (
            "var currentPage = 2;//所在页从0开始\nvar countPage = 3//共多少页",
            ARTICLE.replace(".html", "_2.html"),
            ["t20261120_123.html", "t20261120_123_1.html"],
        ),
        ("var countPage=2,currentPage=0;", f"{LIST}index.html", ["index_1.html"]),
        ('createPageHTML(2, 0, "index", "html")', None, ["index_1.html"]),
        ('// createPageHTML(9, 0, "index", "html")\ncreatePageHTML(2, 0, "index", "html")', LIST, ["index_1.html"]),
    ],
)
def test_what_a_script_is_called_with(script: str, url: str | None, wanted: list[str], pack: Pack) -> None:
    assert pages(script, url, pack) == wanted


@pytest.mark.parametrize(
    ("script", "url"),
    [
        ('createPageHTML(1, 0, "index", "html")', LIST),
        ('createPageHTML(0, 0, "index", "html")', LIST),
        ('createPageHTML(3, 3, "index", "html")', LIST),
        ("function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}", LIST),
        ("createPageHTML(count, 0, name, ending)", LIST),
        ('createPageHTML(2+1, 0, "index", "html")', LIST),
        ('createPageHTML(3, 0, "../../other", "html")', LIST),
        ('createPageHTML(3, 0, "http://evil.example/x", "html")', LIST),
        ('createPageHTML(3, 0, "index", "html?x=")', LIST),
        ('createPageHTML(3, 0, "", "html")', LIST),
        ('createPageHTML(3, 0, "t20261120_999", "html")', ARTICLE),
        ('createPageHTML(99999, 0, "index", "html")', LIST),
        ('// createPageHTML(9, 0, "index", "html")', LIST),
        ('xcreatePageHTML(3, 0, "index", "html"); my.createPageHTML(3, 0, "index", "html")', LIST),
        ("var countPage = 3", LIST),
        ("var countPage = total; var currentPage = 0", ARTICLE),
        ("var countPage = 3; var currentPage = 7", ARTICLE),
        ("if (countPage == 3) {}", ARTICLE),
        ('createPageHTML(3, 0, "thread-7", "html")', "http://bbs.e.cn/thread-7.html"),
    ],
)
def test_what_names_no_pages(script: str, url: str, pack: Pack) -> None:
    assert pages(script, url, pack) == []


def test_no_more_addresses_than_a_limit(pack: Pack) -> None:
    assert len(pages('createPageHTML(800, 0, "index", "html")', LIST, pack)) == MOST


@pytest.mark.parametrize(
    "script",
    [
        "createPageHTML(" * 30_000,
        "createPageHTML(" + "1," * 100_000,
        'createPageHTML("' + "a" * 200_000,
        "var countPage = " * 30_000,
        "createPageHTML" + " " * 200_000 + "(3,0,'index','html')",
    ],
)
def test_odd_scripts_do_no_harm(script: str, pack: Pack) -> None:
    assert pages(script, ARTICLE, pack) == []


TEXTS = (
    "工作人员走访了三十家商店，取回样品六十件。大家把三个月里的记录重新核对了一遍。",
    "原来，问题出在一根不起眼的弹簧上。算下来，一年能省下大约三千六百元，邻居们都说公道。",
    "按计划，下一次抽查安排在秋天。有意思的是，第一个报名的是一位七十岁的木匠。",
)


def page(number: int) -> Page:
    """Page `number` (from 0) of an article whose links a script writes."""
    url = ARTICLE if not number else ARTICLE.replace(".html", f"_{number}.html")
    html = (
        "<meta charset=utf-8><title>江城公布抽查结果_江城市市场监督管理局</title><h1>江城公布抽查结果</h1>"
        f"<p>发布时间：2026-11-20 来源：江城日报</p><div><p>　　{TEXTS[number]}</p></div><div id=page><script>"
        f'createPageHTML(3, {number}, "t20261120_123", "html");</script></div>'
    )
    return Page(id=f"p-{number}", name=url, url=url, content=html.encode())


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_the_pages_of_an_article_are_joined(order: tuple[int, ...], pack: Pack) -> None:
    articles = [article_of(page(number), pack) for number in order]
    (whole,) = join_pages(articles, {f"p-{number}": page(number).url or "" for number in range(3)})
    assert whole.text == "\n".join(TEXTS)
    assert (whole.page, whole.flags, whole.next_pages) == ("p-0", (), ())


def test_while_one_is_missing_they_are_flagged(pack: Pack) -> None:
    found = join_pages([article_of(page(number), pack) for number in (0, 2)])
    assert [one.flags for one in found] == [("pages_missing",)] * 2


def listing() -> Page:
    rows = "".join(
        f"<li><a href='t2026{n}.html'>江城公布第{n}批玩具抽查的结果</a><span>2026-11-{20 - n}</span></li>"
        for n in range(8)
    )
    html = (
        f"<meta charset=utf-8><title>要闻</title><h1>要闻</h1><ul>{rows}</ul>"
        "<script>createPageHTML(4, 0, 'index', 'html')</script>"
    )
    return Page(id="p-l", name=LIST, url=LIST, content=html.encode())


def test_a_list_says_where_it_goes_on_and_is_not_joined(pack: Pack) -> None:
    found: Article = article_of(listing(), pack)
    assert found.kind == "list"
    assert found.next_pages == tuple(f"{LIST}index_{n}.html" for n in (1, 2, 3))
    assert join_pages([found]) == (found,)


def test_a_collector_follows_the_pages_of_an_article_and_not_those_of_a_list(pack: Pack) -> None:
    assert further_pages(page(0), pack) == tuple(ARTICLE.replace(".html", f"_{n}.html") for n in (1, 2))
    assert further_pages(page(0)) == ()
    assert further_pages(listing(), pack) == ()
