"""The compiled passes give what the array ones give, on any text."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shida.records import Change
from shida.restore import arrays, ngrams, passes
from shida.restore.arrays import Codes
from shida.restore.codes import all_readings, back_table, codes_of, pairs_of_codes
from shida.restore.grams import keys_of

speedups = pytest.importorskip("shida.restore.speedups", reason="shida was installed without a compiler")

PASSES = (speedups, arrays)
READINGS = {toned: all_readings(toned=toned) for toned in (False, True)}
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


def found_by(each: Any, codes: Codes, *, toned: bool = True) -> Any:
    """What a way to do the passes finds, with the table it makes of the readings itself."""
    known = each.key_table(READINGS[toned])
    return each.find_readings(codes, known, *pairs_of_codes())


@AT_LEISURE
@given(st.one_of(PAGES, st.text(max_size=40)))
def test_classes_are_counted_alike(page: str) -> None:
    table = (np.arange(0x10000) % 18).astype(np.uint8)
    one, other = (each.count_classes(page, table, 18) for each in (speedups, arrays))
    assert one[0].tolist() == other[0].tolist() == [min(ord(character), 0xFFFF) for character in page]
    assert one[1] == other[1]


@AT_LEISURE
@given(PAGES, st.lists(st.integers(0, 100), max_size=8, unique=True))
def test_spans_are_made_blank_alike(page: str, places: list[int]) -> None:
    codes, table = codes_of(page), (np.arange(0x10000) % 18).astype(np.uint8)
    ordered = sorted(min(place, len(codes)) for place in places)
    spans = list(zip(ordered[::2], ordered[1::2], strict=False))
    counts = tuple(arrays.count_classes(page, table, 18)[1])
    one, other = (found.blank(codes, spans, table, counts, 0, 10) for found in (speedups, arrays))
    assert one[0].tolist() == other[0].tolist()
    assert one[1] == other[1]


@AT_LEISURE
@given(PAGES, st.booleans())
def test_readings_are_found_and_weighed_alike(page: str, toned: bool) -> None:
    codes = codes_of(page)
    one, other = (found_by(each, codes, toned=toned) for each in (speedups, arrays))
    for at in (0, 1, 4, 5):
        assert one[at].tolist() == other[at].tolist()
    kinds = [sorted(zip(found[2].tolist(), found[3].tolist(), strict=True)) for found in (one, other)]
    assert kinds[0] == kinds[1]
    table = (np.arange(0x10000) % 2).astype(np.uint8)
    noted = [each.weigh_notes(codes, found[0], found[2], found[3], table) for each in PASSES for found in (one,)]
    assert noted[0][0].tolist() == noted[1][0].tolist()
    assert noted[0][1:] == noted[1][1:]


@st.composite
def settled_in(draw: st.DrawFn, size: int) -> list[arrays.Settled]:
    """Places apart of a page of that size, some changed."""
    bounds = sorted(draw(st.lists(st.integers(0, size), max_size=8, unique=True)))
    found: list[arrays.Settled] = []
    for start, end in zip(bounds[::2], bounds[1::2], strict=False):
        after = draw(st.text("质量▯", max_size=3))
        change = Change(start=start, end=end, before="", after=after, rule="shift", proved=False)
        found.append((start, end, after, draw(st.sampled_from((None, change)))))
    return found


@AT_LEISURE
@given(st.data(), PAGES, st.lists(st.integers(0, 200), max_size=6), st.integers(0, 4))
def test_pages_are_turned_and_changes_cut_alike(data: st.DataObject, page: str, breaks: list[int], joined: int) -> None:
    codes = codes_of(page)
    starts, ends, _, _, *across = found_by(arrays, codes)
    blank = np.where(np.arange(len(codes)) % 7 < 5, codes, 10).astype(np.uint16)
    one, other = (found.turn(blank, codes, starts, ends, *across, back_table()) for found in (speedups, arrays))
    assert one[0].tolist() == other[0].tolist()
    assert one[1].tolist() == other[1].tolist()
    assert one[2] == other[2]
    cuts, settled = sorted(breaks), data.draw(settled_in(len(codes)))
    changes, texts = zip(
        *(each.change_runs(page, *one, settled, cuts, "script", "pinyin", joined) for each in PASSES), strict=True
    )
    assert changes[0] == changes[1]
    assert texts[0] == texts[1]


ADDRESSES = st.lists(
    st.sampled_from(
        ["http", "https", "HTTPS", "ftp", "://", ":", "/", "a.cn/x?y=1", "質", "<", "(", " ", "～", "ſ", "é", "~" * 30]
    ),
    max_size=30,
).map("".join)


@AT_LEISURE
@given(ADDRESSES, st.integers(1, 40))
def test_addresses_are_found_alike(page: str, longest: int) -> None:
    found = [each.find_addresses(page, longest) for each in PASSES]
    assert found[0] == found[1]
    for start, end in found[0]:
        assert "://" in page[start:end]
    assert all(one[1] < other[0] for one, other in pairwise(found[0]))


def test_nothing_is_read_beyond_a_page_that_ends_in_a_note() -> None:
    for page in ("", "(", "質(", "質(zhì", "質(zhì)", ")", "質(zhuānga)", "A(yù)", "款A(yù)", "款A(y"):
        found = [found_by(each, codes_of(page)) for each in PASSES]
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
    found_by(speedups, codes[:1])
    start = time.process_time()
    one = found_by(speedups, codes)
    assert time.process_time() - start < 0.5  # 1.1 s where every place before it is looked at
    assert [found.tolist() for found in one] == [found.tolist() for found in found_by(arrays, codes)]


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
    for asked in (
        lambda known: [known.score(text), known.likely(text[:3]), known.pair(text[:2]), known.often(text[:2])],
        lambda known: [known.one(text[0]), known.backed(text[0]), known.backed(text[:2]), known.over(text[0])],
        lambda known: [known.pair(text), known.often(text), known.backed(text), known.likely(text)],
        lambda known: dict(map(reversed, known.ranked(LETTERS, text[:2], text[-2:], 9.0))),
    ):
        compiled, plain = map(asked, tables)
        assert compiled == pytest.approx(plain)
