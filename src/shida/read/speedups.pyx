# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The loops of `shida.read.walk`, `weighing`, `finder`, `files` and `nesting`, compiled: what they take, give and mean is written
there.

Each goes over the characters once and makes objects of whole lines only. Nothing is read beyond a text's own length:
every place is compared with it before it is looked at. What is written into grows where it is full.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ_CHAR
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport free, realloc
from libc.string cimport memcpy, memmove, memset

from shida.read import walk as plain
from shida.read import weighing
from shida.read.chunks import LEFT_OUT, NEVER_CLOSED, hides, marked, without_comments
from shida.read.files import BEHIND, ENDINGS
from shida.read.line import Container, Line, Lines
from shida.read.nesting import DEEPEST, NEVER_NEST, SAFE

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


cdef class _Found:
    """The lines and containers found so far, and the room that texts are put together in."""

    cdef list lines
    cdef list texts
    cdef list weights
    cdef bytearray marks
    cdef dict styles
    cdef Numbers parents, names, firsts, ends, above, links
    cdef void* clean
    cdef void* room
    cdef Py_ssize_t bytes
    cdef int deepest

    def __cinit__(self):
        self.lines, self.texts, self.weights, self.marks, self.styles = [], [], [], bytearray(), {}

    def __dealloc__(self):
        free(self.parents.at)
        free(self.names.at)
        free(self.firsts.at)
        free(self.ends.at)
        free(self.above.at)
        free(self.links.at)
        free(self.clean)
        free(self.room)

    cdef int container(self, int parent, int name, int first, int end) except -1:
        """Note a container; its index."""
        _push(&self.parents, parent)
        _push(&self.names, name)
        _push(&self.firsts, first)
        _push(&self.ends, end)
        return <int>self.parents.size - 1

    cdef void* space(self, Py_ssize_t size) except NULL:
        """Room for so many bytes, with what was in it."""
        cdef void* more
        if size > self.bytes:
            more = realloc(self.room, size * 2 + 1024)
            if more == NULL:
                raise MemoryError()
            self.room, self.bytes = more, size * 2 + 1024
        return self.room

    cdef result(self):
        cdef Py_ssize_t at
        cdef int count = <int>len(self.lines)
        self.ends.at[0] = count
        for at in range(self.ends.size):
            if self.ends.at[at] < 0:
                self.ends.at[at] = count
        return Lines(
            self.lines,
            _Containers(self),
            self.deepest > DEEPEST,
            count >= MOST_LINES,
            self.weights,
            bytes(self.marks),
            self.texts,
            "\n".join(self.texts),
        )


cdef class _Containers:
    """The containers of a page; each is made when it is asked for, for most never are."""

    cdef _Found found

    def __cinit__(self, _Found found):
        self.found = found

    def __len__(self):
        return self.found.parents.size

    def __getitem__(self, Py_ssize_t at):
        cdef _Found found = self.found
        if not 0 <= at < found.parents.size:
            raise IndexError(at)
        return Container(at, found.parents.at[at], NAMES[found.names.at[at]], found.firsts.at[at], found.ends.at[at])


# What is open where the loop is, and what the line has so far that is being put together.
cdef struct State:
    Py_ssize_t filled  # of its text
    Py_ssize_t link
    Py_ssize_t unlinked
    Py_ssize_t bold_length
    Py_ssize_t first_start, first_end  # the tag of its first link
    Py_ssize_t link_start, link_end  # the tag of the link that is open
    int anchors
    int in_link, bold, hidden, nested
    int here, block
    bint joint


cdef inline str _text(const Unit* text, Py_ssize_t start, Py_ssize_t end):
    return PyUnicode_FromKindAndData(sizeof(Unit), text + start, end - start) if end > start else ""


cdef bint _says(const Unit* text, Py_ssize_t at, Py_ssize_t end, const char* word, Py_ssize_t length) noexcept:
    """Whether a word of letters stands there, large or small."""
    cdef Py_ssize_t each
    if end - at < length:
        return False
    for each in range(length):
        if text[at + each] > 127 or (text[at + each] | 32) != <uint8_t>word[each]:
            return False
    return True


