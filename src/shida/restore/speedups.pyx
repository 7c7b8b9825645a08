# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The passes of `shida.restore.arrays`, compiled: what they take, give and mean is written there.

Every loop goes over the code points of a page once or twice. Nothing is read beyond an array's own length,
whatever the page.
"""

import numpy as np
from cpython.object cimport PyObject
from cpython.unicode cimport (
    PyUnicode_1BYTE_KIND,
    PyUnicode_2BYTE_KIND,
    PyUnicode_DATA,
    PyUnicode_FindChar,
    PyUnicode_FromKindAndData,
    PyUnicode_KIND,
    PyUnicode_Substring,
)
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy, memset

from shida.records import Change
from shida.restore import arrays, words

cdef enum:
    BEYOND = 0xFFFF
    OPEN = 0x28
    CLOSE = 0x29
    LONGEST = 6
    PROBES = 64  # places looked at for each bracket, beyond which a page is crafted

cdef extern from "Python.h":
    object PyObject_Vectorcall(object called, PyObject *const *given, size_t number, object names)

assert (BEYOND, LONGEST) == (arrays.BEYOND, arrays.LONGEST_SYLLABLE)
cdef uint64_t FIRST_MIXER = 0x9E3779B97F4A7C15ULL
cdef uint64_t SECOND_MIXER = 0xC2B2AE3D27D4EB4FULL
cdef uint64_t THIRD_MIXER = 0x165667B19E3779F9ULL


def count_classes(str text, const uint8_t[::1] table, int classes):
    cdef int64_t[4][256] counts
    cdef Py_ssize_t at, size = len(text), whole = size & ~3
    cdef int width, kind, lane
    cdef const void *data = PyUnicode_DATA(text)
    found = np.empty(size, np.uint16)
    cdef uint16_t[::1] kept = found
    cdef uint16_t *codes = &kept[0] if size else NULL
    width = PyUnicode_KIND(text)
    if width == PyUnicode_2BYTE_KIND:
        memcpy(codes, data, 2 * size)
    elif width == PyUnicode_1BYTE_KIND:
        for at in range(size):
            codes[at] = (<const uint8_t *> data)[at]
    else:
        for at in range(size):
            codes[at] = <uint16_t> min((<const uint32_t *> data)[at], BEYOND)
    for lane in range(4):  # four, so that one count need not wait for the one before it
        for kind in range(classes):
            counts[lane][kind] = 0
    for at in range(0, whole, 4):
        counts[0][table[codes[at]]] += 1
        counts[1][table[codes[at + 1]]] += 1
        counts[2][table[codes[at + 2]]] += 1
        counts[3][table[codes[at + 3]]] += 1
    for at in range(whole, size):
        counts[0][table[codes[at]]] += 1
    return found, [counts[0][kind] + counts[1][kind] + counts[2][kind] + counts[3][kind] for kind in range(classes)]


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
cdef uint64_t[0x400] is_counted  # the same: a bit for each character that is; all bits are near


def weigh_notes(
    const uint16_t[::1] codes,
    const int64_t[::1] starts,
    const int64_t[::1] firsts,
    const int64_t[::1] times,
    const uint8_t[::1] turned,
):
    cdef Py_ssize_t at, size = codes.shape[0], number = firsts.shape[0]
    cdef int64_t on_turned = 0, steady = 0
    cdef uint16_t code
    noted = np.empty(number, np.uint16)
    cdef uint16_t[::1] noted_at = noted
    for at in range(number):
        code = noted_at[at] = codes[starts[firsts[at]] - 1]
        is_counted[code >> 6] |= <uint64_t> 1 << (code & 63)
    for at in range(size):
        code = codes[at]
        if is_counted[code >> 6] >> (code & 63) & 1:
            counts_of[code] += 1
    for at in range(number):
        code = noted_at[at]
        on_turned += times[at] * turned[code]
        steady += counts_of[code] <= times[at] + 1
    for at in range(number):
        code = noted_at[at]
        counts_of[code] = is_counted[code >> 6] = 0
    return noted, on_turned, steady


cdef inline bint _is_in_address(Py_UCS4 one) noexcept:
    return 0x21 <= one < 0x7F and one not in (0x28, 0x29, 0x3C, 0x3E)


cdef inline int _scheme_length(str text, Py_ssize_t at) except -1:
    """Letters of the scheme that ends at `at`; 0 where none is there that pages use."""
    cdef str before = text[max(0, at - 5) : at].lower()
    return 5 if before == "https" else 4 if before.endswith("http") else 3 if before.endswith("ftp") else 0


def find_addresses(str text, Py_ssize_t longest):
    cdef Py_ssize_t size = len(text), at = 0, end, start
    cdef int scheme
    found = []
    while True:
        at = PyUnicode_FindChar(text, 0x3A, at, size, 1)
        if at < 0:
            return found
        if at + 3 >= size or text[at + 1] != 0x2F or text[at + 2] != 0x2F or not _is_in_address(text[at + 3]):
            at += 1
            continue
        scheme = _scheme_length(text, at)
        if not scheme:
            at += 1
            continue
        start, end = at - scheme, at + 3
        while end < size and end - at - 3 < longest and _is_in_address(text[end]):
            end += 1
        if found and start <= <Py_ssize_t> (<tuple> found[len(found) - 1])[1]:
            start = (<tuple> found.pop())[0]
        found.append((start, end))
        at = end


def key_table(const uint64_t[::1] keys):
    """The keys where they are looked for: each in the first free place from its own on, and 0 in free ones."""
    cdef Py_ssize_t size = 16, at
    cdef uint64_t slot
    while size < 2 * keys.shape[0]:
        size *= 2
    found = np.zeros(size, np.uint64)
    cdef uint64_t[::1] table = found
    for at in range(keys.shape[0]):
        if not keys[at]:
            raise ValueError("0 is the key of no note")
        slot = keys[at] >> 32 & (size - 1)
        while table[slot]:
            slot = (slot + 1) & (size - 1)
        table[slot] = keys[at]
    return found


cdef inline bint _is_known(const uint64_t[::1] known, uint64_t key) noexcept:
    cdef uint64_t mask = known.shape[0] - 1, slot = key >> 32 & mask
    while known[slot]:
        if known[slot] == key:
            return True
        slot = (slot + 1) & mask
    return False


cdef struct Note:
    int64_t start, end, kind  # which different one it is
    uint64_t letters  # the part of its key that the letters make


cdef struct Kind:
    uint64_t key
    int64_t number  # among those that are readings, -1 where it is none


def find_readings(
    const uint16_t[::1] codes, const uint64_t[::1] known, const uint8_t[::1] trails, const uint16_t[::1] characters
):
    cdef Py_ssize_t size = codes.shape[0], at, end, length, letter, brackets = 0
    for at in range(size):
        brackets += codes[at] == OPEN
    room = np.empty((6, brackets), np.int64)
    cdef int64_t[:, ::1] rows = room
    cdef Py_ssize_t slots = 16
    while slots < 2 * brackets:
        slots *= 2
    cdef Note *notes = <Note *> malloc(brackets * (sizeof(Note) + sizeof(Kind)) + slots * sizeof(int32_t))
    if notes == NULL:
        raise MemoryError
    cdef Kind *kinds = <Kind *> (notes + brackets)
    cdef int32_t *places = <int32_t *> (kinds + brackets)  # of the different ones, counted from 1; 0: free
    memset(places, 0, slots * sizeof(int32_t))
    cdef Py_ssize_t number = 0, different = 0, found = 0, read = 0, across = 0, probes = 0
    cdef uint64_t head, tail, key, slot, mask = known.shape[0] - 1
    cdef int pair
    cdef Note *note
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
        note = &notes[number]
        number += 1
        note.start, note.end = at, end + 1
        note.letters = head * FIRST_MIXER + tail * SECOND_MIXER
        key = note.letters + codes[at - 1] * THIRD_MIXER
        slot = key >> 40 & (slots - 1)
        while places[slot] and kinds[places[slot] - 1].key != key:
            slot = (slot + 1) & (slots - 1)
            probes += 1
        if probes > PROBES * brackets:  # somebody chose notes that meet in one place
            free(notes)
            every = np.asarray(known)
            return arrays.find_readings(
                np.asarray(codes), np.sort(every[every > 0]), np.asarray(trails), np.asarray(characters)
            )
        if not places[slot]:
            kinds[different].key = key
            shida_fetch(&known[key >> 32 & mask])
            different += 1
            places[slot] = <int32_t> different
        note.kind = places[slot] - 1
    for at in range(different):
        kinds[at].number = -1
        if _is_known(known, kinds[at].key):
            kinds[at].number = read
            rows[3, read] = 0
            read += 1
    for at in range(number):
        note = &notes[at]
        if kinds[note.kind].number >= 0:
            if not rows[3, kinds[note.kind].number]:
                rows[2, kinds[note.kind].number] = found
            rows[3, kinds[note.kind].number] += 1
            rows[0, found], rows[1, found] = note.start, note.end
            found += 1
        elif note.start > 1 and 0x40 <= codes[note.start - 1] < 0x7F and trails[codes[note.start - 2]]:
            pair = trails[codes[note.start - 2]] << 8 | codes[note.start - 1]
            if characters[pair] and _is_known(known, note.letters + characters[pair] * THIRD_MIXER):
                rows[4, across], rows[5, across] = note.start, note.end
                across += 1
    free(notes)
    return room[0, :found], room[1, :found], room[2, :read], room[3, :read], room[4, :across], room[5, :across]


def turn(
    const uint16_t[::1] codes,
    const uint16_t[::1] whole,
    const int64_t[::1] starts,
    const int64_t[::1] ends,
    const int64_t[::1] more_starts,
    const int64_t[::1] more_ends,
    const uint16_t[::1] back,
):
    cdef Py_ssize_t size = min(codes.shape[0], whole.shape[0]), at = 0, note = 0, more = 0, kept = 0, start, end
    edited, kept_before, plain = np.empty(size, np.bool_), np.empty(size + 1, np.int64), np.empty(size, np.uint16)
    cdef uint8_t[::1] edited_at = edited.view(np.uint8)
    cdef int64_t[::1] before = kept_before
    cdef uint16_t[::1] plain_at = plain
    cdef uint16_t turned
    while True:
        start = end = size
        if note < starts.shape[0]:
            start, end = min(starts[note], size), min(ends[note], size)
        if more < more_starts.shape[0] and more_starts[more] < start:
            start, end = more_starts[more], min(more_ends[more], size)
            more += 1
        else:
            note += 1
        while at < start:
            turned = back[codes[at]] if codes[at] == whole[at] else whole[at]
            edited_at[at] = turned != whole[at]
            plain_at[kept] = turned
            before[at] = kept
            kept += 1
            at += 1
        while at < end:
            before[at] = kept
            edited_at[at] = True
            at += 1
        if at >= size:
            break
    before[size] = kept
    return edited, kept_before, PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, &plain_at[0], kept) if kept else ""


cdef tuple _CHANGE = ("start", "end", "before", "after", "rule", "proved")


def change_runs(
    str text,
    edited,
    const int64_t[::1] kept_before,
    str restored,
    settled,
    breaks,
    str turned,
    str taken,
    int joined,
):
    cdef const uint8_t[::1] edited_at = edited.view(np.uint8)
    cdef Py_ssize_t size = min(edited_at.shape[0], kept_before.shape[0] - 1, len(text)), at = 0, start, last
    cdef Py_ssize_t first, stop, edge = 0, passed = 0, number = len(breaks), done = 0, all_done = len(settled)
    cdef Py_ssize_t settled_start = size, settled_end = size, put = 0, length = len(restored)
    cdef list changes = [], parts = []
    cdef PyObject *given[6]
    cdef object here, there, before, became, after, change, yes = True
    given[5] = <PyObject *> yes
    while True:
        if done < all_done:
            settled_start, settled_end, after, change = settled[done]
            settled_start = max(at, min(settled_start, size))
            settled_end = max(settled_start, min(settled_end, size))
        else:
            settled_start = settled_end = size
        while at < settled_start:
            if not edited_at[at]:
                at += 1
                continue
            start = last = at
            while edge <= start:  # where the next run ends at the latest
                edge = min(breaks[passed], size) if passed < number else size
                passed += 1
            stop = min(edge, settled_start)
            at += 1
            while at < stop and at - last <= joined + 1:
                if edited_at[at]:
                    last = at
                at += 1
            at = last + 1
            first, stop = min(kept_before[start], length), min(kept_before[at], length)
            here, there = start, at
            before, became = PyUnicode_Substring(text, start, at), PyUnicode_Substring(restored, first, stop)
            given[0], given[1], given[2] = <PyObject *> here, <PyObject *> there, <PyObject *> before
            given[3], given[4] = <PyObject *> became, <PyObject *> (turned if stop - first == at - start else taken)
            changes.append(PyObject_Vectorcall(Change, given, 0, _CHANGE))
        if done == all_done:
            break
        if change is not None:
            changes.append(change)
        parts.append(PyUnicode_Substring(restored, put, max(put, min(kept_before[settled_start], length))))
        parts.append(after)
        put = min(kept_before[settled_end], length)
        at = settled_end
        done += 1
    if parts:
        parts.append(PyUnicode_Substring(restored, put, length))
        restored = "".join(parts)
    return changes, restored


include "chances.pxi"
