"""All pages → site maps, the news site map of two days, robots.txt and llms.txt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from shida.publish.build import Build
from shida.publish.feeds import moment, xml_text
from shida.publish.twin import TWIN
from shida.publish.wire import Line

MAP_SIZE = 20_000
"""Addresses in one site map; the protocol allows 50,000, and each of ours names two scripts."""
NEWS_SIZE = 1000
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def site_map(base: str, pages: Sequence[tuple[str, str]]) -> str:
    """One site map with both scripts of every page.

    >>> "hant/wire.html" in site_map("https://example.org/", [("wire.html", "2026-11-22")])
    True
    """
    out = [_HEAD, f'<urlset xmlns="{_MAP}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n']
    for path, day in pages:
        here = xml_text(base + path)
        there = xml_text(base + TWIN + path)
        changed = f"<lastmod>{day}</lastmod>" if len(day) == 10 else ""
        out.append(
            f'<url><loc>{here}</loc>{changed}<xhtml:link rel="alternate" hreflang="zh-Hans" href="{here}"/>'
            f'<xhtml:link rel="alternate" hreflang="zh-Hant" href="{there}"/></url>\n'
        )
    return "".join([*out, "</urlset>\n"])


def news_map(base: str, title: str, lines: Sequence[Line], as_of: str) -> str:
    """The news site map: articles of the last two days, a thousand at most."""
    try:
        since = (date.fromisoformat(as_of[:10]) - timedelta(days=1)).isoformat()
    except ValueError:
        since = as_of
    fresh = [line for line in lines if line.record and since <= line.sort[:10] <= as_of[:10]]
    out = [_HEAD, f'<urlset xmlns="{_MAP}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n']
    out.extend(
        f"<url><loc>{xml_text(base + line.href)}</loc><news:news>"
        f"<news:publication><news:name>{xml_text(title)}</news:name>"
        f"<news:language>zh-cn</news:language></news:publication>"
        f"<news:publication_date>{moment(line.published).isoformat()}</news:publication_date>"
        f"<news:title>{xml_text(line.title)}</news:title></news:news></url>\n"
        for line in fresh[:NEWS_SIZE]
    )
    return "".join([*out, "</urlset>\n"])


def map_files(build: Build) -> None:
    """The index of site maps, the maps, robots.txt and llms.txt."""
    base = build.shell.base
    pages = sorted(build.paths)
    names = []
    for number, start in enumerate(range(0, len(pages), MAP_SIZE), 1):
        names.append(f"sitemap-{number}.xml")
        build.folder.put(names[-1], site_map(base, pages[start : start + MAP_SIZE]))
    build.folder.put("sitemap-news.xml", news_map(base, build.shell.title, build.lines, build.as_of))
    entries = "".join(
        f"<sitemap><loc>{xml_text(base + name)}</loc></sitemap>\n" for name in [*names, "sitemap-news.xml"]
    )
    build.folder.put("sitemap.xml", f'{_HEAD}<sitemapindex xmlns="{_MAP}">\n{entries}</sitemapindex>\n')
    build.folder.put("robots.txt", f"User-agent: *\nDisallow: /original/\n\nSitemap: {base}sitemap.xml\n")
    build.folder.put(
        "llms.txt",
        f"# {build.shell.title}\n\n"
        "> 榜单、快讯和文件数字册。榜单由公式排出，每条附理由；事实附原句；修复的文字注明原处。\n\n"
        "## 主要页面\n\n"
        f"- [榜单]({base}index.html)\n- [快讯]({base}wire.html)\n- [文件册]({base}register/documents.html)\n"
        f"- [数字册]({base}register/figures.html)\n- [版次]({base}editions.html)\n- [方法]({base}method.html)\n\n"
        f"## 订阅\n\n- [JSON Feed]({base}feed.json)\n- [Atom]({base}atom.xml)\n- [RSS]({base}feed.xml)\n",
    )
