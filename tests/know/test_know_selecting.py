"""What a reader asks of the register, and what answers."""

from __future__ import annotations

import pytest

from shida.know.selecting import Wanted, in_force_on, names_of, select, spans_of
from shida.pack import Pack
from shida.records import Act, Case, Conference, Document, Evidence, Figure, Theme

OLD = Document(title="甲标准", issuers=("质检总局",), acts=(Act(act="发布", date="2012-03"),))
NEW = Document(title="乙办法", issuers=("市场监管总局", "教育部"), effective="2025-05-01", reported="2025-03-05")
FINE = Case(
    field="反垄断", authority="浙江省市场监管局", parties=("某云（杭州）公司",), case_type="垄断", date="2024-07-02",
    evidence=(Evidence(of="text", start=0, end=9, sentence="某云公司被罚款两亿元。"),),
)  # fmt: skip
SALES = Figure(what="零售额", value=3, unit="亿元", period="2024-H2", reported="2025-01-17")
ALL = (OLD, NEW, FINE, SALES)


@pytest.mark.parametrize(
    ("wanted", "answers"),
    [
        (Wanted(), ALL),
        (Wanted(issuer="SAMR"), (NEW,)),
        (Wanted(issuer="国家市场监督管理总局", predecessors=True), (OLD, NEW)),
        (Wanted(issuer="质检总局"), (OLD,)),
        (Wanted(issuer="浙江省市场监督管理局"), (FINE,)),
        (Wanted(issuer="某部"), ()),
        (Wanted(party="某云"), (FINE,)),
        (Wanted(since="2024-07-01", until="2024-12-31"), (FINE, SALES)),
        (Wanted(until="2012-12-31"), (OLD,)),
        (Wanted(in_force="2025-05-01"), (NEW,)),
        (Wanted(in_force="2025-04-30"), ()),
        (Wanted(field="反垄断"), (FINE,)),
        (Wanted(words=("两亿", "罚款")), (FINE,)),
        (Wanted(words=("两亿", "教育")), ()),
    ],
)
def test_who_answers(pack: Pack, wanted: Wanted, answers: tuple[object, ...]) -> None:
    assert tuple(select(ALL, wanted, pack)) == answers


@pytest.mark.parametrize(
    ("document", "held"),
    [
        (Document(title="甲", acts=(Act(act="施行", date="2024-07"),)), True),
        (Document(title="甲", acts=(Act(act="公布", date="2024-07"),)), False),
        (Document(title="甲（草案）", effective="2024-01-01", status="draft"), False),
        (Document(title="甲规划", period=("2021", "2024")), True),
        (Document(title="甲规划", period=("2021", "2023")), False),
        (Document(title="甲规划", period=("2025", "2027")), False),
        (Document(title="甲", effective="2020-01-01", acts=(Act(act="废止", date="2024-08-01"),)), False),
        (Document(title="甲", effective="2020-01-01", acts=(Act(act="废止", date="2024-08-02"),)), True),
    ],
)
def test_in_force_on_the_first_of_august(pack: Pack, document: Document, held: bool) -> None:
    assert in_force_on(document, "2024-08-01", pack) is held


def test_bodies_are_followed_back_to_the_first(pack: Pack) -> None:
    every = names_of("市监总局", pack.names, predecessors=True)
    assert {"国家质量监督检验检疫总局", "国家质量技术监督局", "国家技术监督局", "国家工商行政管理局"} <= every
    assert names_of("市监总局", pack.names) == {"国家市场监督管理总局"}


def test_days_of_a_fact() -> None:
    assert spans_of(Conference(name="会", dates=("2025-09-16", "2025-09-17"))) == (("2025-09-16", "2025-09-17"),)
    assert spans_of(Theme(name="年主题", value="好", year=2026)) == (("2026", "2026"),)
    assert spans_of(Figure(what="人次", value=1, period="春运", reported="2025-02-01")) == (
        ("2025-02-01", "2025-02-01"),
    )
