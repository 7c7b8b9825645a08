"""What several articles say together, the files and further pages of one, and the marks of a site."""

from __future__ import annotations

import pytest
from test_read_layouts import article_of

from shida.pack import Pack
from shida.read import complete_titles, join_pages
from shida.records import Article, Item, Page, Repair

FIRST = "http://example.com/a.html"
SECOND, THIRD = "http://example.com/a_2.html", "http://example.com/a_3.html"


def article(url: str, text: str, *following: str, **more: str) -> Article:
    page = f"p-{url[-8:]}"
    return Article(id=f"a-{url[-8:]}", page=page, url=url, text=text, next_pages=following, **more)  # type: ignore[arg-type]


def test_pages_are_joined_in_their_order_whatever_order_they_came_in() -> None:
    first = article(FIRST, "甲", SECOND, THIRD)
    second = article(SECOND, "乙", FIRST, THIRD, author="林小雨")
    third = article(THIRD, "丙", FIRST, SECOND)
    other = article("http://example.com/b.html", "丁")
    for came in ((first, second, third, other), (third, other, second, first)):
        joined = join_pages(came)
        assert {one.text for one in joined} == {"甲\n乙\n丙", "丁"}
        whole = next(one for one in joined if one.text.startswith("甲"))
        assert (whole.id, whole.author, whole.next_pages) == (first.id, "林小雨", ())


def test_a_page_that_is_missing_can_come_later() -> None:
    first, third = article(FIRST, "甲", SECOND, THIRD), article(THIRD, "丙", FIRST, SECOND)
    waiting = join_pages([first, third])
    assert [(one.text, one.next_pages, one.flags) for one in waiting] == [
        ("甲", (SECOND, THIRD), ("pages_missing",)),
        ("丙", (FIRST, SECOND), ("pages_missing",)),
    ]
    (whole,) = join_pages([first, third, article(SECOND, "乙", FIRST, THIRD)])
    assert (whole.text, whole.next_pages, whole.flags) == ("甲\n乙\n丙", (), ())


def test_repairs_of_a_further_page_move_with_its_text() -> None:
    repair = Repair(of="text", start=0, end=1, before="己", rule="script", how="proved")
    second = Article(id="a-2", page="p-2", url=SECOND, text="已经", repairs=(repair,))
    (whole,) = join_pages([article(FIRST, "甲方", SECOND), second])
    (moved,) = whole.repairs
    assert whole.text[moved.start : moved.end] == "已"


def test_articles_without_further_pages_stay_as_they_are() -> None:
    articles = (article(FIRST, "甲"), article(SECOND, "乙"))
    assert join_pages(articles) == articles


@pytest.mark.parametrize(
    ("titles", "wanted"),
    [
        (["江城市场监管局公布玩具抽查结果"], "江城市场监管局公布玩具抽查结果"),
        (["江城市场监管局公布玩具抽查结果", "江城市场监管局公布水表抽查结果"], "江城市场监管局公布…"),
        (["别处的一件事情"], "江城市场监管局公布…"),
        ([], "江城市场监管局公布…"),
    ],
)
def test_a_headline_is_completed_where_one_title_fits(titles: list[str], wanted: str) -> None:
    listing = Article(id="a-0", page="p-0", kind="list", items=(Item(title="江城市场监管局公布…", truncated=True),))
    known = [Article(id=f"a-{n}", page="p-0", title=title) for n, title in enumerate(titles, 1)]
    assert complete_titles(listing, known).items[0].title == wanted


def test_an_address_is_better_than_a_beginning() -> None:
    listing = Article(
        id="a-0", page="p-0", kind="list", items=(Item(title="江城市场监管局公布…", url=FIRST, truncated=True),)
    )
    known = [
        Article(id="a-1", page="p-0", title="江城市场监管局公布玩具抽查结果", url=FIRST),
        Article(id="a-2", page="p-0", title="江城市场监管局公布水表抽查结果", url=SECOND),
    ]
    (item,) = complete_titles(listing, known).items
    assert (item.title, item.truncated) == ("江城市场监管局公布玩具抽查结果", False)


def page(number: int, foot: str = "江城报社", nav: str = "要闻") -> Page:
    links = "".join(f"<a href=/{word}>{word}</a> " for word in ("首页", nav, "财经", "体育", "质量"))
    text = f"第{number}天，检查人员称了{number}台秤，结果都写在黑板上，大家看得清清楚楚。" * 3
    html = (
        f"<html><head><title>第{number}天的检查结果</title></head><body><div>{links}</div><h1>第{number}天的检查结果</h1>"
        f"<p>2024-05-0{number} 来源：江城报</p><p>{text}</p><div>Copyright 2000-202{number} {foot} 版权所有</div>"
        f"<div>京ICP备12345678号-{number}</div></body></html>"
    )
    return Page(id="p-0", name="x", content=html.encode())


def test_the_pages_of_a_site_have_its_marks(pack: Pack) -> None:
    one, two = (article_of(page(number), pack).site for number in (1, 2))
    assert (one.footer, one.template) == (two.footer, two.template)
    assert one.footer is not None
    assert one.template is not None
    other = article_of(page(1, foot="河东报社", nav="社会"), pack).site
    assert other.footer != one.footer
    assert other.template != one.template


def test_files_get_whole_addresses(pack: Pack) -> None:
    html = (
        "<html><head><title>关于抽查的通知</title></head><body><h1>关于抽查的通知</h1><p>2024-05-01</p>"
        "<p>现将有关事项通知如下，请各单位遵照执行，并于月底之前报送结果。</p>"
        "<p>附件：<a href='./f/1.docx' title='名单'></a><a href='/f/2.PDF?x=1'>汇总表</a></p></body></html>"
    )
    source = Page(id="p-0", name="x", content=html.encode(), url="https://example.com/tz/a.html")
    found = article_of(source, pack).attachments
    assert [(one.name, one.url, one.kind) for one in found] == [
        ("名单", "https://example.com/tz/f/1.docx", "docx"),
        ("汇总表", "https://example.com/f/2.PDF?x=1", "pdf"),
    ]
