"""A list → its card: the picture that networks show beside a shared link, 1,200 by 630, drawn without a font.

Seal, period and ten bars are strokes and rectangles; coverage is worked out from distances (numpy) and written as a
PNG of few colours (zlib). Why so: docs/decisions/publish-cards.md.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from shida.publish.strokes import EDGE, SEAL, SIGNS, Stroke
from shida.publish.wording import PLACES

WIDE, HIGH = 1200, 630
"""What the networks ask for; a smaller picture is shown small."""
PAPER, COLOURS = (0xFB, 0xFA, 0xF7), ((0x1B, 0x1B, 0x1B), (0xB1, 0x27, 0x1B), (0xD9, 0xD4, 0xCA))
INK, RED, RULE = range(3)
SHADES = 24
"""Steps from paper to a colour; more are not seen."""
MAX_SIGNS = 9
SEAL_SIZE = 190


class _Sheet:
    """Coverage of each colour, 0 to 1, a pixel each."""

    def __init__(self) -> None:
        self.layers = np.zeros((len(COLOURS), HIGH, WIDE), dtype=np.float32)

    def line(self, points: Sequence[tuple[float, float]], thick: float, colour: int) -> None:
        """A stroke with round ends."""
        for (x0, y0), (x1, y1) in pairwise(points):
            left, right = int(max(0, min(x0, x1) - thick - 1)), int(min(WIDE, max(x0, x1) + thick + 2))
            top, bottom = int(max(0, min(y0, y1) - thick - 1)), int(min(HIGH, max(y0, y1) + thick + 2))
            if left >= right or top >= bottom:
                continue
            x = np.arange(left, right, dtype=np.float32)
            y = np.arange(top, bottom, dtype=np.float32)[:, None]
            along = (x1 - x0) ** 2 + (y1 - y0) ** 2 or 1.0
            share = np.clip(((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / along, 0, 1)
            away = np.hypot(x - x0 - share * (x1 - x0), y - y0 - share * (y1 - y0))
            part = self.layers[colour, top:bottom, left:right]
            np.maximum(part, np.clip(thick / 2 - away + 0.5, 0, 1), out=part)

    def box(self, left: float, top: float, wide: float, high: float, colour: int) -> None:
        """A filled rectangle on whole pixels."""
        self.layers[colour, round(top) : round(top + high), round(left) : round(left + wide)] = 1

    def sign(self, sign: str, place: tuple[float, float], size: tuple[float, float], thick: float, colour: int) -> None:
        """A numeral in the rectangle at `place`; nothing for a sign that has no strokes."""
        for stroke in SIGNS.get(sign, ()):
            self.line(_placed(stroke, place, size), thick, colour)

    def png(self) -> bytes:
        """The sheet as a PNG with a palette."""
        strongest = self.layers.argmax(axis=0)
        shade = np.rint(self.layers.max(axis=0) * (SHADES - 1)).astype(np.uint8)
        pixels = np.where(shade > 0, strongest * SHADES + shade, 0).astype(np.uint8)
        palette = [
            round(paper + (ink - paper) * step / (SHADES - 1))
            for colour in COLOURS
            for step in range(SHADES)
            for paper, ink in zip(PAPER, colour, strict=True)
        ]
        rows = np.zeros((HIGH, WIDE + 1), dtype=np.uint8)
        rows[:, 1:] = pixels
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            _chunk(name, data)
            for name, data in (
                (b"IHDR", struct.pack(">IIBBBBB", WIDE, HIGH, 8, 3, 0, 0, 0)),
                (b"PLTE", bytes(palette)),
                (b"IDAT", zlib.compress(rows.tobytes(), 6)),
                (b"IEND", b""),
            )
        )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _placed(stroke: Stroke, place: tuple[float, float], size: tuple[float, float]) -> list[tuple[float, float]]:
    return [(place[0] + x * size[0], place[1] + y * size[1]) for x, y in stroke]


def card_file(name: str) -> str:
    """Where a card stands: `name` is that of the page it belongs to, without folder and ending.

    >>> card_file("top/2025-zhiliang.html")
    'card/top-2025-zhiliang.png'
    """
    return f"card/{name.removesuffix('.html').replace('/', '-')}.png"


def card(period: str, shares: Sequence[float]) -> bytes:
    """The card of a list as PNG. `period`: its name (signs without strokes are left out); `shares`: each line's weight.

    >>> card("2025", [1.0, 0.5])[:4], len(card("十四五", [])) < 20_000
    (b'\\x89PNG', True)
    """
    sheet = _Sheet()
    sheet.box(0, 0, WIDE, 10, RED)
    sheet.box(80, 90, SEAL_SIZE, SEAL_SIZE, RED)
    cut, unit = _Sheet(), SEAL_SIZE / 40
    for stroke in SEAL:
        cut.line(_placed(stroke, (80, 90), (unit, unit)), 3 * unit, RED)
    cut.line(_placed(EDGE, (80, 90), (unit, unit)), 1 * unit, RED)
    sheet.layers[RED] -= cut.layers[RED]
    signs = [sign for sign in period.replace("..", "-") if sign in SIGNS][:MAX_SIGNS]
    step = min(96.0, 370 / max(len(signs), 1))
    for number, sign in enumerate(signs):
        sheet.sign(sign, (80 + number * step, 400), (step * 0.7, min(120, step * 1.25)), max(6, step * 0.14), INK)
    top = max(shares, default=0.0) or 1.0
    for number, share in enumerate(shares[: len(PLACES)]):
        y = 88 + number * 47.0
        sheet.sign(PLACES[number], (520, y), (32, 32), 4.5, RED)
        sheet.box(580, y + 8, max(6, 540 * min(max(share / top, 0), 1)), 16, RED if number == 0 else INK)
        sheet.box(520, y + 40, 600, 1, RULE)
    return sheet.png()
