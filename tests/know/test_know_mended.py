"""Forms that unseen items showed to be misread: what is said of whom, against what, and among what."""

from __future__ import annotations

from typing import Any

import pytest

from shida.know import know
from shida.know.contract import to_contract
from shida.pack import Pack
from shida.records import Article

DAY = "2024-05-20"


def facts(pack: Pack, text: str, kind: str) -> list[dict[str, Any]]:
    article = Article(id="a", page="p", text=text, published=DAY)
    return [fact for fact in map(to_contract, know(article, pack)) if fact["kind"] == kind]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("一季度，甲市失业率平均值比上年同期下降0.3个百分点。", {"period": "2024-Q1", "basis": "比上年同期"}),
        ("甲省产值3000亿元，较2020年增长8%。", {"period": None, "basis": "较2020年", "change_percent": 8}),
        ("1—4月，甲省完成投资2466亿元，同比增长9.5%。", {"period": "2024-01/2024-04", "basis": "同比", "status": None}),
        ("甲省优良比例97%。", {"what": "甲省优良比例"}),
        ("甲省进出口占比均达三成。", {"what": "甲省进出口占比", "value": 30}),
        ("36个城市商圈客流量同比增长12%。", {"what": "36个城市商圈客流量", "value": None, "change_percent": 12}),
        ("来自27个代表队近600名选手参加决赛。", {"what": "代表队", "value": 27}),
        ("平台每天80多亿条数据流动。", {"what": "每天数据流动", "period": None}),
        ("今年，甲省将新建30个改造项目。", {"status": "planned", "period": "2024"}),
        ("甲省力争粮食稳产，产值达75亿元。", {"status": "target"}),
        ("馆藏文物超过100万件/套。", {"unit": "件/套", "what": "馆藏文物"}),
        ("甲季持续到明年4月份，发放3万张消费券。", {"period": None}),
    ],
)
def test_a_figure_says_of_what_and_against_what(pack: Pack, text: str, stated: dict[str, Any]) -> None:
    found = facts(pack, text, "figure")[0]
    assert {name: found.get(name) for name in stated} == stated


def test_a_change_of_a_change_is_said_of_the_figure_before(pack: Pack) -> None:
    found = facts(pack, "甲省价格指数同比下降3.0%，环比下降0.3%，涨幅比上月扩大0.8个百分点。", "figure")
    assert {(one["what"], one["basis"]) for one in found} == {
        ("甲省价格指数", "同比"), ("甲省价格指数", "环比"), ("甲省价格指数涨幅", "比上月"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("甲港成为乙江首个亿吨大港。", ["乙江首个亿吨大港"]),
        ("这是我国航天领域首个大科学装置，可以模拟空间。", ["我国航天领域首个大科学装置"]),
        ("入选的有全国首份家庭教育令、甲某缺席审判案等在内的10个案件。", ["全国首份家庭教育令"]),
        ("甲方可能会在明年春天首次使用乙机。", []),
    ],
)
def test_a_first_says_among_what(pack: Pack, text: str, claims: list[str]) -> None:
    assert [one["claim"] for one in facts(pack, text, "first")] == claims


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("为贯彻落实《甲纲要》，教育部印发《乙方案》。", {"title": "乙方案", "implements": ["甲纲要"]}),
        ("国务院公布《国务院关于修改〈甲办法〉的决定》。", {"amends": ["甲办法"]}),
        ("《甲办法》自5月1日起施行，《乙规定》同时废止。", {"title": "甲办法", "replaces": ["乙规定"]}),
        ("教育部等13部门已制定了《甲行动计划》。", {"status": None}),
        ("甲国议会将审议废止《乙条约》。", {"status": "planned"}),
        ("《携手同行：甲国的行动》白皮书26日发布。", {"document_kind": "report"}),
    ],
)
def test_a_document_says_what_it_does_to_others(pack: Pack, text: str, stated: dict[str, Any]) -> None:
    found = facts(pack, text, "document")[0]
    assert {name: found.get(name) for name in stated} == stated


