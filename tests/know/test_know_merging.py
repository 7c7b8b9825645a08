"""The same thing said in several places is one fact; a contradiction stays two."""

from __future__ import annotations

import itertools

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from shida.know import know, merge
from shida.pack import Pack, load_packs
from shida.records import Act, Article, Case, Document, Evidence, Fact, Figure

PACK = load_packs()
TEXTS = (
    "财政部印发《渡口补助办法》。产量达到30吨，同比增长5%。",
    "2025年3月，财政部、交通运输部印发《渡口补助办法》。",
    "《渡口补助办法》自2025年4月1日起施行。",
    "《渡口补助办法》自2025年5月1日起施行。",
    "产量达到30吨，同比增长5%。",
    "产量达到31吨，同比增长5%。",
)


def facts(numbers: tuple[int, ...]) -> list[Fact]:
    return [fact for n in numbers for fact in know(Article(id=f"a{n}", page="p", text=TEXTS[n]), PACK)]


def test_one_document_of_several_articles_keeps_all_evidence() -> None:
    (fact,) = [fact for fact in merge(facts((0, 1, 2))) if isinstance(fact, Document)]
    assert [one.article for one in fact.evidence] == ["a0", "a1", "a2"]
    assert fact.issuers == ("财政部", "交通运输部")
    assert fact.effective == "2025-04-01"
    assert Act(act="印发", date="2025-03", precision="month") in fact.acts


def test_a_contradiction_is_shown() -> None:
    documents = [fact for fact in merge(facts((2, 3))) if isinstance(fact, Document)]
    assert sorted(fact.effective or "" for fact in documents) == ["2025-04-01", "2025-05-01"]
    figures = [fact for fact in merge(facts((4, 5))) if isinstance(fact, Figure)]
    assert sorted(fact.value or 0 for fact in figures) == [30, 31]


def test_a_title_with_and_without_the_country_is_one_document() -> None:
    texts = ("国务院公布《中华人民共和国渡船条例》。", "《渡船条例》自2025年4月1日起施行。")
    found = [fact for n, text in enumerate(texts) for fact in know(Article(id=f"b{n}", page="p", text=text), PACK)]
    (fact,) = merge(found)
    assert isinstance(fact, Document)
    assert (fact.title, fact.effective, len(fact.evidence)) == ("中华人民共和国渡船条例", "2025-04-01", 2)


def test_a_body_under_two_names_is_no_contradiction() -> None:
    one = Document(title="甲办法", issuers=("国家发展改革委",), acts=(Act(act="印发", date="2025-03-01"),))
    other = Document(
        title="甲办法", issuers=("国家发展和改革委员会", "财政部"), acts=(Act(act="施行", date="2025-05-01"),)
    )
    (joined,) = merge((one, other))
    assert isinstance(joined, Document)
    assert sorted(act.act for act in joined.acts) == ["印发", "施行"]
    assert len(merge((one, msgspec.structs.replace(other, issuers=("教育部",))))) == 2


def test_a_case_told_twice_is_one_and_two_fines_are_two() -> None:
    short = Case(authority="市场监管总局", parties=("某云",), outcome="罚款", reported="2025-03-02")
    full = Case(
        authority="国家市场监督管理总局", parties=("某云（杭州）有限公司",), outcome="罚款", amount=3, unit="元",
        date="2025-03-01", ordinal="今年首起",
    )  # fmt: skip
    (joined,) = merge((short, full))
    assert isinstance(joined, Case)
    assert (joined.parties, joined.amount, joined.ordinal) == (full.parties, 3, "今年首起")
    assert len(merge((full, msgspec.structs.replace(full, amount=4)))) == 2
    assert len(merge((full, msgspec.structs.replace(full, parties=("另一家公司",))))) == 2


def test_the_same_statement_elsewhere_has_the_same_id() -> None:
    (one,) = know(Article(id="x", page="p", text=TEXTS[4]), PACK)
    other = next(fact for fact in know(Article(id="y", page="q", text=TEXTS[0]), PACK) if isinstance(fact, Figure))
    assert one.id == other.id
    assert one.id.startswith("f-")
    assert len(merge((one, other))) == 1


@settings(deadline=None)
@given(st.permutations(range(len(TEXTS))))
def test_order_changes_nothing(order: list[int]) -> None:
    assert merge(facts(tuple(order))) == merge(facts(tuple(range(len(TEXTS)))))


def test_merging_again_changes_nothing() -> None:
    once = merge(facts(tuple(range(len(TEXTS)))))
    assert merge(once) == once


def test_facts_are_in_the_order_of_the_text(pack: Pack) -> None:
    found = know(Article(id="a", page="p", title=TEXTS[3], text=TEXTS[0] + TEXTS[1]), pack)
    places = [(fact.evidence[0].of != "title", fact.evidence[0].start) for fact in found]
    assert places == sorted(places)
    assert all(isinstance(one, Evidence) for one in itertools.chain.from_iterable(fact.evidence for fact in found))
