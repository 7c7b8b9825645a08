"""search(view, query) → Answer. Nothing here raises on what is typed."""

from __future__ import annotations

from msgspec.structs import replace
from tantivy import DocAddress

from shida.store.search.answers import ARTICLE, Answer, Bucket, Facet, Filters, Hint, Hit
from shida.store.search.building import Builder, Side
from shida.store.search.helping import tries
from shida.store.search.layout import WEIGHT
from shida.store.search.naming import names_of
from shida.store.search.parsing import Asked, parse
from shida.store.search.upkeep import SearchIndex, View
from shida.text.ngrams import SEAM, fold, pairs

MAX_LIMIT = 200
MAX_OFFSET = 10_000
ALSO = 5
"""Stories, facts and editions shown beside the articles."""

FACETS = {"kind": 20, "year": 30, "source": 20, "topic": 30}
"""The facets, and how many values of each are counted."""


def search(
    index: SearchIndex,
    query: str,
    *,
    filters: Filters | None = None,
    limit: int = 10,
    offset: int = 0,
    facets: bool = False,
) -> Answer:
    """What the newsroom holds of `query`, the best first. `index.refresh()` first where the store may have moved.

    Articles come first, and a few stories, facts and editions of that name beside them; `类型:` or `filters.kind` asks
    for another kind. Where no article holds all that was asked, those that hold most of it are given and `near` is set.
    """
    view = index.view
    asked = parse(query)
    filters = filters or Filters()
    limit, offset = max(1, min(limit, MAX_LIMIT)), max(0, min(offset, MAX_OFFSET))
    if not asked.groups and filters == Filters():
        return Answer(query=query, total=0, found=0, hints=asked.hints)
    asked, spelled = _spelled(view, asked)
    builder = Builder(view, asked, filters)
    kinds = [term.value for term in asked.terms("kind")] + ([filters.kind] if filters.kind else [])
    others = [kind for kind in kinds if kind != ARTICLE]
    wants_articles = not others
    total, addresses, near = _found(view, builder, "article", (), limit if wants_articles else 0, offset)
    found = total
    also: tuple[Hit, ...] = ()
    if not wants_articles:
        found, addresses, near = _found(view, builder, "other", others, limit, offset)
    elif not kinds and not offset:
        also = _beside(view, builder)
    hits = _folded(view.hits(addresses))
    hints = [*asked.hints, *spelled, *builder.hints]
    if near:
        hints.append(Hint(code="near", words="没有完全符合的；下面是最接近的。"))
    after = offset + len(addresses)
    return Answer(
        query=query,
        total=total,
        found=found,
        hits=hits,
        also=also,
        near=near,
        following=after if addresses and after < found else None,
        hints=tuple(hints),
        facets=_facets(view, builder, others) if facets and not near else (),
        tries=tries(view, asked, filters) if near or not (hits or also) else (),
        terms=_marked(asked, near=near),
    )


def _spelled(view: View, asked: Asked) -> tuple[Asked, list[Hint]]:
    """Latin words that no text holds, as the names whose pinyin or initials they are."""
    hints: list[Hint] = []
    groups = []
    for group in asked.groups:
        terms = []
        for term in group:
            word = term.value
            if term.field in ("text", "authority", "title") and word.isascii() and word.isalpha() and len(word) > 1:
                held = sum(view.searcher.doc_freq(field, word) for field in ("whole", "part"))
                name = None
                if not held and (term.field != "authority" or view.full_name(word) is None):
                    name = names_of(view).by_pinyin(word)
                if name is not None:
                    hints.append(Hint(code="pinyin", words=f"按拼音“{word}”查找：{name.text}", about=word))
                    term = replace(term, value=fold(name.text))
                    if term.field == "text" and not term.without and view.full_name(name.text) is not None:
                        terms.append(replace(term, field="authority"))  # under whatever name it goes
            terms.append(term)
        groups.append(tuple(terms))
    return (replace(asked, groups=tuple(groups)) if hints else asked), hints


def _found(
    view: View, builder: Builder, side: Side, kinds: list[str] | tuple[str, ...], limit: int, offset: int
) -> tuple[int, list[DocAddress], bool]:
    """How many there are, the addresses of a page of them, and whether they only come near."""
    exact = builder.exact(side, kinds)
    if exact is None:
        listed = view.searcher.search(builder.listed(side, kinds), max(limit, 1), offset=offset, order_by_field="day")
        return listed.count, [address for _, address in listed.hits][:limit], False  # type: ignore[attr-defined]
    weight = WEIGHT if side == "article" else None
    result = view.searcher.search(exact, max(limit, 1), offset=offset, weight_by_field=weight)
    count: int = result.count  # type: ignore[attr-defined]
    near = builder.near(side, kinds) if not count else None
    if near is not None:
        result = view.searcher.search(near, max(limit, 1), offset=offset, weight_by_field=weight)
        count = result.count  # type: ignore[attr-defined]
    return count, [address for _, address in result.hits][:limit], near is not None and count > 0


def _beside(view: View, builder: Builder) -> tuple[Hit, ...]:
    """Stories, facts and editions of that name."""
    exact = builder.named()
    if exact is None:
        return ()
    result = view.searcher.search(exact, ALSO, count=False)
    return tuple(view.hits([address for _, address in result.hits]))


def _folded(hits: list[Hit]) -> tuple[Hit, ...]:
    """Copies under the first of their family, the original itself where it is here; its `articles` names them."""
    if all(hit.copy_of is None for hit in hits):
        return tuple(hits)
    families: dict[str, list[str]] = {}
    first: dict[str, Hit] = {}
    for hit in hits:
        family = hit.copy_of or hit.id if hit.kind == ARTICLE else f"{hit.kind}:{hit.id}"
        if family not in first or hit.id == family:  # a new value keeps its key's place
            first[family] = hit
        families.setdefault(family, []).extend(hit.articles)
    return tuple(
        replace(hit, articles=tuple(dict.fromkeys([*hit.articles, *families[family]]))) for family, hit in first.items()
    )


def _facets(view: View, builder: Builder, kinds: list[str]) -> tuple[Facet, ...]:
    """How many of what was found have which year, source and topic; and how many there are of which kind."""
    side: Side = "other" if kinds else "article"
    query = builder.exact(side, kinds) or builder.listed(side, kinds)
    wanted = {name: {"terms": {"field": name, "size": size}} for name, size in FACETS.items()}
    counted = view.searcher.aggregate(query, wanted)
    opposite: Side = "article" if kinds else "other"
    beside = builder.exact(opposite)
    rest: dict[str, int] = {}
    if beside is not None:
        rest = _buckets(view.searcher.aggregate(beside, {"kind": wanted["kind"]}), "kind")
    found = []
    for name in FACETS:
        counts = _buckets(counted, name) | (rest if name == "kind" else {})
        rows = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        if name == "year":
            rows = sorted(counts.items(), reverse=True)
        found.append(Facet(name=name, buckets=tuple(Bucket(value=value, count=count) for value, count in rows)))
    return tuple(found)


def _buckets(counted: dict[str, dict[str, list[dict[str, object]]]], name: str) -> dict[str, int]:
    return {str(one["key"]): int(str(one["doc_count"])) for one in counted[name]["buckets"]}


def _marked(asked: Asked, *, near: bool) -> tuple[str, ...]:
    """What is to be marked where it stands; of what only comes near, every pair."""
    values = [term.value for term in asked.terms("text", "title", "number", "authority", "topic")]
    if near:
        values = [part.replace(SEAM, " ") for value in values for part in pairs(value) or [value]]
    return tuple(dict.fromkeys(values))
