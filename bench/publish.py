"""How fast a site of 12,000 articles is built: in full, again with ten new ones, and beside other generators.

Run: python -m bench publish. Everything on one core; the newsroom is invented and the same every time. Seconds are
those of the processor, the file system's own work among them: what that is differs by a factor of ten from disk to
disk (ext4 looks long for a free inode where many files were deleted a minute ago), so it is told apart.
"""

from __future__ import annotations

import resource
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import minijinja

from bench._publish_newsroom import AS_OF, newsroom, replace_id
from bench._publish_peers import hugo, pelican
from shida.pack import load_packs
from shida.publish import Content, publish
from shida.records import Article
from shida.settings import Settings

SIZE = 12_000
NEW = 10
PELICAN_SIZE = 2_000
"""Pelican takes minutes for all of them; with fewer it is no slower a page."""
MEMORY_DISK = Path("/dev/shm")
FLOOR = 2500


def timed(what: Callable[[], int]) -> tuple[int, float, float]:
    """What it gave, and the seconds of one core it took: the program's, and the system's for it."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    gave = what()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return gave, after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime


def build(content: Content, out: Path) -> int:
    """Files of the site."""
    return publish(content, out, settings=Settings(), pack=load_packs(), as_of=AS_OF).files


def templates_alone(articles: Iterable[Article]) -> int:
    """The same articles through minijinja with the plainest template, nothing written: what no generator can beat."""
    source = (
        "<!doctype html><title>{{ a.title }}</title><h1>{{ a.title }}</h1>{% for p in ps %}<p>{{ p }}</p>{% endfor %}"
    )
    environment = minijinja.Environment(templates={"a.html": source})
    count = 0
    for article in articles:
        environment.render_template("a.html", a={"title": article.title}, ps=article.text.split("\n"))
        count += 1
    return count


def row(name: str, pages: int, user: float, system: float) -> float:
    """Print a row of the table; gives pages a second."""
    rate = pages / (user + system)
    print(f"| {name} | {pages:,} | {user + system:.1f} ({system:.1f}) | {rate:,.0f} |", flush=True)
    return rate


def main() -> int:
    """Print the table; 1 where a floor is missed."""
    content = newsroom(SIZE)
    fresh = [replace_id(article) for article in list(newsroom(SIZE + NEW).articles)[-NEW:]]
    grown = replace(content, articles=[*content.articles, *fresh])
    print(f"| build of {SIZE:,} articles, one core | pages | seconds (system) | pages/s |")
    print("|---|---|---|---|")
    places = {"this disk": None, **({"memory disk": str(MEMORY_DISK)} if MEMORY_DISK.is_dir() else {})}
    rates, shares = [], []
    for words, where in places.items():
        with tempfile.TemporaryDirectory(dir=where) as place:
            first = timed(lambda place=place: build(content, Path(place, "site")))  # type: ignore[misc]
            again = timed(lambda place=place: build(grown, Path(place, "site")))  # type: ignore[misc]
        rates.append(row(f"shida, the whole site in both scripts, {words}", *first))
        shares.append(sum(again[1:]) / sum(first[1:]))
        row(f"shida, again with {NEW} new articles ({shares[-1]:.2f} of the first), {words}", *again)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row("minijinja alone, plainest page, nothing written", *timed(lambda: templates_alone(content.articles)))
    with tempfile.TemporaryDirectory(dir=list(places.values())[-1]) as place:
        ran = hugo(content.articles, Path(place, "hugo"))
        tried = pelican(list(content.articles)[:PELICAN_SIZE], Path(place, "pelican"))
    for name, peer in (("Hugo", ran), (f"Pelican, {PELICAN_SIZE:,} of the articles", tried)):
        if peer is None:
            print(f"| {name} | – | – | not installed |")
        else:
            row(f"{name}, one script, articles and lists, {list(places)[-1]}", peer[0], peer[1], 0.0)
    print(f"\nlargest memory, newsroom included: {memory:.0f} MB")
    return int(max(rates) < FLOOR or max(shares) > 1 / 3 or memory > 600)


if __name__ == "__main__":
    raise SystemExit(main())
