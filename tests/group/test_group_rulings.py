"""Rulings: what grouping is told of them, what they lead to, and that no order of them tears a story in two ways."""

from __future__ import annotations

import random

import msgspec
import pytest

from shida.errors import InputError
from shida.group import group
from shida.group.deciding import findings, merge, split, undo
from shida.group.lines import story_id
from shida.group.rulings import in_force
from shida.group.standing import Standing
from shida.pack import Pack
from shida.records import Article, Constraint, Member, Ruling, Story

AT = "2026-05-11T09:00:00+08:00"
HAPPENINGS = {
    "a": (
        ("松江口大桥合龙", "松江口大桥今天合龙，大桥连接江北新区与老城，是当地第一座双层斜拉桥。"),
        (
            "松江口大桥铺装桥面",
            "松江口大桥合龙后铺装桥面，双层斜拉桥连接江北新区，预计明年通车，施工单位说桥上将铺四条车道和两条人行道。",
        ),
    ),
    "b": (
        ("云岭茶博会开幕", "云岭茶博会今天开幕，四百家茶企参展，主办方发布茶叶分级标准。"),
        (
            "云岭茶博会闭幕",
            "云岭茶博会闭幕，参展茶企签下订单，茶叶分级标准受到采购商欢迎，主办方说明年仍在云岭会展中心举办。",
        ),
    ),
    "c": (
        ("青石河洪峰过境柳湾县", "青石河洪峰过境柳湾县，水位超警戒线，群众转移到安置点。"),
        (
            "青石河洪峰过后柳湾县水位回落",
            "青石河洪峰过境后水位回落，柳湾县安置点的转移群众陆续返家，水文站说下一轮降雨预计在周末到来，仍须防备。",
        ),
    ),
    "d": (
        ("飞船云帆二号返回舱着陆", "飞船云帆二号返回舱在戈壁着陆，三名航天员身体状态良好。"),
        (
            "云帆二号航天员出舱",
            "云帆二号返回舱着陆后航天员出舱，飞船搜救队员在戈壁迎接，返回舱随后由直升机吊运，送往航天城检查。",
        ),
    ),
}


def articles() -> list[Article]:
    """Four happenings of three articles each; the third of each is a copy of its second."""
    return [
        Article(
            id=f"{letter}{place}", page="p", title=title, text=text, published=f"2026-05-{number + 1 + 4 * place:02d}"
        )
        for number, (letter, (first, second)) in enumerate(HAPPENINGS.items())
        for place, (title, text) in enumerate((first, second, second))
    ]


ARTICLES = articles()


