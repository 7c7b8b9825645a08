"""A reader takes a reference along: with a click where there is script, by marking it where there is none."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

pytest_plugins = ("browser_site",)
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["article/a-000.html", "edition/quality-2025.html", "hant/article/a-000.html"])
def test_the_button_copies_the_reference_with_the_day_of_reading(page: Page, paper_site: str, path: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(paper_site + path)
    line = page.locator("[data-reference]")
    expect(line).to_contain_text(re.compile(r"\[EB/OL\]\. （2026-\d\d-\d\d）\[\d{4}-\d\d-\d\d\]\. http"))
    expect(line).to_contain_text(date.today().isoformat())
    button = page.locator(".cite button")
    button.click()
    expect(button).to_have_text("已複製" if path.startswith("hant") else "已复制")
    assert page.evaluate("navigator.clipboard.readText()") == line.inner_text()


def test_without_script_the_reference_can_be_marked_and_says_what_to_add(browser: Browser, paper_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{paper_site}article/a-000.html")
    expect(page.locator("[data-reference]")).to_contain_text("[引用日期]")
    expect(page.locator(".cite button")).to_be_hidden()
    expect(page.locator(".cite .quiet")).to_contain_text("请写阅读当日")
    assert page.locator("[data-reference]").evaluate("node => getComputedStyle(node).userSelect") == "all"
    context.close()
