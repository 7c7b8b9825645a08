"""A small site, built once."""

from __future__ import annotations

from pathlib import Path

import paper_newsroom
import pytest

from shida.pack import Pack
from shida.publish import publish
from shida.settings import Settings

PACK = Pack(pack_names=(), digests={})


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small newsroom."""
    out = tmp_path_factory.mktemp("small") / "site"
    settings = Settings(icp="京ICP备00000000号-1", public_security_filing="京公网安备 00000000000000号")
    publish(paper_newsroom.small_newsroom(), out, settings=settings, pack=PACK, as_of=paper_newsroom.AS_OF)
    return out
