"""Finding again the text a query was cut from: 12,000 broadcast texts, 500 word queries and 500 fragments, and peers.

A fragment is 2 to 6 characters in a row from anywhere in a text; a word query is a word of a text that stands in at
most ten texts (a common one could mean any of hundreds). MRR@10: one over the rank of that text, 0 beyond the tenth,
averaged. One drawing of 500 is uncertain by 0.02 either way, so the second table repeats it with other seeds and from
other places of a text, each engine with the same queries. Its last row is the best that can be done: the texts that
hold the string, by the share of their length that it fills, which is how likely it was cut from there.

Speeds are CPU seconds of one process, the answer's records included. Run: python -m bench search.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sqlite3
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import accumulate
from pathlib import Path
from statistics import fmean, stdev
from typing import NamedTuple

import rjieba
import tantivy
from tantivy import Occur, Query

from shida.pack import load_packs
from shida.records import Article, Page
from shida.store import Newsroom, PageOutcome
from shida.store.search import SearchIndex, open_index, search

NEWS = Path(__file__).resolve().parents[2] / "shared" / "data" / "news" / "broadcast-2022-2024.jsonl.gz"
TEXTS, QUERIES, SEED = 12_000, 500, 20261122
SEEDS = 6
NOISE = 0.005
"""Twice what the difference of two engines over all seeds is uncertain by."""
RARE = 10
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LINE = re.compile(r".+")
Find = Callable[[str], list[str]]
"""A query → the ids of the first ten."""


class Drawing(NamedTuple):
    """Where queries are cut from."""

    name: str
    titles: bool = False
    """From the title and the text; else from the text alone."""
    signs: bool = False
    """Fragments may hold punctuation, digits and letters; else Chinese characters only."""


DRAWINGS = (
    Drawing("text, Chinese characters"),
    Drawing("title and text, Chinese characters", titles=True),
    Drawing("text, any characters", signs=True),
)


class Asked(NamedTuple):
    """A query and the id of the text it was cut from."""

    query: str
    text: str


def texts() -> list[dict[str, str]]:
    """The sample, the same every time."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return random.Random(SEED).sample([row for row in rows if len(row.get("text") or "") >= 50], TEXTS)


def cut_from(rows: list[dict[str, str]], drawing: Drawing) -> list[dict[str, str]]:
    """The rows with what a drawing cuts from as their `text`."""
    return [{**row, "text": f"{row['title']}\n{row['text']}"} for row in rows] if drawing.titles else rows


def fragments(rows: list[dict[str, str]], drawing: Drawing = DRAWINGS[0], seed: int = SEED) -> list[Asked]:
    """Cut-outs of 2 to 6 characters."""
    rng = random.Random(seed + 1)
    fits = _LINE if drawing.signs else _HAN
    found: list[Asked] = []
    while len(found) < QUERIES:
        row, size = rng.choice(rows), rng.randint(2, 6)
        start = rng.randrange(len(row["text"]) - size)
        piece = row["text"][start : start + size]
        if fits.fullmatch(piece):
            found.append(Asked(piece, row["id"]))
    return found


def words_held(rows: list[dict[str, str]]) -> list[list[str]]:
    """The words of each text that stand in at most ten texts."""
    held = [sorted({w for w in rjieba.cut(row["text"]) if len(w) > 1 and _HAN.fullmatch(w)}) for row in rows]
    counts = Counter(word for words in held for word in words)
    return [[word for word in words if counts[word] <= RARE] for words in held]


def word_queries(rows: list[dict[str, str]], held: list[list[str]], seed: int = SEED) -> list[Asked]:
    """One such word of a text, any text that has one."""
    rng = random.Random(seed + 2)
    found: list[Asked] = []
    while len(found) < QUERIES:
        place = rng.randrange(len(rows))
        if held[place]:
            found.append(Asked(rng.choice(held[place]), rows[place]["id"]))
    return found


def score(find: Find, asked: Iterable[Asked]) -> tuple[float, list[float]]:
    """MRR@10, and the CPU seconds of each query."""
    total, seconds, count = 0.0, [], 0
    for one in asked:
        start = time.process_time()
        ids = find(one.query)
        seconds.append(time.process_time() - start)
        count += 1
        total += 1 / (ids.index(one.text) + 1) if one.text in ids else 0
    return total / count, sorted(seconds)


