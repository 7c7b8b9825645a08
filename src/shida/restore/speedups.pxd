# The chances of characters after others, for compiled code beside this.

from libc.math cimport exp
from libc.stdint cimport uint16_t, uint32_t, uint64_t


cdef struct One:
    float chance  # the logarithm, of the character by itself
    float back  # the logarithm of what backs off after it
    float over  # how often anything followed, and what backs off


cdef struct Two:
    float chance  # the logarithm; 1 where the two were never read
    float share  # the logarithm of what backs off after both, 0 where nothing was read after them
    uint32_t thirds  # where it stands how many characters were read after both, with these behind


cdef struct Word:
    uint64_t key  # its characters, one after the other; 0 where the place is free
    double chance  # the logarithm


cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define shida_fetch(place) __builtin_prefetch(place)
    #else
    #define shida_fetch(place) ((void) 0)
    #endif
    """
    void shida_fetch(const void *place) noexcept nogil


cdef inline uint32_t unit(Py_UCS4 character) noexcept nogil:
    return <uint32_t> min(<long> character, 0xFFFF)


cdef enum:
    BITS = (1 << 21) - 1  # about ten for each two characters ever read together


cdef inline uint64_t place(uint32_t key) noexcept nogil:
    return (key * 0x9E3779B97F4A7C15ULL) >> 32


cdef class Ngrams:
    cdef One *ones
    cdef uint64_t *seen  # a bit for what may be there: most are not, and this is near
    cdef uint32_t *keys  # both characters as one number, 0 where the place is free; apart, for most are not there
    cdef Two *twos  # beside them; behind the last what is known of characters that were never read together
    cdef uint64_t mask  # the number of places, a power of two, less one
    cdef uint16_t *thirds
    cdef float *chances
    cdef list _kept

    cdef Two *_take(self, uint64_t key) noexcept
    cdef double score_of(self, const Py_UCS4 *whole, Py_ssize_t size) noexcept

    cdef inline Two *find(self, Py_UCS4 before, Py_UCS4 after) noexcept:
        """What is known of two characters."""
        cdef uint32_t key = unit(before) << 16 | unit(after)
        cdef uint64_t at = place(key), slot = at & self.mask
        if not self.seen[(at & BITS) >> 6] >> (at & 63) & 1:
            return &self.twos[self.mask + 1]
        while self.keys[slot]:
            if self.keys[slot] == key:
                return &self.twos[slot]
            slot = (slot + 1) & self.mask
        return &self.twos[self.mask + 1]

    cdef inline double pair_in(self, const Two *slot, Py_UCS4 before, Py_UCS4 after) noexcept:
        """How likely the second is after the first, of which `slot` is known."""
        if slot.chance <= 0.0:
            return slot.chance
        return <double> self.ones[unit(after)].chance + self.ones[unit(before)].back

    cdef inline double pair_of(self, Py_UCS4 before, Py_UCS4 after) noexcept:
        return self.pair_in(self.find(before, after), before, after)

    cdef inline double read_of(self, Py_UCS4 before, Py_UCS4 after) noexcept:
        """As `pair_of`, and 1 where the two were never read together."""
        return self.find(before, after).chance

    cdef inline double three_in(self, const Two *slot, const Two *next, Py_UCS4 second, Py_UCS4 third) noexcept:
        """How likely the third is after two: `slot` is known of the first and second, `next` of the second and third."""
        cdef Py_ssize_t low, high, end, middle
        cdef uint16_t wanted = <uint16_t> unit(third)
        low = slot.thirds + 1
        end = high = low + self.thirds[slot.thirds]
        while low < high:
            middle = (low + high) >> 1
            if self.thirds[middle] < wanted:
                low = middle + 1
            else:
                high = middle
        if low < end and self.thirds[low] == wanted:
            return self.chances[low]
        return self.pair_in(next, second, third) + slot.share

    cdef inline double three_of(self, Py_UCS4 first, Py_UCS4 second, Py_UCS4 third) noexcept:
        return self.three_in(self.find(first, second), self.find(second, third), second, third)

    cdef inline double often_in(self, const Two *slot, Py_UCS4 before, Py_UCS4 after) noexcept:
        """How often the two were read together."""
        if slot.chance > 0.0:
            return 0.0
        return self.ones[unit(before)].over * (
            exp(slot.chance) - exp(<double> self.ones[unit(before)].back + self.ones[unit(after)].chance)
        )

    cdef inline double often_of(self, Py_UCS4 before, Py_UCS4 after) noexcept:
        return self.often_in(self.find(before, after), before, after)

    cdef inline void fetch(self, Py_UCS4 before, Py_UCS4 after) noexcept:
        """Ask the memory for what is known of two characters, so that many look-ups wait together."""
        shida_fetch(&self.seen[(place(unit(before) << 16 | unit(after)) & BITS) >> 6])

    cdef inline void fetch_thirds(self, const Two *slot) noexcept:
        """The same for what was read after two characters."""
        shida_fetch(&self.thirds[slot.thirds])
        shida_fetch(&self.chances[slot.thirds])


cdef enum:
    LONGEST_WORD = 4
    BEGINS = (1 << 20) - 1  # bits, about ten for each two characters that ever begin a word


cdef class Words:
    cdef double *single  # of each character by itself, 1 where it is no word
    cdef uint64_t *begins  # a bit for two characters that may begin a word: most do not
    cdef Word *words  # of two characters and more
    cdef uint64_t mask
    cdef double unread
    cdef list _kept

    cdef double known(self, uint64_t key) noexcept
    cdef double score_of(self, const Py_UCS4 *text, Py_ssize_t size) noexcept
