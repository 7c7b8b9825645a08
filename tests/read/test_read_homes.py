"""The posts of blogs' and forums' homes, and dates that say how long ago."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from layout_words import Doc
from layouts_homes import BLIND_HOMES, SEEN_HOMES, Post
from selectolax.lexbor import LexborHTMLParser
from test_read_layouts import EVERY

from shida.read.homes import find_posts
from shida.read.lines import lines_of
from shida.read.metadata import metadata_of
from shida.read.nearness import date_beside, relative_date
from shida.records import Item

AT = "2026-11-22T12:00:00+08:00"


def posts_found(html: str, url: str | None = None) -> tuple[Item, ...]:
    tree = LexborHTMLParser(html)
    return find_posts(lines_of(tree), metadata_of(tree).title or "", url)


@pytest.mark.parametrize("layout", [*SEEN_HOMES, *BLIND_HOMES], ids=lambda layout: layout.__name__)
def test_the_posts_of_a_home_are_found(layout: Callable[[Doc], str]) -> None:
    """At first sight the three out of sight gave titles and days of all posts, and the addresses of two of three."""
    for seed in range(1, 9):
        doc = Doc(seed * 100 + 7, paragraphs=5)
        found = posts_found(layout(doc))
        posts: list[Post] = doc.gold["posts"]  # type: ignore[assignment]
        assert [(item.title, item.published, item.url) for item in found] == [post[:3] for post in posts]


def test_addresses_of_posts_are_whole_where_the_home_s_is_known() -> None:
    doc = Doc(7)
    found = posts_found(SEEN_HOMES[2](doc), "https://bird.example.com/")
    assert found[0].url == "https://bird.example.com/blog/static/100.html"


def test_no_other_page_is_taken_for_a_home() -> None:
    taken = set()
    for layout in EVERY:
        for seed, length in enumerate((1, 2, 4, 7, 12)):
            if posts_found(layout(Doc(seed * 13 + 5, paragraphs=length))):
                taken.add(layout.__name__)
    assert taken == {"blog_home", "dated_div"}, "homes, and a list with a sentence to each headline"


@pytest.mark.parametrize(
    "html",
    [
        "<h2>甲乙丙丁戊己</h2><p>2024-05-01</p><p>甲，乙。</p>" * 4_000,
        "<b>2024-05-01 甲</b><p>很长的一段文字，说了很多的话，没有什么意思。</p>" * 4_000,
        "<a href=/x>一条长长的标题在这里</a><br>2024-05-01 10:00<br>" * 6_000,
        "<div>" * 600 + "<h3>一条长长的标题</h3>2024-05-01 发表于<p>文字，文字。</p>" * 50,
    ],
)
def test_large_pages_that_look_like_homes_cost_little(html: str) -> None:
    began = time.process_time()
    posts_found(html)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3小时前", "2026-11-22"),
        ("13 小时前", "2026-11-21"),
        ("半小时前", "2026-11-22"),
        ("59分钟前", "2026-11-22T11:01+08:00"),
        ("刚刚", "2026-11-22T12:00+08:00"),
        ("昨天 10:20", "2026-11-21T10:20+08:00"),
        ("前天下午3:05", "2026-11-20T15:05+08:00"),
        ("今天 08:05", "2026-11-22T08:05+08:00"),
        ("2天前", "2026-11-20"),
        ("十天前", "2026-11-12"),
        ("22天前", "2026-10-31"),
        ("1周前", "2026-11"),
        ("2周前", "2026-11"),
        ("3周前", "2026"),
        ("3个月前", "2026"),
        ("2年前", None),
        ("999年前", None),
        ("昨天 25:20", "2026-11-21"),
        ("三十年前的今天", None),
        ("", None),
    ],
)
def test_a_relative_date_is_as_precise_as_what_it_says(text: str, wanted: str | None) -> None:
    assert relative_date(text, AT) == wanted


def test_no_clock_is_asked_for_a_relative_date() -> None:
    for collected in (None, "", "yesterday", "0001-01-01", "9999-12-31T23:59:59+00:00"):
        assert relative_date("3小时前", collected) is None
    assert relative_date("3小时前", "2026-11-22T01:00:00+08:00") == "2026-11-21"
    assert relative_date("3小时前", "2026-11-21T18:00:00Z") == "2026-11-21", "in Chinese time it is two in the morning"
    assert relative_date("3小时前", "2026-11-22") == "2026-11", "the day alone does not say which of two days it was"


@pytest.mark.parametrize(
    "text", ["三天前，市里开始抽查。", "上次登录：3小时前", "最后回复 3小时前", "3小时前" + "长" * 80]
)
def test_a_relative_date_of_something_else_is_not_the_page_s(text: str) -> None:
    assert date_beside(text, AT) is None
