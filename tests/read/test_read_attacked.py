"""What a page claims, and what is believed of it: dates of others, addresses of others, sections, notices."""

from __future__ import annotations

import pytest
from test_read_layouts import outcome_of

from shida.pack import Pack
from shida.records import Article, Page

AT = "2026-11-22T12:00:00+08:00"
URL = "http://www.example.com/xw/a.html"
BODY = "<p>　　江城市市场监督管理局公布了玩具抽查的结果，工作人员走访了三十家商店，取回样品六十件。</p>" * 2
TITLES = (
    "江城公布玩具抽查结果",
    "河东区开展水表检验工作",
    "柳林县举办质量月活动",
    "青石镇设立公平秤",
    "南岗学校公开进货单",
)


def read(
    *, head: str = "", above: str = "", line: str = "", body: str = BODY, behind: str = "", title: str = TITLES[0],
    url: str | None = URL, fetched: str | None = AT,
) -> Article:  # fmt: skip
    html = (
        f"<html><head><meta charset=utf-8><title>{title}_江城网</title>{head}</head><body>{above}<h1>{title}</h1>{line}"
        f"<div>{body}</div>{behind}</body></html>"
    )
    got = outcome_of(Page(id="p-0", name="x", url=url, content=html.encode(), fetched=fetched), PACKS[0])
    assert isinstance(got, Article)
    return got


PACKS: list[Pack] = []


@pytest.fixture(autouse=True)
def with_pack(pack: Pack) -> None:
    PACKS[:] = [pack]


@pytest.mark.parametrize(
    "part",
    [
        {"above": "<div>今天是2026年11月22日 星期日</div>"},
        {"above": "<div>2026年11月22日 星期日</div>"},
        {"above": "<div>2026年11月21日 星期六 农历十月十三</div>"},
        {
            "behind": "<ul><li><a href=/1>河东换新秤引来关注</a> 2026-11-21</li>"
            "<li><a href=/2>水表公布</a> 2026-11-20</li></ul>"
        },
        {"behind": "<h3>网友评论</h3><p>山里人 2026-11-21 10:00</p><p>说得好</p>"},
        {"behind": "<p>Copyright 2001-2026 江城网</p>"},
        {"line": "<p>2027-01-05 09:00 来源：江城日报</p>"},
        {"body": "<p>（2020年3月1日江城市人大通过，自2021年1月1日起施行）</p>" + BODY},
        {"head": '<meta property="article:modified_time" content="2026-11-21T10:00:00+08:00">'},
    ],
)
def test_a_date_that_is_not_the_page_s_own_is_refused(part: dict[str, str]) -> None:
    assert read(**part).published is None


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ({"line": "<p>二〇二六年一月</p>"}, ("2026-01", "line")),
        ({"line": "<p>发布日期：2026年1月</p>"}, ("2026-01", "label")),
        ({"line": "<p>1月27日 10:20 来源：江城日报</p>"}, ("2026-01-27T10:20+08:00", "context")),
        ({"line": "<p>12-30 来源：江城日报</p>"}, ("2025-12-30", "context")),
        ({"head": '<meta name="pubdate" content="1763608200000">'}, ("2025-11-20T11:10:00+08:00", "meta")),
        ({"line": '<time datetime="2026-11-20T10:00:00+08:00">前天</time>'}, ("2026-11-20T10:00:00+08:00", "meta")),
        (
            {"head": '<script type="application/ld+json">{"@type":"Article","datePublished":"2026-11-19",}</script>'},
            ("2026-11-19", "json-ld"),
        ),
        ({"head": '<meta name="pubdate" content="2026-11-20T23:30:00-05:00">'}, ("2026-11-21T12:30:00+08:00", "meta")),
    ],
)
def test_a_date_is_found_with_its_place_and_as_precise_as_it_is(part: dict[str, str], wanted: tuple[str, str]) -> None:
    article = read(**part)
    assert (article.published, article.published_how) == wanted


def test_a_day_without_a_year_is_unknown_where_nothing_says_the_year() -> None:
    assert read(line="<p>1月27日 10:20 来源：江城日报</p>", fetched=None).published is None
    with_year = "<p>江城2024年1月27日电 江城市市场监督管理局公布了玩具抽查的结果，取回样品六十件，都写在黑板上。</p>"
    assert (read(line="<p>1月27日 10:20</p>", fetched=None, body=with_year).published or "")[:10] == "2024-01-27"
    folder = read(line="<p>1月27日 10:20</p>", fetched=None, url="http://www.example.com/xw/2023/a.html")
    assert (folder.published or "")[:10] == "2023-01-27"


