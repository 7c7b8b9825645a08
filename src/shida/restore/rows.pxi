# The characters ever read together, by what damage leaves of them, in arrays.


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

    def __init__(self, met):
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
        self.never = {lead: hidden.vanishing_with(lead) for lead in range(0x81, 0xFF)}
        self.endings = [hidden.ending_of(trail, low=low) for trail in range(0x100) for low in (False, True)]


class Hidden(hidden.Hidden):
    """The same with the tables as arrays beside it."""

    @cached_property
    def rows(self):
        _prepare()
        return Rows(self.gone)