def test_what_ends_with_a_new_rule_ends_on_its_first_day(pack: Pack) -> None:
    _, old = facts(pack, "《甲办法》自7月1日起施行，2012年发布的《乙规定》同时废止。", "document")
    assert old["acts"][-1] == {"act": "废止", "date": "2024-07-01", "precision": "day"}


def test_names_that_only_point_are_no_campaigns(pack: Pack) -> None:
    assert facts(pack, "本次消费季将举办50场活动。", "campaign") == []
    (named,) = facts(pack, "作为第四届甲市“五五购物节”的一部分。", "campaign")
    assert "by" not in named


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("全长162.3公里的甲水道二期工程同时开工。", {"what": "甲水道二期工程全长"}),
        ("甲委安排2亿元预算内投资，支持恢复。", {"what": "安排预算内投资"}),
        ("甲港30万吨原油码头全面开工。", {"what": "甲港原油码头"}),
        ("甲县连绵数里的3000多亩樱花竞相绽放。", {"what": "樱花", "value": 3000}),
        ("甲乙城际铁路起自甲市，终至乙市，全长约148公里。", {"what": "甲乙城际铁路全长"}),
        ("事件造成至少18人中枪。", {"what": "中枪", "value": 18}),
        ("自冲突4月爆发以来，甲国已发生17起袭击事件。", {"what": "袭击事件", "period": None}),
    ],
)
def test_a_figure_says_what_is_so_big(pack: Pack, text: str, stated: dict[str, Any]) -> None:
    found = facts(pack, text, "figure")[0]
    assert {name: found.get(name) for name in stated} == stated


def test_a_year_the_first_of_two_values_is_for_is_not_that_of_the_second(pack: Pack) -> None:
    found = facts(pack, "覆盖率由2012年的38.6%提高到目前的44.9%。", "figure")
    assert {(one["what"], one["value"], one.get("period")) for one in found} == {
        ("覆盖率", 38.6, "2012"), ("覆盖率", 44.9, None),
    }  # fmt: skip


def test_a_range_has_no_end_that_is_said_alone(pack: Pack) -> None:
    assert facts(pack, "每亩较去年增收900元—1000元。", "figure") == []


def test_changes_of_several_are_shared_out_again(pack: Pack) -> None:
    text = "甲省成交量为9.49亿手，成交额为60.67万亿元，同比分别增长47.7%和23.4%，环比分别增长15.3%和18.9%。"
    found = {
        (one["what"], one["basis"]): one["change_percent"] for one in facts(pack, text, "figure") if "basis" in one
    }
    assert found["甲省成交量", "环比"] == 15.3
    assert found["成交额", "环比"] == 18.9


@pytest.mark.parametrize(
    ("kind", "text", "stated"),
    [
        ("award", "主席向甲国总统乙某授予中华人民共和国“友谊勋章”。", {"award": "友谊勋章", "winners": ["乙某"]}),
        ("award", "《远方》被授予评委会特别奖。", {"award": "评委会特别奖", "winners": ["远方"]}),
        ("award", "第七届甲教育奖颁奖典礼在乙市举行。", {"award": "甲教育奖", "edition": 7}),
        ("case", "美国司法部已起诉甲公司，要求赔偿。", {"authority": "美国司法部", "parties": ["甲公司"]}),
        ("appointment", "甲党总裁王某在分别进行的选举中获得过半数选票，当选乙国首相。", {"person": "王某"}),
        ("campaign", "民政部日前发出通知，在全国开展“暖冬”专项行动。", {"by": ["民政部"]}),
        ("conference", "正在甲市举办的第二十五届乙成果交易会吸引多国客商。", {"edition": 25, "place": "甲市"}),
        ("first", "我国首个深空雷达——“中国复眼”，近日建成。", {"claim": "我国首个深空雷达——“中国复眼”"}),
    ],
)
def test_forms_that_were_missed_are_heard(pack: Pack, kind: str, text: str, stated: dict[str, Any]) -> None:
    found = facts(pack, text, kind)[0]
    assert {name: found.get(name) for name in stated} == stated
