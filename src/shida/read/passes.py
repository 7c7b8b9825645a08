"""The loops over a page's characters: compiled, where shida was installed beside a compiler, else in Python."""

from __future__ import annotations

try:
    from shida.read.speedups import Finder, beginning, is_deep, may_hold, names_file, runs_of, walk

    COMPILED = True
except ImportError:
    from shida.read.chunks import may_hold
    from shida.read.files import names_file
    from shida.read.finder import Finder, beginning  # type: ignore[assignment]  # the same, compiled or not
    from shida.read.nesting import is_deep
    from shida.read.runs import runs_of
    from shida.read.walk import walk

    COMPILED = False

__all__ = ["COMPILED", "Finder", "beginning", "is_deep", "may_hold", "names_file", "runs_of", "walk"]
