from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from shida.records import Change
from shida.restore.arrays import Codes, Flags, Keys, Places

def count_classes(codes: Codes, table: npt.NDArray[np.uint8], classes: int) -> list[int]: ...
def count_each(codes: Codes, wanted: Codes) -> Places: ...
def find_readings(codes: Codes, known: Keys) -> tuple[Places, Places, Places, Places, Places]: ...
def turn(codes: Codes, starts: Places, ends: Places, back: Codes) -> tuple[Flags, Places, str]: ...
def change_runs(
    text: str,
    edited: Flags,
    kept_before: Places,
    restored: str,
    breaks: Sequence[int],
    turned: str,
    taken: str,
    joined: int,
) -> list[Change]: ...
