"""The whole program in one list: what happens to a page, left to right. Start reading here.

    collect → restore → read → know → group → rank → edition → publish

`collect` brings pages into the newsroom; the stages below are what `shida run` does with them; `rank` and all that
follows answer questions about what they made. A stage is a pure function of records and pack; the loop that calls it
(`shida.run`) knows about processes, the ledger and the database, and the stage does not.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from shida import group as group_room
from shida import know as know_room
from shida import read as read_room
from shida import restore as restore_room
from shida.group import group
from shida.know import know
from shida.pack import Pack
from shida.rank import assign_fields
from shida.read import complete_headlines, join_pages, page_text, read
from shida.records import Article, Constraint, Dropped, Page, Story
from shida.restore import Counts, restore
from shida.run import PageStage, PageWork, StoryStage


def restore_page(work: PageWork, pack: Pack, counts: Counts | None) -> PageWork:
    """Page → its text, decoded and put back; or Dropped where there is no text in it."""
    text = page_text(work.page)
    if isinstance(text, Dropped):
        # decoding is done here, so the refusal is counted here
        return msgspec.structs.replace(work, articles=(), dropped=msgspec.structs.replace(text, stage="restore"))
    return msgspec.structs.replace(work, restored=restore(text.text, pack, counts))


def read_page(work: PageWork, pack: Pack, counts: Counts | None) -> PageWork:
    """Page and its restored text → the articles in it; or Dropped where there is none."""
    if work.restored is None:
        raise ValueError("read_page comes after restore_page")
    articles = read(work.page, work.restored, pack, today=work.today)
    if isinstance(articles, Dropped):
        return msgspec.structs.replace(work, articles=(), dropped=articles)
    return msgspec.structs.replace(work, articles=articles)


def know_page(work: PageWork, pack: Pack, counts: Counts | None) -> PageWork:
    """The page's articles → the facts their sentences state."""
    facts = tuple((article.id, know(article, pack)) for article in work.articles or ())
    return msgspec.structs.replace(work, facts=facts)


def group_articles(
    articles: Sequence[Article],
    pack: Pack,
    *,
    known: Sequence[tuple[Story, Sequence[Article]]] = (),
    constraints: Sequence[Constraint] = (),
) -> tuple[Story, ...]:
    """Articles → the stories that are new or changed, each with the fields its titles belong to."""
    stories = group(articles, pack, known=known, constraints=constraints)
    return tuple(msgspec.structs.replace(story, fields=assign_fields(story, pack)) for story in stories)


RESTORE = PageStage("restore", restore_room.STAGE_VERSION, restore_room.SECTIONS, restore_page, learns=True)
READ = PageStage(
    "read", read_room.STAGE_VERSION, read_room.SECTIONS, read_page, join=join_pages, complete=complete_headlines
)
KNOW = PageStage("know", know_room.STAGE_VERSION, know_room.SECTIONS, know_page)

PAGE_STAGES = ((RESTORE, READ), (KNOW,))
"""Groups of page stages; what the last stage of a group makes is kept in the newsroom."""

GROUP = StoryStage("group", group_room.STAGE_VERSION, (*group_room.SECTIONS, "fields"), group_articles)

STAGES = (RESTORE, READ, KNOW, GROUP)


def read_bytes(content: bytes, name: str, pack: Pack, *, today: str) -> tuple[Article, ...] | Dropped:
    """The bytes of one page through restore and read, outside any newsroom: what `shida read` prints."""
    work = PageWork(page=Page(id="", content=content, name=name), today=today)
    for stage in (RESTORE, READ):
        work = stage.work(work, pack, None)
        if work.dropped is not None:
            return work.dropped
    return work.articles or ()
