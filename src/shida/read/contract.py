"""Article → the JSON object of `shida read --jsonl`, exactly the keys others build on."""

from __future__ import annotations

from typing import Any

from shida.records import Article, Notice


def to_contract(article: Article, id: str) -> dict[str, Any]:  # the contract's word
    """The output line of one article; `id` is the path (or the `id` of the input line) as given.

    >>> line = to_contract(Article(id="a-0", page="p-0", title="甲", text="乙"), "a.html")
    >>> line["id"], line["body"], line["notice"]["number"], line["lists"]
    ('a.html', '乙', None, [])
    """
    notice = article.notice or Notice()
    return {
        "id": id,
        "kind": article.kind,
        "title": article.title,
        "body": article.text,
        "published": article.published,
        "published_how": article.published_how,
        "source": article.source,
        "author": article.author,
        "editor": article.editor,
        "items": [
            {"title": item.title, "published": item.published, "url": item.url, "truncated": item.truncated}
            for item in article.items
        ],
        "lists": [
            {
                "name": top.name,
                "period": list(top.period) if top.period else None,
                "ranked": top.ranked,
                "entries": list(top.entries),
            }
            for top in article.lists
        ],
        "site": {"icp": article.site.icp, "public_security_filing": article.site.public_security_filing},
        "notice": {"issuer": notice.issuer, "number": notice.number, "index_number": notice.index_number},
        "reader": article.reader,
    }
