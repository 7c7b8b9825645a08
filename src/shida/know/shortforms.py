"""Later sentences of an article → since when a document it names is in force: 《条例》自5月1日起施行."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from shida.know.documents import in_force
from shida.know.passages import Passage
from shida.know.titles import bare
from shida.records import Act, Document, Fact

_SHORT = re.compile(
    r"(?:《|新修订的《|该|新|本|\A)(?P<short>[\u4e00-\u9fff]{1,6})》?(?:将|共[^，,。]{1,10}[，,])?(?=自|将自|于)"
)


def short_forms(passages: Iterable[Passage], facts: Iterable[Fact]) -> Iterator[Document]:
    """What a short form says of the one document of the article it can mean; nothing where there are two."""
    documents = [fact for fact in facts if isinstance(fact, Document) and fact.rule != "head_of_law"]
    titles = {fact.title for fact in documents}
    if len(titles) != 1:
        return
    (title,) = titles
    kind = bare(title)
    for passage in passages:
        text = passage.body
        if ("起施行" not in text and "起实施" not in text and "起执行" not in text) or title in text:
            continue
        found = _SHORT.search(text)
        if not found or not kind.endswith(found["short"]):
            continue
        day = in_force(passage, found.end("short"), len(text))
        if day is None:
            continue
        precision = ("year", "month", "day")[day.count("-")]
        yield Document(
            title=title,
            document_kind=documents[0].document_kind,
            acts=(Act(act="施行", date=day, precision=precision),),  # type: ignore[arg-type]
            period=documents[0].period,
            effective=day,
            evidence=(passage.evidence(),),
            rule="short_form",
            certainty="likely",
            reported=passage.reported,
        )
