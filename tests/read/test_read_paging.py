"""Pages of one article: what links them, what does not, and whose each stretch of the joined text is."""

from __future__ import annotations

import random

import pytest
from layout_words import Doc
from test_read_layouts import article_of

from shida.pack import Pack
from shida.read import join_pages
from shida.read.joining import MOST_PAGES, page_of
from shida.read.paging import in_order, siblings
from shida.records import Article, Page

BASE = "http://news.example.com/2025/a.html"


def leaf(url: str, text: str, *links: str, **more: str) -> Article:
    return Article(id=f"a-{url}", page=f"p-{url}", url=url, text=text, next_pages=links, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://e.cn/a.html", "https://www.e.cn/a_2.html"),
        ("http://e.cn/a_2.html", "http://e.cn/a_3.html"),
        ("http://e.cn/a/", "http://e.cn/a/2/"),
        ("http://e.cn/a", "http://e.cn/a/page/2"),
        ("http://e.cn/x/index.html", "http://e.cn/x/index_1.html"),
        ("http://e.cn/x/", "http://e.cn/x/index_1.html"),
        ("http://e.cn/t20250101_123.html", "http://e.cn/t20250101_123_1.html"),
        ("http://e.cn/c_12.htm", "http://e.cn/c_12_2.htm"),
        ("http://e.cn/r.php?id=7", "http://e.cn/r.php?id=7&page=2"),
        ("http://e.cn/r.php?page=1&id=7", "http://e.cn/r.php?page=2&id=7"),
        ("saved/a.html", "saved/a-2.html"),
    ],
)
def test_addresses_of_one_article(one: str, other: str) -> None:
    assert siblings(one, other)
    assert siblings(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://e.cn/a.html", "http://e.cn/a.html#2"),
        ("http://e.cn/a.html", "http://f.cn/a_2.html"),
        ("http://e.cn/t20250101_123.html", "http://e.cn/t20250101_124.html"),
        ("http://e.cn/a.html", "http://e.cn/b_2.html"),
        ("http://e.cn/r.php?id=7&page=2", "http://e.cn/r.php?id=8&page=3"),
        ("http://bbs.e.cn/a.html", "http://bbs.e.cn/a_2.html"),
        ("http://e.cn/thread-7-1-1.html", "http://e.cn/thread-7-2-1.html"),
        ("http://e.cn/", "http://e.cn/2"),
    ],
)
def test_addresses_of_two_articles(one: str, other: str) -> None:
    assert not siblings(one, other)
    assert not siblings(other, one)


def pages_of(count: int, link: str = "numbers", canonical: bool = False) -> list[Page]:
    """An article over `count` pages as a site prints it; `link` is `numbers` or `onward` (上一页 and 下一页 only)."""
    doc = Doc(7, paragraphs=count * 3)
    names = ["a.html", *(f"a_{n}.html" for n in range(2, count + 1))]
    made = []
    for here, name in enumerate(names):
        text = "".join(f"<p>　　{line}</p>" for line in doc.body[here * 3 : here * 3 + 3])
        back = f'<a href="{names[here - 1]}">上一页</a> ' if here else ""
        on = f'<a href="{names[here + 1]}">下一页 &gt;</a>' if here + 1 < count else ""
        numbers = " ".join(
            f"<b>{n}</b>" if n == here + 1 else f'<a href="{one}">[{n}]</a>' for n, one in enumerate(names, 1)
        )
        mark = f"({here + 1})" if here else ""
        head = f'<link rel="canonical" href="{BASE}">' if canonical else ""
        html = (
            f"<html><head><meta charset=utf-8><title>{doc.title}{mark}_江城网</title>{head}</head><body>"
            f"<div>{doc.nav()}</div><h1>{doc.title}{mark}</h1><div>{doc.iso} {doc.clock} 来源：{doc.source}</div>"
            f"<div class=c>{text}</div><div class=pager>{back}{numbers if link == 'numbers' else ''} {on}</div>"
            f"<ul>{doc.links(6)}</ul>{doc.footer()}</body></html>"
        )
        url = BASE.replace("a.html", name)
        made.append(Page(id=f"p-{here:016x}", name=url, url=url, content=html.encode()))
    return made


