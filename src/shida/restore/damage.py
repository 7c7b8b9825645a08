"""Text → the damaged text a mirror would print: the mechanism of kinds A and D, and so the proof of a repair.

The text becomes GBK bytes; then, in this order:

1. every Simplified character turns Traditional, one for one (`shida.text.scripts.one_to_one`);
2. `(pinyin)` is put after every byte pair of the page's list, whether or not the pair is a character there;
3. the bytes are cut at `，` A3AC, `！` A3A1 and `？` A3BF, again aligned or not, and each piece is read by itself as
   cp936: a stray byte becomes `?`, a lead byte swallows the ASCII after it into one `?`, a pair of the private-use area
   vanishes;
4. some copies fold full width to ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache

from shida.text.scripts import fold_width as fold
from shida.text.scripts import one_to_one, reading

CUTS = re.compile(rb"(\xa3[\xac\xa1\xbf])")
"""`，！？` as bytes: where the mechanism cuts, aligned or not."""

STRAY = "?"


def damage(text: str, listed: Collection[str] = frozenset(), *, fold_width: bool = True) -> str:
    """`text` as a mirror of kind A prints it, or of kind D where `listed` is empty.

    In: Simplified text; `listed`, the Traditional characters the page annotates, each with its commonest reading.
    Out: the damaged text. What GBK cannot write becomes `?`.

    >>> damage("批准的质量标准", {"質"})
    '批準的質(zhì)量標準'
    >>> damage("好。现在，杭州海康威视数字技术", {"數"})
    '好?,F在,杭州??低晹?shù)字技術'
    """
    damaged = read_pieces(annotate(to_bytes(text), {character: reading(character) or "" for character in listed}))
    return fold(damaged) if fold_width else damaged


def to_bytes(text: str) -> bytes:
    """Step 1: Traditional, one for one, as GBK bytes.

    >>> to_bytes("质") == "質".encode("gbk")
    True
    """
    return text.translate(_forward()).encode("gbk", "replace")


def annotate(content: bytes, readings: Mapping[str, str]) -> bytes:
    """Step 2: `(reading)` after every byte pair of `readings` (characters → reading), from left to right.

    >>> annotate("款App".encode("gbk"), {"預": "yù"}).decode("gbk")
    '款A(yù)pp'
    """
    if not readings:
        return content
    notes = {key.encode("gbk"): f"({note})".encode("gbk") for key, note in readings.items()}
    pairs = re.compile(b"|".join(re.escape(pair) for pair in sorted(notes)))
    return pairs.sub(lambda match: match[0] + notes[match[0]], content)


def read_pieces(content: bytes) -> str:
    """Step 3: cut at `，！？`, and read each piece by itself.

    >>> read_pieces("福”这".encode("gbk").replace("这".encode("gbk"), "這".encode("gbk")))
    '?！边@'
    """
    return "".join(_read_piece(piece) for piece in CUTS.split(content))


def _read_piece(piece: bytes) -> str:
    try:
        text = piece.decode("gbk")  # nearly every piece is whole
    except UnicodeDecodeError:
        return _read_broken(piece)
    return text


def _read_broken(piece: bytes) -> str:
    pairs = pair_table()
    out: list[str] = []
    at, end = 0, len(piece)
    while at < end:
        lead = piece[at]
        if lead < 0x80:
            out.append(chr(lead))
            at += 1
        elif lead in (0x80, 0xFF) or at + 1 >= end or piece[at + 1] in b"\r\n":
            out.append(STRAY)
            at += 1
        else:
            out.append(pairs[lead << 8 | piece[at + 1]])
            at += 2
    return "".join(out)


@cache
def pair_table() -> tuple[str, ...]:
    """What cp936 makes of each pair, by `lead << 8 | trail`: a character, nothing (private use), or `?`.

    >>> pair_table()[0xB5CD], pair_table()[0xFED2], pair_table()[0xB528]
    ('低', '', '?')
    """
    table = [STRAY] * 0x10000
    for pair in range(0x8100, 0xFF00):
        try:
            table[pair] = pair.to_bytes(2, "big").decode("gbk")
        except UnicodeDecodeError:
            if private_use(pair):
                table[pair] = ""
    return tuple(table)


def private_use(pair: int) -> bool:
    """Whether cp936 keeps `pair` for private use: such a pair vanishes.

    >>> private_use(0xFED2), private_use(0xA140), private_use(0xA2AB)
    (True, True, False)
    """
    lead, trail = pair >> 8, pair & 0xFF
    if 0xA1 <= lead <= 0xA7:
        return 0x40 <= trail <= 0xA0 and trail != 0x7F
    return (0xAA <= lead <= 0xAF or 0xF8 <= lead <= 0xFE) and 0xA1 <= trail <= 0xFE


@cache
def _forward() -> dict[int, str]:
    return {ord(old): new for old, new in one_to_one().items()}
