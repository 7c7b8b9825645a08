"""Choosing: floor, threads, themes, caps, and the one that stayed outside."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shida.pack.ranking import ListRule
from shida.rank.choosing import Choice, Runner, choose
from shida.rank.editions import editions_of, is_off_jubilee, jubilees_of, most_named
from shida.rank.titles import Likeness, TitleTable
from shida.records import Member

RULE = ListRule(name="甲", floor=0.5, diversity=0.5, likeness=0.6)


def runner(score: float, kind: str = "", theme: str = "", edition: str = "") -> Runner:
    return Runner(score=score, kind=kind, edition=edition, theme=theme, by_theme=0.4 if theme else 0.0)


def unlike(place: int) -> list[float]:
    return [0.0] * 20


def chosen(runners: list[Runner], rule: ListRule = RULE, limit: int = 10) -> tuple[list[Choice], Choice | None]:
    return choose(runners, unlike, rule, limit)


def places(runners: list[Runner], rule: ListRule = RULE, limit: int = 10) -> list[int]:
    return [choice.index for choice in chosen(runners, rule, limit)[0]]


def test_under_the_floor_places_stay_empty() -> None:
    assert places([runner(1.0), runner(0.4)]) == [0]


def test_likes_are_folded_and_near_likes_lose() -> None:
    runners = [runner(3.0), runner(2.9), runner(2.8), runner(2.6)]
    to_first = [1.0, 1.0, 0.5, 0.0]
    taken, _ = choose(runners, lambda place: to_first if place == 0 else [0.0] * 4, RULE, 10)
    assert [choice.index for choice in taken] == [0, 3, 2]
    assert taken[0].folded == [1]
    assert taken[2].like == 0


def test_one_edition_is_one_thread_unless_the_list_is_of_such_events() -> None:
    runners = [runner(3.0, edition="九届运动会"), runner(2.0, edition="九届运动会"), runner(1.0)]
    assert places(runners) == [0, 2]
    assert places(runners, replace(RULE, fold_editions=False)) == [0, 1, 2]


def test_a_theme_counts_once() -> None:
    runners = [runner(2.0, theme="粮食"), runner(1.9, theme="粮食"), runner(1.6)]
    assert places(runners) == [0, 2, 1]


def test_a_cap_holds_for_ten_places_and_grows_with_them() -> None:
    rule = replace(RULE, caps={"外交": 1})
    runners = [runner(9 - n / 10, kind="外交") for n in range(3)] + [runner(5 - n / 10) for n in range(12)]
    got = places(runners, rule, limit=15)
    assert [place for place, index in enumerate(got) if index < 3] == [0, 10, 14]


def test_the_first_outside_is_given_and_nothing_past_the_end() -> None:
    taken, outside = chosen([runner(3.0), runner(2.0), runner(1.0)], limit=2)
    assert [choice.index for choice in taken] == [0, 1]
    assert outside is not None
    assert outside.index == 2
    assert chosen([]) == ([], None)


def test_editions_tell_events_apart() -> None:
    assert editions_of("第九届花灯节开幕") != editions_of("第八届花灯节开幕")
    named = [editions_of(title) for title in ("第九届花灯节开幕", "第九届花灯节闭幕", "花灯亮了")]
    assert most_named(named) == "九届花灯节"
    assert most_named([*named, set(), set()]) == ""


def test_likeness_of_titles() -> None:
    titles = ("澜江大桥建成通车", "澜江大桥今日通车", "冷空气来袭", "")
    members = [Member(article=str(n), title=title, published="2031-03-01") for n, title in enumerate(titles)]
    same, other, far, none = Likeness(TitleTable(members), [[member] for member in members]).to_all(0)
    assert same > 0.999
    assert same > other > far == none == 0


@pytest.mark.parametrize("odd", ["百一一百周年", "十二5二周年庆典", "0周年", "9999周年", "第百百届会议"])
def test_odd_numbers_are_no_exception(odd: str) -> None:
    jubilees_of(editions_of(f"庆祝{odd}"))
    assert is_off_jubilee(odd) in (True, False)


def test_jubilees_of_one_number_are_one() -> None:
    named = [jubilees_of(editions_of(title)) for title in ("庆祝回归祖国二十五周年", "热烈庆祝建军25周年")]
    assert named[0] == named[1] == ("25周年",)
