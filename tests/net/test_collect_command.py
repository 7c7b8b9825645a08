"""`shida collect` and `shida sources` as a person uses them, on the web of our own."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from local_web import Asked, LocalWeb, Reply

from shida.cli import main
from shida.collect import collect as collect_target
from shida.net import Limits
from shida.records import Address, Page
from shida.store import Newsroom

NOW = "2026-11-22T12:00:00+08:00"
NEXT_DAY = "2026-11-23T12:01:00+08:00"
PAGE = """<html><head><title>第{n}批产品抽查结果公布-江城质量报</title></head><body><h1>第{n}批产品抽查结果公布</h1>
<div>2026-11-{n:02} 09:30 来源：江城质量报</div>
<div class="content"><p>　　江城市市场监管局今天公布第{n}批产品质量抽查结果，共抽查童装{many}批次。</p>
<p>　　不合格的产品已经停止销售，有关单位正在整改。</p></div><div>阅读：{read}</div></body></html>"""


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Shida = Callable[..., Answer]


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    with LocalWeb() as web:
        yield web


@pytest.fixture
def shida(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Shida:
    """The command line in an empty folder, with a newsroom that may reach this machine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHIDA_HOME", raising=False)
    home = tmp_path / "newsroom"
    home.mkdir()
    (home / "shida.toml").write_text('allow = ["127.0.0.0/8"]\n')

    def call(*arguments: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["shida", *map(str, arguments)])
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Answer(int(ended.value.code or 0), out.decode(), err.decode())

    return call


def list_page(numbers: range) -> Reply:
    lines = [f'<li><a href="/xw/2026/art_{n}.html">第{n}批产品抽查结果公布</a> 2026-11-{n:02}</li>' for n in numbers]
    return Reply(f"<html><ul>{''.join(lines)}</ul></html>".encode())


def article(n: int, many: int = 60, read: int = 1) -> Reply:
    return Reply(PAGE.format(n=n, many=many, read=read).encode())


def a_paper(web: LocalWeb, pages: int = 3) -> None:
    web["/list"] = list_page(range(1, pages + 1))
    for n in range(1, pages + 1):
        web[f"/xw/2026/art_{n}.html"] = article(n)


def own(web: LocalWeb, *lists: str) -> None:
    """Make these lists the newsroom's only sources."""
    blocks = [
        f'[[sources]]\nname = "s{n}"\ntitle = "江城质量报"\nurl = "{web.url(path)}"\nkind = "list"\ngap_seconds = 0\n'
        for n, path in enumerate(lists)
    ]
    Path("newsroom/sources.toml").write_text('off = ["*"]\n\n' + "\n".join(blocks))


def test_a_round_brings_the_pages_and_says_so_in_one_line(shida: Shida, web: LocalWeb) -> None:
    a_paper(web)
    own(web, "/list")
    done = shida("collect", "--now", NOW)
    assert done.code == 0
    assert done.out.startswith("collect 1 source in 3 new pages out ")
    assert "next: shida run" in done.err
    again = shida("collect", "--now", NOW)
    assert again.out == "nothing is due; the next source is at 2026-11-22T12:30:00+08:00\n"
    with Newsroom.open(Path("newsroom")) as newsroom:
        pages = list(newsroom.pages([one.page or "" for one in known(newsroom, web, 3)]))
    assert {page.source for page in pages} == {"江城质量报"}
    assert {page.fetched for page in pages} == {NOW}


def known(newsroom: Newsroom, web: LocalWeb, pages: int) -> list[Address]:
    urls = [web.url(f"/xw/2026/art_{n}.html") for n in range(1, pages + 1)]
    return list(newsroom.visits.addresses(urls).values())


