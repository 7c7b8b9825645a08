"""Articles become stories: every article in exactly one, ids durable, order of input without meaning."""

from __future__ import annotations

import random

from shida.group import Grouper, group
from shida.pack import Pack
from shida.records import Article, Story


def article(number: int, title: str, text: str = "", published: str | None = "2024-05-01", **more: object) -> Article:
    return Article(id=f"a{number}", page=f"p{number}", title=title, text=text, published=published, **more)  # type: ignore[arg-type]


FLOOD = [
    article(
        1,
        "青石河水位超警戒 柳湾县转移群众",
        "受连日强降雨影响，青石河柳湾水文站水位超过警戒线，柳湾县连夜转移沿河群众两千余人。",
    ),
    article(2, "柳湾县青石河洪峰过境", "青石河洪峰今晨通过柳湾县城，水位开始回落，转移群众陆续返家。", "2024-05-03"),
    article(
        3, "青石河洪水退去 柳湾县恢复供电", "青石河洪水退去后，柳湾县全域恢复供电供水，群众生活秩序正常。", "2024-05-06"
    ),
]
MUSEUM = [
    article(11, "云岭博物馆新馆开放", "历时四年建设的云岭博物馆新馆向公众开放，首批展出青铜器三百件。", "2024-05-02"),
    article(
        12,
        "云岭博物馆新馆首周接待观众五万人",
        "云岭博物馆新馆开放首周接待观众五万人次，青铜器展厅最受欢迎。",
        "2024-05-09",
    ),
]


def sets(stories: tuple[Story, ...]) -> set[frozenset[str]]:
    return {frozenset(member.article for member in story.members) for story in stories}


def test_two_happenings_are_two_stories(pack: Pack) -> None:
    assert sets(group(FLOOD + MUSEUM, pack)) == {frozenset({"a1", "a2", "a3"}), frozenset({"a11", "a12"})}


def test_order_of_input_means_nothing(pack: Pack) -> None:
    articles = FLOOD + MUSEUM
    told = group(articles, pack)
    for seed in range(5):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert group(shuffled, pack) == told


def test_a_known_story_keeps_its_id_and_tells_why(pack: Pack) -> None:
    (before,) = group(FLOOD[:2], pack)
    (after,) = group([FLOOD[2]], pack, known=[(before, FLOOD[:2])])
    assert after.id == before.id
    assert after.last == "2024-05-06"
    reason = next(member.joined for member in after.members if member.article == "a3")
    assert reason is not None
    assert "柳湾" in reason


def test_carried_and_remade_groupers_agree(pack: Pack) -> None:
    articles = FLOOD + MUSEUM
    carried = Grouper(pack)
    known: tuple[Story, ...] = ()
    by_id = {one.id: one for one in articles}
    for day in sorted({one.published for one in articles if one.published}):
        today = [one for one in articles if one.published == day]
        remade = Grouper.from_known(
            pack, [(story, [by_id[member.article] for member in story.members]) for story in known]
        )
        assert remade.add(today) == carried.add(today)
        known = carried.stories()
        assert remade.stories() == known


def test_what_is_not_changed_is_not_told_again(pack: Pack) -> None:
    flood = group(FLOOD, pack)
    told = group(MUSEUM, pack, known=[(flood[0], FLOOD)])
    assert sets(told) == {frozenset({"a11", "a12"})}
    assert group(FLOOD, pack, known=[(flood[0], FLOOD)]) == ()


def test_a_list_page_stays_by_itself(pack: Pack) -> None:
    page = article(20, "青石河洪水 柳湾县转移群众 一周要闻", FLOOD[0].text, kind="list")
    assert frozenset({"a20"}) in sets(group([*FLOOD, page], pack))


def test_titles_alone_and_nothing_at_all(pack: Pack) -> None:
    bare = [article(1, "柳湾县青石河洪峰过境"), article(2, "青石河洪峰平稳通过柳湾县"), article(3, ""), article(4, "")]
    stories = group(bare, pack)
    assert sets(stories) == {frozenset({"a1", "a2"}), frozenset({"a3"}), frozenset({"a4"})}


def test_no_articles_no_stories(pack: Pack) -> None:
    assert group([], pack) == ()


def test_odd_days_do_no_harm(pack: Pack) -> None:
    odd = [
        article(n, f"奇怪的日子{n}", published=day) for n, day in enumerate(["2024-13-40", "明天", "", None, "2024"])
    ]
    assert len({m.article for story in group(odd, pack) for m in story.members}) == 5


def test_a_timeline_says_what_the_articles_say(pack: Pack) -> None:
    (story,) = group(FLOOD, pack)
    assert [moment.date for moment in story.timeline] == ["2024-05-01", "2024-05-03", "2024-05-06"]
    texts = {one.id: one.title + one.text for one in FLOOD}
    assert all(moment.sentence in texts[moment.article] for moment in story.timeline)
    assert (story.first, story.last) == ("2024-05-01", "2024-05-06")
    assert story.lead in texts["a1"] + texts["a2"] + texts["a3"]
    assert story.title in {one.title for one in FLOOD}


def test_the_next_of_a_yearly_occasion_is_another_story(pack: Pack) -> None:
    text = "云岭茶博会在云岭会展中心闭幕，{}家茶企参展，成交额{}万元，茶农和采购商签下订单。"
    first = article(31, "云岭茶博会闭幕", text.format(412, 3300), "2023-05-06")
    for number, day, stories in ((32, "2024-05-09", 2), (33, "2023-11-09", 1), (34, "2026-05-04", 2)):
        again = article(number, "云岭茶博会落幕", text.format(455, 3900), day)
        assert len(group([first, again], pack)) == stories, day


def test_another_work_and_another_of_a_series(pack: Pack) -> None:
    pairs = [
        ("《茶叶包装管理办法》印发", "《茶叶质量管理办法》印发", "市里印发{}，对茶企的台账、抽检和标签提出要求。"),
        ("云帆二号飞船返回", "云帆四号飞船返回", "{}，飞船着陆场的工作人员完成了回收，乘组状态良好。"),
    ]
    for one, two, text in pairs:
        happened = [article(41, one, text.format(one), "2024-05-01"), article(42, two, text.format(two), "2024-09-11")]
        assert len(group(happened, pack)) == 2, one


def test_a_title_with_the_name_of_a_site_is_not_chosen(pack: Pack) -> None:
    dressed = [
        article(51, "柳湾县青石河洪峰过境_柳湾新闻网", FLOOD[1].text, "2024-05-03"),
        article(52, "青石河洪水退去", FLOOD[2].text, "2024-05-06"),
        article(53, "青石河水位超警戒 柳湾县转移群众 - 江畔日报", FLOOD[0].text, "2024-05-01"),
    ]
    (story,) = group(dressed, pack)
    assert story.title == "青石河洪水退去"
    assert group(dressed[:1], pack)[0].title == dressed[0].title
