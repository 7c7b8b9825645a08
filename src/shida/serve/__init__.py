"""One ASGI application: the built site. Search, API, desk and ballot join it here as they are built."""

from __future__ import annotations

from shida.serve.application import make_application
from shida.serve.server import free_port, serve

__all__ = ["free_port", "make_application", "serve"]
