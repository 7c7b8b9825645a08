# What may have met in a place, compiled.


cdef class Meeting(Choosing):
    """What may have met in a place, as `shida.restore.hidden.Hidden` finds it."""

    cdef inline void _take(self, Best *best, double chance, Cell text) noexcept:
        """`_keep`, unless a note says that it ends otherwise."""
        cdef int at
        if self.telling:
            for at in range(self.telling):
                if self.allowed[at] == text.at[text.size - 1]:
                    break
            else:
                return
        _keep(best, chance, text)

    cdef void _once(self, Best *best, int lead, int trail, Py_UCS4 last, Py_UCS4 following, double floor) noexcept:
        cdef Rows rows = self.rows
        cdef Ngrams ngrams = self.ngrams
        cdef Py_ssize_t at, start = rows.starts[lead << 8 | trail], stop = rows.starts[(lead << 8 | trail) + 1]
        cdef double chance
        cdef Cell two
        two.size = 2
        for at in range(start, stop):
            ngrams.fetch(last, rows.first[at])
        for at in range(start, stop):
            chance = rows.chance[at] + ngrams.pair_of(last, rows.first[at])
            if chance > floor:
                if following:
                    chance += ngrams.pair_of(rows.second[at], following)
                if chance > floor:
                    two.at[0], two.at[1] = rows.first[at], rows.second[at]
                    self._take(best, chance, two)

    cdef void _beside(
        self, str options, Py_UCS4 other, bint ends, Py_ssize_t most, Few *few, bint read = True
    ) noexcept:
        """The likeliest of `options` before `other` (where it `ends`) or after it, as `Hidden.never` finds them.

        With `read`, of those ever read there: as `hidden.read_before` and `hidden.read_after`.
        """
        cdef Ngrams ngrams = self.ngrams
        cdef Option option
        cdef Py_UCS4 one
        cdef Py_ssize_t place
        few.size = 0
        for one in options:
            if ends:
                ngrams.fetch(one, other)
            else:
                ngrams.fetch(other, one)
        for one in options:
            option.chance = ngrams.read_of(one, other) if ends else ngrams.read_of(other, one)
            if option.chance > 0.0:
                if read:
                    continue
                option.chance = ngrams.pair_of(one, other) if ends else ngrams.pair_of(other, one)
            option.chance += ngrams.ones[unit(one)].chance if ends else ngrams.ones[unit(one)].back
            option.text = _one(one)
            place = few.size
            if place == most:
                if not _is_above(&option, &few.at[most - 1]):
                    continue
                place -= 1
            else:
                few.size += 1
            while place and _is_above(&option, &few.at[place - 1]):
                few.at[place] = few.at[place - 1]
                place -= 1
            few.at[place] = option

    cdef int _never(
        self, Best *best, int lead, int trail, Py_UCS4 last, Py_UCS4 following, double floor, bint read
    ) except -1:
        cdef Cell two
        cdef Few begun, ended
        cdef Py_ssize_t at, other
        cdef double chance
        cdef int low = 1
        cdef str firsts
        two.size = 2
        for firsts in self.rows.never.get(lead, ()):
            self._beside(firsts, last, False, BEGUN, &begun, read)
            if begun.size:
                self._beside(self.rows.endings[2 * trail + low], following, True, BEGUN, &ended, read)
                for at in range(ended.size):
                    two.at[1] = ended.at[at].text.at[0]
                    for other in range(begun.size):
                        two.at[0] = begun.at[other].text.at[0]
                        chance = begun.at[other].chance + ended.at[at].chance
                        if chance > floor and self.ngrams.often_of(two.at[0], two.at[1]) == 0.0:
                            self._take(best, chance, two)
            low = 0
        return 0

    cdef void _ending(self, Best *best, Py_UCS4 left, Py_UCS4 right, double floor) noexcept:
        cdef Rows rows = self.rows
        cdef Ngrams ngrams = self.ngrams
        cdef Py_ssize_t row, at
        cdef Py_ssize_t start = rows.by_lead[self.closing], stop = rows.by_lead[self.closing + 1]
        cdef double last, whole
        cdef Cell two
        two.size = 2
        for row in range(start, stop):
            ngrams.fetch(rows.seconds[row], right)
        for row in range(start, stop):
            last = ngrams.read_of(rows.seconds[row], right)
            if last > 0.0:
                continue
            for at in range(rows.row_starts[row], rows.row_starts[row + 1]):
                whole = last + rows.by_second_chance[at] + ngrams.pair_of(left, rows.by_second_first[at])
                if whole > floor:
                    two.at[0], two.at[1] = rows.by_second_first[at], rows.seconds[row]
                    self._take(best, whole, two)

    cdef int _dashes(self, Best *best, int trail, Py_UCS4 left, Py_UCS4 right) except -1:
        cdef Ngrams ngrams = self.ngrams
        cdef Few seconds
        cdef Cell three
        cdef Py_ssize_t at
        cdef Py_UCS4 dash, one
        three.size = 3
        self._beside(self.rows.endings[2 * trail], right, True, DASH_ENDS, &seconds)
        for dash in "—…" if seconds.size else "":
            for at in range(seconds.size):
                one = seconds.at[at].text.at[0]
                three.at[0] = three.at[1] = dash
                three.at[2] = one
                self._take(
                    best,
                    ngrams.pair_of(left, dash) + ngrams.pair_of(dash, dash) + ngrams.pair_of(dash, one)
                    + seconds.at[at].chance - ngrams.ones[unit(one)].chance,
                    three,
                )
        return 0

    cdef void _twice(self, Best *best, int lead, int trail, Py_UCS4 left, Py_UCS4 right, double floor) noexcept:
        cdef Rows rows = self.rows
        cdef Ngrams ngrams = self.ngrams
        cdef Py_ssize_t third, at, row, first
        cdef Py_ssize_t start = rows.by_trail[trail], stop = rows.by_trail[trail + 1]
        cdef double last, chance, whole
        cdef Cell three
        three.size = 3
        for third in range(start, stop):
            ngrams.fetch(rows.thirds[third], right)
        for third in range(start, stop):
            last = ngrams.read_of(rows.thirds[third], right)
            if last > 0.0 or last - LEAST < floor:
                continue
            for at in range(rows.third_starts[third], rows.third_starts[third + 1]):
                row = rows.rows[lead * rows.kinds + rows.row_of[rows.ended[at]]]
                if not row:
                    continue
                row -= 1
                chance = last + rows.ended_chance[at]
                for first in range(rows.row_starts[row], rows.row_starts[row + 1]):
                    if chance - LEAST + rows.by_second_chance[first] <= floor:
                        break
                    whole = chance + rows.by_second_chance[first] + ngrams.pair_of(left, rows.by_second_first[first])
                    if whole > floor:
                        three.at[0], three.at[1] = rows.by_second_first[first], rows.ended[at]
                        three.at[2] = rows.thirds[third]
                        self._take(best, whole, three)
