"""Page and its restored text → Article[], or Dropped with the reason."""

from __future__ import annotations

import hashlib

from shida.pack import Pack
from shida.read.dating import accept
from shida.read.draft import Draft
from shida.read.language import language_of
from shida.read.page_text import STAGE, PageText, page_text, submission_of, submission_parts
from shida.read.paging import believed
from shida.read.plain import read_plain
from shida.read.repairs import map_repairs
from shida.records import ARTICLE_JSON, Article, Dropped, Page, Restored, Submission

SUBMISSION_READER = "given/1"


def read(page: Page, restored: Restored, pack: Pack, *, today: str | None = None) -> tuple[Article, ...] | Dropped:
    """The articles of a page. `restored.text` is the page's text as repaired (mark-up for an HTML page).

    `today` is the day past which no publication date is believed (ISO); the caller's clock, never ours.

    >>> from shida.pack import load_packs
    >>> page = Page(id="p-0", name="a.txt", content="市里抽查玩具\\n结果很快公布。".encode())
    >>> article, = read(page, Restored(text=page.content.decode()), load_packs(), today="2026-01-28")
    >>> article.title, article.text, article.published
    ('市里抽查玩具', '结果很快公布。', None)
    """
    before = page_text(page)
    if isinstance(before, Dropped):
        return before
    if before.media_type == ARTICLE_JSON:
        submission = submission_of(page)
        if isinstance(submission, Dropped):
            return submission
        return (_submitted(page, restored, submission, pack, today),)
    markup = before.media_type == "text/html"
    if markup:
        from shida.read.markup import read_markup  # late: a newsroom of texts needs no parser

        draft = read_markup(restored.text, pack, url=page.url, today=today, collected=page.fetched)
    else:
        draft = read_plain(restored.text, pack)
    if draft.refused:
        detail = f"{page.name}: {_REFUSED[draft.refused]}; if it is an article after all, add it as a JSON line."
        return Dropped(stage=STAGE, record=page.id, reason=draft.refused, detail=detail)
    empty = not draft.lines and not draft.items and (draft.kind == "article" or not draft.title)
    if empty and (markup or not draft.title):
        detail = (
            f"{page.name}: no text was found in it besides {draft.title!r}; open the page and see whether it has one."
        )
        return Dropped(stage=STAGE, record=page.id, reason="no_text", detail=detail)
    return (_article(page, before, restored, draft, markup, today),)


_REFUSED = {
    "error_page": "the server says here that there is no such page",
    "wall": "this page asks for a log-in or a check instead of showing its text",
    "advertisement": "a short undated text that sells something",
}


def _article(
    page: Page, before: PageText, restored: Restored, draft: Draft, markup: bool, today: str | None
) -> Article:
    published, flags = accept(draft.published, today)
    text = "\n".join(draft.lines)
    url = believed(_http(draft.url), _http(page.url))
    return Article(
        id=article_id(url, draft.title, text),
        page=page.id,
        kind=draft.kind,
        title=draft.title,
        text=text,
        published=published,
        published_how=draft.published_how if published else None,
        source=draft.source,
        author=draft.author,
        editor=draft.editor,
        section=draft.section,
        language=language_of(draft.title + text),
        url=url,
        items=draft.items,
        lists=draft.lists,
        repeated=draft.repeated,
        site=draft.site,
        notice=draft.notice,
        attachments=draft.attachments,
        next_pages=draft.next_pages,
        reader=draft.reader,
        damage=restored.kind,
        repairs=map_repairs(restored, draft, markup),
        flags=tuple(dict.fromkeys((*before.flags, *draft.flags, *flags))),
    )


def _submitted(page: Page, restored: Restored, submission: Submission, pack: Pack, today: str | None) -> Article:
    """An article handed in as JSON: its text is taken as it is, the date is checked."""
    given_title, given_text = submission_parts(submission)
    title, _, text = restored.text.partition("\n")
    if restored.text == f"{given_title}\n{given_text}":
        title, text = given_title, given_text
    published, flags = accept(submission.published, today)
    if submission.published and not published and not flags:
        flags = ("bad_date_refused",)
    draft = Draft(
        title=title.strip(),
        title_start=len(title) - len(title.lstrip()),
        lines=(text,) if text else (),
        starts=(len(title) + 1,) if text else (),
    )
    url = _http(submission.url) or _http(page.url)
    body = read_plain(f"-\n{text}" if text else "", pack)
    return Article(
        id=submission.id or article_id(url, draft.title, text),
        page=page.id,
        kind="top_ten" if body.lists else "article",
        title=draft.title,
        text=text,
        published=published,
        published_how="given" if published else None,
        source=submission.source or page.source,
        language=language_of(draft.title + text),
        url=url,
        position=submission.position,
        items=body.items,
        lists=body.lists,
        site=body.site,
        reader=SUBMISSION_READER,
        damage=restored.kind,
        repairs=map_repairs(restored, draft, False),
        flags=flags,
    )


def article_id(url: str | None, title: str, text: str) -> str:
    """`a-` and 16 hex digits of the address, or of the content where there is none.

    >>> article_id("https://example.com/a", "", "") == article_id("https://example.com/a", "甲", "乙")
    True
    """
    key = url if url else f"{title}\n{text}"
    return "a-" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _http(url: str | None) -> str | None:
    url = (url or "").strip()
    return url if url.lower().startswith(("http://", "https://")) and len(url) < 2000 else None
