"""The API of a newsroom as Python: `Client(address)` gives the records themselves, page after page.

It needs nothing but the records: no store, no pack. Start reading at `Client`.
"""

from __future__ import annotations

from shida.client.errors import ApiError, NoAnswer, NotFound, NotUnderstood
from shida.client.reading import Client
from shida.client.webhooks import NotSigned, verify

__all__ = ["ApiError", "Client", "NoAnswer", "NotFound", "NotSigned", "NotUnderstood", "verify"]
