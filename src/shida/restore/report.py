"""A page before and after, side by side, for a person to look at."""

from __future__ import annotations

from html import escape

from shida.records import Change, Restored

LONGEST = 400_000
"""Characters of a page that are shown."""

RULES = {
    "script": "简体变繁体",
    "pinyin": "夹注拼音",
    "shift": "字节错位",
    "entity": "字符编号",
    "western": "GBK 误作西文",
    "misread": "UTF-8 误作 GBK",
    "usage": "台湾用词",
    "numeral": "数字变汉字",
    "string": "防复制乱串",
    "look_alike": "形近代字",
    "spam": "垃圾行",
    "simplified": "按要求转简体",
}
"""What each rule is called on the page."""

STYLE = """
:root{--paper:#fbfaf7;--ink:#1b1b1b;--quiet:#5f5c57;--rule:#e4e0d8;--accent:#b1271b;
--proved:#2f6f4f;--chosen:#a66a00;--gap:#b1271b}
@media (prefers-color-scheme:dark){:root{--paper:#161513;--ink:#ece8e1;--quiet:#a8a39a;--rule:#34312c;--accent:#e0604f;
--proved:#7cc39f;--chosen:#e0a84a;--gap:#e0604f}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:78rem;padding:1.5rem 1rem 4rem;background:var(--paper);color:var(--ink);
font:17px/1.8 "PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
h1,h2{font-family:"Noto Serif CJK SC","Source Han Serif SC","Songti SC",SimSun,serif;font-weight:600;line-height:1.4}
h1{font-size:1.7rem;margin:0 0 .3rem;border-bottom:2px solid var(--accent);padding-bottom:.4rem}
h2{font-size:1.1rem;margin:0 0 .6rem}
dl{display:flex;flex-wrap:wrap;gap:.2rem 2rem;margin:.8rem 0;font-variant-numeric:tabular-nums}
dt{color:var(--quiet)}dd{margin:0 0 0 .4rem;font-weight:600}dl div{display:flex}
ul.why{color:var(--quiet);padding-left:1.2rem;margin:.5rem 0 1.5rem;font-size:.95rem}
.sides{display:grid;grid-template-columns:1fr;gap:1.5rem}
@media (min-width:60rem){.sides{grid-template-columns:1fr 1fr;gap:2.5rem}}
.text{white-space:pre-wrap;overflow-wrap:anywhere;line-break:strict;border-top:1px solid var(--rule);padding-top:.8rem}
.was{color:var(--quiet)}
.was mark{background:none;color:var(--ink);border-bottom:1px dotted var(--quiet)}
mark{background:none;color:inherit}
mark.proved{border-bottom:2px solid var(--proved)}
mark.chosen{border-bottom:2px dashed var(--chosen);color:var(--chosen);font-weight:600}
mark.gap{color:var(--gap);
background:repeating-linear-gradient(45deg,transparent 0 3px,var(--rule) 3px 6px);font-weight:600}
table{border-collapse:collapse;width:100%;margin-top:.5rem;font-size:.95rem}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--rule);vertical-align:top}
th{color:var(--quiet);font-weight:400}
section{margin-top:2rem}
"""


def report_html(before: str, restored: Restored, name: str = "") -> str:
    """A whole HTML page: `before` and `restored` side by side, every change marked as proved or chosen, gaps as gaps.

    Nothing is fetched and nothing runs in it; all that came from outside is escaped.

    >>> from shida.records import Change
    >>> change = Change(start=0, end=1, before="質", after="质", rule="script", proved=True)
    >>> page = report_html("質<b>", Restored(text="质<b>", kind="D", changes=(change,)))
    >>> "&lt;b&gt;" in page, '<mark class="proved"' in page
    (True, True)
    """
    proved = sum(change.proved for change in restored.changes)
    chosen = len(restored.changes) - proved
    left, right = _sides(before, restored)
    facts = [
        ("损坏类别", restored.kind or "未见损坏"),
        ("改动", f"{len(restored.changes):,} 处"),
        ("已证明", f"{proved:,}"),
        ("推定", f"{chosen:,}"),
        ("缺口", f"{len(restored.gaps):,}"),
    ]
    shown = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in facts)
    why = "".join(f"<li>{escape(line)}</li>" for line in restored.evidence)
    title = f"修复报告{'：' + name if name else ''}"
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>"
        f"<h1>{escape(title)}</h1><dl>{shown}</dl>{f'<ul class=why>{why}</ul>' if why else ''}"
        '<p><mark class="proved">已证明</mark>：照原样再损坏一遍，得到的正是原页。 '
        '<mark class="chosen">推定</mark>：有字节丢失，选了最可能的字。 <mark class="gap">▯</mark>：无从知道。</p>'
        f'<div class="sides"><div><h2>修复前</h2><div class="text was">{left}</div></div>'
        f'<div><h2>修复后</h2><div class="text">{right}</div></div></div>'
        f"{_chosen_table(before, restored)}</body></html>\n"
    )


def _sides(before: str, restored: Restored) -> tuple[str, str]:
    """The page and the restored text as HTML, with marks."""
    left: list[str] = []
    right: list[str] = []
    at = 0
    for change in restored.changes:
        if change.start > LONGEST:
            break
        between = escape(before[at : change.start])
        left += (between, f"<mark>{escape(change.before)}</mark>")
        right += (between, _marked(change))
        at = change.end
    rest = escape(before[at : max(at, LONGEST)])
    more = "…" if len(before) > max(at, LONGEST) else ""
    return "".join((*left, rest, more)), "".join((*right, rest, more))


def _marked(change: Change) -> str:
    if not change.after:
        return ""
    how = "gap" if "▯" in change.after else "proved" if change.proved else "chosen"
    said = f"{RULES.get(change.rule, change.rule)}：原为“{change.before[:60]}”"
    if not change.proved and change.runner_up:
        said += f"；其次可能是“{change.runner_up[:20]}”"
    return f'<mark class="{how}" title="{escape(said, quote=True)}">{escape(change.after)}</mark>'


def _chosen_table(before: str, restored: Restored) -> str:
    """The choices, each with what stood there and what came second."""
    rows: list[str] = []
    for change in restored.changes:
        if change.proved or len(rows) >= 500:
            continue
        left, right = before[max(0, change.start - 6) : change.start], before[change.end : change.end + 6]
        around = f"{left}〔{change.before[:40]}〕{right}"
        margin = f"{change.margin:.1f}" if change.margin is not None else "—"
        cells = (around, change.after, change.runner_up or "—", margin, RULES.get(change.rule, change.rule))
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    if not rows:
        return ""
    head = "".join(f"<th>{label}</th>" for label in ("原页", "推定为", "其次", "差距", "规则"))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f"<section><h2>推定的地方</h2>{table}</section>"
