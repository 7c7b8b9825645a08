"""Floors on the evaluation pages beside the project. A floor is never lowered silently."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_read_layouts import article_of, likeness

from shida.pack import Pack
from shida.records import Notice, Page
from shida.text.dates import parse_date

pytestmark = pytest.mark.shared


def test_portal_pages(pack: Pack, shared: Path) -> None:
    rows = [json.loads(line) for line in (shared / "html/gold.jsonl").read_text().split("\n") if line]
    bodies, dates, authors = [], [], []
    for row in rows:
        page = Page(id="p-0", name=row["page"], content=(shared / "html" / row["page"]).read_bytes())
        article = article_of(page, pack)
        if row["body"] is not None:
            bodies.append(likeness(article.text, row["body"]))
        if row["published"] != "UNKNOWN":
            wanted = {(parse_date(option) or "")[:10] for option in row["published"].split("|")}
            dates.append((article.published or "")[:10] in wanted)
        if row["author"] not in ("", "UNKNOWN"):
            known = "".join(row["author"].replace("、", "").split())
            got = {"".join((name or "").replace("、", "").split()) for name in (article.author, article.editor)}
            authors.append(known in got)
    assert sum(bodies) / len(bodies) > 0.975
    assert sum(dates) / len(dates) > 0.95
    assert sum(authors) / len(authors) > 0.85


def test_government_pages(pack: Pack, shared: Path) -> None:
    rows = [json.loads(line) for line in (shared / "govpages/pages.jsonl").read_text().split("\n") if line]
    for row in rows:
        article = article_of(Page(id="p-0", name=row["url"], content=row["html"].encode(), url=row["url"]), pack)
        notice = article.notice or Notice()
        wanted = (row["issuer"], row["number"], row["index_number"], "notice")
        assert (notice.issuer, notice.number, notice.index_number, article.kind) == wanted