def test_a_page_that_changes_makes_a_revision_and_a_counter_makes_none(shida: Shida, web: LocalWeb) -> None:
    a_paper(web)
    own(web, "/list")
    shida("collect", "--now", NOW)
    shida("run", "--today", "2026-11-22")
    web["/xw/2026/art_1.html"] = article(1, many=75)
    web["/xw/2026/art_2.html"] = article(2, read=2_000)
    done = shida("collect", "--now", NEXT_DAY)
    assert "0 new pages out, 1 changed" in done.out
    shida("run", "--today", "2026-11-23")
    with Newsroom.open(Path("newsroom")) as newsroom:
        articles = {one.title: one for one in newsroom.articles()}
        assert len(articles) == 3
        first = articles["第1批产品抽查结果公布"]
        assert "75批次" in first.text
        before, after = newsroom.revisions(first.id)
        assert ("60批次" in before.text, after) == (True, first)
        assert [one.changes for one in known(newsroom, web, 3)] == [1, 0, 0]


def test_a_withdrawn_page_is_marked_and_one_that_comes_back_is_unmarked(shida: Shida, web: LocalWeb) -> None:
    a_paper(web)
    own(web, "/list")
    shida("collect", "--now", NOW)
    shida("run", "--today", "2026-11-22")
    web["/xw/2026/art_1.html"] = Reply(b"gone", status=410)
    web["/xw/2026/art_2.html"] = Reply(status=302, headers={"Location": "/"})
    web["/"] = Reply(b"<html><h1>front page</h1></html>")
    done = shida("collect", "--now", NEXT_DAY)
    assert ", 2 withdrawn" in done.out
    with Newsroom.open(Path("newsroom")) as newsroom:
        assert [one.url for one in newsroom.visits.withdrawn()] == [web.url(f"/xw/2026/art_{n}.html") for n in (1, 2)]
        titles = {newsroom.article(one).title for one in newsroom.visits.withdrawn_articles()}  # type: ignore[union-attr]
        assert titles == {"第1批产品抽查结果公布", "第2批产品抽查结果公布"}
        assert newsroom.counts()["articles"] == 3
    web["/xw/2026/art_1.html"] = article(1)
    assert ", 1 back again" in shida("collect", "--now", "2026-11-25T13:00:00+08:00").out
    with Newsroom.open(Path("newsroom")) as newsroom:
        assert [one.url for one in newsroom.visits.withdrawn()] == [web.url("/xw/2026/art_2.html")]


def test_a_known_page_is_asked_for_with_what_the_server_gave_and_a_304_changes_nothing(
    shida: Shida, web: LocalWeb
) -> None:
    def with_tag(asked: Asked) -> Reply:
        same = asked.headers.get("if-none-match") == '"v1"'
        return Reply(status=304) if same else Reply(article(1).body, headers={"ETag": '"v1"'})

    a_paper(web, 1)
    own(web, "/list")
    web["/xw/2026/art_1.html"] = with_tag
    shida("collect", "--now", NOW)
    assert "0 new pages out 0." in shida("collect", "--now", NEXT_DAY).out
    assert [one.headers.get("if-none-match") for one in web.asked if one.path.startswith("/xw")] == [None, '"v1"']
    with Newsroom.open(Path("newsroom")) as newsroom:
        (one,) = known(newsroom, web, 1)
        assert (one.checked, one.next_due, one.etag) == (NEXT_DAY, "2026-11-24T12:02:00+08:00", '"v1"')


def test_a_page_that_is_refused_is_not_asked_for_in_every_round(shida: Shida, web: LocalWeb) -> None:
    a_paper(web)
    own(web, "/list")
    web["/xw/2026/art_2.html"] = Reply(status=403)
    for minute in (0, 31):
        shida("collect", "--now", f"2026-11-22T12:{minute:02}:00+08:00")
    assert web.paths().count("/xw/2026/art_2.html") == 1
    shida("collect", "--now", "2026-11-22T13:02:00+08:00")
    assert web.paths().count("/xw/2026/art_2.html") == 2


def test_what_was_fetched_is_written_down_and_can_be_fed_in_again(shida: Shida, web: LocalWeb) -> None:
    a_paper(web)
    own(web, "/list")
    shida("collect", "--now", NOW, "--warc", "kept")
    (file,) = Path("kept").iterdir()
    pages = [item for item in collect_target(file, limits=Limits()) if isinstance(item, Page)]
    assert [page.url for page in pages][1:] == [web.url(f"/xw/2026/art_{n}.html") for n in (1, 2, 3)]
    Path("a-file").write_text("x")
    refused = shida("collect", "--now", NEXT_DAY, "--warc", "a-file")
    assert (refused.code, "Name another folder for --warc" in refused.err) == (2, True)


