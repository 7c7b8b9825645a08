"""The frozen records that flow through the line, left to right.

    Source → Page → Restored (Change, Gap) → Article (Item, TopList, Repair) → Fact → Story → Ranking → Edition

Offsets are code points, half-open. Dates are ISO text (`2025`, `2025-03`, `2025-03-14`, or a time with +08:00).
The same classes read the packs' TOML, JSONL input and every export, so an error names its place.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all records share: frozen, keyword-only, unknown fields refused."""


# ── collect ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Page(Record, frozen=True, kw_only=True):
    """What was fetched or handed in: the bytes as they came, and how they came."""

    id: str
    """`p-` and 16 hex digits of the content and the address; the same page twice is the same id."""
    content: bytes
    name: str
    """What a person would call it in an error: a path, `news.jsonl.gz:12`, an address."""
    url: str | None = None
    source: str | None = None
    media_type: str | None = None
    """`text/html`, `text/plain` or `application/vnd.shida.article+json`; None: look at the bytes."""
    charset: str | None = None
    """As declared by the transport, not checked."""
    fetched: str | None = None
    """When it was fetched, where a server said so; a file has none."""


ARTICLE_JSON = "application/vnd.shida.article+json"
"""Media type of a Page whose bytes are one `Submission` as JSON."""


