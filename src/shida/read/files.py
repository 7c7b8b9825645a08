"""Mark-up → whether it names a file of the kinds that pages offer."""

from __future__ import annotations

import re

ENDINGS = ("doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf", "wps", "et", "ofd", "zip", "rar", "7z", "csv")
BEHIND = "\"'?#>"
"""What stands behind the name of a file, white space and the end aside."""
# Both cases are spelt out: a pattern that ignores case is searched for much more slowly.
FILE = re.compile(
    rf"\.({'|'.join(''.join(f'[{mark}{mark.upper()}]' for mark in ending) for ending in ENDINGS)})(?=[{BEHIND}\s]|\Z)"
)


def names_file(html: str) -> bool:
    """Whether a name that ends as a file does stands in mark-up.

    >>> names_file("<a href='/f/1.DOCX'>"), names_file("<a href='/f/1.docs'>")
    (True, False)
    """
    return FILE.search(html) is not None
