# What the marks of a text are, and the names of tags: tables that are filled once.

cdef extern from "Python.h":
    str PyUnicode_FromKindAndData(int kind, const void *buffer, Py_ssize_t size)
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 mark)
    bint Py_UNICODE_ISDIGIT(Py_UCS4 mark)
    bint Py_UNICODE_ISSPACE(Py_UCS4 mark)

ctypedef fused Unit:  # a string has one, two or four bytes for each of its characters
    uint8_t
    uint16_t
    uint32_t

cdef enum:
    VOID, INLINE, INLINE_END, BOLD, BOLD_END, SKIP, LINK_END, LINK, BREAK, HIDE, HIDE_END
    BLOCK, HEADING, CONTAINER, BLOCK_END, HEADING_END, CONTAINER_END, LEAF
    FREE = -1  # no name stands here
assert plain.CONTAINER_END == CONTAINER_END and plain.BREAK == BREAK

# What a mark is, for those of the first plane.
cdef enum:
    EDGE = 1
    SEPARATOR = 2
    SPACE = 4
    DIGIT = 8
    DECIMAL = 16
    PUNCTUATION = 32
    UNIT = 64  # of time
cdef uint8_t[0x10000] MARKS

# The names of tags: an open table by their characters, eight bits each.
cdef struct Name:
    uint64_t head
    uint64_t tail
    int kind
    int number  # of its name in NAMES, where it is a block's
    bint leaf
cdef enum:
    SLOTS = 1024
    LONGEST_NAME = 16
cdef Name[SLOTS] TABLE
cdef list NAMES = ["html"]
cdef bint[256] IS_CONTAINER
cdef bint[256] IS_HEADING
cdef int MOST_LINES = plain.MOST_LINES
cdef uint64_t MIXER = 0x9E3779B97F4A7C15ULL


cdef inline int _slot(uint64_t head, uint64_t tail) noexcept:
    return <int>(((head ^ (tail * 31)) * MIXER) >> 54)


cdef bint _pack(str name, uint64_t* head, uint64_t* tail) except -1:
    cdef Py_ssize_t at
    head[0] = tail[0] = 0
    if not 0 < len(name) <= LONGEST_NAME or not name.isascii():
        raise ValueError(f"a name of a tag that cannot be looked up: {name!r}")
    for at in range(len(name)):
        tail[0] = (tail[0] << 8) | (head[0] >> 56)
        head[0] = (head[0] << 8) | <uint64_t>ord(name[at])
    return True


cdef void _learn() except *:
    """Fill the tables from what `walk` says."""
    cdef uint64_t head = 0, tail = 0
    cdef int at, kind
    cdef Py_UCS4 mark
    for at in range(0x10000):
        MARKS[at] = (
            SPACE * Py_UNICODE_ISSPACE(at) | DIGIT * Py_UNICODE_ISDIGIT(at) | DECIMAL * Py_UNICODE_ISDECIMAL(at)
        )
    for mark in plain.EDGE:
        MARKS[mark] |= EDGE
    for mark in plain.SEPARATORS:
        MARKS[mark] |= SEPARATOR
    for mark in weighing.PUNCTUATION:
        MARKS[mark] |= PUNCTUATION
    for mark in weighing.UNITS:
        MARKS[mark] |= UNIT
    for at in range(SLOTS):
        TABLE[at].kind = FREE
    if len(plain.KINDS) * 2 > SLOTS:
        raise ValueError("there are more names of tags than the table is made for")
    for name, kind in plain.KINDS.items():
        _pack(name, &head, &tail)
        at = _slot(head, tail)
        while TABLE[at].kind != FREE:
            at = (at + 1) & (SLOTS - 1)
        TABLE[at].head, TABLE[at].tail, TABLE[at].kind = head, tail, kind
        TABLE[at].leaf = name in plain.LEAVES
        if kind in (BLOCK, HEADING, CONTAINER):
            if name not in NAMES:
                NAMES.append(name)
            TABLE[at].number = NAMES.index(name)
            if TABLE[at].number >= 256:
                raise ValueError("there are more names of blocks than the table is made for")
            IS_CONTAINER[TABLE[at].number] = kind == CONTAINER
            IS_HEADING[TABLE[at].number] = kind == HEADING


_learn()