@pytest.mark.parametrize(
    ("declared", "known"),
    [
        ("https://www.example.com/xw/canon.html", "https://www.example.com/xw/canon.html"),
        ("https://m.example.com/xw/a.html", "https://m.example.com/xw/a.html"),
        ("https://gov.example.org/xw/a.html", URL),
        ("http://www.example.com/", URL),
        ("http://www.example.com", URL),
        ("javascript:alert(1)", URL),
    ],
)
def test_an_address_of_another_owner_or_of_a_front_page_is_not_believed(declared: str, known: str) -> None:
    """Else a page could take the place of any article, for the revision fetched last is the one that counts."""
    assert read(head=f'<link rel="canonical" href="{declared}">').url == known
    assert read(head=f'<meta property="og:url" content="{declared}">').url == known


@pytest.mark.parametrize(
    ("trail", "wanted"),
    [
        ("<div>当前位置：<a href=/>首页</a> &gt; <a href=/z/>质量监督</a> &gt; 正文</div>", "质量监督"),
        ("<div><a href=/>首页</a> &gt; <a href=/n/>新闻</a> &gt; <a href=/z/>抽查公告</a></div>", "抽查公告"),
        ("<p>您的位置： 网站首页 » 通知公告 » 江城公布玩具抽查结果</p>", "通知公告"),
        ("<div><a href=/>首页</a> | <a href=/n/>新闻</a></div>", "新闻"),
        ("<div>位置很好，首页也好看。</div>", None),
        ("", None),
    ],
)
def test_the_section_is_the_last_step_of_the_trail(trail: str, wanted: str | None) -> None:
    assert read(above=trail).section == wanted


def test_a_page_with_a_file_that_is_called_a_notice_is_one() -> None:
    file = "<p>附件：<a href='f/1.docx'>名单</a></p>"
    assert read(title="关于开展玩具抽查的通知", body=BODY + file).kind == "notice"
    assert read(title="关于开展玩具抽查的通知").kind == "article"
    assert read(body=BODY + file).kind == "article"


def lines_of_list(rows: list[str], fetched: str | None = AT) -> list[tuple[str, str | None, str | None]]:
    html = f"<html><head><title>通知公告-江城市</title></head><body><h2>通知公告</h2><ul>{''.join(rows)}</ul></body>"
    got = outcome_of(Page(id="p-0", name="x", url=URL, content=html.encode(), fetched=fetched), PACKS[0])
    assert isinstance(got, Article)
    assert got.kind == "list"
    assert [item.title for item in got.items] == list(TITLES)
    return [(item.title, item.published, item.url) for item in got.items]


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ('<li><a href="./t{n}.html">{t}</a><span>2026-11-1{n}</span></li>', "2026-11-1{n}"),
        ('<li><a href="./t{n}.html">{t}</a><span>11-1{n}</span></li>', "2026-11-1{n}"),
        ('<li><a href="./t{n}.html">{t}</a><span>12月1{n}日</span></li>', "2025-12-1{n}"),
        ('<li><div><b>1{n}</b><i>2026-11</i></div><a href="./t{n}.html">{t}</a></li>', "2026-11-1{n}"),
        ('<li><div><p>1{n}</p><p>2026.11</p></div><a href="./t{n}.html">{t}</a></li>', "2026-11-1{n}"),
        ('<li><a href="./t{n}.html">{t}</a><span>1{n}天前</span></li>', None),
        ('<li><a href="./t{n}.html">{t}</a><span>2027-11-1{n}</span></li>', ""),
    ],
)
def test_the_lines_of_a_list_have_whole_addresses_and_their_days(row: str, wanted: str | None) -> None:
    found = lines_of_list([row.format(n=number, t=title) for number, title in enumerate(TITLES)])
    for number, (_, published, url) in enumerate(found):
        assert url == f"http://www.example.com/xw/t{number}.html"
        if wanted is None:
            assert published == f"2026-11-{22 - 10 - number:02d}"
        else:
            assert published == (wanted.format(n=number) or None), "a day that has not come is none"


def test_without_a_moment_of_collecting_a_list_has_no_years() -> None:
    rows = [f'<li><a href="t{n}.html">{title}</a><span>11-1{n}</span></li>' for n, title in enumerate(TITLES)]
    assert {published for _, published, _ in lines_of_list(rows, None)} == {None}
