# The smallest steps over a stretch of a text, whatever the width of its characters.

cdef struct Numbers:
    int32_t* at
    Py_ssize_t size
    Py_ssize_t room


cdef inline int _push(Numbers* numbers, int32_t value) except -1:
    cdef int32_t* more
    if numbers.size == numbers.room:
        more = <int32_t*>realloc(numbers.at, (numbers.room * 2 + 64) * sizeof(int32_t))
        if more == NULL:
            raise MemoryError()
        numbers.at, numbers.room = more, numbers.room * 2 + 64
    numbers.at[numbers.size] = value
    numbers.size += 1
    return 0


cdef inline bint _is(Unit mark, int what) noexcept:
    if Unit is uint32_t:
        if mark > 0xFFFF:
            # No other of these lies beyond the first plane.
            return Py_UNICODE_ISDIGIT(mark) if what == DIGIT else what == DECIMAL and Py_UNICODE_ISDECIMAL(mark)
    return MARKS[mark] & what


cdef inline bint _starts(const Unit* text, Py_ssize_t at, Py_ssize_t end, const char* word, Py_ssize_t length) noexcept:
    """Whether a word of that length stands at a place of a text."""
    cdef Py_ssize_t each
    if end - at < length:
        return False
    for each in range(length):
        if text[at + each] != <uint8_t>word[each]:
            return False
    return True


cdef inline Py_ssize_t _find(const Unit* text, Py_ssize_t at, Py_ssize_t end, Unit mark) noexcept:
    """Where a mark stands next; the end where it does not."""
    cdef uint64_t eight, ones, high
    if Unit is uint8_t:
        ones = 0x0101010101010101ULL
    elif Unit is uint16_t:
        ones = 0x0001000100010001ULL
    else:
        ones = 0x0000000100000001ULL
    high = ones << (8 * sizeof(Unit) - 1)
    while end - at >= <Py_ssize_t>(8 // sizeof(Unit)):
        memcpy(&eight, text + at, 8)
        eight ^= ones * mark
        if (eight - ones) & ~eight & high:  # one of them is zero now
            break
        at += 8 // sizeof(Unit)
    while at < end and text[at] != mark:
        at += 1
    return at


cdef inline Py_ssize_t _stripped(const Unit* text, Py_ssize_t* start, Py_ssize_t end, int what) noexcept:
    """The end of a stretch without such marks around it; `start` is moved."""
    while start[0] < end and _is(text[start[0]], what):
        start[0] += 1
    while end > start[0] and _is(text[end - 1], what):
        end -= 1
    return end


cdef inline Py_ssize_t _length(const Unit* text, Py_ssize_t start, Py_ssize_t end, int what) noexcept:
    """The length of a stretch without such marks around it."""
    end = _stripped(text, &start, end, what)
    return end - start


cdef inline Py_ssize_t _saying(const Unit* text, Py_ssize_t start, Py_ssize_t end) noexcept:
    """How many marks of a stretch are no separators."""
    cdef Py_ssize_t at, count = 0
    for at in range(start, end):
        count += not _is(text[at], SEPARATOR)
    return count


cdef inline Py_ssize_t _copy(Unit* to, Py_ssize_t filled, const Unit* text, Py_ssize_t at, Py_ssize_t end) noexcept:
    """Copy a stretch without its escapes behind what is filled; where that ends then. It is never longer."""
    cdef Unit mark
    while at < end:
        mark = text[at]
        at += 1
        if mark == c"&":
            if _starts(text, at, end, b"nbsp;", 5):
                mark = 0xA0
                at += 5
            elif _starts(text, at, end, b"amp;", 4):
                at += 4
            elif _starts(text, at, end, b"lt;", 3):
                mark = c"<"
                at += 3
            elif _starts(text, at, end, b"gt;", 3):
                mark = c">"
                at += 3
            elif _starts(text, at, end, b"quot;", 5):
                mark = c'"'
                at += 5
        to[filled] = mark
        filled += 1
    return filled


cdef inline Py_ssize_t _without_runs(Unit* text, Py_ssize_t start, Py_ssize_t end) noexcept:
    """Make one space of each run of white space, where there is a line end, a tab or two spaces; the new end."""
    cdef Py_ssize_t at, filled
    cdef bint wide = False
    for at in range(start, end):
        if text[at] <= c" " and (
            text[at] == c"\n" or text[at] == c"\t" or (text[at] == c" " and at + 1 < end and text[at + 1] == c" ")
        ):
            wide = True
            break
    if not wide:
        return end
    filled = start
    at = start
    while at < end:
        if text[at] == c" " or (9 <= text[at] <= 13):
            text[filled] = c" "
            while at < end and (text[at] == c" " or (9 <= text[at] <= 13)):
                at += 1
        else:
            text[filled] = text[at]
            at += 1
        filled += 1
    return filled
