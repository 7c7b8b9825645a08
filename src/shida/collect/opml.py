"""OPML 2.0 in and out: the list of feeds other readers give and take."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from shida.collect.xml_leaves import BrokenXml, leaves
from shida.records import Record

MAX_FEEDS = 10_000


class Subscription(Record, frozen=True, kw_only=True):
    """One feed of the list."""

    feed: str
    title: str = ""
    site: str | None = None
    category: str = ""
    """Titles of the folders it lies in, joined by `/`."""


class Opml(Record, frozen=True, kw_only=True):
    """What an OPML file lists."""

    feeds: tuple[Subscription, ...] = ()
    left_out: int = 0
    broken: str | None = None


def parse_opml(content: bytes, charset: str | None = None) -> Opml:
    """The feeds of an OPML file in its order, each once. Never raises.

    >>> body = b'<outline text="A"><outline xmlUrl="http://example.cn/f" text="t"/></outline>'
    >>> parse_opml(b"<opml><body>" + body + b"</body></opml>").feeds
    (Subscription(feed='http://example.cn/f', title='t', site=None, category='A'),)
    """
    feeds: dict[str, Subscription] = {}
    folders: list[str] = []
    left_out = 0
    broken = None
    try:
        for leaf in leaves(content, charset):
            if leaf.name != "outline":
                continue
            if leaf.text is not None:
                folders.pop()
                continue
            title = leaf.attributes.get("title") or leaf.attributes.get("text") or ""
            feed = leaf.attributes.get("xmlurl", "").strip()
            if feed.startswith(("http://", "https://")) and feed not in feeds:
                if len(feeds) >= MAX_FEEDS:
                    left_out += 1
                else:
                    site = leaf.attributes.get("htmlurl", "").strip()
                    feeds[feed] = Subscription(
                        feed=feed,
                        title=title.strip(),
                        site=site if site.startswith(("http://", "https://")) else None,
                        category="/".join(name for name in folders[-8:] if name),
                    )
            folders.append(title.strip().replace("/", "-")[:100] if not feed else "")
    except BrokenXml as error:
        broken = str(error)
    return Opml(feeds=tuple(feeds.values()), left_out=left_out, broken=broken)


def write_opml(feeds: Iterable[Subscription], title: str) -> str:
    """An OPML 2.0 document of `feeds`, by category.

    >>> feed = Subscription(feed="https://example.cn/f?a=1&b=2", title="<质量>", category="部委/司局")
    >>> parse_opml(write_opml([feed], "源").encode()).feeds == (feed,)
    True
    """
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<opml version="2.0">',
        f"<head><title>{_text(title)}</title></head>",
        "<body>",
    ]
    by_category: dict[str, list[Subscription]] = {}
    for feed in feeds:
        by_category.setdefault(feed.category, []).append(feed)
    for category in sorted(by_category):
        folders = [name for name in category.split("/") if name]
        lines += [f"<outline text={_attribute(name)}>" for name in folders]
        for feed in by_category[category]:
            site = f" htmlUrl={_attribute(feed.site)}" if feed.site else ""
            name = _attribute(feed.title)
            lines.append(f'<outline type="rss" text={name} title={name} xmlUrl={_attribute(feed.feed)}{site}/>')
        lines += ["</outline>"] * len(folders)
    return "\n".join([*lines, "</body>", "</opml>", ""])


def _attribute(value: str) -> str:
    return quoteattr(_legal(value))


def _text(value: str) -> str:
    return _legal(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _legal(value: str) -> str:
    """Without characters that XML 1.0 cannot carry at all."""
    return "".join(c for c in value if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
