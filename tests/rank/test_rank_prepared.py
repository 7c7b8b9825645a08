"""One `Prepared` for many lists gives what each list alone would give, whatever was asked of it before."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from shida.pack import load_packs
from shida.rank import known_in, prepare, rank, rank_known
from shida.records import Act, Document, Evidence, Member, Period, Story

PACK = load_packs(("quality", "general"))
PERIODS = [Period(name=name, first=f"{name}-01-01", last=f"{name}-12-31") for name in ("2030", "2031")]
PERIODS.append(Period(name="2030..2031", first="2030-01-01", last="2031-12-31"))
TITLES = (
    "澜江大桥建成通车",
    "国务院印发《老年用品质量提升方案》",
    "甲国总统宣布辞职",
    "冷空气来袭 多地降温",
    "老年用品有了新规矩",
)
QUESTIONS = st.tuples(
    st.sampled_from(PERIODS),
    st.sampled_from(("2030-06-01", "2031-02-01", "2031-12-31")),
    st.sampled_from((None, "国内", "国际", "质量")),
)


def newsroom() -> tuple[list[Story], list[Document]]:
    stories = []
    for number, title in enumerate(TITLES * 3):
        days = [f"{2030 + number % 2}-{1 + (number * 5 + n * 3) % 12:02d}-1{n}" for n in range(4)]
        members = tuple(
            Member(article=f"a{number}-{n}", title=f"{title}{'甲乙丙丁'[n]}", published=day, position=n)
            for n, day in enumerate(days)
        )
        stories.append(Story(id=f"s-{number}", title=members[0].title, members=members))
    facts = [
        Document(
            title="老年用品条例",
            document_kind="law",
            acts=(Act(act="公布", date="2030-05-01"), Act(act="施行", date="2031-01-01")),
            evidence=tuple(Evidence(article=f"a4-{n}", of="title", start=0, end=1, sentence="老") for n in range(4)),
        )
    ]
    return stories, facts


STORIES, FACTS = newsroom()


@settings(max_examples=30, deadline=None)
@given(st.lists(QUESTIONS, min_size=1, max_size=5))
def test_answers_do_not_depend_on_what_was_asked_before(asked: list[tuple[Period, str, str | None]]) -> None:
    prepared = prepare(STORIES, FACTS, PACK)
    for period, as_of, field in asked:
        known = known_in(prepared, period, as_of)
        alone = rank(STORIES, FACTS, PACK, period, as_of=as_of, field=field)
        assert rank_known(known, field=field) == alone
        assert rank_known(known, field=field) == alone
