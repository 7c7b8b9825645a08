"""How well a few characters can be cut into words: what three characters at a time do not see.

A lost character is chosen by the two on each side of it. Where two choices are near each other, words decide: 幸 is
seldom a word, so that 幸福“ is likelier than 幸。“, although “ stands more often after 。 than after 福.

`shida.restore.speedups` has the same compiled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log

LONGEST = 4
"""Characters of the longest word that is looked for."""
ALONE = 0.03
"""How often a character is a word by itself, of all the times it was read."""
MARKS = "，。、；：！？“”‘’（）《》…—·"
"""Marks, all taken for as frequent as 。: which one stands in a place is not a matter of words."""
UNREAD = 0.3
"""How often a character is one that never was read."""


def word_logs(
    counts: Mapping[str, float], names: Iterable[str], ones: Mapping[str, float]
) -> tuple[dict[str, float], float]:
    """The logarithms of the chances of words and of single characters, and that of one that was never read.

    `counts` are words and how often each was met, `names` are words as well, `ones` says how often a character was
    read.

    >>> logs, unread = word_logs({"幸福": 50}, ["海康威视"], {"幸": 30.0, "。": 9000.0})
    >>> logs["幸福"] > logs["幸"] > unread, "海康威视" in logs
    (True, True)
    """
    often = {one: ALONE * number + UNREAD for one, number in ones.items()}
    often |= dict.fromkeys(MARKS, often.get("。", UNREAD))
    often |= {name: 1.0 for name in names if 1 < len(name) <= LONGEST}
    often |= {word: float(number) for word, number in counts.items() if 1 < len(word) <= LONGEST}
    total = log(sum(often.values()))
    return {word: log(number) - total for word, number in often.items() if min(word) > "\0" and max(word) < "\uffff"}, (
        log(UNREAD) - total
    )


class Words:
    """The chances of words: `logs` of what `word_logs` gives, and `unread` of any other character."""

    def __init__(self, logs: Mapping[str, float], unread: float) -> None:
        self._logs, self._unread = logs, unread

    def score(self, text: str) -> float:
        """The logarithm of the chance of the likeliest words that make up `text`, in nats.

        >>> words = Words(*word_logs({"幸福": 50, "家庭": 40}, (), {"幸": 30.0, "。": 9000.0, "福": 20.0}))
        >>> words.score("幸福家庭") > words.score("幸。家庭")
        True
        """
        known, unread = self._logs.get, self._unread
        best = [0.0]
        for end in range(1, len(text) + 1):
            found = best[-1] + known(text[end - 1], unread)
            for begin in range(max(0, end - LONGEST), end - 1):
                chance = known(text[begin:end])
                if chance is not None and best[begin] + chance > found:
                    found = best[begin] + chance
            best.append(found)
        return best[-1]
