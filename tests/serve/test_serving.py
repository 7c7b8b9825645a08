from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from litestar.types import ASGIApp

from shida.errors import SettingsError
from shida.serve import free_port, make_application, serve
from shida.serve.application import HEADERS


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("<h1>十大</h1>" + "质量" * 2000)
    (tmp_path / "404.html").write_text("没有这一页")
    (tmp_path / "feed.xml").write_text("<rss/>")
    (tmp_path / "story").mkdir()
    (tmp_path / "story" / "s-1.html").write_text("事件")
    (tmp_path.parent / "secret.txt").write_text("not for you")
    return tmp_path


@pytest.fixture
def client(site: Path) -> Iterator[TestClient[ASGIApp]]:
    with TestClient(make_application(site)) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "status", "media_type"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/story/s-1.html", 200, "text/html; charset=utf-8"),
        ("/feed.xml", 200, "application/xml; charset=utf-8"),
        ("/nothing.html", 404, "text/html; charset=utf-8"),
        ("/healthz", 200, "application/json"),
    ],
)
def test_every_answer_has_its_type_and_the_headers(
    client: TestClient[ASGIApp], path: str, status: int, media_type: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, media_type)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value


@pytest.mark.parametrize("path", ["/", "/feed.xml", "/healthz", "/nothing.html"])
def test_head_answers_as_get_does_without_the_body(client: TestClient[ASGIApp], path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers["content-security-policy"] == HEADERS["content-security-policy"]
    assert head.content == b""


def test_what_only_reads_takes_no_post(client: TestClient[ASGIApp]) -> None:
    answer = client.post("/", content=b"x")
    assert answer.status_code == 405
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_missing_page_answers_with_the_sites_own(client: TestClient[ASGIApp]) -> None:
    assert "没有这一页" in client.get("/nothing.html").text


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/story/../../secret.txt"]
)
def test_nothing_outside_the_site_is_served(client: TestClient[ASGIApp], path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert "not for you" not in answer.text


def test_a_folder_without_a_site_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="shida publish"):
        serve(tmp_path, host="127.0.0.1", port=0, ready=print)


def test_a_port_in_use_is_named(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SettingsError, match="--port 0"):
        serve(site, host="127.0.0.1", port=taken.getsockname()[1], ready=print)


def test_it_listens_prints_its_address_and_ends_at_ctrl_c(site: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from shida.serve import serve; "
        "serve(Path(sys.argv[1]), host='127.0.0.1', port=0, ready=lambda address: print(address, flush=True))"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(site)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        for _ in range(50):
            try:
                with urllib.request.urlopen(address, timeout=5) as answer:
                    assert "十大" in answer.read().decode()
                break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail(f"{address} never answered")
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(timeout=10) == 0
    finally:
        process.kill()
        process.wait()
        process.stdout.close() if process.stdout else None


@pytest.mark.parametrize("port", [99_999, -1, 80_000_000_000])
def test_a_port_out_of_range_is_named(port: int) -> None:
    with pytest.raises(SettingsError, match="--port"):
        free_port("127.0.0.1", port)
