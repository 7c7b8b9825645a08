"""Ids, periods and fields → file names; addresses from outside → safe links or nothing."""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from urllib.parse import quote, urlsplit

STEM = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?\Z")
"""What may stand in a file name; nothing else ever does."""

MADE = "x-"
"""How a stem begins that was made from an id that did not fit."""

MAX_URL = 2000
KEPT = "%/?#[]@!$&'()*+,;=:~-._|{}^"
"""Characters of an address that stay as they are; Chinese ones are written as bytes, for links and for 繁體 pages."""
_UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0\\\"<>`\u2028\u2029\ud800-\udfff]")


@lru_cache(maxsize=65536)
def stem(given: str) -> str:
    """A file name for an id: the id itself where it fits, else `x-` and 16 hex digits of it.

    An id that already begins with `x-` is hashed too, so none can take another's place.

    >>> stem("a-0011"), stem("../etc/passwd")
    ('a-0011', 'x-7fef78f53440346c')
    """
    if STEM.match(given) and not given.startswith(MADE):
        return given
    return MADE + hashlib.sha256(given.encode("utf-8", "replace")).hexdigest()[:16]


@cache
def word_stem(word: str) -> str:
    """A file name for a Chinese word: its reading, or the hash where it has none.

    >>> word_stem("质量"), word_stem("2026-W47"), word_stem("2021..2025")
    ('zhiliang', '2026-w47', '2021-2025')
    """
    from pypinyin import lazy_pinyin  # its tables take 0.1 s to load, and few words need them

    read = "".join(lazy_pinyin(word)).lower().replace("..", "-")
    return read if STEM.match(read) and not read.startswith(MADE) else stem(word)


def article_file(article: str) -> str:
    """Where an article stands in the site."""
    return f"article/{stem(article)}.html"


def original_file(article: str) -> str:
    """Where the damaged original of an article stands."""
    return f"original/{stem(article)}.html"


def story_file(story: str) -> str:
    """Where a story stands in the site."""
    return f"story/{stem(story)}.html"


def edition_file(edition: str, version: int | None = None) -> str:
    """The permanent address of an edition, or of one version of it.

    >>> edition_file("e-2025"), edition_file("e-2025", 1)
    ('edition/e-2025.html', 'edition/e-2025_1.html')
    """
    return f"edition/{stem(edition)}.html" if version is None else f"edition/{stem(edition)}_{version}.html"


def top_file(period: str, field: str) -> str:
    """Where a Top Ten stands in the site.

    >>> top_file("2026-W47", "质量"), top_file("十四五", "")
    ('top/2026-w47-zhiliang.html', 'top/shisiwu.html')
    """
    return f"top/{word_stem(period)}-{word_stem(field)}.html" if field else f"top/{word_stem(period)}.html"


def authority_file(name: str) -> str:
    """Where an authority stands in the site; names that are read alike stay apart.

    >>> authority_file("甲部")
    'authority/jiabu-018961.html'
    """
    read = word_stem(name)
    mark = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:6]
    return f"authority/{read[:60].strip('-')}-{mark}.html"


def topic_file(name: str, number: int = 1) -> str:
    """Where a topic, or a further page of it, stands in the site.

    >>> topic_file("标准"), topic_file("标准", 2)
    ('topic/biaozhun.html', 'topic/biaozhun_2.html')
    """
    return f"topic/{word_stem(name)}.html" if number == 1 else f"topic/{word_stem(name)}_{number}.html"


def document_file(title: str) -> str:
    """Where a document stands in the site.

    >>> document_file("甲办法")
    'document/x-89aac598cde38760.html'
    """
    return f"document/{stem(title)}.html"


def figure_file(what: str, unit: str) -> str:
    """Where the values of a quantity in one unit stand in the site."""
    return f"figure/{stem(f'{what}·{unit}')}.html"


def safe_url(url: str | None) -> str | None:
    """The address if a reader may be sent there: http or https, a host, nothing a browser would read otherwise.

    >>> safe_url("https://example.org/a?b=1"), safe_url("javascript:alert(1)"), safe_url("//example.org")
    ('https://example.org/a?b=1', None, None)
    >>> safe_url("https://example.org/质")
    'https://example.org/%E8%B4%A8'
    """
    if not url or len(url) > MAX_URL or not url.lower().startswith(("http://", "https://")) or _UNFIT.search(url):
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return quote(url, safe=KEPT) if host else None
