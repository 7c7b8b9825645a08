# `shida.restore.ngrams.Ngrams` and `shida.restore.words.Words`, compiled.


cdef class Ngrams:
    """The chances of `shida.restore.ngrams.Ngrams`, in tables of numbers instead of dictionaries of text.

    They are small, because a look-up waits for the memory and for nothing else: what was read after two characters
    stands beside what is known of the two, in order.
    """

    def __init__(self, ones, twos, threes, after_one, after_two, overs, double rare):
        cdef const uint64_t[::1] keys
        cdef const float[::1] values
        cdef Py_ssize_t at, size = 16
        single = np.zeros(0x10000, [("chance", np.float32), ("back", np.float32), ("over", np.float32)])
        single["chance"] = rare
        for name, (places, found) in (("chance", ones), ("back", after_one), ("over", overs)):
            single[name][places.astype(np.int64)] = found
        contexts, starts, number = np.unique(threes[0] >> np.uint64(16), return_index=True, return_inverse=True)
        every = np.unique(np.concatenate((twos[0], after_two[0], contexts)))
        while size * 4 < len(every) * 5:
            size *= 2
        taken, seen = np.zeros(size, np.uint32), np.zeros((BITS + 1) // 64, np.uint64)
        table = np.zeros(size + 1, [("chance", "f4"), ("share", "f4"), ("thirds", "u4")])
        table["chance"] = 1.0
        # For each context how many there are, then these; before the first, none.
        heads = starts + np.arange(1, len(starts) + 1)
        thirds = np.zeros(1 + len(contexts) + len(number), np.uint16)
        chances = np.zeros(len(thirds), np.float32)
        inside = np.arange(len(number)) + number + 2
        thirds[heads] = np.diff(starts, append=len(number))
        thirds[inside], chances[inside] = threes[0] & np.uint64(0xFFFF), threes[1]
        self._kept = [single, seen, taken, table, thirds, chances]
        cdef One[::1] one_rows = single
        cdef uint64_t[::1] seen_row = seen
        cdef uint32_t[::1] key_row = taken
        self.seen = &seen_row[0]
        cdef Two[::1] two_rows = table
        cdef uint16_t[::1] third_row = thirds
        cdef float[::1] chance_row = chances
        self.ones, self.keys, self.twos, self.mask = &one_rows[0], &key_row[0], &two_rows[0], size - 1
        self.thirds, self.chances = &third_row[0], &chance_row[0]
        keys, values = twos[0], twos[1].astype(np.float32)
        for at in range(keys.shape[0]):
            self._take(keys[at]).chance = values[at]
        keys, values = after_two[0], after_two[1].astype(np.float32)
        for at in range(keys.shape[0]):
            self._take(keys[at]).share = values[at]
        keys = contexts
        cdef const int64_t[::1] head_of = heads.astype(np.int64)
        for at in range(keys.shape[0]):
            self._take(keys[at]).thirds = <uint32_t> head_of[at]

    cdef Two *_take(self, uint64_t key) noexcept:
        """The place of two characters, theirs from now on."""
        cdef uint64_t at = place(<uint32_t> key), slot = at & self.mask
        self.seen[(at & BITS) >> 6] |= <uint64_t> 1 << (at & 63)
        while self.keys[slot] and self.keys[slot] != key:
            slot = (slot + 1) & self.mask
        self.keys[slot] = <uint32_t> key
        return &self.twos[slot]

    cdef double score_of(self, const Py_UCS4 *whole, Py_ssize_t size) noexcept:
        cdef Py_ssize_t at
        cdef double total = 0.0
        cdef Two *slot
        cdef Two *next
        if size < 3:
            return total
        for at in range(size - 1):
            self.fetch(whole[at], whole[at + 1])
        slot = self.find(whole[0], whole[1])
        self.fetch_thirds(slot)
        for at in range(size - 2):
            next = self.find(whole[at + 1], whole[at + 2])
            self.fetch_thirds(next)
            total += self.three_in(slot, next, whole[at + 1], whole[at + 2])
            slot = next
        return total

    def one(self, str character):
        return self.ones[unit(character[0])].chance

    def backed(self, str context):
        if len(context) == 1:
            return self.ones[unit(context[0])].back
        return self.find(context[0], context[1]).share if len(context) == 2 else 0.0

    def pair(self, str two):
        if len(two) == 2:
            return self.pair_of(two[0], two[1])
        if len(two) < 2:
            raise IndexError(two)
        return <double> self.ones[unit(two[1])].chance + self.ones[unit(two[0])].back  # no table has longer ones

    def over(self, str character):
        return self.ones[unit(character[0])].over

    def often(self, str two):
        return self.often_of(two[0], two[1]) if len(two) == 2 else 0.0

    def likely(self, str three):
        if len(three) == 3:
            return self.three_of(three[0], three[1], three[2])
        return self.pair(three[1:]) + self.backed(three[:2])

    def score(self, str whole):
        cdef Py_ssize_t at
        cdef double total = 0.0
        for at in range(len(whole) - 2):
            total += self.three_of(whole[at], whole[at + 1], whole[at + 2])
        return total

    def ranked(self, options, str left, str right, double reach):
        cdef double floor = -1e9, total
        cdef Py_UCS4 last = left[1], following = right[0], after = right[1], here
        cdef Two *opened = self.find(left[0], last)
        cdef Two *closed = self.find(following, after)
        cdef Two *before
        cdef Two *behind
        cdef str one
        found = []
        for one in options:
            here = one[0]
            self.fetch(last, here)
            self.fetch(here, following)
        for one in options:
            here = one[0]
            before, behind = self.find(last, here), self.find(here, following)
            total = self.three_in(opened, before, last, here)
            if total < floor:
                continue
            total += self.three_in(before, behind, here, following)
            if total < floor:
                continue
            total += self.three_in(behind, closed, following, after)
            if total > floor:
                found.append((total, one))
                if total - reach > floor:
                    floor = total - reach
        return found


cdef class Words:
    """The chances of `shida.restore.words.Words`, in tables of numbers."""

    def __init__(self, logs, double unread):
        cdef Py_ssize_t size = 16
        cdef uint64_t key, slot, bit
        cdef str word
        cdef double chance
        while size * 3 < len(logs) * 4:
            size *= 2
        single, begins = np.ones(0x10000), np.zeros((BEGINS + 1) // 64, np.uint64)
        table = np.zeros(size, [("key", np.uint64), ("chance", np.float64)])
        cdef double[::1] singles = single
        cdef uint64_t[::1] bits = begins
        cdef Word[::1] rows = table
        self._kept = [single, begins, table]
        self.single, self.begins, self.words, self.mask = &singles[0], &bits[0], &rows[0], size - 1
        self.unread = unread
        assert words.LONGEST == LONGEST_WORD
        for word, chance in logs.items():
            if len(word) == 1:
                self.single[unit(word[0])] = chance
                continue
            bit = place(unit(word[0]) << 16 | unit(word[1])) & BEGINS
            self.begins[bit >> 6] |= <uint64_t> 1 << (bit & 63)
            key = 0
            for character in word:
                key = key << 16 | unit(ord(character))
            slot = (key * 0x9E3779B97F4A7C15ULL) >> 32 & self.mask
            while self.words[slot].key and self.words[slot].key != key:
                slot = (slot + 1) & self.mask
            self.words[slot].key, self.words[slot].chance = key, chance

    cdef double known(self, uint64_t key) noexcept:
        """The chance of a word of two characters or more, 1 where it is none."""
        cdef uint64_t slot = (key * 0x9E3779B97F4A7C15ULL) >> 32 & self.mask
        while self.words[slot].key:
            if self.words[slot].key == key:
                return self.words[slot].chance
            slot = (slot + 1) & self.mask
        return 1.0

    cdef double score_of(self, const Py_UCS4 *text, Py_ssize_t size) noexcept:
        cdef double[LONGEST_WORD + 1] best  # up to each of the last places
        cdef uint64_t[LONGEST_WORD] keys  # of what begins at each of the last places, 0 where no word does
        cdef Py_ssize_t end, begin
        cdef uint64_t bit
        cdef double found, chance
        for end in range(size):
            shida_fetch(&self.single[unit(text[end])])
            if end:
                shida_fetch(&self.begins[(place(unit(text[end - 1]) << 16 | unit(text[end])) & BEGINS) >> 6])
        best[0] = 0.0
        for end in range(1, size + 1):
            chance = self.single[unit(text[end - 1])]
            found = best[(end - 1) % (LONGEST_WORD + 1)] + (chance if chance <= 0.0 else self.unread)
            if end > 1:
                bit = place(unit(text[end - 2]) << 16 | unit(text[end - 1])) & BEGINS
                keys[(end - 2) % LONGEST_WORD] = 0
                if text[end - 2] and self.begins[bit >> 6] >> (bit & 63) & 1:  # NUL is no part of a key
                    keys[(end - 2) % LONGEST_WORD] = unit(text[end - 2])
            for begin in range(max(0, end - LONGEST_WORD), end - 1):
                if not keys[begin % LONGEST_WORD]:
                    continue
                keys[begin % LONGEST_WORD] = keys[begin % LONGEST_WORD] << 16 | unit(text[end - 1])
                chance = self.known(keys[begin % LONGEST_WORD])
                if chance <= 0.0 and best[begin % (LONGEST_WORD + 1)] + chance > found:
                    found = best[begin % (LONGEST_WORD + 1)] + chance
            best[end % (LONGEST_WORD + 1)] = found
        return best[size % (LONGEST_WORD + 1)]

    def score(self, str text):
        cdef Py_UCS4 *copy = <Py_UCS4 *> malloc(max(1, len(text)) * sizeof(Py_UCS4))
        cdef Py_ssize_t at
        if copy == NULL:
            raise MemoryError
        try:
            for at in range(len(text)):
                copy[at] = text[at]
            return self.score_of(copy, len(text))
        finally:
            free(copy)
