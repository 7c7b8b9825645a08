"""Every kind of page for everyone: keyboard, axe, narrow windows, large letters, no weight, no shifts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from shida.publish.addresses import document_file, figure_file

pytest_plugins = ("browser_site",)
pytestmark = pytest.mark.browser

DOCUMENT = document_file("童车安全管理办法")
FIGURE = figure_file("社区检测站接待量", "万人次")
KINDS = (
    "index.html",
    "wire.html",
    "wire/2026-11.html",
    "article/a-bad.html",
    "article/a-list.html",
    "article/a-bare.html",
    "original/a-bad.html",
    "story/s-00.html",
    "story/s-03.html",
    "register/documents.html",
    "register/figures.html",
    "register/happenings.html",
    "register/authorities.html",
    "topics.html",
    "topic/biaozhun.html",
    DOCUMENT,
    FIGURE,
    "search.html",
    "calendar.html",
    "editions.html",
    "edition/quality-2025.html",
    "method.html",
    "sources.html",
    "404.html",
    "top/2025-keji.html",
    "feeds.html",
    "help.html",
    "hant/index.html",
)
DARK_KINDS = (
    "index.html",
    "topics.html",
    "editions.html",
    DOCUMENT,
    FIGURE,
    "article/a-bad.html",
    "story/s-00.html",
    "register/figures.html",
    "sources.html",
    "404.html",
)
"""Pages that between them show every colour."""
OPEN_ALL = "document.querySelectorAll('main details').forEach(node => node.open = true)"


def serious(page: Page, options: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    """What axe finds on the page that stands in a reader's way: the rule, and the first place."""
    return [
        (finding["id"], finding["nodes"][0]["html"][:120])
        for finding in Axe().run(page, options=options).response["violations"]
        if finding["impact"] in ("serious", "critical")
    ]


def test_axe_sees_what_is_wrong(page: Page, paper_site: str) -> None:
    page.goto(paper_site)
    page.evaluate("document.querySelector('h1').style.color = '#eee'; document.documentElement.lang = ''")
    assert {rule for rule, _ in serious(page)} == {"color-contrast", "html-has-lang"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, paper_site: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    found: list[tuple[str, ...]] = []
    for kind in KINDS if scheme == "light" else DARK_KINDS:
        page.goto(paper_site + kind)
        page.evaluate(OPEN_ALL)
        if page.locator("#trace").count():
            page.check("#trace", force=True)
        found.extend((kind, *finding) for finding in serious(page))
    context.close()
    assert found == []


def test_large_letters_reach_the_higher_contrast(browser: Browser, paper_site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(paper_site)
    page.evaluate("localStorage.setItem('shida-size', 'large')")
    found: list[tuple[str, ...]] = []
    for kind in ("index.html", "article/a-bad.html", "story/s-00.html", "register/figures.html", "topics.html", FIGURE):
        page.goto(paper_site + kind)
        page.evaluate(OPEN_ALL)
        options: dict[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
        options["rules"] = {"color-contrast-enhanced": {"enabled": True}}
        found.extend((kind, *finding) for finding in serious(page, options))
    context.close()
    assert found == []


@pytest.mark.parametrize(("width", "size"), [(360, "normal"), (320, "normal"), (360, "large"), (768, "normal")])
def test_no_page_scrolls_sideways(browser: Browser, paper_site: str, width: int, size: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(paper_site)
    page.evaluate(f"localStorage.setItem('shida-size', '{size}')")
    wide = []
    for kind in KINDS:
        page.goto(paper_site + kind)
        page.evaluate(OPEN_ALL)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(kind)
    context.close()
    assert wide == []


def test_the_keyboard_alone_is_enough(page: Page, paper_site: str) -> None:
    page.goto(paper_site)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.why > summary')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".why[open] .reasons").first).to_be_visible()

    page.goto(f"{paper_site}article/a-bad.html")
    page.focus("#trace")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.matches('.body .fix')"):
        page.keyboard.press("Tab")
    expect(page.locator(".fix:focus .note")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".fix .note >> visible=true")).to_have_count(0)


def test_single_keys_walk_open_and_can_be_switched_off(page: Page, paper_site: str) -> None:
    page.goto(paper_site)
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(".list h2 a").nth(1)).to_be_focused()
    page.keyboard.press("o")
    expect(page.locator(".list .why").nth(1)).to_have_attribute("open", "")
    page.keyboard.press("g")
    page.keyboard.press("w")
    expect(page).to_have_url(f"{paper_site}wire.html")
    page.wait_for_load_state()  # its script listens only then
    page.keyboard.press("?")
    expect(page).to_have_url(f"{paper_site}help.html")
    page.click(".looks summary")
    page.uncheck("#keys")
    page.goto(f"{paper_site}wire.html")
    page.keyboard.press("?")
    page.wait_for_timeout(100)
    expect(page).to_have_url(f"{paper_site}wire.html")


def test_what_has_focus_is_outlined(page: Page, paper_site: str) -> None:
    page.goto(paper_site)
    for _ in range(25):
        page.keyboard.press("Tab")
        outlined = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outlined != "none", page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def test_small_targets_are_not_smaller_than_24_pixels(page: Page, paper_site: str) -> None:
    page.goto(paper_site)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.masthead a, .tabs a, summary, .foot a')]
            .map(node => [node.textContent.trim(), node.getBoundingClientRect().height])
            .filter(([, height]) => height > 0 && height < 24)"""
    )
    assert small == []


def test_nothing_shifts(page: Page, paper_site: str) -> None:
    page.add_init_script(
        "window.shifts = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => "
        "{ window.shifts += entry.value; })).observe({type: 'layout-shift', buffered: true});"
    )
    for kind in KINDS:
        page.goto(paper_site + kind)
        page.wait_for_timeout(30)
        assert page.evaluate("window.shifts") < 0.001, kind  # a hundredth of what counts as good


def test_the_sample_site_is_sound_on_a_phone(browser: Browser, demo_site: str, demo_folder: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    kinds: dict[Path, Path] = {}  # the first page of every folder
    for file in sorted(demo_folder.rglob("*.html")):
        kinds.setdefault(file.parent, file)
    wrong: list[tuple[str, ...]] = []
    for file in [*kinds.values(), demo_folder / "index.html", demo_folder / "register/documents.html"]:
        page.goto(demo_site + file.relative_to(demo_folder).as_posix())
        page.evaluate(OPEN_ALL)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append((file.name, "wide"))
        wrong.extend((file.name, *finding) for finding in serious(page))
    context.close()
    assert wrong == []
