"""Reading pages beside trafilatura, readability, newspaper4k, resiliparse and jusText, in one run.

Four sets: the labelled and the government pages beside the project, the project's own page layouts that were seen while
tuning, and those kept out of sight; and long portal pages for the rate. Body: F1 of character 4-grams, white space
removed, macro mean, bytes in. Date: the day, where the page has one. Author: else editor. Rates per CPU-second on one
core: bytes read by 60 KB, and pages as they are. What is not installed is named and left out. Run: python -m bench read
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from shida.pack import load_packs
from shida.read import page_text, read
from shida.records import Article, Dropped, Notice, Page, Restored
from shida.text.charset import decode
from shida.text.dates import parse_date

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT.parent / "shared" / "data" / "html"
OFFICES = ROOT.parent / "shared" / "data" / "govpages" / "pages.jsonl"
LAYOUTS = ROOT / "tests" / "read"
TODAY = "2026-11-22"


class Case(NamedTuple):
    """One page and what should be read from it."""

    name: str
    content: bytes
    body: str | None
    published: tuple[str, ...]
    author: str | None
    notice: tuple[str | None, ...] = ()
    """Issuer, number and index number of a government page."""


class Reading(NamedTuple):
    """What a reader said."""

    body: str
    published: str | None = None
    author: str | None = None
    notice: tuple[str | None, ...] = ()


Reader = Callable[[bytes], Reading]
ROUNDS = 3
"""How often each page is read for the rate."""


def shared_cases() -> list[Case]:
    """The labelled pages beside the project; none where they are missing."""
    gold = PAGES / "gold.jsonl"
    if not gold.is_file():
        return []
    cases = []
    for line in gold.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        days = tuple((parse_date(one) or one)[:10] for one in row["published"].split("|") if one != "UNKNOWN")
        author = row["author"] if row["author"] not in ("", "UNKNOWN") else None
        cases.append(Case(row["page"], (PAGES / row["page"]).read_bytes(), row["body"], days, author))
    return cases


def office_cases() -> list[Case]:
    """The government pages beside the project; none where they are missing."""
    if not OFFICES.is_file():
        return []
    rows = [json.loads(line) for line in OFFICES.read_text(encoding="utf-8").split("\n") if line]
    return [
        Case(row["url"], row["html"].encode(), None, (), None, (row["issuer"], row["number"], row["index_number"]))
        for row in rows
    ]


def layout_cases(held_out: bool) -> list[Case]:
    """Pages made from the project's own layouts."""
    sys.path.insert(0, str(LAYOUTS))
    try:
        import test_read_layouts as layouts
    finally:
        sys.path.remove(str(LAYOUTS))
    cases = []
    for layout in layouts.HELD_OUT if held_out else layouts.SEEN:
        for doc, page in layouts.pages(layout):
            gold: dict[str, Any] = doc.gold
            if gold.get("refused"):
                continue
            days = (gold["published"],) if gold.get("published") else ()
            cases.append(Case(page.name, page.content, gold["body"], days, gold.get("author")))
    return cases


def portal_cases() -> list[Case]:
    """Three portal pages of some 50 KB: long texts, 150 other headlines, styles and scripts. They are for the rate."""
    sys.path.insert(0, str(LAYOUTS))
    try:
        from layout_words import Doc
        from layouts_news import json_ld, portal_div, portal_table
    finally:
        sys.path.remove(str(LAYOUTS))
    cases = []
    for layout, codec in ((json_ld, "utf-8"), (portal_table, "gb18030"), (portal_div, "utf-8")):
        doc = Doc(7, paragraphs=60)
        html = layout(doc)
        more = f"<div class=side><ul>{''.join(doc.links(10) for _ in range(14))}</ul></div>"
        style, script = ".a{color:red;margin:0 auto}" * 260, "var x=function(){return 1;};" * 400
        more += f"<style>{style}</style><script>{script}</script>"
        gold: dict[str, Any] = doc.gold
        content = html.replace("</body>", more + "</body>").encode(codec)
        cases.append(Case(layout.__name__, content, gold["body"], (gold["published"],), gold.get("author")))
    return cases * 20


def readers() -> dict[str, Reader | str]:
    """Name → reader, or why there is none."""
    found: dict[str, Reader | str] = {"shida": _shida()}
    for name, package, make in (
        ("selectolax, parse only: the floor", "selectolax", _floor),
        ("trafilatura, bytes in", "trafilatura", lambda: _trafilatura(False)),
        ("trafilatura, decoded first", "trafilatura", lambda: _trafilatura(True)),
        ("resiliparse, decoded first", "resiliparse", _resiliparse),
        ("readability-lxml, decoded first", "readability-lxml", _readability),
        ("newspaper4k, decoded first", "newspaper4k", _newspaper),
        ("jusText, decoded first", "jusText", _justext),
    ):
        try:
            found[f"{name} ({version(package)})"] = make()
        except (PackageNotFoundError, ImportError) as error:
            found[name] = f"not installed ({error})"
    return found


def _shida() -> Reader:
    pack = load_packs(("quality", "general"))

    def run(content: bytes) -> Reading:
        page_text.cache_clear()  # it keeps the last pages, and a page is read more than once here
        page = Page(id="p-0", name="page", content=content)
        text = page_text(page)
        if isinstance(text, Dropped):
            return Reading("")
        got = read(page, Restored(text=text.text), pack, today=TODAY)
        if isinstance(got, Dropped):
            return Reading("")
        article: Article = got[0]
        head = article.notice or Notice()
        notice = (head.issuer, head.number, head.index_number)
        return Reading(article.text, article.published, article.author or article.editor, notice)

    return run


