"""The pack's words for reading, laid out for look-up: made once a pack, for every line of every page asks."""

from __future__ import annotations

import msgspec

from shida.pack import Pack
from shida.read.passes import Finder

_KEPT = "_words_of_reading"


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Look-up forms of `pack.reading`."""

    labels: dict[str, str]
    """Label without white space → `source`, `author`, `editor`, `poster`, `date` or `other`."""
    label_ends: frozenset[str]
    """The last characters of labels: a line without any of them has no label."""
    notice_labels: dict[str, str]
    notice_firsts: frozenset[str]
    """What a line of a notice's head can begin with."""
    notice_lasts: frozenset[str]
    """And what a label without a colon can end with."""
    ends: dict[str, tuple[str, ...]]
    """Words that end a body, those about the site among them, by their first character."""
    end_firsts: frozenset[str]
    """What a line that ends a body begins with, marks before the word among them."""
    surnames: frozenset[str]
    finder: Finder
    """Finds what is looked for on a whole page, in one pass."""


BEFORE_END = " \u3000·•>》»■◆●★【[#*-—=|↓▼:："
"""What may stand before the word that ends a body."""
ONWARD = ("下一页", "下页", "后一页", "后页", "下一頁")
BACK = ("上一页", "上页", "前一页", "前页", "上一頁")
"""What the links to the pages around one say."""
FILING_WORDS = ("ICP", "公网安", "公網安", "备案")
"""Beside every filing number stands one of these."""


def words_of(pack: Pack) -> Words:
    """The words of a pack, made at the first call and kept with it.

    >>> from shida.pack import load_packs
    >>> words_of(load_packs()).labels["责任编辑"]
    'editor'
    """
    kept: Words | None = pack.__dict__.get(_KEPT)
    if kept is None:
        kept = pack.__dict__[_KEPT] = _made(pack)
    return kept


def _made(pack: Pack) -> Words:
    reading = pack.reading
    labels = _first_wins(
        source=reading.source_labels,
        author=reading.author_labels,
        editor=reading.editor_labels,
        poster=reading.poster_labels,
        date=reading.date_labels,
        other=reading.other_date_labels,
    )
    notices = _first_wins(
        issuer=reading.issuer_labels,
        number=reading.number_labels,
        index=reading.index_labels,
        published=("发布日期", "公开日期", "发布时间"),
        title=("标题", "名称", "信息名称", "文件名称"),
        other=reading.notice_labels,
    )
    asked = (
        *reading.end_inside,
        *reading.boilerplate_words,
        *reading.site_words,
        *reading.top_list_words,
        *FILING_WORDS,
        *ONWARD,
        *BACK,
        "icp",
    )
    ends = reading.end_words + reading.site_words
    return Words(
        labels=labels,
        label_ends=frozenset(word[-1] for word in labels),
        notice_labels=notices,
        notice_firsts=frozenset("【[■●·* \u3000\xa0") | {word[0] for word in notices},
        notice_lasts=frozenset("【[■●·*") | {word[-1] for word in notices},
        ends={first: tuple(word for word in ends if word[0] == first) for first in sorted({word[0] for word in ends})},
        end_firsts=frozenset(BEFORE_END) | {word[0] for word in ends},
        finder=Finder(asked),
        surnames=frozenset("".join("".join(reading.surnames).split())),
    )


def _first_wins(**groups: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, group in groups.items():
        for word in group:
            found.setdefault("".join(word.split()), name)
    return found
