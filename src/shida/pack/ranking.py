"""Lists: formulas, weights, fixtures and filler."""

from __future__ import annotations

from typing import Annotated

import msgspec

from shida.pack.sections import Section

Part = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Cue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words in a title that tell something about it, and how much."""

    name: str
    value: Part = 1.0
    words: tuple[str, ...] = ()
    """One of these must stand in the title."""
    needs: tuple[str, ...] = ()
    """And one of these."""
    unless: tuple[str, ...] = ()
    """And none of these."""
    starts: tuple[str, ...] = ()
    """A title that starts so has the cue, whatever else it says."""
    theme: bool = False
    """Acts of this kind add up to a theme: how much there is of it in the whole period lifts its best story."""
    by_actor: bool = False
    """The theme is one for each actor: a war for each pair of fighters, an election for each state."""
    under: str | None = None
    """Of an actor: the wider one that it is a part of; what it does adds to the wider one's theme too."""
    by_edition: bool = False
    """The theme is one for each edition: an anniversary, the number of a spacecraft."""


class ListRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One list: who may stand in it, how its score is made, and what its editors will not print twice."""

    name: str
    field: str | None = None
    weights: dict[str, float] = msgspec.field(default_factory=dict)
    """Signal → weight; the score is the sum of weight × value. A negative weight takes away."""
    acts: dict[str, float] = msgspec.field(default_factory=dict)
    """Kind of act → its value on this list, where it is not `other_acts` × the one of `[[acts]]`."""
    other_acts: Part = 1.0
    """What the kinds not named in `acts` keep of their value."""
    threads: tuple[str, ...] = ()
    """Kinds of act whose stories are one entry: all of one theme, with what other stories tell of it."""
    caps: dict[str, int] = msgspec.field(default_factory=dict)
    """Kind of act → how many entries of that kind the first ten may hold; the rest of the list in proportion."""
    floor: float = 0.0
    """A story that scores less does not enter; its place stays empty."""
    likeness: Part = 0.6
    """From this cosine of their titles on, two stories are one thread and the weaker is folded into the stronger."""
    fold_editions: bool = True
    """Stories of the same edition of an event are one thread; off where the list is of such events."""
    fold_documents: bool = False
    """Stories whose weightiest document is the same are one thread: what implements it, or explains it."""
    diversity: Part = 0.5
    """How much of its score a story loses for being like one that is in already."""
    repetition: Part = 0.1
    """How much of its score a story loses for each one of the same theme that is in already."""

    def worth(self, act: str, value: float) -> float:
        """What a kind of act is worth on this list.

        >>> ListRule(name="甲", acts={"夺冠": 1.0}, other_acts=0.5).worth("立法", 0.6)
        0.3
        """
        return self.acts.get(act, value * self.other_acts)


class Ranking(Section, frozen=True, kw_only=True):
    """`ranking.toml`. Lists: formulas, weights, fixtures and filler."""

    acts: tuple[Cue, ...] = ()
    """What was done or happened; the value is how weighty it is."""
    authorities: tuple[Cue, ...] = ()
    """Who acted."""
    consequences: tuple[Cue, ...] = ()
    """What followed from it, for how many."""
    reactions: tuple[Cue, ...] = ()
    """Titles that tell of the answer to something."""
    fixtures: tuple[Cue, ...] = ()
    """What comes back every year, month or week; the value is how much of it is routine."""
    fillers: tuple[Cue, ...] = ()
    """What fills a programme; the value is how much of a title's weight is lost."""
    actors: tuple[Cue, ...] = ()
    """States and parties abroad, by all that titles call them; an actor may be a region that holds others."""
    rank_values: dict[str, Part] = msgspec.field(default_factory=dict)
    """Rank of a name in `names.toml` → what its acting is worth."""
    document_values: dict[str, Part] = msgspec.field(default_factory=dict)
    """Kind of a document (of `documents.toml`) → what bringing one is worth."""
    fact_values: dict[str, Part] = msgspec.field(default_factory=dict)
    """Kind of a fact → what one is worth; documents have their own signal."""
    parts: dict[str, Part] = msgspec.field(default_factory=dict)
    """`in_text`: what a fact keeps of its worth that only the text states, not a title. `local`: how much of a title is
    routine that starts with a province or a city. A table, so that any pack may give them."""
    not_local: tuple[str, ...] = ()
    """Places whose affairs are the whole country's."""
    ranked_lists: tuple[ListRule, ...] = ()
