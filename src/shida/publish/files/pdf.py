"""Printed → PDF in the layout of the Word file, through WeasyPrint (extra `pdf`); nothing is ever fetched."""

from __future__ import annotations

import hashlib
from html import escape
from typing import Any

from shida.errors import SettingsError
from shida.publish.files.printed import AI_ENTRY, AI_MARK, Printed, PrintedEntry, cited, heading_number
from shida.publish.wording import day_words

MEDIA_TYPE = "application/pdf"
MISSING = 'PDF needs WeasyPrint, which is not installed. Install it with: pip install "shida[pdf]".'

_SONG = '"FZXiaoBiaoSong-B05S", "方正小标宋简体", "STZhongsong", "Noto Serif CJK SC", serif'
_FANG = '"FangSong", "仿宋", "FangSong_GB2312", "STFangsong", "Noto Serif CJK SC", serif'
_KAI = '"KaiTi", "楷体", "KaiTi_GB2312", "STKaiti", "Noto Serif CJK SC", serif'
_HEI = '"SimHei", "黑体", "STHeiti", "Noto Sans CJK SC", sans-serif'
STYLE = f"""
@page {{ size: A4; margin: 37mm 26mm 35mm 28mm; }}
@page :right {{ @bottom-right {{ content: "— " counter(page) " —"; font: 14pt {_SONG}; padding-right: 14pt;
  vertical-align: top; padding-top: 4.5mm; }} }}
@page :left {{ @bottom-left {{ content: "— " counter(page) " —"; font: 14pt {_SONG}; padding-left: 14pt;
  vertical-align: top; padding-top: 4.5mm; }} }}
html {{ font: 15.75pt/28pt {_FANG}; color: #000; overflow-wrap: break-word; }}
p, h1, h2, h3 {{ margin: 0; text-indent: 2em; orphans: 2; widows: 2; }}
/* no justification: WeasyPrint stretches the few blanks of a Chinese line and nothing else */
h1 {{ font: bold 22pt/34pt {_SONG}; text-align: center; text-indent: 0; margin-bottom: 14pt; }}
h2 {{ font: normal 15.75pt/28pt {_HEI}; margin-top: 7pt; text-align: left; break-after: avoid; }}
h3 {{ font: normal 15.75pt/28pt {_KAI}; text-align: left; break-after: avoid; }}
.under {{ font-family: {_KAI}; text-align: center; text-indent: 0; }}
.note {{ font-family: {_KAI}; text-align: left; break-after: avoid; }}
.sources {{ break-before: avoid; }}
.sign {{ text-align: right; padding-right: 4em; margin-top: 28pt; break-before: avoid; }}
.sign div {{ display: inline-block; text-align: center; }}
.annex {{ font-family: {_HEI}; text-indent: 0; break-before: page; }}
.source {{ font-size: 14pt; line-height: 24pt; text-align: left; text-indent: -2em; padding-left: 2em; }}
.small {{ font-size: 14pt; line-height: 24pt; }}
"""


def pdf(edition: Printed) -> bytes:
    """The .pdf of an edition, tagged for reading aloud; the same edition and fonts give the same bytes.

    SettingsError where WeasyPrint is missing.
    """
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:  # OSError: the package is there, Pango is not
        raise SettingsError(f"{MISSING} ({error})") from error

    class Nothing(URLFetcher):  # type: ignore[misc]
        """Refuses every address, those of this machine too."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"{url}: nothing is fetched for a PDF")

    page = edition.written(print_page(edition))
    fetcher = Nothing()
    made: bytes = HTML(string=page, url_fetcher=fetcher, media_type="print").write_pdf(
        stylesheets=[CSS(string=STYLE, url_fetcher=fetcher)],
        pdf_variant="pdf/ua-1",
        pdf_identifier=hashlib.sha256(page.encode()).digest()[:16],
        custom_metadata=True,
    )
    return made


def print_page(edition: Printed) -> str:
    """The page that is set: no script, no address to follow, everything from outside escaped."""
    generated = '<meta name="AIGC" content="{&quot;Label&quot;:&quot;1&quot;}">' if edition.ai_generated else ""
    head = (
        f'<!doctype html><html lang="{edition.language}"><head><meta charset="utf-8">'
        f"<title>{escape(edition.name)}</title>"
        f'<meta name="author" content="{escape(edition.publisher)}">'
        f'<meta name="description" content="{escape(edition.version_line)}">'
        f'<meta name="keywords" content="{escape(edition.field)}">'
        f'<meta name="dcterms.created" content="{edition.made}"><meta name="dcterms.modified" content="{edition.made}">'
        f"{generated}</head><body>"
    )
    parts = [head, f"<h1>{escape(edition.name)}</h1>"]
    parts += [_p("under", edition.period_line), _p("under", edition.version_line)]
    if not edition.public:
        parts.append(_p("under", "（草稿，未发布）"))
    if edition.ai_generated:
        parts.append(_p("under", AI_MARK))
    parts += [_entry(entry) for entry in edition.entries]
    signed = [line for line in (edition.publisher, day_words(edition.issued or edition.made)) if line]
    parts.append(f'<div class="sign"><div>{"<br>".join(escape(line) for line in signed)}</div></div>')
    parts.append(_p("annex", "附件"))
    parts.append("<h1>来源、更正与编法</h1>")
    parts += _annex(edition)
    return "\n".join([*parts, "</body></html>"])


def _entry(entry: PrintedEntry) -> str:
    rows = [f"<h2>{heading_number(entry.place)}、{escape(entry.title)}</h2>"]
    rows.append(_p("note", f"{entry.when}。{entry.counts}。"))
    if entry.lead:
        rows.append(_p("", entry.lead + (AI_ENTRY if entry.ai_generated else "")))
    if entry.reasons:
        rows.append(_p("", f"入榜理由：{'；'.join(entry.reasons)}。"))
    if entry.sources:
        more = f"等{entry.more + len(entry.sources)}篇" if entry.more else ""
        rows.append(_p("sources", f"来源：{cited(entry.sources)}{more}。"))
    return "\n".join(rows)


def _annex(edition: Printed) -> list[str]:
    sections: list[tuple[str, list[str]]] = [
        ("来源", [_p("source", f"[{source.number}] {edition.exact(source.line)}") for source in edition.listed])
    ]
    if edition.corrections:
        rows = []
        for number, correction in enumerate(edition.corrections, 1):
            day = f"（{day_words(correction.on)}）" if correction.on else ""
            rows.append(f"<h3>（{heading_number(number)}）第{correction.version}版{day}</h3>")
            if correction.reason:
                rows.append(_p("small", f"更正缘由：{correction.reason}"))
            rows += [_p("small", change) for change in correction.changes]
        sections.append(("更正", rows))
    sections.append(("编法", [_p("small", line) for line in edition.method]))
    rights = (f"{edition.version_line}。", edition.licence, f"引用本榜单：{edition.citation}", *edition.notes)
    sections.append(("版本与权利", [_p("small", line) for line in rights]))
    return [
        row
        for number, (name, rows) in enumerate(sections, 1)
        for row in (f"<h2>{heading_number(number)}、{name}</h2>", *rows)
    ]


def _p(kind: str, words: str) -> str:
    return f'<p class="{kind}">{escape(words)}</p>' if kind else f"<p>{escape(words)}</p>"
