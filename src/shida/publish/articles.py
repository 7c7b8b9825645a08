"""Article → its page, with the repairs on a switch, and the damaged original one click away."""

from __future__ import annotations

from typing import Any

import minijinja
import msgspec

from shida.errors import ShidaError
from shida.publish.addresses import article_file, original_file, safe_url
from shida.publish.citations import article_work, open_citation
from shida.publish.codes import DATE_HOW, FLAGS, GAP_RULES, RULES, word
from shida.publish.facts import fact_rows
from shida.publish.index import Index
from shida.publish.marking import repaired_html, shown, text_html
from shida.publish.stories import topic_links
from shida.publish.twin import exact
from shida.publish.wire import headline
from shida.publish.wording import HOW, NO_DATE, day_words
from shida.records import Article, Submission

LISTED_FILES = 100
"""Files of a notice that are listed."""
LISTED_REPAIRS = 20
"""Rows of the repair table; the text itself marks all of them."""


def repair_rows(article: Article) -> list[dict[str, str]]:
    """The first repairs of an article as rows: where, what stood there, what stands there, why."""
    rows = []
    for repair in article.repairs[:LISTED_REPAIRS]:
        text = article.title if repair.of == "title" else article.text
        rows.append(
            {
                "of": "题" if repair.of == "title" else "文",
                "at": str(repair.start + 1),
                "before": minijinja.safe(exact(shown(repair.before))),
                "after": shown(text[repair.start : repair.end]),
                "how": repair.how,
                "word": HOW[repair.how],
                "rule": word(GAP_RULES if repair.how == "gap" else RULES, repair.rule),
                "other": shown(repair.runner_up) if repair.runner_up else "",
            }
        )
    return rows


def how_counts(article: Article) -> list[dict[str, Any]]:
    """How many repairs were proved, chosen, and how many gaps stayed."""
    found: dict[str, int] = {}
    for repair in article.repairs:
        found[repair.how] = found.get(repair.how, 0) + 1
    return [{"how": how, "word": word, "count": found[how]} for how, word in HOW.items() if how in found]


def article_context(article: Article, index: Index, has_original: bool) -> dict[str, Any]:
    """What an article's page shows."""
    title = headline(article)
    of_text = [repair for repair in article.repairs if repair.of == "text"]
    of_title = [repair for repair in article.repairs if repair.of == "title"]
    story = index.stories.get(index.home.get(article.id, ""))
    member = index.members.get(article.id)
    same = [other.article for other in story.members if other.copy_of == article.id] if story else []
    context: dict[str, Any] = {
        "title": title,
        "titled": bool(article.title.strip()),
        "text": text_html(article.text, index.spans_of.get(article.id, ())),
        "source": article.source or "未注明",
        "author": article.author,
        "editor": article.editor,
        "published": day_words(article.published),
        "how": word(DATE_HOW, article.published_how or "") if article.published else "",
        "url": safe_url(article.url),
        "notice": article.notice,
        "items": [
            {"title": item.title, "day": day_words(item.published), "url": safe_url(item.url), "cut": item.truncated}
            for item in article.items[:500]
        ],
        "lists": [
            {"name": found.name, "entries": list(found.entries[:100]), "ranked": found.ranked}
            for found in article.lists[:20]
        ],
        "attachments": [
            {"name": file.name, "url": safe_url(file.url), "kind": file.kind.upper()}
            for file in article.attachments[:LISTED_FILES]
        ],
        "withdrawn": day_words(gone) if (gone := index.withdrawn.get(article.id)) else None,
        "repeated": article.repeated,
        "flags": [word(FLAGS, flag) for flag in article.flags],
        "counts": how_counts(article),
        "facts": fact_rows(index.facts_of.get(article.id, ()), index),
        "story": None,
        "topics": topic_links(story, index),
        "copy": bool(member and member.copy_of),
        "copy_of": article_file(member.copy_of) if member and member.copy_of in index.articles else None,
        "copies": len(same),
        "original": original_file(article.id) if has_original else None,
        "cite": open_citation(article_work(article)),
        "language": article.language if article.language in ("zh-Hant", "ja", "en") else None,
    }
    if article.repairs:
        context["marked"] = repaired_html(article.text, of_text)
        context["marked_title"] = repaired_html(article.title, of_title) if of_title else ""
        context["repairs"] = repair_rows(article)
        context["unlisted"] = max(0, len(article.repairs) - LISTED_REPAIRS)
    if story is not None and story.id in index.shown:
        context["story"] = {"title": story.title, "href": index.story_href(story.id), "size": len(story.members)}
    if not article.published:
        context["published"] = NO_DATE
    return context


def original_text(content: bytes) -> str:
    """A page's bytes as a reader may look at them: a submission's text, else the bytes decoded.

    >>> original_text("质量".encode("gb18030")), original_text(b'{"text": "wen"}')
    ('质量', 'wen')
    """
    if content[:1] == b"{":
        try:
            given = msgspec.json.decode(content, type=Submission)
            return "\n\n".join(part for part in (given.title, given.text) if part)
        except (msgspec.DecodeError, UnicodeDecodeError, ShidaError):
            pass
    for charset in ("utf-8", "gb18030"):
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")
