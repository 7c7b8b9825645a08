"""What changed and what went: the times of change that stories, facts and editions have none of their own for."""

from __future__ import annotations

from shida.client.shapes import Change, ChangeList
from shida.publish.proposals import fact_kinds
from shida.serve.api.cursors import Place, ordered
from shida.serve.api.library import Library
from shida.serve.api.lists import cut, day_text
from shida.serve.api.parameters import ChangesAsked
from shida.serve.api.problems import Refused, nearest
from shida.serve.api.shelf import Shelf
from shida.store.search.answers import ARTICLE, EDITION, STORY
from shida.store.search.changes import Changes


def changes(library: Library, asked: ChangesAsked) -> ChangeList:
    """Which records came, changed or went, the last first; of those that went, what they are part of now."""
    kinds = (ARTICLE, STORY, EDITION, *fact_kinds())
    if asked.kind is not None and asked.kind not in kinds:
        near = nearest(asked.kind, kinds)
        meant = f"did you mean {near}?" if near else f"there are: {', '.join(kinds)}"
        raise Refused("bad-parameter", f"there is no kind {asked.kind!r}; {meant}", parameter="kind", near=near)
    known = library.index().changes() or Changes(since=library.today())
    since, until = day_text(asked.updated_since), day_text(asked.as_of) or "9999"

    def rows_of(shelf: Shelf) -> list[tuple[Place, Change]]:
        found = []
        for days, gone in ((known.changed, False), (known.gone, True)):
            for uid, on in days.items():
                kind, _, record = uid.partition(":")
                if since <= on <= until and asked.kind in (None, kind):
                    now = shelf.story(record) if gone and kind == STORY else None
                    change = Change(kind=kind, id=record, on=on, gone=gone, now=now.id if now is not None else None)
                    found.append((Place(on, uid), change))
        return ordered(found)

    _, piece = cut(library, "/changes", asked, rows_of)
    items = tuple(change for _, change in piece.rows)
    return ChangeList(
        items=items, total=piece.total, as_of=piece.as_of, next=piece.following(), whole_since=known.since
    )
