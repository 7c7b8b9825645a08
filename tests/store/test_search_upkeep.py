"""The index is never out of step with the store, whatever is written, whoever is killed, whatever harms its files."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tantivy
from search_newsroom import ROWS, article, document, edition, put, small_newsroom, story, tell

from shida.errors import NewsroomBusy
from shida.pack import Pack
from shida.records import Article
from shida.store import Newsroom, PageOutcome
from shida.store.search import SearchIndex, open_index, search, upkeep
from shida.store.search.inventory import FACTS, Holdings, store_mark
from shida.store.search.layout import STATE


def held(index: SearchIndex) -> set[str]:
    """What the index really holds, by kind and id."""
    hits = index.view.searcher.search(tantivy.Query.all_query(), 10_000).hits
    found = [f"{hit.kind}:{hit.id}" for hit in index.view.hits([address for _, address in hits])]
    assert len(found) == len(set(found))
    return set(found)


def assert_in_step(index: SearchIndex, newsroom: Newsroom, pack: Pack) -> None:
    """The index holds what the store holds, as it now stands, and nothing else."""
    wanted = Holdings(newsroom, pack).inventory
    assert held(index) == set(wanted) - {FACTS}
    assert index.inventory() == wanted
    for one in newsroom.articles():
        assert one.id in [a for hit in search(index, f'"{one.text}"', limit=50).hits for a in hit.articles]


def changed(number: int, words: str, day: str = "2025-06-01") -> Article:
    """A revision of article `number` of ROWS, from another page."""
    before = article(ROWS[number])
    return Article(id=before.id, page=f"p-new-{number}", title=words, text=f"{words}。", published=day, url=before.url)


def test_the_first_opening_makes_it_and_the_next_has_nothing_to_do(tmp_path: Path, pack: Pack) -> None:
    with small_newsroom(tmp_path) as newsroom:
        first = open_index(newsroom, pack)
        assert_in_step(first, newsroom, pack)
        again = open_index(newsroom, pack)
        assert (again.upkeep.added, again.upkeep.removed) == (0, 0)
        assert again.refresh() is False


@pytest.mark.parametrize("reopened", [False, True], ids=["kept open", "opened again"])
def test_every_kind_of_change_is_taken_over(tmp_path: Path, pack: Pack, reopened: bool) -> None:
    with small_newsroom(tmp_path) as newsroom:
        index = open_index(newsroom, pack)

        def now() -> SearchIndex:
            if reopened:
                return open_index(newsroom, pack)
            index.refresh()
            return index

        put(newsroom, [changed(0, "锅炉安全整治收官")])  # superseded
        assert search(now(), "锅炉").total == 1
        assert search(now(), "质量强市建设").total == 0
        assert_in_step(now(), newsroom, pack)
        newsroom.save_outcomes([PageOutcome(page="p-a-02", articles=())])  # read anew: neither article nor fact is left
        assert search(now(), "计量").total == 0
        assert not search(now(), "类型:文件 计量").hits
        assert_in_step(now(), newsroom, pack)
        tell(newsroom, [story("s-a-03", "a-03", "a-05")], gone=["s-a-05"])  # merged
        assert not {hit.id for hit in search(now(), "类型:事件 换版").hits}
        assert_in_step(now(), newsroom, pack)
        tell(newsroom, [story("s-a-03", "a-03"), story("s-a-05", "a-05")])  # split again
        assert {hit.id for hit in search(now(), "类型:事件 换版").hits} == {"s-a-05"}
        put(
            newsroom, [article(("a-08", "新的一篇", "说的是水表检定。", "2025-07-01", "甲报"))], {"a-08": (document(),)}
        )
        assert search(now(), "水表").total == 1
        newsroom.save_edition(edition())
        assert_in_step(now(), newsroom, pack)


def test_a_copy_that_becomes_known_stands_under_its_original(tmp_path: Path, pack: Pack) -> None:
    with small_newsroom(tmp_path) as newsroom:
        index = open_index(newsroom, pack)
        tell(newsroom, [story("s-a-01", "a-01", "a-03", copies={"a-03": "a-01"})], gone=["s-a-03"])
        index.refresh()
        assert search(index, "日期:2025-01..2025-03 市").hits[0].articles in (("a-01", "a-03"), ("a-03", "a-01"))


@pytest.mark.parametrize("harm", ["nothing", "truncated", "deleted", "garbage", "foreign", "older"])
def test_a_damaged_index_is_made_again(tmp_path: Path, pack: Pack, harm: str) -> None:
    with small_newsroom(tmp_path) as newsroom:
        open_index(newsroom, pack)
        files = tmp_path / "index" / "files"
        for file in sorted(files.iterdir()):
            if harm == "truncated" and file.suffix not in (".json", ".lock"):
                os.truncate(file, file.stat().st_size // 2)
            elif harm == "deleted" and file.name == "meta.json":
                file.unlink()
            elif harm == "garbage" and file.name == "meta.json":
                file.write_bytes(b"\xff\x00{")
        if harm in ("foreign", "older"):
            for file in files.iterdir():
                file.unlink()
        if harm == "older":  # the same names of fields, but nothing kept where it is now
            older = tantivy.SchemaBuilder().add_text_field("uid", tokenizer_name="raw").build()
            writer = tantivy.Index(older, path=str(files)).writer(15_000_000, 1)
            writer.add_document(tantivy.Document(uid=STATE))
            writer.commit()
            writer.wait_merging_threads()
        if harm == "foreign":
            other = tantivy.Index(tantivy.SchemaBuilder().add_text_field("x").build(), path=str(files))
            other.writer(15_000_000, 1).commit()
        assert_in_step(open_index(newsroom, pack), newsroom, pack)


def test_remade_and_grown_indexes_say_the_same(tmp_path: Path, pack: Pack) -> None:
    with small_newsroom(tmp_path) as newsroom:
        index = open_index(newsroom, pack)
        for number in range(5):
            put(newsroom, [changed(number, f"第{number}次修订的稿子")])
            index.refresh()
        grown = {query: {h.id for h in search(index, query).hits} for query in ("修订", "日期:2025", "黑颈鹤", "计量")}
        remade = open_index(newsroom, pack, remake=True)
        assert remade.upkeep.remade
        assert {query: {h.id for h in search(remade, query).hits} for query in grown} == grown
        assert_in_step(remade, newsroom, pack)


def test_an_index_of_other_rules_is_made_again(tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    with small_newsroom(tmp_path) as newsroom:
        open_index(newsroom, pack)
        monkeypatch.setattr(upkeep, "VERSION", "another")
        index = open_index(newsroom, pack)
        assert index.upkeep.remade
        assert_in_step(index, newsroom, pack)


def test_every_write_changes_the_mark(tmp_path: Path, pack: Pack) -> None:
    with small_newsroom(tmp_path) as newsroom:
        marks = [store_mark(newsroom)]
        for number in range(20):
            put(newsroom, [changed(0, f"第{number}稿", f"2025-06-{number + 1:02d}")])
            marks.append(store_mark(newsroom))
        assert len(set(marks)) == len(marks)


def test_a_newsroom_that_cannot_be_written_is_indexed_in_memory(tmp_path: Path, pack: Pack) -> None:
    small_newsroom(tmp_path).close()
    (tmp_path / "index").write_text("something else lies here")
    with Newsroom.open(tmp_path) as newsroom:
        index = open_index(newsroom, pack)
        assert search(index, "童车").total == 1
        assert (tmp_path / "index").read_text() == "something else lies here"


def test_one_writer_at_a_time(tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "WAIT_SECONDS", 0.2)
    with small_newsroom(tmp_path) as newsroom:
        index = open_index(newsroom, pack)
        with index._held(), pytest.raises(NewsroomBusy, match="writing the search index"):
            open_index(newsroom, pack)


KILLED = """
import os, signal, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from search_newsroom import ROWS, article, put
from shida.pack import load_packs
from shida.records import Article
from shida.store import Newsroom, PageOutcome
from shida.store.search import open_index
newsroom = Newsroom.open(Path({home!r}))
index = open_index(newsroom, load_packs())
print("ready", flush=True)
for number in range({first}, {first} + 1000):
    made = Article(id=f"k-{{number}}", page=f"p-k-{{number}}", text=f"通告正文之{{number}}。")
    put(newsroom, [made])
    print(number, flush=True)
    if {between}:
        os.kill(os.getpid(), signal.SIGKILL)  # the store has it, the index does not
    index.refresh()
