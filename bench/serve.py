"""`shida serve` under mixed reading: 100,000 made-up articles in the newsroom, 500 requests a second, on this machine.

Requests come at random moments, as from many readers, whether or not earlier ones are answered; a request's time counts
from the moment it was due. The load runs on the same cores. The site is built of the newest 3,000 articles (a page more
or less does not change how fast a page is sent); the search answers from all. Run: python -m bench serve.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from shida.pack import load_packs
from shida.publish import Content, publish
from shida.publish.addresses import article_file
from shida.records import Article, Member, Page, Story
from shida.settings import Settings
from shida.store import Newsroom, PageOutcome
from shida.store.search import bring_up

ARTICLES = 100_000
ON_SITE = 3_000
RATE = 500
SECONDS = 20
CONNECTIONS = 64
AS_OF = "2026-11-22"
P99_MS = 100.0
COMMON = 100
"""Words nobody searches for: the commonest, each of which stands in an eighth of all texts or more."""
CHARACTERS = "质量标准检验计产品安全市场监管企业服务建设发展城乡工程技术数据研究"
CHARACTERS += "合作项目农村能源水电桥铁路船港医药学校文化体育环境气候"
SOURCES = ("临河日报", "质量观察", "东坪晚报", "标准周刊", "云岭新闻网", "江畔日报", "科技拾穗", "消费周刊")


def words(rng: random.Random) -> tuple[list[str], list[float]]:
    """A made-up vocabulary in which few words are common and most are rare (Zipf)."""
    found = ["".join(rng.choices(CHARACTERS, k=rng.choice((2, 2, 2, 3, 4)))) for _ in range(20_000)]
    return found, [1 / rank for rank in range(1, len(found) + 1)]


def articles(size: int) -> Iterator[Article]:
    """`size` articles of about 300 characters over five years, the oldest first."""
    rng = random.Random(size)
    vocabulary, weights = words(rng)
    first = date(2021, 11, 22)
    for number in range(size):
        picked = rng.choices(vocabulary, weights, k=130)
        sentences = ["".join(picked[at : at + 8]) for at in range(8, 130, 8)]
        yield Article(
            id=f"a-{number:07d}",
            page=f"p-{number:016x}",
            title="".join(picked[:5]),
            text="。".join(sentences) + "。",
            published=(first + timedelta(days=number * 1826 // size)).isoformat(),
            source=SOURCES[number % len(SOURCES)],
            url=f"https://example.org/{number}",
        )


def fill(home: Path, size: int) -> list[Article]:
    """The newsroom; its newest articles."""
    newest: list[Article] = []
    with Newsroom.open(home, create=True) as newsroom:
        batch: list[Article] = []

        def keep() -> None:
            newsroom.add_pages([Page(id=one.page, content=b"x", name=one.id) for one in batch])
            newsroom.save_outcomes([PageOutcome(page=one.page, articles=(one,)) for one in batch])
            batch.clear()

        for article in articles(size):
            batch.append(article)
            newest = [*newest[-ON_SITE + 1 :], article]
            if len(batch) == 1_000:
                keep()
        keep()
        newsroom.save_run(newsroom.begin_rework(AS_OF), [_story(one) for one in newest])
    return newest


def _story(article: Article) -> Story:
    member = Member(article=article.id, title=article.title, published=article.published, source=article.source)
    day = article.published
    return Story(id=f"s-{article.id[2:]}", title=article.title, first=day, last=day, members=(member,))


def addresses(newest: list[Article], rng: random.Random) -> Iterator[str]:
    """What readers ask for: four pages of ten are articles, three are searches, the rest lists, feeds and files."""
    vocabulary, weights = words(random.Random(ARTICLES))
    vocabulary, weights = vocabulary[COMMON:], weights[COMMON:]
    while True:
        kind = rng.random()
        word = quote("".join(rng.choices(vocabulary, weights, k=1)))
        if kind < 0.42:
            yield "/" + article_file(rng.choice(newest).id)
        elif kind < 0.60:
            yield rng.choice(("/", "/wire.html", "/register/documents.html", "/editions.html"))
        elif kind < 0.70:
            yield rng.choice(("/feed.xml", "/static/site.css", "/static/site.js", "/healthz"))
        elif kind < 0.88:
            two = quote(" ") + quote("".join(rng.choices(vocabulary, weights, k=1))) if rng.random() < 0.3 else ""
            yield f"/search.html?q={word}{two}"
        elif kind < 0.94:
            yield f"/search.json?q={word}&limit=10"
        else:
            yield f"/suggest.json?q={word}"


class Load:
    """Readers on keep-alive connections; the least that HTTP needs, so that the load takes little of the machine."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter] | None] = asyncio.Queue()
        self.times: list[tuple[float, str]] = []
        self.failed = 0

    async def ask(self, path: str, due: float) -> None:
        """One request, from the moment it was due to the last byte of its answer."""
        held = await self.free.get()
        try:
            reader, writer = held or await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            fields = dict(line.split(": ", 1) for line in head.decode("latin-1").lower().split("\r\n")[1:] if line)
            if "content-length" in fields:
                await reader.readexactly(int(fields["content-length"]))
            else:
                while (size := int(await reader.readline(), 16)) > 0:
                    await reader.readexactly(size + 2)
                await reader.readline()
            self.failed += not head.startswith(b"HTTP/1.1 200")
            self.times.append((asyncio.get_running_loop().time() - due, path.split("?")[0].split("/")[1]))
            held = reader, writer
        except (OSError, ValueError, asyncio.IncompleteReadError):
            self.failed += 1
            held = None
        finally:
            self.free.put_nowait(held)

    async def run(self, paths: Iterator[str], seconds: float, rng: random.Random) -> None:
        """RATE requests a second for this long."""
        for _ in range(CONNECTIONS):
            self.free.put_nowait(None)
        loop = asyncio.get_running_loop()
        due = loop.time()
        end = due + seconds
        asked = set()
        while due < end:
            await asyncio.sleep(max(0.0, due - loop.time()))
            asked.add(task := asyncio.create_task(self.ask(next(paths), due)))
            task.add_done_callback(asked.discard)
            due += rng.expovariate(RATE)
        await asyncio.gather(*asked)