cdef bint _hides(_Found found, const Unit* html, Py_ssize_t start, Py_ssize_t size) except -1:
    """Whether the style that begins at `start` hides its element. Most say nothing of the kind; each is asked once."""
    cdef Py_ssize_t at, end = _find(html, start, size, <Unit>c'"')
    cdef uint32_t first
    for at in range(start, end):
        first = <uint32_t>html[at] | 32
        if (
            (first == c"n" and _says(html, at, end, b"none", 4))
            or (first == c"h" and _says(html, at, end, b"hidden", 6))
            or (first == c"f" and _says(html, at, end, b"font", 4))
        ):
            break
    else:
        return False
    style = _text(html, start, end)
    answer = found.styles.get(style)
    if answer is None:
        answer = found.styles[style] = hides(style)
    return answer


cdef Py_ssize_t _tag_end(
    _Found found, const Unit* html, Py_ssize_t at, Py_ssize_t size, bint check, bint* linked, bint* hidden
) except -2:
    """Where a tag ends, `size` where it does not, -1 where `marked` is to be asked.

    `linked` is made true where it has an address, `hidden` where `check` is and its style hides it.
    """
    cdef Unit mark
    linked[0] = hidden[0] = False
    while at < size:
        mark = html[at]
        if mark == c">":
            return at
        at += 1
        if mark == c" ":
            if _starts(html, at, size, b'href="', 6):
                linked[0] = True
            elif check and _starts(html, at, size, b'style="', 7) and _hides(found, html, at + 7, size):
                hidden[0] = True
        elif mark == c"<" and check:
            return -1
    return -1 if check else size


cdef Py_ssize_t _element_end(
    const Unit* html, Py_ssize_t at, Py_ssize_t size, Py_ssize_t name, Py_ssize_t length
) noexcept:
    """Where the element with that name ends that is open at `at`; -1 where that is not to be seen."""
    cdef Py_ssize_t level = 1
    while True:
        at = _find(html, at, size, <Unit>c"<")
        if at == size:
            return -1
        if _is_end(html, at, size, name, length):
            level -= 1
            if not level:
                return at + length + 3
        elif _is_start(html, at, size, name, length):
            level += 1
        at += 1


cdef bint _is_end(const Unit* html, Py_ssize_t at, Py_ssize_t size, Py_ssize_t name, Py_ssize_t length) noexcept:
    """Whether the end of an element with the name that stands at `name` is written at `at`."""
    cdef Py_ssize_t each
    if size - at < length + 3 or html[at] != c"<" or html[at + 1] != c"/" or html[at + 2 + length] != c">":
        return False
    for each in range(length):
        if html[at + 2 + each] != html[name + each]:
            return False
    return True


cdef bint _is_start(const Unit* html, Py_ssize_t at, Py_ssize_t size, Py_ssize_t name, Py_ssize_t length) noexcept:
    """The same for its beginning."""
    cdef Py_ssize_t each
    if size - at < length + 2 or (html[at + 1 + length] != c">" and html[at + 1 + length] != c" "):
        return False
    for each in range(length):
        if html[at + 1 + each] != html[name + each]:
            return False
    return True


cdef inline bint _is_typed(const Unit* html, Py_ssize_t name, Py_ssize_t size) noexcept:
    """Whether a tag is one that `marked` looks for."""
    if html[name] != c"p" and html[name] != c"x":
        return False
    return (
        _starts(html, name, size, b"pre", 3)
        or _starts(html, name, size, b"xmp", 3)
        or _starts(html, name, size, b"plaintext", 9)
    )


cdef bint _is_void(const Unit* html, Py_ssize_t name, Py_ssize_t length):
    return _text(html, name, name + length) in NEVER_CLOSED


cdef bint _is_ascii(const Unit* html, Py_ssize_t at, Py_ssize_t length) noexcept:
    cdef Py_ssize_t each
    for each in range(at, at + length):
        if not 0 < html[each] < 128:
            return False
    return True


cdef bint _add_line(
    _Found found, State* now, const Unit* html, const Unit* text, Py_ssize_t start, Py_ssize_t end,
    Py_ssize_t words, Py_ssize_t link, int block, int container, bint full,
) except -1:
    """Note a line; whether there is room for more."""
    line = _text(text, start, end)
    anchor = _text(html, now.first_start, now.first_end)
    found.texts.append(line)
    found.weights.append(_weight(text, start, end, words, link, now.anchors, now.hidden > 0))
    found.marks.append(_marks(text, start, end))
    found.lines.append(
        Line(line, words, link, NAMES[block], container, anchor, now.anchors, now.hidden > 0, full)
    )
    return len(found.lines) < MOST_LINES


