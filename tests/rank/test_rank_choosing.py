"""Choosing: floor, threads, themes, caps, and the one that stayed outside."""

from __future__ import annotations

from msgspec.structs import replace

from shida.pack.ranking import ListRule
from shida.rank.choosing import Runner, choose
from shida.rank.editions import edition_of, editions_of
from shida.rank.likeness import cosine, vectors

RULE = ListRule(name="甲", floor=0.5, diversity=0.5, likeness=0.6)


def runner(score: float, kind: str = "", theme: str = "", edition: str = "", **likeness: float) -> Runner:
    by_theme = 0.4 if theme else 0.0
    return Runner(score=score, kind=kind, edition=edition, theme=theme, by_theme=by_theme, likeness=likeness)


def places(runners: list[Runner], rule: ListRule = RULE, limit: int = 10) -> list[int]:
    return [choice.index for choice in choose(runners, rule, limit)[0]]


def test_under_the_floor_places_stay_empty() -> None:
    assert places([runner(1.0), runner(0.4)]) == [0]


def test_likes_are_folded_and_near_likes_lose() -> None:
    same, near, other = runner(2.9, a=1.0), runner(2.8, a=0.5, b=0.8), runner(2.6, c=1.0)
    taken, _ = choose([runner(3.0, a=1.0), same, near, other], RULE, 10)
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
    taken, outside = choose([runner(3.0), runner(2.0), runner(1.0)], RULE, 2)
    assert [choice.index for choice in taken] == [0, 1]
    assert outside is not None
    assert outside.index == 2
    assert choose([], RULE, 10) == ([], None)


def test_editions_tell_events_apart() -> None:
    assert editions_of("第九届花灯节开幕") != editions_of("第八届花灯节开幕")
    assert edition_of(["第九届花灯节开幕", "第九届花灯节闭幕", "花灯亮了"]) == "九届花灯节"
    assert edition_of(["花灯亮了", "第九届花灯节闭幕", "再见花灯"]) == ""


def test_cosine_of_vectors() -> None:
    same, other, far = vectors([["澜江大桥建成通车"], ["澜江大桥今日通车"], ["冷空气来袭"]])
    assert cosine(same, same) > 0.999
    assert cosine(same, other) > cosine(same, far) == 0
