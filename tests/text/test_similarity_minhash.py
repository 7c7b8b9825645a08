from __future__ import annotations

import random

from shida.text.similarity import align, shingles, sketch

LETTERS = [chr(0x4E00 + number) for number in range(2000)]


def made_up(seed: int, length: int) -> str:
    return "".join(random.Random(seed).choices(LETTERS, k=length))


def damaged(text: str, share: float, seed: int) -> str:
    rng = random.Random(seed)
    return "".join("字" if rng.random() < share else mark for mark in text)


def shared(one: str, two: str) -> int:
    return len(set(sketch(shingles(one))) & set(sketch(shingles(two))))


def test_a_damaged_copy_shares_its_sketch_and_a_stranger_does_not() -> None:
    text = made_up(3, 500)
    assert shared(text, damaged(text, 0.08, 4)) > 10
    assert shared(text, made_up(5, 500)) == 0


def test_a_short_text_is_found_inside_a_long_one() -> None:
    text = made_up(6, 90)
    assert shared(text, made_up(7, 80) + text + made_up(8, 80)) >= 4


def test_damage_is_not_a_change_of_content() -> None:
    text = made_up(9, 400)
    found = align(text, damaged(text, 0.08, 10))
    assert found.matched > 0.88
    assert found.replaced < 16


def test_another_name_and_other_numbers_are() -> None:
    template = "{who}今天发布通报，抽检{number}批次食品，其中{bad}批次不合格，已责令下架召回并立案调查。"
    found = align(
        template.format(who="青石河市监管部门", number="1204", bad="17"),
        template.format(who="云岭州有关单位", number="3381", bad="26"),
    )
    assert found.numbers == 2
    assert found.replaced >= 4


def test_order_and_length_of_odd_texts() -> None:
    text = made_up(11, 60)
    assert align(text, text).matched == 1.0
    assert align(text, text + text) == align(text + text, text)
    assert align("", text).matched == 0.0
    assert sketch(shingles("")) == []
    assert align("\ud800好" * 30, "\ud800好" * 31).matched >= 0.0
    assert align("量" * 5000, "量" * 4999).matched <= 1.0
