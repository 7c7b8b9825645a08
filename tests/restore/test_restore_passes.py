"""The compiled passes give what the array ones give, on any text."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shida.restore import arrays, ngrams, passes
from shida.restore.codes import back_table, codes_of, reading_keys
from shida.restore.grams import keys_of

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
@given(PAGES, st.lists(st.integers(0, 100), max_size=8, unique=True))
def test_spans_are_made_blank_alike(page: str, places: list[int]) -> None:
    codes, table = codes_of(page), (np.arange(0x10000) % 18).astype(np.uint8)
    ordered = sorted(min(place, len(codes)) for place in places)
    spans = list(zip(ordered[::2], ordered[1::2], strict=False))
    counts = tuple(arrays.count_classes(codes, table, 18))
    one, other = (found.blank(codes, spans, table, counts, 0, 10) for found in (speedups, arrays))
    assert one[0].tolist() == other[0].tolist()
    assert one[1] == other[1]


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
    blank = np.where(np.arange(len(codes)) % 7 < 5, codes, 10).astype(np.uint16)
    one, other = (found.turn(blank, codes, starts, ends, back_table()) for found in (speedups, arrays))
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


def test_notes_that_are_made_to_meet_are_read_as_fast() -> None:
    """Chosen so that all fall into one place of the table: what they cost grows with their number, not its square."""
    back, first, third = pow(0x9E3779B97F4A7C15, -1, 2**64), ord("質"), 0x165667B19E3779F9
    notes = []
    for number in range(60_000):
        head = (number - first * third) * back % 2**64
        units = [head >> shift & 0xFFFF for shift in (0, 16, 32, 48)]
        if not {0x28, 0x29} & set(units):
            notes.append([first, 0x28, *units, 0x29])
    codes = np.array([unit for note in notes for unit in note], np.uint16)
    known = reading_keys(toned=True)
    start = time.process_time()
    one = speedups.find_readings(codes, known)
    assert time.process_time() - start < 0.5  # 1.1 s where every place before it is looked at
    assert [found.tolist() for found in one[:2]] == [found.tolist() for found in arrays.find_readings(codes, known)[:2]]


LETTERS = "質量标准的，。 0A"
NATS = st.floats(-20, -0.0625, width=32)


def logs(length: int) -> st.SearchStrategy[ngrams.Logs]:
    """Some strings of that length as numbers in order, each with a logarithm."""
    strings = st.text(LETTERS, min_size=length, max_size=length)
    return st.dictionaries(strings, NATS, max_size=30).map(
        lambda found: (keys_of(sorted(found), length), np.array([found[one] for one in sorted(found)], np.float32))
    )


@AT_LEISURE
@given(logs(1), logs(2), logs(3), logs(1), st.text(LETTERS + "他😀", min_size=3, max_size=12))
def test_chances_are_looked_up_alike(
    ones: ngrams.Logs, twos: ngrams.Logs, threes: ngrams.Logs, one: ngrams.Logs, text: str
) -> None:
    contexts = np.unique(threes[0] >> np.uint64(16))  # what was read before another has a share that backs off
    shares = np.linspace(-3.0, -1.0, len(contexts), dtype=np.float32)
    two, overs = (contexts, shares), (one[0], -one[1])
    tables = [each(ones, twos, threes, one, two, overs, -21.0) for each in (speedups.Ngrams, ngrams.Ngrams)]
    left, right = text[:2], text[-2:]
    for asked in (
        lambda known: [known.score(text), known.likely(text[:3]), known.pair(left), known.often(left)],
        lambda known: [known.one(text[0]), known.backed(text[0]), known.backed(left), known.over(text[0])],
        lambda known: sorted(known.ranked(LETTERS, left, right, 9.0)),
        lambda known: known.between(LETTERS, left[0], right[0], 7.0, read=True),
        lambda known: known.between(LETTERS, left[0], right[0], 7.0, read=False),
        lambda known: known.beginning(LETTERS, left[0], 4) + known.ending(LETTERS, right[0], 4),
    ):
        compiled, plain = map(asked, tables)
        assert compiled == pytest.approx(plain) if compiled and isinstance(compiled[0], float) else compiled == plain
