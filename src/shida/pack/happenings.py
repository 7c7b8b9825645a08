"""Words of cases, awards, meetings, campaigns, firsts, offices, statements and events."""

from __future__ import annotations

import msgspec

from shida.pack.sections import Section


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