def test_limit_and_source(shida: Shida, web: LocalWeb) -> None:
    a_paper(web)
    web["/other"] = list_page(range(3, 4))
    own(web, "/list", "/other")
    done = json.loads(shida("collect", "--now", NOW, "--source", "s0", "--limit", "2", "--json").out)
    assert (done["sources"], done["new"], done["not_due"]) == (1, 2, 0)
    rest = json.loads(shida("collect", "--now", NOW, "--source", "s0", "--source", "s1", "--json").out)
    assert (rest["sources"], rest["new"]) == (2, 1)
    wrong = shida("collect", "--source", "s00")
    assert (wrong.code, "Did you mean s0?" in wrong.err) == (2, True)


def test_a_source_that_fails_is_a_finding_of_collect_and_of_the_doctor(shida: Shida, web: LocalWeb) -> None:
    a_paper(web)
    own(web, "/list", "/broken")
    web["/broken"] = Reply(status=500)
    done = shida("collect", "--now", NOW)
    assert (done.code, "1 dropped (1 http_500)" in done.out) == (1, True)
    assert "--dry-run" in done.err
    assert shida("doctor", "--now", NOW).code == 0, "once is weather"
    for day in (23, 24):
        assert shida("collect", "--now", f"2026-11-{day}T12:00:00+08:00").code == 1
    ill = shida("doctor", "--now", "2026-11-24T12:00:00+08:00")
    assert ill.code == 1
    assert "ailing: source s1 is failing: 3 visits in a row gave no list" in ill.out
    listed = {
        row["source"]["name"]: row["health"] for row in map(json.loads, shida("sources", "--json").out.splitlines())
    }
    assert listed["s1"] == "failing"
    web["/broken"] = list_page(range(1, 2))
    shida("collect", "--now", "2026-11-26T12:00:00+08:00")
    assert shida("doctor", "--now", "2026-11-26T12:00:00+08:00").code == 0
    with Newsroom.open(Path("newsroom")) as newsroom:
        assert newsroom.dropped() == []


def test_redesigned_and_quiet_are_told_apart(shida: Shida, web: LocalWeb) -> None:
    own(web, "/list", "/bodies")
    for day in range(1, 7):
        web["/list"] = list_page(range(1, day + 1))
        web[f"/xw/2026/art_{day}.html"] = article(day)
        shida("collect", "--source", "s0", "--now", f"2026-11-{day:02}T12:00:00+08:00")
    quiet = shida("doctor", "--now", "2026-11-16T12:00:00+08:00")
    assert "source s0 is quiet: nothing new for 10 days; it usually brings something within 24 hours" in quiet.out
    web["/list"] = Reply(b"<html><div id=app></div></html>")
    shida("collect", "--source", "s0", "--now", "2026-11-16T12:00:00+08:00")
    redesigned = shida("doctor", "--now", "2026-11-16T12:00:00+08:00")
    assert (redesigned.code, "source s0 is redesigned: the list is there but" in redesigned.out) == (1, True)
    web["/bodies"] = Reply(list_page(range(11, 15)).body)
    for n in range(11, 15):
        web[f"/xw/2026/art_{n}.html"] = Reply(b"<html><body><div id=app></div></body></html>")
    shida("collect", "--source", "s1", "--now", "2026-11-16T12:00:00+08:00")
    shida("run", "--today", "2026-11-16")
    bodies = shida("doctor", "--now", "2026-11-16T12:00:00+08:00")
    assert "source s1 is redesigned: none of the last 4 pages gave an article" in bodies.out


def test_a_look_at_one_source_shows_what_a_person_needs(shida: Shida, web: LocalWeb) -> None:
    a_paper(web)
    own(web, "/list")
    looked = shida("collect", "--source", "s0", "--dry-run")
    assert looked.code == 0
    for needed in (
        "s0  江城质量报: works",
        "found    3 articles, 0 without a date",
        "第2批产品抽查结果公布",
        web.url("/xw/2026/art_1.html"),
        "shape    3 × ",
        "reads    第1批产品抽查结果公布",
        "2026-11-01T09:30+08:00",
    ):
        assert needed in looked.out
    assert not Path("newsroom/newsroom.db").exists()


