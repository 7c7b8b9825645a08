"""What lies further off than three characters, and the counts as arrays."""

from __future__ import annotations

import numpy as np

from shida.restore.choosing import choose
from shida.restore.further import brackets, swallowed
from shida.restore.grams import built_in, chances_of, joined, keys_of, strings_of
from shida.restore.language import Counts, Language, PageGrams


def test_a_bracket_that_makes_the_others_match_is_wanted() -> None:
    assert brackets("他們說?檢驗》已經發布。", 3, 4, "")["《"] > 0
    assert brackets("他們說?檢驗已經發布。", 3, 4, "")["《"] < 0
    assert brackets("《檢驗?已經發布。“很好”。", 3, 4, "")["《"] < 0
    assert brackets("檢驗“很好?的。\n”", 5, 6, "")["”"] == 0  # a quotation may go on in the next line


def test_a_bracket_inside_the_stretch_counts() -> None:
    assert brackets("他們說?檢驗”很好", 3, 4, "“")["“"] < 0


def test_what_was_swallowed_is_taken_from_the_page_only_where_it_agrees() -> None:
    assert swallowed("0多名选手", PageGrams("有30多名选手，又有30多名选手")) == "3"
    assert swallowed("0多名选手", PageGrams("有30多名选手，又有20多名选手")) == ""
    assert swallowed("0多名選(xuǎn)手", PageGrams("有30多名选手")) == "3"
    assert swallowed("", PageGrams("")) == ""


def test_joined_counts_are_in_order_and_none_is_lost() -> None:
    tables = joined(built_in(), {"质量": 3.0, "\ue000\ue001\ue002": 2.0, "😀": 1.0, "😀好": 1.0}, 2.0)
    for length, (keys, often) in enumerate(tables, 1):
        assert (np.diff(keys.astype(np.float64)) >= 0).all()
        assert len(set(strings_of(keys, length))) == len(keys) == len(often)
    before = dict(zip(strings_of(built_in()[1][0], 2), built_in()[1][1].tolist(), strict=True))
    after = dict(zip(strings_of(tables[1][0], 2), tables[1][1].tolist(), strict=True))
    assert after["质量"] == before["质量"] + 6.0
    assert after.keys() == before.keys()  # what is beyond the first plane is left out
    assert len(tables[2][0]) == len(built_in()[2][0]) + 1


def test_the_chances_after_a_character_add_up_to_no_more_than_one() -> None:
    tables = built_in()
    chances = chances_of(tables)
    first = tables[1][0] >> np.uint64(16)
    total = chances.two[first == keys_of(["国"], 1)[0]].sum()
    assert 0.5 < total <= 1.0


def test_how_often_two_were_read_follows_from_their_chance() -> None:
    language = Language(Counts(on="2026-01-31", grams={"\ue000\ue001": 40}), ())
    assert abs(language.often("\ue000\ue001") - 40.0) < 0.01
    assert language.often("\ue001\ue000") == 0.0


def test_the_rest_of_the_page_decides_between_two_that_are_about_as_likely() -> None:
    language = Language(None, ())
    options, around = ("海", "福"), ("州", "康")
    page = PageGrams("杭州海康，杭州海康，杭州海康")
    found = choose(language, page, options, "杭" + around[0], around[1] + "的", (0, 1))
    assert found.after == "海"
    assert found.runner_up == "福"
