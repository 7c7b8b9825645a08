"""The newsroom on disk: one method a question. SQLite by default; the search index stands beside it.

newsroom = Newsroom.open(Path("newsroom"))
newsroom.add_pages(pages)
for story in newsroom.stories(): ...
"""

from __future__ import annotations

from shida.store.newsroom import Newsroom
from shida.store.rows import Added, PageOutcome, RunRow

__all__ = ["Added", "Newsroom", "PageOutcome", "RunRow"]
