"""300 payloads in every field that comes from outside: none runs, none leaves, none is even markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser_site import build, watch
from hostile_newsroom import PAYLOADS, hostile_newsroom
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

pytest_plugins = ("browser_site",)
pytestmark = pytest.mark.browser

WATCH = """
addEventListener('load', function () {
  if (window.ran === 1 || document.body.innerHTML.endsWith('ran')) console.error('a payload ran');
});
window.hit = function () { console.error('a payload ran'); };
addEventListener('securitypolicyviolation', event => console.error('policy: ' + event.violatedDirective));
"""


LINKS = ("href", "src", "action", "formaction", "xlink:href", "poster", "data")
SCRIPT_URL = re.compile(r"[\x00-\x20]*(?:javascript|data|vbscript)\s*:", re.IGNORECASE)
OWN_SCRIPT = re.compile(r"/?(?:\.{1,2}/)*static/(?:theme|site|search)\.js\?[0-9a-f]{8}")
OWN_PICTURE = re.compile(r"(?:\.{1,2}/)*card/[a-z0-9_-]+\.png")
OWN_FORM = re.compile(r"/?(?:\.{1,2}/)*search\.html")
KINDS = ("story", "original", "top", "register", "edition", "authority", "topic", "document", "figure", "wire")
SIGNPOST = b'http-equiv="refresh"'


@pytest.fixture(scope="module")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the newsroom full of payloads."""
    return build(hostile_newsroom(), tmp_path_factory.mktemp("hostile") / "site")


def test_there_are_300_payloads() -> None:
    assert len(set(PAYLOADS)) == 300


def test_no_payload_is_markup(hostile_folder: Path) -> None:
    wrong: list[tuple[str, str | None]] = []
    for file in hostile_folder.rglob("*.html"):
        page = LexborHTMLParser(file.read_text("utf-8"))
        wrong.extend(
            (file.name, node.html)
            for node in page.css("script")
            if node.attributes.get("type") != "application/ld+json"
            and not OWN_SCRIPT.fullmatch(node.attributes.get("src") or "")
        )
        if page.css("iframe, base, style, math, object, embed, [style], [srcdoc]"):
            wrong.append((file.name, "a foreign element"))
        for kind, attribute, own in (("img", "src", OWN_PICTURE), ("form", "action", OWN_FORM)):
            wrong.extend(
                (file.name, node.html) for node in page.css(kind) if not own.fullmatch(node.attributes[attribute] or "")
            )
        wrong.extend(
            (file.name, f"{name}={value}")
            for node in page.css("*")
            for name, value in node.attributes.items()
            if name.startswith("on") or (name in LINKS and SCRIPT_URL.match(value or ""))
        )
    assert wrong == []


def test_no_payload_runs(browser: Browser, hostile_folder: Path, serve_site: Callable[[Path], str]) -> None:
    address = serve_site(hostile_folder)
    files = sorted(hostile_folder.rglob("*.html"))
    # Every article page, for it holds every field; of the rest every kind of page. Both scripts come from one template.
    files = [file for file in files if "hant" not in file.relative_to(hostile_folder).parts]
    chosen = [file for file in files if file.parent.name == "article"]
    chosen += [file for file in files if file.parent.name in KINDS][::9]
    chosen += [file for file in files if file.parent == hostile_folder]
    assert len(chosen) > 90
    context = browser.new_context(service_workers="block")
    context.add_init_script(WATCH)
    page = context.new_page()
    wrong = watch(page)
    for file in chosen:
        if SIGNPOST in file.read_bytes():
            continue  # leads on at once to a story
        page.goto(address + file.relative_to(hostile_folder).as_posix())
    context.close()
    assert wrong == []


def test_nothing_runs_even_where_the_policy_is_lost(
    browser: Browser, hostile_folder: Path, serve_site: Callable[[Path], str]
) -> None:
    address = serve_site(hostile_folder)
    context = browser.new_context(bypass_csp=True, service_workers="block")
    context.add_init_script(WATCH)
    page = context.new_page()
    wrong = watch(page)
    for file in [*sorted((hostile_folder / "article").glob("*.html"))[::10], hostile_folder / "index.html"]:
        page.goto(address + file.relative_to(hostile_folder).as_posix())
    context.close()
    assert wrong == []


def test_the_watch_sees_a_payload_that_runs(
    browser: Browser, tmp_path: Path, serve_site: Callable[[Path], str]
) -> None:
    (tmp_path / "bad.html").write_text("<title>x</title><script>hit(1);window.ran=1</script><img src=//evil.example/p>")
    context = browser.new_context(service_workers="block")
    context.add_init_script(WATCH)
    page = context.new_page()
    wrong = watch(page)
    page.goto(serve_site(tmp_path) + "bad.html")
    assert page.evaluate("window.ran === 1")
    assert "a payload ran" in wrong
    assert any("evil.example" in said for said in wrong)
    context.close()
