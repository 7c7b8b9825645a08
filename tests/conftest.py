"""Fixtures every test may use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from shida.pack import Pack, load_packs

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def pack() -> Pack:
    """Both packs, as `shida init` turns them on."""
    return load_packs(("quality", "general"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The evaluation data beside the project; the test skips where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the evaluation data is not beside the project (../shared/data)")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Debian's Chromium; the test skips where there is none."""
    found = shutil.which("chromium")
    if not found:
        pytest.skip("Chromium is not installed (apt-get install chromium fonts-noto-cjk)")
    return found