cdef bint _end_line(_Found found, State* now, const Unit* html, Unit* room) except -1:
    """Note the line that was put together, if there is one; whether there is room for more."""
    cdef Py_ssize_t start = 0, end, length, link = now.link
    cdef bint more = True
    if now.filled:
        end = _stripped(room, &start, now.filled, EDGE)
        if end > start:
            end = _without_runs(room, start, end)
            length = end - start
            link = min(link, length)
            more = _add_line(
                found, now, html, room, start, end, link + now.unlinked if link else length, link, now.block, now.here,
                now.bold_length > 0 and now.bold_length * 10 >= length * 9,
            )
        now.filled = now.unlinked = now.link = now.bold_length = now.first_start = now.first_end = 0
    now.anchors = 0  # links without words are none of the next line
    return more


cdef Unit* _add_text(
    _Found found, State* now, const Unit* html, Py_ssize_t start, Py_ssize_t end, Unit* room
) except NULL:
    """Put a text behind what the line has so far; the room, which may have moved."""
    cdef Py_ssize_t at, behind, length
    room = <Unit*>found.space((now.filled + end - start + 1) * sizeof(Unit))
    behind = _copy(room, now.filled, html, start, end)
    at = now.filled
    while at < behind and _is(room[at], SPACE):
        at += 1
    if at == behind:
        if now.filled:
            room[now.filled] = c" "
            now.filled += 1
        return room
    at = now.filled
    if now.joint:
        # A date and the headline's link behind it touch: 2026-11-18<a>2026年…
        if at and _is(room[at], DIGIT) and _is(room[at - 1], DIGIT):
            memmove(room + at + 1, room + at, (behind - at) * sizeof(Unit))
            room[at] = c" "
            at += 1
            behind += 1
        now.joint = False
    if not now.in_link:
        now.unlinked += _saying(room, at, behind)
    else:
        length = _length(room, at, behind, SEPARATOR)
        now.link += length
        if length and not now.first_end:
            now.first_start, now.first_end = now.link_start, now.link_end
    if now.bold:
        now.bold_length += _length(room, at, behind, EDGE)
    now.filled = behind
    return room


cdef bint _add_leaf(
    _Found found, State* now, const Unit* html, int name, Py_ssize_t before, Py_ssize_t before_end,
    Py_ssize_t anchor, Py_ssize_t inside, Py_ssize_t inside_end, Py_ssize_t behind, Py_ssize_t behind_end, bint linked,
) except -1:
    """Note the one line of a block that holds a text and at most one link; whether there is room for more."""
    cdef Py_ssize_t start = 0, middle, rest, end, length, link = 0
    cdef int at = now.here
    cdef bint more = True
    cdef Unit* room = <Unit*>found.space(
        (before_end - before + inside_end - inside + behind_end - behind + 2) * sizeof(Unit)
    )
    middle = end = _copy(room, 0, html, before, before_end)
    if anchor:
        if middle and inside < inside_end and _is(room[middle - 1], DIGIT) and _is(html[inside], DIGIT):
            room[middle] = c" "
            middle += 1
        rest = end = _copy(room, middle, html, inside, inside_end)
        if rest > middle and behind < behind_end and _is(room[rest - 1], DIGIT) and _is(html[behind], DIGIT):
            room[end] = c" "
            end += 1
        end = _copy(room, end, html, behind, behind_end)
        if linked and not now.in_link:
            link = _length(room, middle, rest, SEPARATOR)
            length = link + _saying(room, 0, middle) + _saying(room, rest, end)
    end = _stripped(room, &start, end, EDGE)
    if end == start:
        return True
    end = _without_runs(room, start, end)
    if IS_CONTAINER[name]:
        at = found.container(now.here, name, <int>len(found.lines), <int>len(found.lines) + 1)
    now.anchors = linked
    if now.in_link:
        length = link = _length(room, start, end, SEPARATOR)
        now.first_start, now.first_end = now.link_start, now.link_end
    elif link:
        now.first_start, now.first_end = anchor, inside - 1
    else:
        length = end - start
    if not link:
        now.first_start = now.first_end = 0
    more = _add_line(
        found, now, html, room, start, end, length, link, name, at, now.bold > 0 or IS_HEADING[name],
    )
    now.anchors = 0
    now.first_start = now.first_end = 0
    return more


