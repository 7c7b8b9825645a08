"""The description: whole, true of every route, and held against the running API by schemathesis."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from litestar.types import ASGIApp
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

sys.path.insert(0, str(Path(__file__).parent))

from api_room import make_room, open_library

from shida.pack import Pack
from shida.serve import make_application
from shida.serve.api.description import description, document
from shida.serve.api.routes import ROOT, ROUTES

EXAMPLES = int(os.environ.get("SHIDA_API_EXAMPLES", "6"))
"""Requests for each resource and mode; set it to some hundreds for a long look."""


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Iterator[ASGIApp]:
    home = make_room(tmp_path_factory.mktemp("described") / "newsroom")
    library = open_library(home, pack)
    yield make_application(home / "site", library=library)
    library.close()


@pytest.fixture(scope="module")
def described(application: ASGIApp) -> Any:
    return schemathesis.openapi.from_asgi(f"{ROOT}/openapi.json", application)


MODES = {"as described": GenerationMode.POSITIVE, "otherwise": GenerationMode.NEGATIVE}


ASKED = [
    (path, mode)
    for path, one in document()["paths"].items()
    for mode in MODES
    if mode == "as described" or one["get"].get("parameters")  # else there is nothing to ask wrongly
]


@pytest.mark.parametrize(("path", "mode"), ASKED)
def test_whatever_is_asked_the_answer_is_as_described(described: Any, path: str, mode: str) -> None:
    """No 5xx; status, media type, headers and body as described; what is against the description is refused."""
    operation = described[path]["GET"]

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=MODES[mode]))
    def ask(case: Any) -> None:
        response = case.call()
        case.validate_response(response, excluded_checks=[positive_data_acceptance])
        if mode == "as described" and response.status_code == 400:
            said = response.json()  # only what no description can say: names of the packs, cursors, periods, years
            named = said.get("parameter") in ("field", "topic", "list", "kind", "as_of")
            assert said["type"].endswith(("/bad-cursor", "/bad-period")) or named, said

    ask()


def test_the_description_is_of_every_route_and_the_same_every_time() -> None:
    told = document()
    assert told["openapi"] == "3.1.0"
    assert {route.path for route in ROUTES} <= set(told["paths"])
    names = [one["get"]["operationId"] for one in told["paths"].values()]
    assert len(names) == len(set(names))
    for path, one in told["paths"].items():
        assert set(one) == {"get"}, path  # nothing can be changed
        assert one["get"]["summary"].endswith("."), path
    description.cache_clear()
    first = description()
    description.cache_clear()
    assert description() == first


def test_every_parameter_of_a_route_is_described() -> None:
    told = document()
    for route in ROUTES:
        described = {one["name"] for one in told["paths"][route.path]["get"]["parameters"] if one["in"] == "query"}
        assert described == set(route.asked.__struct_fields__), route.path


def test_every_reference_leads_somewhere() -> None:
    told = document()

    def references(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                yield value["$ref"]
            for one in value.values():
                yield from references(one)
        elif isinstance(value, list | tuple):
            for one in value:
                yield from references(one)

    for one in set(references(told)):
        place: Any = told
        for part in one.removeprefix("#/").split("/"):
            place = place[part]
        assert place


def test_the_page_of_the_docs_names_every_resource_and_parameter() -> None:
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
    for route in ROUTES:
        assert f"`{route.path}`" in page, route.path
        for name in route.asked.__struct_fields__:
            assert re.search(rf"[` ]{name}[` ]", page), name
