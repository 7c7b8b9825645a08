"""Precision and recall of `know`, kind by kind, on the labelled sentences; and its speed.

The labels (tests/cases/know/labelled.jsonl) hold article ids and spans only; the sentences are read from the evaluation
data beside the project. Run: python -m bench.know [--show KIND] [--files]
"""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import msgspec

from shida.know import know
from shida.know.contract import to_contract
from shida.pack import Pack, load_packs
from shida.publish.export_files import Form, write_file
from shida.publish.exports import fact_record, table_of
from shida.records import Article, Document, Fact

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "data" / "news" / "broadcast-2022-2024.jsonl.gz"
LABELS = ROOT / "tests" / "cases" / "know" / "labelled.jsonl"
FRESH = ROOT / "tests" / "cases" / "know" / "fresh.jsonl"
"""Labelled before any output was seen, from items that no rule was mended with; first measured at .99 and .90."""
_LOOSE = re.compile(r"[\s“”\"‘’《》〈〉（）()·，、,—–-]")
KEY = {
    "document": "title", "figure": "", "case": "parties", "award": "award", "conference": "name", "campaign": "name",
    "first": "claim", "theme": "value", "appointment": "person", "recall": "product", "statement": "words",
    "event": "what",
}  # fmt: skip


def same(wanted: dict[str, Any], got: dict[str, Any]) -> bool:
    """Whether a reported fact is the labelled one."""
    if wanted["kind"] != got["kind"]:
        return False
    if wanted["kind"] == "figure":
        return _same_figure(wanted, got)
    if wanted["kind"] == "case":
        party = wanted.get("party", "*")
        named = "".join(got.get("parties", ())) + got.get("authority", "")
        return party == "*" or _near(party, named) or _near(wanted.get("auth", wanted.get("authority", "")), named)
    mine, theirs = wanted.get(KEY[wanted["kind"]], "*"), got.get(KEY[wanted["kind"]], "")
    if mine == "*":
        return True
    if "edition" in wanted and "edition" in got and wanted["edition"] != got["edition"]:
        return False
    if wanted["kind"] == "document":
        return _loose(mine) == _loose(theirs)
    return _near(mine, theirs)


def _same_figure(wanted: dict[str, Any], got: dict[str, Any]) -> bool:
    if wanted.get("value") == "*":
        return True
    if "value" in wanted:
        unit = wanted["unit"]
        value = got.get("value", got.get("change_abs"))
        if unit == "%" and value is None:
            value = got.get("change_percent")
        return bool(value == wanted["value"] and (unit in ("", "%") or unit in got.get("unit", unit)))
    for name in ("change_percent", "change_points", "change_abs"):
        if name in wanted:
            return bool(got.get(name, got.get("value")) == wanted[name])
    return False


def _loose(text: str) -> str:
    return _LOOSE.sub("", text)


def _near(one: str, other: str) -> bool:
    one, other = _loose(one), _loose(other)
    return bool(one and other) and (one in other or other in one)


