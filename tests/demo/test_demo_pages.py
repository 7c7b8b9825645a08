"""The sample pages are what their README promises: readable, addressed, our own words, and repairable."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from shida.pack import Pack
from shida.restore import restore

PAGES = Path(str(resources.files("shida.demo") / "pages"))
HTML = sorted(path for path in PAGES.rglob("*") if path.suffix in (".html", ".htm"))
DAMAGED = sorted((PAGES / "damaged").iterdir())
ALL = sorted(path for path in PAGES.rglob("*") if path.is_file())
UPDATED = "https://www.zlqy.example/news/2026/1120/"
DATED = re.compile(r"\(\d{4}-\d\d-\d\d\)$")
WIDER = {"gb2312": "gb18030", "gbk": "gb18030"}


def text_of(path: Path) -> str:
    """The file in the charset it declares; plain text says it in its name."""
    content = path.read_bytes()
    found = re.search(rb"charset=\"?([A-Za-z0-9-]{2,20})", content[:1000])
    charset = found[1].decode().lower() if found else ("gb18030" if "gb18030" in path.name else "utf-8")
    return content.decode(WIDER.get(charset, charset))


def words_of(path: Path) -> str:
    """What a reader sees of a page, block by block."""
    if path.suffix not in (".html", ".htm"):
        return text_of(path)
    return LexborHTMLParser(text_of(path)).root.text(separator="\n")  # type: ignore[union-attr]


def addresses(path: Path) -> list[str]:
    return re.findall(r"(?:rel=\"canonical\" href|<link href|og:url\" content)=\"([^\"]{8,200})\"", text_of(path), re.I)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_decodes_in_the_charset_it_declares(path: Path) -> None:
    assert len(text_of(path)) > 150


def test_the_sample_is_broad_and_small() -> None:
    assert len(HTML) >= 60
    assert len(DAMAGED) >= 8
    assert sum(path.stat().st_size for path in ALL) < 900_000
    charsets = {
        found[1].lower() for path in HTML if (found := re.search(rb"charset=\"?([\w-]{2,20})", path.read_bytes()[:600]))
    }
    assert charsets >= {b"utf-8", b"gb2312", b"gbk", b"big5"}


def test_addresses_are_reserved_and_unique_but_for_the_update() -> None:
    seen = Counter(url for path in HTML for url in set(addresses(path)))
    assert len(seen) > 150
    assert all(re.match(r"https?://[a-z0-9.-]+\.example/", url) for url in seen), "an address that could resolve"
    twice = [url for url, times in seen.items() if times > 1]
    assert len(twice) == 1
    assert twice[0].startswith(UPDATED)


def test_lines_of_the_wire_are_articles_with_places() -> None:
    lines = (PAGES / "wire" / "chenjian-bobao.jsonl").read_text().strip().split("\n")
    rows = [json.loads(line) for line in lines]
    assert len(rows) >= 15
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(set(row) == {"id", "title", "text", "published", "source", "url", "position"} for row in rows)


def test_no_sentence_is_the_seed_page_s(shared: Path) -> None:
    def sentences(text: str) -> set[str]:
        folded = text.translate(str.maketrans("，：；！？（）", ",:;!?()"))
        return {part for part in re.split(r"[。;!?\n]", folded) if len(part.strip("●· \u3000")) >= 20}

    def stripped(text: str) -> set[str]:
        return {part.strip("●· \u3000") for part in sentences(text)}

    seed = stripped((shared / "seed" / "restored.txt").read_text())
    assert len(seed) > 20
    for path in ALL:
        assert not stripped(words_of(path)) & seed, path.name


def clean_lines(path: Path) -> set[str]:
    return {line.strip(" \u3000") for line in words_of(path).split("\n") if len(line.strip(" \u3000")) >= 20}


@pytest.mark.parametrize("path", [p for p in DAMAGED if "gaps" not in p.name], ids=lambda path: path.name)
def test_a_damaged_copy_restores(path: Path, pack: Pack) -> None:
    text = words_of(path)
    restored = restore(text, pack)
    assert restored.kind == ("D" if "-damaged-d" in path.name else "A"), restored.evidence
    assert not re.search(r"\([a-zǎǐāáàéèōóòūúùǔǚǜ]{1,7}\)", restored.text)
    stem = path.name.split("-damaged-")[0]
    originals = [p for p in ALL if p.stem in (stem, f"{stem}-jiangpan") and p != path]
    for original in originals:
        want = {fold(line) for line in clean_lines(original)}
        lines = (DATED.sub("", line.strip()) for line in restored.text.split("\n"))
        got = {fold(line) for line in lines if len(line) >= 28 and ".example" not in line}
        assert got, path.name
        assert got <= want, sorted(got - want)[:2]
    assert originals or stem == "2025-chongdianbao-3c"


def fold(line: str) -> str:
    return line.translate(str.maketrans("，：；！？（）\u3000", ",:;!?() "))


def test_the_company_s_name_is_put_back_and_marked_as_chosen(pack: Pack) -> None:
    restored = restore(words_of(PAGES / "damaged" / "2025-nanjing-dahui-damaged-a.html"), pack)
    assert "杭州海康威视数字技术股份有限公司" in restored.text
    assert [change for change in restored.changes if not change.proved], "lost bytes are a choice, not a proof"


@pytest.mark.parametrize("name", ["2024-jiubao-xiufu.html", "2025-erji-ceshi-big5.html"])
def test_genuine_traditional_pages_stay(name: str, pack: Pack) -> None:
    text = words_of(PAGES / "traditional" / name)
    assert restore(text, pack).text == text


def test_the_pinyin_lesson_stays(pack: Pack) -> None:
    text = words_of(PAGES / "odd" / "pinyin-lesson.html")
    assert restore(text, pack).text == text


def test_what_is_gone_is_marked_as_a_gap(pack: Pack) -> None:
    restored = restore(words_of(PAGES / "damaged" / "2024-jiance-gaps-damaged-a.html"), pack)
    assert restored.gaps
    assert [restored.text[gap.start : gap.end] for gap in restored.gaps] == ["�", "��"]


def test_the_how_to_shows_what_the_page_gives(pack: Pack) -> None:
    path = PAGES / "damaged" / "2025-nanjing-dahui-ch-damaged-a.html"
    changes = restore(words_of(path), pack).changes
    proved = sum(change.proved for change in changes)
    shown = (Path(__file__).resolve().parents[2] / "docs" / "how-to.md").read_text(encoding="utf-8")
    assert path.name in shown
    assert f"{len(changes)} changes: {proved} proved, {len(changes) - proved} chosen" in shown
