from __future__ import annotations

import gzip
import os
import random
import subprocess
import sys
import time
import tracemalloc
import zlib
from pathlib import Path

import msgspec
import pytest

from shida.collect import CollectCounts, collect
from shida.errors import InputError
from shida.net import Limits
from shida.records import ARTICLE_JSON, Dropped, Page, Submission

LIMITS = Limits()
SMALL = Limits(page_bytes=100_000, feed_bytes=100_000)
HTML = "<html><head><title>质量月</title></head><body><p>各地启动质量月。</p></body></html>"


def taken(target: Path, limits: Limits = LIMITS) -> tuple[list[Page], list[Dropped]]:
    items = list(collect(target, limits=limits))
    return [i for i in items if isinstance(i, Page)], [i for i in items if isinstance(i, Dropped)]


def only_dropped(target: Path, limits: Limits = LIMITS) -> Dropped:
    pages, dropped = taken(target, limits)
    assert not pages
    assert len(dropped) == 1
    assert dropped[0].stage == "collect"
    assert target.name in dropped[0].detail
    return dropped[0]


def put(path: Path, content: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_html_and_text_keep_their_bytes(tmp_path: Path) -> None:
    html = HTML.encode("gb18030")
    put(tmp_path / "a.html", html)
    put(tmp_path / "b.txt", "质量月启动")
    (first, second), dropped = taken(tmp_path)
    assert not dropped
    assert (first.content, first.media_type, first.name) == (html, "text/html", str(tmp_path / "a.html"))
    assert (second.media_type, second.url) == ("text/plain", None)
    assert first.id.startswith("p-")
    assert len(first.id) == 18


def test_the_same_bytes_have_the_same_id_wherever_they_lie(tmp_path: Path) -> None:
    put(tmp_path / "a.html", HTML)
    put(tmp_path / "sub/b.html.gz", gzip.compress(HTML.encode()))
    pages, _ = taken(tmp_path)
    assert len({page.id for page in pages}) == 1


def test_a_folder_is_walked_in_the_order_of_names_and_hidden_things_are_counted(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c.txt", ".git/x.txt", ".DS_Store"):
        put(tmp_path / name, name)
    collection = collect(tmp_path, limits=LIMITS)
    assert [page.content.decode() for page in collection if isinstance(page, Page)] == [
        "a.txt",
        "b/10.txt",
        "b/2.txt",
        "c.txt",
    ]
    assert collection.counts == CollectCounts(pages=4, hidden=2)


def test_links_are_not_followed_out_and_cannot_go_round(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside/secret.txt", "不该进来")
    inside = tmp_path / "inside"
    put(inside / "a.txt", "甲")
    (inside / "out.txt").symlink_to(outside)
    (inside / "out").symlink_to(outside.parent)
    (inside / "round").symlink_to(inside)
    (inside / "again.txt").symlink_to(inside / "a.txt")
    (inside / "gone.txt").symlink_to(inside / "nothing")
    pages, dropped = taken(inside)
    assert [page.content.decode() for page in pages] == ["甲"]
    assert [drop.reason for drop in dropped] == ["broken_link", "outside", "outside"]


def test_a_missing_path_suggests_the_near_one(tmp_path: Path) -> None:
    put(tmp_path / "news.jsonl", "{}")
    with pytest.raises(InputError, match=r"new\.jsonl: there is no such file or folder\. Did you mean .*news\.jsonl\?"):
        collect(tmp_path / "new.jsonl", limits=LIMITS)
    with pytest.raises(InputError, match="Check the path"):
        collect("a\0b", limits=LIMITS)


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="a pipe"):
        collect(tmp_path / "pipe", limits=LIMITS)
    put(tmp_path / "a.txt", "甲")
    pages, dropped = taken(tmp_path)
    assert ([page.content for page in pages], dropped[0].reason) == (["甲".encode()], "not_a_file")


def test_no_permission(tmp_path: Path) -> None:
    put(tmp_path / "in/open.txt", "开")
    put(tmp_path / "in/shut.txt", "关").chmod(0)
    put(tmp_path / "in/closed/x.txt", "关")
    (tmp_path / "in/closed").chmod(0)
    tmp_path.chmod(0o755)
    script = (
        "import os\n"
        "from shida.collect import collect; from shida.net import Limits; from shida.errors import InputError\n"
        "import shida.collect.files\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "print(*sorted(getattr(i, 'reason', 'page') for i in collect('in', limits=Limits())))\n"
        "for name in ('in/shut.txt', 'in/closed'):\n"
        "    try: collect(name, limits=Limits())\n"
        "    except InputError as error: print('chmod' in str(error))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    (tmp_path / "in/closed").chmod(0o755)
    assert done.stdout.split("\n")[:3] == ["page unreadable unreadable", "True", "True"], done.stderr


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.html", b"", "empty"),
        ("a.txt", b" \r\n\xef\xbb\xbf", "empty"),
        ("bom.txt", b"\xef\xbb\xbf", "empty"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "binary"),
        ("a.docx", b"PK\x03\x04" + bytes(100), "binary"),
        ("a.html", random.Random(1).randbytes(50_000), "binary"),
        ("a.xml", b"<?xml version='1.0'?><note>x</note>", "unknown_xml"),
        ("a.py", b"print(1)", "not_an_article"),
        ("a.html.gz", gzip.compress(gzip.compress(b"x" * 100, mtime=0), mtime=0), "nested_gzip"),
    ],
)
def test_what_is_no_page_is_refused_in_words(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    assert only_dropped(put(tmp_path / name, content)).reason == reason


def test_a_few_nul_bytes_do_not_make_a_page_binary(tmp_path: Path) -> None:
    content = ("质量月启动。" * 20 + "\0\0").encode()
    (page,), _ = taken(put(tmp_path / "a.txt", content))
    assert page.content == content


def test_utf_16_with_a_mark_is_text(tmp_path: Path) -> None:
    (page,), _ = taken(put(tmp_path / "a.htm", b"\xff\xfe" + HTML.encode("utf-16-le")))
    assert page.media_type == "text/html"


def test_100_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    big = tmp_path / "big.html"
    with big.open("wb") as file:
        file.write(HTML.encode())
        file.truncate(100 * 1024 * 1024)
    tracemalloc.start()
    drop = only_dropped(big)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert drop.reason in ("too_large", "binary")
    assert peak < 4 * 1024 * 1024


def test_at_the_limit_and_one_past_it(tmp_path: Path) -> None:
    assert len(taken(put(tmp_path / "a.txt", "x" * 100_000), SMALL)[0]) == 1
    assert only_dropped(put(tmp_path / "b.txt", "x" * 100_001), SMALL).reason == "too_large"
    assert only_dropped(put(tmp_path / "c.txt.gz", gzip.compress(b"x" * 100_001, mtime=0)), SMALL).reason == "too_large"


def test_a_gzip_cut_short_gives_what_was_readable(tmp_path: Path) -> None:
    lines = [
        msgspec.json.encode({"title": f"第{n}条", "text": random.Random(n).randbytes(90).hex()}) for n in range(400)
    ]
    whole = gzip.compress(b"\n".join(lines) + b"\n")
    pages, dropped = taken(put(tmp_path / "cut.jsonl.gz", whole[: len(whole) // 2]))
    assert 150 < len(pages) < 250
    assert [page.content for page in pages] == lines[: len(pages)]
    assert [drop.reason for drop in dropped] == ["truncated_gzip"]
    assert f"but for line {len(pages) + 1}, which is cut in two" in dropped[0].detail
    body = ("<p>" + "".join(chr(0x4E00 + n % 5000) for n in range(9000))).encode()
    cut = gzip.compress(body, mtime=0)[:-12]
    (page,), dropped = taken(put(tmp_path / "cut.html.gz", cut))
    assert body.startswith(page.content)
    assert len(page.content) > len(body) * 0.9
    assert dropped[0].reason == "truncated_gzip"


def test_a_gzip_damaged_inside_gives_what_came_before(tmp_path: Path) -> None:
    body = random.Random(3).randbytes(60_000).hex().encode()
    whole = bytearray(gzip.compress(b"<p>" + body, mtime=0))
    whole[-6] ^= 0xFF  # the checksum: all of the text is still there
    (page,), dropped = taken(put(tmp_path / "sum.html.gz", bytes(whole)))
    assert page.content == b"<p>" + body
    assert [drop.reason for drop in dropped] == ["damaged_gzip"]
    (page,), dropped = taken(put(tmp_path / "tail.html.gz", gzip.compress(b"<p>" + body, mtime=0) + b"garbage"))
    assert page.content == b"<p>" + body
    assert [drop.reason for drop in dropped] == ["damaged_gzip"]


def test_gzip_in_several_members_and_padded_with_zeros_is_whole(tmp_path: Path) -> None:
    content = gzip.compress("质量".encode()) + gzip.compress("月启动".encode()) + bytes(512)
    (page,), dropped = taken(put(tmp_path / "a.txt.gz", content))
    assert (page.content.decode(), dropped) == ("质量月启动", [])


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """130 MB of one letter in 130 KB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"x" * 1_000_000) for _ in range(130)) + packer.flush()


@pytest.mark.parametrize("name", ["bomb.html.gz", "bomb.jsonl.gz", "bomb.xml.gz", "bomb.warc.gz"])
def test_a_gzip_bomb_is_given_up_early(tmp_path: Path, name: str, bomb: bytes) -> None:
    path = put(tmp_path / name, bomb)
    tracemalloc.start()
    began = time.process_time()
    pages, dropped = taken(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not pages
    assert {drop.reason for drop in dropped} == {"too_large"}
    assert time.process_time() - began < 2
    assert peak < 64 * 1024 * 1024


def test_a_broken_line_is_named_and_the_others_go_in(tmp_path: Path) -> None:
    rows = [
        b'\xef\xbb\xbf{"title":"one"}\r',
        b'{"title":"two"',
        b"",
        b'{"title":"four","story":7,"tag":"x"}',
        b'{"title":4}',
        b"[1]",
        b'{"url":"https://example.cn/"}',
        b'{"title":"\xff"}',
        b"[" * 5000,
        b'{"title":"ten","x":' + b"[" * 5000,
        '{"text":"甲\u0085乙\u2028丙","id":"x1"}'.encode(),
        b'{"text":"\\u0000","tag":null}',
    ]
    collection = collect(put(tmp_path / "a.jsonl", b"\n".join(rows)), limits=LIMITS)
    items = list(collection)
    assert [item.reason if isinstance(item, Dropped) else "" for item in items] == [
        "",
        "bad_json",
        "",
        "bad_article",
        "bad_article",
        "bad_article",
        "bad_json",
        "bad_json",
        "bad_json",
        "",
        "",
    ]
    name = str(tmp_path / "a.jsonl")
    assert [item.record for item in items if isinstance(item, Dropped)] == [
        f"{name}:{n}" for n in (2, 5, 6, 7, 8, 9, 10)
    ]
    separators = items[-2]
    assert isinstance(separators, Page)
    assert separators.name == f"{name}:11"
    assert separators.media_type == ARTICLE_JSON
    assert msgspec.json.decode(separators.content, type=Submission).text == "甲\u0085乙\u2028丙"
    assert collection.counts.ignored_keys == {"story": 1, "tag": 2}
    assert collection.counts.dropped == {"bad_article": 3, "bad_json": 4}


def test_a_line_past_the_limit_does_not_stop_the_next(tmp_path: Path) -> None:
    long = b'{"text":"' + b"x" * 600_000 + b'"}'
    pages, dropped = taken(put(tmp_path / "a.ndjson", b'{"title":"a"}\n' + long + b'\n{"title":"b"}'), SMALL)
    assert [page.name[-2:] for page in pages] == [":1", ":3"]
    assert (dropped[0].reason, dropped[0].record[-2:]) == ("too_large", ":2")


def test_json_of_one_article_and_of_many(tmp_path: Path) -> None:
    (page,), _ = taken(put(tmp_path / "a.json", '{"title": "甲"}'))
    assert page.media_type == ARTICLE_JSON
    pages, dropped = taken(put(tmp_path / "b.json", '[{"title": "甲"}, 1, {"title": "乙"}]'))
    assert [page.content for page in pages] == ['{"title": "甲"}'.encode(), '{"title": "乙"}'.encode()]
    assert (dropped[0].reason, dropped[0].record[-2:]) == ("bad_article", ":2")
    assert only_dropped(put(tmp_path / "c.json", "[{}")).reason == "bad_json"
    pages, dropped = taken(put(tmp_path / "lines.json", '{"title": "甲"}\n{"title": "乙"}\nx\n'))
    assert ([page.name[-2:] for page in pages], [drop.record[-2:] for drop in dropped]) == ([":1", ":2"], [":3"])


def test_a_name_in_gbk_bytes_can_be_stored(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/" + "质量.txt".encode("gbk")
    Path(os.fsdecode(path)).write_bytes(b"x")
    (page,), _ = taken(tmp_path)
    assert page.name == f"{tmp_path}/质量.txt"


def test_thousands_of_files_stream(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f"{number:05}.txt").write_text(f"第{number}页")
    began = time.process_time()
    first = next(iter(collect(tmp_path, limits=LIMITS)))
    assert isinstance(first, Page)
    assert sum(1 for _ in collect(tmp_path, limits=LIMITS)) == 1000
    assert time.process_time() - began < 5


@pytest.mark.shared
def test_17266_lines_stream_in_about_a_second(shared: Path) -> None:
    began = time.process_time()
    collection = collect(shared / "news", limits=LIMITS)
    assert sum(1 for item in collection if isinstance(item, Page)) == 17_266
    assert time.process_time() - began < 2.5
