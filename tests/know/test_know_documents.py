"""Documents: an act on a title, by whom, when, since when in force; and the titles that are merely cited."""

from __future__ import annotations

from typing import Any

import pytest

from shida.know import know
from shida.pack import Pack
from shida.records import Article, Document, Item


def read(text: str, pack: Pack, title: str = "") -> list[Document]:
    article = Article(id="a", page="p", title=title, text=text, published="2025-06-10")
    return [fact for fact in know(article, pack) if isinstance(fact, Document)]


STATED: list[tuple[str, dict[str, Any]]] = [
    (
        "今天（6月10日），财政部、水利部等8部门联合印发《小型水库管护办法》。",
        {"title": "小型水库管护办法", "issuers": ("财政部", "水利部"), "issuer_count": 8, "issuers_complete": False,
         "acts": [("联合印发", "2025-06-10")], "document_kind": "regulation"},
    ),
    (
        "国务院总理日前签署国务院令，公布修订后的《牧区供水条例》（以下简称《条例》），自2025年9月1日起施行。",
        {"title": "牧区供水条例", "issuers": ("国务院",), "effective": "2025-09-01", "acts": [("公布", None)]},
    ),
    (
        "《海岛照明标准》已由国家标准委于2024年11月3日批准，现予公布，自2025年1月1日起施行。",
        {"title": "海岛照明标准", "issuers": ("国家标准委",), "effective": "2025-01-01",
         "acts": [("批准", "2024-11-03"), ("公布", None)]},
    ),
    (
        "《中华人民共和国渡口管理法》先后三次修订。",
        {"title": "中华人民共和国渡口管理法", "times": 3, "acts": [("修订", None)]},
    ),
    (
        "市场监管总局就《网售灯具管理办法（征求意见稿）》向社会公开征求意见。",
        {"title": "网售灯具管理办法（征求意见稿）", "status": "draft", "acts": [("征求意见", None)]},
    ),
    (
        "工业和信息化部会同商务部研究制定《旧机床回收规范》。",
        {"title": "旧机床回收规范", "drafters": ("工业和信息化部", "商务部"), "issuers": (), "status": "draft"},
    ),
    (
        "省长5月6日主持召开省政府常务会议，研究防汛工作，听取汇报，审议通过《渔港安全规划（2025—2030年）》。",
        {"title": "渔港安全规划（2025—2030年）", "occasion": "省政府常务会议", "period": ("2025", "2030"),
         "acts": [("审议通过", "2025-05-06")]},
    ),
    (
        "会议经表决，通过了新修订的桥梁法、码头法和关于修改渡船条例的决定。",
        {"title": "桥梁法", "acts": [("通过", None)]},
    ),
    ("今天（6月10日）起，新版强制性国家标准《渡轮救生衣》标准正式施行。",
     {"title": "渡轮救生衣", "effective": "2025-06-10", "acts": [("施行", "2025-06-10")]}),
    ("本次大会将听取工作报告，审议通过《渔会章程》。", {"title": "渔会章程", "status": "planned"}),
    ("2024年发布的《潮汐发电白皮书》引起讨论。", {"title": "潮汐发电白皮书", "acts": [("发布", "2024")]}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "stated"), STATED, ids=[stated["title"] for _, stated in STATED])
def test_a_stated_act_is_read(pack: Pack, text: str, stated: dict[str, Any]) -> None:
    found = {fact.title: fact for fact in read(text, pack)}
    fact = found[stated["title"]]
    for name, value in stated.items():
        if name == "acts":
            assert [(act.act, act.date) for act in fact.acts] == value
        else:
            assert getattr(fact, name) == value, name
    assert fact.evidence[0].sentence == text


@pytest.mark.parametrize(
    "text",
    [
        "要认真学习贯彻《安全生产法》，落实各方责任。",
        "根据《渔业条例》，休渔期从五月开始。",
        "本台播发题为《谈谈办法》的评论。",
        "《办法》指出，各地要加强检查。",
        "《实施意见》提出三项任务。",
        "昨晚，电影《寻找规则》上映。",
        "他呼吁尽快加入《远洋捕捞协定》。",
        "为贯彻新修订的《计量法》，省里开了会。",
        "会议审议了《政府工作报告》。",
        "全会提请审议批准《港口公约》的议案。",
        "《未关上的书名号 印发了通知。",
    ],
)
def test_a_title_merely_cited_is_no_fact(pack: Pack, text: str) -> None:
    assert read(text, pack) == []


def test_a_headline_and_its_text_are_one_fact(pack: Pack) -> None:
    found = read("教育部6月9日印发《校车维护规定》。该规定共十条。", pack, title="教育部印发《校车维护规定》")
    assert [(fact.title, len(fact.evidence)) for fact in found] == [("校车维护规定", 2)]
    assert found[0].acts[0].date == "2025-06-09"


def test_a_dated_line_carries_its_own_day(pack: Pack) -> None:
    found = read("- 民政部今天公布《婚姻登记档案办法》(2024-02-03)\n- 《殡葬管理条例》修订答…(2024-02-01)", pack)
    assert [(fact.title, fact.reported, fact.acts[0].date) for fact in found] == [
        ("婚姻登记档案办法", "2024-02-03", "2024-02-03"),
        ("殡葬管理条例", "2024-02-01", None),
    ]


def test_the_reader_knows_the_day_of_a_line(pack: Pack) -> None:
    items = (Item(title="民政部今天公布《养老机构标志办法》", published="2023-11-02"),)
    article = Article(
        id="a", page="p", text="民政部今天公布《养老机构标志办法》  11-02", published="2025-06-10", items=items
    )
    (fact,) = know(article, pack)
    assert isinstance(fact, Document)
    assert (fact.reported, fact.acts[0].date) == ("2023-11-02", "2023-11-02")


def test_the_head_of_a_law_gives_its_life(pack: Pack) -> None:
    text = (
        "1996年3月1日 第八届全国人民代表大会常务委员会第二十次会议通过\n\n"
        "1996年3月5日 中华人民共和国主席令第99号公布\n\n"
        "2020年5月8日 第十三届全国人民代表大会常务委员会第三十次会议《关于修改〈桥梁法〉的决定》第一次修正\n第一条 略。"
    )
    (fact,) = read(text, pack, title="桥梁法")
    assert [(act.act, act.date) for act in fact.acts] == [
        ("通过", "1996-03-01"), ("公布", "1996-03-05"), ("第一次修正", "2020-05-08")
    ]  # fmt: skip
    assert fact.number == "第99号"


def test_the_head_of_a_notice_gives_number_and_issuer(pack: Pack) -> None:
    text = "国办发〔2031〕7号\n各省、自治区、直辖市人民政府：\n现将有关事项通知如下。\n2031年2月9日"
    (fact,) = read(text, pack, title="国务院办公厅关于桥梁检查的通知")
    assert (fact.number, fact.issuers, fact.acts[0].date) == ("国办发〔2031〕7号", ("国务院办公厅",), "2031-02-09")


def test_a_short_form_says_it_of_the_one_document_it_can_mean(pack: Pack) -> None:
    text = "交通运输部近日公布《轮渡票价规定》。专家解读了要点。《规定》自2025年8月1日起施行。"
    (fact,) = read(text, pack)
    assert (fact.title, fact.effective, len(fact.evidence)) == ("轮渡票价规定", "2025-08-01", 2)
    two = read(text + "该部同时印发《码头保洁规定》。", pack)
    assert [fact.effective for fact in two] == [None, None]