def test_a_look_at_an_unverified_source_prints_the_lines_that_confirm_it(shida: Shida, web: LocalWeb) -> None:
    a_paper(web)
    own(web, "/list")
    file = Path("newsroom/sources.toml")
    file.write_text(file.read_text() + "unverified = true\n")
    looked = shida("collect", "--source", "s0", "--dry-run").out
    assert "confirm it: put this into newsroom/sources.toml" in looked
    block = looked[looked.index("[[sources]]") :]
    file.write_text(block)
    confirmed = shida("collect", "--source", "s0", "--dry-run")
    assert (confirmed.code, "unverified" in confirmed.out) == (0, False)


def test_a_look_at_a_source_that_needs_mending_says_how(shida: Shida, web: LocalWeb) -> None:
    a_paper(web)
    web["/moved"] = Reply(status=404)
    web["/script"] = Reply(b"<html><div id=app></div></html>")
    own(web, "/list", "/moved", "/script")
    file = Path("newsroom/sources.toml")
    file.write_text(file.read_text().replace("gap_seconds = 0", 'gap_seconds = 0\nlinks = ["http*://*/old/*"]', 1))
    wrong_shape = shida("collect", "--source", "s0", "--dry-run")
    assert wrong_shape.code == 1
    assert "take the shape of the articles' addresses below as `links`" in wrong_shape.out
    assert f'links = ["{web.url("/xw/*/art_*.html")}"]' in wrong_shape.out
    file.write_text(wrong_shape.out[wrong_shape.out.index("[[sources]]") :])
    assert shida("collect", "--source", "s0", "--dry-run").code == 0
    own(web, "/list", "/moved", "/script")
    assert "404, there is no such page" in shida("collect", "--source", "s1", "--dry-run").out
    assert "drawn by a script" in shida("collect", "--source", "s2", "--dry-run").out
    of_all = shida("collect", "--dry-run")
    assert of_all.code == 1
    assert "1 of 3 work" in of_all.out


def test_sources_of_ones_own_from_addresses_and_opml_and_out_again(shida: Shida, web: LocalWeb) -> None:
    a_paper(web)
    web["/feed"] = Reply(
        f"<rss><channel><title>t</title><item><title>一</title><link>{web.url('/1')}</link></item></channel></rss>".encode()
    )
    web["/1"] = article(1)
    added = shida("sources", "add", web.url("/list"), "--title", "江城质量报", "--name", "paper")
    assert "shida collect --source paper --dry-run" in added.err
    twice = shida("sources", "add", web.url("/list"))
    assert (twice.code, "it is there already, as paper" in twice.err) == (2, True)
    Path("reader.opml").write_text(
        f'<opml><body><outline text="地方"><outline text="江城日报" xmlUrl="{web.url("/feed")}"/></outline></body>'
        "</opml>"
    )
    assert "江城日报" in shida("sources", "add", "reader.opml").out
    listed = [json.loads(line)["source"] for line in shida("sources", "--json").out.splitlines()]
    assert [one["title"] for one in listed[:2]] == ["江城质量报", "江城日报"]
    assert len(listed) > 60, "those of the packs come after"
    out = shida("sources", "opml").out
    assert f'xmlUrl="{web.url("/feed")}"' in out
    Path("broken.opml").write_text("<opml><body>")
    broken = shida("sources", "add", "broken.opml")
    assert (broken.code, "broken.opml: it is broken" in broken.err) == (2, True)


def test_a_mistake_in_sources_toml_names_its_place(shida: Shida) -> None:
    Path("newsroom/sources.toml").write_text('[[sources]]\nname = "a"\ntitle = "甲"\nurl = 5\n')
    for command in (("collect",), ("sources",), ("check",)):
        answer = shida(*command)
        assert answer.code == (1 if command == ("check",) else 2)
        assert "sources.toml: Expected `str`, got `int` - at `$.sources[0].url`" in answer.out + answer.err


