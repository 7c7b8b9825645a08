"""Figures: value, unit, period and change of what is measured; and numbers that are none."""

from __future__ import annotations

from typing import Any

import pytest

from shida.know import know
from shida.pack import Pack
from shida.records import Article, Figure


def read(text: str, pack: Pack) -> list[Figure]:
    article = Article(id="a", page="p", text=text, published="2025-06-10")
    return [fact for fact in know(article, pack) if isinstance(fact, Figure)]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "2024年，全省灯具产量达到1.2万亿件，同比增长25%。",
            {"what": "全省灯具产量", "value": 1_200_000_000_000, "unit": "件", "period": "2024", "change_percent": 25.0,
             "derived_base": 1_000_000_000_000},
        ),
        ("今年前4个月，港口进出口下降3.5%。", {"change_percent": -3.5, "period": "2025-01/2025-04", "value": None}),
        ("一季度，渡轮客运量超过300万人次。", {"value": 3_000_000, "qualifier": "over", "period": "2025-Q1"}),
        ("截至5月底，全市有桥梁近2000座。", {"value": 2000, "unit": "座", "as_of": "2025-05", "qualifier": "near"}),
        ("合格率为98.6%，比上年提高1.4个百分点。", {"value": 98.6, "unit": "%", "change_points": 1.4}),
        ("八成以上的渔船已经检修。", {"value": 80, "unit": "%", "qualifier": "at least"}),
        ("“十三五”期间，该省两次举办灯会。", {"value": 2, "unit": "次", "period": "2016/2020"}),
        ("国庆假期，景区接待游客12.5万人次。", {"value": 125_000, "period": "国庆假期"}),
        ("到2030年，风电装机将达到400万千瓦。", {"value": 4_000_000, "unit": "千瓦", "status": "target"}),
        ("预计全年产量增长2倍。", {"change_percent": 200.0, "status": "forecast"}),
        ("2018年至2023年，新建码头45座。", {"value": 45, "period": "2018/2023"}),
        ("渔船比去年减少120艘。", {"change_abs": -120, "unit": "艘"}),
    ],
)  # fmt: skip
def test_a_stated_figure_is_read(pack: Pack, text: str, stated: dict[str, Any]) -> None:
    found = read(text, pack)
    assert len(found) == 1, found
    assert {name: getattr(found[0], name) for name in stated} == stated


def test_numbers_shared_out_go_to_their_own(pack: Pack) -> None:
    found = read("进口、出口分别增长4%和6%。", pack)
    assert [(fact.what, fact.change_percent) for fact in found] == [("进口", 4.0), ("出口", 6.0)]
    assert read("甲地、乙地和丙地的产量分别达到4吨和6吨。", pack) == []


def test_two_sides_of_one_deed(pack: Pack) -> None:
    found = read("该局已与12个沿海城市有关部门签署了30份合作协议。", pack)
    assert {fact.what: fact.value for fact in found} == {"签署合作协议的沿海城市": 12, "与沿海城市签署的合作协议": 30}


@pytest.mark.parametrize(
    "text",
    [
        "第3届大会第12次会议于6月5日举行。",
        "他今年45岁，工作了20年，每天跑30分钟。",
        "会议下午3点30分开始。",
        "“双11”和“3·15”期间要加强检查。",
        "实施三年行动，抓好五大任务。",
        "财政部等5部门开展三个月整治。",
        "上百次试验，数十家企业，两三千人。",
        "来到十字路口，一带一路越走越宽。",
        "《甲规划（2025—2030年）》分为10章。",
        "《渡口法》历经两次修订。",
    ],
)
def test_what_is_no_figure(pack: Pack, text: str) -> None:
    assert [(fact.what, fact.value, fact.unit) for fact in read(text, pack)] == []


def test_a_list_gives_each_its_own_head(pack: Pack) -> None:
    found = read("其中渡轮标准113项、灯具标准15项、缆绳标准6项。", pack)
    assert [(fact.what, fact.value) for fact in found] == [("渡轮标准", 113), ("灯具标准", 15), ("缆绳标准", 6)]