def ours(rows: list[dict[str, str]], place: Path) -> tuple[Find, float, float]:
    """shida: the newsroom filled, the index made from it, and search() as the command line calls it."""
    newsroom = Newsroom.open(place, create=True)
    pages = [Page(id=f"p-{n:016x}", content=b"x", name=row["id"]) for n, row in enumerate(rows)]
    newsroom.add_pages(pages)
    outcomes = [
        PageOutcome(
            page=page.id,
            articles=(
                Article(
                    id=row["id"], page=page.id, title=row["title"], text=row["text"], published=row.get("published")
                ),
            ),
        )
        for page, row in zip(pages, rows, strict=True)
    ]
    newsroom.save_outcomes(outcomes)
    start = time.process_time()
    index: SearchIndex = open_index(newsroom, load_packs(("quality", "general")))
    seconds = time.process_time() - start
    size = sum(file.stat().st_size for file in (place / "index").rglob("*")) / 1e6
    return lambda query: [hit.id for hit in search(index, query).hits], seconds, size


def tokens(text: str) -> str:
    """Plain character bigrams, as peers would make them."""
    return " ".join(run[n : n + 2] for run in _HAN.findall(text) for n in range(max(1, len(run) - 1)))


def plain_tantivy(rows: list[dict[str, str]], place: Path, *, phrase: bool) -> tuple[Find, float, float]:
    """tantivy over character bigrams, BM25: as a phrase, or any of them."""
    start = time.process_time()
    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("id", stored=True, tokenizer_name="raw")
        .add_text_field("text", tokenizer_name="whitespace")
        .build()
    )
    index = tantivy.Index(schema, path=str(place))
    writer = index.writer(128_000_000, num_threads=1)
    for row in rows:
        writer.add_document(tantivy.Document(id=row["id"], text=tokens(row["text"])))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def find(query: str) -> list[str]:
        terms: list[str | tuple[int, str]] = [*tokens(query).split()]
        if phrase and len(terms) > 1:
            wanted = Query.phrase_query(schema, "text", terms)
        else:
            any_of = [(Occur.Should, Query.term_query(schema, "text", one)) for one in dict.fromkeys(terms)]
            wanted = Query.boolean_query(any_of)
        return [str(searcher.doc(at).get_first("id")) for _, at in searcher.search(wanted, 10).hits]

    seconds = time.process_time() - start
    return find, seconds, sum(file.stat().st_size for file in place.iterdir()) / 1e6


def sqlite(rows: list[dict[str, str]], place: Path, tokenizer: str) -> tuple[Find, float, float]:
    """SQLite FTS5: the words of a query each as a phrase, joined by AND; `trigram` scans below three characters."""
    start = time.process_time()
    bigram = tokenizer == "bigram"
    db = sqlite3.connect(place / "fts.db")
    how = "unicode61" if bigram else "trigram"
    db.execute(f"CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, text, tokenize='{how}')")
    db.executemany(
        "INSERT INTO texts VALUES (?, ?)", ((r["id"], tokens(r["text"]) if bigram else r["text"]) for r in rows)
    )
    db.commit()

    def find(query: str) -> list[str]:
        parts = [tokens(word) if bigram else word for word in query.split()]
        if not bigram and any(len(part) < 3 for part in parts):
            like = " AND ".join("text LIKE ?" for _ in parts)
            return [r[0] for r in db.execute(f"SELECT id FROM texts WHERE {like} LIMIT 10", [f"%{p}%" for p in parts])]
        match = " AND ".join(f'"{part}"' for part in parts if part) or '"-"'
        return [r[0] for r in db.execute("SELECT id FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 10", (match,))]

    return find, time.process_time() - start, (place / "fts.db").stat().st_size / 1e6


def likeliest(rows: list[dict[str, str]]) -> Find:
    """Every text that holds the string, by the share of its length that it fills: no index, the bound of the rest."""
    whole = "\0".join(row["text"] for row in rows)
    starts = [0, *accumulate(len(row["text"]) + 1 for row in rows)]

    def find(query: str) -> list[str]:
        counts: Counter[int] = Counter()
        at = whole.find(query)
        while at >= 0:
            counts[bisect_right(starts, at) - 1] += 1
            at = whole.find(query, at + 1)
        best = sorted(counts, key=lambda n: (-counts[n] / len(rows[n]["text"]), n))
        return [rows[n]["id"] for n in best[:10]]

    return find


