"""The HTML report."""

from __future__ import annotations

from shida.pack import Pack
from shida.restore import damage, report_html, restore


def test_the_report_marks_what_was_chosen_and_escapes_the_rest(pack: Pack) -> None:
    clean = "会议在上海、苏州两个城市举行，对于产业规划，与会者认为应该并重，国内外专家发言<script>alert(1)</script>。"
    page = damage(clean, {"產", "業", "規"}, fold_width=False)
    html = report_html(page, restore(page, pack), "<b>.txt")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;.txt" in html
    assert '<mark class="chosen"' in html
    assert '<mark class="proved"' in html
    assert "其次可能是" in html


def test_a_whole_text_has_a_report_too(pack: Pack) -> None:
    html = report_html("标准已经发布。", restore("标准已经发布。", pack))
    assert "未见损坏" in html
    assert "标准已经发布。" in html
