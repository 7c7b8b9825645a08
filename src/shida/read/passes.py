"""The loop over a page's tags: compiled, where shida was installed beside a compiler, else in Python."""

from __future__ import annotations

try:
    from shida.read.speedups import walk

    COMPILED = True
except ImportError:
    from shida.read.walk import walk

    COMPILED = False

__all__ = ["COMPILED", "walk"]
