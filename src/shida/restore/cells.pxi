# A few characters at a time, without objects: what stands in a place, what may stand there, and the best of these.


cdef struct Cell:
    int size
    Py_UCS4[WIDEST] at


cdef struct Option:
    double chance
    Cell text


cdef struct Line:
    int size
    Py_UCS4[LINE] at


cdef struct Best:
    Py_ssize_t size
    Option[LOOKED] at


cdef struct Few:
    Py_ssize_t size
    Option[BESIDE_MOST] at


cdef Cell _cell(str text):
    cdef Cell found
    cdef int at
    found.size = <int> min(len(text), WIDEST)
    for at in range(found.size):
        found.at[at] = text[at]
    return found


cdef inline Cell _one(Py_UCS4 character) noexcept:
    cdef Cell found
    found.size = 1
    found.at[0] = character
    return found


cdef inline str _text(const Cell *cell):
    return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, cell.at, cell.size)


cdef inline void _add(Line *line, const Cell *cell) noexcept:
    cdef int at
    for at in range(cell.size):
        if line.size < LINE:
            line.at[line.size] = cell.at[at]
            line.size += 1


cdef inline Cell _first_two(const Line *line) noexcept:
    cdef Cell found
    cdef int at
    found.size = min(line.size, 2)
    for at in range(found.size):
        found.at[at] = line.at[at]
    return found


cdef inline Cell _last_two(const Line *line) noexcept:
    cdef Cell found
    cdef int at
    found.size = min(line.size, 2)
    for at in range(found.size):
        found.at[at] = line.at[line.size - found.size + at]
    return found


cdef inline bint _is_above(const Option *one, const Option *other) noexcept:
    """Whether `one` comes before `other` where the likeliest come first, and of equals the later text."""
    cdef int at
    if one.chance != other.chance:
        return one.chance > other.chance
    for at in range(min(one.text.size, other.text.size)):
        if one.text.at[at] != other.text.at[at]:
            return one.text.at[at] > other.text.at[at]
    return one.text.size > other.text.size


cdef inline void _keep_last(Line *line, Py_ssize_t size) noexcept:
    """Leave the last characters only."""
    cdef Py_ssize_t at, gone = line.size - size
    if gone > 0:
        for at in range(size):
            line.at[at] = line.at[at + gone]
        line.size = <int> size


cdef inline void _sort(Option *options, Py_ssize_t size) noexcept:
    """The likeliest first; they are few."""
    cdef Py_ssize_t at, place
    cdef Option one
    for at in range(1, size):
        one = options[at]
        place = at
        while place and _is_above(&one, &options[place - 1]):
            options[place] = options[place - 1]
            place -= 1
        options[place] = one


cdef inline void _keep(Best *best, double chance, Cell text) noexcept:
    """Take one in that may be among the LOOKED likeliest."""
    cdef Option one
    cdef Py_ssize_t place = best.size
    one.chance, one.text = chance, text
    if place == LOOKED:
        if not _is_above(&one, &best.at[LOOKED - 1]):
            return
        place -= 1
    else:
        best.size += 1
    while place and _is_above(&one, &best.at[place - 1]):
        best.at[place] = best.at[place - 1]
        place -= 1
    best.at[place] = one


cdef inline int _plain_of(const Py_UCS4 *text, int size, Py_UCS4 *found) noexcept:
    """As `shida.restore.language.plain`; what it gives is not longer than what it takes."""
    cdef int at, kept = 0
    cdef Py_UCS4 one
    for at in range(size):
        one = text[at]
        if one > 0x7F and not 0xFF10 <= one < 0xFF5B:
            pass
        elif 0x30 <= one < 0x3A or 0xFF10 <= one < 0xFF1A:
            one = 0x30
        elif 0x41 <= one < 0x5B or 0x61 <= one < 0x7B or 0xFF21 <= one < 0xFF3B or 0xFF41 <= one < 0xFF5B:
            one = 0x41
        elif one == 0x21 or one == 0x28 or one == 0x29 or one == 0x2C or one == 0x3A or one == 0x3B or one == 0x3F:
            one = <Py_UCS4> (<int> one + 0xFEE0)
        if (one == 0x30 or one == 0x41) and kept and found[kept - 1] == one:
            continue
        found[kept] = one
        kept += 1
    return kept


cdef inline Cell _plain(Cell text) noexcept:
    cdef Cell found
    found.size = _plain_of(text.at, text.size, found.at)
    return found


cdef Cell _right_context(str text, Py_ssize_t at):
    """As `shida.restore.chain.right_context`."""
    cdef Cell found
    cdef Py_ssize_t size = len(text), stop = min(size, at + AFTER), close
    cdef Py_UCS4 character
    found.size = 0
    while at < stop and found.size < 2:
        character = text[at]
        if character == 0x28:
            close = at + 1
            while close < size and close - at <= SYLLABLE and text[close] < 0x400 and is_letter[<int> text[close]]:
                close += 1
            if close > at + 1 and close < size and text[close] == 0x29:
                at = close + 1
                continue
        if character < 0x10000:
            character = back_of[<int> character]
        found.at[found.size] = _plain(_one(character)).at[0]
        found.size += 1
        at += 1
        if character == 0x0A:
            break
    while found.size < 2:
        found.at[found.size] = 0x0A
        found.size += 1
    return found


cdef class Options:
    """Room for what may stand in a place."""

    cdef Option *at
    cdef Py_ssize_t size, room
    cdef Two **before  # what is known of each option and its neighbour, while one is chosen
    cdef Two **behind

    def __dealloc__(self):
        free(self.at)
        free(self.before)
        free(self.behind)

    cdef int know(self) except -1:
        """Make room for what is known of each option."""
        free(self.before)
        free(self.behind)
        self.before = <Two **> malloc(self.room * sizeof(void *))
        self.behind = <Two **> malloc(self.room * sizeof(void *))
        if self.before == NULL or self.behind == NULL:
            raise MemoryError
        return 0

    cdef int add(self, Cell text) except -1:
        cdef Option *more
        if self.size == self.room:
            more = <Option *> realloc(self.at, max(256, 2 * self.room) * sizeof(Option))
            if more == NULL:
                raise MemoryError
            self.at, self.room = more, max(256, 2 * self.room)
            self.know()
        self.at[self.size].text = text
        self.size += 1
        return 0
