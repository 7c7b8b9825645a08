"""The cards that networks show: real PNGs of the right size, the same every time, on every page's head."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import paper_newsroom
from selectolax.lexbor import LexborHTMLParser

from shida.pack import Pack
from shida.publish import publish
from shida.publish.cards import HIGH, MAX_SIGNS, WIDE, card
from shida.publish.strokes import SIGNS
from shida.settings import Settings


def pixels(png: bytes) -> list[bytes]:
    """The rows of an 8-bit PNG with a palette and no filter, read as its specification says."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, chunks = 8, {}
    while at < len(png):
        (size,) = struct.unpack_from(">I", png, at)
        name, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack_from(">I", png, at + 8 + size)[0] == zlib.crc32(name + data)
        chunks[name] = data
        at += 12 + size
    assert list(chunks) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    wide, high, depth, kind = struct.unpack_from(">IIBB", chunks[b"IHDR"])
    assert (wide, high, depth, kind) == (WIDE, HIGH, 8, 3)
    raw = zlib.decompress(chunks[b"IDAT"])
    rows = [raw[start : start + wide + 1] for start in range(0, len(raw), wide + 1)]
    assert len(rows) == high
    assert {row[0] for row in rows} == {0}
    assert max(max(row) for row in rows) < len(chunks[b"PLTE"]) // 3
    return [row[1:] for row in rows]


def test_a_card_is_a_picture_of_its_list() -> None:
    rows = pixels(card("2025", [10, 5, 2.5]))
    longest, half, quarter = (sum(point != 0 for point in rows[y][580:]) for y in (100, 147, 194))
    assert longest == 2 * half == 4 * quarter == 540
    assert sum(point != 0 for row in rows[400:540] for point in row[:500]) > 5_000  # the year stands there


def test_the_same_list_gives_the_same_card_and_another_another() -> None:
    assert card("2026-W47", [3, 2, 1]) == card("2026-W47", [3, 2, 1])
    assert len({card("2026-W47", [3, 2, 1]), card("2026-W48", [3, 2, 1]), card("2026-W47", [3, 2, 2])}) == 3


def test_odd_names_and_weights_draw_something() -> None:
    for period, shares in (("", []), ("<script>", [0.0]), ("2021..2025" * 9, [-3.0, 1e300]), ("十四五", [1.0] * 40)):
        pixels(card(period, shares))


def test_every_stroke_stays_in_its_square() -> None:
    assert MAX_SIGNS == 9
    points = [point for strokes in SIGNS.values() for stroke in strokes for point in stroke]
    assert min(min(point) for point in points) >= -0.01
    assert max(max(point) for point in points) <= 1.01
    assert all(len(stroke) > 1 for strokes in SIGNS.values() for stroke in strokes)


def test_every_page_names_a_card_that_is_there(tmp_path: Path) -> None:
    settings, pack = Settings(site_url="https://news.example.org/ten"), Pack(pack_names=(), digests={})
    publish(
        paper_newsroom.small_newsroom(), tmp_path / "site", settings=settings, pack=pack, as_of=paper_newsroom.AS_OF
    )
    cards = {}
    for file in sorted((tmp_path / "site").rglob("*.html")):
        node = LexborHTMLParser(file.read_text("utf-8")).css_first("meta[property='og:image']")
        assert node is not None, file
        cards[file.relative_to(tmp_path / "site").as_posix()] = node.attributes["content"] or ""
    base = "https://news.example.org/ten/"
    assert all((tmp_path / "site" / address.removeprefix(base)).is_file() for address in cards.values())
    assert cards["edition/quality-2025.html"] == base + "card/edition-quality-2025.png"
    assert cards["hant/top/2026-w47-zhiliang.html"] == base + "card/top-2026-w47-zhiliang.png"
    assert cards["wire.html"] == base + "card/site.png"
