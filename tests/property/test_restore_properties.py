"""What holds of restore whatever the text."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shida.pack import Pack, load_packs
from shida.records import Change
from shida.restore import damage, replay, restore
from shida.restore.edits import joined

PACK: Pack = load_packs(("quality", "general"))
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORDS = re.findall(
    "..",
    "质量标准企业对于并且检验国家发布规定这个数据网络什么愿意市场监督管理经济技术产品服务问题"
    "工作关于时间认证计量建设发展开展",
)
SENTENCE_END = "，对于什么并不关于。"
prose = st.lists(st.sampled_from(WORDS), min_size=30, max_size=80).map(
    lambda words: "".join(word + ("，" if at % 7 == 6 else "") for at, word in enumerate(words)) + SENTENCE_END
)
TURNED = "質標準業對檢驗國發規這個數據網絡監經濟術產務問題關時認證計設"
listed = st.frozensets(st.sampled_from(TURNED))
anything = st.text(max_size=400)
odd = st.text(
    alphabet=st.sampled_from("質量(zhì)?！，？,!這個并于�€涓鍥×ÊÁ&#x8d28;#xff1a;<b>/>\n 0aA✊😀\ud800强标著乾"),
    max_size=300,
)


@QUICK
@given(prose, listed)
def test_damage_is_undone_where_no_byte_is_lost(text: str, characters: frozenset[str]) -> None:
    page = damage(text, characters, fold_width=False)
    restored = restore(page, PACK)
    assert replay(page, restored.changes) == restored.text
    if "?" not in page:
        assert restored.text == text
        assert all(change.proved for change in restored.changes)


@QUICK
@given(st.one_of(anything, odd))
def test_no_text_raises_and_changes_replay(text: str) -> None:
    restored = restore(text, PACK)
    assert replay(text, restored.changes) == restored.text
    at = 0
    for change in restored.changes:
        assert at <= change.start <= change.end
        assert text[change.start : change.end] == change.before
        at = change.end
    for gap in restored.gaps:
        assert 0 <= gap.start < gap.end <= len(restored.text)
    assert restored == restore(text, PACK)


@QUICK
@given(st.binary(max_size=300))
def test_no_bytes_read_as_gbk_or_latin_raise(content: bytes) -> None:
    for charset in ("gbk", "latin-1", "utf-8"):
        text = content.decode(charset, "replace")
        restored = restore(text, PACK)
        assert replay(text, restored.changes) == restored.text


@QUICK
@given(prose, listed)
def test_a_restored_text_is_whole(text: str, characters: frozenset[str]) -> None:
    once = restore(damage(text, characters, fold_width=False), PACK)
    assert restore(once.text, PACK).text == once.text


def _spans(text: str) -> st.SearchStrategy[list[Change]]:
    @st.composite
    def build(draw: st.DrawFn) -> list[Change]:
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
        changes = []
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            after = draw(st.text("xyz", max_size=3))
            changes.append(
                Change(start=start, end=end, before=text[start:end], after=after, rule="a", proved=draw(st.booleans()))
            )
        return changes

    return build()


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_two_repairs_in_a_row_join_into_one(data: st.DataObject) -> None:
    text = data.draw(st.text("abcdef", max_size=14))
    first = data.draw(_spans(text))
    middle = replay(text, first)
    second = data.draw(_spans(middle))
    one = joined(text, first, second)
    assert replay(text, one) == replay(middle, second)
    at = 0
    for change in one:
        assert at <= change.start <= change.end
        assert text[change.start : change.end] == change.before
        at = change.end
