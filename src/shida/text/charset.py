"""Bytes → text, with the charset and how it was found. Never raises.

The ladder, first that holds wins: byte-order mark → strict UTF-8 → declared, widened (the transport's word, else the
page's own <meta>) → UTF-8 with a few broken places, resiliparse's detector, GB18030 and Big5, by a common-character
score. The order matters: strict GB18030 takes most Big5 bytes, and Latin-1 takes everything.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from shida.records import Record

try:
    from shida.text.speedups import beyond_ascii, decode_gb
except ImportError:
    from shida.text.decoding import beyond_ascii, decode_gb

How = Literal["bom", "utf-8", "declared", "meta", "nul-pattern", "scored"]

_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030",
    "cp936": "gb18030", "936": "gb18030", "gb18030": "gb18030", "chinese": "gb18030", "euc-cn": "gb18030",
    "x-euc-cn": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
    "cp950": "big5hkscs", "cn-big5": "big5hkscs",
    "utf8": "utf-8", "utf-8": "utf-8", "unicode-1-1-utf-8": "utf-8", "utf-16": "utf-16", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be", "hz-gb-2312": "hz", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932",
    "x-sjis": "cp932", "windows-31j": "cp932", "cp932": "cp932", "euc-jp": "euc_jp", "x-euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "cp949": "cp949", "windows-949": "cp949",
    "windows-1251": "cp1251", "koi8-r": "koi8-r", "tis-620": "cp874", "windows-874": "cp874",
}  # fmt: skip
"""Name in the wild, lower case → the Python codec that reads it and what is commonly sent under that name.

