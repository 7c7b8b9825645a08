"""Copies add no weight, are no story of their own, and say what they are copies of."""

from __future__ import annotations

from shida.group import group
from shida.pack import Pack
from shida.records import Article, Site

TEXT = (
    "松江口大桥今天上午合龙。大桥全长三千二百米，主跨六百八十米，连接江北新区与老城，是当地第一座双层斜拉桥。"
    "建设单位介绍，大桥合龙后将转入桥面铺装和灯光安装，预计明年春天通车，届时两岸往来时间由四十分钟缩短到八分钟。"
)


def article(number: int, text: str, **more: object) -> Article:
    return Article(id=f"a{number}", page="p", title="松江口大桥合龙", text=text, published=f"2024-05-0{number}", **more)  # type: ignore[arg-type]


def copies(articles: list[Article], pack: Pack) -> dict[str, tuple[str | None, str | None]]:
    (story,) = group(articles, pack)
    return {member.article: (member.copy_of, member.copy_how) for member in story.members}


def test_exact_whatever_the_spacing(pack: Pack) -> None:
    found = copies([article(1, TEXT), article(2, TEXT.replace("。", "。\n　　"))], pack)
    assert found == {"a1": (None, None), "a2": ("a1", "exact")}


def test_mirror_on_another_site(pack: Pack) -> None:
    mirror = article(2, TEXT, site=Site(icp="京ICP备00000000号"))
    found = copies([article(1, TEXT, site=Site(icp="沪ICP备00000000号")), mirror], pack)
    assert found["a2"] == ("a1", "mirror")


def test_near_with_a_changed_head(pack: Pack) -> None:
    found = copies(
        [article(1, TEXT), article(2, "本报江北五月二日电（记者 某某）" + TEXT.replace("预计", "计划于"))], pack
    )
    assert found["a2"] == ("a1", "near")


def test_a_copy_of_a_copy_points_to_the_first(pack: Pack) -> None:
    found = copies([article(1, TEXT), article(2, "转载：" + TEXT), article(3, "转载：" + TEXT)], pack)
    assert found["a2"][0] == found["a3"][0] == "a1"


def test_copies_are_known_again_in_a_later_run(pack: Pack) -> None:
    first = article(1, TEXT)
    (story,) = group([first], pack)
    (after,) = group([article(2, TEXT)], pack, known=[(story, [first])])
    assert [member.copy_of for member in after.members] == [None, "a1"]


def test_lists_are_copies_of_lists_only(pack: Pack) -> None:
    stories = group([article(1, TEXT), article(2, TEXT, kind="list"), article(3, TEXT, kind="list")], pack)
    assert sorted(len(story.members) for story in stories) == [1, 2]