cdef bint _walk(_Found found, const Unit* html, Py_ssize_t size, bint check) except -1:
    """The loop; False where `marked` is to be asked first."""
    cdef State now
    cdef Py_ssize_t at, name, length, end, text, text_end, stop, anchor, inside, inside_end, level, open_at, reach
    cdef Py_ssize_t hidden_end = 0  # where the element ends that is hidden, 0 where none is
    cdef uint64_t head, tail
    cdef int kind, slot, number
    cdef bint leaf, linked, inner, hidden, hidden_too
    cdef Unit mark
    cdef Unit* room = <Unit*>found.space(1024 * sizeof(Unit))
    now.filled = now.link = now.unlinked = now.bold_length = 0
    now.first_start = now.first_end = now.link_start = now.link_end = 0
    now.anchors = now.in_link = now.bold = now.hidden = now.nested = now.here = now.block = 0
    now.joint = False
    found.container(-1, 0, 0, 0)
    at = _find(html, 0, size, <Unit>c"<")
    while at < size:
        name = at + 1
        end = name
        head = tail = 0
        while end < size:
            mark = html[end]
            if mark == c" " or mark == c">":
                break
            if mark == c"<" and check:
                return False
            tail = (tail << 8) | (head >> 56)
            head = (head << 8) | <uint8_t>mark
            end += 1
        length = end - name
        end = _tag_end(found, html, end, size, check, &linked, &hidden)
        if end < 0:
            return False
        if end == size:
            break
        text = end + 1
        text_end = _find(html, text, size, <Unit>c"<")
        kind = FREE
        leaf = False
        number = 0
        if 0 < length <= LONGEST_NAME:
            slot = _slot(head, tail)
            while TABLE[slot].kind != FREE:
                if TABLE[slot].head == head and TABLE[slot].tail == tail:
                    if _is_ascii(html, name, length):
                        kind, number, leaf = TABLE[slot].kind, TABLE[slot].number, TABLE[slot].leaf
                    break
                slot = (slot + 1) & (SLOTS - 1)
        if check and _is_typed(html, name, size):
            return False
        if kind == FREE:
            mark = html[name]  # `>` where there is no name
            kind = INLINE_END if mark == c"/" else VOID if mark in (c"!", c"?", c">", c" ") else INLINE
        if hidden and not hidden_end and not _is_void(html, name, length):
            hidden_end = _element_end(html, text, size, name, length)
            if hidden_end < 0:
                return False
            if not _end_line(found, &now, html, room):
                return True
            now.hidden += 1
        if leaf:
            anchor = 0
            inner = False
            stop = inside = inside_end = text_end
            if _starts(html, text_end, size, b"<a ", 3):
                inside = _tag_end(found, html, text_end + 2, size, check, &inner, &hidden_too) + 1
                if inside == 0:
                    return False
                inside_end = _find(html, inside, size, <Unit>c"<") if inside <= size else size
                if _starts(html, inside_end, size, b"</a>", 4) and (hidden_end or not hidden_too):
                    anchor = text_end
                    stop = _find(html, inside_end + 4, size, <Unit>c"<")
            if _is_end(html, stop, size, name, length):
                if not _end_line(found, &now, html, room):
                    return True
                if not _add_leaf(
                    found, &now, html, number, text, text_end, anchor, inside, inside_end,
                    inside_end + 4 if anchor else stop, stop, inner,
                ):
                    return True
                room = <Unit*>found.room
                text = stop + length + 3
                text_end = _find(html, text, size, <Unit>c"<")
                kind = LEAF
        at = text_end
        if kind >= BREAK:
            if kind != LEAF:
                if not _end_line(found, &now, html, room):
                    return True
                if kind >= BLOCK_END:
                    if kind == CONTAINER_END:
                        found.ends.at[now.here] = <int32_t>len(found.lines)
                    elif kind == HEADING_END:
                        now.bold -= 1
                    if found.above.size:
                        found.above.size -= 2
                        now.here = found.above.at[found.above.size]
                        now.block = found.above.at[found.above.size + 1]
                elif kind >= BLOCK:
                    _push(&found.above, now.here)
                    _push(&found.above, now.block)
                    found.deepest = max(found.deepest, <int>(found.above.size >> 1))
                    now.block = number
                    if kind == CONTAINER:
                        now.here = found.container(now.here, number, <int>len(found.lines), -1)
                    elif kind == HEADING:
                        now.bold += 1
                elif kind == HIDE:
                    now.hidden += 1
                elif kind == HIDE_END:
                    now.hidden -= 1
        elif kind == LINK:
            # <a name> is no link; where it is never closed the rest of the page would be one.
            _push(&found.links, linked)
            now.joint = True
            if linked:
                now.in_link += 1
                now.anchors += 1
                now.link_start, now.link_end = name, end
        elif kind == LINK_END:
            now.joint = True
            if found.links.size:
                found.links.size -= 1
                now.in_link -= found.links.at[found.links.size]
        elif kind == SKIP:
            level = 1
            reach = 0
            while level and at < size:
                open_at = at
                end = _tag_end(found, html, at + 1, size, check, &inner, &hidden_too)
                if end < 0:
                    return False
                if end == size:
                    return True
                if check and _is_typed(html, open_at + 1, size):
                    return False
                if hidden_too and not hidden_end:
                    inside = open_at + 1
                    inside_end = inside
                    while html[inside_end] != c" " and html[inside_end] != c">":
                        inside_end += 1
                    if not _is_void(html, inside, inside_end - inside):
                        stop = _element_end(html, end + 1, size, inside, inside_end - inside)
                        if stop < 0:
                            return False
                        reach = max(reach, stop)
                text = end + 1
                text_end = at = _find(html, text, size, <Unit>c"<")
                if _is_end(html, open_at, size, name, length):
                    level -= 1
                elif _is_start(html, open_at, size, name, length):
                    level += 1
            if reach > text:  # what is hidden in it ends outside it
                return False
            if level:
                return True
        elif kind:
            now.nested += 1 if kind == INLINE or kind == BOLD else -1
            found.deepest = max(found.deepest, now.nested)
            if kind == BOLD:
                now.bold += 1
            elif kind == BOLD_END:
                now.bold -= 1
        if hidden_end and text >= hidden_end:
            if text > hidden_end:
                return False
            hidden_end = 0
            if not _end_line(found, &now, html, room):
                return True
            now.hidden -= 1
        if text < text_end:
            room = _add_text(found, &now, html, text, text_end, room)
    _end_line(found, &now, html, room)
    return True