class Submission(Record, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """An article that comes as one JSON object (a line of JSONL, an entry of a feed).

    Only `title` or `text` is required; keys that are not listed are ignored and counted.
    """

    id: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    title: Annotated[str, Meta(max_length=1_000)] | None = None
    text: str | None = None
    published: Annotated[str, Meta(max_length=100)] | None = None
    source: Annotated[str, Meta(max_length=200)] | None = None
    url: Annotated[str, Meta(max_length=4_000)] | None = None
    position: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    """Place in a programme or page, 1 the first."""


# ── restore ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Span(Record, frozen=True, kw_only=True):
    """A stretch of a text, code points, half-open."""

    start: int
    end: int


class Change(Record, frozen=True, kw_only=True):
    """One replacement that repairs a damaged text: replaying all of them gives the restored text."""

    start: int
    end: int
    """In the damaged text."""
    before: str
    after: str
    rule: str
    proved: bool
    """True: damaging `after` again can only give `before`. False: one of several that would; chosen."""
    runner_up: str | None = None
    margin: float | None = None
    """How much better `after` scored than the runner-up, in nats; None where nothing competed."""


class Gap(Record, frozen=True, kw_only=True):
    """Something that was there and cannot be known. The restored text has `▯` or the damage itself there."""

    start: int
    end: int
    """In the restored text."""
    note: str


class Restored(Record, frozen=True, kw_only=True):
    """A text put back, with what was changed and what cannot be known."""

    text: str
    kind: str | None = None
    """A letter of the damage kinds (A, B, B2, D, E, F, G, S, T); None where nothing was done."""
    changes: tuple[Change, ...] = ()
    gaps: tuple[Gap, ...] = ()
    evidence: tuple[str, ...] = ()
    """Why the text was taken for damaged, or for whole, in sentences."""


# ── read ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Item(Record, frozen=True, kw_only=True):
    """One dated line of a list page."""

    title: str
    published: str | None = None
    url: str | None = None
    truncated: bool = False


class TopList(Record, frozen=True, kw_only=True):
    """A top-ten list as a page prints it."""

    name: str
    period: tuple[str, str] | None = None
    """First and last day."""
    ranked: bool = False
    entries: tuple[str, ...] = ()


class Site(Record, frozen=True, kw_only=True):
    """Who runs the site a page stands on, by its filing numbers."""

    icp: str | None = None
    public_security_filing: str | None = None


class Notice(Record, frozen=True, kw_only=True):
    """The head of a government notice."""

    issuer: str | None = None
    number: str | None = None
    index_number: str | None = None


class Repair(Record, frozen=True, kw_only=True):
    """A `Change` or a `Gap` as it shows in an article: what stands there now and what stood there."""

    of: Literal["title", "text"]
    start: int
    end: int
    before: str
    rule: str
    how: Literal["proved", "chosen", "gap"]
    runner_up: str | None = None


PageKind = Literal["article", "list", "index", "top_ten", "notice"]


class Article(Record, frozen=True, kw_only=True):
    """One text with title, date and source, as read from a page."""

    id: str
    """The given id where the input had one, else `a-` and 16 hex digits of the address or the content."""
    page: str
    """Id of the Page it was read from."""
    kind: PageKind = "article"
    title: str = ""
    text: str = ""
    """The body: paragraphs joined by newlines. A list page's dated lines stay in it; a filing number does not."""
    published: str | None = None
    published_how: str | None = None
    """Where the date was found: `given`, `meta`, `json-ld`, `line` (the line under the title), `url`, `text`, …"""
    source: str | None = None
    author: str | None = None
    editor: str | None = None
    section: str | None = None
    language: str | None = None
    """`zh-Hans`, `zh-Hant`, `ja`, …"""
    url: str | None = None
    position: int | None = None
    items: tuple[Item, ...] = ()
    lists: tuple[TopList, ...] = ()
    repeated: int = 0
    """Blocks printed more than once and counted once."""
    site: Site = Site()
    notice: Notice | None = None
    reader: str = ""
    """Which reader read it, and its version."""
    damage: str | None = None
    """`Restored.kind` of its page."""
    repairs: tuple[Repair, ...] = ()
    flags: tuple[str, ...] = ()
    """What a person should know: `deep_nesting`, `future_date_refused`, …"""


# ── know ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Evidence(Record, frozen=True, kw_only=True):
    """The sentence that states a fact: `article.text[start:end] == sentence` (or its title)."""

    article: str | None = None
    of: Literal["text", "title"]
    start: int
    end: int
    sentence: str


Precision = Literal["year", "month", "day"]


class Act(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What was done to a document, in the word of the text, and when, as precisely as the text says."""

    act: str
    date: str | None = None
    precision: Precision | None = None


class FactBase(Record, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """What all facts share."""

    id: str = ""
    """`f-` and 16 hex digits of what it states; the same statement elsewhere has the same id."""
    evidence: tuple[Evidence, ...] = ()
    rule: str = ""
    certainty: Literal["certain", "likely", "unsure"] = "certain"
    reported: str | None = None
    """The day of the article or dated line that reports it."""


class Document(FactBase, frozen=True, kw_only=True, tag="document"):
    """A law, regulation, rule, standard, plan, report or opinion, with an act on it."""

    title: str
    document_kind: str | None = None
    number: str | None = None
    issuers: tuple[str, ...] = ()
    issuer_count: int | None = None
    issuers_complete: bool | None = None
    drafters: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    times: int | None = None
    occasion: str | None = None
    period: tuple[str, str] | None = None
    status: str | None = None
    effective: str | None = None


class Figure(FactBase, frozen=True, kw_only=True, tag="figure"):
    """A measured quantity with value and unit, or a change alone."""

    what: str
    value: float | int | None = None
    unit: str | None = None
    period: str | None = None
    as_of: str | None = None
    qualifier: Literal["over", "near", "about", "at least", "below"] | None = None
    change_percent: float | None = None
    change_points: float | None = None
    change_abs: float | None = None
    derived_base: float | int | None = None
    """The value before the change, worked out from `value` and the change: derived, not stated."""
    status: str | None = None


class Case(FactBase, frozen=True, kw_only=True, tag="case"):
    """An act of a court, prosecution, police, regulator or discipline body on parties."""

    field: str | None = None
    authority: str | None = None
    parties: tuple[str, ...] = ()
    case_type: str = ""
    """As the text calls it, or `not stated`."""
    outcome: str | None = None
    amount: float | int | None = None
    """Full number, in `unit`."""
    unit: str | None = None
    date: str | None = None
    legal_basis: str | None = None
    ordinal: str | None = None


class Award(FactBase, frozen=True, kw_only=True, tag="award"):
    """An honour given, announced or conferred."""

    award: str
    edition: int | None = None
    year: int | None = None
    awarders: tuple[str, ...] = ()
    winners: tuple[str, ...] = ()
    winner_types: tuple[str, ...] = ()
    """One for each winner: `company`, `school`, `team`, `institute`, `body`, `person`, `work`."""
    stated_count: int | None = None
    grades: tuple[str, ...] = ()
    date: str | None = None


class Conference(FactBase, frozen=True, kw_only=True, tag="conference"):
    """A named meeting, forum or fair with an edition, a year or a named place."""

    name: str
    edition: int | None = None
    year: int | None = None
    dates: tuple[str, ...] = ()
    """The day, or the first and the last."""
    place: str | None = None
    status: str | None = None


class Campaign(FactBase, frozen=True, kw_only=True, tag="campaign"):
    """A named action, campaign, week or month."""

    name: str
    by: tuple[str, ...] = ()
    by_count: int | None = None
    period: tuple[str, str] | None = None
    parts: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    edition: int | None = None


class First(FactBase, frozen=True, kw_only=True, tag="first"):
    """A claim to be the first of its kind, in the words of the text."""

    claim: str
    claimed_by: str | None = None
    """Who says so, where the sentence says who."""


class Theme(FactBase, frozen=True, kw_only=True, tag="theme"):
    """The theme somebody gives a year, or a week or day that returns every year."""

    name: str
    value: str
    year: int | None = None
    body: str | None = None


class Appointment(FactBase, frozen=True, kw_only=True, tag="appointment"):
    """Somebody takes or leaves an office."""

    person: str
    office: str | None = None
    act: str = ""
    """In the word of the text: 任命, 免去, 当选, 辞职, …"""
    by: str | None = None
    date: str | None = None


class Recall(FactBase, frozen=True, kw_only=True, tag="recall"):
    """A maker takes a product back."""

    product: str
    maker: str | None = None
    count: int | None = None
    unit: str | None = None
    defect: str | None = None
    date: str | None = None


class Statement(FactBase, frozen=True, kw_only=True, tag="statement"):
    """Somebody's exact words."""

    words: str
    speaker: str
    office: str | None = None
    occasion: str | None = None
    date: str | None = None


class Event(FactBase, frozen=True, kw_only=True, tag="event"):
    """A dated happening that is none of the other kinds."""

    what: str
    date: str | None = None
    place: str | None = None


Fact = (
    Document | Figure | Case | Award | Conference | Campaign | First | Theme | Appointment | Recall | Statement | Event
)


# ── group ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Member(Record, frozen=True, kw_only=True):
    """An article's place in a story, with what ranking needs to know of it."""

    article: str
    title: str
    published: str | None = None
    source: str | None = None
    position: int | None = None
    copy_of: str | None = None
    """The article this one is a copy or mirror of; copies add no weight."""
    copy_how: Literal["exact", "near", "mirror"] | None = None
    joined: str | None = None
    """Why it joined the story, in a sentence."""


class Moment(Record, frozen=True, kw_only=True):
    """One entry of a timeline: a day, a sentence, and where it stands."""

    date: str
    sentence: str
    article: str


class Story(Record, frozen=True, kw_only=True):
    """Articles about one happening."""

    id: str
    """`s-` and 16 hex digits of its first article; durable."""
    title: str
    lead: str = ""
    first: str | None = None
    last: str | None = None
    members: tuple[Member, ...] = ()
    timeline: tuple[Moment, ...] = ()
    fields: tuple[str, ...] = ()
    """Names of the pack's fields it belongs to, strongest first."""
    aliases: tuple[str, ...] = ()
    """Ids of stories that were merged into this one."""


# ── rank ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Period(Record, frozen=True, kw_only=True):
    """A span of days, both included, with the name people use for it."""

    name: str
    first: str
    last: str


class Reason(Record, frozen=True, kw_only=True):
    """One signal's part in a score: the number, its weight, and the sentence behind it."""

    signal: str
    value: float
    weight: float
    sentence: str


class Entry(Record, frozen=True, kw_only=True):
    """A story's place in a ranking."""

    rank: int
    story: str
    title: str
    score: float
    articles: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()


class Ranking(Record, frozen=True, kw_only=True):
    """What the machine proposes for a period and field, with reasons."""

    period: Period
    field: str | None
    list: str
    as_of: str
    entries: tuple[Entry, ...]
    considered: int
    """How many stories competed."""
    formula: str = ""
    """The formula that ran, readable."""
    next: Entry | None = None
    """The first that stayed outside."""


# ── edition ─────────────────────────────────────────────────────────────────────────────────────────────────────

EditionState = Literal["draft", "nominated", "voting", "decided", "published", "corrected"]


class Decision(Record, frozen=True, kw_only=True):
    """A person's edit of an edition, kept with who, when and why."""

    step: str
    by: str
    on: str
    reason: str = ""


class EditionEntry(Record, frozen=True, kw_only=True):
    """One line of an edition."""

    place: int
    story: str
    title: str
    lead: str = ""
    articles: tuple[str, ...] = ()


class Edition(Record, frozen=True, kw_only=True):
    """A list with a name and a period on its way to print."""

    id: str
    name: str
    period: Period
    field: str | None
    as_of: str
    state: EditionState = "draft"
    version: int = 1
    entries: tuple[EditionEntry, ...] = ()
    decisions: tuple[Decision, ...] = ()


# ── refusals ────────────────────────────────────────────────────────────────────────────────────────────────────


class Dropped(Record, frozen=True, kw_only=True):
    """Something a stage refused, kept with the reason."""

    stage: str
    record: str
    """Id of the page or article, or the name of the input where it has no id."""
    reason: str
    """A short word to count by: `no_text`, `bad_json`, `future_date`, …"""
    detail: str = ""
    """Where, what, and what to do, in a sentence."""
