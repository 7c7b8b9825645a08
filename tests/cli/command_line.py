"""Running the command line inside the test's process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from shida.cli import main


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Shida = Callable[..., Answer]


@pytest.fixture
def shida(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Shida:
    """`shida("top", "2024")` in an empty folder, with its exit code and what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHIDA_HOME", raising=False)

    def call(*arguments: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["shida", *map(str, arguments)])
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Answer(int(ended.value.code or 0), out.decode(), err.decode())

    return call


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample newsroom with its site in `site`, built once; tests that change it copy it."""
    from shida.demo import build_demo

    home = tmp_path_factory.mktemp("demo") / "newsroom"
    for _ in build_demo(home, home / "site"):
        pass
    return home
