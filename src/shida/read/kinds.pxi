# Which kinds of elements mark-up may hold that are no text, and the same as `files`.

cdef int MOST_KINDS = 32
cdef uint64_t[32] KINDS  # the names in LEFT_OUT, eight bits each
cdef int KIND_COUNT = 0
cdef uint64_t IMAGE = 0
cdef uint32_t AS_IMAGE = 0


cdef void _learn_kinds() except *:
    global KIND_COUNT, IMAGE, AS_IMAGE
    cdef uint64_t name = 0, tail = 0
    if len(LEFT_OUT) > MOST_KINDS or max(map(len, LEFT_OUT)) > 8:
        raise ValueError("there are more or longer names than the table is made for")
    for word in LEFT_OUT:
        _pack(word, &name, &tail)
        KINDS[KIND_COUNT] = name
        if word == "img":  # a parser makes one of <image>
            _pack("image", &IMAGE, &tail)
            AS_IMAGE = 1 << KIND_COUNT
        KIND_COUNT += 1


_learn_kinds()


cdef uint32_t _kinds_in(const Unit* html, Py_ssize_t size) noexcept:
    """A bit for each name in LEFT_OUT that stands behind a bracket, whatever is behind it."""
    cdef Py_ssize_t at = 0, each
    cdef uint64_t name
    cdef uint32_t mark, found = 0, bits = 0
    cdef int kind
    for kind in range(KIND_COUNT):
        bits |= 1 << (KINDS[kind] >> (8 * (_width(KINDS[kind]) - 1)) & 31)  # the first letters, as bits
    while True:
        at = _find(html, at, size, <Unit>c"<") + 1
        if at >= size:
            return found
        mark = html[at]
        if mark > 127 or not bits & (1 << (mark & 31)):
            continue
        name = 0
        each = at
        while each < size and each - at < 9:
            mark = <uint32_t>html[each] | 32
            if not c"a" <= mark <= c"z":
                break
            name = (name << 8) | mark
            each += 1
        if each - at > 8:
            continue
        for kind in range(KIND_COUNT):
            if KINDS[kind] == name:
                found |= 1 << kind
        if name == IMAGE:
            found |= AS_IMAGE


cdef inline int _width(uint64_t name) noexcept:
    cdef int width = 0
    while name:
        name >>= 8
        width += 1
    return width


def may_hold(str html not None):
    """Those of LEFT_OUT that may come of parsing mark-up; the others surely do not."""
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(html)
    cdef int kind = PyUnicode_KIND(html)
    cdef uint32_t found
    if kind == 1:
        found = _kinds_in(<const uint8_t*>PyUnicode_DATA(html), size)
    elif kind == 2:
        found = _kinds_in(<const uint16_t*>PyUnicode_DATA(html), size)
    else:
        found = _kinds_in(<const uint32_t*>PyUnicode_DATA(html), size)
    return [name for at, name in enumerate(LEFT_OUT) if found & (1 << at)]


cdef enum:
    LONGEST_ENDING = 4
cdef uint32_t[32] FILES  # the endings of files, eight bits for each character
cdef int FILE_COUNT = 0
cdef bint[128] IS_BEHIND


cdef void _learn_files() except *:
    global FILE_COUNT
    cdef uint64_t name = 0, tail = 0
    cdef int at
    if len(ENDINGS) > 32 or max(map(len, ENDINGS)) > LONGEST_ENDING:
        raise ValueError("there are more or longer endings than the table is made for")
    for ending in ENDINGS:
        _pack(ending, &name, &tail)
        FILES[FILE_COUNT] = <uint32_t>name
        FILE_COUNT += 1
    for at in range(128):
        IS_BEHIND[at] = chr(at) in BEHIND


_learn_files()


cdef bint _names_file(const Unit* html, Py_ssize_t size) noexcept:
    cdef Py_ssize_t at = 0, end
    cdef uint32_t mark, name
    cdef int each
    while True:
        at = _find(html, at, size, <Unit>c".") + 1
        if at >= size:
            return False
        name = 0
        for end in range(at, min(at + LONGEST_ENDING, size)):
            mark = html[end]
            if c"A" <= mark <= c"Z":
                mark |= 32
            if not (c"a" <= mark <= c"z" or c"0" <= mark <= c"9"):
                break
            name = (name << 8) | mark
            if end + 1 < size:
                mark = html[end + 1]
                if not (mark < 128 and IS_BEHIND[mark]) and not _is(html[end + 1], SPACE):
                    continue
            for each in range(FILE_COUNT):
                if FILES[each] == name:
                    return True


def names_file(str html not None):
    """Whether a name that ends as a file does stands in mark-up."""
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(html)
    cdef int kind = PyUnicode_KIND(html)
    if kind == 1:
        return _names_file(<const uint8_t*>PyUnicode_DATA(html), size)
    if kind == 2:
        return _names_file(<const uint16_t*>PyUnicode_DATA(html), size)
    return _names_file(<const uint32_t*>PyUnicode_DATA(html), size)
