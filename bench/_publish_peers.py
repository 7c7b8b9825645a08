"""The same articles through Hugo and Pelican: a masthead, article pages, paged lists by month's end and by source, a
feed and a site map, in one script; less than our own site has, so the comparison leans to them."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from shida.records import Article

HUGO_SETTINGS = """title = '十大'
baseURL = 'http://127.0.0.1/'
languageCode = 'zh-Hans'
hasCJKLanguage = true
paginate = 300
[taxonomies]
source = 'sources'
"""
HUGO_FRAME = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">
<title>{{ .Title }} · {{ site.Title }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="canonical" href="{{ .Permalink }}">
<meta name="description" content="{{ .Summary | plainify | truncate 120 }}"></head><body>
<header><a href="/">{{ site.Title }}</a><nav><a href="/">榜单</a><a href="/sources/">来源</a></nav></header>
<main>{{ block "main" . }}{{ end }}</main><footer><p>每一条都可以追到原文。</p></footer></body></html>
"""
HUGO_ARTICLE = """{{ define "main" }}<article><h1>{{ .Title }}</h1>
<dl><dt>来源</dt><dd>{{ range .Params.sources }}{{ . }}{{ end }}</dd>
<dt>时间</dt><dd>{{ .Date.Format "2006年1月2日 15:04" }}</dd></dl>{{ .Content }}</article>{{ end }}
"""
HUGO_LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>{{ range .Paginator.Pages }}<li><time>{{ .Date.Format "2006-01-02" }}</time>
<a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ template "_internal/pagination.html" . }}{{ end }}
"""
PELICAN_SETTINGS = """SITENAME = '十大'
SITEURL = 'http://127.0.0.1'
PATH = 'content'
TIMEZONE = 'Asia/Shanghai'
DEFAULT_LANG = 'zh'
THEME = 'simple'
DEFAULT_PAGINATION = 300
FEED_ALL_ATOM = 'feeds/all.atom.xml'
CATEGORY_FEED_ATOM = None
CACHE_CONTENT = False
LOG_LEVEL = 'ERROR'
"""


def _children(command: list[str], place: Path, env: dict[str, str]) -> float:
    """Seconds of one core that a command took, its children with it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, cwd=place, env=os.environ | env, stdout=subprocess.DEVNULL, timeout=600)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _pages(folder: Path) -> int:
    return sum(1 for _ in folder.rglob("*.html"))


def hugo(articles: Iterable[Article], place: Path) -> tuple[int, float] | None:
    """Pages and seconds of one core; None where Hugo is not installed."""
    program = shutil.which("hugo")
    if program is None:
        return None
    content, layouts = place / "content/article", place / "layouts/_default"
    content.mkdir(parents=True)
    layouts.mkdir(parents=True)
    (place / "hugo.toml").write_text(HUGO_SETTINGS, "utf-8")
    for name, text in (("baseof", HUGO_FRAME), ("single", HUGO_ARTICLE), ("list", HUGO_LIST)):
        (layouts / f"{name}.html").write_text(text, "utf-8")
    for article in articles:
        head = f"---\ntitle: {article.title}\ndate: {article.published}\nsources: [{article.source}]\n---\n"
        (content / f"{article.id}.md").write_text(head + article.text.replace("\n", "\n\n"), "utf-8")
    seconds = _children([program, "--quiet"], place, {"GOMAXPROCS": "1", "HOME": str(place)})
    return _pages(place / "public"), seconds


def pelican(articles: Iterable[Article], place: Path) -> tuple[int, float] | None:
    """Pages and seconds of one core; None where Pelican is not installed.

    As reStructuredText, which it reads without a further package.
    """
    program = shutil.which("pelican", path=str(Path(sys.executable).parent))
    if program is None:
        return None
    content = place / "content"
    content.mkdir(parents=True)
    (place / "pelicanconf.py").write_text(PELICAN_SETTINGS, "utf-8")
    for article in articles:
        head = f"{article.title}\n{'#' * 2 * len(article.title)}\n\n"
        fields = f":date: {article.published}\n:author: {article.source}\n:slug: {article.id}\n\n"
        (content / f"{article.id}.rst").write_text(head + fields + article.text.replace("\n", "\n\n"), "utf-8")
    seconds = _children([program, "--quiet", "-s", "pelicanconf.py", "-o", "output"], place, {})
    return _pages(place / "output"), seconds
