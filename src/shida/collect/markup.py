"""HTML of a feed entry → plain text, paragraphs joined by newlines. Linear, without a tree, so depth costs nothing."""

from __future__ import annotations

import html
import re

# No class may match `<`, so what lies between two `<` is looked at once; groups are atomic, so nothing is tried twice.
_UNSEEN = re.compile(r"<!--|<(script|style|template)(?=[\s>/])", re.IGNORECASE | re.ASCII)
_CLOSERS = {
    "<!--": re.compile("-->"),
    "script": re.compile(r"</script[^<>]*+>?", re.IGNORECASE | re.ASCII),
    "style": re.compile(r"</style[^<>]*+>?", re.IGNORECASE | re.ASCII),
    "template": re.compile(r"</template[^<>]*+>?", re.IGNORECASE | re.ASCII),
}
_TAG = re.compile(r"""</?([A-Za-z][A-Za-z0-9:-]{0,40})(?>[^<>"']|"[^"<]*"|'[^'<]*')*+>""")
_OTHER_TAG = re.compile(r"<!--|<[!?/][^<>]*+>")
_BLOCK_NAMES = """
    address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 head header hr html li main nav ol option p pre section select summary table tbody td tfoot th
    thead title tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SPACES = re.compile(r"[ \t\r\n\f\u00a0\u3000]+")


def to_text(markup: str) -> str:
    """The words of `markup` as a reader sees them, one paragraph a line; scripts, styles and comments left out.

    >>> to_text("<p>质量月&nbsp;启动</p><script>x()</script><p>各地<b>响应</b><br>有序</p>")
    '质量月 启动\\n各地响应\\n有序'
    """
    if "<" not in markup and "&" not in markup:
        return _tidy(markup.replace("\r\n", "\n").split("\n"))
    seen = _without_unseen(markup)
    seen = _SPACES.sub(" ", seen)
    seen = _TAG.sub(lambda tag: "\n" if tag[1].lower() in _BLOCKS else "", seen)
    seen = _OTHER_TAG.sub("", seen)
    return _tidy(html.unescape(seen).split("\n"))


def _tidy(lines: list[str]) -> str:
    tidy = (_SPACES.sub(" ", line).strip() for line in lines)
    return "\n".join(line for line in tidy if line)


def _without_unseen(markup: str) -> str:
    """The markup without comments and without elements whose text is not shown.

    One that is never closed stays: a browser would hide all the rest of the text, and nothing is to be lost.
    """
    parts = []
    position = 0
    never_closed: set[str] = set()
    for opening in _UNSEEN.finditer(markup):
        name = (opening[1] or opening[0]).lower()
        if opening.start() < position or name in never_closed:
            continue
        closing = _CLOSERS[name].search(markup, opening.end())
        if closing is None:
            never_closed.add(name)
        else:
            parts.append(markup[position : opening.start()])
            position = closing.end()
    parts.append(markup[position:])
    return "".join(parts)
