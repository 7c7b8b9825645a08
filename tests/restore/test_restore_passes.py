"""The compiled passes give what the array ones give, on any text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shida.restore import arrays, passes
from shida.restore.codes import back_table, codes_of, reading_keys

speedups = pytest.importorskip("shida.restore.speedups", reason="shida was installed without a compiler")

PIECES = st.sampled_from(
    [
        "質(zhì)",
        "標(biāo)",
        "裝(zhuāng)",
        "(zhì)",
        "強(lǐ)",
        "款A(yù)pp",
        "量",
        "，",
        "((",
        "))",
        "(",
        ")",
        "(FAST)",
        "\n",
        "?",
        "😀",
        "\ud800",
        "a",
    ]
)
AT_LEISURE = settings(deadline=None)  # the first page waits for the tables
PAGES = st.lists(PIECES, max_size=60).map("".join)


def test_the_compiled_passes_are_used_where_they_were_built() -> None:
    assert passes.COMPILED


@AT_LEISURE
@given(PAGES)
def test_classes_are_counted_alike(page: str) -> None:
    codes = codes_of(page)
    table = (np.arange(0x10000) % 18).astype(np.uint8)
    assert speedups.count_classes(codes, table, 18) == arrays.count_classes(codes, table, 18)
    wanted = np.unique(codes)[::2].copy()
    assert speedups.count_each(codes, wanted).tolist() == arrays.count_each(codes, wanted).tolist()


@AT_LEISURE
@given(PAGES, st.booleans())
def test_readings_are_found_alike(page: str, toned: bool) -> None:
    codes, known = codes_of(page), reading_keys(toned=toned)
    one, other = speedups.find_readings(codes, known), arrays.find_readings(codes, known)
    for at in (0, 1, 4):
        assert one[at].tolist() == other[at].tolist()
    kinds = [sorted(zip(found[2].tolist(), found[3].tolist(), strict=True)) for found in (one, other)]
    assert kinds[0] == kinds[1]


@AT_LEISURE
@given(PAGES, st.lists(st.integers(0, 200), max_size=6), st.integers(0, 4))
def test_pages_are_turned_and_changes_cut_alike(page: str, breaks: list[int], joined: int) -> None:
    codes = codes_of(page)
    starts, ends, *_ = arrays.find_readings(codes, reading_keys(toned=True))
    one, other = (found.turn(codes, starts, ends, back_table()) for found in (speedups, arrays))
    assert one[0].tolist() == other[0].tolist()
    assert one[1].tolist() == other[1].tolist()
    assert one[2] == other[2]
    cuts = sorted(breaks)
    changes = [
        found.change_runs(page, one[0], one[1], one[2], cuts, "script", "pinyin", joined)
        for found in (speedups, arrays)
    ]
    assert changes[0] == changes[1]


def test_nothing_is_read_beyond_a_page_that_ends_in_a_note() -> None:
    for page in ("", "(", "質(", "質(zhì", "質(zhì)", ")", "質(zhuānga)"):
        codes = codes_of(page)
        found = [each.find_readings(codes, reading_keys(toned=True)) for each in (speedups, arrays)]
        assert [places.tolist() for places in found[0]] == [places.tolist() for places in found[1]]
