"""The same thing said in several places is one fact; a contradiction stays two."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from shida.know import know, merge
from shida.pack import Pack, load_packs
from shida.records import Act, Article, Document, Evidence, Fact, Figure

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


def test_the_same_statement_elsewhere_has_the_same_id() -> None:
    (one,) = know(Article(id="x", page="p", text=TEXTS[4]), PACK)
    other = next(fact for fact in know(Article(id="y", page="q", text=TEXTS[0]), PACK) if isinstance(fact, Figure))
    assert one.id == other.id
    assert one.id.startswith("f-")
    assert len(merge((one, other))) == 1


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