cdef Py_ssize_t _uncommented(_Found found, const Unit* html, Py_ssize_t size, Unit** clean) except -1:
    """Write mark-up without its comments elsewhere, if it has any; its length then, and where it is."""
    cdef Py_ssize_t at = 0, start = 0, filled = 0
    clean[0] = <Unit*>html
    while True:
        at = _find(html, at, size, <Unit>c"<")
        if at == size:
            break
        if not _starts(html, at, size, b"<!--", 4):
            at += 1
            continue
        if found.clean == NULL:
            found.clean = realloc(NULL, size * sizeof(Unit))
            if found.clean == NULL:
                raise MemoryError()
            clean[0] = <Unit*>found.clean
        memcpy(clean[0] + filled, html + start, (at - start) * sizeof(Unit))
        filled += at - start
        at += 4
        while at < size and not _starts(html, at, size, b"-->", 3):
            at += 4 if _starts(html, at, size, b"<!--", 4) else 1  # another one begins
        start = at = min(at + 3, size)
    if found.clean == NULL:
        return size
    memcpy(clean[0] + filled, html + start, (size - start) * sizeof(Unit))
    return filled + size - start


cdef bint _walk_through(_Found found, const Unit* html, Py_ssize_t size, bint check) except -1:
    cdef Unit* clean
    size = _uncommented(found, html, size, &clean)
    return _walk(found, clean, size, check)


cdef bint _walked(_Found found, str html, bint check) except -1:
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(html)
    cdef int kind = PyUnicode_KIND(html)
    if kind == 1:
        return _walk_through(found, <const uint8_t*>PyUnicode_DATA(html), size, check)
    if kind == 2:
        return _walk_through(found, <const uint16_t*>PyUnicode_DATA(html), size, check)
    return _walk_through(found, <const uint32_t*>PyUnicode_DATA(html), size, check)


def walk(str html not None):
    """The lines of mark-up as lexbor writes it out."""
    cdef _Found found = _Found()
    if not _walked(found, html, True):
        found = _Found()
        _walked(found, marked(without_comments(html)), False)
    return found.result()


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


cdef struct Word:
    Py_ssize_t start  # of its characters among those of all words
    Py_ssize_t length
    int next  # the next word with the same slot, -1 where there is none


