"""Why a title, a lead and the sentence of a day were chosen, in words a reader can check."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import cast

import pytest

from shida.group import group
from shida.group.telling import _Voice, choose_title, timeline, why_title
from shida.group.vectors import Digest, order_of
from shida.pack import Pack
from shida.records import Article, Story

BRIDGE = [
    ("松江口大桥合龙", "松江口大桥今天合龙，大桥连接江北新区与老城，是当地第一座双层斜拉桥。", 1),
    ("松江口大桥桥面铺装开工", "松江口大桥合龙后开始桥面铺装，双层斜拉桥预计明年通车。", 4),
    ("松江口大桥施工方被约谈", "松江口大桥施工方因夜间噪声被约谈，大桥施工单位承诺调整双层斜拉桥的工期。", 6),
    ("松江口大桥荷载试验结束", "松江口大桥荷载试验结束。\n满载货车分组停上大桥桥面，双层斜拉桥挠度合格。", 9),
]


def articles(count: int) -> list[Article]:
    return [
        Article(id=f"a{number}", page="p", title=title, text=text, published=f"2026-05-{day:02d}")
        for number, (title, text, day) in enumerate(BRIDGE[:count])
    ]


def told(some: list[Article], pack: Pack) -> Story:
    (story,) = group(some, pack)
    return story


def test_one_article_speaks_for_itself(pack: Pack) -> None:
    story = told(articles(1), pack)
    assert story.title_from is not None
    assert (story.title_from.article, story.title_from.why) == ("a0", "标题：本报道只有这一篇自有的文章")


def test_of_two_the_earlier_gives_the_title(pack: Pack) -> None:
    for some in (articles(2), articles(2)[::-1]):
        story = told(some, pack)
        assert story.title == BRIDGE[0][0]
        assert story.title_from is not None
        assert story.title_from.why.startswith("标题：有 2 篇与其余各篇同样相近")


def voice(number: int, likeness: int, title: str = "", day: int = 1, text: str = "大桥合龙。") -> _Voice:
    article = Article(id=f"a{number}", page="p", title=title, text=text, published=f"2026-05-{day:02d}")
    digest = cast("Digest", SimpleNamespace(article=article, order=order_of(article), day=day))
    return _Voice(digest=digest, likeness=likeness, shares={"大桥": 3})


TAILS = [re.compile("-江畔日报$")]


@pytest.mark.parametrize(
    ("voices", "chosen", "words"),
    [
        (
            [voice(1, 41, "甲"), voice(2, 62, "乙"), voice(3, 55, "丙")],
            "乙",
            "3 篇中与其余各篇最相近的一篇（平均相似度 0.62，其次 0.55）",
        ),
        (
            [voice(1, 62, "甲", day=2), voice(2, 62, "乙", day=1), voice(3, 55, "丙")],
            "乙",
            "有 2 篇与其余各篇同样相近（平均相似度 0.62），取最早的一篇",
        ),
        (
            [voice(1, 62, "甲-江畔日报"), voice(2, 55, "乙"), voice(3, 41, "丙")],
            "乙",
            "更居中的文章标题上带着网站的名字，取其余中与各篇最相近的一篇（平均相似度 0.55）",
        ),
        (
            [voice(1, 62), voice(2, 55, "乙"), voice(3, 41, "丙")],
            "乙",
            "更居中的文章没有标题，取其余中与各篇最相近的一篇（平均相似度 0.55）",
        ),
        (
            [voice(1, 62, "甲-江畔日报"), voice(2, 62, "乙", day=2)],
            "乙",
            "同样相近的几篇里（平均相似度 0.62），取标题干净、最早的一篇",
        ),
        ([voice(1, 62, "甲-江畔日报"), voice(2, 41, "乙-江畔日报")], "甲-江畔日报", "（平均相似度 0.62，其次 0.41）"),
    ],
)
def test_the_title_and_its_reason_agree(voices: list[_Voice], chosen: str, words: str) -> None:
    for some in (voices, voices[::-1]):
        front = choose_title(some, TAILS)
        assert front.digest.article.title == chosen
        assert words in why_title(front, some, TAILS)


def test_the_lead_passes_over_the_title_and_says_so(pack: Pack) -> None:
    (one,) = articles(4)[3:]
    story = told([one], pack)
    assert story.lead == "满载货车分组停上大桥桥面，双层斜拉桥挠度合格。"
    assert story.lead_from is not None
    assert story.lead_from.article == "a3"
    assert story.lead_from.why == "导语：标题那一篇正文的第 2 句，之前只是重复标题"
    long = Article(id="a9", page="p", title="题", text="很长的一句" * 60 + "。")
    assert (told([long], pack).lead_from or story.lead_from).why.endswith("，截到 200 字")
    assert told([Article(id="a9", page="p", title="只有标题")], pack).lead_from is None


def test_every_day_says_why_its_sentence_was_taken(pack: Pack) -> None:
    story = told(articles(4), pack)
    assert [moment.why for moment in story.timeline[:3]] == [
        "正文只有这一句，说到“松江”“大桥”“双层”",
        "正文只有这一句，说到“松江”“大桥”“双层”",
        "正文只有这一句，说到“松江”“大桥”“双层”",
    ]
    last = story.timeline[3]
    assert last.why.startswith(f"正文开头 2 句里的第 {1 if last.sentence.endswith('结束。') else 2} 句")
    assert all(word.split("”")[0] in last.sentence for word in last.why.split("“")[1:])
    bare = told([Article(id="a9", page="p", title="只有标题", published="2026-05-01")], pack)
    assert [moment.why for moment in bare.timeline] == ["这一篇没有说到本报道的正文句子，取标题"]


def test_a_day_of_a_long_story_says_how_many_it_was_chosen_from() -> None:
    voices = [voice(number, 40 + number % 3, day=1 + number // 3) for number in range(11)]
    moments = timeline(voices)
    assert [(one.date, one.article) for one in moments] == [
        ("2026-05-01", "a2"),
        ("2026-05-02", "a5"),
        ("2026-05-03", "a8"),
        ("2026-05-04", "a10"),
    ]
    assert [one.why[:8] for one in moments] == ["当日 3 篇中与"] * 3 + ["当日 2 篇中与"]
    assert all(one.why.endswith("；正文只有这一句，说到“大桥”") for one in moments)
    assert len(timeline(voices[:9])) == 9
    assert not any("当日" in one.why for one in timeline(voices[:9]))
