"""Article that is itself a document → that document: the head of a law, or of a government notice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shida.know.relations import by_title, ended_by
from shida.know.titles import draft, kind_of, span_of_years
from shida.pack import Pack
from shida.records import Act, Article, Document, Evidence
from shida.text.dates import FoundDate, find_dates
from shida.text.sentences import sentence_spans

HEAD = 4000
"""Code points a head may be long; the longest of ten amendments stays under 2,000."""
NOTICE_HEAD = 600
"""Code points in front of the body in which a notice prints its number."""

_BODY = re.compile(r"^\s*(?:目\s{0,4}录|第一[条章编]|总\s{0,4}则|一、|各省、|各市|为了|为加强|为规范)", re.MULTILINE)
_YEAR = r"(?:\d{4}|[一二][〇一二三四五六七八九○]{3})年"
_DIGITS = r"[\d一二三四五六七八九十]{1,3}"
_OPENS = re.compile(
    rf"^[\s　（(]*(?:根据|依据)?{_YEAR}\s?{_DIGITS}月\s?{_DIGITS}日[^\n]{{0,400}}?"
    r"(?:通过|公布|发布|批准|颁布|修正|修订|施行|印发|签署)",
    re.MULTILINE,
)
_ACT = re.compile(
    r"通过|批准|公布施行|公布|发布施行|发布|颁布施行|颁布|(?:第[一二三四五六七八九十]{1,3}次)?修[正订改]|施行|实施|废止|签署|印发|核准|备案|同意"
)
_NUMBER = re.compile(r"第\s?(?P<digits>\d{1,5})\s?号")
_HEADING = re.compile(r"^#\s{0,3}(?P<title>[^\n]{2,160})", re.MULTILINE)
_DOCUMENT_NUMBER = re.compile(
    r"^[\s　]*(?P<number>[\u4e00-\u9fffA-Za-z（）()]{1,16}"
    r"[〔\[【（(]\s?(?:19|20)\d\d\s?[〕\]】）)]\s?(?:第)?\d{1,5}\s?号)[\s　]*$",
    re.MULTILINE,
)
_SIGNED = re.compile(rf"^[\s　]*(?P<date>{_YEAR}{_DIGITS}月{_DIGITS}日)[\s　]*$", re.MULTILINE)
_ISSUER = re.compile(r"(?P<body>[\u4e00-\u9fff、\s]{2,60}?)(?:关于|转发|批转|印发|公告|通告)")
_ADOPTER = re.compile(
    r"(?:第[一二三四五六七八九十百\d]{1,4}届)?(?P<body>[\u4e00-\u9fff]{2,24}?(?:人民代表大会常务委员会|人民代表大会|人民法院|人民检察院|国务院|人民政府|委员会|总局|部|局|署))"
)
_SESSION = re.compile(r"第[一二三四五六七八九十百\d]{1,4}[届次]")


def own_document(article: Article, pack: Pack) -> Iterator[Document]:
    """The document an article is, where its head says so; at most one."""
    made = _law(article, pack) or _notice(article, pack)
    if made is not None:
        yield made


def _law(article: Article, pack: Pack) -> Document | None:
    """Lines that open with a day and say what was done that day."""
    text = article.text[:HEAD]
    first = _OPENS.search(text)
    if not first or first.start() > 400:
        return None
    body = _BODY.search(text, first.start())
    head = text[: body.start()] if body else text
    heading = _HEADING.search(head)
    title = (article.title or (heading["title"] if heading else "")).strip().strip("《》")
    kind, _ = kind_of(title, pack.documents)
    if kind is None and "关于" not in title:
        return None
    dates = [date for date in find_dates(head) if date.precision == "day"]
    acts, effective = _acts(head, dates)
    if not acts:
        return None
    related = by_title(title)
    number = _NUMBER.search(head, first.start())
    named = _ADOPTER.search(_SESSION.sub("", head[dates[0].end : dates[0].end + 80])) if dates else None
    return Document(
        title=title,
        document_kind=kind,
        number=f"第{number['digits']}号" if number else None,
        issuers=(named["body"],) if named else (),
        acts=acts,
        period=span_of_years(title),
        status="draft" if draft(title) else None,
        effective=effective,
        amends=related.amends,
        implements=related.implements,
        replaces=ended_by(article.text),
        evidence=_lines(article, head, [date.start for date in dates]),
        rule="head_of_law",
        reported=article.published[:10] if article.published else None,
    )


def _acts(head: str, dates: list[FoundDate]) -> tuple[tuple[Act, ...], str | None]:
    """What was done on each day: the first word of an act between it and the next day."""
    acts: list[Act] = []
    effective = None
    for place, date in enumerate(dates):
        limit = dates[place + 1].start if place + 1 < len(dates) else len(head)
        quoted = re.sub(r"《[^《》]{0,200}》", lambda m: "　" * len(m[0]), head[date.end : limit])
        found = _ACT.search(quoted) or (_ACT.search(head, limit) if place + 1 < len(dates) else None)
        if not found:
            continue
        act = Act(act=found[0], date=date.value, precision="day")
        if act not in acts:
            acts.append(act)
        if "施行" in quoted or "实施" in quoted:
            effective = date.value
    return tuple(acts), effective


def _notice(article: Article, pack: Pack) -> Document | None:
    """A notice: the reader's fields, or a line that is nothing but a document number."""
    head = article.text[:NOTICE_HEAD]
    printed = _DOCUMENT_NUMBER.search(head) if "号" in head else None
    number = (article.notice.number if article.notice else None) or (printed["number"] if printed else None)
    if number is None:
        return None
    title = article.title.strip()
    if not title and printed:
        title = article.text[: printed.start()].strip().rpartition("\n")[2].strip() or _next_line(
            article.text, printed.end()
        )
    kind, _ = kind_of(title, pack.documents)
    if not title or kind is None:
        return None
    issuer = article.notice.issuer if article.notice else None
    named = _ISSUER.match(title)
    issuers = (
        tuple(re.split(r"[、\s]+", (issuer or (named["body"] if named else "")).strip())) if issuer or named else ()
    )
    related = by_title(title)
    signed = list(_SIGNED.finditer(article.text))
    day = find_dates(signed[-1]["date"]) if signed else ()
    places = [printed.start("number")] if printed else []
    evidence = _lines(article, article.text, [*places, *([signed[-1].start("date")] if day else [])])
    if article.title:
        evidence = (
            Evidence(article=article.id, of="title", start=0, end=len(article.title), sentence=article.title),
            *evidence,
        )
    return Document(
        title=title,
        document_kind=kind,
        number=re.sub(r"\s", "", number),
        issuers=tuple(body for body in issuers if body),
        acts=(Act(act="成文", date=day[0].value, precision=day[0].precision),) if day else (),
        period=span_of_years(title),
        amends=related.amends,
        implements=related.implements,
        replaces=ended_by(article.text),
        evidence=evidence,
        rule="head_of_notice",
        reported=article.published[:10] if article.published else None,
    )


def _next_line(text: str, at: int) -> str:
    for line in text[at : at + 400].split("\n"):
        if line.strip():
            return line.strip()
    return ""


def _lines(article: Article, text: str, places: list[int]) -> tuple[Evidence, ...]:
    """The sentences that hold these places, each once."""
    spans = [span for span in sentence_spans(text) if any(span.start <= place < span.end for place in places)]
    return tuple(
        Evidence(article=article.id, of="text", start=span.start, end=span.end, sentence=text[span.start : span.end])
        for span in spans
    )
