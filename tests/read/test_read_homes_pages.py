"""Homes of blogs and forums as pages, and pages whose date says how long ago: from bytes to the article."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from layout_words import Doc
from layouts_homes import BLIND_HOMES, SEEN_HOMES, Post
from test_read_layouts import outcome_of

from shida.pack import Pack
from shida.records import Article, Page

AT = "2026-11-22T12:00:00+08:00"
SEEDS = range(1, 9)


def homes(layout: Callable[[Doc], str], pack: Pack) -> list[tuple[list[Post], Article]]:
    found = []
    for seed in SEEDS:
        doc = Doc(seed * 100 + 7, paragraphs=5)
        got = outcome_of(Page(id="p-0", name=layout.__name__, content=layout(doc).encode()), pack)
        assert isinstance(got, Article)
        found.append((list(doc.gold["posts"]), got))  # type: ignore[call-overload]
    return found


@pytest.mark.parametrize("layout", [*SEEN_HOMES, *BLIND_HOMES], ids=lambda layout: layout.__name__)
def test_a_home_is_a_list_of_its_posts(layout: Callable[[Doc], str], pack: Pack) -> None:
    for posts, article in homes(layout, pack):
        assert article.kind == "list"
        assert [(item.title, item.published, item.url) for item in article.items] == [post[:3] for post in posts]
        assert article.published is None
        assert not any(text in article.text for post in posts for text in post.text), "no body of several posts"


def page(line: str, behind: str = "", *, fetched: str | None = AT) -> Page:
    html = (
        "<html><head><title>江城公布玩具抽查结果_江城网</title></head><body><div><a href=/1>首页</a></div>"
        f"<h1>江城公布玩具抽查结果</h1>{line}<div><p>江城市市场监督管理局公布了玩具抽查的结果，一共六十件。</p>"
        f"<p>三天前，有人在门口贴出了新的价目表，大家都说公道，旁边的人听得很认真。</p></div>{behind}</body></html>"
    )
    return Page(id="p-0", name="x", url="http://example.com/a.html", content=html.encode(), fetched=fetched)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("<p>来源：江城日报 3小时前</p>", ("2026-11-22", "relative", "江城日报")),
        ("<p>来源：江城日报　昨天 10:20</p>", ("2026-11-21T10:20+08:00", "relative", "江城日报")),
        ("<div><span>江城日报</span> <span>2天前</span></div>", ("2026-11-20", "relative", None)),
        ("<p>发布时间：3小时前 来源：江城日报</p>", ("2026-11-22", "relative", "江城日报")),
        ("<p>来源：江城日报 2026-11-18 09:00</p>", ("2026-11-18T09:00+08:00", "line", "江城日报")),
        ("<p>上次登录：3小时前</p>", (None, None, None)),
        ("", (None, None, None)),
    ],
)
def test_a_relative_date_beside_the_source_is_the_page_s(line: str, wanted: Sequence[str | None], pack: Pack) -> None:
    got = outcome_of(page(line), pack)
    assert isinstance(got, Article)
    assert (got.published, got.published_how, got.source) == wanted
    if "前" in line or "昨" in line:
        unknown = outcome_of(page(line, fetched=None), pack)
        assert isinstance(unknown, Article)
        assert unknown.published is None


def test_relative_dates_of_readers_and_of_other_pages_are_not_the_page_s(pack: Pack) -> None:
    for behind in (
        "<h3>网友评论</h3><p>山里人 3小时前</p><p>说得好！</p><p>秤砣 5小时前</p><p>顶</p>",
        "<h3>相关阅读</h3><ul><li><a href=/3>河东换新秤引来关注</a> 3小时前</li></ul>",
    ):
        got = outcome_of(page("", behind), pack)
        assert isinstance(got, Article)
        assert got.published is None
