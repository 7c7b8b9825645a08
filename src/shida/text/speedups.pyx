# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""GB 18030 without its sequences of four bytes, decoded by one table. Python's own decoder asks several for each character.
And a sample of a text's characters outside ASCII.

Every place is compared with the end of the bytes before it is looked at, and each byte gives one character at most.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from libc.stdint cimport uint8_t, uint16_t, uint64_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy

cdef extern from "Python.h":
    str PyUnicode_FromKindAndData(int kind, const void *buffer, Py_ssize_t size)

cdef enum:
    FIRST_LEAD = 0x81
    LAST = 0xFE
    FIRST_TRAIL = 0x40
    NO_TRAIL = 0x7F
    TRAILS = 191
cdef uint16_t[126 * 191] TABLE  # 0 where two bytes are no character


cdef bint LEARNT = False


cdef int _learn() except -1:
    """Fill the table from what the codec says, at the first text: most programs that start here read none."""
    global LEARNT
    cdef int lead, at
    cdef Py_UCS4 mark
    cdef object row
    trails = bytes([trail for trail in range(FIRST_TRAIL, LAST + 1) if trail != NO_TRAIL])
    row = bytearray(2 * len(trails))
    row[1::2] = trails
    for lead in range(FIRST_LEAD, LAST + 1):
        row[::2] = bytes([lead]) * len(trails)
        decoded = row.decode("gb18030", "replace")
        for at in range(TRAILS):
            TABLE[(lead - FIRST_LEAD) * TRAILS + at] = 0
        if len(decoded) != len(trails):
            continue  # then the codec itself is asked for what begins with this byte
        for at in range(len(trails)):
            mark = decoded[at]
            if mark != 0xFFFD and mark <= 0xFFFF:
                TABLE[(lead - FIRST_LEAD) * TRAILS + <int>trails[at] - FIRST_TRAIL] = <uint16_t>mark
    LEARNT = True
    return 0


def decode_gb(bytes content not None):
    """The text of bytes in GB 18030, a character cut off at the very end let go; None where the codec is to be asked."""
    cdef const uint8_t* bytes_ = <const uint8_t*>PyBytes_AS_STRING(content)
    cdef Py_ssize_t size = PyBytes_GET_SIZE(content), at = 0, filled = 0
    cdef uint8_t lead, trail
    cdef uint16_t mark
    cdef uint64_t eight
    cdef int each
    if not LEARNT:
        _learn()
    cdef uint16_t* text = <uint16_t*>malloc((size + 1) * sizeof(uint16_t))
    if text == NULL:
        raise MemoryError()
    try:
        while at < size:
            if size - at >= 8:
                memcpy(&eight, bytes_ + at, 8)
                if not eight & 0x8080808080808080ULL:
                    for each in range(8):
                        text[filled + each] = bytes_[at + each]
                    at += 8
                    filled += 8
                    continue
            lead = bytes_[at]
            if lead < 0x80:
                mark = lead
                at += 1
            elif FIRST_LEAD <= lead <= LAST:
                if at + 1 == size:
                    break
                trail = bytes_[at + 1]
                if trail < FIRST_TRAIL or trail > LAST:
                    return None
                mark = TABLE[(lead - FIRST_LEAD) * TRAILS + trail - FIRST_TRAIL]
                if not mark:
                    return None
                at += 2
            else:
                return None
            text[filled] = mark
            filled += 1
        return PyUnicode_FromKindAndData(2, text, filled)
    finally:
        free(text)


def beyond_ascii(str text not None, Py_ssize_t start, Py_ssize_t longest, Py_ssize_t enough):
    """The characters outside ASCII from `start` on, in runs of at most `longest`, until there are more than `enough`."""
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at = start, begin
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t length = 0
    cdef list runs = []
    if start < 0 or longest < 1:
        raise ValueError("a text has no place before its start, and no runs of nothing")
    if kind == 1 and text.isascii():
        return ""
    while at < size and length <= enough:
        if PyUnicode_READ(kind, data, at) < 128:
            at += 1
            continue
        begin = at
        while at < size and at - begin < longest and PyUnicode_READ(kind, data, at) >= 128:
            at += 1
        runs.append(text[begin:at])
        length += at - begin
    return "".join(runs)
