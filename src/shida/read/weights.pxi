# The same as `weighing`: how much a line speaks for being body, and what is in it.

cdef enum:
    COMMA = 0xFF0C
    STOP = 0x3002
    COLON = 0xFF1A
    QUOTE = 0x201C
    BEFORE = 0x524D  # 前
cdef double SCRAP = weighing.SCRAP
cdef int NUMBER = weighing.NUMBER, TIME = weighing.TIME, DATE = weighing.DATE


cdef inline bint _is_punctuated(const Unit* text, Py_ssize_t start, Py_ssize_t end) noexcept:
    cdef Py_ssize_t at
    for at in range(start, end):
        if _is(text[at], PUNCTUATION):
            return True
        if text[at] == <uint32_t>COLON and at + 1 < end and text[at + 1] == <uint32_t>QUOTE:
            return True
    return False


cdef double _weight(
    const Unit* text, Py_ssize_t start, Py_ssize_t end, Py_ssize_t words, Py_ssize_t link, int anchors, bint hidden
) noexcept:
    """The same as `weigh`."""
    cdef Py_ssize_t at, free = end - start, marks = 0
    if hidden:
        return -5.0
    if link:
        if link * 2 > words:
            if free >= 60 and anchors <= 2:
                for at in range(start, end):
                    marks += text[at] == <uint32_t>STOP or text[at] == <uint32_t>COMMA
                if marks >= 3:
                    return free * 0.6
            return -10.0 - 0.5 * min(link, 60)
        free -= link
        if free < link:
            return -5.0
    if free >= 40 or (free >= 10 and _is_punctuated(text, start, end)):
        return min(free, 800)
    return SCRAP


cdef inline bint _is_separator(Unit mark) noexcept:
    return mark == c"-" or mark == c"/" or mark == c"."


cdef inline bint _is_dated(const Unit* text, Py_ssize_t at, Py_ssize_t end) noexcept:
    """Whether it is a date that begins there: /11/3 of 26/11/3 and `. 2026` of Nov. 2026."""
    if end - at < 4:
        return False
    if _is_separator(text[at]) and _is(text[at + 1], DECIMAL):
        if _is_separator(text[at + 2]):
            return _is(text[at + 3], DECIMAL)
        return _is(text[at + 2], DECIMAL) and end - at > 4 and _is_separator(text[at + 3]) and _is(text[at + 4], DECIMAL)
    if text[at + 1] != c" " or end - at < 6:
        return False
    if not (c"a" <= text[at] <= c"z" or c"0" <= text[at] <= c"9" or text[at] == c"." or text[at] == c","):
        return False
    if not ((text[at + 2] == c"1" and text[at + 3] == c"9") or (text[at + 2] == c"2" and text[at + 3] == c"0")):
        return False
    return _is(text[at + 4], DECIMAL) and _is(text[at + 5], DECIMAL)


cdef int _marks(const Unit* text, Py_ssize_t start, Py_ssize_t end) noexcept:
    """The same as `marks_of`. A colon that begins the line ends the search for one, and so does 前."""
    cdef Py_ssize_t at
    cdef bint colons = True, befores = True
    cdef int marks = 0
    for at in range(start, end):
        if _is(text[at], DECIMAL):
            marks |= NUMBER
        elif text[at] == c":" and colons:
            if at == start:
                colons = False
            elif _is(text[at - 1], DIGIT) and at + 1 < end and _is(text[at + 1], DIGIT):
                marks |= TIME
        elif text[at] == <uint32_t>BEFORE and befores:
            if at == start:
                befores = False
            elif _is(text[at - 1], UNIT):
                marks |= TIME
    if marks & NUMBER:
        for at in range(start, end - 3):
            if text[at] < 128 and _is_dated(text, at, end):
                return marks | DATE
    return marks
