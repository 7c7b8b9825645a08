"""The one exception of the fetch: where, what, what to do, a word to count by, and whether to try again."""

from __future__ import annotations

from shida.errors import FetchRefused


class Refused(FetchRefused):
    """A fetch that gave no page.

    `reason` is a short word (`private_address`, `too_large`, `robots`, `timeout`, …) for a Dropped or a count;
    `temporary` says that a later try may work; `wait` is how many seconds the server asked us to wait, if it did.
    """

    def __init__(self, message: str, *, reason: str, temporary: bool = False, wait: float | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.temporary = temporary
        self.wait = wait
