"""Top-ten lists whose numbers stand in the mark-up and not in the text: <ol>, <ul>, start, reversed, value."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser
from test_read_layouts import article_of

from shida.pack import Pack
from shida.read.lines import lines_of
from shida.read.numbering import MOST_ENTRIES, MOST_LISTS, numbered
from shida.records import Article, Page

PLACES = ("江城", "河东", "青石镇", "柳林县", "临水", "南岗", "北门", "东街", "西市", "桥头")
EVENTS = [f"{place}的菜市场换上了新的公平秤，老街坊当场试称" for place in PLACES]


def entries(tag: str = "{}") -> str:
    return "".join(f"<li>{tag.format(event)}</li>" for event in EVENTS)


def article(block: str, pack: Pack, *, lead: str = "这些事情由读者投票选出，名单今天公布。") -> Article:
    html = (
        "<html><head><meta charset=utf-8><title>2025年质量十大新闻_江城网</title></head><body>"
        "<h1>2025年质量十大新闻</h1>"
        f"<p>2026-01-05 10:30 来源：江城日报</p><div><p>{lead}</p>{block}<p>投票一共进行了两个星期，有三千人参加。</p>"
        "</div></body></html>"
    )
    return article_of(Page(id="p-0", name="x", content=html.encode()), pack)


@pytest.mark.parametrize(
    "block",
    [
        f"<ol>{entries()}</ol>",
        f"<ol>{entries('<p>{}</p>')}</ol>",
        f"<ol>{entries('<div><b>{}</b></div><p>旁边的人听得很认真，都说这样才公道。</p>')}</ol>",
        f"<ol>{entries('<strong>{}</strong><br>大家这才放下心来，都说这样才公道。')}</ol>",
        f"<ol start='1'>{entries()}<li> </li></ol>",
        f"<ol>{entries().replace('</li>', '')}</ol>",
        "".join(
            f"<ol start={n}><li>{event}</li></ol><p>详细的情况写在告示上。</p>" for n, event in enumerate(EVENTS, 1)
        ),
        f"<noscript><ol><li>甲</li></ol></noscript><ol>{entries()}</ol>",
    ],
    ids=["plain", "paragraphs", "blocks", "lines", "start", "unclosed", "one each", "another beside"],
)
def test_a_numbered_list_is_ranked(block: str, pack: Pack) -> None:
    found = article(block, pack)
    assert found.kind == "top_ten"
    (top,) = found.lists
    assert (top.ranked, list(top.entries)) == (True, EVENTS)
    assert all(not line[:1].isdigit() for line in found.text.split("\n")), "the text is what the page says"


def test_a_list_that_counts_down_is_told_from_the_first(pack: Pack) -> None:
    values = "".join(f"<li value={10 - n}>{event}</li>" for n, event in enumerate(EVENTS))
    for block in (f"<ol reversed>{entries()}</ol>", f"<ol reversed start=10>{entries()}</ol>", f"<ol>{values}</ol>"):
        (top,) = article(block, pack).lists
        assert (top.ranked, list(top.entries)) == (True, EVENTS[::-1])


@pytest.mark.parametrize(
    "block",
    [
        f"<ul>{entries()}</ul>",
        f"<ol style='list-style: none'>{entries()}</ol>",
        f"<ol style='margin:0;list-style-type:disc'>{entries()}</ol>",
    ],
    ids=["ul", "no numbers", "discs"],
)
def test_a_list_without_numbers_is_not_ranked(block: str, pack: Pack) -> None:
    (top,) = article(block, pack).lists
    assert (top.ranked, list(top.entries)) == (False, EVENTS)


def test_what_the_page_says_of_its_order_counts_more_than_its_numbers(pack: Pack) -> None:
    (top,) = article(f"<p>十大新闻（排名不分先后）</p><ol>{entries()}</ol>", pack).lists
    assert (top.ranked, list(top.entries)) == (False, EVENTS)


def test_entries_keep_a_number_of_their_own(pack: Pack) -> None:
    own = "".join(f"<li>{n}、{event}</li>" for n, event in enumerate(EVENTS, 1))
    for tag in ("ol", "ul"):
        (top,) = article(f"<{tag}>{own}</{tag}>", pack).lists
        assert (top.ranked, list(top.entries)) == (True, EVENTS)


def test_a_numbered_list_under_no_such_name_is_none(pack: Pack) -> None:
    html = (
        "<title>秤的用法_江城网</title><h1>秤的用法</h1><p>2026-01-05 10:30</p><div>"
        f"<p>先把秤放平，再按下面的顺序来做。</p><ol>{entries()}</ol></div>"
    )
    found = article_of(Page(id="p-0", name="x", content=html.encode()), pack)
    assert (found.kind, found.lists) == ("article", ())


def test_a_list_of_a_few_names_without_numbers_is_none(pack: Pack) -> None:
    assert article("<ul><li>江城日报</li><li>河东晚报</li><li>南岗在线</li></ul>", pack).lists == ()


@pytest.mark.parametrize(
    "html",
    [
        "<ol>" * 3_000 + "甲",
        "<ol><li>甲</ol>" * (MOST_LISTS + 5),
        f"<ol>{'<li>甲' * (MOST_ENTRIES + 5)}</ol>",
        "<ol start=99999999999999999999><li>甲<li value=x>乙</ol>",
        "<ol start=-3 reversed><li>甲<li value=''>乙</ol>",
        "<ol><ol><li>甲</ol><li><ol><li>乙</ol></ol>",
        "<li>甲<li>乙",
        "<select><option>甲</select><object><ol><li>乙</ol></object><ol><li>丙</ol>",
    ],
)
def test_odd_lists_do_no_harm(html: str) -> None:
    tree = LexborHTMLParser(html)
    page = lines_of(tree)
    chosen = range(len(page.lines))
    assert len(numbered(page, chosen, tree)) == len(chosen)


def bare(block: str, pack: Pack, title: str = "2025年质量十大新闻") -> Article:
    """A page with the list and nothing else."""
    html = f"<meta charset=utf-8><title>{title}_江城网</title><h1>{title}</h1><p>2026-01-05 10:30</p>{block}"
    return article_of(Page(id="p-0", name="x", content=html.encode()), pack)


SHORT = [event.partition("，")[0] for event in EVENTS]
CELLS = "".join(f"<tr><td>{n}</td><td>{event}</td></tr>" for n, event in enumerate(SHORT, 1))


@pytest.mark.parametrize(
    "block",
    [
        f"<ol>{''.join(f'<li>{event}' for event in SHORT)}</ol>",
        f"<ol>{''.join(f'<li><a href={n}>{event}</a>' for n, event in enumerate(SHORT))}</ol>",
        f"<table>{CELLS}</table>",
        f"<table><tr><th>排名</th><th>新闻</th></tr>{CELLS}</table>",
        f"<table><tr><th>排名</th><th>新闻</th><th>得票</th></tr>{CELLS.replace('</tr>', '<td>37</td></tr>')}</table>",
    ],
    ids=["no prose", "links", "table", "heads", "votes"],
)
def test_a_list_without_a_sentence_is_found(block: str, pack: Pack) -> None:
    found = bare(block, pack)
    assert (found.kind, found.reader) == ("top_ten", "lines/1")
    (top,) = found.lists
    assert (top.ranked, list(top.entries)) == (True, SHORT)
    assert all(event in found.text for event in SHORT)


def test_two_such_lists_have_their_own_names(pack: Pack) -> None:
    one = "".join(f"<li>{event}" for event in SHORT)
    other = one.replace("<li>", "<li>海外")
    found = bare(f"<h3>国内十大新闻</h3><ol>{one}</ol><h3>国际十大新闻</h3><ol>{other}</ol>", pack)
    assert [(top.name, top.ranked, len(top.entries)) for top in found.lists] == [
        ("国内十大新闻", True, 10),
        ("国际十大新闻", True, 10),
    ]


def test_cells_that_count_something_else_are_no_ranks(pack: Pack) -> None:
    cells = "".join(f"<tr><td>{n * 3}</td><td>{event}</td></tr>" for n, event in enumerate(SHORT, 1))
    assert not any(top.ranked for top in bare(f"<table>{cells}</table>", pack).lists)


def test_a_box_of_such_a_list_beside_other_headlines_makes_no_list_of_a_front_page(pack: Pack) -> None:
    links = "".join(f"<li><a href=/{n}.html>{event}</a></li>" for n, event in enumerate(EVENTS * 4))
    html = f"<title>江城网</title><ul>{links}</ul><h3>十大新闻</h3><ol>{links[: links.index('/5.html')]}</ol>"
    found = article_of(Page(id="p-0", name="x", content=html.encode()), pack)
    assert (found.kind, found.lists) == ("index", ())
