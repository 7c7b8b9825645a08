"""The API under `/api/v1`: what the newsroom knows, read-only, as the records it keeps. Start reading at `routes`.

    request → handling (methods, problems, ETag) → routes (the flat table) → parameters → an answer

A `Shelf` is what was known on a day; the `Library` keeps shelves and follows the newsroom as it changes.
"""

from __future__ import annotations

from shida.serve.api.handling import with_api
from shida.serve.api.library import Library

__all__ = ["Library", "with_api"]