def _floor() -> Reader:
    from selectolax.lexbor import LexborHTMLParser

    def run(content: bytes) -> Reading:
        LexborHTMLParser(decode(content).text)
        return Reading("")

    return run


def _trafilatura(decoded: bool) -> Reader:
    import trafilatura

    def run(content: bytes) -> Reading:
        source = decode(content).text if decoded else content
        found = trafilatura.bare_extraction(source, include_comments=False, with_metadata=True)
        if found is None:
            return Reading("")
        said = found if isinstance(found, dict) else found.as_dict()
        return Reading(said.get("text") or "", said.get("date"), said.get("author"))

    return run


def _resiliparse() -> Reader:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda content: Reading(extract_plain_text(decode(content).text, main_content=True))


def _readability() -> Reader:
    from selectolax.lexbor import LexborHTMLParser

    document = import_module("readability").Document

    def run(content: bytes) -> Reading:
        html = document(decode(content).text).summary()
        return Reading(LexborHTMLParser(html).text(separator="\n"))

    return run


def _newspaper() -> Reader:
    newspaper = import_module("newspaper")
    # It reads Chinese with jieba only; without it, it is asked as for English, and finds little.
    language = "zh" if find_spec("jieba") else "en"

    def run(content: bytes) -> Reading:
        article = newspaper.Article("http://localhost/", language=language, fetch_images=False)
        article.download(input_html=decode(content).text)
        article.parse()
        day = article.publish_date.isoformat() if article.publish_date else None
        return Reading(article.text, day, " ".join(article.authors) or None)

    return run


def _justext() -> Reader:
    justext = import_module("justext")

    def run(content: bytes) -> Reading:
        # jusText has no list of Chinese stop words, so its language-independent settings are used.
        found = justext.justext(decode(content).text, frozenset(), stopwords_low=0, stopwords_high=0, length_low=20)
        return Reading("\n".join(part.text for part in found if not part.is_boilerplate))

    return run


def likeness(got: str, wanted: str) -> float:
    """F1 of character 4-grams."""
    sys.path.insert(0, str(LAYOUTS))
    try:
        from test_read_layouts import likeness as score
    finally:
        sys.path.remove(str(LAYOUTS))
    return score(got, wanted)


def _same_name(got: str | None, wanted: str) -> bool:
    return "".join((got or "").replace("、", "").split()) == "".join(wanted.replace("、", "").split())


def measure(read_page: Reader, cases: list[Case]) -> str:
    """One row of the table: body, date, author, issuer and numbers, then the two rates.

    Rates count the fastest of ROUNDS readings of each page, the rounds one after the other: what a reader loads at its
    first page is paid once a run, and what else the machine does meanwhile is no work of the reader.
    """
    bodies: list[float] = []
    dates: list[bool] = []
    authors: list[bool] = []
    notices: list[bool] = []
    seconds = [math.inf] * len(cases)
    failed = 0
    for number in range(ROUNDS):
        for index, case in enumerate(cases):
            start = time.process_time()
            try:
                got = read_page(case.content)
            except Exception:  # a peer may raise anything on these pages; that is a result too
                got, failed = Reading(""), failed + (number == 0)
            seconds[index] = min(seconds[index], time.process_time() - start)
            if number:
                continue
            if case.body is not None:
                bodies.append(likeness(got.body, case.body))
            if case.published:
                dates.append((got.published or "")[:10] in case.published)
            if case.author:
                authors.append(_same_name(got.author, case.author))
            if case.notice:
                notices.append(got.notice == case.notice)
    spent = sum(seconds)
    size = sum(len(case.content) for case in cases)
    rate, pages = (size / 60_000 / spent, len(cases) / spent) if spent else (0.0, 0.0)
    broken = f", {failed} raised" if failed else ""
    body = f"{sum(bodies) / len(bodies):.3f}" if bodies else "–"
    cells = (f"{sum(found)} of {len(found)}" if found else "–" for found in (dates, authors, notices))
    return " | ".join((body, *cells, f"{rate:.0f}", f"{pages:.0f}{broken}"))


def main() -> int:
    """Print one table a set."""
    sets = {
        "labelled pages beside the project": shared_cases(),
        "government pages beside the project": office_cases(),
        "own layouts, seen while tuning": layout_cases(held_out=False),
        "own layouts, kept out of sight": layout_cases(held_out=True),
        "three portal pages of 50 KB, twenty times": portal_cases(),
    }
    every = readers()
    for title, cases in sets.items():
        if not cases:
            print(f"\n{title}: not there (../shared/data/html)")
            continue
        size = sum(len(case.content) for case in cases) // len(cases) // 1000
        head = "| | body F1 | date | author | issuer and numbers | pages/s of 60 KB | pages/s as they are |"
        print(f"\n{title}, {len(cases)} of {size} KB on average\n\n{head}\n|---|---|---|---|---|---|---|")
        for name, reader in every.items():
            row = reader if isinstance(reader, str) else measure(reader, cases)
            print(f"| {name} | {row} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
