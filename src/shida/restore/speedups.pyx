# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The passes of `shida.restore.arrays`, compiled: what they take, give and mean is written there.

Every loop goes over the code points of a page once. Nothing is read beyond an array's own length, whatever the page.
"""

import numpy as np
from cpython.unicode cimport PyUnicode_DecodeUTF16
from libc.math cimport exp
from libc.stdint cimport int64_t, uint8_t, uint16_t, uint64_t

from shida.records import Change

cdef enum:
    OPEN = 0x28
    CLOSE = 0x29
    LONGEST = 6

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


def count_each(const uint16_t[::1] codes, const uint16_t[::1] wanted):
    cdef int64_t[::1] counts = np.zeros(0x10000, np.int64)
    cdef Py_ssize_t at
    for at in range(codes.shape[0]):
        counts[codes[at]] += 1
    found = np.empty(wanted.shape[0], np.int64)
    cdef int64_t[::1] times = found
    for at in range(wanted.shape[0]):
        times[at] = counts[wanted[at]]
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
    starts, ends = np.empty(brackets, np.int64), np.empty(brackets, np.int64)
    firsts, times, others = np.empty(brackets, np.int64), np.empty(brackets, np.int64), np.empty(brackets, np.int64)
    cdef int64_t[::1] start_of = starts, end_of = ends, first_of = firsts, times_of = times, other_at = others
    cdef Py_ssize_t slots = 16, slot
    while slots < 2 * brackets:
        slots *= 2
    cdef uint64_t[::1] keys = np.empty(slots, np.uint64)
    cdef int64_t[::1] different = np.full(slots, -2, np.int64)  # -2: free, -1: no reading, else which one it is
    cdef Py_ssize_t found = 0, kinds = 0, left = 0
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
        if different[slot] == -2:
            keys[slot] = key
            different[slot] = -1
            if _is_known(known, key):
                different[slot] = kinds
                first_of[kinds] = found
                times_of[kinds] = 0
                kinds += 1
        if different[slot] < 0:
            other_at[left] = at
            left += 1
        else:
            start_of[found] = at
            end_of[found] = end + 1
            times_of[different[slot]] += 1
            found += 1
    return starts[:found], ends[:found], firsts[:kinds], times[:kinds], others[:left]


def turn(const uint16_t[::1] codes, const int64_t[::1] starts, const int64_t[::1] ends, const uint16_t[::1] back):
    cdef Py_ssize_t size = codes.shape[0], at = 0, note = 0, kept = 0, end
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
        turned = back[codes[at]]
        edited_at[at] = turned != codes[at]
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


cdef struct Slot:
    uint64_t key  # plus one, so that 0 is free
    double chance  # the logarithm; 1 where the gram was never read itself
    double share  # the logarithm of what backs off from it as a context


cdef class Ngrams:
    """The chances of `shida.restore.ngrams.Ngrams`, in two open tables of numbers instead of dictionaries of text."""

    cdef Slot[::1] _twos, _threes
    cdef double[::1] _ones, _backs, _overs

    def __init__(self, ones, twos, threes, after_one, after_two, overs, double rare):
        self._ones = np.full(0x10000, rare)
        self._backs = np.zeros(0x10000)
        np.asarray(self._ones)[ones[0].astype(np.int64)] = ones[1]
        np.asarray(self._backs)[after_one[0].astype(np.int64)] = after_one[1]
        self._overs = np.zeros(0x10000)
        np.asarray(self._overs)[overs[0].astype(np.int64)] = overs[1]
        self._twos = self._table(len(twos[0]) + len(after_two[0]))
        self._threes = self._table(len(threes[0]))
        self._fill(self._twos, twos[0], twos[1], False)
        self._fill(self._twos, after_two[0], after_two[1], True)
        self._fill(self._threes, threes[0], threes[1], False)

    def _table(self, Py_ssize_t entries):
        cdef Py_ssize_t slots = 16
        while slots < 2 * entries:
            slots *= 2
        table = np.zeros(slots, [("key", np.uint64), ("chance", np.float64), ("share", np.float64)])
        table["chance"] = 1.0
        return table

    cdef void _fill(self, Slot[::1] table, const uint64_t[::1] keys, const double[::1] values, bint shares):
        cdef Py_ssize_t at
        cdef Slot *slot
        for at in range(keys.shape[0]):
            slot = _find(table, keys[at])
            slot.key = keys[at] + 1
            if shares:
                slot.share = values[at]
            else:
                slot.chance = values[at]

    cdef inline double _pair(self, Py_UCS4 before, Py_UCS4 after) noexcept:
        cdef uint64_t one = _unit(before), two = _unit(after)
        cdef Slot *slot = _find(self._twos, one << 16 | two)
        return slot.chance if slot.chance <= 0.0 else self._ones[two] + self._backs[one]

    cdef inline double _three(self, Py_UCS4 first, Py_UCS4 second, Py_UCS4 third) noexcept:
        cdef uint64_t context = _unit(first) << 16 | _unit(second)
        cdef double share = _find(self._twos, context).share
        cdef Slot *slot
        if share != 0.0:  # something was read after these two
            slot = _find(self._threes, context << 16 | _unit(third))
            if slot.chance <= 0.0:
                return slot.chance
        return self._pair(second, third) + share

    def one(self, str character):
        return self._ones[_unit(character[0])]

    def backed(self, str context):
        if len(context) == 1:
            return self._backs[_unit(context[0])]
        return _find(self._twos, _unit(context[0]) << 16 | _unit(context[1])).share

    def pair(self, str two):
        return self._pair(two[0], two[1])

    def over(self, str character):
        return self._overs[_unit(character[0])]

    def often(self, str two):
        cdef uint64_t before = _unit(two[0]), after = _unit(two[1])
        cdef double known = _find(self._twos, before << 16 | after).chance
        if known > 0.0:
            return 0.0
        return self._overs[before] * (exp(known) - exp(self._backs[before] + self._ones[after]))

    def likely(self, str three):
        return self._three(three[0], three[1], three[2])

    def score(self, str whole):
        cdef Py_ssize_t at
        cdef double total = 0.0
        for at in range(len(whole) - 2):
            total += self._three(whole[at], whole[at + 1], whole[at + 2])
        return total

    def ranked(self, options, str left, str right, double reach):
        cdef double floor = -1e9, total
        cdef Py_UCS4 first = left[0], last = left[1], following = right[0], after = right[1]
        found = []
        cdef str one
        cdef Py_UCS4 here
        for one in options:
            here = one[0]
            total = self._three(first, last, here)
            if total < floor:
                continue
            total += self._three(last, here, following)
            if total < floor:
                continue
            total += self._three(here, following, after)
            if total > floor:
                found.append((total, one))
                if total - reach > floor:
                    floor = total - reach
        return found

    cdef inline double _read(self, Py_UCS4 before, Py_UCS4 after) noexcept:
        """As `_pair`, and 1 where the two were never read together."""
        return _find(self._twos, _unit(before) << 16 | _unit(after)).chance

    def between(self, str options, str left, str right, double within, *, bint read):
        cdef Py_UCS4 last = left[0], following = right[0], one
        cdef Py_ssize_t at, size = len(options)
        cdef double best = -1e9, chance, before, after
        chances = np.empty(size)
        cdef double[::1] chance_of = chances
        for at in range(size):
            one = options[at]
            before, after = self._read(last, one), self._read(one, following)
            if read and before > 0.0 and after > 0.0:
                chance_of[at] = -1e9
                continue
            if before > 0.0:
                before = self._ones[_unit(one)] + self._backs[_unit(last)]
            if after > 0.0:
                after = self._ones[_unit(following)] + self._backs[_unit(one)]
            chance = chance_of[at] = before + after
            if chance > best:
                best = chance
        if best == -1e9:
            return []
        best -= within
        return [options[at] for at in range(size) if chance_of[at] > best]

    def beginning(self, str options, str left, Py_ssize_t most):
        cdef Py_UCS4 last = left[0], one
        cdef double chance
        found = []
        for one in options:
            chance = self._read(last, one)
            if chance <= 0.0:
                found.append((chance + self._backs[_unit(one)], one))
        found.sort(reverse=True)
        return found[:most]

    def ending(self, str options, str right, Py_ssize_t most):
        cdef Py_UCS4 following = right[0], one
        cdef double chance
        found = []
        for one in options:
            chance = self._read(one, following)
            if chance <= 0.0:
                found.append((chance + self._ones[_unit(one)], one))
        found.sort(reverse=True)
        return found[:most]

    def twice(self, dict firsts, str thirds, list seconds, str left, str right, double floor, double least):
        cdef Py_UCS4 start = left[0], following = right[0]
        cdef double last, chance, whole
        cdef str second, first
        cdef list row
        cdef dict ended
        cdef Py_ssize_t at
        found = []
        for at in range(len(thirds)):
            last = self._read(thirds[at], following)
            if last > 0.0 or last - least < floor:
                continue
            ended = seconds[at]
            for second, value in ended.items():
                row = firsts.get(second)
                if row is None:
                    continue
                chance = last + <double> value
                for more, first in row:
                    if chance - least + <double> more <= floor:
                        break
                    whole = chance + <double> more + self._pair(start, first[0])
                    if whole > floor:
                        found.append((whole, first + second + thirds[at]))
        return found

    def once(self, dict options, str left, str right, double floor):
        cdef Py_UCS4 last = left[0], following = right[0] if right else 0
        cdef double chance
        cdef str two
        found = []
        for two, value in options.items():
            chance = <double> value + self._pair(last, two[0])
            if chance > floor:
                if following:
                    chance += self._pair(two[1], following)
                if chance > floor:
                    found.append((chance, two))
        return found


cdef inline uint64_t _unit(Py_UCS4 character) noexcept:
    return <uint64_t> min(<long> character, 0xFFFF)


cdef inline Slot *_find(Slot[::1] table, uint64_t key) noexcept:
    cdef uint64_t mask = table.shape[0] - 1, slot = (key * FIRST_MIXER) >> 32 & mask
    while table[slot].key and table[slot].key != key + 1:
        slot = (slot + 1) & mask
    return &table[slot]
