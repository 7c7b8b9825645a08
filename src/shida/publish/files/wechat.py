"""Printed → HTML that survives pasting into WeChat's editor: inline styles only, outside links as notes.

The editor drops style sheets, classes, ids, positions, scripts and links to other sites. So every element carries its
own style, and an address is printed as text in a note at the end. Open the file in a browser, mark all, copy, paste.
"""

from __future__ import annotations

from html import escape

from shida.publish.files.printed import AI_ENTRY, AI_MARK, Printed, PrintedEntry, cited, heading_number
from shida.publish.wording import day_words

MEDIA_TYPE = "text/html; charset=utf-8"
MAX_CHARACTERS = 20_000
"""What an article may have at most, by WeChat's documentation of drafts."""

_BODY = "font-size:16px;line-height:1.75;color:#3f3f3f;letter-spacing:0.5px;text-align:justify;word-break:break-word;"
_QUIET = "font-size:14px;line-height:1.75;color:#6b6b6b;"
_SMALL = "font-size:13px;line-height:1.7;color:#6b6b6b;text-align:left;word-break:break-all;margin:0 0 8px 0;"
_RED = "#a8201a"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def wechat(edition: Printed) -> bytes:
    """The edition as one UTF-8 page whose body is what is copied."""
    parts = [
        _p(
            f"font-size:22px;line-height:1.4;font-weight:bold;color:{_RED};text-align:center;margin:8px 0 6px 0;",
            edition.name,
        ),
        _p(f"{_QUIET}text-align:center;margin:0 0 2px 0;", edition.period_line),
        _p(f"{_QUIET}text-align:center;margin:0 0 20px 0;", edition.version_line),
    ]
    if not edition.public:
        parts.append(_p(f"{_QUIET}text-align:center;margin:0 0 20px 0;", "（草稿，未发布）"))
    if edition.ai_generated:
        parts.append(_p(f"{_QUIET}border-left:3px solid #d8cfc0;padding:0 0 0 10px;margin:0 0 20px 0;", AI_MARK))
    parts += [_entry(entry) for entry in edition.entries]
    parts.append(_head("来源"))
    parts += [_p(_SMALL, f"[{source.number}] {edition.exact(source.line)}") for source in edition.listed]
    if edition.corrections:
        parts.append(_head("更正"))
        for correction in edition.corrections:
            day = f"（{day_words(correction.on)}）" if correction.on else ""
            words = f"第{correction.version}版{day}：{correction.reason}{''.join(correction.changes)}"
            parts.append(_p(_SMALL, words))
    parts.append(_head("编法"))
    parts += [_p(_SMALL, line) for line in (*edition.method, edition.licence, f"引用本榜单：{edition.citation}")]
    generated = '<meta name="AIGC" content="{&quot;Label&quot;:&quot;1&quot;}">' if edition.ai_generated else ""
    tag = "zh-Hans" if edition.script == "hans" else "zh-Hant"
    page = (
        f'<!doctype html><html lang="{tag}"><head><meta charset="utf-8">{generated}'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(edition.name)}</title></head>\n"
        '<body style="margin:0 auto;padding:16px;max-width:677px;background-color:#ffffff;">\n'
        f'<section style="{_BODY}">\n{chr(10).join(parts)}\n</section>\n</body></html>\n'
    )
    return edition.written(page).encode()


def _entry(entry: PrintedEntry) -> str:
    place = f'<span style="color:{_RED};font-size:18px;font-weight:bold;">{heading_number(entry.place)}、</span>'
    title = f'<span style="font-size:18px;font-weight:bold;color:#222222;">{escape(entry.title)}</span>'
    rows = [f'<p style="line-height:1.5;text-align:left;margin:0 0 6px 0;">{place}{title}</p>']
    notes = f'<sup style="font-size:11px;color:{_RED};">{cited(entry.sources)}</sup>' if entry.sources else ""
    rows.append(f'<p style="{_QUIET}margin:0 0 8px 0;">{escape(entry.when)}　{escape(entry.counts)}{notes}</p>')
    if entry.lead:
        rows.append(_p(f"{_BODY}margin:0 0 8px 0;", entry.lead + (AI_ENTRY if entry.ai_generated else "")))
    if entry.reasons:
        words = escape("；".join(entry.reasons))
        label = '<strong style="font-weight:bold;color:#3f3f3f;">入榜理由</strong>'
        rows.append(f'<p style="{_QUIET}margin:0;">{label}　{words}。</p>')
    inside = "\n".join(rows)
    return (
        f'<section style="margin:0 0 18px 0;padding:0 0 16px 0;border-bottom:1px solid #e6e0d4;">\n{inside}\n</section>'
    )


def _head(words: str) -> str:
    style = f"font-size:16px;line-height:1.5;font-weight:bold;color:{_RED};margin:20px 0 10px 0;"
    return _p(style, words)


def _p(style: str, words: str) -> str:
    return f'<p style="{style}">{escape(words)}</p>'
