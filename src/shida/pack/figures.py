"""Units, qualifiers and words of change."""

from __future__ import annotations

import msgspec

from shida.pack.sections import Section


class Figures(Section, frozen=True, kw_only=True, dict=True):
    """`figures.toml`. Units, words of change, and what numbers are no figures."""

    money: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    """Units of length, area, mass, energy, …"""
    counters: tuple[str, ...] = ()
    """Words a counted thing stands behind: 家企业, 项标准."""
    not_after_unit: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Unit → what behind it makes it another word: 5部门, 3个月."""
    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    """Words behind a verb of change that make the number the new value: 增至, 提高到."""
    rates: dict[str, int] = msgspec.field(default_factory=dict)
    """Nouns that are themselves a change, with its sign: 增速, 降幅."""
    copulas: tuple[str, ...] = ()
    """Words between what is measured and the number: 达到, 为."""
    lead: tuple[str, ...] = ()
    """Words at the head of a clause that are no part of what is measured: 其中, 我国."""
    holidays: tuple[str, ...] = ()
    """Named stretches of days a figure may be for."""
    forecast: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    """Verbs with a counted object: 签订了64份合作文件."""
