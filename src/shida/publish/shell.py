"""The frame around every page: templates, masthead, footer, policy; in both scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from importlib import resources
from typing import Any, NamedTuple

import minijinja
import xxhash

from shida.publish.addresses import safe_url
from shida.publish.twin import TWIN, Twin
from shida.settings import Settings

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
"""Nothing from elsewhere, nothing inline. `frame-ancestors` works only as a header, which a folder cannot send."""

CUT = b"<|>"
"""What a template writes between its parts. Text from outside cannot: its `<` is escaped."""

PARTS = ("name", "kind", "section", "head", "main")
"""What a page's template gives, in this order (`base.html`); the frame holds the rest (`frame.html`)."""

SLOTS = ("name", "kind", "head", "main", "path", "permanent", "description", "linked")
"""Places of the frame that differ from page to page."""

SEARCH = "search.html"
"""The page the search box of the masthead asks; the box is there where a template of this name is."""

SITE_CARD = "card/site.png"
"""The card of pages that have none of their own."""

CONTROL_BYTES = bytes([*range(9), 11, 12, *range(14, 32), 127])
"""What no page may hold."""

_FOLDER = resources.files("shida.publish")
_SLOT = re.compile(r"<\|([a-z]+)\|>")


def static_files() -> dict[str, bytes]:
    """Style, scripts and pictures of the site: path → content, in order of name."""
    files = sorted((_FOLDER / "static").iterdir(), key=lambda file: file.name)
    return {
        f"static/{file.name}": tight(file.read_bytes()) if file.name.endswith(".css") else file.read_bytes()
        for file in files
        if file.is_file()
    }


def tight(style: bytes) -> bytes:
    """A style sheet without comments and the spaces that only its writers need.

    >>> tight(b"/* ink */\\na > b,\\n  c {\\n  color: red;\\n  margin: calc(1px + 2px);\\n}\\n")
    b'a>b,c{color: red;margin: calc(1px + 2px);}'
    """
    style = re.sub(rb"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/", b"", style)
    return re.sub(rb" ?([{};,>]) ?", rb"\1", re.sub(rb"[ \t\r\n]+", b" ", style)).strip()


class Frame(NamedTuple):
    """What stands around pages of one sort: its text in pieces, and the slots between them."""

    pieces: list[bytes]
    """Every second one is filled for a page."""
    slots: tuple[str, ...]

    def around(self, values: dict[str, bytes]) -> bytes:
        """The page with these values."""
        filled = self.pieces.copy()
        filled[1::2] = [values[slot] for slot in self.slots]
        return b"".join(filled)


class Rendered(NamedTuple):
    """A page's own text, not yet in its frame."""

    path: str
    text: bytes
    """What its template gave, its description and its JSON-LD, each cut from the next by `CUT`."""
    permanent: bytes
    sort: tuple[Any, ...]
    """What its frame depends on."""


class Shell:
    """Renders templates in the site's frame. `digest` changes with templates, style and settings.

    A frame (masthead, footer, links to feeds) is rendered and converted once for all pages it is the same for, which
    is most of a page's characters; the template of a page gives only what stands in it. `topics`: there is a page of
    topics to lead to.
    """

    def __init__(self, settings: Settings, *, topics: bool = False) -> None:
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
            "topics": topics,
            "search": SEARCH if SEARCH in self.templates else "",
        }
        self.digest = xxhash.xxh3_64_hexdigest(repr((sorted(self.templates.items()), sorted(site.items()))).encode())
        self.site = site
        self.twin = Twin()
        self._frames: dict[tuple[Any, ...], Frame] = {}
        self._environment = minijinja.Environment(
            templates=self.templates,
            globals={"site": site},
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def page(self, template: str, path: str, *, twin: bool = True, **context: Any) -> Rendered:
        """The page at `path` of the site, still to be framed by `plain` and `traditional`; `twin`: it has both.

        Every link in it starts from `root`. `description`, `linked` (JSON-LD), `og` (what the page is for other
        sites), `card` (its picture there) and `permanent` (its lasting address) go into the frame.
        """
        root = context.setdefault("root", minijinja.safe("../" * path.count("/") or "./"))
        said = escape(context.get("description") or "")
        linked = context.get("linked") or ""
        html: str = self._environment.render_template(template, **context)
        text = f"{html}<|>{said}<|>{linked}".encode("utf-8", "replace").translate(None, CONTROL_BYTES)
        text = text.replace(b"&#x2f;", b"/")  # minijinja is more careful than HTML asks; links are a tenth of a page
        permanent = escape(context.get("permanent") or path).encode()
        sort = (root, bool(said), bool(linked), context.get("og") or "website", context.get("card") or SITE_CARD, twin)
        return Rendered(path, text, permanent, sort)

    def plain(self, page: Rendered) -> bytes:
        """The page in simplified characters, UTF-8."""
        return self._framed(page.text, page, hant=False)

    def traditional(self, pages: Sequence[Rendered]) -> list[bytes]:
        """The pages in traditional characters, as they stand under `hant/`, UTF-8."""
        texts = self.twin.convert([page.text for page in pages], [page.sort[0] for page in pages])
        return [self._framed(text, page, hant=True) for text, page in zip(texts, pages, strict=True)]

    def _framed(self, text: bytes, page: Rendered, *, hant: bool) -> bytes:
        name, kind, section, head, main, said, linked = text.split(CUT)
        key = (*page.sort, section, hant)
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = self._frame(page.sort, section.decode(), hant)
        given = {"name": name, "kind": kind, "head": head, "main": main, "description": said, "linked": linked}
        given["path"], given["permanent"] = page.path.encode(), page.permanent
        return frame.around(given)

    def _frame(self, sort: tuple[Any, ...], section: str, hant: bool) -> Frame:
        root, described, linked, og, card, twin = sort
        html: str = self._environment.render_template(
            "frame.html",
            slot={name: minijinja.safe(f"<|{name}|>") for name in SLOTS},
            root=root,
            shared=minijinja.safe(f"../{root}") if hant else root,
            described=described,
            linked=linked,
            og=og,
            card=card,
            twin=twin,
            here=minijinja.safe(TWIN if hant else ""),
            hant=hant,
            section=section,
        )
        pieces = _SLOT.split(self.twin.text(html) if hant else html)
        slots = tuple(pieces[1::2])
        return Frame([piece.encode("utf-8", "replace").translate(None, CONTROL_BYTES) for piece in pieces], slots)