Made = tuple[Find, float, float]
PEERS: dict[str, Callable[[list[dict[str, str]], Path], Made]] = {
    "tantivy, character bigrams, phrases": lambda rows, place: plain_tantivy(rows, place, phrase=True),
    "SQLite FTS5, character bigrams, phrases": lambda rows, place: sqlite(rows, place, "bigram"),
    "tantivy, character bigrams, any of them": lambda rows, place: plain_tantivy(rows, place, phrase=False),
    "SQLite FTS5, trigram, scan below three": lambda rows, place: sqlite(rows, place, "trigram"),
}
SPREAD = 2
"""How many of the peers are asked with every seed."""


def speeds(rows: list[dict[str, str]], find: dict[str, Made]) -> tuple[float, float]:
    """Print the table of one drawing; our queries a second and the milliseconds of the slowest in twenty."""
    words, pieces = word_queries(rows, words_held(rows)), fragments(rows)
    print("| | queries/CPU-s | p50 / p95 ms | MRR@10 words / fragments | build s | MB |")
    print("|---|---|---|---|---|---|")
    ours_at = (0.0, 0.0)
    for name, (look, build, size) in find.items():
        score(look, words[:100])  # the first look at a file is the disk's speed, not the index's
        of_words, first = score(look, words)
        of_pieces, second = score(look, pieces)
        spent = sorted([*first, *second])
        p50, p95 = (spent[int(len(spent) * share)] * 1000 for share in (0.5, 0.95))
        rate = len(spent) / sum(spent)
        ours_at = (rate, p95) if name == "shida" else ours_at
        found = f"{of_words:.3f} / {of_pieces:.3f}"
        print(f"| {name} | {rate:,.0f} | {p50:.2f} / {p95:.2f} | {found} | {build:.1f} | {size:.0f} |", flush=True)
    return ours_at


def spread(rows: list[dict[str, str]], drawing: Drawing, find: dict[str, Find]) -> list[tuple[float, float]]:
    """Print a row for each engine: the mean over the seeds, how far they scatter, and ours less it; the means."""
    held = words_held(rows)
    reached: dict[str, list[tuple[float, float]]] = {name: [] for name in find}
    for seed in range(SEED, SEED + SEEDS):
        words, pieces = word_queries(rows, held, seed), fragments(rows, drawing, seed)
        for name, look in find.items():
            reached[name].append((score(look, words)[0], score(look, pieces)[0]))
    means = []
    for name, found in reached.items():
        cells = []
        for part in (0, 1):
            values = [one[part] for one in found]
            ahead = [mine[part] - one[part] for mine, one in zip(reached["shida"], found, strict=True)]
            less = "" if name == "shida" else f" ({fmean(ahead):+.3f} ± {stdev(ahead) / SEEDS**0.5:.3f})"
            cells.append(f"{fmean(values):.3f} ± {stdev(values):.3f}{less}")
        means.append((fmean(one[0] for one in found), fmean(one[1] for one in found)))
        print(f"| {drawing.name} | {name} | {' | '.join(cells)} |", flush=True)
    return means


def main() -> int:
    """Print the tables; 1 where ours is slower than its floor, or finds less than a peer does on the whole."""
    if not NEWS.is_file():
        print("the evaluation data is not beside the project (../shared/data)", file=sys.stderr)
        return 2
    rows = texts()
    worse = False
    with tempfile.TemporaryDirectory() as folder:
        made = {"shida": ours(rows, _folder(folder, "shida"))}
        made |= {name: make(rows, _folder(folder, name)) for name, make in PEERS.items()}
        rate, p95 = speeds(rows, made)
        print(
            f"\n| {SEEDS} drawings of {QUERIES} from | | MRR@10 words (ours ahead by) | fragments |\n|---|---|---|---|"
        )
        for drawing in DRAWINGS:
            held = cut_from(rows, drawing)
            peers = dict(list(PEERS.items())[:SPREAD])
            find = {"shida": made["shida"][0]}
            for name, make in peers.items():
                find[name] = (
                    make(held, _folder(folder, f"{name} {drawing.name}"))[0] if held is not rows else made[name][0]
                )
            mine, *theirs = spread(held, drawing, {**find, "the likeliest text, by brute force": likeliest(held)})
            worse = worse or any(mine[part] < peer[part] - NOISE for peer in theirs[:SPREAD] for part in (0, 1))
    return int(worse or rate < 5_000 or p95 > 1.0)


def _folder(under: str, name: str) -> Path:
    place = Path(under) / name
    place.mkdir()
    return place
