import pytest

from shida.edition import correct, draft, edition_id, publish, step
from shida.errors import EditionError
from shida.records import Edition, EditionEntry, Entry, Period, Ranking

YEAR = Period(name="2025", first="2025-01-01", last="2025-12-31")


def ranking(*titles: str) -> Ranking:
    entries = tuple(
        Entry(rank=place, story=f"s-{place}", title=title, score=1.0 / place, articles=(f"a-{place}",))
        for place, title in enumerate(titles, 1)
    )
    return Ranking(period=YEAR, field="质量", list="default", as_of="2025-12-31", entries=entries, considered=9)


def new(*titles: str) -> Edition:
    return draft(ranking(*titles), id="2025-zhiliang", name="2025年度十大质量新闻", by="desk", on="2026-01-02")


def test_a_draft_takes_places_titles_and_articles_of_the_ranking() -> None:
    made = new("甲法施行", "乙标准发布")
    assert [(e.place, e.story, e.title, e.articles) for e in made.entries] == [
        (1, "s-1", "甲法施行", ("a-1",)),
        (2, "s-2", "乙标准发布", ("a-2",)),
    ]
    assert made.state == "draft"


def test_an_empty_ranking_makes_no_edition() -> None:
    with pytest.raises(EditionError, match="nothing to list"):
        new()


def test_published_editions_are_corrected_and_never_changed() -> None:
    printed = publish(new("甲法施行"), by="desk", on="2026-01-03")
    with pytest.raises(EditionError, match="already published"):
        publish(printed, by="desk", on="2026-01-04")
    with pytest.raises(EditionError, match="published cannot become draft"):
        step(printed, "draft", by="desk", on="2026-01-04")
    with pytest.raises(EditionError, match="reason"):
        correct(printed, printed.entries, by="desk", on="2026-01-05", reason=" ")
    mended = correct(
        printed, [EditionEntry(place=1, story="s-1", title="甲法今起施行")], by="desk", on="2026-01-05", reason="题误"
    )
    assert (mended.version, mended.state, mended.decisions[-1].reason) == (2, "corrected", "题误")
    assert printed.entries[0].title == "甲法施行"


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([], "no entry"),
        ([EditionEntry(place=2, story="s-1", title="甲")], "not 1 to 1"),
        ([EditionEntry(place=1, story="s-1", title="甲"), EditionEntry(place=2, story="s-1", title="乙")], "twice"),
    ],
)
def test_rules_every_printed_list_keeps(entries: list[EditionEntry], said: str) -> None:
    printed = publish(new("甲法施行"), by="desk", on="2026-01-03")
    with pytest.raises(EditionError, match=said):
        correct(printed, entries, by="desk", on="2026-01-05", reason="更正")


@pytest.mark.parametrize("given", ["../x", "A", "a--b", "-a", "质量", "a" * 81, ""])
def test_an_id_that_cannot_stand_in_an_address_is_refused(given: str) -> None:
    with pytest.raises(EditionError, match="only a-z"):
        edition_id(YEAR, None, given)
