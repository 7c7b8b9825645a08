"""What a page notes is found alike, however often it is asked, and as fast."""

from __future__ import annotations

import time
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from shida.restore import syllables
from shida.restore.damage import pair_table
from shida.restore.syllables import Notes, pairs_by_text, spoken, spoken_so

SAID = ("zhì", "shù", "yì", "yè", "m̀", "abc", "lü")
PRINTED = st.lists(
    st.one_of(
        st.sampled_from("質數業葉議異義譯執秩量呣()"),
        st.sampled_from([f"({said})" for said in SAID]),
        st.tuples(st.sampled_from("質數業異義譯呣"), st.sampled_from(SAID)).map(lambda both: f"{both[0]}({both[1]})"),
    ),
    max_size=60,
).map("".join)


def said_by(text: str) -> list[object]:
    """All that a page's notes are asked for."""
    notes = Notes(text, dict)
    table = pair_table()
    return [
        *(sorted(notes.noted(said)) for said in SAID),
        *(notes.behind(said) for said in SAID),
        *(notes.pairs(lead, said) for lead, said in spoken() if said in SAID),
        *(notes.behind(said) for said in SAID),
        [table[pair] for pair in notes.behind("zhì")],
    ]


@settings(deadline=None, max_examples=60)
@given(PRINTED)
def test_notes_are_the_same_however_many_are_asked_for(text: str) -> None:
    by_themselves, together = (patch.object(syllables, "ASKED", asked) for asked in (10**9, 0))
    with by_themselves:
        found = said_by(text)
    with together:
        assert said_by(text) == found
    assert said_by(text) == found


def test_a_page_is_not_read_again_for_every_note() -> None:
    """As many notes as a long page has shifted places, each of a reading that many characters have."""
    text = "".join(one for one in pairs_by_text() if one > "一") * 8
    ambiguous = [key for key, pairs in spoken().items() if len(pairs) > 1]
    notes = Notes(text, dict)
    said = list(spoken_so())
    start = time.process_time()
    for at in range(len(text) // syllables.ASKED):
        notes.noted(f"{at:x}")
        notes.behind(said[at % len(said)])
        notes.pairs(*ambiguous[at % len(ambiguous)])
    assert time.process_time() - start < 2  # 12 s where the page is read each time
