"""The frame around every page: templates, masthead, footer, policy."""

from __future__ import annotations

import re
from html import escape
from importlib import resources
from typing import Any

import minijinja
import xxhash

from shida.publish.addresses import safe_url
from shida.settings import Settings

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
"""Nothing from elsewhere, nothing inline. `frame-ancestors` works only as a header, which a folder cannot send."""

_FOLDER = resources.files("shida.publish")
CONTROL_BYTES = bytes([*range(9), 11, 12, *range(14, 32), 127])
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def without_controls(text: str) -> str:
    """`text` without characters that no page or feed may hold.

    >>> without_controls("一\\x00二")
    '一二'
    """
    return _CONTROLS.sub("", text) if _CONTROLS.search(text) else text


def static_files() -> dict[str, bytes]:
    """Style, scripts and pictures of the site: path → content, in order of name."""
    files = sorted((_FOLDER / "static").iterdir(), key=lambda file: file.name)
    return {f"static/{file.name}": file.read_bytes() for file in files if file.is_file()}


class Shell:
    """Renders templates in the site's frame. `digest` changes with templates, style and settings."""

    def __init__(self, settings: Settings) -> None:
        self.templates = {
            file.name: file.read_text("utf-8")
            for file in sorted((_FOLDER / "templates").iterdir(), key=lambda file: file.name)
            if file.name.endswith((".html", ".xml"))
        }
        self.static = static_files()
        look = xxhash.xxh3_64()
        for content in self.static.values():
            look.update(content)
        self.look = look.hexdigest()[:8]
        self.title = settings.site_title
        self.base = (safe_url(settings.site_url) or "http://127.0.0.1:8010").rstrip("/") + "/"
        site = {
            "title": settings.site_title,
            "base": minijinja.safe(escape(self.base)),
            "icp": settings.icp,
            "police": settings.public_security_filing,
            "police_code": "".join(char for char in settings.public_security_filing if char in "0123456789"),
            "look": self.look,
            "policy": minijinja.safe(POLICY),
        }
        self.digest = xxhash.xxh3_64_hexdigest(repr((sorted(self.templates.items()), sorted(site.items()))).encode())
        self.site = site
        self._environment = minijinja.Environment(
            templates=self.templates,
            globals={"site": site},
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def page(self, template: str, path: str, **context: Any) -> bytes:
        """The page at `path` of the site, UTF-8: every link in it starts from `root`."""
        root = minijinja.safe("../" * path.count("/") or "./")
        context = {"root": root, "path": minijinja.safe(path), "permanent": path} | context
        html: str = self._environment.render_template(template, **context)
        return html.encode("utf-8", "replace").translate(None, CONTROL_BYTES)
