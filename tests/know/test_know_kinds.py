"""The other kinds of the register, each stated once and each with a look-alike that states nothing."""

from __future__ import annotations

from typing import Any

import pytest

from shida.know import know
from shida.pack import Pack
from shida.records import Article, Fact


def read(text: str, pack: Pack) -> list[Fact]:
    return list(know(Article(id="a", page="p", text=text, published="2025-06-10"), pack))


STATED: list[tuple[str, str, dict[str, Any]]] = [
    ("Case", "市场监管总局对今年首起违法涂改检测报告案作出处罚决定。",
     {"authority": "市场监管总局", "ordinal": "今年首起", "case_type": "违法涂改检测报告", "outcome": "处罚决定"}),
    ("Case", "该局依法处理甲乙集团、丙丁、戊己科技等一批重大价格案件。",
     {"parties": ("甲乙集团", "丙丁", "戊己科技"), "field": "价格", "case_type": "not stated"}),
    ("Case", "经批准，中央纪委国家监委对某省原省长赵甲乙严重违纪违法问题进行了立案审查调查。",
     {"authority": "中央纪委国家监委", "parties": ("赵甲乙",), "outcome": "立案审查调查", "field": "纪检监察"}),
    ("Case", "甲丙公司因垄断行为被处以300万元罚款。", {"parties": ("甲丙公司",), "amount": 3_000_000, "unit": "元"}),
    ("Case", "2019年2月，王甲被乙市公安局以涉嫌寻衅滋事罪刑事拘留。",
     {"parties": ("王甲",), "authority": "乙市公安局", "case_type": "寻衅滋事罪", "outcome": "刑事拘留"}),
    ("Case", "甲厂实际控制人李乙、乙厂法定代表人周丙，丙店店长吴丁等5人涉嫌重大责任事故罪，被公安机关立案侦查。",
     {"parties": ("李乙", "周丙", "丙店店长吴丁"), "authority": "公安机关", "outcome": "立案侦查"}),
    ("Award", "第七届中国灯塔奖评选结果揭晓，甲海灯具有限公司、乙港中学、丙岛（东区）维护团队3家组织获奖。",
     {"award": "中国灯塔奖", "edition": 7, "stated_count": 3,
      "winners": ("甲海灯具有限公司", "乙港中学", "丙岛（东区）维护团队"),
      "winner_types": ("company", "school", "team")}),
    ("Award", "中宣部授予守塔人王甲“海上楷模”称号。", {"award": "海上楷模", "winners": ("守塔人王甲",)}),
    ("Conference", "2025年5月8日至10日，第六届国际灯塔大会在舟山举办。",
     {"name": "国际灯塔大会", "edition": 6, "place": "舟山", "dates": ("2025-05-08", "2025-05-10")}),
    ("Conference", "2025世界渡轮博览会将于7月1日在宁波举行。",
     {"name": "世界渡轮博览会", "year": 2025, "status": "planned", "place": "宁波"}),
    ("Campaign", "各地深入开展灯具提质惠民行动，效果明显。", {"name": "灯具提质惠民行动"}),
    ("Campaign", "近日，海事部门启动“清港”专项行动。", {"name": "“清港”专项行动"}),
    ("Campaign", "该局综合整治“超低价”揽客，严厉打击虚假标价、强制购物等市场乱象。",
     {"name": "综合整治“超低价”揽客", "targets": ("虚假标价", "强制购物")}),
    ("Campaign", "教育部印发《校车安全三年行动方案（2025—2027年）》，实施检修、培训、联防三大行动。",
     {"name": "校车安全三年行动", "period": ("2025", "2027"), "parts": ("检修", "培训", "联防"), "by": ("教育部",)}),
    ("First", "该所研制出全国首台潮汐校准装置，填补空白。", {"claim": "全国首台潮汐校准装置"}),
    ("Theme", "某协会公布2026年海洋年主题：守护蓝色。", {"value": "守护蓝色", "year": 2026, "body": "某协会"}),
    ("Appointment", "会议决定任命李甲为海事局局长。", {"person": "李甲", "office": "海事局局长", "act": "任命"}),
    ("Appointment", "选举委员会宣布马尔科当选总统。", {"person": "马尔科", "office": "总统", "act": "当选"}),
    ("Recall", "甲乙汽车公司日前宣布召回1.2万辆风帆牌轿车，因制动软管可能渗油。",
     {"maker": "甲乙汽车公司", "count": 12_000, "unit": "辆", "product": "风帆牌轿车", "defect": "制动软管可能渗油"}),
    ("Statement", "海事局局长赵甲在会上强调：“灯塔亮着，船就敢靠岸，这是底线。”",
     {"words": "灯塔亮着，船就敢靠岸，这是底线。", "speaker": "赵甲", "office": "海事局局长"}),
    ("Event", "6月8日，纪念灯塔点亮100周年大会在上海外滩隆重举行。",
     {"what": "纪念灯塔点亮100周年大会", "date": "2025-06-08", "place": "上海外滩"}),
    ("Event", "6月9日，国务院以“提高灯塔管理水平”为主题，进行专题学习。", {"date": "2025-06-09"}),
    ("Event", "今天（6月10日），甲江大桥正式通车，全长3公里。", {"date": "2025-06-10"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "stated"), STATED)
def test_a_stated_fact_is_read(pack: Pack, kind: str, text: str, stated: dict[str, Any]) -> None:
    found = [fact for fact in read(text, pack) if type(fact).__name__ == kind]
    assert len(found) == 1, read(text, pack)
    assert {name: getattr(found[0], name) for name in stated} == stated
    assert found[0].evidence[0].sentence == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("Case", "某局拟对甲公司处以2万元罚款。"),
        ("Case", "要依法严厉打击各类违法行为，加大处罚力度。"),
        ("Award", "中国队在锦标赛上获得金牌和银牌。"),
        ("Award", "他曾获得先进工作者称号。"),
        ("Conference", "第十四届全国人民代表大会第三次会议审议了报告。"),
        ("Conference", "第九届全国冬季运动会今天开幕。"),
        ("Conference", "来自各地的2065部作品报名参加本届电影节。"),
        ("Conference", "2018年首届大会召开时，有人发来贺信。"),
        ("Campaign", "执法部门开展集中整治行动。"),
        ("Campaign", "多国采取联合行动，军方停止军事行动。"),
        ("First", "他首先发言，首席专家随后补充，首发阵容不变。"),
        ("First", "这是全国最大的灯塔。"),
        ("Theme", "论坛以“蓝色经济”为主题。"),
        ("Appointment", "多国领导人祝贺王甲当选主席。"),
        ("Appointment", "他曾担任船长多年。"),
        ("Recall", "该国宣布召回驻邻国大使。"),
        ("Statement", "民谚说，“白露身不露，赤脚当猪猡，寒露脚不露”。"),
        ("Statement", "他提出“新质生产力”。"),
        ("Event", "有关部门将于近期举行升旗仪式。"),
    ],
)
def test_a_look_alike_is_no_fact(pack: Pack, kind: str, text: str) -> None:
    assert [fact for fact in read(text, pack) if type(fact).__name__ == kind] == []
