# What a page says elsewhere, and around a place: `PageGrams` and `Surroundings`, compiled.


cdef enum:
    COUNTED = 1 << 15  # places that are counted in one go: a number of 16 bits holds them
    ASKED = 512  # grams that a page remembers; another takes the place of an older one


cdef struct Asked:
    uint64_t gram  # its units, plus one
    int64_t times


cdef class PageGrams:
    """As `shida.restore.language.PageGrams`."""

    cdef str text
    cdef readonly Py_ssize_t size
    cdef const uint16_t *units  # NULL where the text is not made of such
    cdef Asked[ASKED] asked
    cdef dict befores

    def __init__(self, str text):
        self.text, self.size, self.befores = text, len(text), {}
        self.units = <const uint16_t *> PyUnicode_DATA(text) if PyUnicode_KIND(text) == PyUnicode_2BYTE_KIND else NULL

    def __getitem__(self, str gram):
        cdef Cell asked
        if not 0 < len(gram) <= 3:
            return self.text.count(gram)
        asked = _cell(gram)
        return self.times(asked.at, asked.size)

    def before(self, str gram):
        found = self.befores.get(gram)
        if found is None and len(self.befores) < language.ASKED_BEFORE:
            found = self.befores[gram] = language.before(self.text, gram)
        return found or ""

    cdef int64_t times(self, const Py_UCS4 *gram, int size) except -1:
        """How often the page has one to three characters."""
        cdef uint64_t key = 0
        cdef int at
        cdef Asked *known
        for at in range(size):
            if gram[at] > 0xFFFF:
                return self.text.count(PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, gram, size))
            key = key << 16 | unit(gram[at])
        key = (key | <uint64_t> size << 48) + 1
        known = &self.asked[(key * 0x9E3779B97F4A7C15ULL) >> 40 & (ASKED - 1)]
        if known.gram != key:
            known.gram, known.times = key, self._counted(gram, size)
        return known.times

    cdef int64_t _counted(self, const Py_UCS4 *gram, int size) except -1:
        cdef const uint16_t *units = self.units
        cdef Py_ssize_t at, begin, stop, last = self.size - size + 1
        cdef uint16_t first, second, third, found  # as wide as what is compared: many at once
        cdef int64_t every = 0
        if units == NULL or (size > 1 and gram[0] == gram[size - 1]):  # it may overlap itself
            return self.text.count(PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, gram, size))
        first = <uint16_t> gram[0]
        second, third = <uint16_t> gram[min(1, size - 1)], <uint16_t> gram[size - 1]
        for begin in range(0, last, COUNTED):
            found, stop = 0, min(last, begin + COUNTED)
            if size == 1:
                for at in range(begin, stop):
                    found += units[at] == first
            elif size == 2:
                for at in range(begin, stop):
                    found += (units[at] == first) & (units[at + 1] == second)
            else:
                for at in range(begin, stop):
                    found += (units[at] == first) & (units[at + 1] == second) & (units[at + 2] == third)
            every += found
        return every


cdef class Surroundings:
    """As `shida.restore.surroundings.Surroundings`."""

    cdef str text
    cdef const int64_t[::1] kept_before
    cdef Ngrams ngrams

    def __init__(self, str plain_text, kept_before, language):
        self.text, self.kept_before, self.ngrams = plain_text, kept_before, language.ngrams

    cdef Py_ssize_t _where(self, Py_ssize_t at) except -1:
        if not 0 <= at < self.kept_before.shape[0]:
            raise IndexError(at)
        return min(<Py_ssize_t> self.kept_before[at], len(self.text))

    cdef Line _before(self, Py_ssize_t start, last) except *:
        """The characters before a place, with two line ends before them."""
        cdef Line line, shown
        cdef Py_ssize_t where = self._where(start), at, first = max(0, where - BESIDE), size
        cdef str after
        line.size = 0
        if last is not None and <Py_ssize_t> last.end <= start:
            size = where - self._where(last.end)
            if size < BESIDE:
                after, first = last.after, where - size
                for at in range(max(0, len(after) - BESIDE), len(after)):
                    line.at[line.size] = after[at]
                    line.size += 1
        for at in range(first, where):
            line.at[line.size] = self.text[at]
            line.size += 1
        shown.at[0] = shown.at[1] = 0x0A
        shown.size = 2 + _plain_of(line.at, line.size, shown.at + 2)
        return shown

    def before(self, Py_ssize_t start, last):
        cdef Line found = self._before(start, last)
        return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, found.at, found.size)

    def is_garbled(self, Py_ssize_t at, last):
        cdef Py_ssize_t where = self._where(at), stop = where
        cdef Line line, shown, left
        line.size = 0
        while stop < len(self.text) and line.size < GARBLED_LOOK and self.text[stop] > 0x7F:
            line.at[line.size] = self.text[stop]
            line.size += 1
            stop += 1
        if line.size < GARBLED_LEAST:
            return False
        left = self._before(at, last)
        shown.size = 2 + _plain_of(line.at, line.size, shown.at + 2)
        shown.at[0], shown.at[1] = left.at[left.size - 2], left.at[left.size - 1]
        return self.ngrams.score_of(shown.at, shown.size) < GARBLED * line.size

    def is_quoted(self, Py_ssize_t at):
        cdef Py_ssize_t where = self._where(at), first = max(0, where - QUOTED)
        cdef Py_UCS4 one
        while where > first:
            where -= 1
            one = self.text[where]
            if one == 0x201C or one == 0x201D:
                return one == 0x201C
        return False

    def zhe(self, Py_ssize_t at):
        cdef Py_ssize_t where = self._where(at), place
        cdef Line line, shown = self._before(at, None)
        cdef Cell left = _last_two(&shown), right
        cdef double score, rival
        cdef Py_UCS4[5] whole
        line.size = 0
        for place in range(where + 1, min(len(self.text), where + 1 + BESIDE)):
            line.at[line.size] = self.text[place]
            line.size += 1
        shown.size = _plain_of(line.at, line.size, shown.at)
        right = _first_two(&shown)
        while right.size < 2:
            right.at[right.size] = 0x0A
            right.size += 1
        whole[0], whole[1], whole[2], whole[3], whole[4] = left.at[0], left.at[1], 0x7740, right.at[0], right.at[1]
        score = self.ngrams.score_of(whole, 5)
        whole[2] = ZHE
        rival = self.ngrams.score_of(whole, 5)
        if rival > score:
            return "著", "着", round(rival - score, 3)
        return "着", "著", round(score - rival, 3)