def cpu_seconds(pid: int) -> float:
    """What a process has taken of the processors."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def share(times: list[float], part: float) -> float:
    """The value below which `part` of them lie, in milliseconds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))] * 1000


def row(name: str, times: list[float]) -> str:
    """A row of the table."""
    return (
        f"| {name} | {len(times):,} | " + " | ".join(f"{share(times, part):.1f}" for part in (0.5, 0.95, 0.99)) + " |"
    )


def main(size: int = ARTICLES) -> int:
    """Print the table; 1 where an answer failed or the p99 is missed."""
    with tempfile.TemporaryDirectory() as folder:
        home, site = Path(folder, "newsroom"), Path(folder, "site")
        newest = fill(home, size)
        pack = load_packs(("quality", "general"))
        started = time.process_time()
        upkeep = bring_up(home, pack)
        print(f"index of {upkeep.added:,} records: {time.process_time() - started:.1f} CPU s", flush=True)
        content = Content(articles=newest, stories=[_story(one) for one in newest])
        publish(content, site, settings=Settings(), pack=pack, as_of=AS_OF)
        return measure(home, site, newest, size)


def measure(home: Path, site: Path, newest: list[Article], size: int) -> int:
    """Start the server, put the load on it, and print the table."""
    program = (
        "import sys; from pathlib import Path; from shida.pack import load_packs;"
        "from shida.settings import Settings;"
        "from shida.serve import serve; from shida.serve.searching import Finder, search_handlers;"
        "home, site = Path(sys.argv[1]), Path(sys.argv[2]);"
        "finder = Finder(home, site, settings=Settings(), pack=load_packs(('quality', 'general')));"
        "serve(site, host='127.0.0.1', port=0, ready=lambda at: print(at, flush=True),"
        "      handlers=search_handlers(finder))"
    )
    server = subprocess.Popen([sys.executable, "-c", program, str(home), str(site)], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    port = int(server.stdout.readline().rstrip("/\n").rpartition(":")[2])
    try:
        rng = random.Random(1)
        paths = addresses(newest, rng)
        asyncio.run(Load(port).run(paths, 4, rng))  # files into memory, templates into frames
        before, load = cpu_seconds(server.pid), Load(port)
        asyncio.run(load.run(paths, SECONDS, rng))
        spent = cpu_seconds(server.pid) - before
        memory = int(Path(f"/proc/{server.pid}/statm").read_text().split()[1]) * 4096 / 1e6
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)
    every = [seconds for seconds, _ in load.times]
    print("\n| asked for | requests | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|---|")
    for kind in sorted({kind for _, kind in load.times}):
        print(row(kind or "home", [seconds for seconds, other in load.times if other == kind]))
    print(row("all", every))
    print(
        f"\n{size:,} articles; {len(every) / SECONDS:,.0f} requests/s, {load.failed} failed; the server took "
        f"{spent / SECONDS:.2f} of a core, {spent / len(every) * 1000:.2f} ms a request, {memory:.0f} MB"
    )
    return int(load.failed > 0 or share(every, 0.99) > P99_MS)
