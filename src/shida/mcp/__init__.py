"""The newsroom for assistants, over the Model Context Protocol: five questions, read-only, each answer with its source.

    assistant ⇄ standard input and output ⇄ server (the protocol) → telling (answers) → the API's library

The protocol's library is an extra (`pip install "shida[mcp]"`) and is imported when the server is made.
"""

from __future__ import annotations

from shida.mcp.server import make_server

__all__ = ["make_server"]
