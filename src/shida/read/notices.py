"""The head of a government notice: the table of 发文机关, 发文字号, 索引号 above it, else what its text itself says."""

from __future__ import annotations

import re

import msgspec

from shida.pack import Pack
from shida.read.lines import Lines
from shida.read.passes import beginning
from shida.read.words import words_of
from shida.records import Notice

LEAST_LABELS = 2
"""One label alone may be a word of the text; two within a few lines are the table."""
WITHIN = 60
LONGEST_LABEL = 14
"""A line without a colon that is longer is no label."""
NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,16}[〔\[（(【［]\s?(?:19|20)\d\d\s?[〕\]）)】］]\s?第?\s?\d{1,5}\s?号"
    r"|(?:[\u4e00-\u9fff]{2,20}(?:令|公告))?\s?(?:19|20)\d\d年\s?第\s?\d{1,5}\s?号|[\u4e00-\u9fff]{2,24}令\s?第\s?\d{1,5}\s?号"
)
_ISSUER = re.compile(
    r"[\u4e00-\u9fff、（）\s]{2,60}(?:国务院|部|委|委员会|局|总局|办|办公厅|办公室|政府|法院|检察院|署|厅|总署|银行|协会|中心|院|中共中央|国办)\Z"
)
_SIGNED = re.compile(
    r"(?:19|20)?[\d〇零○一二三四五六七八九]{2,4}年\s?[\d一二三四五六七八九十]{1,3}月\s?[\d一二三四五六七八九十]{1,3}日\Z"
)
_EMPTY = frozenset(["", "无", "—", "-", "--", "/", "暂无", "null"])


class NoticeHead(msgspec.Struct, frozen=True, kw_only=True):
    """What the head says, and the lines that are nothing but head."""

    notice: Notice
    title: str | None = None
    published: str | None = None
    lines: frozenset[int] = frozenset()


def notice_table(page: Lines, pack: Pack) -> NoticeHead | None:
    """The table above a notice; None where a page has none."""
    words = words_of(pack)
    kinds, firsts, lasts = words.notice_labels, words.notice_firsts, words.notice_lasts
    labels: list[tuple[int, str, str]] = []
    for index in beginning(page.texts, firsts):
        text = page.texts[index]
        if len(text) > 200 or len(labels) > 200:
            continue
        if (
            "：" not in text
            and ":" not in text
            and "】" not in text
            and (len(text) > LONGEST_LABEL or text[-1] not in lasts)
        ):
            continue
        found = _label(text, kinds)
        if found:
            labels.append((index, *found))
    telling = [index for index, kind, _ in labels if kind in ("issuer", "number", "index")]
    if not telling:
        return None
    first = telling[0]
    near = [label for label in labels if abs(label[0] - first) <= WITHIN]
    if len({kind if kind != "other" else index for index, kind, _ in near}) < LEAST_LABELS:
        return None
    values: dict[str, str] = {}
    lines: set[int] = set()
    taken = {index for index, _, _ in near}
    for index, kind, value in near:
        lines.add(index)
        if not value and index + 1 < len(page.lines) and index + 1 not in taken and _same_row(page, index, index + 1):
            value = page.lines[index + 1].text.strip()
            lines.add(index + 1)
        if value not in _EMPTY and kind not in values:
            values[kind] = value
    return NoticeHead(
        notice=Notice(
            issuer=_clean(values.get("issuer")),
            number=_clean(values.get("number")),
            index_number=_clean(values.get("index")),
        ),
        title=values.get("title"),
        published=values.get("published"),
        lines=frozenset(lines),
    )


def notice_in_text(lines: tuple[str, ...] | list[str], title: str) -> Notice | None:
    """Number and issuer of a notice without a table: the number alone under the title, the issuer above the last date.

    >>> body = ["江市监发〔2025〕7号", "各区县：", "现将有关事项通知如下。", "江城市市场监督管理局", "2025年3月5日"]
    >>> notice_in_text(body, "关于开展抽查的通知")
    Notice(issuer='江城市市场监督管理局', number='江市监发〔2025〕7号', index_number=None)
    """
    number = None
    for line in [title, *lines[:6]]:
        bare = line.strip(" （）()　")
        match = NUMBER.search(bare) if "号" in bare[-6:] and len(bare) <= 60 else None
        if match and len(match[0]) >= len(bare) - 4:
            number = "".join(match[0].split())
            break
    if number is None:
        return None
    issuer = None
    tail = [line.strip() for line in lines[-60:]]
    for index in range(len(tail) - 1, 0, -1):
        if _SIGNED.search(tail[index]) and len(tail[index]) <= 24 and _ISSUER.match(tail[index - 1]):
            issuer = " ".join(tail[index - 1].split())
            break
    return Notice(issuer=issuer, number=number)


def _label(text: str, kinds: dict[str, str]) -> tuple[str, str] | None:
    """A line that begins with a label: its kind, and the value behind it on the same line."""
    head, mark, value = text.partition("：")
    if not mark:
        head, mark, value = text.partition(":")
    if not mark:
        head, mark, value = text.partition("】")
    name = "".join(head.split()).strip("【[■●·*")
    kind = kinds.get(name)
    if kind is None or (not mark and kind in ("title", "other", "published")):
        return None
    return kind, value.strip(" 　\xa0】[]:：")


def _same_row(page: Lines, label: int, value: int) -> bool:
    left, right = page.lines[label], page.lines[value]
    if left.container == right.container:
        return True
    parent = page.containers[right.container].parent
    return parent in (left.container, page.containers[left.container].parent)


def _clean(value: str | None) -> str | None:
    return " ".join(value.split()) if value else None
