"""Whole Traditional text in Simplified characters: only where a person asks."""

from __future__ import annotations

from shida.pack import Pack
from shida.restore import damage, in_simplified, replay, restore

WHOLE = '臺北的檢驗機構發布了標準，全文見 https://a.cn/?x=1 。<b title="標準">頭髮</b>與發展。'


def test_traditional_text_stays_unless_asked(pack: Pack) -> None:
    restored = restore(WHOLE, pack)
    assert restored.text == WHOLE
    asked = in_simplified(WHOLE, restored)
    assert asked.text == '台北的检验机构发布了标准，全文见 https://a.cn/?x=1 。<b title="標準">头发</b>与发展。'
    assert replay(WHOLE, asked.changes) == asked.text
    assert not any(change.proved for change in asked.changes)
    assert asked.kind is None


def test_a_repair_stands_beneath_the_wish(pack: Pack) -> None:
    page = damage("这个标准对于企业并没有新的规定，检验机构已经开展工作。") + "\n乾隆年間的著作。"
    restored = restore(page, pack)
    asked = in_simplified(page, restored)
    assert restored.kind == asked.kind == "D"
    assert replay(page, asked.changes) == asked.text
    assert asked.text.startswith("这个标准对于企业并没有新的规定")
