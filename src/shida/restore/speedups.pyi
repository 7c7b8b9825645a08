from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from shida.records import Change
from shida.restore.arrays import Codes, Flags, Keys, Places, Settled
from shida.restore.ngrams import Logs

def count_classes(text: str, table: npt.NDArray[np.uint8], classes: int) -> tuple[Codes, list[int]]: ...
def blank(
    codes: Codes,
    spans: list[tuple[int, int]],
    table: npt.NDArray[np.uint8],
    counts: tuple[int, ...],
    other: int,
    space: int,
) -> tuple[Codes, tuple[int, ...]]: ...
def key_table(keys: Keys) -> Keys: ...
def find_readings(
    codes: Codes, known: Keys, trails: npt.NDArray[np.uint8], characters: Codes
) -> tuple[Places, Places, Places, Places, Places, Places]: ...
def find_addresses(text: str, longest: int) -> list[tuple[int, int]]: ...
def weigh_notes(
    codes: Codes, starts: Places, firsts: Places, times: Places, turned: npt.NDArray[np.uint8]
) -> tuple[Codes, int, int]: ...
def turn(
    codes: Codes,
    whole: Codes,
    starts: Places,
    ends: Places,
    more_starts: Places,
    more_ends: Places,
    back: Codes,
) -> tuple[Flags, Places, str]: ...
def change_runs(
    text: str,
    edited: Flags,
    kept_before: Places,
    restored: str,
    settled: Sequence[Settled],
    breaks: Sequence[int],
    turned: str,
    taken: str,
    joined: int,
) -> tuple[list[Change], str]: ...

class Ngrams:
    def __init__(
        self, ones: Logs, twos: Logs, threes: Logs, after_one: Logs, after_two: Logs, overs: Logs, rare: float
    ) -> None: ...
    def one(self, character: str) -> float: ...
    def backed(self, context: str) -> float: ...
    def pair(self, two: str) -> float: ...
    def over(self, character: str) -> float: ...
    def often(self, two: str) -> float: ...
    def likely(self, three: str) -> float: ...
    def score(self, whole: str) -> float: ...

class Words:
    def __init__(self, logs: Mapping[str, float], unread: float) -> None: ...
    def score(self, text: str) -> float: ...
