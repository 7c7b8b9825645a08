"""The ten that mattered: recall against published year lists, beside simple rankings made here and the peers' rows.

Groups the broadcast items of the evaluation data, ranks them for the period of each published list (as known on the day
before it came out) and counts how many of the list's entries are among the first 10, 30 and 100: strict, a story must
mostly be the event. Run: python -m bench rank, or
python -m bench.rank [--stories CACHE.json] [--show LIST] [--mistakes docs/ranking-mistakes.md]
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from bench import _rank_mistakes
from shida.group import group
from shida.know import know
from shida.pack import Pack, load_packs
from shida.publish.proposals import home_rankings
from shida.rank import Known, known_in, prepare, rank_known
from shida.rank.views import View
from shida.records import Article, Period, Ranking, Story

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
NEWS = DATA / "news" / "broadcast-2022-2024.jsonl.gz"
LAST = "2024-12-31"
"""The day on which the home page is made."""
LEAST = 7
"""Entries of a list that must be in the corpus for it to count in the means."""
PLACES = (10, 30, 100)
PEERS = (
    ("random", ".08/.19/.40", ".17/.39/.74", ".19/.45/.79"),
    ("cluster size", ".39/.56/.90", ".39/.67/.82", ".28/.61/.83"),
    ("days covered", ".33/.56/.87", ".31/.64/.84", ".28/.61/.83"),
    ("LexRank", ".21/.36/.71", ".31/.54/.82", ".33/.57/.79"),
    ("hand mixture + MMR", ".47/.71/.92", ".56/.69/.84", ".28/.63/.93"),
    ("oracle", ".97", ".95", ".93"),
)
"""Measured before on all lists, a part of which is kept back: near, not equal, to the rows made here."""
FIELDS = ("国内", "国际", "科技", "体育")

Answer = list[set[str]]
"""Ids of the articles of each story, the first place first."""


def main() -> int:
    """Print the table; 2 where the evaluation data is missing."""
    arguments = _arguments()
    if not NEWS.is_file():
        print(f"{NEWS.parent} is missing: the evaluation data is not beside the project", file=sys.stderr)
        return 2
    scorer = _scorer()
    leaked, lists = scorer.gold(str(DATA / "topten" / "gold.json"))
    pack = load_packs(("quality", "general"))
    articles = _articles()
    stories = _stories(articles, pack, arguments.stories)
    facts = [fact for article in articles for fact in know(article, pack)]
    rows: dict[str, dict[str, list[dict[str, float]]]] = {}
    slowest = 0.0
    recalls: dict[str, list[float]] = {}
    mistakes: list[str] = []
    for name, gold in lists.items():
        evidence = [set(item["evidence"]) for item in gold["items"] if item["evidence"]]
        period, as_of = (
            Period(name=name, first=gold["period"][0], last=gold["candidate_window"][1]),
            gold["candidate_window"][1],
        )
        start = time.process_time()
        known = known_in(prepare(stories, facts, pack), period, as_of)
        ranking = rank_known(known, field=gold["domain"], limit=PLACES[-1])
        slowest = max(slowest, time.process_time() - start)
        answers = {"shida": [set(entry.articles) for entry in ranking.entries]}
        answers |= _simple(known, gold["domain"])
        for row, answer in answers.items():
            found = scorer.metrics([ids for ids in (story - leaked for story in answer) if ids], evidence, True)
            if len(evidence) >= LEAST:
                rows.setdefault(row, {}).setdefault(gold["domain"], []).append(found)
            if row == "shida":
                print(f"{name:15} {len(evidence):2} of its entries in the corpus: {_cell([found])}")
        if len(evidence) >= LEAST:
            recalls.setdefault(gold["domain"], []).append(rows["shida"][gold["domain"]][-1]["R@10"])
        mistakes += _rank_mistakes.table(ranking, known, gold, scorer, leaked)
        if name == arguments.show:
            _show(ranking, gold, scorer, leaked, arguments.places)
    counts = {field: len(rows["shida"].get(field, [])) for field in FIELDS}
    print(f"\n{'recall at 10/30/100, strict':22}", *(f"{field} ({counts[field]} lists)".ljust(15) for field in FIELDS))
    for row, by_field in rows.items():
        print(f"{row:26}", *(_cell(by_field.get(field, [])).ljust(17) for field in FIELDS))
    print("peers, measured before:")
    for row, *cells in PEERS:
        print(f"{row:26}", *(cell.ljust(17) for cell in cells))
    print(f"\n{len(stories):,} stories; the slowest list took {slowest:.2f} s of one core")
    start = time.process_time()
    home = home_rankings(stories, facts, pack, as_of=LAST)
    print(f"the {len(home)} lists of a home page together took {time.process_time() - start:.2f} s")
    if arguments.mistakes:
        _rank_mistakes.write(arguments.mistakes, [*_rank_mistakes.summary(recalls), "", *mistakes])
        print(f"wrote {arguments.mistakes}")
    return 0


def _simple(known: Known, field: str) -> dict[str, Answer]:
    """The same candidates in three simple orders; chance is one draw."""
    views = [view for view in known.views if field in view.fields]
    draw = list(views)
    random.Random(20).shuffle(draw)

    def first(key: Callable[[View], int]) -> Answer:
        return _ids(sorted(views, key=lambda view: -key(view)))

    return {
        "chance": _ids(draw),
        "cluster size": first(lambda view: len(view.members)),
        "days covered": first(lambda view: len({(m.published or "")[:10] for m in view.members})),
    }


def _ids(views: Sequence[View]) -> Answer:
    return [{member.article for member in view.members} for view in views[: PLACES[-1]]]


def _cell(found: Sequence[dict[str, float]]) -> str:
    if not found:
        return "–"
    return "/".join(f"{sum(one[f'R@{k}'] for one in found) / len(found):.2f}" for k in PLACES)


def _show(ranking: Ranking, gold: dict[str, Any], scorer: Any, leaked: set[str], places: int) -> None:
    """The first places of a list with their reasons, and where each printed entry was found."""
    items = [item for item in gold["items"] if item["evidence"]]
    answer = [set(entry.articles) - leaked for entry in ranking.entries]
    found: dict[int, int] = scorer.found(answer, [set(item["evidence"]) for item in items], True)
    for entry in ranking.entries[:places]:
        match = f"★{items[found[entry.rank]]['text'][:12]}" if entry.rank in found else ""
        signals = " ".join(f"{r.signal}={r.value:.2f}" for r in entry.reasons[:8])
        print(f"  {entry.rank:3} {entry.score:5.2f} {len(entry.articles):3} {match} | {entry.title[:36]} | {signals}")
    for index, item in enumerate(items):
        print(f"     {item['text'][:32]}: {next((place for place, i in found.items() if i == index), 'not found')}")


def _articles() -> list[Article]:
    """The items of the broadcast."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        return [
            Article(
                id=row["id"],
                page=f"p-{row['id']}",
                title=row["title"] or "",
                text=row.get("text") or "",
                published=row["published"],
                source=row["source"],
                position=row["position"],
            )
            for row in map(json.loads, lines)
        ]


def _stories(articles: Sequence[Article], pack: Pack, cache: Path | None) -> Sequence[Story]:
    """The articles grouped; read from `cache` where it is there, else written to it."""
    if cache and cache.is_file():
        return msgspec.json.decode(cache.read_bytes(), type=list[Story])
    start = time.process_time()
    stories = group(articles, pack)
    print(f"{len(articles):,} items in {len(stories):,} stories, {time.process_time() - start:.0f} s\n")
    if cache:
        cache.write_bytes(msgspec.json.encode(stories))
    return stories


def _scorer() -> Any:
    """The scoring script of the evaluation data."""
    spec = importlib.util.spec_from_file_location("topten_score", DATA / "topten" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(DATA / "topten" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.rank")
    parser.add_argument("--stories", type=Path, help="grouped stories as JSON: read where it exists, else written")
    parser.add_argument("--show", help="a list to show place by place")
    parser.add_argument("--places", type=int, default=20)
    parser.add_argument("--mistakes", type=Path, help="the page to write what was mistaken into, between its marks")
    return parser.parse_args(sys.argv[1:] if __name__ == "__main__" else [])


if __name__ == "__main__":
    sys.exit(main())
