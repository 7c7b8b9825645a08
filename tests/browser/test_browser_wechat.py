"""The WeChat page, copied in a browser and pasted into an editing field, as an editor does it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

sys.path.insert(
    0, str(Path(__file__).parents[1] / "publish")
)  # the invented edition stands with the tests of its files

import paper_edition as paper

from shida.publish.files.wechat import wechat

LOOK = """(field, title) => {
  const texts = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) if (texts.currentNode.data.includes(title)) {
    const style = getComputedStyle(texts.currentNode.parentElement);
    return [style.fontSize, style.fontWeight, style.color];
  }
}"""
"""How large, heavy and dark a text stands in a field."""

pytest_plugins = ("browser_site",)
pytestmark = pytest.mark.browser


def test_what_is_copied_keeps_its_look(page: Page, tmp_path: Path) -> None:
    edition = paper.paper_edition()
    file = tmp_path / "wechat.html"
    file.write_bytes(wechat(edition))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    editor = tmp_path / "editor.html"
    editor.write_text("<!doctype html><meta charset=utf-8><title>x</title><div id=field contenteditable></div>")
    page.goto(editor.as_uri())
    page.locator("#field").focus()
    page.keyboard.press("Control+v")
    field = page.locator("#field")
    for entry in edition.entries:
        expect(field).to_contain_text(entry.title)
        expect(field).to_contain_text(entry.reasons[0])
    for source in edition.listed:
        expect(field).to_contain_text(source.url)
    look = field.evaluate(LOOK, edition.entries[0].title)
    assert look == ["18px", "700", "rgb(34, 34, 34)"]
    assert field.locator("a, script, style, img").count() == 0


def test_it_reads_well_on_a_telephone(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "wechat.html"
    file.write_bytes(wechat(paper.paper_edition(lambda text: text + "W" * 300)))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
