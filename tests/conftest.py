"""Fixtures every test may use."""

from __future__ import annotations

import os
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


@pytest.fixture(scope="session")
def soffice() -> str:
    """Path of LibreOffice; the test skips where it or the programs that look at its pages are missing."""
    found = shutil.which("soffice")
    if not found or not shutil.which("pdftoppm"):
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-writer libreoffice-calc poppler-utils)")
    return found


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With SHIDA_NO_SKIPS set (continuous integration has all that tests need), a skipped test fails the session."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("SHIDA_NO_SKIPS") and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("tests were skipped although SHIDA_NO_SKIPS is set", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