def test_a_time_that_is_none_says_how_to_write_one(shida: Shida) -> None:
    answer = shida("collect", "--now", "noon")
    assert (answer.code, "Give one like 2026-11-22T12:00:00+08:00" in answer.err) == (2, True)


def test_the_sources_page_says_how_each_source_fares(shida: Shida, web: LocalWeb) -> None:
    a_paper(web)
    own(web, "/list", "/broken")
    file = Path("newsroom/sources.toml")
    head, first, second = file.read_text().split("[[sources]]")
    file.write_text(f"{head}[[sources]]{first}[[sources]]{second.replace('江城质量报', '江城晚报')}")
    web["/broken"] = Reply(status=500)
    for day in (22, 23, 24):
        shida("collect", "--now", f"2026-11-{day}T12:00:00+08:00")
    shida("run", "--today", "2026-11-24")
    assert shida("publish", "site", "--as-of", "2026-11-24").code == 0
    page = Path("site/sources.html").read_text()
    rows = {row.split("</th>")[0].rpartition(">")[0].rpartition(">")[2]: row for row in page.split("<tr>")[2:]}
    assert web.url("/list") in page
    paper = next(row for row in rows.values() if "江城质量报" in row)
    other = next(row for row in rows.values() if "江城晚报" in row)
    assert "正常" in paper
    assert "中断" in other
    assert "连续3次取不到它的列表" in other


def test_without_a_connection_nothing_is_held_against_the_sources(shida: Shida, web: LocalWeb) -> None:
    own(web, "/a", "/b", "/c")
    file = Path("newsroom/sources.toml")
    there = file.read_text()
    for port, path in enumerate("abc", 1):  # nobody listens there
        file.write_text(file.read_text().replace(f":{web.port}/{path}", f":{port}/{path}"))
    done = shida("collect", "--now", NOW)
    assert done.code == 1
    assert "no source could be reached at all: check this machine's connection" in done.err
    for path in ("/a", "/b", "/c"):
        web[path] = list_page(range(1, 2))
    web["/xw/2026/art_1.html"] = article(1)
    file.write_text(there)
    again = shida("collect", "--now", NOW)
    assert (again.code, again.out.startswith("collect 3 sources in 1 new page out")) == (0, True)
    with Newsroom.open(Path("newsroom")) as newsroom:
        assert newsroom.dropped() == []


def test_one_source_that_cannot_be_reached_among_others_is_its_own_fault(shida: Shida, web: LocalWeb) -> None:
    a_paper(web)
    own(web, "/list", "/b", "/c")
    file = Path("newsroom/sources.toml")
    file.write_text(file.read_text().replace(f":{web.port}/b", ":1/b").replace(f":{web.port}/c", ":2/c"))
    done = shida("collect", "--now", NOW)
    assert (done.code, "3 new pages out, 2 dropped (2 robots_unreachable)" in done.out) == (1, True)
    with Newsroom.open(Path("newsroom")) as newsroom:
        assert {name: state.failures for name, state in newsroom.visits.states().items()} == {"s0": 0, "s1": 1, "s2": 1}


def test_a_list_in_one_piece_is_not_broken_by_adding_to_it(shida: Shida, web: LocalWeb) -> None:
    file = Path("newsroom/sources.toml")
    there = 'sources = [{ name = "a", title = "甲", url = "https://example.cn/" }]\n'
    file.write_text(there)
    refused = shida("sources", "add", web.url("/list"))
    assert (refused.code, "it has its sources in one list" in refused.err) == (2, True)
    assert file.read_text() == there
    wrong = shida("sources", "add", web.url("/list"), "--name", "Not A Name")
    assert (wrong.code, "a-z, 0-9 and hyphens" in wrong.err) == (2, True)


def test_a_page_of_a_list_that_stops_in_the_middle_goes_on_with_the_next_run(shida: Shida, web: LocalWeb) -> None:
    a_paper(web, 9)
    own(web, "/list")
    first = json.loads(shida("collect", "--now", NOW, "--limit", "4", "--json").out)
    second = json.loads(shida("collect", "--now", "2026-11-22T12:31:00+08:00", "--json").out)
    assert (first["new"], second["new"]) == (4, 5)
