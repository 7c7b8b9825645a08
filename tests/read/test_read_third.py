"""Twenty-four more layouts; a third of them was out of sight while the reader was mended for the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from layout_words import Doc
from layouts_third import THIRD
from selectolax.lexbor import LexborHTMLParser
from test_read_layouts import article_of, likeness

from shida.pack import Pack
from shida.read.bylines import byline
from shida.read.hiding import hide_far, show_invisible
from shida.read.labels import read_labels
from shida.records import Article, Notice, Page

SEEN = [layout for number, layout in enumerate(THIRD) if number % 3 != 2]
HELD_OUT = [layout for number, layout in enumerate(THIRD) if number % 3 == 2]
LENGTHS = (4, 7, 12)
Layout = Callable[[Doc], str]


def read_from(layouts: Sequence[Layout], pack: Pack) -> Iterator[tuple[dict[str, object], Article]]:
    for layout in layouts:
        for place, length in enumerate(LENGTHS):
            doc = Doc(1_000 + 100 * place + THIRD.index(layout), paragraphs=length)
            yield doc.gold, article_of(Page(id="p-0", name=layout.__name__, content=layout(doc).encode()), pack)


def wrong_in(gold: dict[str, object], found: Article) -> list[str]:
    """What is not as it should be."""
    notice = found.notice or Notice()
    got = {
        "published": (found.published or "")[:10],
        "how": found.published_how,
        "items": len(found.items),
        "attachments": len(found.attachments),
        **{name: getattr(notice, name) for name in ("issuer", "number", "index_number")},
        **{name: getattr(found, name) for name in ("kind", "title", "source", "author", "editor")},
    }
    wrong = [name for name in got if gold.get(name) is not None and gold[name] != got[name]]
    body = gold["body"]
    return [*wrong, "body"] if body is not None and likeness(found.text, str(body)) < 0.9 else wrong


@pytest.mark.parametrize("layout", SEEN, ids=lambda layout: layout.__name__)
def test_a_layout_is_read(layout: Layout, pack: Pack) -> None:
    assert [wrong_in(gold, found) for gold, found in read_from([layout], pack)] == [[], [], []]


def test_bodies_keep_their_floors(pack: Pack) -> None:
    """At first sight .984 and .976 (out of sight)."""
    for layouts, floor in ((SEEN, 0.985), (HELD_OUT, 0.97)):
        scores = [
            likeness(found.text, str(gold["body"]))
            for gold, found in read_from(layouts, pack)
            if gold["body"] is not None
        ]
        assert sum(scores) / len(scores) > floor


def test_what_else_is_read_out_of_sight_keeps_its_floor(pack: Pack) -> None:
    """At first sight 62 of 68 fields were right: three authors were not, nor where three dates were found."""
    fields = wrong = 0
    for gold, found in read_from(HELD_OUT, pack):
        fields += sum(value is not None for name, value in gold.items() if name != "body")
        wrong += len([name for name in wrong_in(gold, found) if name != "body"])
    assert fields > 60
    assert wrong <= 3


HIDDEN = "<div style='{}'>彩票平台官网，注册就送。</div><p>市里抽查了三十家商店的玩具，结果都写在黑板上。</p>"


@pytest.mark.parametrize(
    "style",
    [
        "position:absolute;left:-9999px",
        "position: fixed; top: -10000em",
        "text-indent:-999px",
        "LEFT : -5000px;width:1px",
    ],
)
def test_what_stands_far_off_the_screen_is_hidden(style: str) -> None:
    html = HIDDEN.format(style)
    tree = LexborHTMLParser(html)
    hide_far(tree, html)
    assert [node.attributes["style"] for node in tree.css("div")] == ["display:none"]


@pytest.mark.parametrize(
    "style",
    ["margin-left:-1480px;left:50%", "left:-120px", "visibility:hidden", "background-position:0 -1200px", "color:red"],
)
def test_other_styles_stay_as_they_are(style: str) -> None:
    html = HIDDEN.format(style)
    tree = LexborHTMLParser(html)
    hide_far(tree, html)
    assert [node.attributes["style"] for node in tree.css("div")] == [style]


@pytest.mark.parametrize(
    ("style", "beside", "wanted"),
    [
        ("visibility: hidden", "", True),
        ("VISIBILITY:hidden;opacity:0", "阅读 在看", True),
        ("visibility:hidden", "大家把三个月里的记录重新核对了一遍，结果都写在黑板上，谁都可以来看。", False),
        ("color:red", "", False),
    ],
)
def test_what_holds_most_of_the_text_is_shown(style: str, beside: str, wanted: bool) -> None:
    html = f"<!-- visibility --><div style='{style}'>市里抽查了三十家商店的玩具。</div><p>{beside}</p>"
    assert show_invisible(LexborHTMLParser(html), html) == wanted


def test_roles_on_lines_of_their_own_are_one_byline(pack: Pack) -> None:
    html = (
        "<title>菜市场换新秤</title><h1>菜市场换新秤</h1><p>本报实习生 周平 李芳</p><p>本报记者 王海生 陈立</p>"
        "<p>大家把三个月里的记录重新核对了一遍，结果写在黑板上，谁都可以来看。</p>"
    )
    found = article_of(Page(id="p-0", name="x", content=html.encode()), pack)
    assert found.author == "周平 李芳 王海生 陈立"


@pytest.mark.parametrize(
    "line", ["Powered by Discuz! 5.0", "Designed by somebody", "青石镇开店：记者走访", "记者探访新秤"]
)
def test_programs_and_acts_are_no_authors(line: str, pack: Pack) -> None:
    assert byline(line, pack) is None


def test_credits_at_the_end_are_no_text(pack: Pack) -> None:
    said = "大家把三个月里的记录重新核对了一遍，结果写在黑板上，谁都可以来看。"
    html = (
        f"<title>菜市场换新秤</title><h1>菜市场换新秤</h1><p>2026-11-20</p><div><p>{said}</p><p>{said}</p>"
        "<p>来源：江城日报</p><p>作者：林小雨</p><p>编辑：周平</p></div>"
    )
    found = article_of(Page(id="p-0", name="x", content=html.encode()), pack)
    assert (found.text, found.source, found.author, found.editor) == (f"{said}\n{said}", "江城日报", "林小雨", "周平")


def test_labels_in_two_languages(pack: Pack) -> None:
    labels = read_labels("来源 Source：江城日报 作者/Author：林小雨 编辑 Editor: 周平", pack)
    assert (labels.source, labels.author, labels.editor) == ("江城日报", "林小雨", "周平")
