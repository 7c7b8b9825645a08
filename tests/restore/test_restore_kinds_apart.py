"""The quick ways of the smaller kinds of damage, each beside the slow way that says what it must give."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest

from shida.pack import Pack
from shida.restore import damage, replay, restore
from shida.restore.arrays import covered
from shida.restore.codes import back_table_of_text, codes_of, find_notes, text_of
from shida.restore.damage import pair_table
from shida.restore.decide import signs_of_table
from shida.restore.entities import read_references
from shida.restore.language import Language, plain
from shida.restore.misread import BEAM, _choose, _units, read_misread
from shida.restore.western import read_western
from shida.text.scripts import converter, one_to_one

SENTENCES = (
    "市场监管部门上周抽查了十二批次儿童座椅，其中三批次不合格。",
    "林国梁先生住在天文台道，他说：“面条厂的里程碑，是二〇二四年的系统改造。”",
    "光明台的峰会、合群街的商铺；吃茶小铺关于群众的复函，只发了一次！",
    "GB/T 19001-2016标准对企业意味着什么？检验员准备了3台仪器，并把结果发布在干净的后台。",
    "葉步梁與陳柏緯坐在沙發上，准許了這份製造業的計劃，于是皆大歡喜。",
)


def _signs_written_three_times(text: str) -> int:
    """As the text is written for China, Taiwan and Hong Kong, each time as a whole."""
    codes = codes_of(text)
    page = text_of(codes[~covered(len(codes), *find_notes(codes))])
    simplified = page.translate(back_table_of_text())
    ways = [converter(config).convert(simplified) for config in ("s2t", "s2tw", "s2hk")]
    table = one_to_one()
    return sum(
        "\u4e00" <= here < "\ua000" and table.get(old, old) == here and all(here != way[at] for way in ways)
        for at, (here, old) in enumerate(zip(page, simplified, strict=True))
    )


@pytest.mark.parametrize("seed", range(12))
def test_signs_are_those_of_the_text_written_three_times(seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choices(SENTENCES, k=6))
    if seed % 3:
        text = damage(text, {"質", "標"} if seed % 2 else frozenset(), fold_width=seed > 6)
    if seed > 3:
        at = chance.randrange(len(text))
        text = text[at:] + text[:at]
    assert signs_of_table(codes_of(text)) == _signs_written_three_times(text)


def test_a_name_of_hong_kong_is_written_as_its_words_are_parted() -> None:
    for name in ("光明臺", "天文臺道", "林國梁", "合群街", "緬甸臺新"):
        for text in (name, f"他在{name}", f"{name}的峰會", f"過境免簽{name}長"):
            assert signs_of_table(codes_of(text)) == _signs_written_three_times(text)


def _slow_options(unit: bytes, following: int, language: Language) -> list[str]:
    """All that a character of UTF-8 with lost bytes (0xFF) can be, the most usual first."""
    found = [unit[:1]]
    for at, byte in enumerate(unit[1:], 1):
        after = unit[at + 1] if at + 1 < len(unit) else following
        alone = after < 0x40 or after in (0x7F, 0xFF)
        values = [
            value
            for value in range(0x80, 0xC0)
            if byte == value
            or (byte == 0xFF and (alone or value == 0x80 or pair_table()[value << 8 | after] in ("", "?")))
        ]
        found = [before + bytes([value]) for before in found for value in values]
    texts = [one for content in found if (one := content.decode(errors="ignore"))]
    return sorted(texts, key=lambda one: (-language.counts.get(one, 0.0), one))[:10] or ["\ufffd"]


def _slow_choice(units: list[list[str]], language: Language) -> str:
    """The likeliest text: every path grown by every option, the best of those that end alike kept."""
    beam = [(0.0, "\n\n", "")]
    for options in units:
        grown = [
            (score + language.likely(context + plain(one)), (context + plain(one))[1:], read + one)
            for score, context, read in beam
            for one in options
        ]
        grown.sort(key=lambda path: (-path[0], path[1]))
        kept: dict[str, tuple[float, str, str]] = {}
        for path in grown:
            kept.setdefault(path[1], path)
        beam = list(kept.values())[:BEAM]
    return beam[0][2]


@pytest.mark.parametrize("sentence", [*SENTENCES, "质检１２３号ＡＢ样品，结果：合格（第２次）。ｚÜб"])
def test_lost_bytes_are_chosen_as_the_plain_search_does(sentence: str) -> None:
    language = Language(None, ())
    chance = random.Random(len(sentence))
    for often in (0.05, 0.2, 0.5):
        content = bytearray(sentence.encode())
        starts = [at for at, byte in enumerate(content) if byte & 0xC0 != 0x80] + [len(content)]
        for at, byte in enumerate(content):
            if byte & 0xC0 == 0x80 and chance.random() < often:
                content[at] = 0xFF
        units = []
        for start, stop in pairwise(starts):
            following = content[stop] if stop < len(content) else 0x0A
            units.append(_slow_options(bytes(content[start:stop]), following, language))
        run = _units(bytes(content), list(range(len(content))), 0x0A, language)
        assert ["".join(options) for options in units if len(options) > 1] == run.options
        assert run.bounds == starts
        assert _choose(run, language) == _slow_choice(units, language)


@pytest.mark.parametrize("end", ["😀", "中", "\n", "", "€", "\ufffd", chr(0xD800)])
def test_a_run_longer_than_the_longest_ends_in_anything(end: str, pack: Pack) -> None:
    text = "涓\ufffd" * 2_000 + end
    restored = restore(text, pack)
    assert restored.kind == "G"
    assert replay(text, restored.changes) == restored.text


def test_what_is_known_is_one_change_and_what_was_chosen_another() -> None:
    language = Language(None, ())
    page = "质量强国".encode().decode("gbk") + "\n" + "天津".encode().decode("gbk")
    changes, lost = read_misread(page, [], language)
    assert ([change.after for change in changes], lost) == (["质量强国", "天津"], [])
    page = "大众".encode().decode("gbk") + "\ufffd".join(("澶", "瑙嗙綉"))
    changes, lost = read_misread(page, [], language)
    assert [change.proved for change in changes] == [True, False, True]
    assert changes[1].runner_up is not None
    assert len(changes[1].runner_up) == len(changes[1].after)


def test_references_in_masks_and_beyond_unicode_stay() -> None:
    text = "&#x8d28;&#37327;<&#22909;>&#xd800;&#x110000;&#65;&#x597d;#x597d;"
    found = read_references(text, [(16, 26)], tagged=False)
    assert [(change.start, change.end, change.after) for change in found] == [
        (0, 8, "质"),
        (8, 16, "量"),
        (49, 57, "好"),
    ]
    assert all(text[change.start : change.end] == change.before for change in found)
    assert read_references(text, [(0, 8), (16, 26)], tagged=False) == []
    assert read_references(text, [], tagged=True) == []


def test_western_letters_of_every_way_to_misread() -> None:
    text = "质量为先，服务为本，用户满意"
    content = text.encode("gbk")
    cp1252 = "".join(_cp1252(byte) for byte in content)
    mixed = content.decode("latin-1").replace("Îª", "Ϊ")
    for page, proved in ((content.decode("latin-1"), True), (cp1252, True), (mixed, False)):
        changes = read_western(page, [])
        assert [(change.after, change.proved) for change in changes] == [(text, proved)]
    assert read_western("\x81\x40" * 1 + "é" * 3, []) == []


def _cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def test_the_codes_of_names_do_not_leave_the_first_plane() -> None:
    codes = np.array([0xFFFF, 0xD800, ord("準"), 0xDC00], np.uint16)
    assert signs_of_table(codes) == signs_of_table(codes_of("  準 "))
