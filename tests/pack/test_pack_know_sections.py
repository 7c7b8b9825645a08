"""The word lists of documents, figures and happenings: known stages, no word twice, nothing that shadows itself."""

from __future__ import annotations

import pytest

from shida.pack import Pack

STAGES = {"drafted", "consulted", "adopted", "signed", "issued", "in_force", "amended", "repealed"}


def test_every_act_has_a_stage(pack: Pack) -> None:
    assert {act.stage for act in pack.documents.acts} == STAGES
    words = [act.word for act in pack.documents.acts]
    assert len(words) == len(set(words))


def test_an_ending_shows_one_kind(pack: Pack) -> None:
    assert pack.documents.kind_of["条例"] == "regulation"
    assert all(ending and not ending.isspace() for ending in pack.documents.kind_of)


def test_units_stand_once(pack: Pack) -> None:
    units = [*pack.figures.money, *pack.figures.measures, *pack.figures.counters]
    assert sorted(unit for unit in set(units) if units.count(unit) > 1) == []


@pytest.mark.parametrize("unit", ["年", "天", "小时", "分钟", "岁", "届", "日", "个月"])
def test_time_age_and_order_are_no_units(pack: Pack, unit: str) -> None:
    assert unit not in {*pack.figures.money, *pack.figures.measures, *pack.figures.counters}


def test_what_is_barred_behind_a_unit_is_a_unit(pack: Pack) -> None:
    units = {*pack.figures.money, *pack.figures.measures, *pack.figures.counters}
    assert sorted(set(pack.figures.not_after_unit) - units) == []
