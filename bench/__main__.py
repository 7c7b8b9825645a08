"""Run the measurements named on the command line, or all of them, one after the other."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def names() -> list[str]:
    """The measurements there are: the modules of this folder that have a `main`."""
    return sorted(
        file.stem
        for file in Path(__file__).parent.glob("*.py")
        if not file.stem.startswith("_") and "def main(" in file.read_text(encoding="utf-8")
    )


def main(asked: list[str]) -> int:
    """Exit code 0 where every measurement ran, 2 where a name is unknown."""
    unknown = [name for name in asked if name not in names()]
    if unknown:
        print(f"there is no measurement {', '.join(unknown)}; there are {', '.join(names())}", file=sys.stderr)
        return 2
    worst = 0
    for name in asked or names():
        print(f"\n## {name}\n", flush=True)
        worst = max(worst, int(import_module(f"bench.{name}").main() or 0))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
