"""The command that finds: search."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter
from cyclopts.validators import Number

from shida.cli.application import Home, Json, application, open_newsroom, print_json, say, tell


@application.command
def search(
    *query: str,
    n: Annotated[
        int, Parameter(name=["-n", "--count"], help="How many articles.", validator=Number(gte=1, lte=200))
    ] = 10,
    offset: Annotated[int, Parameter(help="How many to leave out before.", validator=Number(gte=0))] = 0,
    facets: Annotated[bool, Parameter(negative="", help="Count what was found by kind, year, source, topic.")] = False,
    remake: Annotated[bool, Parameter(negative="", help="Make the index anew from the newsroom first.")] = False,
    home: Home = None,
    json: Json = False,
) -> int:
    """Find articles, stories, facts and editions; exit code 1 where there is none.

    Parameters
    ----------
    query
        Words, and 标题: 来源: 机构: 文号: 日期: 主题: 类型: "短语" -词 OR, in either script and width; or pinyin.
        Without a query, only the index is brought up to the newsroom.
    """
    from shida.store.search import open_index
    from shida.store.search import search as find

    newsroom, _, pack = open_newsroom(home)
    with newsroom:
        index = open_index(newsroom, pack, remake=remake)
        words = " ".join(query)
        answer = find(index, words, limit=n, offset=offset, facets=facets)
    if not words.strip():
        done = index.upkeep
        told = f"index: {index.records:,} records; {done.added:,} written, {done.removed:,} taken out"
        print_json({"records": index.records, "upkeep": done}) if json else say(told)
        return 0
    if json:
        hits = [*answer.hits, *answer.also]
        found: dict[str, Any] = {"query": answer.query, "total": answer.total, "hits": hits, "near": answer.near}
        found |= {"hints": answer.hints, "following": answer.following, "tries": answer.tries}
        print_json(found | ({"facets": answer.facets} if facets else {}))
        return 0 if hits else 1
    for hint in answer.hints:
        say(hint.words)
    for hit in (*answer.hits, *answer.also):
        copies = f"  (+{len(hit.articles) - 1} copies)" if hit.kind == "article" and len(hit.articles) > 1 else ""
        tell(f"{(hit.published or '—')[:10]:10}  {hit.kind:9} {hit.title or '（无题）'}{copies}  {hit.id}")
    for facet in answer.facets:
        tell(f"{facet.name}: " + ", ".join(f"{one.value} {one.count:,}" for one in facet.buckets))
    for one in answer.tries:
        say(f"{one.words}：{one.query}")
    say(f"{answer.total:,} articles" + (", none with all that was asked" if answer.near else ""))
    return 0 if answer.hits or answer.also else 1