class Tally:
    """Counts by kind and by field."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.labelled: Counter[str] = Counter()
        self.fields: Counter[str] = Counter()
        self.field_right: Counter[str] = Counter()

    def precision(self, kind: str | None = None) -> float | None:
        """Right among the right and false ones, of one kind or of all; None where nothing was reported."""
        right = self.right[kind] if kind else self.right.total()
        wrong = self.wrong[kind] if kind else self.wrong.total()
        return right / (right + wrong) if right + wrong else None

    def recall(self, kind: str | None = None) -> float | None:
        """Right among the labelled, of one kind or of all; None where nothing is labelled."""
        right, labelled = (
            (self.right[kind], self.labelled[kind]) if kind else (self.right.total(), self.labelled.total())
        )
        return right / labelled if labelled else None


def read_articles(wanted: set[str], every: int = 8) -> tuple[dict[str, Article], list[Article]]:
    """The labelled articles, and every eighth of all as a sample to time."""
    labelled: dict[str, Article] = {}
    sample: list[Article] = []
    with gzip.open(NEWS, "rt") as lines:
        for number, line in enumerate(lines):
            item = json.loads(line)
            if item["id"] not in wanted and number % every:
                continue
            article = Article(
                id=item["id"], page="news", title=item["title"], text=item["text"], published=item["published"]
            )
            if item["id"] in wanted:
                labelled[item["id"]] = article
            if number % every == 0:
                sample.append(article)
    return labelled, sample


def measure(labels: list[dict[str, Any]], articles: dict[str, Article], pack: Pack, show: str | None = None) -> Tally:
    """Read every labelled article and compare what lies in the labelled sentences. `show` prints what is wrong."""
    tally = Tally()
    facts = {key: know(article, pack) for key, article in articles.items()}
    for row in labels:
        sentence = articles[row["id"]].text[row["start"] : row["end"]]
        here = [
            to_contract(fact)
            for fact in facts[row["id"]]
            if any(e.of == "text" and e.start < row["end"] and row["start"] < e.end for e in fact.evidence)
        ]
        tally.labelled.update(wanted["kind"] for wanted in row["facts"])
        missing = list(row["facts"])
        for got in here:
            match = next((wanted for wanted in missing if same(wanted, got)), None)
            if match is not None:
                missing.remove(match)
                tally.right[got["kind"]] += 1
                _count_fields(match, got, tally, show, sentence)
            elif not any(same(other, got) for other in (*row.get("optional", ()), *row["facts"])):
                tally.wrong[got["kind"]] += 1
                if show in (got["kind"], "all"):
                    print("FALSE ", {k: v for k, v in got.items() if k not in ("evidence", "id")}, "\n   ", sentence)
        for wanted in missing:
            if show in (wanted["kind"], "all"):
                print("MISSED", wanted, "\n   ", sentence)
    return tally


def main() -> int:
    """Print the table; 1 where the evaluation data is not there."""
    if not NEWS.is_file():
        print(f"know: no evaluation data at {NEWS}; nothing measured")
        return 1
    show = sys.argv[sys.argv.index("--show") + 1] if "--show" in sys.argv else None
    pack = load_packs()
    labels = [json.loads(line) for line in LABELS.read_text().splitlines()]
    articles, sample = read_articles({row["id"] for row in labels})
    tally = measure(labels, articles, pack, show)
    print(f"{'kind':<12} {'labelled':>8} {'right':>6} {'false':>6} {'precision':>10} {'recall':>7}")
    for kind in [*KEY, None]:
        counts = [counter[kind] if kind else counter.total() for counter in (tally.labelled, tally.right, tally.wrong)]
        rates = ["-" if rate is None else f"{rate:.3f}" for rate in (tally.precision(kind), tally.recall(kind))]
        print(f"{kind or 'all':<12} {counts[0]:>8} {counts[1]:>6} {counts[2]:>6} {rates[0]:>10} {rates[1]:>7}")
    fresh = [json.loads(line) for line in FRESH.read_text().splitlines()]
    unseen = measure(fresh, read_articles({row["id"] for row in fresh}, every=10**9)[0], pack, show)
    print(f"152 fresh sentences: precision {unseen.precision():.3f}, recall {unseen.recall():.3f}")
    print("fields right: " + ", ".join(f"{n} {tally.field_right[n]}/{tally.fields[n]}" for n in sorted(tally.fields)))
    seconds = float("inf")
    for _ in range(3):  # the best of three: what else runs on the machine only ever adds
        start = time.process_time()
        found = [fact for article in sample for fact in know(article, pack)]
        seconds = min(seconds, time.process_time() - start)
    size = sum(len((article.title + article.text).encode()) for article in sample) / 1e6
    print(f"speed: {size:.1f} MB, {len(found)} facts, {seconds:.1f} s, {size / seconds:.2f} MB/s of one core's time")
    if "--files" in sys.argv:
        measure_files(found)
    return 0


REGISTER = 100_000
"""Facts of the register that is written to each kind of file."""


def measure_files(facts: list[Fact]) -> None:
    """Seconds of one core's time to write a register of 100,000 facts to each kind of file, and its size."""
    dated = [fact for fact in facts if isinstance(fact, Document) and fact.effective]
    for form in get_args(Form):
        kind, given = ("document", dated) if form == "ics" else (None, facts)
        many = [msgspec.structs.replace(given[n % len(given)], id=f"f-{n:016x}") for n in range(REGISTER)]
        if kind:  # a calendar has a line a title and day
            many = [msgspec.structs.replace(fact, title=f"{fact.id}{fact.title}") for fact in many]  # type: ignore[union-attr]
        out = io.BytesIO()
        start = time.process_time()
        count = write_file(form, table_of("facts", kind), map(fact_record, many), out, as_of="2026-01-01")
        print(f"{form:<8} {count:,} facts, {time.process_time() - start:.1f} s, {len(out.getvalue()) / 1e6:.1f} MB")


def _count_fields(wanted: dict[str, Any], got: dict[str, Any], tally: Tally, show: str | None, text: str) -> None:
    """How many of the labelled fields besides the key came out the same."""
    for name, value in wanted.items():
        if name in ("kind", "title", "value", "unit", "claim", "name", "person", "words", "what", "party", "award"):
            continue
        place = f"{wanted['kind']}.{name}"
        mine = got.get(name)
        if name == "acts":
            mine = [{k: v for k, v in act.items() if k in value[0] or k == "act"} for act in mine or ()]
            good = all(
                any(v["act"] == m["act"] and v.get("date") in (None, m.get("date")) for m in mine) for v in value
            )
        elif name == "dates" and mine is None:
            good = False
        elif name == "place":
            good = mine is not None and (value in mine or mine in value)
        else:
            good = mine == value
        tally.fields[place] += 1
        tally.field_right[place] += good
        if show == "fields" and not good:
            print("FIELD ", place, "wanted", value, "got", mine, "\n   ", text)


if __name__ == "__main__":
    sys.exit(main())
