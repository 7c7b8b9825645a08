"""The search page in Chromium: of a folder without a server, and of `shida serve`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from shida.demo import DEMO_DAY

pytest_plugins = ("browser_site",)
pytestmark = pytest.mark.browser
PAYLOAD = '"><img src=x onerror="window.ran=1"><script>window.ran=1</script>'


@pytest.fixture(scope="module")
def served(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample newsroom behind `shida serve`; gives its address."""
    home = tmp_path_factory.mktemp("served") / "newsroom"
    shutil.copytree(demo_folder.parent / "newsroom", home)
    call = [sys.executable, "-c", "from shida.cli import main; main()", "serve", "--home", str(home)]
    process = subprocess.Popen([*call, "--port", "0", "--as-of", DEMO_DAY], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield process.stdout.readline().split()[0]
    process.terminate()
    process.wait(timeout=60)
    process.stdout.close()


def found_by_script(page: Page) -> list[str]:
    expect(page.locator("#status")).to_have_text(re.compile("^(共|没有|查询)"))
    return [str(title) for title in page.locator("#found h2").all_inner_texts()]


@pytest.mark.parametrize("script", ["", "hant/"])
def test_a_folder_without_a_server_finds_titles_documents_and_editions(
    page: Page, demo_folder: Path, script: str
) -> None:
    page.goto(f"file://{demo_folder}/{script}search.html?q=質量")
    titles = found_by_script(page)
    assert any("质量强国建设纲要" in title for title in titles)
    assert any("2025年度十大质量新闻" in title for title in titles)
    assert page.locator("#found mark").first.inner_text() == "质量"
    href = str(page.locator("#found a").first.get_attribute("href"))
    page.locator("#found a").first.click()
    found = f"file://{demo_folder}/{script}{href.removeprefix('./').split('#')[0]}"
    expect(page).to_have_url(re.compile(re.escape(found)))
    expect(page.locator("h1")).to_have_count(1)  # waits: a followed link has an address before it has a page


def test_words_are_taken_together_and_taken_away(page: Page, demo_folder: Path) -> None:
    def titles(query: str) -> list[str]:
        page.fill("#ask", query)
        page.keyboard.press("Enter")
        return found_by_script(page)

    page.goto(f"file://{demo_folder}/search.html")
    every = titles("质量")
    without = titles("质量 -质量月")
    assert 0 < len(without) < len(every)
    assert not any("质量月" in title for title in without)
    dated = titles("质量 日期:2025")
    assert 0 < len(dated) < len(every)
    assert titles("，。") == []
    assert titles("没有这样的词") == []
    assert "没有找到" in page.inner_text("#status")


def test_what_is_typed_never_runs(page: Page, demo_folder: Path, served: str) -> None:
    for address in (f"file://{demo_folder}/search.html", f"{served}search.html"):
        page.goto(address)
        page.fill("#ask", PAYLOAD)
        page.keyboard.press("Enter")
        page.wait_for_timeout(400)
        assert page.evaluate("window.ran") is None
        assert page.input_value("#ask") == PAYLOAD


def test_the_server_answers_without_a_script(browser: Browser, served: str) -> None:
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(served)
    page.fill("header input[name=q]", "质量强国")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    assert "篇文章" in page.inner_text("[role=status]")
    page.locator(".found h2 a").first.click()
    expect(page).to_have_url(re.compile("/article/"))
    plain.close()


def test_names_are_offered_while_one_types(page: Page, served: str) -> None:
    page.goto(f"{served}search.html")
    page.locator("#ask").press_sequentially("scjg")
    expect(page.locator("#names option[value='市场监管总局']")).to_be_attached()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_is_accessible_and_scrolls_down_only(
    browser: Browser, served: str, demo_folder: Path, width: int
) -> None:
    plain = browser.new_context(viewport={"width": width, "height": 900})
    page = plain.new_page()
    addresses = [f"{served}search.html?q={q}" for q in ("质量", "市场临管总局", "qwqwqw", "")]
    for address in (*addresses, f"{served}hant/search.html?q=標準", f"file://{demo_folder}/search.html?q=质量"):
        page.goto(address)
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        serious = [
            one["id"] for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")
        ]
        assert serious == [], address
    plain.close()


def test_the_search_page_breaks_no_rule_of_the_policy(page: Page, served: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in ("search.html?q=质量", "hant/search.html?q=質量", "index.html"):
        page.goto(served + path)
        page.wait_for_timeout(150)
    assert said == []
