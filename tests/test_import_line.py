"""The import line of the design: a room imports only from its left, also inside functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import shida

ROOT = Path(shida.__file__).parent
LINE = (
    "errors < records < client < settings < text < pack < net < collect | restore | read | know | group | rank "
    "< edition < store < publish < desk | ballot | alerts < serve < run < pipeline < demo < mcp < cli"
)
LEVEL = {room.strip(): level for level, rooms in enumerate(LINE.split("<")) for room in rooms.split("|")}


def room_of(file: Path, root: Path = ROOT) -> str:
    return file.relative_to(root).parts[0].removesuffix(".py")


def imports(source: str, package: str) -> Iterator[tuple[int, str]]:
    """Line and room of everything of shida that a module imports, wherever the statement stands."""
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                parts = package.split(".")
                base = ".".join(parts[: len(parts) - node.level + 1])
                names = [f"{base}.{node.module}" if node.module else base]
            elif node.module == "shida":
                names = [f"shida.{alias.name}" for alias in node.names]
            else:
                names = [node.module or ""]
        elif isinstance(node, ast.Call):  # importlib.import_module("shida.…"), __import__("shida.…")
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("import_module", "__import__") and node.args and isinstance(node.args[0], ast.Constant):
                names = [str(node.args[0].value)]
        for name in names:
            if name.startswith("shida."):
                yield node.lineno, name.split(".")[1]  # type: ignore[attr-defined]  # every one of these has a line


def steps_to_the_right(source: str, room: str, package: str) -> list[str]:
    found = []
    for line, other in imports(source, package):
        if other == room:
            continue
        if other not in LEVEL or LEVEL[other] >= LEVEL[room]:
            found.append(f"line {line}: {room} imports {other}")
    return found


MODULES = sorted(file for file in ROOT.rglob("*.py") if file != ROOT / "__init__.py" and room_of(file) != "packs")


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_room_imports_only_from_its_left(file: Path) -> None:
    package = ".".join(("shida", *file.relative_to(ROOT).parent.parts))
    assert steps_to_the_right(file.read_text(), room_of(file), package) == []


def test_every_room_is_on_the_line() -> None:
    rooms = {room_of(file) for file in MODULES}
    assert rooms <= LEVEL.keys()


def test_hidden_steps_are_seen() -> None:
    hidden = "def f():\n    from shida.store import Newsroom\n    importlib.import_module('shida.cli')\n"
    assert steps_to_the_right(hidden, "rank", "shida.rank") == [
        "line 2: rank imports store",
        "line 3: rank imports cli",
    ]
    assert steps_to_the_right("from ..group import group", "rank", "shida.rank") == ["line 1: rank imports group"]
    assert steps_to_the_right("from shida import read", "know", "shida.know") == ["line 1: know imports read"]


@pytest.mark.parametrize(
    "name", ["utils", "util", "common", "helpers", "helper", "manager", "managers", "base", "misc"]
)
def test_no_file_has_a_name_that_does_not_say_what_is_in_it(name: str) -> None:
    assert not list(ROOT.rglob(f"{name}.py"))


def test_packs_hold_no_python() -> None:
    assert [file.name for file in (ROOT / "packs").rglob("*.py")] == ["__init__.py"]
