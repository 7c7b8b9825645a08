"""Editors' merges and splits: done exactly, kept by later runs, in any way the grouper is carried on."""

from __future__ import annotations

from shida.group import Grouper, group
from shida.group.lines import story_id
from shida.pack import Pack
from shida.records import Article, Constraint, Story


def article(number: int, title: str, text: str, day: int) -> Article:
    return Article(id=f"a{number}", page="p", title=title, text=text, published=f"2024-05-{day:02d}")


BRIDGE = [
    article(1, "松江口大桥合龙", "松江口大桥今天合龙，大桥连接江北新区与老城，是当地第一座双层斜拉桥。", 1),
    article(2, "松江口大桥桥面铺装开工", "松江口大桥合龙后开始桥面铺装，双层斜拉桥预计明年通车。", 4),
    article(3, "松江口大桥施工方被约谈", "松江口大桥施工方因夜间噪声被约谈，大桥施工单位承诺调整双层斜拉桥的工期。", 6),
]
COPY = article(4, "转载：施工方被约谈", BRIDGE[2].text + "责任编辑：某某", 7)
FAIR = [article(11, "云岭茶博会开幕", "云岭茶博会今天开幕，四百家茶企参展。", 2)]
LATER = article(
    5, "松江口大桥施工方公布整改措施", "松江口大桥施工方因夜间噪声被约谈后公布整改措施，双层斜拉桥工期顺延。", 9
)
ALL = [*BRIDGE, COPY, *FAIR]
SPLIT = Constraint(kind="split", stories=(story_id("a1"),), articles=("a3",), by="林", on="2024-05-07")
MERGE = Constraint(kind="merge", stories=(story_id("a1"), story_id("a11")), by="林", on="2024-05-07")


def sets(stories: tuple[Story, ...]) -> set[frozenset[str]]:
    return {frozenset(member.article for member in story.members) for story in stories}


def known_of(stories: tuple[Story, ...]) -> list[tuple[Story, list[Article]]]:
    by_id = {one.id: one for one in [*ALL, LATER]}
    return [(story, [by_id[member.article] for member in story.members]) for story in stories]


def test_what_the_machine_does_without_editors(pack: Pack) -> None:
    assert sets(group(ALL, pack)) == {frozenset({"a1", "a2", "a3", "a4"}), frozenset({"a11"})}


def test_a_split_is_exact_and_takes_the_copies_along(pack: Pack) -> None:
    before = group(ALL, pack)
    after = group([], pack, known=known_of(before), constraints=[SPLIT])
    assert sets(after) == {frozenset({"a1", "a2"}), frozenset({"a3", "a4"})}
    old, part = sorted(after, key=lambda story: story.first or "")
    assert old.id == story_id("a1")
    # as if it had always been so
    (alone,) = group(BRIDGE[:2], pack)
    assert (old.title, old.lead, old.timeline) == (alone.title, alone.lead, alone.timeline)
    assert part.id == story_id("a3")
    assert "编辑林于 2024-05-07 从报道《松江口大桥" in (part.members[0].joined or "")


def test_a_split_holds_in_later_runs(pack: Pack) -> None:
    before = group(ALL, pack)
    after = {story.id: story for story in before}
    after.update({story.id: story for story in group([], pack, known=known_of(before), constraints=[SPLIT])})
    told = group([LATER], pack, known=known_of(tuple(after.values())), constraints=[SPLIT])
    assert not any({"a1", "a3"} <= one for one in sets(told))
    assert len(told) == 1


def test_done_is_done(pack: Pack) -> None:
    grouper = Grouper(pack)
    grouper.add(ALL)
    assert len(grouper.add([], [SPLIT])) == 2
    stories = grouper.stories()
    assert grouper.add([], [SPLIT]) == ()
    assert group([], pack, known=known_of(stories), constraints=[SPLIT]) == ()


def test_the_founder_may_be_split_away(pack: Pack) -> None:
    split = Constraint(kind="split", stories=(story_id("a1"),), articles=("a1",), by="林")
    after = group([], pack, known=known_of(group(ALL, pack)), constraints=[split])
    by_id = {story.id: {member.article for member in story.members} for story in after}
    assert by_id == {story_id("a1"): {"a2", "a3", "a4"}, story_id("a1/split"): {"a1"}}


def test_an_editor_may_say_that_a_copy_is_none(pack: Pack) -> None:
    split = Constraint(kind="split", stories=(story_id("a1"),), articles=("a4",), by="林")
    after = group([], pack, known=known_of(group(ALL, pack)), constraints=[split])
    (part,) = [story for story in after if story.id == story_id("a4")]
    assert [(member.article, member.copy_of) for member in part.members] == [("a4", None)]
    assert part.title == COPY.title


def test_a_merge_keeps_the_older_id(pack: Pack) -> None:
    (after,) = group([], pack, known=known_of(group(ALL, pack)), constraints=[MERGE])
    assert (after.id, after.aliases) == (story_id("a1"), (story_id("a11"),))
    assert {member.article for member in after.members} == {"a1", "a2", "a3", "a4", "a11"}
    assert any("编辑林于 2024-05-07 将所在报道并入" in (member.joined or "") for member in after.members)
    assert group([], pack, known=known_of((after,)), constraints=[MERGE]) == ()


def test_a_later_merge_undoes_a_split(pack: Pack) -> None:
    undo = Constraint(kind="merge", stories=(story_id("a1"), story_id("a3")), by="林")
    grouper = Grouper(pack)
    grouper.add(ALL)
    grouper.add([], [SPLIT])
    (after,) = grouper.add([], [SPLIT, undo])
    assert {member.article for member in after.members} == {"a1", "a2", "a3", "a4"}
    assert grouper.add([], [SPLIT, undo]) == ()


def test_carried_and_made_again_agree(pack: Pack) -> None:
    carried = Grouper(pack)
    told: tuple[Story, ...] = ()
    runs: list[tuple[list[Article], list[Constraint]]] = [
        ([*BRIDGE, COPY], []),
        (FAIR, [SPLIT]),
        ([LATER], [SPLIT, MERGE]),
        ([], [SPLIT, MERGE]),
    ]
    for articles, constraints in runs:
        changed = carried.add(articles, constraints)
        assert group(articles, pack, known=known_of(told), constraints=constraints) == changed
        told = carried.stories()


def test_unknown_ids_and_empty_rules_do_no_harm(pack: Pack) -> None:
    odd = [
        Constraint(kind="merge", stories=("s-none", "s-nothing")),
        Constraint(kind="merge", stories=()),
        Constraint(kind="split", stories=(), articles=("a1",)),
        Constraint(kind="split", stories=(story_id("a1"),), articles=()),
        Constraint(kind="split", stories=(story_id("a1"),), articles=("a9",)),
        Constraint(kind="split", stories=(story_id("a11"),), articles=("a11",)),
    ]
    assert sets(group(ALL, pack, constraints=odd)) == sets(group(ALL, pack))
