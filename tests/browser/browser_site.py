"""Fixtures: sites built once and served on this machine, and a browser to read them with.

PYTEST_DONT_REWRITE: tests import from here before the fixtures are registered, and nothing is asserted here.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))  # the invented newsrooms stand with the site's tests

import paper_newsroom

from shida.demo import build_demo
from shida.pack import load_packs
from shida.publish import Content, publish
from shida.settings import Settings

SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
"""Chromium as root in a container, and without calls of its own."""


class Quiet(SimpleHTTPRequestHandler):
    """A file server that says nothing, and keeps its connections."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="session")
def serve_site() -> Iterator[Callable[[Path], str]]:
    """Serve a folder; gives its address."""
    servers: list[ThreadingHTTPServer] = []

    def serve(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def build(content: Content, out: Path) -> Path:
    """The site of `content`, with filing numbers."""
    settings = Settings(icp="京ICP备00000000号-1", public_security_filing="京公网安备 00000000000000号")
    publish(content, out, settings=settings, pack=load_packs(), as_of=paper_newsroom.AS_OF)
    return out


@pytest.fixture(scope="session")
def paper_site(tmp_path_factory: pytest.TempPathFactory, serve_site: Callable[[Path], str]) -> str:
    """Address of the small invented newsroom's site."""
    return serve_site(build(paper_newsroom.small_newsroom(), tmp_path_factory.mktemp("paper") / "site"))


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample newsroom's site, as `shida demo` builds it."""
    place = tmp_path_factory.mktemp("demo")
    for _ in build_demo(place / "newsroom", place / "site"):
        pass
    return place / "site"


@pytest.fixture(scope="session")
def demo_site(demo_folder: Path, serve_site: Callable[[Path], str]) -> str:
    """Address of the sample newsroom's site."""
    return serve_site(demo_folder)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(SWITCHES))
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window of a desk's width with nothing remembered."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab that fails the test on an error of a script, a broken policy, or a request to anybody else."""
    tab = context.new_page()
    watch(tab)
    return tab


def watch(tab: Page) -> list[str]:
    """What went wrong in `tab`, as it comes."""
    wrong: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(message.text)

    def on_request(asked: Request) -> None:
        if "//127.0.0.1:" not in asked.url:
            wrong.append(asked.url)

    def on_dialog(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    tab.on("console", on_console)
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("request", on_request)
    tab.on("dialog", on_dialog)
    setattr(tab, "wrong", wrong)  # noqa: B010
    return wrong
