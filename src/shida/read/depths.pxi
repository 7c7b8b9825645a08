# The same as `nesting`.

cdef int MOST_DEEP = DEEPEST, FEW = SAFE
cdef uint64_t[64] SHALLOW  # the names of NEVER_NEST, eight bits each


cdef inline bint _is_shallow(uint64_t name) noexcept:
    cdef int at = <int>((name * MIXER) >> 58)
    while SHALLOW[at]:
        if SHALLOW[at] == name:
            return True
        at = (at + 1) & 63
    return False


cdef void _learn_shallow() except *:
    cdef uint64_t name = 0, tail = 0
    cdef int at
    if len(NEVER_NEST) > 48:
        raise ValueError("there are more names of tags than the table is made for")
    for at in range(64):
        SHALLOW[at] = 0
    for word in NEVER_NEST:
        if len(word) > 8:
            raise ValueError(f"a name of a tag that cannot be looked up: {word!r}")
        _pack(word, &name, &tail)
        at = <int>((name * MIXER) >> 58)
        while SHALLOW[at]:
            at = (at + 1) & 63
        SHALLOW[at] = name


_learn_shallow()


cdef bint _is_deep(const Unit* html, Py_ssize_t size) noexcept:
    cdef Py_ssize_t at = 0, name, brackets = 0
    cdef int depth = 0
    cdef uint32_t mark
    cdef uint64_t key
    cdef bint closes
    while at < size and brackets < FEW:
        at = _find(html, at, size, <Unit>c"<") + 1
        brackets += at <= size
    if brackets < FEW:
        return False
    at = 0
    while True:
        at = _find(html, at, size, <Unit>c"<") + 1
        if at >= size:
            return False
        closes = html[at] == c"/"
        name = at + closes
        at = name
        key = 0
        while at < size:
            mark = html[at]
            if c"A" <= mark <= c"Z":
                mark |= 32
            if not (c"a" <= mark <= c"z" or (at > name and c"0" <= mark <= c"9")):
                break
            key = (key << 8) | mark if at - name < 8 else 0
            at += 1
        if at == name:
            at = name - closes  # what begins with no letter is no tag
            continue
        at = _find(html, at, size, <Unit>c">") + 1
        if key and _is_shallow(key):
            continue
        if closes:
            depth = max(0, depth - 1)
        elif depth == MOST_DEEP:
            return True
        else:
            depth += 1


def is_deep(str html not None):
    """Whether many tags are open somewhere at once."""
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(html)
    cdef int kind = PyUnicode_KIND(html)
    if kind == 1:
        return _is_deep(<const uint8_t*>PyUnicode_DATA(html), size)
    if kind == 2:
        return _is_deep(<const uint16_t*>PyUnicode_DATA(html), size)
    return _is_deep(<const uint32_t*>PyUnicode_DATA(html), size)
