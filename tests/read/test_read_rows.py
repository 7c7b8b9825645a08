"""Lists whose dates stand somewhere in a headline's row: columns, cards, labels, clocks, sentences between."""

from __future__ import annotations

import pytest
from layout_words import Doc
from test_read_layouts import article_of, outcome_of

from shida.pack import Pack
from shida.read.rows import MOST_ROWS, rows_of
from shida.records import Article, Dropped, Page

HEADLINES = (
    "江城公布三十家商店玩具抽查的结果",
    "柳林县给菜市场换上了新的公平秤",
    "河东的水表厂公布了检验记录",
    "青石镇的面包房重新开门",
    "南岗社区设立公平秤的第一天",
    "临水的旧电梯完成检测",
)
WANTED = [(title, f"2026-11-{20 - number}") for number, title in enumerate(HEADLINES)]
SAID = "大家把三个月里的记录重新核对了一遍，结果写在黑板上，谁都可以来看"
FORMS = {
    "columns": "<tr><td>{n}</td><td><a href={href}>{title}</a></td><td>江城日报</td><td>{day}</td></tr>",
    "link in the last column": "<tr><td>{day}</td><td>江城日报</td><td><a href={href}>{title}</a></td></tr>",
    "a later date behind": "<li><a href={href}>{title}</a><span>{day}</span><span>截止：2026-12-{d}</span></li>",
    "a later date before": "<li><a href={href}>{title}</a><span>截止日期：2026-12-{d}</span> <span>{day}</span></li>",
    "weekday and clock": "<li><a href={href}>{title}</a><span>{day} 星期五 10:2{n}</span></li>",
    "label": "<li><a href={href}>{title}</a><span>发布时间：{day}</span></li>",
    "source before": "<li><a href={href}>{title}</a><span>江城日报 {day}</span></li>",
    "counter behind": "<li><a href={href}>{title}</a><span>{day}</span><span>阅读 3{n}</span></li>",
    "long form": "<li><a href={href}>{title}</a><span>2026年11月{d}日</span></li>",
    "card": "<li><a href={href}><img src=x><h4>{title}</h4><p>{said}。</p><em>{day}</em></a></li>",
    "card, title not marked": "<li><a href={href}><div>{title}</div><div>{said}。</div><em>{day}</em></a></li>",
    "calendar leaf": "<li><a href={href}><i>{d}</i><b>2026-11</b><p>{title}</p></a></li>",
    "sentence between": "<div><h3><a href={href}>{title}</a></h3><p>{said}……</p><p>江城日报 | {day}</p></div>",
    "title and more": "<dl><dt><a href={href}>{title}</a></dt><dd>{said}。</dd><dd>{day} 来源：江城日报</dd></dl>",
}


def page(row: str, *, foot: str = "") -> Page:
    rows = "".join(
        row.format(n=n, href=f"/{n}.html", title=title, day=day, d=day[-2:], said=SAID)
        for n, (title, day) in enumerate(WANTED)
    )
    box = f"<table>{rows}</table>" if row.startswith("<tr") else f"<ul>{rows}</ul>" if row[:3] == "<li" else rows
    html = f"<meta charset=utf-8><title>要闻_江城网</title><h1>要闻</h1><div>{box}</div>{foot}"
    return Page(id="p-0", name="x", url="http://e.cn/xw/", content=html.encode())


@pytest.mark.parametrize("row", FORMS.values(), ids=FORMS)
def test_a_row_is_an_item(row: str, pack: Pack) -> None:
    found = article_of(page(row), pack)
    assert found.kind == "list"
    assert [(item.title, item.published) for item in found.items] == WANTED
    assert [item.url for item in found.items] == [f"http://e.cn/{n}.html" for n in range(6)]
    assert all(title in found.text for title, _ in WANTED)


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href={href}>{title}</a><span>截止：{day}</span></li>",
        "<li><a href={href}>{title}</a><span>活动时间：{day}</span></li>",
        "<li><a href={href}>{title}</a><span>第{n}号</span></li>",
    ],
)
def test_a_date_of_something_else_dates_no_item(row: str, pack: Pack) -> None:
    got: Article | Dropped = outcome_of(page(row), pack)
    assert isinstance(got, Dropped) or not any(item.published for item in got.items)


def test_an_article_beside_such_a_list_stays_one(pack: Pack) -> None:
    doc = Doc(5)
    rows = "".join(
        FORMS["card"].format(n=n, href=n, title=t, day=d, d="", said=SAID) for n, (t, d) in enumerate(WANTED)
    )
    html = (
        f"<meta charset=utf-8><title>{doc.title}</title><h1>{doc.title}</h1><p>{doc.iso} 来源：江城日报</p>"
        f"<div>{doc.p()}</div><ul>{rows}</ul>"
    )
    found = article_of(Page(id="p-0", name="x", content=html.encode()), pack)
    assert (found.kind, found.items, found.text) == ("article", (), "\n".join(doc.body))
    assert (found.published or "")[:10] == doc.iso


@pytest.mark.parametrize(
    "row", [FORMS["columns"], FORMS["card"], "<li><a href={href}>{title}</a><span>{day}</span></li>"]
)
@pytest.mark.parametrize("times", [1, 4])
@pytest.mark.parametrize("dated", ["2026-11-20 10:20 江城日报", "江城日报"])
def test_a_short_article_beside_many_dated_headlines_stays_one(row: str, times: int, dated: str, pack: Pack) -> None:
    rows = "".join(
        row.format(n=n, href=f"/{time}/{n}.html", title=f"{title}之{time}", day=day, d="", said=SAID)
        for time in range(times)
        for n, (title, day) in enumerate(WANTED)
    )
    box = f"<table>{rows}</table>" if row.startswith("<tr") else f"<ul>{rows}</ul>"
    html = (
        f"<meta charset=utf-8><title>江城抽查玩具_江城网</title><h1>江城抽查玩具</h1><div>{dated}</div>"
        f"<div><p>　　{SAID}。</p><p>　　算下来，一年能省下大约三千六百元。</p></div><div><h3>最新</h3>{box}</div>"
    )
    url = "http://e.cn/2026/11/20/1.html"
    found = article_of(Page(id="p-0", name="x", url=url, content=html.encode()), pack)
    assert (found.kind, found.items, found.text) == ("article", (), f"{SAID}。\n算下来，一年能省下大约三千六百元。")
    assert (found.published or "")[:10] == "2026-11-20"


def test_a_list_below_a_sentence_about_it_stays_one(pack: Pack) -> None:
    found = article_of(page(FORMS["label"]), pack)
    intro = f"<p>这个栏目公布江城的要闻，{SAID}。</p><div>"
    content = page(FORMS["label"]).content.replace(b"<div>", intro.encode(), 1)
    again = article_of(Page(id="p-0", name="x", url="http://e.cn/xw/", content=content), pack)
    assert (again.kind, again.items) == ("list", found.items)


def test_more_rows_than_a_limit_are_left_to_the_lines() -> None:
    from selectolax.lexbor import LexborHTMLParser

    from shida.read.lines import lines_of

    rows = "".join(f"<li><a href=/{n}>江城公布第{n}批结果</a> 2026-11-20</li>" for n in range(MOST_ROWS + 1))
    assert rows_of(lines_of(LexborHTMLParser(f"<ul>{rows}</ul>")), None) == []
    deep = "<div>" * 400 + "<a href=/1>江城公布第一批结果</a> 2026-11-20" + "</div>" * 400
    assert len(rows_of(lines_of(LexborHTMLParser(deep)), None)) == 1
