from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from search_newsroom import ROWS, small_newsroom

from shida.pack import Pack
from shida.store.search import Filters, SearchIndex, open_index, search
from shida.text.ngrams import fold, plain


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Iterator[SearchIndex]:
    with small_newsroom(tmp_path_factory.mktemp("search") / "newsroom") as newsroom:
        yield open_index(newsroom, pack)


def ids(index: SearchIndex, query: str) -> list[str]:
    return [hit.id for hit in search(index, query).hits]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("质量强市", ["a-01"]),
        ("質量強市", ["a-01"]),
        ("ＩＳＯ9001", ["a-05"]),
        ("iso9001", ["a-05"]),
        ("gdp", ["a-05"]),
        ("86", ["a-03"]),
        ("8", []),
        ("鹤", ["a-04"]),
        ("国家", ["a-03"]),  # not 中国。家电
        ("国。家电", ["a-07"]),
        ("号），要", ["a-02"]),
        ("5〕1", ["a-02"]),
        ("标题:童车", ["a-03"]),
        ("标题:家电", []),
        ("标题：鹤 日期:2024-04", ["a-04"]),
        ("來源:新华社", ["a-02"]),
        ("来源:新华", ["a-02"]),
        ("机构:SAMR", ["a-03", "a-01"]),
        ("机构:市监总局 童车", ["a-03"]),
        ("机构:市場監管總局 -童车", ["a-01"]),
        ("文号:国办发[2025]16号", ["a-02"]),
        ("国办发（2025）16号", ["a-02"]),
        ("文号:国办发2025", ["a-02"]),
        ("文号:2025", ["a-02"]),
        ("文号:86", []),  # in a text, in no number
        ("日期:2025-03", ["a-03", "a-02"]),
        ("日期:2025-03-01..2025-03-10", ["a-02"]),
        ("日期:十四五 计量", ["a-02"]),
        ("日期:2025.. -童车", ["a-02", "a-01"]),
        ("童车 OR 计量", ["a-02", "a-03"]),
        ('"抽查童车"', ["a-03"]),
        ("“抽查童车”", ["a-03"]),
        ("主题:计量", ["a-02"]),
        ("童车 合格", ["a-03"]),
    ],
)
def test_a_query_finds_what_it_says(index: SearchIndex, query: str, wanted: list[str]) -> None:
    answer = search(index, query)
    assert not answer.near
    assert sorted(hit.id for hit in answer.hits) == sorted(wanted)


def test_every_fragment_finds_the_text_that_holds_it(index: SearchIndex) -> None:
    """Cut anywhere: through numbers, across punctuation, one character alone."""
    for made, _, text, *_ in ROWS:
        assert text is not None
        for size in (1, 2, 3, 5, 9):
            for start in range(len(text) - size):
                piece = text[start : start + size]
                if plain(piece).isascii():  # part of a number or Latin word: those are found whole
                    continue
                answer = search(index, f'"{piece}"', limit=20)
                holders = {
                    m for m, title, t, *_ in ROWS if fold(piece) in fold(t or "") or fold(piece) in fold(title or "")
                }
                found = {article for hit in answer.hits for article in hit.articles}
                assert made in found, piece
                assert answer.total >= len(holders)


def test_total_counts_articles_and_copies_stand_under_one(index: SearchIndex) -> None:
    answer = search(index, "黑颈鹤")
    assert answer.total == 2
    assert [(hit.id, hit.articles) for hit in answer.hits] == [("a-04", ("a-04", "a-06"))]
    turned = search(index, "黑颈鹤北归（转载）")  # words of the copy alone
    assert [(hit.id, hit.articles) for hit in turned.hits] == [("a-06", ("a-06",))]
    newest = search(index, "日期:2024-04")  # the copy is newer
    assert [(hit.id, hit.articles) for hit in newest.hits] == [("a-04", ("a-04", "a-06"))]


def test_stories_facts_and_editions_stand_beside(index: SearchIndex) -> None:
    answer = search(index, "计量")
    assert [hit.kind for hit in answer.hits] == ["article"]
    assert {hit.kind for hit in answer.also} == {"document", "story"}
    document = search(index, "类型:文件 计量").hits[0]
    assert (document.title, document.articles) == ("《关于健全计量体系的意见》", ("a-02",))
    assert [hit.id for hit in search(index, "类型:榜单 质量").hits] == ["e-2025"]
    assert [hit.id for hit in search(index, "质量", filters=Filters(kind="edition")).hits] == ["e-2025"]


def test_what_comes_near_is_called_near(index: SearchIndex) -> None:
    answer = search(index, "黑颈鹤陆续南归")
    assert answer.near
    assert answer.hits[0].id in ("a-04", "a-06")
    assert "near" in {hint.code for hint in answer.hints}


def test_pages_follow_each_other(index: SearchIndex) -> None:
    whole = ids(index, "日期:2024..2025")
    pieces: list[str] = []
    offset: int | None = 0
    while offset is not None:
        answer = search(index, "日期:2024..2025", limit=2, offset=offset)
        pieces += [hit.id for hit in answer.hits]
        offset = answer.following
    assert len(whole) == 5  # a-06 stands under a-04
    assert set(whole) <= set(pieces)


def test_filters_and_facets_agree(index: SearchIndex) -> None:
    answer = search(index, "日期:2024..2025", facets=True)
    for facet in answer.facets:
        if facet.name == "kind":
            continue
        for bucket in facet.buckets:
            narrowed = search(index, "日期:2024..2025", filters=Filters(**{facet.name: bucket.value}))
            assert narrowed.total == bucket.count, (facet.name, bucket)
    assert {one.value: one.count for one in answer.facets[1].buckets} == {"2025": 3, "2024": 3}


def test_odd_input_is_answered(index: SearchIndex) -> None:
    rng = random.Random(5)
    alphabet = '质量鹤ab12 :：-"“”|ORＯＲ日期标题机构类型主题文号()[]〔〕*?~^\\/{}+&!.,，。\n\t\x00\ud800😀ﬃ①'
    for _ in range(1500):
        query = "".join(rng.choice(alphabet) for _ in range(rng.randrange(40)))
        answer = search(index, query, limit=5)
        assert answer.query == query
        assert len(answer.hits) <= 5
    for query in (
        "",
        " ",
        "-",
        '"',
        ":",
        "标题:",
        "日期:",
        "OR",
        "OR OR",
        "-OR",
        '""',
        "-" * 500,
        "质" * 5000,
        "a " * 3000,
    ):
        search(index, query, facets=True)


def test_limits_are_kept(index: SearchIndex) -> None:
    assert len(search(index, "日期:2000..", limit=10**9, offset=-5).hits) == 5
    assert search(index, "鹤", limit=0).hits
    assert not search(index, "鹤", offset=10**12).hits
