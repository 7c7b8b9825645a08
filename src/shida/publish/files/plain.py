"""Printed → plain text in full-width layout, for places where there is nothing else: 76 columns, 行首行尾禁则 kept."""

from __future__ import annotations

import unicodedata

from shida.publish.files.printed import AI_ENTRY, AI_MARK, CLOSE, OPEN, Printed, cited, heading_number
from shida.publish.wording import day_words

MEDIA_TYPE = "text/plain; charset=utf-8"
COLUMNS = 76
"""Half-width columns of a line: 38 characters."""
RULE = "─" * (COLUMNS // 2)

NOT_FIRST = frozenset("，。、；：？！）》」』】〕〉”’…—·,.;:?!)]}%‰℃")
"""May not begin a line."""
NOT_LAST = frozenset("（《「『【〔〈“‘([{$￥#")
"""May not end a line."""


def plain(edition: Printed) -> bytes:
    """The edition as UTF-8 text; lines end with a newline."""
    lines = [centred(edition.name), "", centred(edition.period_line), centred(edition.version_line)]
    if not edition.public:
        lines.append(centred("（草稿，未发布）"))
    if edition.ai_generated:
        lines += ["", *wrapped(AI_MARK)]
    for entry in edition.entries:
        lines += ["", *wrapped(f"{heading_number(entry.place)}、{entry.title}", first="", rest="　　")]
        lines += wrapped(f"{entry.when}。{entry.counts}。")
        if entry.lead:
            lines += wrapped(entry.lead + (AI_ENTRY if entry.ai_generated else ""))
        if entry.reasons:
            lines += wrapped(f"入榜理由：{'；'.join(entry.reasons)}。")
        if entry.sources:
            more = f"等{entry.more + len(entry.sources)}篇" if entry.more else ""
            lines += wrapped(f"来源：{cited(entry.sources)}{more}。")
    lines += ["", RULE, "", "来源"]
    for source in edition.listed:
        lines += wrapped(f"[{source.number}] {edition.exact(source.line)}", first="", rest="　　")
    if edition.corrections:
        lines += ["", "更正"]
        for correction in edition.corrections:
            day = f"（{day_words(correction.on)}）" if correction.on else ""
            lines += wrapped(f"第{correction.version}版{day}　{correction.reason}".rstrip("　"))
            for change in correction.changes:
                lines += wrapped(change)
    lines += ["", "编法"]
    for line in edition.method:
        lines += wrapped(line)
    lines += ["", "版本与权利"]
    for line in (f"{edition.version_line}。", edition.licence, f"引用本榜单：{edition.citation}", *edition.notes):
        lines += wrapped(line)
    lines += [
        "",
        *(f"　　　　{line}" for line in (edition.publisher, day_words(edition.issued or edition.made)) if line),
    ]
    return edition.written("\n".join(line.rstrip() for line in lines) + "\n").encode()


def width(text: str) -> int:
    """Half-width columns a text takes.

    >>> width("十大 10")
    7
    """
    return sum(_columns(character) for character in text)


def centred(text: str) -> str:
    """A short text in the middle of the line; a long one over as many lines as it needs.

    >>> centred("十大").count("　")
    18
    """
    if width(text) > COLUMNS:
        return "\n".join(wrapped(text, first="", rest=""))
    return "　" * ((COLUMNS - width(text)) // 4) + text


def wrapped(text: str, *, first: str = "　　", rest: str = "") -> list[str]:
    """A paragraph in lines of at most 76 columns, a hanging mark aside: words and numbers whole, 禁则 kept.

    >>> wrapped("甲" * 39, first="")
    ['甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲', '甲']
    >>> wrapped("甲" * 38 + "。", first="")[0][-2:]
    '甲。'
    """
    lines: list[str] = []
    line, taken = first, width(first)
    for piece in _pieces(text):
        size = width(piece)
        if taken + size > COLUMNS and line.strip("　 ") and piece[0] not in NOT_FIRST:
            carried = ""
            while len(line) > 1 and line[-1] in NOT_LAST:
                line, carried = line[:-1], line[-1] + carried
            lines.append(line.rstrip(" "))
            line = rest + carried + piece.lstrip(" ")
            taken = width(line)
        else:
            line, taken = line + piece, taken + size
    return [*lines, line] if line.strip("　 ") else lines


def _columns(character: str) -> int:
    if unicodedata.combining(character) or character in (OPEN, CLOSE):
        return 0
    # the dash, the dots and the quotation marks are as wide as a character in Chinese type
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def _pieces(text: str) -> list[str]:
    """What may not be torn: a word or number of narrow characters, else a single character."""
    pieces: list[str] = []
    word = ""
    for character in text:
        narrow = _columns(character) < 2 and character != " "
        if narrow and len(word) < COLUMNS - 4:
            word += character
            continue
        if word:
            pieces.append(word)
        word = character if narrow else ""
        if not narrow:
            pieces.append(character)
    return [*pieces, word] if word else pieces
