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


def test_a_damaged_mirror_of_a_family_is_a_mirror(pack: Pack) -> None:
    damaged = "".join("口" if place % 5 == 0 else mark for place, mark in enumerate(TEXT))
    family = Site(footer="00112233445566aa")
    first = article(1, TEXT, site=family, url="http://www.songjiang.example/1.html")
    second = article(2, damaged, site=family, url="http://mirror.example/1.html")
    assert copies([first, second], pack)["a2"] == ("a1", "mirror")
    # Without a family, so much damage is too much to say that it is a copy; it is the same story all the same.
    stranger = article(2, damaged, url="http://mirror.example/1.html")
    assert copies([first, stranger], pack)["a2"] == (None, None)


def test_one_site_on_one_host_has_no_mirrors(pack: Pack) -> None:
    family = Site(icp="京ICP备00000000号")
    pair = [article(n, TEXT, site=family, url=f"http://www.songjiang.example/{n}.html") for n in (1, 2)]
    assert copies(pair, pack)["a2"] == ("a1", "exact")


def test_another_notice_on_a_mirror_is_no_copy(pack: Pack) -> None:
    family = Site(template="00112233445566aa")
    text = "近日，市场监管局对{}作出行政处罚。经查，当事人在网店页面宣称产品具有治疗功效，不能提供依据，罚款{}万元。"
    pair = [
        Article(
            id=f"n{number}",
            page="p",
            title=f"{name}因虚假宣传被罚",
            text=text.format(name, fine),
            published="2024-05-01",
            url=f"http://{host}/n.html",
            site=family,
        )
        for number, name, fine, host in ((1, "禾岭酒业", 50, "a.example"), (2, "云栖乳品", 30, "b.example"))
    ]
    assert all(member.copy_of is None for story in group(pair, pack) for member in story.members)
