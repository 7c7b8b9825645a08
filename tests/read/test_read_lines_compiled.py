"""The compiled loops of reading give what those in Python give, on any mark-up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import test_read_layouts as layouts
from hypothesis import example, given, settings
from hypothesis import strategies as st
from layout_words import Doc
from selectolax.lexbor import LexborHTMLParser

from shida.read import files, finder, nesting, runs, walk
from shida.read.chunks import LEFT_OUT, simplify
from shida.read.line import Lines
from shida.read.nesting import DEEPEST

speedups = pytest.importorskip("shida.read.speedups", reason="shida was installed without a compiler")

AT_LEISURE = settings(deadline=None, max_examples=400)
NAMES = (
    *walk.LEAVES, "a", "ul", "table", "tr", "pre", "xmp", "plaintext", "prefix", "br", "hr", "img", "span", "b",
    "strong", "script", "select", "option", "textarea", "title", "svg", "noscript", "template", "form", "-hidden",
    "o:p", "pä", "averyveryverylongname",
)  # fmt: skip
ATTRIBUTES = (
    "href=x", "href='y&amp;z'", "name=q", "style='display:none'", "style='Visibility : hidden'", "style='font-size:0'",
    "style='font-size:12px'", "title='a>b<c'", "a<pre", "x<y=1", "class='类'", "title='甲 href=\"x\"'", "hidden",
)  # fmt: skip
TEXTS = (
    "质量", "2024年3月5日", "。", " ", "\n", "\t", "  ", "\r", "\v", "\f", "\xa0", "&nbsp;", "&amp;lt;", "&lt;b&gt;",
    "&quot;", "1", "２", "³", "😀", "𝟎", "\u3000", "\u200b", "\ufeff", "|", "·", "<", ">", "&", "<!-- 注 -->", "<!--",
    "-->", "\x85", "\u2028", ' style="display:none', "é", "abc", "\ud800", "12:30", ":", "3小时前", "前", "：“", "；",
    "26/11/20", "11.3.2026", "Nov. 3, 2026", "a 19２６", ", 2026", "-3", "。。，", "长" * 50,
)  # fmt: skip


def opening(name: str, attributes: list[str]) -> str:
    return f"<{' '.join((name, *attributes))}>"


PIECES = st.one_of(
    st.builds(opening, st.sampled_from(NAMES), st.lists(st.sampled_from(ATTRIBUTES), max_size=2)),
    st.sampled_from([f"</{name}>" for name in NAMES]),
    st.sampled_from(TEXTS),
    st.builds("<{0}>{1}<a href=x>{2}</a>{3}</{0}>".format, st.sampled_from(walk.LEAVES), *[st.sampled_from(TEXTS)] * 3),
    st.text(max_size=4),
)
PAGES = st.lists(PIECES, max_size=40).map("".join)


def written(html: str) -> list[str]:
    """What lexbor writes out of a page, and of two elements in it."""
    tree = LexborHTMLParser(html.encode("utf-8", "replace").decode())
    simplify(tree)
    root = tree.body or tree.root
    return [node.html or "" for node in (root, *tree.css("div, ul, p, td")[:2]) if node is not None]


def parts(page: Lines) -> tuple[object, ...]:
    addresses = [(line.href, line.link_title) for line in page.lines]
    found = page.lines, list(page.containers), page.texts, page.whole, page.deep, page.cut
    return *found, page.weights, page.marks, addresses


def alike(html: str) -> bool:
    return parts(speedups.walk(html)) == parts(walk.walk(html))


@AT_LEISURE
@given(PAGES)
@example('<p>一 style="<b style="display:none">二</b></p>')
@example("<ul><li style='display:none'>一<a href=x>二</a><li>三<i style='font-size:0'>四</i>五</ul>")
@example("<rt><p style='display:none'></p><select><xmp></select><rt></xmp></select></rt>一")
@example("<table><td>2026-11-18<a href=x>2026年</a>11<td><a>１</a>2<b>一</b>&amp;nbsp;</table>")
def test_lines_of_what_is_written_out_are_alike(page: str) -> None:
    for html in written(page):
        assert alike(html)


@AT_LEISURE
@given(PAGES, st.integers(0, 400), st.integers(0, 400))
def test_lines_of_any_text_are_alike(page: str, start: int, end: int) -> None:
    assert alike(page)
    html = written(page)[0]  # elements that are never closed, tags that never end
    assert alike(html[start:]) or '"' in html[start:].partition("<")[0]
    assert alike(html[:end])


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<",
        "一<",
        "<>",
        "< >",
        "</>",
        "<a ",
        "<p><a ",
        "<p><a >",
        "<p>一<a href=x>二</a>三</p",
        "<select>",
        "<select><option>一</select",
        '<p style="display:none',
        '<p style="display:none">一',
        '<video><h2 style="display:none"></video><nav style="display:none">一</nav>',
        "\ud800<p>\udfff</p>",
        "<div>" * (DEEPEST + 2) + "一" + "</div>" * (DEEPEST + 2),
        "<b>" * (DEEPEST + 2) + "一" + "</b>" * (DEEPEST + 2),
        "<p>一</p>" * (walk.MOST_LINES + 2),
        "一<br>" * (walk.MOST_LINES + 2),
        "<p>" + "一" * 100_000 + "<b>😀</b></p>",
    ],
    ids=lambda html: html[:12],
)
def test_edges_are_alike(html: str) -> None:
    assert alike(html)


WORDS = st.text("ab质量é1😀Ā", max_size=3)


@AT_LEISURE
@given(st.lists(WORDS, min_size=1, max_size=12), st.lists(st.text("ab质量é1😀Ā ", max_size=12), max_size=6))
def test_words_are_found_alike(words: list[str], texts: list[str]) -> None:
    assert speedups.Finder(words).said(texts) == finder.Finder(words).said(texts)
    firsts = frozenset("".join(words))
    assert speedups.beginning(texts, firsts) == finder.beginning(texts, firsts)


TAGS = ("<b>", "</b>", "<DIV a='>'>", "</div", "<p>", "<Br/>", "</", "<", "<1>", "<optgroup>", "<optgroupx>", "é", "ſ>")


@AT_LEISURE
@given(PAGES, st.sampled_from(["", "<image src=x>", "<IMG>", "<ScRiPt/>", "<svg\n>", "<noframes>", "<template>"]))
def test_no_kind_of_element_is_overlooked(page: str, more: str) -> None:
    html = (page + more).encode("utf-8", "replace").decode()
    tree = LexborHTMLParser(html)
    assert {kind for kind in LEFT_OUT if tree.css(kind)} <= {*speedups.may_hold(html)}
    assert "style" not in speedups.may_hold(html.replace("<style", ""))


@settings(deadline=None, max_examples=50)
@given(st.integers(DEEPEST - 6, DEEPEST), st.lists(st.sampled_from(TAGS), max_size=30).map("".join))
def test_depth_is_seen_alike(open_already: int, behind: str) -> None:
    many = "<p>" * nesting.SAFE
    for html in (
        f"{many}{'<i>' * open_already}{behind}",
        f"{many}{behind}",
        behind,
        f"一{'<i>' * open_already}{behind}{many}",
        f"😀{many}",
    ):
        assert speedups.is_deep(html) == nesting.is_deep(html)


WEIGHTS = st.one_of(st.sampled_from([-2.0, -5.0, -10.0, 0.0]), st.floats(-40, 800))


@AT_LEISURE
@given(st.lists(WEIGHTS, max_size=60), st.sets(st.integers(0, 60), max_size=6))
def test_runs_are_found_alike(weights: list[float], stops: set[int]) -> None:
    assert speedups.runs_of(weights, stops) == runs.runs_of(weights, stops)


NAMED = (".", "doc", "docx", "DocX", "docxx", "pdf", "7z", "et", "e", "t", "'", '"', ">", " ", "\u3000", "é", "😀", "ſ")


@AT_LEISURE
@given(st.lists(st.sampled_from(NAMED), max_size=9).map("".join))
def test_files_are_seen_alike(html: str) -> None:
    assert speedups.names_file(html) == files.names_file(html)


@pytest.mark.parametrize("layout", layouts.EVERY, ids=lambda layout: layout.__name__)
def test_layouts_are_alike(layout: Callable[[Doc], str]) -> None:
    for _, page in layouts.pages(layout):
        for html in written(page.content.decode()):
            assert alike(html)
