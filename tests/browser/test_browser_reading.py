"""A reader with a mouse: tabs, wire, evidence, the repair switch, looks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from shida.publish.addresses import document_file, figure_file

KEPT = ("topics.html", "topic/biaozhun.html", "edition/quality-2025.html", "hant/article/a-bad.html", "calendar.html")
pytest_plugins = ("browser_site",)
pytestmark = pytest.mark.browser


def test_tabs_are_links_with_addresses_of_their_own(page: Page, paper_site: str) -> None:
    page.goto(paper_site)
    expect(page.locator("h1")).to_have_text("本周质量十大")
    page.click(".periods >> text=2026年")
    expect(page).to_have_url(f"{paper_site}top/2026-zhiliang.html")
    page.click(".fields >> text=国内")
    expect(page).to_have_url(f"{paper_site}top/2026-guonei.html")
    expect(page.locator("h1")).to_have_text("2026年国内十大")
    expect(page.locator(".tabs [aria-current=page]")).to_have_text(["国内", "2026年"])


def test_the_wire_shows_dated_headlines_newest_first(page: Page, paper_site: str) -> None:
    page.goto(f"{paper_site}wire.html")
    expect(page.locator(".wire h2").first).to_have_text("2026年11月22日")
    expect(page.locator(".wire h2").last).to_have_text("日期未注明")
    days = page.locator(".wire h2").all_inner_texts()[:-2]
    assert days == sorted(days, reverse=True)


def test_reasons_and_days_open_in_place(page: Page, paper_site: str) -> None:
    page.goto(paper_site)
    why = page.locator(".why").nth(3)
    expect(why.locator(".reasons")).to_be_hidden()
    why.locator("summary").click()
    expect(why.locator(".reasons li").first).to_contain_text("个互不转载的来源报道过")
    widths = [bar.bounding_box() for bar in why.locator(".bar .for, .bar .against").all()]
    assert widths[0] is not None
    assert widths[3] is not None
    assert widths[0]["width"] > widths[3]["width"] > 0
    page.click(".outside > summary")
    expect(page.locator(".outside table")).to_be_visible()


def test_evidence_opens_and_leads_to_the_marked_sentence(page: Page, paper_site: str) -> None:
    page.goto(f"{paper_site}story/s-00.html")
    row = page.locator(".facts tbody tr").first
    row.locator("summary").click()
    sentence = row.locator("blockquote p").inner_text()
    row.locator("blockquote a").click()
    target = page.locator(".ev:target")
    expect(target).to_have_text(sentence)
    assert target.evaluate("node => getComputedStyle(node).backgroundColor") != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_repair_switch(browser: Browser, paper_site: str, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{paper_site}article/a-bad.html")
    expect(page.locator(".body.clean")).to_be_visible()
    expect(page.locator(".body.marked")).to_be_hidden()
    page.click("label.switch")
    expect(page.locator(".body.clean")).to_be_hidden()
    fix = page.locator(".body.marked .fix.chosen")
    expect(fix.locator(".note")).to_be_hidden()
    fix.hover()
    expect(fix.locator(".note")).to_be_visible()
    expect(fix.locator(".note")).to_contain_text("原处为“q”，现作“公”，另一可能“宣”")
    looks = {
        kind: page.locator(f".body.marked .fix.{kind} ins").first.evaluate(
            "node => [getComputedStyle(node).borderBottomStyle, getComputedStyle(node).borderBottomColor].join()"
        )
        for kind in ("proved", "chosen", "gap")
    }
    assert len({look.split(",")[0] for look in looks.values()}) == 3  # told apart without colour too
    page.click("text=看损坏的原件")
    expect(page.locator("pre.raw")).to_have_text("本局q示：防护<b>▯▯</b>距离应大于五厘米。")
    context.close()


def test_looks_are_kept_from_page_to_page(page: Page, paper_site: str) -> None:
    page.goto(paper_site)
    paper = "getComputedStyle(document.body).backgroundColor"
    size = "getComputedStyle(document.documentElement).fontSize"
    assert page.evaluate(paper) == "rgb(251, 250, 247)"
    page.click(".looks summary")
    page.check("#theme-dark")
    page.check("#size-large")
    assert page.evaluate(paper) == "rgb(22, 21, 19)"
    page.goto(f"{paper_site}wire.html")
    assert page.evaluate(paper) == "rgb(22, 21, 19)"
    assert page.evaluate(size) == "22px"


def test_the_system_s_dark_is_followed_without_script(browser: Browser, paper_site: str) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(paper_site)
    page.click(".looks summary")
    expect(page.locator("#theme-auto")).to_be_checked()
    page.check("#theme-light")
    assert page.locator("body").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(251, 250, 247)"
    context.close()


def test_what_was_read_can_be_read_without_a_network(browser: Browser, paper_site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(paper_site)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.goto(f"{paper_site}story/s-00.html")
    expect(page.locator("h1")).to_contain_text("全国童车")
    context.set_offline(True)
    page.goto(f"{paper_site}wire.html")
    expect(page.locator("h1")).to_have_text("快讯")
    page.goto(f"{paper_site}story/s-00.html")
    expect(page.locator("h1")).to_contain_text("全国童车")
    assert page.evaluate("getComputedStyle(document.body).fontFamily").count("Noto Sans CJK")  # with its style
    page.goto(f"{paper_site}story/s-01.html")  # never read: the front page stands in
    expect(page.locator("h1")).to_have_text("本周质量十大")
    context.close()


def test_the_site_can_be_installed(page: Page, paper_site: str) -> None:
    page.goto(paper_site)
    manifest = page.evaluate("fetch(document.querySelector('link[rel=manifest]').href).then(answer => answer.json())")
    assert {"name", "short_name", "start_url", "scope", "display", "icons"} <= set(manifest)
    assert manifest["display"] in ("minimal-ui", "standalone")
    for icon in manifest["icons"]:
        answer = page.request.get(paper_site + icon["src"])
        assert answer.ok
        assert answer.headers["content-type"].startswith(icon["type"])
    found = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert found["errors"] == []
    errors = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []


def test_every_kind_of_page_that_was_read_is_kept(browser: Browser, paper_site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(paper_site)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    kept = {}
    for kind in (*KEPT, document_file("童车安全管理办法"), figure_file("社区检测站接待量", "万人次")):
        page.goto(paper_site + kind)
        kept[kind] = page.title()
    context.set_offline(True)
    for kind, title in kept.items():
        page.goto(paper_site + kind)
        assert page.title() == title
    context.close()


def test_print_leaves_out_what_cannot_be_pressed(page: Page, paper_site: str) -> None:
    page.goto(paper_site)
    page.emulate_media(media="print")
    for gone in (".rooms", ".looks", ".tabs", ".side"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".list > li").first).to_be_visible()


def test_the_sample_newsroom_reads_through(page: Page, context: BrowserContext, demo_site: str) -> None:
    page.goto(demo_site)
    for tab in page.locator(".periods a").all_inner_texts():
        page.click(f".periods >> text={tab}")
    page.goto(f"{demo_site}top/2025-zhiliang.html")
    assert page.locator(".list > li").count() >= 3
    page.locator(".list h2 a").first.click()
    expect(page.locator(".timeline li").first).to_be_visible()
    page.locator(".sources a:visible").first.click()
    expect(page.locator("article.text")).to_be_visible()
    assert getattr(page, "wrong") == []  # noqa: B009
