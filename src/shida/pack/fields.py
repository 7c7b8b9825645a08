"""The fields of a pack, their topics, and how to tell them."""

from __future__ import annotations

from typing import Annotated

import msgspec

from shida.pack.sections import Section

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Pairs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every left part before every right part is a word: `俄` and `乌` before `称` and `军` are four words."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    def words(self) -> tuple[str, ...]:
        """All the words, left part first.

        >>> Pairs(left=("俄", "乌"), right=("称", "军")).words()
        ('俄称', '俄军', '乌称', '乌军')
        """
        return tuple(left + right for left in self.left for right in self.right)


class FieldRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to tell a field by a title: one strong word, or two others, and nothing that speaks against it."""

    name: str
    strong: tuple[str, ...] = ()
    """One of these is enough."""
    words: tuple[str, ...] = ()
    """Two of these are needed."""
    against: tuple[str, ...] = ()
    """Each takes a strong word back."""
    hides: tuple[str, ...] = ()
    """Words that hide what stands in them: there is no `质量提升` in `高质量提升`."""
    pairs: tuple[Pairs, ...] = ()
    """Strong words made of two parts."""
    sections: tuple[str, ...] = ()
    """Column names before a title, as in `【…】` or `…：`; strong."""
    rest_of: str | None = None
    """The field takes every story that this other field does not."""
    share: Share = 0.34
    """How many of a story's titles must belong."""


class Topic(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A branch of a field's topic tree: a title with one of its words is in it, in those above it, and in the field."""

    name: str
    field: str
    under: str | None = None
    words: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class Fields(Section, frozen=True, kw_only=True):
    """`fields.toml`. The fields of a pack, their topics, and how to tell them."""

    fields: tuple[FieldRule, ...] = ()
    topics: tuple[Topic, ...] = ()
