"""Numerals come out as whole numbers, vague ones not at all, hostile ones cheaply."""

from __future__ import annotations

import pytest

from shida.text.numerals import (
    Quantity,
    last_digit,
    qualifier_after,
    qualifier_before,
    qualifier_start,
    read_numeral,
    to_number,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.27万亿", 1_270_000_000_000),
        ("3千", 3000),
        ("2.5千万", 25_000_000),
        ("1,139", 1139),
        ("１２．５", 12.5),
        ("三千二百万", 32_000_000),
        ("两", 2),
        ("十二", 12),
        ("一百零五亿", 10_500_000_000),
        ("九点五", 9.5),
        ("0.1万亿", 100_000_000_000),
    ],
)
def test_full_numbers(text: str, value: float) -> None:
    assert to_number(text) == value
    assert isinstance(to_number(text), int if value == int(value) else float)


@pytest.mark.parametrize(("text", "value"), [("600多万", 6_000_000), ("20余", 20), ("五千余", 5000)])
def test_more_than(text: str, value: int) -> None:
    assert read_numeral(text) == Quantity(value, "over")


@pytest.mark.parametrize("text", ["", "百万", "两三千", "十几", "数", "甲", "一" * 41, "9" * 10_000, "万亿", "多"])
def test_what_is_no_number(text: str) -> None:
    assert read_numeral(text) is None
    with pytest.raises(ValueError, match="not a number"):
        to_number(text)


def test_words_around_a_number() -> None:
    assert qualifier_before("总量突破", 4) == "over"
    assert qualifier_before("不超过", 3) == "below"
    assert qualifier_before("共", 1) is None
    assert qualifier_start("总量突破", 4) == 2
    assert qualifier_after("5%左右", 2) == "about"
    assert qualifier_after("5%以上", 2) == "at least"


def test_worth_of_the_last_digit() -> None:
    assert (last_digit("35.5万亿"), last_digit("704"), last_digit("三百")) == (100_000_000_000.0, 1.0, 1.0)
