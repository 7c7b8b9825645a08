"""The ladder of charsets, and what is no text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shida.text.charset import decode, looks_binary

SIMPLE = "本市昨天对三十家商店的儿童玩具作了抽查，结果有两家不合格，已经要求他们改正。记者在现场看到，样品都有编号。"
TRADITIONAL = "本市昨天對三十家商店的兒童玩具作了抽查，有兩家不合格，已經要求他們改正。記者在現場看到，樣品都有編號。"
JAPANESE = "きのう市内の店でおもちゃの検査が行われ、二つの店で問題が見つかりました。"


@pytest.mark.parametrize(
    ("text", "codec", "declared", "expected"),
    [
        (SIMPLE, "utf-8", None, "utf-8"),
        (SIMPLE, "utf-8", "gb2312", "utf-8"),
        (SIMPLE, "utf-8", "iso-8859-1", "utf-8"),
        (SIMPLE, "utf-8-sig", "gbk", "utf-8"),
        (SIMPLE, "gb2312", None, "gb18030"),
        (SIMPLE, "gb18030", "gb2312", "gb18030"),
        (SIMPLE, "gbk", "utf-8", "gb18030"),
        (SIMPLE, "gbk", "big5", "gb18030"),
        (SIMPLE, "gbk", "iso-8859-1", "gb18030"),
        (TRADITIONAL, "gbk", "gb2312", "gb18030"),
        (TRADITIONAL, "big5", None, "big5hkscs"),
        (TRADITIONAL, "big5", "big5", "big5hkscs"),
        (TRADITIONAL, "big5", "gb2312", "big5hkscs"),
        (TRADITIONAL, "big5", "utf-8", "big5hkscs"),
        (SIMPLE, "utf-16", None, "utf-16-le"),
        ("<html><head><title>x</title></head><body>" + SIMPLE, "utf-16-be", None, "utf-16-be"),
        (JAPANESE, "cp932", "shift_jis", "cp932"),
        (JAPANESE, "cp932", None, "cp932"),
        (JAPANESE, "euc_jp", "euc-jp", "euc_jp"),
    ],
)
def test_every_wrong_label_still_gives_the_text(text: str, codec: str, declared: str | None, expected: str) -> None:
    got = decode(text.encode(codec), declared)
    assert (got.text, got.charset, got.lossy) == (text, expected, False)


def test_meta_is_read_where_the_transport_is_silent() -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=big5"><body>{TRADITIONAL}'
    got = decode(page.encode("big5"))
    assert (got.how, got.charset, got.text) == ("meta", "big5hkscs", page)


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b"<META content='text/html; CHARSET = gbk'>", "gb18030"),
        (b"<meta name=a><meta charset='big5'>", "big5hkscs"),
        (b"<meta charset=! charset=gb2312>", "gb18030"),
        (b" <?xml version='1.0' encoding=\"GBK\"?><meta charset=big5>", "gb18030"),
        (b"<meta " + b"a" * 299 + b"charset=gbk>", "gb18030"),
    ],
)
def test_a_page_names_its_charset_in_many_ways(head: bytes, charset: str) -> None:
    found = decode(head + (TRADITIONAL if charset == "big5hkscs" else SIMPLE).encode(charset))
    assert (found.charset, found.how) == (charset, "meta")


@pytest.mark.parametrize(
    "head", [b"<p>charset=gbk</p>", b"<meta " + b"a" * 300 + b"charset=gbk>", b"<meta>charset=gbk"]
)
def test_a_charset_outside_its_place_is_none_of_the_page(head: bytes) -> None:
    assert decode(head + SIMPLE.encode("gb18030")).how == "scored"


def test_a_page_that_calls_itself_utf_16_is_read() -> None:
    found = decode(b"<meta charset=utf-16>" + SIMPLE.encode("gb18030"))
    assert (SIMPLE in found.text, found.charset) == (True, "gb18030")


def test_a_label_that_is_no_charset_is_ignored() -> None:
    for label in ("base64", "rot13", "unicode_escape", "utf-7", "\0", "", "x" * 10_000):
        assert decode(SIMPLE.encode("gb18030"), label).text == SIMPLE


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5"])
def test_a_cut_off_end_loses_only_itself(codec: str) -> None:
    text = TRADITIONAL if codec == "big5" else SIMPLE
    got = decode(text.encode(codec)[:-1], codec)
    assert got.text.rstrip("\ufffd") == text[:-1]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_do_not_change_the_charset(codec: str) -> None:
    whole = (SIMPLE * 5).encode(codec)
    got = decode(whole[:60] + b"\xff\xff" + whole[60:], None)
    assert got.charset == codec
    assert got.lossy
    assert SIMPLE in got.text


def test_nul_bytes_go_and_are_told() -> None:
    got = decode(SIMPLE.encode().replace("。".encode(), "。\0".encode()))
    assert (got.text, got.nul) == (SIMPLE, True)


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=12)))
def test_never_raises(content: bytes, declared: str | None) -> None:
    got = decode(content, declared)
    assert "\0" not in got.text
    looks_binary(content)


@pytest.mark.parametrize(
    ("content", "binary"),
    [
        (b"", False),
        (b"%PDF-1.4\n", True),
        (b"PK\x03\x04abc", True),
        (b"\x00\x00\x00\x18ftypmp42", True),
        (SIMPLE.encode("utf-16"), False),
        (SIMPLE.encode("gb18030"), False),
        (b"<html>\0\0\0<body>" + SIMPLE.encode(), False),
        (bytes(range(32)) * 100, True),
    ],
)
def test_binary_is_recognised(content: bytes, binary: bool) -> None:
    assert looks_binary(content) is binary
