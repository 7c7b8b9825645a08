# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The passes of `shida.restore.arrays`, compiled: what they take, give and mean is written there.

Every loop goes over the code points of a page once. Nothing is read beyond an array's own length, whatever the page.
"""

import numpy as np
from cpython.unicode cimport PyUnicode_DecodeUTF16
from libc.math cimport exp
from libc.stdint cimport int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc

from shida.records import Change
from shida.restore import arrays, words

cdef enum:
    OPEN = 0x28
    CLOSE = 0x29
    LONGEST = 6
    PROBES = 64  # places looked at for each bracket, beyond which a page is crafted

cdef uint64_t FIRST_MIXER = 0x9E3779B97F4A7C15ULL
cdef uint64_t SECOND_MIXER = 0xC2B2AE3D27D4EB4FULL
cdef uint64_t THIRD_MIXER = 0x165667B19E3779F9ULL


def count_classes(const uint16_t[::1] codes, const uint8_t[::1] table, int classes):
    cdef int64_t[4][256] counts
    cdef Py_ssize_t at, size = codes.shape[0], whole = size & ~3
    cdef int kind, lane
    for lane in range(4):  # four, so that one count need not wait for the one before it
        for kind in range(256):
            counts[lane][kind] = 0
    for at in range(0, whole, 4):
        counts[0][table[codes[at]]] += 1
        counts[1][table[codes[at + 1]]] += 1
        counts[2][table[codes[at + 2]]] += 1
        counts[3][table[codes[at + 3]]] += 1
    for at in range(whole, size):
        counts[0][table[codes[at]]] += 1
    return [counts[0][kind] + counts[1][kind] + counts[2][kind] + counts[3][kind] for kind in range(classes)]


def blank(const uint16_t[::1] codes, list spans, const uint8_t[::1] table, counts, int other, int space):
    cdef Py_ssize_t at, start, end, size = codes.shape[0]
    found = np.empty(size, np.uint16)
    cdef uint16_t[::1] kept = found
    cdef list left = list(counts)
    cdef int64_t[256] gone
    cdef int kind
    for kind in range(256):
        gone[kind] = 0
    for at in range(size):
        kept[at] = codes[at]
    for start, end in spans:
        for at in range(max(0, start), min(end, size)):
            gone[table[codes[at]]] += 1
            gone[other] -= 1
            kept[at] = <uint16_t> space
    for kind in range(min(256, len(left))):
        left[kind] -= gone[kind]
    return found, tuple(left)


cdef uint32_t[0x10000] counts_of  # zero but while they are used


def count_each(const uint16_t[::1] codes, const uint16_t[::1] wanted):
    cdef Py_ssize_t at
    found = np.empty(wanted.shape[0], np.int64)
    cdef int64_t[::1] times = found
    for at in range(codes.shape[0]):
        counts_of[codes[at]] += 1
    for at in range(wanted.shape[0]):
        times[at] = counts_of[wanted[at]]
    for at in range(codes.shape[0]):
        counts_of[codes[at]] = 0
    return found


cdef inline bint _is_known(const uint64_t[::1] known, uint64_t key) noexcept:
    cdef Py_ssize_t low = 0, high = known.shape[0], middle
    while low < high:
        middle = (low + high) >> 1
        if known[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low < known.shape[0] and known[low] == key


def find_readings(const uint16_t[::1] codes, const uint64_t[::1] known):
    cdef Py_ssize_t size = codes.shape[0], at, end, length, letter, brackets = 0
    for at in range(size):
        brackets += codes[at] == OPEN
    starts, ends, firsts, times, others = room = np.empty((5, brackets), np.int64)
    cdef int64_t[:, ::1] rows = room
    cdef Py_ssize_t slots = 16, slot
    while slots < 2 * brackets:
        slots *= 2
    cdef uint64_t *keys = <uint64_t *> malloc(2 * slots * sizeof(uint64_t))
    if keys == NULL:
        raise MemoryError
    cdef int64_t *different = <int64_t *> (keys + slots)  # -2: free, -1: no reading, else which one it is
    for slot in range(slots):
        different[slot] = -2
    cdef Py_ssize_t found = 0, kinds = 0, left = 0, probes = 0
    cdef uint64_t head, tail, key
    for at in range(1, size):
        if codes[at] != OPEN:
            continue
        end = at + 1
        while end < size and end - at <= LONGEST and codes[end] != CLOSE:
            end += 1
        length = end - at - 1
        if end >= size or codes[end] != CLOSE or not length:
            continue
        head = tail = 0
        for letter in range(length):
            if letter < 4:
                head |= (<uint64_t> codes[at + 1 + letter]) << (16 * letter)
            else:
                tail |= (<uint64_t> codes[at + 1 + letter]) << (16 * (letter - 4))
        key = head * FIRST_MIXER + tail * SECOND_MIXER + codes[at - 1] * THIRD_MIXER
        slot = <Py_ssize_t> (key >> 40) & (slots - 1)
        while different[slot] != -2 and keys[slot] != key:
            slot = (slot + 1) & (slots - 1)
            probes += 1
        if probes > PROBES * brackets:  # somebody chose notes that meet in one place
            free(keys)
            return arrays.find_readings(np.asarray(codes), np.asarray(known))
        if different[slot] == -2:
            keys[slot] = key
            different[slot] = -1
            if _is_known(known, key):
                different[slot] = kinds
                rows[2, kinds] = found
                rows[3, kinds] = 0
                kinds += 1
        if different[slot] < 0:
            if 0x40 <= codes[at - 1] < 0x7F:
                rows[4, left] = at
                left += 1
        else:
            rows[0, found] = at
            rows[1, found] = end + 1
            rows[3, different[slot]] += 1
            found += 1
    free(keys)
    return starts[:found], ends[:found], firsts[:kinds], times[:kinds], others[:left]


def turn(
    const uint16_t[::1] codes,
    const uint16_t[::1] whole,
    const int64_t[::1] starts,
    const int64_t[::1] ends,
    const uint16_t[::1] back,
):
    cdef Py_ssize_t size = min(codes.shape[0], whole.shape[0]), at = 0, note = 0, kept = 0, end
    edited, kept_before, plain = np.empty(size, np.bool_), np.empty(size + 1, np.int64), np.empty(size, np.uint16)
    cdef uint8_t[::1] edited_at = edited.view(np.uint8)
    cdef int64_t[::1] before = kept_before
    cdef uint16_t[::1] plain_at = plain
    cdef uint16_t turned
    while at < size:
        if note < starts.shape[0] and starts[note] == at:
            end = min(ends[note], size)
            note += 1
            while at < end:
                before[at] = kept
                edited_at[at] = True
                at += 1
            continue
        turned = back[codes[at]] if codes[at] == whole[at] else whole[at]
        edited_at[at] = turned != whole[at]
        plain_at[kept] = turned
        before[at] = kept
        kept += 1
        at += 1
    before[size] = kept
    cdef int little_endian = -1
    text = PyUnicode_DecodeUTF16(<char *> &plain_at[0], 2 * kept, "surrogatepass", &little_endian) if kept else ""
    return edited, kept_before, text


def change_runs(str text, edited, const int64_t[::1] kept_before, str restored, breaks, str turned, str taken, int joined):
    cdef const uint8_t[::1] edited_at = edited.view(np.uint8)
    cdef Py_ssize_t size = edited_at.shape[0], at = 0, start, last, first, stop, passed = 0, number = len(breaks)
    cdef Py_ssize_t edge = 0
    changes = []
    while at < size:
        if not edited_at[at]:
            at += 1
            continue
        start = last = at
        while edge <= start:  # where the next run ends at the latest
            edge = min(breaks[passed], size) if passed < number else size
            passed += 1
        at += 1
        while at < edge and at - last <= joined + 1:
            if edited_at[at]:
                last = at
            at += 1
        at = last + 1
        first, stop = kept_before[start], kept_before[at]
        changes.append(
            Change(
                start=start,
                end=at,
                before=text[start:at],
                after=restored[first:stop],
                rule=turned if stop - first == at - start else taken,
                proved=True,
            )
        )
    return changes


include "chances.pxi"
