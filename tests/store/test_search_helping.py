"""Marks, suggestions, pinyin, and what is offered where nothing was found."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from search_newsroom import small_newsroom

from shida.pack import Pack
from shida.store import Newsroom
from shida.store.search import Filters, SearchIndex, find_marks, open_index, passages, search, suggest


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with small_newsroom(tmp_path_factory.mktemp("search") / "newsroom") as newsroom:
        yield newsroom


@pytest.fixture(scope="module")
def index(newsroom: Newsroom, pack: Pack) -> SearchIndex:
    return open_index(newsroom, pack)


@pytest.mark.parametrize(
    "query", ["黑颈鹤", "黑頸鶴 湿地", "国办发[2025]16号", "gdp", "86", "标题:童车", "黑颈鹤陆续南归"]
)
def test_marks_are_places_in_the_text_of_the_store(newsroom: Newsroom, index: SearchIndex, query: str) -> None:
    answer = search(index, query)
    assert answer.hits
    marked = 0
    for hit in answer.hits:
        passage = passages(newsroom, answer)[f"article:{hit.id}"]
        article = newsroom.article(hit.id)
        assert article is not None
        assert article.text[passage.start : passage.start + len(passage.text)] == passage.text
        for mark in (*passage.marks, *passage.title):
            assert 0 <= mark.start < mark.end
        marked += len(passage.marks) + len(passage.title)
    assert marked


def test_marks_do_not_cross_sentences_nor_cut_words() -> None:
    assert find_marks("中国。家电", ("国家",)) == ()
    assert find_marks("GDPs 与 GDP", ("gdp",))[0].start == 7
    text = "㎡与臺灣"  # folding makes the first character two
    (mark,) = find_marks(text, ("台湾",))
    assert text[mark.start : mark.end] == "臺灣"


def test_marking_is_linear() -> None:
    spent = []
    for size in (50_000, 100_000):
        start = time.process_time()
        find_marks("质量 " * size + "！" * size, ("质量强", "质量。强", "量！质"))
        spent.append(time.process_time() - start)
    assert spent[1] < 3 * spent[0] + 0.05


@pytest.mark.parametrize(("typed", "name"), [("scjgzj", "市场监管总局"), ("guowuyuanbangongting", "国务院办公厅")])
def test_pinyin_and_initials_stand_for_a_name(index: SearchIndex, typed: str, name: str) -> None:
    answer = search(index, typed)
    assert ([hint.code for hint in answer.hints], answer.terms) == (["pinyin"], (name,))
    assert answer.total == search(index, f"机构:{name}").total > 0


def test_a_latin_word_that_stands_in_a_text_is_no_pinyin(index: SearchIndex) -> None:
    assert search(index, "gdp").hints == ()


@pytest.mark.parametrize(
    ("prefix", "wanted"),
    [
        ("市场监", "市场监管总局"),
        ("市場監", "市场监管总局"),
        ("scjg", "市场监管总局"),
        ("关于健", "关于健全计量体系的意见"),
        ("gyjqjl", "关于健全计量体系的意见"),
        ("2025年质", "2025年质量十大新闻"),
        ("反垄", "反垄断"),
    ],
)
def test_suggestions_are_names_topics_and_documents(index: SearchIndex, prefix: str, wanted: str) -> None:
    assert wanted in [one.text for one in suggest(index, prefix)]


def test_odd_prefixes_are_answered(index: SearchIndex) -> None:
    for prefix in ("", " ", "<script>", "a" * 5000, "\x00", "（", "\ud800"):
        assert len(suggest(index, prefix, 5)) <= 5


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("市场临管总局 qqqq", None),
        ("童车 日期:1999", "童车"),
        ("来源:没有的报纸 童车", "童车"),
        ('"童车 合格"', "童车 合格"),
        ("标题:计两", None),
        ("机构:市监总菊", "机构:市监总局"),
    ],
)
def test_where_nothing_is_found_other_queries_are_offered_that_find(
    index: SearchIndex, query: str, offered: str | None
) -> None:
    answer = search(index, query)
    assert answer.near or answer.total == 0
    if offered is not None:
        assert offered in [one.query for one in answer.tries]
    for one in answer.tries:
        assert search(index, one.query).total > 0


def test_a_filter_that_leaves_nothing_is_offered_to_be_dropped(index: SearchIndex) -> None:
    answer = search(index, "童车", filters=Filters(year="1999"))
    assert [one.query for one in answer.tries] == []  # the same words: the page drops the filter
    assert answer.total == 0


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("童批", "童 批"),  # no text holds them one after the other
        ("标题:家电", "家电"),
        ("文号:2025年", None),
        ("来源:黑颈鹤", "黑颈鹤"),
    ],
)
def test_what_holds_nothing_is_looked_for_elsewhere(index: SearchIndex, query: str, offered: str | None) -> None:
    answer = search(index, query)
    assert not answer.hits
    assert [one.query for one in answer.tries][:1] == ([offered] if offered else [])
