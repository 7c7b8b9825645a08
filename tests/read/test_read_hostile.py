"""Whatever comes from outside: never an exception, never a hang, and nothing lost in silence."""

# ruff: noqa: E501  (lists of odd words)

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from shida.pack import Pack, load_packs
from shida.read import page_text, read
from shida.read.depth import DEEPEST, cap_depth
from shida.read.lines import lines_of
from shida.records import Article, Dropped, Gap, Page, Restored

PACK = load_packs(("quality", "general"))
TAGS = ["div", "p", "a href=x", "td", "table", "li", "ul", "b", "pre", "br", "h1", "span style=display:none", "script", "form",
        "textarea", "select", "title", "!--", "body", "article", "meta name=PubDate content=2024-01-01", "svg", "font"]  # fmt: skip
WORDS = ["质量", "来源：", "2024年3月5日 10:30", "作者：", "记者", "1楼", "发表于", "十大", "1.", "●", "。", "，", "&#x4e00;", "&nbsp;", "\0",
         "京ICP备12345678号", "索引号：", "发文机关：", "网友评论", "http://", "(2026-01-28)", "…", "\u2028", "\x85", "<", ">", "&"]  # fmt: skip
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS]),
    st.sampled_from([f"</{tag.split(maxsplit=1)[0]}>" for tag in TAGS]),
    st.sampled_from(WORDS),
    st.text(max_size=8),
)


def read_all(page: Page, restored: Restored | None = None) -> tuple[Article, ...] | Dropped:
    text = page_text(page)
    if isinstance(text, Dropped):
        return text
    return read(page, restored or Restored(text=text.text), PACK, today="2026-11-22")


@settings(deadline=None, max_examples=80)
@given(
    st.lists(PIECES, max_size=60),
    st.sampled_from([None, "text/html", "text/plain"]),
    st.sampled_from(["utf-8", "gb18030"]),
)
def test_never_raises_and_repeats_itself(pieces: list[str], media_type: str | None, codec: str) -> None:
    content = "".join(pieces).encode(codec, "replace")
    page = Page(id="p-0", name="x", content=content, media_type=media_type)
    first = read_all(page)
    page_text.cache_clear()
    assert read_all(page) == first
    if not isinstance(first, Dropped):
        for article in first:
            assert "\0" not in article.text
            assert article.published is None or article.published[:10] <= "2026-11-22"


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=400), st.sampled_from([None, "text/html", "application/vnd.shida.article+json"]))
def test_bytes_of_any_kind(content: bytes, media_type: str | None) -> None:
    read_all(Page(id="p-0", name="x", content=content, media_type=media_type, url="http://[bad"))


@settings(deadline=None, max_examples=40)
@given(st.lists(PIECES, max_size=30), st.integers(0, 300), st.integers(0, 40))
def test_a_restored_text_that_does_not_fit_the_page(pieces: list[str], start: int, length: int) -> None:
    page = Page(id="p-0", name="x", content="<p>完全不同的一页，在这里。</p>".encode())
    gap = Gap(start=start, end=start + length, note="lost")
    read_all(page, Restored(text="".join(pieces), gaps=(gap,)))


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 60_000 + "文字在这里，还有一句。",
        "<a href=x>文" * 60_000,
        "<p>" * 60_000 + "文",
        "<td>一</td>" * 60_000,
        "<br>文，" * 60_000,
        "<p>2024年3月5日 10:30 发表于</p>" * 20_000,
        "来源：" * 60_000,
        "记者 " * 60_000,
        "<p>记者" + " 王小明" * 60_000,
        "<p>●十大" * 30_000,
        "<p>1.十大</p>" * 30_000,
        "（" * 100_000,
        "<p>" + "索引号：" * 50_000,
        "<!--" * 50_000,
        "<pre>" + "文\n" * 60_000,
        "<span style='display:none'>" * 30_000 + "文",
        "&#x4e00;" * 60_000,
        "京ICP备" * 50_000,
        "<li><a href=x>标题在这里呢</a> 2024-01-01</li>" * 15_000,
        "<p>同样的一段话，说了一遍又一遍，说了一遍又一遍，说了一遍又一遍，说了一遍又一遍。</p>" * 10_000,
        "<div style='display:none'>" * 9_000 + "文",
        "<custom>" * 60_000 + "文字在这里，还有一句。",
        '<p title="' + "长" * 1_000_000 + '">文字在这里，还有一句。',
        "<a href='" + "x" * 1_000_000 + "'>文字在这里，还有一句。</a>",
        "<p " + "a<b " * 50_000 + ">文字在这里，还有一句。",
        "<p>" + "没有换行的一大段，一直写下去。" * 230_000,
        "<p>" + "abc " * 2_500_000,
        "<pre title='" + "<pre " * 100_000 + "'>文\n",
        "<a href=1.doc>一</a>" * 30_000,
        "<a href=a_2.html>下一页</a>" * 30_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script><p>文字在这里，还有一句。",
    ],
    ids=lambda html: html[:14],
)
def test_time_is_bounded(html: str) -> None:
    start = time.process_time()
    read_all(Page(id="p-0", name="x", content=f"<html><body>{html}".encode()))
    assert time.process_time() - start < 10


