"""The compiled decoder of GB 18030 gives what the codec gives, or leaves the bytes to it."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shida.text import decoding

speedups = pytest.importorskip("shida.text.speedups", reason="shida was installed without a compiler")

PIECES = st.one_of(
    st.text("质量。，標é€一二abc <>&\n", max_size=12).map(lambda text: text.encode("gb18030")),
    st.sampled_from(
        ["😀".encode("gb18030"), b"\x80", b"\xff", b"\x81", b"\x810", b"\xfe\xfe", b"\xa2\xe3", b"\0", b"a" * 9]
    ),
    st.binary(max_size=3),
)


def by_codec(content: bytes) -> str | None:
    try:
        return codecs.getincrementaldecoder("gb18030")().decode(content)
    except UnicodeDecodeError:
        return None


@settings(deadline=None, max_examples=400)
@given(st.lists(PIECES, max_size=8).map(b"".join))
def test_bytes_are_decoded_alike(content: bytes) -> None:
    assert speedups.decode_gb(content) in (by_codec(content), None)


@settings(deadline=None, max_examples=200)
@given(st.text("a<\n质量é😀", max_size=40), st.integers(0, 20), st.integers(1, 6), st.integers(0, 12))
def test_samples_are_taken_alike(text: str, start: int, longest: int, enough: int) -> None:
    assert speedups.beyond_ascii(text, start, longest, enough) == decoding.beyond_ascii(text, start, longest, enough)


def test_every_two_bytes_are_decoded_alike() -> None:
    pairs = [bytes((lead, trail)) for lead in range(256) for trail in range(256)]
    decoded = [speedups.decode_gb(pair) for pair in pairs]
    assert all(text in (by_codec(pair), None) for pair, text in zip(pairs, decoded, strict=True))
    assert sum(text is not None for text in decoded) > 23_000 + 128 * 128


def test_a_page_without_four_bytes_needs_no_codec() -> None:
    content = "<p>本市昨天对三十家商店的儿童玩具作了抽查，ABC。</p>".encode("gb18030")
    assert speedups.decode_gb(content) == content.decode("gb18030")
    assert speedups.decode_gb(content + b"\xb0") == content.decode("gb18030")
    assert speedups.decode_gb(content + "😀".encode("gb18030")) is None
