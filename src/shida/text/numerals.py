"""Chinese and Arabic numerals → full numbers, with how sure the text is of them (超, 近, 约, 余 …).

Numerals written in Chinese characters are read by cn2an; Arabic ones with 万 and 亿 are read here, because a figure
like 1.27万亿 must come out as a whole number, not as 1270000000000.0000001.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

import cn2an

Qualifier = Literal["over", "near", "about", "at least", "below"]

_BEFORE: dict[str, Qualifier] = {
    "超过": "over", "突破": "over", "超出": "over", "高于": "over", "超": "over", "逾": "over", "破": "over",
    "接近": "near", "将近": "near", "近": "near", "大约": "about", "约为": "about", "约": "about",
    "不少于": "at least", "不低于": "at least", "至少": "at least",
    "不超过": "below", "不高于": "below", "低于": "below",
    "不足": "below", "不到": "below", "少于": "below",
}  # fmt: skip
_AFTER: dict[str, Qualifier] = {
    "余": "over", "多": "over", "左右": "about", "上下": "about", "以上": "at least", "以下": "below",
}  # fmt: skip

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_ARABIC = r"\d{1,3}(?:,\d{3}){1,5}(?!\d)(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?"
_CHINESE = r"[一二两三四五六七八九十百千零〇万亿]{1,14}(?:点[一二三四五六七八九零〇]{1,6})?"
_SCALE = r"[十百千]?[万亿]{1,2}|[百千](?![米克瓦分帕])"
NUMERAL = rf"(?:(?<![\d.,])(?:{_ARABIC})(?:[多余])?(?:{_SCALE})?|{_CHINESE})(?:[多余](?!边|样))?"
"""A numeral without the words around it. A part of larger patterns; it has no groups."""
_PARTS = re.compile(rf"(?P<digits>{_ARABIC})(?P<mid>[多余])?(?P<scale>[十百千]?[万亿]{{0,2}})(?P<tail>[多余])?\Z")
_VAGUE = re.compile(r"[一二两三四五六七八九]{2}[十百千万亿]|\A[百千万亿]|[十百千万亿]{1,2}[几数]")
QUALIFIED = re.compile("(?:" + "|".join(sorted(map(re.escape, _BEFORE), key=len, reverse=True)) + r")\Z")
_TAIL = re.compile("|".join(sorted(map(re.escape, _AFTER), key=len, reverse=True)))
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
LONGEST_NUMERAL = 40
"""Longer strings are no numbers anybody means; refusing them keeps hostile digits cheap."""


class Quantity(NamedTuple):
    """A number and how the numeral itself qualifies it (600多 is over 600)."""

    value: int | float
    qualifier: Qualifier | None = None


@lru_cache(maxsize=4096)
def read_numeral(text: str) -> Quantity | None:
    """The number a numeral stands for, or None where it stands for none (or a vague one: 数十, 两三千).

    >>> read_numeral("1.27万亿")
    Quantity(value=1270000000000, qualifier=None)
    >>> read_numeral("600多万").value, read_numeral("600多万").qualifier
    (6000000, 'over')
    >>> read_numeral("一千二百三十四"), read_numeral("两三千")
    (Quantity(value=1234, qualifier=None), None)
    """
    text = text.translate(_FULL_WIDTH)
    if not text or len(text) > LONGEST_NUMERAL:
        return None
    if parts := _PARTS.match(text):
        value = Decimal(parts["digits"].replace(",", ""))
        for mark in parts["scale"]:
            value *= _SCALES[mark]
        return Quantity(_plain(value), "over" if parts["mid"] or parts["tail"] else None)
    bare = text.rstrip("多余")
    if _VAGUE.search(bare):
        return None
    try:
        number = cn2an.cn2an(bare, "smart")
    except (ValueError, KeyError, IndexError):
        return None
    return Quantity(_plain(Decimal(str(number))), "over" if bare != text else None)


@lru_cache(maxsize=4096)
def last_digit(text: str) -> float:
    """What the last digit of an Arabic numeral is worth; 1 for other numerals.

    >>> last_digit("556.2亿"), last_digit("1,139"), last_digit("8.25")
    (10000000.0, 1.0, 0.01)
    """
    parts = _PARTS.match(text.translate(_FULL_WIDTH)[:LONGEST_NUMERAL])
    if not parts:
        return 1.0
    worth = Decimal(10) ** -len(parts["digits"].partition(".")[2])
    for mark in parts["scale"]:
        worth *= _SCALES[mark]
    return float(worth)


def to_number(text: str) -> int | float:
    """The number a numeral stands for. Raises ValueError where it stands for none.

    >>> to_number("三千二百万"), to_number("1,139"), to_number("2.5")
    (32000000, 1139, 2.5)
    """
    found = read_numeral(text)
    if found is None:
        raise ValueError(f"{text[:LONGEST_NUMERAL]!r} is not a number. Write it in digits or Chinese numerals.")
    return found.value


def qualifier_before(text: str, end: int) -> Qualifier | None:
    """What the word that ends at `end` says about the number that follows.

    >>> qualifier_before("产量超过", 4), qualifier_before("共有", 2)
    ('over', None)
    """
    match = QUALIFIED.search(text[max(0, end - 3) : end])
    return _BEFORE[match[0]] if match else None


def qualifier_after(text: str, start: int) -> Qualifier | None:
    """What the word at `start`, behind a number or its unit, says about it.

    >>> qualifier_after("30%以上", 3), qualifier_after("30%的", 3)
    ('at least', None)
    """
    match = _TAIL.match(text, start)
    return _AFTER[match[0]] if match else None


def qualifier_start(text: str, end: int) -> int:
    """Where the qualifying word that ends at `end` begins; `end` where there is none.

    >>> qualifier_start("产量超过", 4)
    2
    """
    match = QUALIFIED.search(text[max(0, end - 3) : end])
    return end - len(match[0]) if match else end


def _plain(value: Decimal) -> int | float:
    """A whole number as int, others as float.

    >>> _plain(Decimal("3.0")), _plain(Decimal("3.5"))
    (3, 3.5)
    """
    return int(value) if value == value.to_integral_value() else float(value)
