"""Finding again the text a query was cut from: 12,000 broadcast texts, 500 word queries and 500 fragments, and peers.

A fragment is 2 to 6 Chinese characters in a row from anywhere in a text; a word query is a word of a text that stands
in at most ten texts (a common one could mean any of hundreds). MRR@10: one over the rank of that text, 0 beyond the
tenth, averaged. Speeds are CPU seconds of one process, the answer's records included. Run: python -m bench search.
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
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
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
RARE = 10
_HAN = re.compile(r"[\u4e00-\u9fff]+")
Find = Callable[[str], list[str]]
"""A query → the ids of the first ten."""


class Asked(NamedTuple):
    """A query and the id of the text it was cut from."""

    query: str
    text: str


def texts() -> list[dict[str, str]]:
    """The sample, the same every time."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return random.Random(SEED).sample([row for row in rows if len(row.get("text") or "") >= 50], TEXTS)


def fragments(rows: list[dict[str, str]]) -> list[Asked]:
    """Cut-outs of 2 to 6 Chinese characters."""
    rng = random.Random(SEED + 1)
    found: list[Asked] = []
    while len(found) < QUERIES:
        row, size = rng.choice(rows), rng.randint(2, 6)
        start = rng.randrange(len(row["text"]) - size)
        piece = row["text"][start : start + size]
        if _HAN.fullmatch(piece):
            found.append(Asked(piece, row["id"]))
    return found


def word_queries(rows: list[dict[str, str]]) -> list[Asked]:
    """A word of a text that stands in at most ten texts."""
    rng = random.Random(SEED + 2)
    held = [sorted({w for w in rjieba.cut(row["text"]) if len(w) > 1 and _HAN.fullmatch(w)}) for row in rows]
    counts = Counter(word for words in held for word in words)
    found: list[Asked] = []
    while len(found) < QUERIES:
        place = rng.randrange(len(rows))
        if rare := [word for word in held[place] if counts[word] <= RARE]:
            found.append(Asked(rng.choice(rare), rows[place]["id"]))
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


def plain_tantivy(rows: list[dict[str, str]], place: Path) -> tuple[Find, float, float]:
    """tantivy over character bigrams, any of them, BM25: the peer of PEERS."""
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
        any_of = [(Occur.Should, Query.term_query(schema, "text", one)) for one in dict.fromkeys(tokens(query).split())]
        return [
            str(searcher.doc(at).get_first("id")) for _, at in searcher.search(Query.boolean_query(any_of), 10).hits
        ]

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
        match = " AND ".join(f'"{part}"' for part in parts)
        return [r[0] for r in db.execute("SELECT id FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 10", (match,))]

    return find, time.process_time() - start, (place / "fts.db").stat().st_size / 1e6


def main() -> int:
    """Print the table; 1 where ours misses a floor, or does not beat the plain bigrams it is made of."""
    if not NEWS.is_file():
        print("the evaluation data is not beside the project (../shared/data)", file=sys.stderr)
        return 2
    rows = texts()
    words, pieces = word_queries(rows), fragments(rows)
    print("| | queries/CPU-s | p50 / p95 ms | MRR@10 words / fragments | build s | MB |")
    print("|---|---|---|---|---|---|")
    peers: list[tuple[str, Callable[[Path], tuple[Find, float, float]]]] = [
        ("shida", lambda place: ours(rows, place)),
        ("tantivy, character bigrams, any of them", lambda place: plain_tantivy(rows, place)),
        ("SQLite FTS5, character bigrams, phrases", lambda place: sqlite(rows, place, "bigram")),
        ("SQLite FTS5, trigram, scan below three", lambda place: sqlite(rows, place, "trigram")),
    ]
    reached: list[tuple[float, float, float, float]] = []
    for name, make in peers:
        with tempfile.TemporaryDirectory() as folder:
            find, build, size = make(Path(folder))
            score(find, words[:100])  # the first look at a file is the disk's speed, not the index's
            of_words, first = score(find, words)
            of_pieces, second = score(find, pieces)
        spent = sorted([*first, *second])
        p50, p95 = (spent[int(len(spent) * share)] * 1000 for share in (0.5, 0.95))
        rate = len(spent) / sum(spent)
        reached.append((of_words, of_pieces, rate, p95))
        found = f"{of_words:.3f} / {of_pieces:.3f}"
        print(f"| {name} | {rate:,.0f} | {p50:.2f} / {p95:.2f} | {found} | {build:.1f} | {size:.0f} |", flush=True)
    mine, peer = reached[0], reached[1]
    return int(mine[0] <= peer[0] or mine[1] <= peer[1] or mine[2] < 5_000 or mine[3] > 1.0)
