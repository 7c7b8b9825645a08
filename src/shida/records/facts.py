"""What a sentence states: a record a kind of fact, each with its evidence."""

from __future__ import annotations

from typing import Literal

from shida.records.pages import Record


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
    amends: tuple[str, ...] = ()
    """Titles of documents this one changes: 关于修改《…》的决定."""
    implements: tuple[str, ...] = ()
    """Titles of documents it carries out: 《…》实施条例, 为贯彻落实《…》."""
    replaces: tuple[str, ...] = ()
    """Titles of documents that end where it begins: 《…》同时废止."""


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
    basis: str | None = None
    """What the change is against, in the words of the text: `同比`, `环比`, `比上月`, `较2020年`."""
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
