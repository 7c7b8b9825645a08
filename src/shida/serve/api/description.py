"""The routes → an OpenAPI 3.1 description. Schemas come from the very structs that are read and written."""

from __future__ import annotations

from functools import cache
from importlib import metadata
from typing import Any

import msgspec

from shida.client.shapes import Problem
from shida.publish.proposals import fact_kinds
from shida.serve.api.feeds import FORMS
from shida.serve.api.problems import TYPES
from shida.serve.api.routes import MAX_PART, ROOT, ROUTES, Route, table_asked

REFERENCE = "#/components/schemas/{name}"

PARTS: dict[str, dict[str, Any]] = {
    "kind": {"enum": list(fact_kinds())},
    "period": {"type": "string", "maxLength": MAX_PART, "examples": ["2025", "2026-W47", "2021..2025", "十四五"]},
    "id": {"type": "string", "minLength": 1, "maxLength": MAX_PART},
    "name": {"enum": list(TYPES)},
}
"""Parts of paths. An id is text: a `/` in it is written `%2F`."""

FAILURES = ("400", "404", "405", "414", "503")


@cache
def description() -> bytes:
    """The description as JSON; the same bytes every time."""
    return msgspec.json.encode(document())


def document() -> dict[str, Any]:
    """The description as an object."""
    types: list[Any] = [Problem]
    for route in ROUTES:
        types += [route.gives, route.asked, table_asked(route.asked)]
    schemas, components = msgspec.json.schema_components(types, ref_template=REFERENCE)
    given = [components.pop(kind.__name__, {}) for kind in _asked()]
    parameters = dict(zip(_asked(), given, strict=True))
    paths: dict[str, Any] = {}
    for number, route in enumerate(ROUTES):
        answered = schemas[1 + 3 * number]
        paths[route.path] = {"get": _operation(route, answered, parameters[route.asked], route.name)}
        if route.table and not route.path.endswith("}"):
            of_table = parameters[table_asked(route.asked)]
            paths[f"{route.path}.csv"] = {"get": _operation(route, None, of_table, f"{route.name}_csv")}
        for form, media in FORMS.items() if route.feed else ():
            told = _operation(route, None, parameters[route.asked], f"{route.name}_{form}")
            told["responses"]["200"]["content"] = {media.partition(";")[0]: {"schema": {}}}
            paths[f"{route.path}.{form}"] = {"get": told}
    paths["/openapi.json"] = {"get": _plain("openapi", "This description.", {"type": "object"})}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "shida",
            "summary": "What the newsroom knows, read-only.",
            "version": metadata.version("shida"),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": ROOT}],
        "security": [{}],
        "paths": paths,
        "components": {
            "schemas": components,
            "responses": {
                "problem": {
                    "description": "What was wrong, and what to give instead.",
                    "content": {"application/problem+json": {"schema": {"$ref": REFERENCE.format(name="Problem")}}},
                },
                "same": {"description": "Nothing changed since the answer with that ETag."},
            },
        },
    }


def _asked() -> list[type[msgspec.Struct]]:
    """Every struct of parameters, once."""
    return list(dict.fromkeys(kind for route in ROUTES for kind in (route.asked, table_asked(route.asked))))


def _operation(route: Route, schema: dict[str, Any] | None, asked: dict[str, Any], name: str) -> dict[str, Any]:
    parts = [part.strip("{}") for part in route.path.split("/") if part.startswith("{")]
    parameters = [{"name": part, "in": "path", "required": True, "schema": PARTS[part]} for part in parts]
    for own, kind in asked.get("properties", {}).items():
        kind = dict(kind)
        text = kind.pop("description", "") or _inner(kind).get("description", "")
        parameters.append({"name": own, "in": "query", "description": text, "schema": _without_null(kind)})
    media: dict[str, Any] = (
        {"application/json": {"schema": schema}} if schema is not None else {"text/csv": {"schema": {"type": "string"}}}
    )
    return {
        "operationId": name,
        "summary": route.says,
        "parameters": parameters,
        "responses": _responses(media),
    }


def _plain(name: str, says: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"operationId": name, "summary": says, "responses": _responses({"application/json": {"schema": schema}})}


def _responses(media: dict[str, Any]) -> dict[str, Any]:
    headers = {"ETag": {"description": "Strong; give it as If-None-Match.", "schema": {"type": "string"}}}
    found: dict[str, Any] = {
        "200": {"description": "The answer.", "headers": headers, "content": media},
        "304": {"$ref": "#/components/responses/same"},
    }
    return found | {status: {"$ref": "#/components/responses/problem"} for status in FAILURES}


def _inner(kind: dict[str, Any]) -> dict[str, Any]:
    """Of a type that may be left out, the type itself."""
    of = [one for one in kind.get("anyOf", ()) if one != {"type": "null"}]
    return of[0] if of else kind


def _without_null(kind: dict[str, Any]) -> dict[str, Any]:
    """A parameter is left out, never null."""
    plain = {name: value for name, value in _inner(kind).items() if name not in ("title", "description")}
    if kind.get("default") is not None:
        plain["default"] = kind["default"]
    return plain