cdef class Finder:
    """Looks for some words: their first characters are a table, the rest is compared."""

    cdef tuple words
    cdef uint32_t* marks
    cdef Word* table
    cdef uint8_t[0x2000] begins  # a bit for each first character, its plane left out
    cdef int[256] slots

    def __cinit__(self, words):
        cdef Py_ssize_t at, each, size = 0
        cdef int slot
        self.words = tuple(dict.fromkeys(filter(None, words)))
        self.marks = <uint32_t*>realloc(NULL, (sum(map(len, self.words)) + 1) * sizeof(uint32_t))
        self.table = <Word*>realloc(NULL, (len(self.words) + 1) * sizeof(Word))
        if self.marks == NULL or self.table == NULL:
            raise MemoryError()
        for at in range(0x2000):
            self.begins[at] = 0
        for slot in range(256):
            self.slots[slot] = -1
        for at in range(len(self.words)):
            word = <str>self.words[at]
            self.table[at].start, self.table[at].length = size, len(word)
            for each in range(len(word)):
                self.marks[size] = <uint32_t>ord(word[each])
                size += 1
            first = self.marks[self.table[at].start]
            self.begins[(first & 0xFFFF) >> 3] |= 1 << (first & 7)
            slot = (first ^ (first >> 8)) & 255
            self.table[at].next, self.slots[slot] = self.slots[slot], <int>at

    def __dealloc__(self):
        free(self.marks)
        free(self.table)

    def said(self, texts):
        """Each word that is there → the lines it stands on, one for every time."""
        cdef dict found = {}
        cdef Py_ssize_t index = 0
        cdef int kind
        for text in texts:
            kind = PyUnicode_KIND(<str?>text)
            if kind == 1:
                _said(self, found, index, <const uint8_t*>PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text))
            elif kind == 2:
                _said(self, found, index, <const uint16_t*>PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text))
            else:
                _said(self, found, index, <const uint32_t*>PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text))
            index += 1
        return found


cdef int _said(Finder finder, dict found, Py_ssize_t index, const Unit* text, Py_ssize_t size) except -1:
    """Note the words that stand in one line."""
    cdef Py_ssize_t at, each, length
    cdef uint32_t first
    cdef const uint32_t* marks
    cdef int word
    for at in range(size):
        first = text[at]
        if not finder.begins[(first & 0xFFFF) >> 3] & (1 << (first & 7)):
            continue
        word = finder.slots[(first ^ (first >> 8)) & 255]
        while word >= 0:
            length = finder.table[word].length
            if length <= size - at:
                marks = finder.marks + finder.table[word].start
                each = 0
                while each < length and marks[each] == text[at + each]:
                    each += 1
                if each == length:
                    name = finder.words[word]
                    if name in found:
                        (<list>found[name]).append(index)
                    else:
                        found[name] = [index]
            word = finder.table[word].next
    return 0


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


def beginning(texts, firsts):
    """The lines that begin with one of some characters."""
    cdef uint8_t[0x2000] bits
    cdef list found = []
    cdef Py_ssize_t index = 0
    cdef uint32_t mark
    memset(bits, 0, 0x2000)
    for first in firsts:
        mark = <uint32_t><Py_UCS4>first
        if mark <= 0xFFFF:
            bits[mark >> 3] |= 1 << (mark & 7)
    for text in texts:
        if PyUnicode_GET_LENGTH(<str?>text):
            mark = <uint32_t>PyUnicode_READ_CHAR(text, 0)
            if bits[mark >> 3] & (1 << (mark & 7)) if mark <= 0xFFFF else chr(mark) in firsts:
                found.append(index)
        index += 1
    return found


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


def runs_of(list weights not None, set stops not None):
    """The best run between each two stops: its weight, first line, line behind its last."""
    cdef list runs = []
    cdef double best = 0.0, total = 0.0, scraps = 0.0, weight
    cdef Py_ssize_t start = 0, end = 0, here = 0, index, count = len(weights)
    for index in range(count + 1):
        if index == count or index in stops:
            if best > 0:
                runs.append((best, start, end))
            best = total = scraps = 0.0
            here = index + 1
            continue
        weight = weights[index]
        if weight == SCRAP:
            weight = weight if scraps > -40.0 else 0.0
            scraps += weight
        elif weight > 0:
            scraps = 0.0
        total += weight
        if total <= 0:
            total = scraps = 0.0
            here = index + 1
        elif total > best:
            best, start, end = total, here, index + 1
    return runs
