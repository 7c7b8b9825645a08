"""Page → its decoded text (PageText), or Dropped with the reason: `empty`, `binary`, `no_text`, `bad_json`."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from shida.records import ARTICLE_JSON, Dropped, Page, Record, Submission
from shida.text.charset import decode, looks_binary

STAGE = "read"
LEAST = 4
"""Characters that are letters, digits or Chinese; a page with fewer has no text."""
MOST = 20_000_000
"""Characters; what follows is cut and flagged. A page of this size is a dump, not an article."""

_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|meta|title|div|table|p|br|script|article|section)\b|<!--", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]")


class PageText(Record, frozen=True, kw_only=True):
    """A page's text, before any repair."""

    text: str
    charset: str
    media_type: str
    """`text/html`, `text/plain` or `application/vnd.shida.article+json`."""
    flags: tuple[str, ...] = ()
    """`charset_guessed`, `undecodable_bytes`, `nul_bytes`, `cut_long`."""


# Kept for the last two pages: restoring asks first, then reading asks for the same page again.
@lru_cache(maxsize=2)
def page_text(page: Page) -> PageText | Dropped:
    """The decoded text of any page: mark-up for HTML, `title` newline `text` for an article handed in as JSON.

    >>> page = Page(id="p-0", name="a.txt", content="质量第一\\n效益优先。".encode("gb18030"))
    >>> page_text(page)
    PageText(text='质量第一\\n效益优先。', charset='gb18030', media_type='text/plain', flags=('charset_guessed',))
    """
    if not page.content.strip():
        return _dropped(page, "empty", "there are no bytes; give a page with text")
    if page.media_type == ARTICLE_JSON:
        return _submission_text(page)
    if looks_binary(page.content):
        return _dropped(page, "binary", "this is no text in any charset; save the page as HTML or text")
    decoded = decode(page.content, page.charset)
    text, flags = decoded.text, []
    if decoded.how == "scored":
        flags.append("charset_guessed")
    if decoded.lossy:
        flags.append("undecodable_bytes")
        if text.count("\ufffd") * 3 > len(text):
            return _dropped(page, "binary", "a third of it is in no known charset; save the page as text")
    if decoded.nul:
        flags.append("nul_bytes")
    if len(text) > MOST:
        text = text[:MOST]
        flags.append("cut_long")
    if not _has_text(text):
        return _dropped(page, "no_text", "there are no words in it; give a page with text")
    return PageText(text=text, charset=decoded.charset, media_type=_media_type(page, text), flags=tuple(flags))


def submission_of(page: Page) -> Submission | Dropped:
    """The article a JSON page holds, or Dropped with the place of the error."""
    try:
        return msgspec.json.decode(page.content, type=Submission)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError) as error:
        return _dropped(page, "bad_json", f"{error}; correct the line and add it again")


def submission_parts(submission: Submission) -> tuple[str, str]:
    """Title (one line) and text, as they are joined by `page_text`."""
    title = " ".join((submission.title or "").replace("\0", "").split("\n")).replace("\r", " ")
    return title, (submission.text or "").replace("\0", "")


def _submission_text(page: Page) -> PageText | Dropped:
    submission = submission_of(page)
    if isinstance(submission, Dropped):
        return submission
    title, text = submission_parts(submission)
    if not _has_text(title + text):
        return _dropped(page, "no_text", "neither `title` nor `text` has words in it; give one of them")
    return PageText(text=f"{title}\n{text}", charset="utf-8", media_type=ARTICLE_JSON)


def _has_text(text: str) -> bool:
    return any(found >= LEAST for found, _ in enumerate(_WORD.finditer(text), 1))


def _media_type(page: Page, text: str) -> str:
    given = (page.media_type or "").partition(";")[0].strip().lower()
    if given in ("text/html", "application/xhtml+xml"):
        return "text/html"
    if given == "text/plain" and not text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        return "text/plain"
    return "text/html" if _MARKUP.search(text, 0, 8192) else "text/plain"


def _dropped(page: Page, reason: str, detail: str) -> Dropped:
    return Dropped(stage=STAGE, record=page.id, reason=reason, detail=f"{page.name}: {detail}.")
