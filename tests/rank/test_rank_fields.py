"""Fields and topics by the words of titles."""

from __future__ import annotations

import pytest

from shida.pack import Pack
from shida.rank import assign_fields, assign_topics
from shida.records import Member, Story


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("市场监管总局公布一批食品抽检结果", "质量"),
        ("新版强制性国家标准今起实施", "质量"),
        ("某平台涉嫌滥用市场支配地位被立案调查", "质量"),
        ("一汽车企业召回五千辆轿车", "质量"),
        ("巴西遭遇强降雨", "国际"),
        ("俄称击落三架无人机 乌称击退进攻", "国际"),
        ("美联储宣布降息", "国际"),
        ("我国成功发射一颗遥感卫星", "科技"),
        ("中国队夺得羽毛球团体冠军", "体育"),
        ("山里修通一条公路", "国内"),
    ],
)
def test_field_by_title(pack: Pack, title: str, field: str) -> None:
    assert field in assign_fields(Story(id="s", title=title), pack)


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("高质量发展再上台阶", "质量"),
        ("空气质量持续改善", "质量"),
        ("俄称击落三架无人机 乌称击退进攻", "科技"),
        ("俄称击落三架无人机 乌称击退进攻", "国内"),
        ("山里修通一条公路", "国际"),
    ],
)
def test_not_the_field(pack: Pack, title: str, field: str) -> None:
    assert field not in assign_fields(Story(id="s", title=title), pack)


def test_a_topic_puts_a_story_in_the_field_and_in_the_branches_above(pack: Pack) -> None:
    story = Story(id="s", title="婴幼儿配方奶粉新规公布")
    assert assign_topics(story, pack) == ("食品安全", "安全")
    assert "质量" in assign_fields(story, pack)


def test_one_stray_title_does_not_decide(pack: Pack) -> None:
    titles = ["山里修通一条公路"] * 5 + ["公路项目召回一批护栏"]
    members = tuple(Member(article=str(n), title=title) for n, title in enumerate(titles))
    assert "质量" not in assign_fields(Story(id="s", title=titles[0], members=members), pack)


def test_every_topic_has_a_field_and_a_known_parent(pack: Pack) -> None:
    names = {topic.name for topic in pack.fields.topics}
    fields = {rule.name for rule in pack.fields.fields}
    assert len(names) == len(pack.fields.topics)
    for topic in pack.fields.topics:
        assert topic.field in fields
        assert topic.under is None or topic.under in names
