# The characters ever read together, by what damage leaves of them, in arrays.


cdef enum:
    CUTS = 256  # characters a cut can break, at most


cdef class Cuts:
    """The characters that a cut can break, and beside what each was ever read: rows instead of a look-up for each."""

    cdef Py_ssize_t size
    cdef Py_UCS4[CUTS] character
    cdef double[CUTS] chance, back  # of each by itself, and of what it was never read before
    cdef const int32_t[::1] after_starts, before_starts  # by the character before them, and by the one behind
    cdef const uint8_t[::1] after, before  # which of them
    cdef const float[::1] after_chance, before_chance

    def __init__(self, Ngrams ngrams, keys):
        cdef str characters = hidden.cut_characters()
        cdef Py_ssize_t at
        numbers = np.full(0x10000, -1, np.int16)
        self.size = len(characters)
        assert self.size <= CUTS
        for at in range(self.size):
            self.character[at] = characters[at]
            self.chance[at], self.back[at] = ngrams.ones[unit(characters[at])].chance, ngrams.ones[unit(characters[at])].back
            numbers[ord(characters[at])] = at
        firsts, seconds = (keys >> np.uint64(16)).astype(np.uint16), (keys & np.uint64(0xFFFF)).astype(np.uint16)
        self.after_starts, self.after, self.after_chance = _rows_of(ngrams, numbers, seconds, firsts, ends=True)
        self.before_starts, self.before, self.before_chance = _rows_of(ngrams, numbers, firsts, seconds, ends=False)


def _rows_of(Ngrams ngrams, numbers, mine, others, *, bint ends):
    """By each of `others`: which of the numbered characters were read beside it, and how likely."""
    cdef Py_ssize_t at
    places = np.flatnonzero(numbers[mine] >= 0)
    places = places[np.argsort(others[places], kind="stable")]
    cdef const uint16_t[::1] one = mine[places], other = others[places]
    found = np.empty(len(places), np.float32)
    cdef float[::1] chance = found
    for at in range(one.shape[0]):
        chance[at] = ngrams.read_of(other[at], one[at]) if ends else ngrams.read_of(one[at], other[at])
    starts = np.searchsorted(others[places], np.arange(0x10001)).astype(np.int32)
    return starts, numbers[mine[places]].astype(np.uint8), found


cdef class Rows:
    """The characters ever read together whose inner bytes vanish, as `Hidden` has them, in arrays."""

    cdef const uint16_t[::1] first, second, row_of
    cdef const float[::1] chance
    cdef const int64_t[::1] starts
    cdef const uint16_t[::1] by_second_first, seconds
    cdef const float[::1] by_second_chance
    cdef const int32_t[::1] by_lead, row_starts
    cdef const uint16_t[::1] thirds, ended
    cdef const float[::1] ended_chance
    cdef const int32_t[::1] by_trail, third_starts
    cdef Py_ssize_t kinds
    cdef const uint16_t[::1] rows
    cdef dict never
    cdef list endings
    cdef Cuts cuts

    def __init__(self, met, language):
        outer, first, second, chance = met.outer, met.first, met.second, met.chance
        self.first, self.second, self.chance = first, second, chance
        self.starts = np.searchsorted(outer, np.arange(0x10001)).astype(np.int64)
        # By first byte and second character, the likeliest first character first.
        leads = outer >> 8
        order = np.lexsort((-first.astype(np.int64), -chance, second, leads))
        self.by_second_first, self.by_second_chance = first[order], chance[order]
        heads = (leads[order].astype(np.int64) << 16) | second[order]
        begins = np.unique(heads, return_index=True)[1]
        self.row_starts = np.append(begins, len(heads)).astype(np.int32)
        self.seconds = (heads[begins] & 0xFFFF).astype(np.uint16)
        self.by_lead = np.searchsorted(heads[begins] >> 16, np.arange(0x101)).astype(np.int32)
        # Where in them a second character is: its number, and by first byte and number the row.
        kinds = np.unique(second)
        numbers = np.zeros(0x10000, np.uint16)
        numbers[kinds] = np.arange(1, len(kinds) + 1)
        self.row_of, self.kinds = numbers, len(kinds) + 1
        rows = np.zeros((0x100, len(kinds) + 1), np.uint16)
        rows[heads[begins] >> 16, numbers[heads[begins] & 0xFFFF]] = np.arange(1, len(begins) + 1)
        self.rows = rows.ravel()
        # By second byte and third character, what was read before it.
        trails = outer & 0xFF
        order = np.lexsort((second, trails))
        self.ended, self.ended_chance = first[order], chance[order]
        heads = (trails[order].astype(np.int64) << 16) | second[order]
        begins = np.unique(heads, return_index=True)[1]
        self.third_starts = np.append(begins, len(heads)).astype(np.int32)
        self.thirds = (heads[begins] & 0xFFFF).astype(np.uint16)
        self.by_trail = np.searchsorted(heads[begins] >> 16, np.arange(0x101)).astype(np.int32)
        self.cuts = Cuts(language.ngrams, language.twos[0])
        self.never = {lead: hidden.vanishing_with(lead) for lead in range(0x81, 0xFF)}
        self.endings = [hidden.ending_of(trail, low=low) for trail in range(0x100) for low in (False, True)]


class Hidden(hidden.Hidden):
    """The same with the tables as arrays beside it."""

    @cached_property
    def rows(self):
        _prepare()
        return Rows(self.gone, self._language)