"""


def _run_until_killed(home: Path, first: int, wait: float | None) -> int:
    """Run the program above; the last article it acknowledged."""
    tests = str(Path(__file__).parent)
    program = KILLED.format(tests=tests, home=str(home), first=first, between=wait is None)
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    if wait is not None:
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
    last = first - 1
    for line in process.stdout:
        if line.strip().isdecimal():
            last = int(line)
    process.wait()
    process.stdout.close()
    assert process.returncode == -signal.SIGKILL
    return last


def test_a_kill_between_store_and_index_is_made_good(tmp_path: Path, pack: Pack) -> None:
    small_newsroom(tmp_path).close()
    last = _run_until_killed(tmp_path, 0, None)
    with Newsroom.open(tmp_path) as newsroom:
        index = open_index(newsroom, pack)
        assert search(index, f"通告正文之{last}").total == 1
        assert_in_step(index, newsroom, pack)


def test_kills_at_any_moment_are_made_good(tmp_path: Path, pack: Pack) -> None:
    small_newsroom(tmp_path).close()
    rng = random.Random(11)
    first = 0
    for _ in range(3):
        first = _run_until_killed(tmp_path, first, rng.uniform(0.0, 0.6)) + 1
        with Newsroom.open(tmp_path) as newsroom:
            assert_in_step(open_index(newsroom, pack), newsroom, pack)


def test_what_a_killed_writer_left_is_no_obstacle(tmp_path: Path, pack: Pack) -> None:
    with small_newsroom(tmp_path) as newsroom:
        open_index(newsroom, pack)
        files = tmp_path / "index" / "files"
        meta = json.loads((files / "meta.json").read_text())
        for segment in meta["segments"]:
            for step in range(1, 200):  # any of them is the name of the next commit's file of deletions
                name = f"{segment['segment_id'].replace('-', '')}.{meta['opstamp'] + step}.del"
                (files / name).write_bytes(b"half written")
        put(newsroom, [changed(0, "锅炉安全整治收官")])
        index = open_index(newsroom, pack)
        assert search(index, "锅炉").total == 1
        assert_in_step(index, newsroom, pack)
