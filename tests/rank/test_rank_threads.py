"""The list-maker's grain: one entry for a thread, no article in two entries, no thread where the list names none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shida.pack import Pack
from shida.rank import rank
from shida.records import Member, Period, Ranking, Story

YEAR = Period(name="2031", first="2031-01-01", last="2031-12-31")


def story(name: str, titles: list[str], month: int = 3) -> Story:
    members = tuple(
        Member(article=f"{name}-{n}", title=title, published=f"2031-{month:02d}-{n + 1:02d}", position=9)
        for n, title in enumerate(titles)
    )
    return Story(id=f"s-{name}", title=titles[0], members=members)


COUP = story("coup", ["韩国总统宣布辞职", "韩国国会通过弹劾案", "韩国代总统解散国会"])
AFTER = story("after", ["韩国总理提交辞职", "韩国过渡政府成立"], month=9)
MIXED = story("mixed", ["日本央行维持利率", "日本樱花开了", "韩国总统遭弹劾后受审", "日本秋天的火车"], month=5)
QUAKE = story("quake", ["智利发生强震", "智利地震致1200人遇难"], month=6)


def ranked(stories: list[Story], pack: Pack, **more: object) -> Ranking:
    return rank(stories, [], pack, YEAR, as_of="2031-12-31", field="国际", **more)  # type: ignore[arg-type]


def articles(ranking: Ranking) -> Iterator[str]:
    for entry in ranking.entries:
        yield from entry.articles


def test_stories_of_one_thread_are_one_entry_with_what_others_tell_of_it(pack: Pack) -> None:
    ranking = ranked([COUP, AFTER, MIXED, QUAKE], pack)
    first = ranking.entries[0]
    assert set(first.articles) == {"coup-0", "coup-1", "coup-2", "after-0", "after-1", "mixed-2"}
    assert first.story == "s-coup"
    assert "s-after" not in [entry.story for entry in ranking.entries]
    assert any(reason.signal == "thread" and "2件事合为一条" in reason.sentence for reason in first.reasons)


def test_no_article_counts_twice_and_no_story_stands_twice(pack: Pack) -> None:
    ranking = ranked([COUP, AFTER, MIXED, QUAKE], pack)
    told = list(articles(ranking))
    assert len(told) == len(set(told))
    stories = [entry.story for entry in ranking.entries]
    assert len(stories) == len(set(stories))


def test_a_list_that_names_no_threads_folds_none(pack: Pack) -> None:
    ranking = ranked([COUP, AFTER, MIXED, QUAKE], pack, list_name="体育")
    assert {"s-coup", "s-after"} <= {entry.story for entry in ranking.entries}
    assert all(len({article[:3] for article in entry.articles}) == 1 for entry in ranking.entries)


def test_a_thread_stands_under_its_weightiest_story(pack: Pack) -> None:
    long = story("long", [f"韩国前总统辞职后的第{n}个月" for n in "一二三"], month=11)
    entry = ranked([long, COUP], pack).entries[0]
    assert entry.story in {"s-long", "s-coup"}
    assert entry.title in {m.title for one in (long, COUP) for m in one.members if one.id == entry.story}


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 1, 0, 2), (2, 3, 1, 0)])
def test_order_changes_nothing(pack: Pack, order: tuple[int, ...]) -> None:
    stories = [COUP, AFTER, MIXED, QUAKE]
    assert ranked([stories[n] for n in order], pack) == ranked(stories, pack)


def test_more_deaths_lift_a_disaster(pack: Pack) -> None:
    small = story("small", ["智利发生强震", "智利地震致12人遇难"], month=6)
    [heavy] = [e.score for e in ranked([QUAKE], pack).entries]
    [light] = [e.score for e in ranked([small], pack).entries]
    assert heavy > light + 0.2
