"""Shifted stretches are read alike by the compiled code and without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shida.pack import Pack
from shida.records import Restored
from shida.restore import chain, ends, hidden, language, mechanism, ngrams, open_ends, restore, surroundings, words
from shida.restore.damage import damage
from shida.restore.language import PageGrams

stretches = pytest.importorskip("shida.restore.stretches", reason="shida was installed without a compiler")

NEWS = (
    "市场监管总局今年抽查了三百二十家企业，发现不合格产品四十一批次，其中电线电缆最多。",
    "“质量月”活动将在杭州、宁波等地举行——记者从发布会上获悉，参加的企业超过2000家！",
    "海康威视、大华股份等公司的负责人说：“标准先行，这条路走对了吗？我们认为对。”",
    "他看着窗外……没有说话；桌上放着一本《产品质量法》和几份着名企业的报告（修订稿）。",
    "数据显示，GDP同比增长5.2%，制造业PMI为50.8，比上月上升0.3个百分点，连续6个月扩张。",
    "县里的计量检定站说，从2026年3月15日起，412台出租车计价器要换新铅封，费用由站里承担。",
)
LETTERS = "的一是在不了有和人这中大为上个国我以要他着著乾后里面发展质量标准，。！？：；“”、（）《》—…0aZ8"
LISTED = ("數", "質", "標", "準", "強", "預", "會", "業", "產", "務", "報", "導")
LINES = [part for line in NEWS for part in line.replace("，", "，|").split("|")]
CUT = st.tuples(
    st.sampled_from("专保波常福海模牛停危希校祝粒剩"), st.sampled_from("可开科看口考控快空客款扩。、：“”《》—…")
).map("".join)
"""Characters between which the bytes of ， ！ or ？ meet: there a page is cut."""
_MET = "禧络棣团席天翻合裹挑童董倡徐曼中迎平胡才冬承漫息精殊矛浮樊友柱宇席宏曲道"
UNREAD = st.sampled_from([_MET[at : at + 2] for at in range(0, len(_MET), 2)])
"""Two that were never read together, whose inner bytes vanish and whose outer bytes are no character of the page."""
PARTS = st.lists(
    st.one_of(
        st.sampled_from(NEWS),
        CUT.flatmap(lambda cut: st.sampled_from(LINES).map(lambda line: cut + line)),
        CUT.flatmap(lambda cut: st.sampled_from(LINES).map(lambda line: line[: len(line) // 2] + cut + line)),
        st.tuples(CUT, UNREAD, st.sampled_from(LINES)).map(lambda some: some[0] + some[2][:2] + some[1] + some[2][2:]),
        st.text(LETTERS, max_size=24),
        st.text(max_size=4),
    ),
    min_size=1,
    max_size=12,
)


@dataclass
class Both:
    """Two ways to restore."""

    pack: Pack
    plain: pytest.MonkeyPatch
    slow: language.Language
    """What the plain way asks: one that looks up in dictionaries, but for compiled chances."""
    counts: language.Counts | None

    def restored(self, page: str) -> tuple[Restored, Restored]:
        compiled = restore(page, self.pack, self.counts)
        with self.plain.context() as patch:
            patch.setattr(ends, "Hidden", hidden.Hidden)
            patch.setattr(ends, "Reading", open_ends.Reading)
            patch.setattr(ends, "follow", chain.follow)
            patch.setattr(mechanism, "PageGrams", PageGrams)
            patch.setattr(mechanism, "Surroundings", surroundings.Surroundings)
            patch.setattr("shida.restore.page.language_of", lambda *_: self.slow)
            return compiled, restore(page, self.pack, self.counts)


def learned() -> language.Counts:
    """What nobody else counted: any character after any other."""
    draw = Random(7)
    lines = ["".join(draw.choices(LETTERS, k=80)) for _ in range(400)]
    return language.learn([*NEWS * 20, *lines, "质\uffff量\0\0\ud83d\ude00好" * 3], "2026-01-31")


@pytest.fixture(scope="module", params=["built in", "learned", "compiled chances"])
def both(pack: Pack, request: pytest.FixtureRequest) -> Iterator[Both]:
    counts = learned() if request.param == "learned" else None
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "compiled chances":  # one module may be built and the other not
            patch.setattr(language, "Ngrams", ngrams.Ngrams)
            patch.setattr(language, "Words", words.Words)
        slow = language.Language(counts, pack.restoring.names())
        assert slow.words.score("质量") < 0
    with pytest.MonkeyPatch.context() as patch:
        yield Both(pack, patch, slow, counts)


@settings(deadline=None, max_examples=300)
@given(parts=PARTS, listed=st.lists(st.sampled_from(LISTED), max_size=6, unique=True), folded=st.booleans())
def test_pages_are_restored_alike(both: Both, parts: list[str], listed: list[str], folded: bool) -> None:
    text = "\n".join(["关于印发质量发展规划的通知，这里的标准应当执行，现场检验发现问题时处罚。" * 3, *parts])
    text = text.encode("gbk", "ignore").decode("gbk")
    compiled, plain = both.restored(damage(text, frozenset(listed), fold_width=folded))
    assert compiled == plain


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [*"?，,！!？,()準質數會?業?，?,。：A@z0\n“”—晹F低\u3000▯著", "(zhì)", "(shù)", "😀", "\ud800", "\0"]
        ),
        max_size=80,
    )
)
def test_nonsense_is_read_alike(both: Both, parts: list[str]) -> None:
    page = "關于質(zhì)量標準(zhǔn)的規劃，這里的標準(zhǔn)應當執行，現場檢驗發現問題時處罰。" * 2 + "".join(parts)
    compiled, plain = both.restored(page)
    assert compiled == plain


def test_a_beginning_that_was_mended_is_opened_alike(both: Both) -> None:
    page = "關于印發質量發展規劃的通知，這里的標準應當執行，現場檢驗發現問題時處罰。" * 3 + "\n著他我?！笾磕！罚弧耙荷?"
    compiled, plain = both.restored(page)
    assert compiled == plain


@pytest.mark.parametrize("two", ["禧络", "棣团", "席天", "迎平", "胡才"])
@pytest.mark.parametrize(
    "line", ["客船停靠的{}镇里有三家旅店。", "游船停靠在{}桥下的码头。", "货船停靠后将{}期用的水泵卸下。"]
)
def test_what_was_never_read_is_found_alike(both: Both, line: str, two: str) -> None:
    head = "关于印发质量发展规划的通知，这里的标准应当执行，现场检验发现问题时处罚。" * 2
    compiled, plain = both.restored(damage(head + line.format(two), fold_width=False))
    assert compiled == plain


def test_a_page_is_counted_alike() -> None:
    page = "aabaab質量質量質質質😀" * 3
    for text in (page, page.replace("😀", "")):
        compiled, plain = stretches.PageGrams(text), PageGrams(text)
        for gram in ("a", "aa", "ab", "aba", "質", "質量", "質質", "質質質", "量質量", "😀", "😀a", "無", ""):
            assert compiled[gram] == plain[gram]
            assert not gram or compiled.before(gram) == plain.before(gram)


def test_a_page_answers_so_many_questions_alike() -> None:
    page = "".join(chr(0x4E00 + at) for at in range(2 * language.ASKED_BEFORE))
    compiled, plain = stretches.PageGrams(page), PageGrams(page)
    found = [compiled.before(one) for one in page]
    assert found == [plain.before(one) for one in page]
    assert found[1 : language.ASKED_BEFORE] == list(page[: language.ASKED_BEFORE - 1])
    assert set(found[language.ASKED_BEFORE :]) == {""}
    assert compiled.before(page[1]) == page[0]