@pytest.mark.parametrize("link", ["numbers", "onward"])
@pytest.mark.parametrize("canonical", [False, True])
@pytest.mark.parametrize("count", [2, 3, 12])
def test_the_pages_of_a_site_become_one_article(link: str, canonical: bool, count: int, pack: Pack) -> None:
    pages = pages_of(count, link, canonical)
    articles = [article_of(page, pack) for page in pages]
    addresses = {page.id: page.url or "" for page in pages}
    body = "\n".join(Doc(7, paragraphs=count * 3).body)
    for seed in range(3):
        random.Random(seed).shuffle(articles)
        (whole,) = join_pages(articles, addresses)
        assert whole.text == body
        assert whole.page == pages[0].id
        assert [part.page for part in whole.parts] == [page.id for page in pages]
        assert (whole.next_pages, whole.flags) == ((), ())
    own = {article.page: article.text for article in articles}
    for part in whole.parts:
        assert whole.text[part.start : part.end] == own[part.page]
    for start in range(0, len(body), 97):
        page, there = page_of(whole, start)
        assert body[start] == "\n" or own[page][there] == body[start]


def test_saved_files_without_addresses_are_joined_by_their_names(pack: Pack) -> None:
    pages = [
        Page(id=page.id, name=f"saved/{(page.url or '').rpartition('/')[2]}", content=page.content)
        for page in pages_of(3)
    ]
    articles = [article_of(page, pack) for page in pages]
    (whole,) = join_pages(articles, {page.id: page.name for page in pages})
    assert [part.page for part in whole.parts] == [page.id for page in pages]


@pytest.mark.parametrize("there", [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2)])
@pytest.mark.parametrize("link", ["numbers", "onward"])
def test_while_a_page_is_missing_all_stay_as_they_are_and_are_flagged(
    there: tuple[int, ...], link: str, pack: Pack
) -> None:
    pages = [pages_of(3, link)[number] for number in there]
    articles = [article_of(page, pack) for page in pages]
    found = join_pages(articles, {page.id: page.url or "" for page in pages})
    assert [one.text for one in found] == [one.text for one in articles]
    assert all(one.flags == ("pages_missing",) and not one.parts for one in found)


def test_the_next_article_is_no_further_page() -> None:
    one = leaf(f"{BASE}?page=1", "甲", f"{BASE}?page=2", title="江城公布玩具抽查结果")
    other = leaf(f"{BASE}?page=2", "乙", f"{BASE}?page=1", title="柳林县换了新的水表")
    assert join_pages([one, other]) == (one, other)


def test_a_page_of_another_time_is_no_further_page() -> None:
    one = leaf(BASE, "甲", f"{BASE}?page=2", title="街坊议事", published="2025-03-01T10:00+08:00")
    other = leaf(f"{BASE}?page=2", "乙", BASE, title="街坊议事", published="2025-03-02T11:00+08:00")
    assert join_pages([one, other]) == (one, other)


def test_a_page_of_comments_that_prints_the_text_again_is_not_joined() -> None:
    one = leaf(BASE, "甲方说了很多。", f"{BASE}?page=2")
    other = leaf(f"{BASE}?page=2", "甲方说了很多。", BASE)
    assert [found.text for found in join_pages([one, other])] == ["甲方说了很多。"] * 2


def test_of_very_many_pages_the_first_are_joined_and_flagged() -> None:
    urls = [BASE, *(BASE.replace("a.html", f"a_{n}.html") for n in range(2, MOST_PAGES + 6))]
    leaves = [leaf(url, f"第{n}页", *urls[: n - 1], *urls[n:]) for n, url in enumerate(urls, 1)]
    (whole,) = join_pages(leaves[:MOST_PAGES])
    assert len(whole.parts) == MOST_PAGES
    assert whole.flags == ("pages_missing",)
    assert list(whole.next_pages) == urls[MOST_PAGES:]
    assert len(join_pages(leaves[1 : MOST_PAGES + 1])) == MOST_PAGES, "the first page is missing"
    assert len(join_pages(leaves)) == 1


@pytest.mark.parametrize(
    "address", ["", "http://", "http://[", "//", "?", "a" * 5_000, "http://e.cn/" + "1_" * 2_000, "\ud800"]
)
def test_odd_addresses_do_no_harm(address: str) -> None:
    siblings(address, BASE)
    siblings(BASE, address)
    in_order([address, BASE])
    join_pages([leaf(address, "甲", BASE, address), leaf(BASE, "乙", address)])
