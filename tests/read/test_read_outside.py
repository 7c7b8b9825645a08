"""Addresses, pagers, trails and times from outside: anything may stand there, and nothing of it raises or hangs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from shida.read import join_pages
from shida.read.homes import find_posts
from shida.read.lines import lines_of
from shida.read.lists import dated_item, find_top_lists
from shida.read.nearness import date_beside, is_banner, relative_date, short_date, yearless_date
from shida.read.offers import pages_beside
from shida.read.paging import bare, believed, in_order, same_site, siblings, whole
from shida.read.trail import section_of
from shida.records import Article, Page

ANY = st.text(max_size=60)
ADDRESS = st.one_of(
    ANY,
    st.from_regex(r"(https?:)?//[a-z.\[\]:@%0-9]{0,20}/[a-z0-9_./?&=#%-]{0,40}", fullmatch=True),
    st.from_regex(r"[a-z]{0,5}[_/-]?[0-9]{0,25}(\.html)?(\?p(age)?=[0-9]{0,30})?", fullmatch=True),
)
TIME = st.one_of(ANY, st.from_regex(r"[0-9一二三十两半]{0,4}\s?(秒|分钟|小时|天|周|个月|年)前", fullmatch=True))
MOMENT = st.one_of(st.none(), ANY, st.datetimes().map(str), st.datetimes(timezones=st.timezones()).map(str))


@settings(max_examples=300, deadline=None)
@given(ADDRESS, ADDRESS)
def test_any_two_addresses_can_be_compared(one: str, other: str) -> None:
    assert siblings(one, other) == siblings(other, one)
    assert sorted(in_order([one, other])) == sorted((one, other))
    assert in_order([one, other]) == in_order([other, one])
    assert same_site(one, one)
    assert bare(bare(one)) is not None
    whole(one, other)
    assert believed(one, other) in (one, other)


@settings(max_examples=200, deadline=None)
@given(TIME, MOMENT, ADDRESS)
def test_any_time_and_moment_give_a_date_or_none(text: str, moment: str | None, url: str) -> None:
    for found in (
        relative_date(text, moment),
        date_beside(text, moment),
        yearless_date(text, moment, url, text),
        short_date(2, 29, moment, url),
    ):
        assert found is None or found[:4].isdigit()
    is_banner(text, moment)
    dated_item(f"江城公布抽查结果 {text}", moment, url)
    find_top_lists(["十大新闻", text, text, text], ("十大",))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(ADDRESS, ANY, st.lists(ADDRESS, max_size=4)), max_size=6))
def test_any_articles_can_be_joined_and_none_is_lost(given_articles: list[tuple[str, str, list[str]]]) -> None:
    articles = [
        Article(id=f"a-{number}", page=f"p-{number}", url=url, text=text, next_pages=tuple(links))
        for number, (url, text, links) in enumerate(given_articles)
    ]
    joined = join_pages(articles)
    there = [part.page for one in joined for part in one.parts] + [one.page for one in joined if not one.parts]
    assert sorted(there) == [article.page for article in articles]
    assert {one.id for one in join_pages(articles[::-1])} == {one.id for one in joined}
    own = {article.page: article.text for article in articles}
    for one in joined:
        assert all(one.text[part.start : part.end] == own[part.page] for part in one.parts)


PIECES = (
    "<a href=a_2.html>下一页</a>",
    "<a href='a_3.html'>3</a>",
    "<a>上一页</a>",
    "<h2><a href=/p>一条长长的标题</a></h2>",
    "2024-05-01 10:00",
    "<p>甲，乙。很长的一句话，没有什么意思。</p>",
    "当前位置：首页 > 新闻 >",
    "<div>",
    "</div>",
    "<a href=",
    "\0",
    "&#xffff;",
)
MARKUP = st.lists(st.sampled_from(PIECES), max_size=40)


@settings(max_examples=150, deadline=None)
@given(MARKUP, ADDRESS)
def test_any_mark_up_has_pages_posts_and_a_section_or_none(parts: list[str], url: str) -> None:
    html = "".join(parts)
    pages_beside(Page(id="p-0", name="x", url=url, content=html.encode(), media_type="text/html"))
    lines = lines_of(LexborHTMLParser(html))
    find_posts(lines, html[:40], url)
    section_of(lines, None, "")


@pytest.mark.parametrize(
    "text",
    [
        "首页 >" * 20_000,
        "当前位置：" + " > " * 50_000,
        "1天前" * 30_000,
        "[" * 50_000 + "3小时前",
        "_1" * 50_000,
        "?page=1&" * 20_000,
        "/" * 100_000,
        "第一名" * 30_000,
        "NO.1 " * 30_000,
    ],
)
def test_long_texts_cost_little(text: str) -> None:
    began = time.process_time()
    section_of(lines_of(LexborHTMLParser(f"<p>{text}</p><h1>题目</h1>")), 1, "题目")
    relative_date(text, "2026-11-22T12:00:00+08:00")
    date_beside(text, "2026-11-22T12:00:00+08:00")
    dated_item(text, "2026-11-22T12:00:00+08:00", text)
    siblings(text, f"{text}_2")
    in_order([text, f"{text}_2"])
    believed(text, f"http://e.cn/{text}")
    find_top_lists(["十大新闻", text, text], ("十大",))
    assert time.process_time() - began < 1
