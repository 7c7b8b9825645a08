"""Pages that are no article: an error, a wall, a closed site, an advertisement."""

from __future__ import annotations

from collections.abc import Sequence

from shida.pack import Pack

LONGEST = 220
"""Characters of text; who says more says something, whatever words are in it."""
LONGEST_AD = 400
LEAST_SELLING = 3
"""So many different selling words make an advertisement of a short text."""


def refused_as(title: str, lines: Sequence[str], pack: Pack, *, dated: bool) -> str | None:
    """`error_page`, `wall` or `advertisement`, None where the page may be an article.

    `dated` says that the page has a date of its own: a report *about* an error page has one, or is longer.

    >>> from shida.pack import load_packs
    >>> pack = load_packs()
    >>> refused_as("404", ["抱歉，您访问的页面不存在"], pack, dated=False)
    'error_page'
    >>> [refused_as("通知", [text], pack, dated=False) for text in ("请登录后查看全文", "明天休息。")]
    ['wall', None]
    """
    length = sum(map(len, lines))
    if length > LONGEST_AD or dated:
        return None
    reading = pack.reading
    whole = "\n".join([title, *lines])
    if length <= LONGEST:
        if any(word in whole for word in reading.error_words):
            return "error_page"
        if any(word in whole for word in reading.wall_words):
            return "wall"
    selling = sum(word in whole for word in reading.selling_words)
    return "advertisement" if selling >= LEAST_SELLING else None
