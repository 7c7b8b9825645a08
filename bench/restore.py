"""Restoring damaged text, ours beside OpenCC, zhconv, ftfy and stripping + OpenCC, in one run; prints a table.

Reads `../shared/data/damage`; a peer that is not installed is left out with a word. Characters right is 1 − edit
distance divided by length; the rates are CPU time of one core over the damaged UTF-8, tables loaded before, the
quickest of three rounds for each.
"""

from __future__ import annotations

import difflib
import gzip
import importlib
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shida.pack import load_packs
from shida.records import Change, Restored
from shida.restore import restore

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
GROUPS = {
    "A (all sets)": ("A", "A_low", "A_seed", "A_high"),
    "D": ("D",),
    "B, B turned, B2": ("B", "BT", "B2"),
    "numbers": ("ent_hex", "ent_noamp"),
    "GBK as Latin-1, cp1252": ("gbk_latin1", "gbk_cp1252"),
    "UTF-8 as GBK": ("u8gbk",),
    "clean": ("clean",),
}
ROUNDS = 3
_NOTE = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}\)")

Way = Callable[[str], str]


def main() -> int:
    """Print the table; 0 when the floors of quality are reached, 1 when not, 2 where the data is missing."""
    if not (DATA / "damage").is_dir():
        print("restore: the evaluation data is not beside the project (../shared/data)", file=sys.stderr)
        return 2
    pack = load_packs(("quality", "general"))
    with gzip.open(DATA / "damage" / "pairs.jsonl.gz", "rt", encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    same = [case["text"] for case in json.loads((DATA / "damage" / "must_not_change.json").read_text(encoding="utf-8"))]
    ways: dict[str, Way] = {"shida": lambda text: restore(text, pack).text, **_peers()}
    for way in ways.values():
        for kind in GROUPS.values():
            way(next(pair["damaged"] for pair in pairs if pair["kind"] == kind[0]))
    print(f"{'right / exact / MB/s':24}" + "".join(f"{name:>26}" for name in ways))
    ours: dict[str, tuple[float, float, float]] = {}
    for label, kinds in GROUPS.items():
        chosen = [pair for pair in pairs if pair["kind"] in kinds]
        row = f"{label:24}"
        for name, way in ways.items():
            right, exact, rate = _measure(way, chosen)
            row += f"{right:>12.5f} {exact:>5.0%} {rate:>7.2f}"
            if name == "shida":
                ours[label] = (right, exact, rate)
        print(row)
    row = f"{'must not change, changed':24}"
    for way in ways.values():
        row += f"{sum(way(text) != text for text in same):>19} of {len(same)}"
    print(row)
    wrong, proved = _wrong_proved(pairs, lambda text: restore(text, pack))
    print(f"\nshida: {wrong} wrong characters inside {proved:,} proved changes")
    seed = (DATA / "seed" / "page.txt").read_text(encoding="utf-8")
    exact_seed = restore(seed, pack).text == (DATA / "seed" / "restored.txt").read_text(encoding="utf-8")
    print(f"seed page: {'exact' if exact_seed else 'NOT exact'}")
    large = _large(pairs, lambda text: restore(text, pack))
    print(f"clean text, 2 MB at once: {large:.0f} MB/s")
    floors = {
        "A right .9990": ours["A (all sets)"][0] >= 0.999,
        "A exact 60%": ours["A (all sets)"][1] >= 0.6,
        "D right .9995": ours["D"][0] >= 0.9995,
        "D exact 70%": ours["D"][1] >= 0.7,
        "B exact 99.5%": ours["B, B turned, B2"][1] >= 0.995,
        "numbers exact 99.5%": ours["numbers"][1] >= 0.995,
        "GBK as Latin-1 exact 95%": ours["GBK as Latin-1, cp1252"][1] >= 0.95,
        "UTF-8 as GBK right .88": ours["UTF-8 as GBK"][0] >= 0.88,
        "clean unchanged": ours["clean"][1] == 1.0,
        "nothing wrong called proved": not wrong,
        "seed exact": exact_seed,
        "clean 150 MB/s": large >= 150,
        "A 15 MB/s": ours["A (all sets)"][2] >= 15,
    }
    missed = [name for name, reached in floors.items() if not reached]
    print(
        f"floors reached: {len(floors) - len(missed)} of {len(floors)}"
        + (f"; missed: {', '.join(missed)}" if missed else "")
    )
    return 1 if any("MB/s" not in name for name in missed) else 0


def _peers() -> dict[str, Way]:
    """The peers that are installed, by name."""
    found: dict[str, Way] = {}
    opencc = importlib.import_module("opencc").OpenCC("t2s.json")
    found["OpenCC t2s"] = opencc.convert
    found["strip + OpenCC"] = lambda text: opencc.convert(_NOTE.sub("", text))
    for name, use in (
        ("zhconv", lambda module: lambda text: module.convert(text, "zh-cn")),
        ("ftfy", lambda module: module.fix_text),
    ):
        try:
            module: Any = importlib.import_module(name)
        except ImportError:
            print(f"{name} is not installed: left out (pip install {name})", file=sys.stderr)
            continue
        found[name] = use(module)
    return found


def _measure(way: Way, pairs: list[dict[str, str]]) -> tuple[float, float, float]:
    wrong = length = exact = 0
    spent = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        out = [way(pair["damaged"]) for pair in pairs]
        spent = min(spent, time.process_time() - start)
    for pair, text in zip(pairs, out, strict=True):
        length += len(pair["original"])
        if text == pair["original"]:
            exact += 1
        else:
            wrong += _distance(pair["original"], text)
    size = sum(len(pair["damaged"].encode()) for pair in pairs)
    return 1 - wrong / length, exact / len(pairs), size / 1e6 / max(spent, 1e-9)


def _distance(one: str, two: str) -> int:
    """Edit distance by aligned blocks; line by line, so that a text far off does not take minutes."""
    lines = one.split("\n"), two.split("\n")
    if len(lines[0]) != len(lines[1]):
        lines = [one], [two]
    total = 0
    for left, right in zip(*lines, strict=True):
        if left != right:
            blocks = difflib.SequenceMatcher(None, left, right, False).get_opcodes()
            total += sum(max(last - first, end - start) for tag, first, last, start, end in blocks if tag != "equal")
    return min(total, max(len(one), len(two)))


def _wrong_proved(pairs: list[dict[str, str]], run: Callable[[str], Restored]) -> tuple[int, int]:
    wrong = proved = 0
    for pair in pairs:
        restored = run(pair["damaged"])
        proved += sum(change.proved for change in restored.changes)
        if restored.text == pair["original"]:
            continue
        places = list(_places(restored.changes))
        for tag, _, _, start, end in difflib.SequenceMatcher(
            None, pair["original"], restored.text, False
        ).get_opcodes():
            if tag != "equal":
                wrong += sum(change.proved and first < end and start < last for first, last, change in places)
    return wrong, proved


def _places(changes: tuple[Change, ...]) -> list[tuple[int, int, Change]]:
    """Each change with where it stands in the restored text."""
    out = []
    at = moved = 0
    for change in changes:
        moved += change.start - at
        out.append((moved, moved + len(change.after), change))
        moved += len(change.after)
        at = change.end
    return out


def _large(pairs: list[dict[str, str]], run: Callable[[str], Restored]) -> float:
    text = "\n".join(pair["original"] for pair in pairs if pair["kind"] == "clean")
    text *= max(1, 2_000_000 // len(text.encode()))
    start = time.process_time()
    for _ in range(5):
        run(text)
    return 5 * len(text.encode()) / 1e6 / (time.process_time() - start)


if __name__ == "__main__":
    raise SystemExit(main())
