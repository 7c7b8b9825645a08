"""Names resolve by the day they were valid, in one pass, with code-point offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest

from shida.pack import Pack
from shida.pack.finding import find_names


@pytest.mark.parametrize(
    ("called", "day", "name"),
    [
        ("质检总局", "2012-03-15", "国家质量监督检验检疫总局"),
        ("市监总局", "2024", "国家市场监督管理总局"),
        ("SAMR", None, "国家市场监督管理总局"),
        ("国家药品监督管理局", "2001", "国家药品监督管理局（1998—2003）"),
        ("国家药品监督管理局", "2020-01", "国家药品监督管理局"),
        ("浙江省市场监管局", "2023", "浙江省市场监督管理局"),
        ("杭州市市场监管局", "2023", "杭州市市场监督管理局"),
        ("没有这样的机构", None, None),
    ],
)
def test_a_name_resolves_by_its_day(pack: Pack, called: str, day: str | None, name: str | None) -> None:
    assert pack.names.full_name(called, day) == name


def test_offsets_are_code_points_and_the_longest_wins(pack: Pack) -> None:
    text = "𠮷😀国务院办公厅与教育部门"
    found = find_names(text, pack)
    assert [(text[one.start : one.end], one.name.name) for one in found] == [("国务院办公厅", "国务院办公厅")]


@pytest.mark.parametrize(
    "text", ["全国人大代表说", "国务院总理", "市场监管总局局长" + "部" * 3, "佛罗里达州", "财政部部"]
)
def test_a_name_is_not_read_out_of_another_word(pack: Pack, text: str) -> None:
    assert not {"全国人民代表大会", "国务院", "达州市"} & {one.name.name for one in find_names(text, pack)}


def test_every_parent_and_successor_is_a_name(pack: Pack) -> None:
    known = {entry.name for entry in pack.names.all}
    for entry in pack.names.names:
        assert entry.parent is None or entry.parent in known, entry
        assert entry.successor is None or entry.successor in known, entry


def test_an_alias_means_one_body_on_a_day(pack: Pack) -> None:
    for called, entries in pack.names.by_alias.items():
        spans = sorted((entry.since or "", entry.until or "9999") for entry in entries)
        for (_, earlier_end), (later_start, _) in pairwise(spans):
            assert earlier_end < later_start, called


def test_every_authority_has_a_rank(pack: Pack) -> None:
    assert all(entry.rank in (1, 2, 3, 4, 5) for entry in pack.names.all)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("深圳市监局与杭州市市场监管局", ["深圳市市场监督管理局", "杭州市市场监督管理局"]),
        ("浙江省人民政府办公厅教育部", ["浙江省人民政府办公厅", "教育部"]),
        ("上海合作组织在上海市公安局", ["上海合作组织", "上海市公安局"]),
        ("海南藏族自治州公安局", ["海南藏族自治州公安局"]),
        ("浙江省公安局长", []),
    ],
)
def test_branches_are_found_behind_their_place(pack: Pack, text: str, names: list[str]) -> None:
    assert [one.name.name for one in find_names(text, pack)] == names


def test_a_word_is_called_the_same_with_and_without_the_table_of_branches(pack: Pack) -> None:
    for word, entries in list(pack.names.by_alias.items())[::37]:
        assert pack.names.called(word) == entries
