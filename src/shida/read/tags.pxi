# What is asked of one tag: where it ends, where its element ends, what its style hides.

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
