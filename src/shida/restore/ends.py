"""The short way through a shifted stretch: the chain is followed, then what it leaves open is chosen."""

from __future__ import annotations

from functools import cached_property

from shida.restore.chain import right_context
from shida.restore.language import Language
from shida.restore.mending import SEEN
from shida.restore.pairs import LOST, Piece
from shida.restore.syllables import Notes

try:
    from shida.restore.stretches import Hidden, Reading, follow
    from shida.restore.stretches import PageGrams as PageGrams
    from shida.restore.stretches import Surroundings as Surroundings
except ImportError:
    from shida.restore.chain import follow
    from shida.restore.hidden import Hidden
    from shida.restore.language import PageGrams as PageGrams
    from shida.restore.open_ends import Reading
    from shida.restore.surroundings import Surroundings as Surroundings


class Ends:
    """Chooses what a chain leaves open."""

    def __init__(self, language: Language) -> None:
        self.language = language

    @cached_property
    def hidden(self) -> Hidden:
        """The characters ever read together, by what damage leaves of them."""
        return Hidden(self.language)

    def solve(
        self, text: str, start: int, end: int, left: str, notes: Notes, page: PageGrams, *, quoted: bool, folded: bool
    ) -> tuple[list[Piece], int] | None:
        """The pieces of the chain that begins at `start`, and where it ends; None where none does, or it looks wrong.

        `left` are the restored characters before it, two at least. `quoted`: a quotation is open there, so that ” may
        close it. `folded`: the page has full width as ASCII.
        """
        chain = follow(text, start, end, notes, self._reads, self.hidden.unprinted, folded=folded)
        if chain is None:
            return None
        reading = Reading(self.language, self.hidden, chain, left, text, page, quoted=quoted)
        pieces = reading.pieces()
        return (pieces, chain.end) if pieces else None

    def shifted(self, text: str, start: int, end: int, notes: Notes, *, folded: bool) -> tuple[str, int]:
        """What the bytes alone say of the chain that begins at `start`, and where it ends; nothing where none does."""
        chain = follow(text, start, end, notes, self._reads, self.hidden.unprinted, folded=folded)
        return (chain.known.replace(LOST, ""), chain.end) if chain else ("", start)

    def _reads(self, printed: str) -> bool:
        """Whether characters that a page prints read as they stand."""
        shown = right_context(printed, 0) + right_context(printed, 1)[1:]
        often = self.language.often
        return often(shown[:2]) >= SEEN or often(shown[1:]) >= SEEN


_ENDS: dict[int, tuple[Language, Ends]] = {}


def ends_of(language: Language) -> Ends:
    """The Ends of a language, kept beside it."""
    kept = _ENDS.get(id(language))
    if kept is None:
        if len(_ENDS) > 3:
            _ENDS.clear()
        kept = _ENDS[id(language)] = (language, Ends(language))
    return kept[1]
