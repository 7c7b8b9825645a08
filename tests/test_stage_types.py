"""The types through the stages: what one room gives is what the next one takes."""

from __future__ import annotations

import inspect
from importlib import import_module
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

from shida import records
from shida.edition import edition
from shida.group import group
from shida.know import know, merge
from shida.pack import Pack
from shida.pack.loading import SECTIONS
from shida.pipeline import PAGE_STAGES, STAGES
from shida.rank import rank
from shida.read import page_text, read
from shida.restore import restore


def parts(hint: Any) -> set[Any]:
    """The record types inside a hint, through unions, tuples and sequences."""
    if get_origin(hint) in (Union, UnionType):
        return set().union(*(parts(part) for part in get_args(hint)))
    if get_args(hint):
        return set().union(*(parts(part) for part in get_args(hint) if part is not Ellipsis))
    return {hint}


FACTS = set(get_args(records.Fact))


@pytest.mark.parametrize(
    ("function", "takes", "gives"),
    [
        (page_text, {"page": {records.Page}}, {records.Dropped}),
        (restore, {"text": {str}, "pack": {Pack}}, {records.Restored}),
        (
            read,
            {"page": {records.Page}, "restored": {records.Restored}, "pack": {Pack}},
            {records.Article, records.Dropped},
        ),
        (know, {"article": {records.Article}, "pack": {Pack}}, FACTS),
        (merge, {"facts": FACTS}, FACTS),
        (group, {"articles": {records.Article}, "pack": {Pack}}, {records.Story}),
        (
            rank,
            {"stories": {records.Story}, "facts": FACTS, "pack": {Pack}, "period": {records.Period}, "as_of": {str}},
            {records.Ranking},
        ),
        (edition, {"ranking": {records.Ranking}}, {records.Edition}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_room_takes_what_the_one_before_gives(function: Any, takes: dict[str, set[Any]], gives: set[Any]) -> None:
    hints = get_type_hints(function)
    for name, wanted in takes.items():
        assert parts(hints[name]) == wanted, name
    assert gives <= parts(hints["return"])


def test_as_of_must_be_given_by_name() -> None:
    assert inspect.signature(rank).parameters["as_of"].kind is inspect.Parameter.KEYWORD_ONLY
    assert inspect.signature(rank).parameters["as_of"].default is inspect.Parameter.empty


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_each_stage_names_its_version_and_the_sections_it_reads(stage: Any) -> None:
    room = import_module(f"shida.{stage.name}")
    assert stage.version
    assert stage.version == room.STAGE_VERSION
    assert stage.sections
    assert set(stage.sections) <= SECTIONS.keys()


def test_the_pipeline_is_the_line_in_its_order() -> None:
    assert [stage.name for stage in STAGES] == ["restore", "read", "know", "group"]
    assert [stage.name for group_of in PAGE_STAGES for stage in group_of] == ["restore", "read", "know"]


RECORDS = [
    kind
    for _, kind in inspect.getmembers(records, inspect.isclass)
    if issubclass(kind, msgspec.Struct) and kind is not msgspec.Struct
]


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_records_are_frozen_take_keywords_only_and_hold_no_lists(kind: type[msgspec.Struct]) -> None:
    config = kind.__struct_config__
    assert config.frozen
    assert config.forbid_unknown_fields or kind is records.Submission
    hints = get_type_hints(kind)
    assert all(get_origin(hint) not in (list, set) for hint in hints.values())
    if kind.__struct_fields__:
        with pytest.raises(TypeError):
            kind("positional")


@pytest.mark.parametrize("name", ["restore", "read", "know", "group", "rank"])
def test_stages_know_no_clock_network_or_database(name: str) -> None:
    """Not even by a library: a stage is a function of what it is given."""
    import ast
    from pathlib import Path

    room = import_module(f"shida.{name}")
    banned = {"datetime.now", "date.today", "time.time", "datetime.utcnow", "random.random"}
    modules = {"sqlalchemy", "sqlite3", "aiohttp", "socket", "urllib.request", "requests", "random"}
    for file in Path(str(room.__file__)).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                assert not {alias.name for alias in node.names} & modules, file
            elif isinstance(node, ast.ImportFrom):
                assert node.module not in modules, file
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert f"{node.value.id}.{node.attr}" not in banned, file
