"""The site's files as they are sent: compressed once, asked again for nothing, swapped under way, and no others."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from litestar.types import ASGIApp

from shida.serve import make_application
from shida.serve import pages as pages_module
from shida.serve.pages import SitePages


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "story").mkdir(parents=True)
    (site / "index.html").write_text("质量" * 3000)
    (site / "story" / "index.html").write_text("目录")
    (site / "list.csv").write_text("甲,乙\n" * 2000)
    (site / "card.png").write_bytes(b"\x89PNG" * 1000)
    (site / ".state.json").write_text("{}")
    (tmp_path / "secret.txt").write_text("not for you")
    (site / "way-out").symlink_to(tmp_path / "secret.txt")
    return site


@pytest.fixture
def client(site: Path) -> Iterator[TestClient[ASGIApp]]:
    with TestClient(make_application(site)) as client:
        yield client


def test_what_is_sent_compressed_is_the_file(client: TestClient[ASGIApp], site: Path) -> None:
    answer = client.get("/", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 1000
    assert (answer.text, answer.headers["vary"]) == ("质量" * 3000, "accept-encoding")
    plain = client.get("/", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == answer.text
    assert "content-encoding" not in client.get("/card.png").headers


def test_what_did_not_change_is_not_sent_again(client: TestClient[ASGIApp], site: Path) -> None:
    etag = client.get("/list.csv").headers["etag"]
    again = client.get("/list.csv", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["x-content-type-options"] == "nosniff"
    (site / "list.csv").write_text("丙")
    changed = client.get("/list.csv", headers={"if-none-match": etag})
    assert (changed.status_code, changed.text) == (200, "丙")


def test_a_site_swapped_in_whole_is_answered_at_once(client: TestClient[ASGIApp], site: Path) -> None:
    assert client.get("/").text.startswith("质量")
    new = site.with_name("new")
    new.mkdir()
    (new / "index.html").write_text("新的一期" * 3000)  # as long as the old one
    site.rename(site.with_name("old"))
    new.rename(site)
    assert client.get("/").text.startswith("新的")
    assert client.get("/list.csv").status_code == 404


OUTSIDE = (
    "/.state.json",
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/story/%2e%2e/%2e%2e/secret.txt",
    "/..%5csecret.txt",
    "/a%00b",
    "/way-out",
    "/" + "a/" * 500,
    "/" + "质" * 300,
)


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_else_is_sent(client: TestClient[ASGIApp], path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert "not for you" not in answer.text


def test_folders_have_their_index(client: TestClient[ASGIApp]) -> None:
    assert client.get("/story/").text == client.get("/story").text == "目录"


def test_large_files_come_whole_and_memory_is_bounded(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_module, "LARGE", 100_000)
    monkeypatch.setattr(pages_module, "KEPT_BYTES", 200_000)
    content = os.urandom(300_000)
    (site / "archive.zip").write_bytes(content)
    with TestClient(make_application(site)) as client:
        assert client.get("/archive.zip").content == content
    pages = SitePages(site)
    for number in range(30):
        (site / f"{number}.html").write_bytes(os.urandom(20_000))
        held = pages._file(f"{number}.html")
        assert held is not None
        if held.squeezed is not None:
            assert gzip.decompress(held.squeezed) == held.plain
    assert pages._bytes <= 200_000
    assert pages._bytes == sum(len(one.plain) + len(one.squeezed or b"") for one in pages._held.values())
