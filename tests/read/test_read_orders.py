"""Dates whose order nobody says: read where something on the page shows it, else left unread and flagged."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from test_read_layouts import article_of

from shida.pack import Pack
from shida.read.orders import UNREAD
from shida.records import Article, Page

HEADLINES = (
    "江城公布三十家商店玩具抽查的结果",
    "柳林县给菜市场换上了新的公平秤",
    "河东的水表厂公布了检验记录",
    "青石镇的面包房重新开门",
    "南岗社区设立公平秤的第一天",
    "临水的旧电梯完成检测",
)
ROWS = (
    "<li><a href='{href}'>{title}</a> <span>{day}</span></li>",
    "<li><a href='{href}'>{title}</a><span>[{day}]</span></li>",
    "<li><span>{day}</span><a href='{href}'>{title}</a></li>",
    "<tr><td><a href='{href}'>{title}</a></td><td>{day}</td></tr>",
    "<div><div><a href='{href}'>{title}</a></div><div>{day} 10:20</div></div>",
)


def listing(
    days: Sequence[str], pack: Pack, *, row: str = ROWS[0], href: str = "/xw/{n}.html", foot: str = "", top: str = ""
) -> Article:
    rows = "".join(
        row.format(href=href.format(n=n), title=title, day=day)
        for n, (title, day) in enumerate(zip(HEADLINES, days, strict=True))
    )
    block = f"<table>{rows}</table>" if row.startswith("<tr") else f"<div>{rows}</div>"
    html = f"<meta charset=utf-8><title>要闻_江城网</title>{top}<h1>要闻</h1>{block}<p>{foot}</p>"
    return article_of(Page(id="p-0", name="x", url="http://e.cn/xw/", content=html.encode()), pack)


def days_of(found: Article) -> list[str | None]:
    assert found.kind == "list"
    assert [item.title for item in found.items] == list(HEADLINES)
    return [item.published for item in found.items]


OVER_A_MONTH = ["26-11-20", "26-11-18", "26-11-03", "26-10-28", "26-10-09", "26-09-30"]
WANTED = ["2026-11-20", "2026-11-18", "2026-11-03", "2026-10-28", "2026-10-09", "2026-09-30"]


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("mark", ["-", "/", "."])
def test_a_sorted_list_over_a_month_shows_where_the_year_stands(row: str, mark: str, pack: Pack) -> None:
    assert days_of(listing([day.replace("-", mark) for day in OVER_A_MONTH], pack, row=row)) == WANTED


def test_the_oldest_may_stand_first(pack: Pack) -> None:
    found = listing(OVER_A_MONTH[::-1], pack)
    assert days_of(found) == WANTED[::-1]


def test_the_year_may_stand_last(pack: Pack) -> None:
    days = ["20-11-26", "18-11-26", "03-11-26", "28-10-26", "09-10-26", "30-09-26"]
    assert days_of(listing(days, pack)) == WANTED


WITHIN = ["26-11-20", "26-11-19", "26-11-18", "26-11-16", "26-11-12", "26-11-03"]
"""Six days of one November, or the 26th of six Novembers."""


@pytest.mark.parametrize("row", ROWS)
def test_what_may_be_read_in_two_ways_is_not_read(row: str, pack: Pack) -> None:
    found = listing(WITHIN, pack, row=row)
    assert days_of(found) == [None] * 6
    assert found.flags == (UNREAD,)


@pytest.mark.parametrize(
    "more",
    [
        {"foot": "最后更新：2026年11月20日"},
        {"href": "/xw/202611/{n}.html"},
        {"href": "/xw/t20261121_{n}.html"},
        {"href": "/2026-11/t{n}.html"},
    ],
)
def test_an_address_or_a_day_in_full_shows_the_order(more: dict[str, str], pack: Pack) -> None:
    found = listing(WITHIN, pack, **more)
    assert days_of(found) == [f"20{day}" for day in WITHIN]
    assert found.flags == ()


def test_another_day_in_full_shows_the_other_order(pack: Pack) -> None:
    found = listing(WITHIN, pack, foot="这个专栏从2018年11月26日开始。")
    assert days_of(found) == ["2020-11-26", "2019-11-26", "2018-11-26", "2016-11-26", "2012-11-26", "2003-11-26"]


def test_days_that_show_both_orders_show_none(pack: Pack) -> None:
    found = listing(WITHIN, pack, foot="2026年11月20日，2018年11月26日")
    assert days_of(found) == [None] * 6


def test_an_apostrophe_says_where_the_year_stands(pack: Pack) -> None:
    for mark in ("'", "’"):
        assert days_of(listing([f"{mark}{day}" for day in WITHIN], pack)) == [f"20{day}" for day in WITHIN]


def test_years_of_the_last_century(pack: Pack) -> None:
    days = ["99/12/31", "99/12/04", "99/11/30", "98/11/20", "98/10/02", "98/01/05"]
    assert days_of(listing(days, pack)) == [f"19{day.replace('/', '-')}" for day in days]


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ("11/{d:02d}/2026", "2026-11-{d:02d}"),
        ("{d}/11/2026", "2026-11-{d:02d}"),
        ("Nov {d}, 2026", "2026-11-{d:02d}"),
        ("Nov. {d}, 2026", "2026-11-{d:02d}"),
        ("November {d}, 2026", "2026-11-{d:02d}"),
        ("{d} Nov 2026", "2026-11-{d:02d}"),
        ("{d} November 2026", "2026-11-{d:02d}"),
    ],
)
@pytest.mark.parametrize("row", ROWS)
def test_western_dates_beside_headlines(form: str, wanted: str, row: str, pack: Pack) -> None:
    days = (21, 20, 19, 17, 13, 8)
    found = listing([form.format(d=day) for day in days], pack, row=row)
    assert days_of(found) == [wanted.format(d=day) for day in days]


def test_days_without_a_year_are_read_as_before(pack: Pack) -> None:
    days = ["11-20", "11-19", "11-18", "11-16", "11-12", "11-03"]
    assert days_of(listing(days, pack, href="/xw/202611/{n}.html")) == [f"2026-{day}" for day in days]


def test_numbers_inside_a_headline_are_no_date(pack: Pack) -> None:
    row = ROWS[0].replace("{title}", "{title}：26-11-20的约定与一百个人")
    found = listing([f"2026-11-{day}" for day in (20, 19, 18, 16, 12, 11)], pack, row=row)
    assert [item.published for item in found.items] == [f"2026-11-{day}" for day in (20, 19, 18, 16, 12, 11)]
    assert found.flags == ()


def article(line: str, pack: Pack, *, url: str | None = None, tail: str = "") -> Article:
    html = (
        f"<meta charset=utf-8><title>江城公布玩具抽查的结果_江城网</title><h1>江城公布玩具抽查的结果</h1><p>{line}</p>"
        f"<div><p>工作人员走访了三十家商店，取回样品六十件。</p><p>大家把三个月里的记录重新核对了一遍，这才放下心来。{tail}</p></div>"
    )
    return article_of(Page(id="p-0", name="x", url=url, content=html.encode()), pack)


@pytest.mark.parametrize("line", ["26-11-20 10:30", "26/11/20", "时间：26.11.20 来源：江城日报", "发布时间：20-11-26"])
def test_a_single_date_that_may_be_two_is_not_read(line: str, pack: Pack) -> None:
    found = article(line, pack)
    assert (found.published, found.published_how, found.flags) == (None, None, (UNREAD,))


@pytest.mark.parametrize(
    ("line", "url", "tail", "wanted"),
    [
        ("26-11-20 10:30", "http://e.cn/2026/11/20/1.html", "", ("2026-11-20T10:30+08:00", "line")),
        ("20-11-26 10:30", "http://e.cn/202611/1.html", "", ("2026-11-20T10:30+08:00", "line")),
        ("发布时间：26/11/20", "http://e.cn/t20261120_1.html", "", ("2026-11-20", "label")),
        ("发布时间：26/11/20", None, "这是2026年11月20日的事情", ("2026-11-20", "line")),
        ("'26-11-20 来源：江城日报", None, "", ("2026-11-20", "line")),
        ("98-11-20", None, "", ("1998-11-20", "line")),
        ("31/12/20 08:05", None, "", ("2020-12-31T08:05+08:00", "line")),
        ("11/20/2026", None, "", ("2026-11-20", "line")),
        ("20/11/2026", None, "", ("2026-11-20", "line")),
        ("20 Nov 2026", None, "", ("2026-11-20", "line")),
        ("Nov. 20, 2026", None, "", ("2026-11-20", "line")),
        (
            "<span>2026</span><span>11/20</span><span>10:20:33</span> 来源：江城日报",
            None,
            "",
            ("2026-11-20T10:20:33+08:00", "line"),
        ),
        ("2026 11/20 来源：江城日报", None, "", ("2026-11-20", "line")),
        ("By Lin Xiaoyu | November 20, 2026", None, "", ("2026-11-20", "line")),
        ("26-11-20", "http://e.cn/t20251120_1.html", "", ("2025-11-20", "url")),
    ],
)
def test_a_single_date_is_read_where_something_shows_its_order(
    line: str, url: str | None, tail: str, wanted: tuple[str, str], pack: Pack
) -> None:
    found = article(line, pack, url=url, tail=tail)
    assert (found.published, found.published_how, found.flags) == (*wanted, ())


@pytest.mark.parametrize(
    "line",
    [
        "發布日期：115-11-20",
        "發布日期：115年11月20日",
        "張貼日期：115/11/20 點閱：31",
        "115.11.20",
        "發布日期 115-11-20 08:30",
    ],
)
def test_years_of_the_republic_without_its_name(line: str, pack: Pack) -> None:
    html = (
        f"<title>柳林縣公布玩具抽查結果</title><h1>柳林縣公布玩具抽查結果</h1><p>{line}</p><div><p>縣政府說，這次抽查的六十件玩具"
        "都寫上了編號，結果很快公布。</p><p>一位老師傅當場示範，怎麼樣把舊的秤調準，圍觀的人聽得很認真。</p></div>"
    )
    found = article_of(Page(id="p-0", name="x", content=html.encode()), pack)
    assert (found.published or "")[:10] == "2026-11-20"


def test_three_digits_are_no_year_in_simplified_characters(pack: Pack) -> None:
    assert article("115-11-20", pack).published is None


def test_a_list_with_years_of_the_republic(pack: Pack) -> None:
    days = ("20", "19", "18", "16", "12", "03")
    rows = "".join(
        f"<tr><td>115-11-{day}</td><td><a href=/{day}.html>柳林縣公布第{day}批玩具抽查結果</a></td></tr>"
        for day in days
    )
    html = f"<title>最新消息-柳林縣政府</title><h1>最新消息</h1><table>{rows}</table><p>縣政府的網站</p>"
    found = article_of(Page(id="p-0", name="x", content=html.encode()), pack)
    assert (found.kind, [item.published for item in found.items]) == ("list", [f"2026-11-{day}" for day in days])