def test_deep_text_is_kept_and_flagged() -> None:
    for tag in ("div", "span", "b", "section", "custom"):
        shallow, deep = (
            f"<p>上面的一句话，在外面。</p>{f'<{tag}>' * depth}最里面的一句话，也在。" for depth in (400, 700)
        )
        for html, flagged in ((shallow, False), (deep, True)):
            got = read_all(Page(id="p-0", name="x", content=f"<html><body>{html}".encode()))
            assert not isinstance(got, Dropped)
            assert "最里面的一句话" in got[0].text
            assert ("deep_nesting" in got[0].flags) == flagged, tag


@pytest.mark.parametrize(
    "html",
    [
        "<xmp>一段<b>原样</b>的话，{}</xmp>",
        "<p>前面一句话。</p><plaintext>{}<b>后面",
        "<template><script>if(a<b)</script></template><p>{}</p>",
        "<p a<b='c' d=\"e>f\">{}</p>",
        "<!-- <p> --><!--><p>{}</p><!--->",
        "<p>{}<?php echo 1 ?></p>",
        "<iframe><!-- </iframe><p>{}</p>",
        "<svg><text>图</text></svg><p>{}<svg></p>",
        "<table><tr><td>甲<p>{}</td></table>",
        "<a href=x><div>一个链接</div></a><p>{}</p>",
        "<noframes><p></noframes><p>{}</p>",
        "<select><option>一</select><p>{}</p>",
        '<p>文中写着 style="display:none" 的一句话，{}</p>',
    ],
)
def test_no_text_is_lost_to_odd_markup(html: str) -> None:
    words = "这句话应当读得出来，一个字也不能少。"
    got = read_all(Page(id="p-0", name="x", content=f"<html><body>{html.format(words)}".encode()))
    assert not isinstance(got, Dropped)
    assert words in got[0].text + got[0].title


@pytest.mark.parametrize("line", ["来源：", "1.", "●十大", "2024-01-01 ", "京ICP备"])
def test_plain_text_is_bounded(line: str) -> None:
    start = time.process_time()
    read_all(Page(id="p-0", name="x", content=(line + "文\n").encode() * 60_000))
    read_all(Page(id="p-0", name="x", content=line.encode() * 60_000))
    assert time.process_time() - start < 10


def test_a_long_repaired_page_is_aligned_in_bounded_time(pack: Pack) -> None:
    body = "".join(f"<p>第{number}段，说的是第{number}件事，大家都听见了。</p>" for number in range(3_000))
    html = f"<html><body><h1>很长的一页</h1>{body}"
    page = Page(id="p-0", name="x", content=html.encode())
    gaps = tuple(Gap(start=at, end=at + 1, note="lost") for at in range(40, len(html) - 10, 37))
    start = time.process_time()
    got = read(page, Restored(text=html, gaps=gaps), pack)
    assert time.process_time() - start < 10
    assert not isinstance(got, Dropped)
    for repair in got[0].repairs:
        whole = got[0].title if repair.of == "title" else got[0].text
        assert whole[repair.start : repair.end] == repair.before


@pytest.mark.parametrize("name", ["select", "noscript", "object", "xmp", "plaintext", "p<td", "a<b", "textarea"])
def test_what_is_never_closed_or_named_oddly_ends(name: str) -> None:
    html = (
        f"<p>首页<{name}><p>甲乙丙丁，戊己庚辛，一二三四五六七八九十。</{name}x><{name}<div>又一句，在后面，也在这里。"
        * 30
    )
    read_all(Page(id="p-0", name="x", content=html.encode()))
    assert len(lines_of(LexborHTMLParser(html)).lines) <= 600


def test_a_link_without_words_is_none_of_the_next_line() -> None:
    html = "<div><a href='/1'><img></a><a href='/2'><img></a></div><p><b>甲乙</b><a href='/3'>丙丁</a>戊"
    (line,) = lines_of(LexborHTMLParser(html)).lines
    assert (line.text, line.anchors, line.href) == ("甲乙丙丁戊", 1, "/3")


def test_long_names_of_elements_pile_up_no_higher() -> None:
    html, capped = cap_depth(f"<{'x' * 40}>" * 20_000 + "文")
    assert capped
    assert html.count("<") == DEEPEST
