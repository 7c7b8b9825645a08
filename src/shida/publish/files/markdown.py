"""Printed → Markdown with footnotes, as GitHub, Hugo and pandoc read it; nothing from outside is markup."""

from __future__ import annotations

import re

from shida.publish.files.printed import AI_ENTRY, AI_MARK, Printed, heading_number
from shida.publish.wording import day_words

MEDIA_TYPE = "text/markdown; charset=utf-8; variant=GFM"

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$^=&!]")
_LIST = re.compile(r"^([0-9]{1,9})([.)])|^([-+])")
_BARE = re.compile(r"(https?)(:)(//)|(www)(\.)|(@)", re.IGNORECASE)


def markdown(edition: Printed) -> bytes:
    """The edition as UTF-8 Markdown: a heading an entry, the sources as footnotes."""
    lines = [f"# {text(edition.name)}", "", f"{text(edition.period_line)}  ", text(edition.version_line)]
    if not edition.public:
        lines += ["", "**（草稿，未发布）**"]
    if edition.ai_generated:
        lines += ["", f"> {AI_MARK}"]
    for entry in edition.entries:
        notes = "".join(f"[^{number}]" for number in entry.sources)
        more = f"（共 {entry.more + len(entry.sources)} 篇，其余见表格）" if entry.more else ""
        lines += ["", f"## {heading_number(entry.place)}、{text(entry.title)}"]
        lines += ["", f"{entry.when}，{entry.counts}。{notes}{more}"]
        if entry.lead:
            lines += ["", text(entry.lead) + (AI_ENTRY if entry.ai_generated else "")]
        if entry.reasons:
            lines += ["", f"**入榜理由** {text('；'.join(entry.reasons))}。"]
    if edition.corrections:
        lines += ["", "## 更正"]
        for correction in edition.corrections:
            day = f"（{day_words(correction.on)}）" if correction.on else ""
            lines += ["", f"**第 {correction.version} 版{day}** {text(correction.reason)}".rstrip(), ""]
            lines += [f"- {text(change)}" for change in correction.changes]
    lines += ["", "## 编法", "", *(f"- {text(line)}" for line in edition.method)]
    lines += ["", "## 版本与权利", ""]
    rights = (f"{edition.version_line}。", edition.licence, f"引用本榜单：{edition.citation}", *edition.notes)
    lines += [f"- {text(line)}" for line in rights]
    lines += [
        "",
        *(f"[^{source.number}]: {edition.exact(_reference(source.line, source.url))}" for source in edition.listed),
    ]
    return edition.written("\n".join(lines).rstrip("\n") + "\n").encode()


def text(given: str) -> str:
    r"""A line as Markdown that shows exactly this line.

    >>> text("[甲](javascript:x) <b>"), text("1. 乙"), text("- 丙"), text("https://a.example")
    ('\\[甲\\](javascript:x) \\<b\\>', '1\\. 乙', '\\- 丙', 'https\\://a.example')
    """
    escaped = _MARKUP.sub(lambda found: "\\" + found[0], given)
    escaped = _BARE.sub(_unlinked, escaped)
    return _LIST.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", escaped)


def _unlinked(found: re.Match[str]) -> str:
    """GitHub makes links of bare addresses; ours are made where they are meant."""
    if found[1]:
        return f"{found[1]}\\:{found[3]}"
    return f"{found[4]}\\." if found[4] else "\\@"


def _reference(line: str, url: str) -> str:
    if not url or url not in line:
        return text(line)
    before, after = line.split(url, 1)
    # `<`, `>` and blanks cannot be in a safe address, so the angle brackets hold
    return f"{text(before)}<{url}>{text(after)}"
