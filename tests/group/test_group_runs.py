"""Runs one after the other: a carried grouper and one made again agree; ids last; merges keep the older id."""

from __future__ import annotations

import random

from shida.group import Grouper, group
from shida.pack import Pack
from shida.records import Article, Story

PLACES = ["青石河", "云岭", "松江口", "白沙湾", "柳湾", "临江", "南陵", "武陵"]
MATTERS = ["洪水", "大桥", "博物馆", "罢工", "列车", "疫苗", "果园", "盐湖"]


def newsroom(seed: int, stories: int = 14) -> list[Article]:
    """Made-up articles of several stories over three weeks, with copies among them."""
    rng = random.Random(seed)
    articles: list[Article] = []
    for number in range(stories):
        place, matter = rng.choice(PLACES), rng.choice(MATTERS)
        for part in range(rng.randint(1, 6)):
            text = "".join(
                f"{place}{matter}{rng.choice('进展情况最新消息')}，{rng.choice(PLACES)}有{rng.randint(2, 900)}人"
                f"参与{rng.choice(MATTERS)}工作。"
                for _ in range(4)
            )
            day = f"2024-06-{rng.randint(1, 21):02d}"
            articles.append(
                Article(id=f"n{number}-{part}", page="p", title=f"{place}{matter}", text=text, published=day)
            )
            if rng.random() < 0.3:
                copy = Article(
                    id=f"c{number}-{part}", page="p", title="转载", text=text + "责任编辑：某某", published=day
                )
                articles.append(copy)
    return articles


def in_runs(articles: list[Article], seed: int) -> list[list[Article]]:
    """The articles dealt to five runs, mostly by day, some late."""
    rng = random.Random(seed)
    runs: list[list[Article]] = [[] for _ in range(5)]
    for article in articles:
        runs[min(4, int((article.published or "")[-2:]) // 5 + rng.choice((0, 0, 0, 1)))].append(article)
    return runs


def known_of(stories: tuple[Story, ...], articles: list[Article]) -> list[tuple[Story, list[Article]]]:
    by_id = {article.id: article for article in articles}
    return [(story, [by_id[member.article] for member in story.members]) for story in stories]


def test_carried_and_made_again_are_one(pack: Pack) -> None:
    for seed in range(6):
        articles = newsroom(seed)
        carried = Grouper(pack)
        told: tuple[Story, ...] = ()
        for run in in_runs(articles, seed):
            changed = carried.add(run)
            assert group(run, pack, known=known_of(told, articles)) == changed
            told = carried.stories()


def test_every_article_is_in_one_story_and_no_id_is_lost(pack: Pack) -> None:
    for seed in range(6):
        articles = newsroom(seed)
        grouper = Grouper(pack)
        shown: set[str] = set()
        for run in in_runs(articles, seed):
            grouper.add(run)
            stories = grouper.stories()
            present = {name for story in stories for name in (story.id, *story.aliases)}
            assert shown <= present
            shown |= {story.id for story in stories}
        members = [member.article for story in grouper.stories() for member in story.members]
        assert sorted(members) == sorted(article.id for article in articles)


def test_copies_point_to_an_original_of_their_story(pack: Pack) -> None:
    for story in group(newsroom(3), pack):
        originals = {member.article for member in story.members if member.copy_of is None}
        assert all(member.copy_of in originals for member in story.members if member.copy_of)
        assert all(member.joined for member in story.members)


def test_a_revised_member_stays_where_it_is(pack: Pack) -> None:
    (before,) = group([Article(id="r1", page="p", title="松江口大桥合龙", published="2024-06-01")], pack)
    revised = Article(id="r1", page="p", title="松江口大桥今日合龙", published="2024-06-01")
    (after,) = group([revised], pack, known=[(before, [])])
    assert (after.id, after.title) == (before.id, "松江口大桥今日合龙")
