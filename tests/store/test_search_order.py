from __future__ import annotations

from pathlib import Path

import pytest
from search_newsroom import article, put

from shida.pack import Pack
from shida.store import Newsroom
from shida.store.search import open_index, search

ROWS = (
    ("b-01", "甲", "湖边，灯会开场。" + "夜里人来人往。" * 30, "2025-01-01", None),
    ("b-02", "乙", "湖边。灯会开场。", "2025-01-02", None),
    ("b-03", "丙", "湖边灯会开场，人来人往。", "2025-01-03", None),
    ("b-04", "丁", "灯会在湖边，开场很晚。", "2025-01-04", None),
    ("b-05", "戊", "编号20251122的灯会。" + "另有旧闻。" * 30, "2025-01-05", None),
    ("b-06", "己", "票价五元，当天有效。", "2025-01-06", None),
    ("b-07", "庚", "票价五元，当天有效。" + "其余照旧，不再多说。" * 40, "2025-01-07", None),
)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("湖边，灯会", "b-01"),  # the sign decides before length
        ("湖边。灯会", "b-02"),
        ("湖边 灯会", "b-03"),  # without a gap before apart
        ("在湖边，", "b-04"),
        ("五元，当天", "b-06"),  # the one that holds little else
    ],
)
def test_what_is_just_as_typed_comes_first(tmp_path: Path, pack: Pack, query: str, first: str) -> None:
    with Newsroom.open(tmp_path / "newsroom", create=True) as newsroom:
        put(newsroom, [article(row) for row in ROWS])
        assert search(open_index(newsroom, pack), query).hits[0].id == first


def test_signs_change_the_order_and_not_what_is_found(tmp_path: Path, pack: Pack) -> None:
    with Newsroom.open(tmp_path / "newsroom", create=True) as newsroom:
        put(newsroom, [article(row) for row in ROWS])
        index = open_index(newsroom, pack)
        found = [{hit.id for hit in search(index, query).hits} for query in ("湖边，灯会", "湖边。灯会", "湖边！灯会")]
        assert found == [{"b-01", "b-02", "b-03"}] * 3


def test_a_part_of_a_number_is_found_where_it_never_stands_alone(tmp_path: Path, pack: Pack) -> None:
    with Newsroom.open(tmp_path / "newsroom", create=True) as newsroom:
        put(newsroom, [article(row) for row in ROWS])
        index = open_index(newsroom, pack)
        assert [hit.id for hit in search(index, "2511").hits] == ["b-05"]
        assert not search(index, "2511").near
        put(newsroom, [article(("b-08", "辛", "第2511号灯。", "2025-01-08", None))])
        index.refresh()
        assert [hit.id for hit in search(index, "2511").hits] == ["b-08"]
