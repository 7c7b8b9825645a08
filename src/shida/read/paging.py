"""Addresses of the pages of one article: which belong together, and in which order they come.

a.html, a_2.html, a_3.html; a/, a/2/; a.html?page=2. Two addresses are pages of one text where the second is the first
with a page's number put in, or where they differ in one such number.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urljoin

from shida.text.addresses import bare as bare
from shida.text.addresses import without_index

LAST_PAGE = 99
"""Greater numbers in an address are the article's own, not a page's."""
_DIGITS = re.compile(r"\d{1,20}")
_IN_NAME = re.compile(
    r"(?<=[^/?&=_-])(?:[_-](?:p|page)?|/(?:page/)?)(\d{1,2})(?:/?|(\.(?:s?html?|php|jsp|aspx?)))\Z", re.IGNORECASE
)
_IN_QUERY = re.compile(
    r"([?&])(?:p|pn|pg|page|pageno|page_no|pagenum|pageindex|curpage|currentpage)=(\d{1,2})(&|\Z)", re.IGNORECASE
)
_BOARD = re.compile(r"thread|topic|forum|tieba|\bbbs\b", re.IGNORECASE)
"""Boards: what goes on there on the next page is other people's words."""


def whole(base: str | None, href: str) -> str:
    """An address of a link as seen from `base`, an address or the path of a file; as it is where there is none.

    >>> whole("http://e.cn/a/1.html", "1_2.html"), whole("saved/1.html", "1_2.html?x")
    ('http://e.cn/a/1_2.html', 'saved/1_2.html')
    """
    if not base:
        return href
    if "://" not in base[:12]:
        if "://" in href[:12] or href.startswith("//"):
            return href
        path = unquote(href.partition("#")[0].partition("?")[0])
        return posixpath.normpath(posixpath.join(posixpath.dirname(base.replace("\\", "/")), path))
    try:
        return urljoin(base, href)
    except ValueError:
        return href


def siblings(one: str, other: str) -> bool:
    """Whether two addresses may be pages of one article.

    >>> siblings("http://e.cn/a.html", "http://e.cn/a_2.html"), siblings("http://e.cn/a_2.html", "http://e.cn/a_3.html")
    (True, True)
    >>> siblings("http://e.cn/20250101.html", "http://e.cn/20250102.html"), siblings("http://e.cn/a", "http://f.cn/a/2")
    (False, False)
    """
    left, right = bare(one), bare(other)
    if left == right or _BOARD.search(left) or _BOARD.search(right):
        return False
    if left in _stems(right) or right in _stems(left):
        return True
    return _differ_in_one_number(left, right)


def in_order(addresses: list[str]) -> list[str]:
    """Pages of one article, the first one first: it has no number, or the least.

    >>> in_order(["e.cn/a_10.html", "e.cn/a_2.html", "e.cn/a.html"])
    ['e.cn/a.html', 'e.cn/a_2.html', 'e.cn/a_10.html']
    """
    return sorted(addresses, key=lambda address: (len(_DIGITS.findall(bare(address))), _numbers(address), address))


def _numbers(address: str) -> list[int]:
    return [int(digits) for digits in _DIGITS.findall(bare(address))]


def _stems(address: str) -> tuple[str, ...]:
    """The addresses a first page may have where this is a further one."""
    if found := _IN_QUERY.search(address):
        before, after = address[: found.start()], address[found.end() :]
        return (f"{before}{found[1]}{after}" if after else before,)
    if not (found := _IN_NAME.search(address)):
        return ()
    before = address[: found.start()]
    if "/" not in before and "." in before:
        return ()  # the front page of a site is no first page of an article
    return without_index(before + (found[2] or "")), f"{before}/", before


def _differ_in_one_number(left: str, right: str) -> bool:
    """Whether two addresses differ in one number only, that of a page."""
    if _DIGITS.sub("0", left) != _DIGITS.sub("0", right):
        return False
    pairs = zip(_DIGITS.findall(left), _DIGITS.findall(right), strict=True)
    apart = [(int(one), int(other)) for one, other in pairs if one != other]
    return len(apart) == 1 and max(apart[0]) <= LAST_PAGE


_SECOND_LEVEL = frozenset(("com", "net", "org", "gov", "edu", "ac", "mil", "co"))


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one owner, as far as their hosts say.

    >>> same_site("http://www.jiangcheng.gov.cn/a", "https://m.jiangcheng.gov.cn/b")
    True
    >>> same_site("http://www.jiangcheng.gov.cn/a", "http://www.hedong.gov.cn/a")
    False
    """
    return _owner(one) == _owner(other)


def _owner(address: str) -> tuple[str, ...]:
    host = bare(address).partition("/")[0].partition("?")[0].rpartition("@")[2].partition(":")[0]
    parts = host.rstrip(".").split(".")
    if parts[-1].isdigit():
        return tuple(parts)  # four numbers are one host
    return tuple(parts[-3:] if len(parts) > 2 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2 else parts[-2:])


def believed(declared: str | None, own: str | None) -> str | None:
    """The address an article is known by: what its page declares, where that can be; else where the page was.

    Another owner's address is not believed, for the page would take that article's place; nor is a front page's, which
    some sites declare on every page.

    >>> believed("https://e.cn/a.html", "http://m.e.cn/a?from=x"), believed("https://gov.cn/a.html", "http://e.cn/a")
    ('https://e.cn/a.html', 'http://e.cn/a')
    >>> believed("http://e.cn/", "http://e.cn/a.html")
    'http://e.cn/a.html'
    """
    if not declared or "/" not in bare(declared).rstrip("/"):
        return own
    return declared if own is None or same_site(declared, own) else own
