# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Shifted stretches, compiled: the same classes and methods as in Python under the same names, each explained there.

Characters are code points here. What is looked up for many characters in a row is asked for ahead (`fetch`), since the
tables are larger than the memory that is near.
"""

from cpython.unicode cimport (
    PyUnicode_2BYTE_KIND,
    PyUnicode_4BYTE_KIND,
    PyUnicode_DATA,
    PyUnicode_FromKindAndData,
    PyUnicode_KIND,
)
from libc.math cimport exp, log
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint64_t
from libc.stdlib cimport free, malloc, realloc

from shida.restore.speedups cimport Ngrams, Two, Words, unit

from functools import cached_property

import numpy as np

from shida.restore import chain, choosing, hidden, language, lost_ends, mending, open_ends, pairs, surroundings
from shida.restore.chain import Chain
from shida.restore.codes import LETTERS, back_table
from shida.restore.further import SEEN_AFTER, brackets, swallowed
from shida.restore.damage import pair_table
from shida.restore.grams import BACKING
from shida.restore.language import PAGE_WEIGHT
from shida.restore.pairs import CUT_TRAILS, Piece
from shida.restore.syllables import is_reading, pairs_by_text

cdef enum:
    WIDEST = 4  # characters that may stand for one: —— and what follows
    LINE = 40
    DASHES = 0xA1
    AFTER = 12  # printed characters that are looked at for the two after a place
    SYLLABLE = 6
    BESIDE_MOST = 12  # characters that are tried beside another

cdef double HIDDEN = pairs.HIDDEN
cdef double PAIRED = choosing.PAIRED, REACH = choosing.REACH, UNSURE = choosing.UNSURE, NEAR = choosing.NEAR
cdef double PROOF = mending.PROOF, SLACK = mending.SLACK, SEEN = mending.SEEN, GATE = mending.GATE, ONCE = lost_ends.ONCE
cdef double POOR = lost_ends.POOR, TWICE = lost_ends.TWICE, GUESSED = mending.GUESSED, DASHED = lost_ends.DASHED
cdef double DOUBT = open_ends.DOUBT, LEAST = hidden.LEAST, UNLIKELY = lost_ends.UNLIKELY, UNMATCHED = lost_ends.UNMATCHED
cdef double BY_WORDS = choosing.BY_WORDS, HIDDEN_BY_WORDS = mending.HIDDEN_BY_WORDS
cdef double FAR_BY_WORDS = mending.FAR_BY_WORDS, UNSETTLED = lost_ends.UNSETTLED
cdef Py_ssize_t BEFORE = choosing.BEFORE, AFTER_CUT = choosing.AFTER, AFTER_HIDDEN = choosing.AFTER_HIDDEN
cdef enum:
    LOOKED = 8
    RIVALS = 5
assert (LOOKED, RIVALS, DASHES) == (choosing.LOOKED, choosing.RIVALS, mending.DASHES)
# A line has room for what is put side by side: what stands before, all of it two and more for one, and behind.
assert BEFORE + 1 + BEFORE * WIDEST <= LINE and BEFORE + WIDEST + max(AFTER_CUT, AFTER_HIDDEN) <= LINE
assert 2 + 2 * surroundings.NEAR <= LINE and 2 + surroundings.GARBLED_LOOK <= LINE
cdef double GARBLED = surroundings.GARBLED
cdef int GARBLED_LOOK = surroundings.GARBLED_LOOK, GARBLED_LEAST = surroundings.GARBLED_LEAST
cdef Py_ssize_t BESIDE = surroundings.NEAR, QUOTED = surroundings.QUOTED, LONGEST = chain.LONGEST, HOLES = chain.HOLES
cdef Py_ssize_t DASH_ENDS = hidden.DASH_ENDS, BEGUN = hidden.BEGUN
assert max(DASH_ENDS, BEGUN) <= BESIDE_MOST
cdef str LOST_TEXT = pairs.LOST
cdef Py_UCS4 LOST = pairs.LOST, ZHE = "著"
cdef double NEVER = -1e9
cdef double TOTAL_BACKING = BACKING[2], PAGE = PAGE_WEIGHT
cdef bint prepared = False
cdef const uint16_t[::1] back_of  # as `back_table`
cdef uint8_t[0x400] is_letter  # of a reading
cdef uint16_t[0x10000] pair_of_code  # the two bytes of a character; of ASCII those that it had before it was folded
cdef uint16_t[0x10000] original_of  # by pair: what it was; LOST where it was nothing or one of two, but for 著


cdef int _prepare() except -1:
    """Make the tables, the first time they are wanted."""
    global prepared, back_of
    if prepared:
        return 0
    back_of = back_table()
    for at in range(0x400):
        is_letter[at] = chr(at) in LETTERS
    for text, pair in (*pairs_by_text().items(), *pairs.wide_pair().items()):
        if len(text) == 1 and ord(text) < 0x10000:
            pair_of_code[ord(text)] = pair
    for pair, texts in enumerate(pairs.originals()):
        original_of[pair] = ord(texts[len(texts) - 1]) if texts else ord(pairs.LOST)
    prepared = True
    return 0

include "cells.pxi"
include "chains.pxi"
include "rows.pxi"
include "pages.pxi"
include "choices.pxi"
include "meetings.pxi"
include "mendings.pxi"
include "readings.pxi"
