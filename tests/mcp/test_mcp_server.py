"""The tools for assistants, through the protocol's own client: typed, read-only, each answer with its source."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mcp import Client, StdioServerParameters

sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))  # the newsroom stands with the API's tests

from api_room import ODD, SENTENCE, make_room, odd_article, open_library

from shida.errors import SettingsError, StoreError
from shida.mcp import make_server
from shida.pack import Pack
from shida.serve.api import Library

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Iterator[Library]:
    library = open_library(make_room(tmp_path_factory.mktemp("mcp") / "newsroom"), pack)
    yield library
    library.close()


def with_client(library: Library, work: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with Client(make_server(library)) as client:
            return await work(client)

    return asyncio.run(run())


@pytest.fixture
def ask(library: Library) -> Ask:
    def asked(tool: str, **arguments: Any) -> Any:
        async def call(client: Client) -> Any:
            return await client.call_tool(tool, arguments)

        answer = with_client(library, call)
        assert not answer.is_error, answer.content
        return answer.structured_content

    return asked


@pytest.fixture
def refused(library: Library) -> Ask:
    def asked(tool: str, **arguments: Any) -> Any:
        async def call(client: Client) -> Any:
            return await client.call_tool(tool, arguments)

        answer = with_client(library, call)
        assert answer.is_error
        return answer.content[0].text

    return asked


def sources(value: Any) -> Iterator[dict[str, Any]]:
    """Every source anywhere in an answer."""
    if isinstance(value, dict):
        if isinstance(value.get("source"), dict):
            yield value["source"]
        for one in value.values():
            yield from sources(one)
    elif isinstance(value, list):
        for one in value:
            yield from sources(one)


CALLS = (
    ("search", {"query": "黑颈鹤"}),
    ("story", {"story": "s-a-04"}),
    ("facts", {"kind": "document"}),
    ("top", {"period": "2025"}),
    ("evidence", {"kind": "figure", "fact": "f-01"}),
)


def test_the_tools_are_five_typed_and_read_only(library: Library) -> None:
    async def tools(client: Client) -> Any:
        return (await client.list_tools()).tools

    found = {tool.name: tool for tool in with_client(library, tools)}
    assert list(found) == [name for name, _ in CALLS]
    for tool in found.values():
        assert tool.annotations.read_only_hint
        assert not tool.annotations.destructive_hint
        assert tool.description
        assert tool.output_schema["type"] == "object"
        assert tool.input_schema["type"] == "object"
    assert "document" in json.dumps(found["facts"].input_schema)


@pytest.mark.parametrize(("tool", "arguments"), CALLS)
def test_each_answer_has_the_source_it_rests_on(
    ask: Ask, library: Library, tool: str, arguments: dict[str, str]
) -> None:
    found = list(sources(ask(tool, **arguments)))
    assert found
    for source in found:
        article = library.newsroom.article(source["article"])
        assert article is not None
        assert source["url"] == article.url
        assert source["page"].startswith("http://127.0.0.1:8010/article/")
        if source["sentence"] != article.title:
            assert source["sentence"] in article.text


def test_a_search_goes_on_and_is_narrowed(ask: Ask) -> None:
    first = ask("search", query="黑颈鹤", kind="article", limit=1)
    assert (first["total"], len(first["hits"])) == (2, 1)
    second = ask("search", query="黑颈鹤", kind="article", limit=1, cursor=first["next"])
    assert {first["hits"][0]["id"], second["hits"][0]["id"]} == {"a-04", "a-06"}
    assert ask("search", query="黑颈鹤", as_of="2024-04-01")["total"] == 1
    assert "黑颈鹤" in first["hits"][0]["source"]["sentence"]


def test_a_story_counts_copies_apart(ask: Ask) -> None:
    story = ask("story", story="s-a-04")
    assert (story["articles"], story["copies"], story["last"]) == (1, 1, "2024-04-02")
    assert ask("story", story="s-before")["id"] == "s-odd"
    assert ask("story", story="s-a-04", as_of="2024-04-01")["copies"] == 0


def test_facts_are_chosen_and_state_their_fields(ask: Ask) -> None:
    (fact,) = ask("facts", kind="document", issuer="国办")["facts"]
    assert fact["states"]["number"] == "国办发〔2025〕16号"
    assert fact["source"]["sentence"].startswith("国务院办公厅印发意见")
    assert ask("facts", kind="document", issuer="市场监管总局")["total"] == 0
    assert ask("facts", words="共治")["facts"][0]["kind"] == "theme"


def test_places_have_reasons(ask: Ask) -> None:
    told = ask("top", period="2025", limit=3)
    (first, *_) = told["entries"]
    assert told["formula"]
    assert first["why"]
    parts = [abs(one["part"]) for one in first["why"]]
    assert parts == sorted(parts, reverse=True)


def test_evidence_is_the_characters_and_what_was_restored(ask: Ask) -> None:
    (origin,) = ask("evidence", kind="figure", fact="f-01")["origins"]
    text = odd_article().text
    assert text[origin["start"] : origin["end"]] == origin["source"]["sentence"] == SENTENCE
    (restored,) = origin["restored"]
    assert (restored["now"], restored["was"], restored["how"]) == ("海康威视", "海疆威士", "proved")
    assert origin["source"]["article"] == ODD


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("story", {"story": "none"}, "there is no story 'none'"),
        ("top", {"period": "昨天"}, "period"),
        ("top", {"period": "2025", "field": "质最"}, "质量"),
        ("facts", {"kind": "document", "since": "2025-02-30"}, "since"),
        ("facts", {"kind": "essay"}, "kind"),
        ("facts", {"kind": "document", "isuer": "国办"}, "no argument 'isuer'. facts takes: kind, issuer, party"),
        ("story", {"story": "s-a-04", "year": 2025}, "there is no argument 'year'. story takes: story, as_of"),
        ("evidence", {"kind": "figure", "id": "f-01"}, "no argument 'id'; fact is missing. evidence takes: kind, fact"),
        ("search", {}, "query is missing"),
        ("search", {"query": "质量", "limit": 1000}, "limit"),
        ("evidence", {"kind": "figure", "fact": "none"}, "there is no figure"),
    ],
)
def test_what_is_wrong_is_said(refused: Ask, tool: str, arguments: dict[str, Any], said: str) -> None:
    assert said in refused(tool, **arguments)


def test_a_broken_store_shows_nothing_of_itself(refused: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise StoreError("/secret/path: malformed")

    monkeypatch.setattr(Library, "shelf", broken)
    said = refused("facts", kind="document")
    assert "secret" not in said
    assert "ask again later" in said


def test_without_the_library_it_says_what_to_install(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    with pytest.raises(SettingsError, match=r"shida\[mcp\]"):
        make_server(library)


def test_the_command_speaks_the_protocol(library: Library) -> None:
    async def run() -> Any:
        command = StdioServerParameters(
            command=sys.executable,
            args=[
                "-c",
                "from shida.cli import main; main()",
                "mcp",
                "--home",
                str(library.newsroom.home),
                "--as-of",
                "2025-12-31",
            ],
            env=dict(os.environ),
        )
        async with Client(command) as client:
            return await client.call_tool("facts", {"kind": "figure"})

    answer = asyncio.run(run())
    assert answer.structured_content["facts"][0]["source"]["sentence"] == SENTENCE