Latin-1 and its kin are left out on purpose: they are what servers say when nobody set anything.
"""
_SCORED: How = "scored"
_JAPANESE = ("cp932", "euc_jp", "iso2022_jp")
_XML = re.compile(rb"\s{0,20}<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_META_NAME = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_LOST = re.compile(r"[\ufffd\ue000-\uf8ff\x80-\x9f]+")
_META_WITHIN = 16_384
_SAMPLE = _RUN = 600
"""Characters outside ASCII that are looked at to judge a decoding, and those in a row."""
_TRUSTED = 0.8
"""Score from which a declared charset is believed: right decodings of Chinese reach .95, wrong ones .55."""
_CERTAIN = 0.95
"""Score from which an undeclared page is taken for GB18030 without asking the detector."""
_MAGIC = (
    b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"RIFF", b"\x7fELF",
    b"MZ\x90",
    b"\xd0\xcf\x11\xe0", b"Rar!\x1a", b"7z\xbc\xaf", b"SQLite format 3", b"ID3", b"OggS", b"wOFF", b"wOF2", b"BZh",
    b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"\xca\xfe\xba\xbe", b"\x00\x00\x01\x00", b"II*\x00", b"MM\x00*", b"fLaC",
    b"\x00asm",
)  # fmt: skip
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))


class Decoded(Record, frozen=True, kw_only=True):
    """A decoded text and how it came about."""

    text: str
    """Without the mark and without NUL characters."""
    charset: str
    """Name of the Python codec that read it."""
    how: How
    lossy: bool = False
    """Some bytes could not be read and are U+FFFD in the text."""
    nul: bool = False
    """There were NUL characters, and they are gone."""


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """The text of `content`. `declared` is the transport's charset; a wrong one does no harm.

    >>> decode("质量".encode("gb18030"), "gb2312")
    Decoded(text='质量', charset='gb18030', how='declared', lossy=False, nul=False)
    >>> decode("品質與標準，是我們的事，也是大家的事。".encode("big5"), "gb2312").charset
    'big5hkscs'
    """
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], marked, "bom")
    if codec := _nul_pattern(content):
        return _decoded(content, codec, "nul-pattern")
    if (text := _strict(content, "utf-8")) is not None:
        return _finish(content, text, "utf-8", "utf-8")
    tried: list[tuple[str, How]] = []
    if declared and (codec := _codec(declared)):
        tried.append((codec, "declared"))
    if (name := _declared(content)) and (codec := _codec(name)):
        tried.append((codec, "meta"))
    if not tried and (text := _strict(content, "gb18030")) is not None and _score(text, "gb18030") >= _CERTAIN:
        return _finish(content, text, "gb18030", _SCORED)
    candidates: list[tuple[float, Decoded]] = []
    seen = set()
    for name, how in _ladder(content, tried):
        if name in seen:
            continue
        seen.add(name)
        strict = _strict(content, name) if how != _SCORED else None
        got = _finish(content, strict, name, how) if strict is not None else _decoded(content, name, how)
        score = _score(got.text, name)
        if how != _SCORED and score >= _TRUSTED:  # a few broken bytes take hardly anything off the score
            return got
        candidates.append((score, got))
    return max(candidates, key=lambda candidate: candidate[0])[1]  # the earlier one of two that score alike


def _declared(content: bytes) -> str | None:
    """The charset that the page itself names, in an XML declaration or a <meta>."""
    if match := _XML.match(content, 0, _META_WITHIN):
        return match[1].decode("ascii")
    head = content[:_META_WITHIN].lower()
    at = head.find(b"charset")
    while at >= 0:
        start = head.rfind(b"<meta", max(0, at - 305), at)
        if start >= 0 and head.find(b">", start, at) < 0 and (match := _META_NAME.match(content, at, _META_WITHIN)):
            return match[1].decode("ascii")
        at = head.find(b"charset", at + 1)
    return None


def _ladder(content: bytes, tried: list[tuple[str, How]]) -> Iterator[tuple[str, How]]:
    """The charsets to try, in order; the detector only runs when the declared ones did not hold."""
    yield from tried
    yield "utf-8", _SCORED
    yield from _detected(content)
    yield "gb18030", _SCORED
    yield "big5hkscs", _SCORED


def looks_binary(content: bytes) -> bool:
    """Whether the bytes are no text in any charset: a known file signature, or too many control bytes.

    >>> looks_binary(b"%PDF-1.7 ..."), looks_binary("质量".encode("gb18030")), looks_binary(bytes(range(256)) * 20)
    (True, False, True)
    """
    if content.startswith(_MAGIC) or content[4:8] == b"ftyp":
        return True
    head = content[:8192]
    if not head or head.startswith(tuple(mark for mark, _ in _MARKS)) or _nul_pattern(content):
        return False
    return len(head) - len(head.translate(None, _CONTROL)) > max(8, len(head) // 20)


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _codec(name: str) -> str | None:
    return _WIDER.get(name.strip(" \"'").lower())


def _strict(content: bytes, codec: str) -> str | None:
    """The text where every byte can be read; a sequence cut off at the very end is let go."""
    if codec == "gb18030" and (text := decode_gb(content)) is not None:
        return text
    try:
        return codecs.getincrementaldecoder(codec)().decode(content)
    except (UnicodeError, LookupError):  # for want of a mark, UTF-16 raises the wider one
        return None


def _decoded(content: bytes, codec: str, how: How) -> Decoded:
    try:
        return _finish(content, content.decode(codec, "replace"), codec, how)
    except (UnicodeDecodeError, LookupError):  # a codec that refuses to go on
        return _finish(content, content.decode("utf-8", "replace"), "utf-8", how)


def _finish(content: bytes, text: str, codec: str, how: How) -> Decoded:
    nul = b"\0" in content and "\0" in text  # bytes are looked through faster, and no charset makes NUL of others
    text = text.replace("\0", "") if nul else text
    return Decoded(text=text.removeprefix("\ufeff"), charset=codec, how=how, lossy="\ufffd" in text, nul=nul)


def _nul_pattern(content: bytes) -> str | None:
    """UTF-16 without a mark: ASCII mark-up puts a NUL into every other byte."""
    head = content[:2048]
    if head.count(0) * 5 < len(head) or len(head) < 8:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 9 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 9 * odd else None


def _detected(content: bytes) -> list[tuple[str, How]]:
    from resiliparse.parse.encoding import detect_encoding  # late: only odd pages need it

    name = detect_encoding(content[:65_536])
    codec = _codec(name) if isinstance(name, str) else None
    return [(codec, _SCORED)] if codec else []


def _score(text: str, codec: str) -> float:
    """How Chinese (or Japanese, in its own codecs) the characters outside ASCII are: about 1 right, .5 wrong.

    Common are the first levels of GB 2312 and Big5; a decoding with the wrong table scatters over the rare ones.
    """
    # Past the first third, a page is text rather than head.
    start = len(text) // 3
    sample = beyond_ascii(text, start, _RUN, _SAMPLE) or beyond_ascii(text, 0, _RUN, _SAMPLE)
    if not sample:
        return 0.5
    common, function = _common()
    good = sum(map(len, common.findall(sample)))
    if codec in _JAPANESE or codec == "utf-8":
        good += sum("\u3040" <= mark <= "\u30ff" for mark in sample)
    elif codec == "cp949":
        good += sum("\uac00" <= mark <= "\ud7a3" for mark in sample)
    elif codec in ("cp1251", "koi8-r"):
        good += sum("\u0430" <= mark <= "\u044f" for mark in sample)
    lost = sum(map(len, _LOST.findall(sample)))
    return (good + sum(map(sample.count, function)) - 2 * lost) / len(sample)


@cache
def _common() -> tuple[re.Pattern[str], str]:
    """A pattern of the characters of the first levels of GB 2312 (rows 16–55) and Big5 (A440–C67E) with their
    punctuation, for a set is asked for one at a time; and words of grammar that no Chinese text of some length is
    without.
    """
    gb = bytes(byte for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    rows = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    big5 = bytes(byte for row in range(0xA4, 0xC7) for cell in rows for byte in (row, cell))
    marks = "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·～\u3000\xa0０１２３４５６７８９％－"
    common = gb.decode("gb2312", "ignore") + big5.decode("big5", "ignore") + marks
    return re.compile(f"[{re.escape(common)}]+"), "的一是不了在有我他这這中和国國为為人们們以对對会會与與及，。"
