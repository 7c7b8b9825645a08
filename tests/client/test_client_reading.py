"""The client against a server on the loopback: records in, pages drawn, errors in words, hostile servers survived."""

from __future__ import annotations

import gzip
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from litestar.types import ASGIApp

sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))  # the newsroom stands with the API's tests

from api_room import ODD, SENTENCE, make_room, open_library

from shida.client import ApiError, Client, NoAnswer, NotFound, NotUnderstood
from shida.errors import SettingsError, ShidaError
from shida.pack import Pack
from shida.records import Document, Figure
from shida.serve import free_port, make_application
from shida.serve.api.routes import ROUTES
from shida.store import Newsroom


@contextmanager
def listening(application: ASGIApp) -> Iterator[str]:
    """The application on a free port of the loopback, served by the server of `shida serve`."""
    import asyncio

    from granian.constants import Interfaces
    from granian.server.embed import Server

    port = free_port("127.0.0.1", 0)
    server = Server(application, address="127.0.0.1", port=port, interface=Interfaces.ASGI, log_enabled=False)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        threading.Event().wait(0.05)
    yield f"http://127.0.0.1:{port}"
    stop: Callable[[], None] = server.stop
    stop()
    thread.join(10)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_room(tmp_path_factory.mktemp("client") / "newsroom")


@pytest.fixture(scope="module")
def address(home: Path, pack: Pack) -> Iterator[str]:
    library = open_library(home, pack)
    with listening(make_application(home / "site", library=library)) as address:
        yield address
    library.close()


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    with Client(address) as client:
        yield client


def test_records_come_as_they_are_kept_page_after_page(client: Client, home: Path) -> None:
    with Newsroom.open(home) as newsroom:
        articles = {one.id: one for one in newsroom.articles()}
        stories = {one.id: one for one in newsroom.stories()}
    found = list(client.articles(page=3))
    assert len(found) == len(articles)
    assert {one.id: one for one in found} == articles
    assert {one.id: one for one in client.stories(page=2)} == stories
    assert client.article(ODD) == articles[ODD]
    assert client.story("s-before") == stories["s-odd"]


def test_facts_come_typed_with_their_evidence(client: Client) -> None:
    (document,) = client.facts("document", issuer="国办", since=date(2025, 3, 1))
    assert isinstance(document, Document)
    assert client.fact("document", document.id) == document
    (figure,) = client.facts(title="产品合格率")
    assert isinstance(figure, Figure)
    (origin,) = client.evidence("figure", figure.id).origins
    assert (origin.sentence, origin.exact, origin.repairs[0].before) == (SENTENCE, True, "海疆威士")
    assert len(list(client.facts(page=1))) == 4


def test_days_are_kept_to(client: Client) -> None:
    assert [one.id for one in client.articles(as_of="2024-04-01")] == ["a-04"]
    assert client.welcome(as_of=date(2024, 4, 1)).counts["articles"] == 1
    assert list(client.stories(updated_since="2025-06-03")) == []


def test_rankings_editions_sources_topics_and_search(client: Client) -> None:
    ranking = client.ranking("2025", limit=2)
    assert ranking.entries
    assert ranking.as_of == "2025-12-31"
    assert client.ranking("十四五", field="质量").period.last == "2025-12-31"
    assert client.rankings().fields[0] == "质量"
    assert [one.version for one in client.editions()] == [2]
    assert [one.version for one in client.versions("e-2025")] == [2, 1]
    assert client.edition("e-2025", version=1).state == "published"
    assert "质量观察" in [one.name for one in client.sources().items]
    assert client.topics().total == len(client.topics().items)
    assert [one.name for one in client.authorities().items] == ["国务院办公厅"]
    pages = list(client.search("黑颈鹤", limit=1))
    assert [hit.id for page in pages for hit in page.items] in (["a-04", "a-06"], ["a-06", "a-04"])


def test_every_resource_has_a_method() -> None:
    without = {"facts_of_kind", "problem"}  # `facts(kind)`, and what a refusal brings by itself
    assert {route.name for route in ROUTES} - without <= set(vars(Client))


def test_what_did_not_change_is_not_sent_again(client: Client) -> None:
    first = client.topics()
    statuses = []
    answer = client._asking._answer
    client._asking._answer = lambda *given: statuses.append(one := answer(*given)) or one  # type: ignore[method-assign, func-returns-value]
    assert client.topics() == first
    assert [status for status, _, _ in statuses] == [304]


def test_errors_say_what_was_wrong(client: Client) -> None:
    with pytest.raises(NotFound, match="没有找到") as missing:
        client.article("none")
    assert missing.value.problem is not None
    assert missing.value.problem.status == 404
    with pytest.raises(ApiError, match="质量") as wrong:
        list(client.stories(field="质最"))
    assert wrong.value.problem is not None
    assert (wrong.value.problem.parameter, wrong.value.problem.near) == ("field", "质量")
    assert issubclass(ApiError, ShidaError)
    assert list(client.stories(page=1))  # the connection goes on


@pytest.mark.parametrize("odd", ["", "127.0.0.1:8010", "ftp://example.org", "http://", "http://[", "http://例子.org"])
def test_an_address_that_is_none_is_refused(odd: str) -> None:
    with pytest.raises(SettingsError, match="Give one like"):
        Client(odd)


def test_nobody_answers() -> None:
    port = free_port("127.0.0.1", 0)
    with Client(f"http://127.0.0.1:{port}") as client, pytest.raises(NoAnswer, match="shida serve"):
        client.welcome()


@contextmanager
def odd_server(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"content-length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


@pytest.mark.parametrize(
    ("body", "status", "headers"),
    [
        (b"<html>", 200, {}),
        (b'{"title": 3}', 200, {}),
        (b"\xff\xfe", 200, {}),
        (b"not gzip", 200, {"content_encoding": "gzip"}),
        (gzip.compress(b"{}", mtime=0)[:-4], 200, {"content_encoding": "gzip"}),
        (b"", 302, {"location": "http://127.0.0.1:1/"}),
        (b"<h1>no</h1>", 500, {}),
    ],
)
def test_an_answer_of_something_else_is_said_to_be_one(body: bytes, status: int, headers: dict[str, str]) -> None:
    with (
        odd_server(lambda handler: send(handler, body, status, **headers)) as address,
        Client(address) as client,
        pytest.raises(NotUnderstood, match=r"shida|damaged"),
    ):
        client.welcome()


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shida.client.asking.MAX_BYTES", 100_000)
    bomb = gzip.compress(b" " * 50_000_000)
    with (
        odd_server(lambda h: send(h, bomb, content_encoding="gzip")) as address,
        Client(address) as client,
        pytest.raises(NotUnderstood, match="more than"),
    ):
        client.welcome()
    with (
        odd_server(lambda handler: send(handler, b" " * 100_001)) as address,
        Client(address) as client,
        pytest.raises(NotUnderstood, match="more than"),
    ):
        client.welcome()


def test_a_list_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shida.client.reading.MAX_PAGES", 5)
    page = b'{"items":[],"total":1,"as_of":"2025-01-01","next":"x"}'
    with (
        odd_server(lambda handler: send(handler, page)) as address,
        Client(address) as client,
        pytest.raises(NotUnderstood, match="pages"),
    ):
        list(client.stories())


def test_a_silent_server_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with Client(address, timeout=0.2) as client, pytest.raises(NoAnswer, match="in time"):
            client.welcome()
