"""Shifted stretches are read alike by the compiled code and without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    "国务院关税税则委员会公布，自2026年1月1日起，对935项商品实施低于最惠国税率的进口暂定税率。",
)
LISTED = ("數", "質", "標", "準", "強", "預", "會", "業", "產", "務", "報", "導")
LINES = [part for line in NEWS for part in line.replace("，", "，|").split("|")]
CUT = st.tuples(
    st.sampled_from("专保波常福海模牛停危希校祝粒剩"), st.sampled_from("可开科看口考控快空客款扩。、：“”《》—…")
).map("".join)
"""Characters between which the bytes of ， ！ or ？ meet: there a page is cut."""
PARTS = st.lists(
    st.one_of(
        st.sampled_from(NEWS),
        CUT.flatmap(lambda cut: st.sampled_from(LINES).map(lambda line: cut + line)),
        CUT.flatmap(lambda cut: st.sampled_from(LINES).map(lambda line: line[: len(line) // 2] + cut + line)),
        st.text(
            "的一是在不了有和人这中大为上个国我以要他着著乾后里面发展质量标准，。！？：；“”、（）《》—…0aZ8",
            max_size=24,
        ),
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

    def restored(self, page: str) -> tuple[Restored, Restored]:
        compiled = restore(page, self.pack)
        with self.plain.context() as patch:
            patch.setattr(ends, "Hidden", hidden.Hidden)
            patch.setattr(ends, "Reading", open_ends.Reading)
            patch.setattr(ends, "follow", chain.follow)
            patch.setattr(mechanism, "PageGrams", PageGrams)
            patch.setattr(mechanism, "Surroundings", surroundings.Surroundings)
            patch.setattr(language, "language_of", lambda *_: self.language)
            patch.setattr("shida.restore.page.language_of", lambda *_: self.language)
            return compiled, restore(page, self.pack)

    @property
    def language(self) -> language.Language:
        """One that looks up in dictionaries."""
        return _slow(self.pack)


_SLOW: dict[int, language.Language] = {}


def _slow(pack: Pack) -> language.Language:
    if id(pack) not in _SLOW:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(language, "Ngrams", ngrams.Ngrams)
            patch.setattr(language, "Words", words.Words)
            slow = language.Language(None, pack.restoring.names())
            assert slow.words.score("质量") < 0
            _SLOW[id(pack)] = slow
    return _SLOW[id(pack)]


@pytest.fixture(scope="module")
def both(pack: Pack) -> Iterator[Both]:
    with pytest.MonkeyPatch.context() as patch:
        yield Both(pack, patch)


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


def test_a_page_is_counted_alike() -> None:
    page = "aabaab質量質量質質質😀" * 3
    for text in (page, page.replace("😀", "")):
        compiled, plain = stretches.PageGrams(text), PageGrams(text)
        for gram in ("a", "aa", "ab", "aba", "質", "質量", "質質", "質質質", "量質量", "😀", "😀a", "無", ""):
            assert compiled[gram] == plain[gram]
            assert not gram or compiled.before(gram) == plain.before(gram)