class Desk:
    """A newsroom in memory: rulings, runs, stories."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.rulings: list[Ruling] = []
        self.kept: list[int] = []
        self.stories: dict[str, Story] = {}
        self.shown: set[str] = set()
        self.run(ARTICLES)

    def run(self, new: list[Article] | None = None) -> tuple[Story, ...]:
        by_id = {one.id: one for one in ARTICLES}
        known = [(story, [by_id[member.article] for member in story.members]) for story in self.stories.values()]
        constraints = in_force(self.rulings, self.kept, carried_out=max(self.kept, default=0))
        self.kept.append(len(self.rulings))
        changed = group(new or [], self.pack, known=known, constraints=constraints)
        for story in changed:
            for alias in story.aliases:
                self.stories.pop(alias, None)
        self.stories.update({story.id: story for story in changed})
        self.shown |= self.stories.keys()
        return changed

    def standing(self) -> Standing:
        waiting = in_force(self.rulings, self.kept, carried_out=max(self.kept))
        return Standing(self.stories.values(), waiting, [one.part for one in self.rulings if one.part])

    def keep(self, ruling: Ruling) -> Ruling:
        self.rulings.append(msgspec.structs.replace(ruling, number=len(self.rulings) + 1))
        return self.rulings[-1]

    def merge(self, *stories: str) -> Ruling:
        return self.keep(merge(self.standing(), stories, by="林", at=AT, why="同一件事"))

    def split(self, story: str, *leaving: str) -> Ruling:
        return self.keep(split(self.standing(), story, leaving, by="林", at=AT, why="两件事"))

    def undo(self, number: int) -> Ruling:
        return self.keep(undo(self.rulings, number, by="周", at=AT, why="看错了"))

    def sets(self) -> dict[str, set[str]]:
        return {story.id: {member.article for member in story.members} for story in self.stories.values()}


A, B, C, D = (story_id(f"{letter}0") for letter in "abcd")


@pytest.fixture
def desk(pack: Pack) -> Desk:
    return Desk(pack)


def test_what_the_machine_does_by_itself(desk: Desk) -> None:
    assert desk.sets() == {story_id(f"{x}0"): {f"{x}0", f"{x}1", f"{x}2"} for x in "abcd"}
    assert [m.copy_of for m in desk.stories[A].members] == [None, None, "a1"]


def test_a_merge_taken_back_gives_the_old_id_back(desk: Desk) -> None:
    before = dict(desk.stories)
    desk.merge(B, A)
    desk.run()
    assert (desk.stories[A].aliases, B in desk.stories) == ((B,), False)
    desk.undo(1)
    desk.run()
    assert desk.sets()[B] == {"b0", "b1", "b2"}
    assert desk.stories[A].aliases == desk.stories[B].aliases == ()
    assert [desk.stories[one].title for one in (A, B)] == [before[one].title for one in (A, B)]
    reasons = {member.article: member.joined or "" for member in desk.stories[B].members}
    assert reasons["b0"].endswith("撤回 2026-05-11 的合并，看错了")
    assert desk.run() == ()


def test_a_merge_of_three_taken_back_gives_all_three_back(desk: Desk) -> None:
    desk.merge(C, A, B)
    desk.run()
    assert sorted(desk.stories[A].aliases) == sorted((B, C))
    desk.undo(1)
    desk.run()
    assert desk.sets() == {story_id(f"{x}0"): {f"{x}0", f"{x}1", f"{x}2"} for x in "abcd"}
    assert desk.run() == ()


def test_what_was_merged_before_keeps_its_own_old_ids(desk: Desk) -> None:
    desk.merge(B, C)
    desk.run()
    desk.merge(A, B)
    desk.run()
    assert sorted(desk.stories[A].aliases) == sorted((B, C))
    desk.undo(2)
    desk.run()
    assert desk.sets()[B] == {"b0", "b1", "b2", "c0", "c1", "c2"}
    assert desk.stories[B].aliases == (C,)
    assert desk.stories[A].aliases == ()
    desk.undo(1)
    desk.run()
    assert desk.sets()[C] == {"c0", "c1", "c2"}
    assert desk.run() == ()


def test_a_split_taken_back_is_one_story_under_the_id_it_had(desk: Desk) -> None:
    part = desk.split(A, "a0").part
    assert part not in (None, A)
    desk.run()
    assert desk.sets()[A] == {"a1", "a2"}
    desk.undo(1)
    desk.run()
    assert desk.sets()[A] == {"a0", "a1", "a2"}
    assert desk.stories[A].aliases == (part,)
    assert desk.run() == ()


def test_what_is_taken_back_before_a_run_leaves_nothing(desk: Desk) -> None:
    desk.merge(A, B)
    desk.undo(1)
    desk.split(C, "c1")
    desk.undo(3)
    assert in_force(desk.rulings, desk.kept) == ()
    assert desk.run() == ()


def test_the_later_of_two_that_contradict_counts(desk: Desk) -> None:
    part = desk.split(A, "a1").part
    assert part is not None
    desk.run()
    desk.merge(part, A)
    desk.run()
    assert desk.sets()[A] == {"a0", "a1", "a2"}
    again = desk.split(A, "a1").part
    desk.run()
    assert again == part, "the part has the address it had"
    assert desk.sets()[part] == {"a1", "a2"}
    said = findings(desk.standing(), desk.rulings[1:], desk.rulings)
    assert len(said) == 2
    assert "the later one, 2, counts" in said[0]
    assert "the later one, 3, counts" in said[1]


def test_what_was_merged_wrongly_has_its_address_again_when_it_is_split_off(desk: Desk) -> None:
    desk.merge(A, B, C)
    desk.run()
    assert desk.split(A, "b1", "b0", "c0").part == B
    desk.run()
    assert desk.sets()[B] == {"b0", "b1", "b2", "c0"}
    assert desk.stories[B].aliases == (C,)
    assert desk.sets()[A] == {"a0", "a1", "a2", "c1", "c2"}
    assert desk.stories[A].aliases == ()
    assert desk.run() == ()


def test_a_part_may_be_named_before_the_run_that_makes_it(desk: Desk) -> None:
    part = desk.split(A, "a1").part
    desk.merge(str(part), B)
    desk.split(B, "b0")
    desk.run()
    assert sorted(map(sorted, desk.sets().values())) == [
        ["a0"],
        ["a1", "a2", "b1", "b2"],
        ["b0"],
        ["c0", "c1", "c2"],
        ["d0", "d1", "d2"],
    ]
    assert desk.run() == ()


def test_what_is_named_and_is_not_there_is_said_and_harms_nothing(desk: Desk) -> None:
    stories = [Story(id=name, title=name, members=(Member(article=name[2:], title=""),)) for name in ("s-x", "s-y")]
    desk.keep(merge(Standing(stories), ["s-x", "s-y"], by="林", at=AT, why="x"))
    assert desk.run() == ()
    (said,) = findings(desk.standing(), desk.rulings, desk.rulings)
    assert "story s-x, story s-y are not there any more" in said
    assert "shida story undo 1" in said


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((A, A), "that is one story"),
        ((A,), "that is one story"),
        ((A, B[:-1] + ("0" if B[-1] != "0" else "1")), f"Did you mean {B}"),
        ((A, "nothing like it"), "shida stories"),
    ],
)
def test_a_merge_that_cannot_be(desk: Desk, names: tuple[str, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        desk.merge(*names)


def test_stories_that_are_one_already(desk: Desk) -> None:
    desk.merge(A, B)
    with pytest.raises(InputError, match="are one story already"):
        desk.merge(A, B)


@pytest.mark.parametrize(
    ("leaving", "words"),
    [
        (("a0", "a1"), "At least one has to stay"),
        (("b0",), f"in story {B} .*, not in {A}"),
        (("a00",), "Did you mean a0"),
        (("zz",), f"shida story show {A}"),
        ((), "name the articles"),
    ],
)
def test_a_split_that_cannot_be(desk: Desk, leaving: tuple[str, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        desk.split(A, *leaving)


@pytest.mark.parametrize("why", ["", " \n", "长" * 501])
def test_a_ruling_needs_a_reason(desk: Desk, why: str) -> None:
    with pytest.raises(InputError, match="reason"):
        merge(desk.standing(), [A, B], by="林", at=AT, why=why)
    with pytest.raises(InputError, match="--by"):
        merge(desk.standing(), [A, B], by=" ", at=AT, why="同一件事")


def test_odd_characters_of_a_terminal_are_kept_from_the_store(desk: Desk) -> None:
    ruling = merge(desk.standing(), [A, B], by="\udcff", at=AT, why="同\udc80一\n件\t事")
    assert (ruling.by, ruling.why) == ("?", "同?一 件 事")
    assert msgspec.json.decode(msgspec.json.encode(ruling), type=Ruling) == ruling


@pytest.mark.parametrize("seed", range(25))
def test_any_sequence_of_rulings_ends_as_it_was_foretold(pack: Pack, seed: int) -> None:
    desk, chance = Desk(pack), random.Random(seed)
    for _ in range(9):
        names = sorted(desk.standing().stories)
        act = chance.choice(("merge", "split", "split", "undo", "run"))
        open_rulings = [one.number for one in desk.rulings if one.kind != "withdraw"]
        try:
            if act == "merge":
                desk.merge(*chance.sample(names, min(len(names), chance.choice((2, 2, 3)))))
            elif act == "split":
                story = chance.choice(names)
                inside = sorted(desk.standing().stories[story].articles)
                desk.split(story, *chance.sample(inside, chance.randint(1, max(1, len(inside) - 1))))
            elif act == "undo" and open_rulings:
                desk.undo(chance.choice(open_rulings))
        except InputError:
            continue
        if act == "run":
            desk.run()
    foretold = sorted(sorted(story.articles) for story in desk.standing().stories.values())
    desk.run()
    assert sorted(map(sorted, desk.sets().values())) == foretold
    assert sorted(article for one in foretold for article in one) == sorted(one.id for one in ARTICLES)
    assert desk.run() == (), "what is done changes nothing"
    called = [name for story in desk.stories.values() for name in (story.id, *story.aliases)]
    assert len(called) == len(set(called)), "an id leads to one story"
    assert desk.shown <= set(called), "an id that was shown leads somewhere"


def test_constraints_without_rulings_still_do(pack: Pack) -> None:
    both = Constraint(kind="merge", stories=(A, B))
    (one,) = [story for story in group(ARTICLES, pack, constraints=[both]) if story.aliases]
    assert {member.article[0] for member in one.members} == {"a", "b"}
