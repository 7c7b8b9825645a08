"""Words of cases, awards, meetings, campaigns, firsts, offices, statements and events."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import msgspec

from shida.pack.sections import Section


class Series(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A conference, award or campaign that returns, and the names it goes by."""

    name: str
    kind: Literal["conference", "award", "campaign"]
    aliases: tuple[str, ...] = ()
    since: str | None = None


class Happenings(Section, frozen=True, kw_only=True, dict=True):
    """`happenings.toml`. What shows that a sentence tells of a case, an award or a meeting, and what does not."""

    first_counters: tuple[str, ...] = ()
    """What stands behind 首 in a claim to be the first: 个, 次, 条."""
    first_lead: tuple[str, ...] = ()
    """Words right in front of 首 that belong to the claim: 全国, 今年."""
    first_cut: tuple[str, ...] = ()
    """Words that end what is claimed to be the first."""

    meeting_endings: tuple[str, ...] = ()
    not_meetings: tuple[str, ...] = ()
    """Words in a name that make it a session, a contest or a prize."""
    held: tuple[str, ...] = ()
    """Verbs of holding: 举行, 开幕."""

    campaign_endings: tuple[str, ...] = ()
    campaign_verbs: tuple[str, ...] = ()
    not_campaigns: tuple[str, ...] = ()
    """Words that alone name no campaign: 集中整治, 军事."""

    award_endings: tuple[str, ...] = ()
    not_awards: tuple[str, ...] = ()
    winner_types: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Type of winner → how names of that type end."""

    case_acts: dict[str, str] = msgspec.field(default_factory=dict)
    """Word for an act on parties → field of law it shows, or an empty text."""
    case_fields: dict[str, str] = msgspec.field(default_factory=dict)
    """Word in a sentence → field of the case."""
    authorities: tuple[str, ...] = ()
    """Endings of bodies that act on parties and that the pack does not name: 法院, 警方."""

    offices: tuple[str, ...] = ()
    """Endings of offices: 部长, 总统."""
    surnames: str = ""
    """Characters that Chinese names begin with."""
    speech_verbs: tuple[str, ...] = ()
    event_verbs: tuple[str, ...] = ()
    """Verbs of dated happenings that stand at the end of their clause: 通车, 发射升空."""
    ceremony_endings: tuple[str, ...] = ()

    series: tuple[Series, ...] = ()
    products: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Class of product → words that stand for it in a title or a recall."""

    @cached_property
    def series_by_word(self) -> dict[str, Series]:
        """Every name of a series → the series."""
        return {word: one for one in self.series for word in (one.name, *one.aliases)}

    def names_for(self, word: str) -> tuple[str, ...]:
        """All names of the series that is called so; the word alone where none is.

        >>> expo = Series(name="中国国际进口博览会", kind="conference", aliases=("进博会",))
        >>> Happenings(series=(expo,)).names_for("进博会"), Happenings().names_for("进博会")
        (('中国国际进口博览会', '进博会'), ('进博会',))
        """
        one = self.series_by_word.get(word)
        return (one.name, *one.aliases) if one else (word,)

    def product_class(self, product: str) -> str | None:
        """The class of a product by the longest word in its name; None where no word is.

        >>> Happenings(products={"汽车": ("汽车",), "儿童用品": ("儿童汽车",)}).product_class("甲牌儿童汽车座椅")
        '儿童用品'
        """
        found = [(len(word), name) for name, words in self.products.items() for word in words if word in product]
        return max(found, key=lambda pair: pair[0])[1] if found else None
