# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""`shida.restore.open_ends.Reading`, compiled: the same methods under the same names, each explained there.

Characters are code points here. What is looked up for many characters in a row is asked for ahead (`fetch`), since the
tables are larger than the memory that is near.
"""

from cpython.unicode cimport (
    PyUnicode_2BYTE_KIND,
    PyUnicode_4BYTE_KIND,
    PyUnicode_DATA,
    PyUnicode_FromKindAndData,
    PyUnicode_KIND,
)
from libc.math cimport exp, log
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint64_t
from libc.stdlib cimport free, malloc, realloc

from shida.restore.speedups cimport Ngrams, Words, fetch, fetch_after, unit

from functools import cached_property

import numpy as np

from shida.restore import chain, choosing, hidden, language, lost_ends, open_ends, pairs, surroundings
from shida.restore.chain import Chain
from shida.restore.codes import LETTERS, back_table
from shida.restore.further import SEEN_AFTER, brackets, swallowed
from shida.restore.damage import pair_table
from shida.restore.grams import BACKING
from shida.restore.language import PAGE_WEIGHT
from shida.restore.pairs import CUT_TRAILS, Piece
from shida.restore.syllables import is_reading, pairs_by_text

cdef enum:
    WIDEST = 4  # characters that may stand for one: —— and what follows
    LINE = 40
    DASHES = 0xA1
    AFTER = 12  # printed characters that are looked at for the two after a place
    SYLLABLE = 6

cdef double HIDDEN = pairs.HIDDEN
cdef double PAIRED = choosing.PAIRED, REACH = choosing.REACH, UNSURE = choosing.UNSURE, NEAR = choosing.NEAR
cdef double PROOF = open_ends.PROOF, SLACK = open_ends.SLACK, SEEN = open_ends.SEEN, GATE = open_ends.GATE, ONCE = open_ends.ONCE
cdef double POOR = open_ends.POOR, TWICE = open_ends.TWICE, GUESSED = open_ends.GUESSED, DASHED = open_ends.DASHED
cdef double DOUBT = open_ends.DOUBT, LEAST = hidden.LEAST, UNLIKELY = lost_ends.UNLIKELY, UNMATCHED = lost_ends.UNMATCHED
cdef double BY_WORDS = choosing.BY_WORDS, HIDDEN_BY_WORDS = open_ends.HIDDEN_BY_WORDS
cdef double FAR_BY_WORDS = open_ends.FAR_BY_WORDS, UNSETTLED = open_ends.UNSETTLED
cdef Py_ssize_t BEFORE = choosing.BEFORE, AFTER_CUT = choosing.AFTER, AFTER_HIDDEN = choosing.AFTER_HIDDEN
cdef enum:
    LOOKED = 8
    RIVALS = 5
assert (LOOKED, RIVALS, DASHES) == (choosing.LOOKED, choosing.RIVALS, open_ends.DASHES)
cdef double GARBLED = surroundings.GARBLED
cdef int GARBLED_LOOK = surroundings.GARBLED_LOOK, GARBLED_LEAST = surroundings.GARBLED_LEAST
cdef Py_ssize_t BESIDE = surroundings.NEAR, QUOTED = surroundings.QUOTED, LONGEST = chain.LONGEST, HOLES = chain.HOLES
cdef Py_ssize_t DASH_ENDS = hidden.DASH_ENDS, BEGUN = hidden.BEGUN
cdef str LOST_TEXT = pairs.LOST
cdef Py_UCS4 LOST = pairs.LOST, ZHE = "著"
cdef double NEVER = -1e9
cdef double TOTAL_BACKING = BACKING[2], PAGE = PAGE_WEIGHT
cdef bint prepared = False
cdef str cut_characters
cdef const uint16_t[::1] back_of  # as `back_table`
cdef uint8_t[0x400] is_letter  # of a reading
cdef uint16_t[0x10000] pair_of_code  # the two bytes of a character; of ASCII those that it had before it was folded
cdef uint16_t[0x10000] original_of  # by pair: what it was; LOST where it was nothing or one of two, but for 著


cdef int _prepare() except -1:
    """Make the tables, the first time they are wanted."""
    global prepared, cut_characters, back_of
    if prepared:
        return 0
    cut_characters, back_of = hidden.cut_characters(), back_table()
    for at in range(0x400):
        is_letter[at] = chr(at) in LETTERS
    for text, pair in (*pairs_by_text().items(), *pairs.wide_pair().items()):
        if len(text) == 1 and ord(text) < 0x10000:
            pair_of_code[ord(text)] = pair
    for pair, texts in enumerate(pairs.originals()):
        original_of[pair] = ord(texts[len(texts) - 1]) if texts else ord(pairs.LOST)
    prepared = True
    return 0


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


cdef inline bint _is_noted(str text, Py_ssize_t at, Py_ssize_t end, Py_ssize_t *close):
    """Whether `(reading)` stands at `at` and ends before `end`, and behind which place."""
    cdef Py_ssize_t place = at + 1
    if at >= end or text[at] != 0x28:
        return False
    while place < end and place - at <= SYLLABLE and text[place] < 0x400 and is_letter[<int> text[place]]:
        place += 1
    if place == at + 1 or place >= end or text[place] != 0x29:
        return False
    close[0] = place + 1
    return True


cdef enum:
    ROOM = 404  # characters that a chain has at most: one for each that is printed, and one more
assert ROOM > chain.LONGEST + 2


cdef class Link:
    """A chain while it is followed."""

    cdef Py_UCS4[ROOM] known
    cdef uint8_t[2 * ROOM] pairs
    cdef Py_ssize_t size, number  # characters, and bytes
    cdef list places
    cdef int pending

    cdef void add(self, int pair, Py_UCS4 character) noexcept:
        """Take in a character and its two bytes."""
        self.pairs[self.number], self.pairs[self.number + 1] = pair >> 8, pair & 0xFF
        self.number += 2
        self.known[self.size] = character
        self.size += 1

    cdef Py_ssize_t run(self, str text, Py_ssize_t place, Py_ssize_t stop) except -2:
        """Read what is printed from `place` on one byte later; where it ends, -1 where it cannot be read."""
        cdef Py_ssize_t at = place, close
        cdef bint empty = True, folded = False
        cdef Py_UCS4 character
        cdef int pair
        while at < stop:
            character = text[at]
            if character == 0x28 and _is_noted(text, at, stop, &close):
                if empty or not is_reading(text[at - 1], text[at + 1 : close - 1]):
                    return -1
                self.places[len(self.places) - 1] = close
                at = close
                continue
            if character < 0x80 and character not in ",:;!()":
                break
            pair = pair_of_code[<int> character] if character < 0x10000 else 0
            if pair >> 8 < 0x81 or pair & 0xFF < 0x81 or self.pending < 0x81:
                return -1
            self.add(self.pending << 8 | pair >> 8, original_of[self.pending << 8 | pair >> 8])
            self.pending = pair & 0xFF
            at += 1
            empty = False
            self.places.append(at)
        return at

    cdef object chain(self, Py_ssize_t start, Py_ssize_t end, bint cut, list holes, tuple first):
        known = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, self.known, self.size)
        return Chain(start, end, cut, known, self.pairs[: self.number], self.places, tuple(holes), first)


    cdef object told(self, Py_ssize_t start, Py_UCS4 letter, told, bint cut, list holes, tuple first):
        """The chain with a last character of which a note tells what it may be."""
        self.add(self.pending << 8 | <int> letter, LOST)
        self.places.append(told[0])
        done = self.chain(start, told[0], cut, holes, first)
        done.ending = told[1]
        return done


def follow(str text, Py_ssize_t at, Py_ssize_t end, noted, reads, unprinted, *, bint folded):
    cdef Py_ssize_t place, stop, after, close, begun
    cdef Link link
    cdef tuple first = (), final
    cdef list holes = []
    cdef bint cut, ends_here, letter, capital
    cdef int pair, found
    cdef Py_UCS4 character, following
    _prepare()
    end = min(end, len(text))
    if at + 1 >= end:
        return None
    trail = CUT_TRAILS.get(text[at + 1])
    cut = trail is not None
    link = Link()
    if cut:
        link.pending, place = trail, at + 2
    else:
        if at == 0 or text[at + 1] >= 0x400 or not is_letter[<int> text[at + 1]]:
            return None
        close = at + 1
        while close < end and close - at <= SYLLABLE and text[close] < 0x400 and is_letter[<int> text[close]]:
            close += 1
        if close >= end or text[close] != 0x29:
            return None
        before = pairs.pair_of(text[at - 1])
        first = noted.pairs(before & 0xFF if before >= 0 else ord(text[at - 1]) & 0x7F, text[at + 1 : close])
        if not first:
            return None
        link.pending, place = first[0] & 0xFF, close + 1
    link.places = [place if cut else at]
    stop = min(end, at + LONGEST)
    while True:
        begun = link.size
        after = link.run(text, place, stop)
        if after < 0:
            return None
        if holes and holes[len(holes) - 1] == begun:
            if link.size == begun:
                return None
            link.known[begun] = LOST
        if after >= stop:
            return None
        character = text[after]
        if character == 0x3F:
            match = chain.NOTE.match(text, after + 1, end)
            if match:
                leads = (link.pending,) if link.size or len(first) < 2 else [pair & 0xFF for pair in first]
                final = tuple([told for lead in leads for told in chain.finals(noted, lead, match[1])])
                if not final:
                    return None
                if len(final) == 1 and len(final[0]) == 1:
                    link.add(link.pending << 8 | <int> hidden.bytes_of_originals()[final[0]][1], final[0][0])
                    link.places.append(match.end())
                    final = ()
                done = link.chain(at, match.end(), cut, holes, first)
                done.final = final
                return done
            if after + 1 < end and text[after + 1] == 0x3F:
                holed = chain.holed_finals(text, after + 1, end, noted, link.pending)
                if holed is not None:
                    done = link.chain(at, holed[0], cut, holes, first)
                    done.final = holed[1]
                    return done
            following = text[after + 1] if after + 1 < end else 0x0A
            ends_here = following in CUT_TRAILS or following == 0x0D or following == 0x0A
            letter = 0x40 <= following < 0x7F
            if following == 0x28 and (match := chain.NOTE.match(text, after + 2, end)):
                pair = link.pending << 8 | 0x80  # prints its `?` by itself
                if original_of[pair] != LOST and is_reading(pair_table()[pair], match[1]):
                    link.add(pair, original_of[pair])
                    link.places.append(match.end())
                    return link.chain(at, match.end(), cut, holes, first)
            if letter and (told := chain.tell(text, after + 2, end, chr(following))):
                holes.append(link.size)
                return link.told(at, following, told, cut, holes, first)
            if letter and (link.pending << 8 | <int> following) in unprinted:
                close = chain.noted_letter(text, after + 2, end, -1)
                if close > after + 2 or (after + 2 < len(text) and text[after + 2] >= 0x80):
                    holes.append(link.size)
                    link.add(link.pending << 8 | <int> following, LOST)
                    link.places.append(close)
                    return link.chain(at, close, cut, holes, first)
            letter = letter and after + 2 < len(text) and text[after + 2] >= 0x80
            if ends_here or following <= 0x7F or reads(text[after + 1 : after + 5]):
                done = link.chain(at, after + 1, cut, holes, first)
                done.closing, done.swallowed, done.doubtful = link.pending, not ends_here, letter
                return done
            if len(holes) == HOLES:
                return None
            holes.append(link.size)
            place = after + 1
            continue
        capital = 0x40 <= character < 0x7F
        close = 0
        pair = link.pending << 8 | <int> character
        if capital:
            close = chain.noted_letter(text, after + 1, end, pair if original_of[pair] != LOST else -1)
        if (
            folded
            and 0x21 <= character < 0x7F
            and not (capital and (close > after + 1 or reads(text[after + 1 : after + 12])))
        ):
            pair = link.pending << 8 | 0xA3
            link.add(pair, LOST if original_of[pair] == ZHE else original_of[pair])
            link.pending, place = <int> character + 0x80, after + 1
            link.places.append(place)
        elif capital:
            if close == after + 1 and (told := chain.tell(text, after + 1, end, chr(character))):
                return link.told(at, character, told, cut, holes, first)
            link.add(pair, LOST if original_of[pair] == ZHE else original_of[pair])
            link.places.append(close)
            return link.chain(at, close, cut, holes, first)
        else:
            return None


cdef class Options:
    """Room for what may stand in a place."""

    cdef Option *at
    cdef Py_ssize_t size, room

    def __dealloc__(self):
        free(self.at)

    cdef int add(self, Cell text) except -1:
        cdef Option *more
        if self.size == self.room:
            more = <Option *> realloc(self.at, max(256, 2 * self.room) * sizeof(Option))
            if more == NULL:
                raise MemoryError
            self.at, self.room = more, max(256, 2 * self.room)
        self.at[self.size].text = text
        self.size += 1
        return 0


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
    cdef dict never, endings

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
        self.endings = {(trail, low): hidden.ending_of(trail, low=low) for trail in range(0x100) for low in (False, True)}


class Hidden(hidden.Hidden):
    """The same with the tables as arrays beside it."""

    @cached_property
    def rows(self):
        _prepare()
        return Rows(self.gone)


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

    def __init__(self, str text):
        self.text, self.size = text, len(text)
        self.units = <const uint16_t *> PyUnicode_DATA(text) if PyUnicode_KIND(text) == PyUnicode_2BYTE_KIND else NULL

    def __getitem__(self, str gram):
        cdef Cell asked
        if not 0 < len(gram) <= 3:
            return self.text.count(gram)
        asked = _cell(gram)
        return self.times(asked.at, asked.size)

    def before(self, str gram):
        return language.before(self.text, gram)

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


cdef enum:
    ENDINGS = 128


cdef class Reading:
    """One chain on its way to pieces."""

    cdef object language, hidden, chain, page
    cdef Ngrams ngrams
    cdef Rows rows
    cdef Options options
    cdef str text
    cdef Cell left, right, right_after, right_alone
    cdef bint quoted, guessed
    cdef list texts
    cdef dict chosen
    cdef Cell *plains
    cdef Py_ssize_t size, start, end, stop
    cdef bytes pairs
    cdef tuple holes
    cdef int closing
    cdef bint cut
    cdef str further
    cdef Words words  # None before they are asked for
    cdef Py_UCS4[ENDINGS] allowed  # what the last of several characters may be, where a note says so
    cdef int endings, telling  # how many of them, and in the place that is being looked at

    def __init__(self, language, hidden, chain, str left, str text, page, *, bint quoted):
        cdef str known = chain.known
        cdef Line line
        cdef Cell number = _one(0x30)
        cdef Py_ssize_t at
        self.language, self.hidden, self.chain, self.page, self.text = language, hidden, chain, page, text
        self.ngrams, self.rows, self.options = language.ngrams, hidden.rows, Options()
        self.left, self.further, self.cut = _cell(left[len(left) - 2 :]), left, chain.cut
        self.endings, self.telling = 0, 0
        for one in chain.ending:
            self.allowed[self.endings] = (<str> one)[0]
            self.endings += 1
        self.start, self.end, self.closing = chain.start, chain.end, chain.closing
        self.pairs, self.holes = chain.pairs, chain.holes
        self.stop = chain.places[len(chain.places) - 1]
        self.right_alone = self.right_after = _right_context(text, self.end)
        if chain.swallowed:
            line.size = 0
            _add(&line, &number)
            _add(&line, &self.right_alone)
            self.right_after.size = line.size
            for at in range(line.size):
                self.right_after.at[at] = line.at[at]
            self.right_after = _plain(self.right_after)
        self.right = self.right_after
        self.right.size = min(self.right.size, 2)
        self.quoted, self.guessed = quoted, False
        self.size = len(known)
        self.texts = list(known)
        self.chosen = {}
        self.plains = <Cell *> malloc(max(1, self.size) * sizeof(Cell))
        if self.plains == NULL:
            raise MemoryError
        for at in range(self.size):
            self.plains[at] = _plain(_one(known[at]))

    def __dealloc__(self):
        free(self.plains)

    def pieces(self):
        cdef Cell inner, first
        cdef list pieces
        chain = self.chain
        opening = self._note_before() if chain.first else self._open()
        if opening is None:
            return []
        inner = self._inner(opening.after)
        first = self._beginning()
        if not self._mend(inner):
            return []
        cdef Cell now = self._beginning()
        cdef bint cut = self.cut
        if cut and (now.size != first.size or now.at[0] != first.at[0] or (now.size > 1 and now.at[1] != first.at[1])):
            opening = self._open()
            if opening is None:
                return []
            inner = self._inner(opening.after)
        if self.guessed and opening.margin is not None and <double> opening.margin < UNSETTLED:
            opening = opening._replace(chance=0.0)
        self._doubt(opening)
        pieces = [opening] if cut else []
        self._between_ends(pieces)
        if self.closing >= 0:
            closed = self._close(self._last_two_after(inner), opening.after)
            if closed is None:
                return []
            pieces.append(closed)
        elif chain.final:
            pieces.append(self._note_after(self._last_two_after(inner)))
        return pieces

    cdef Cell _inner(self, str opened):
        """The two characters before the ones between the ends."""
        cdef Cell found = self.left
        cdef Cell shown
        cdef Line line
        if opened:
            line.size = 0
            found = _one(self.left.at[1])
            shown = _plain(_cell(opened))
            _add(&line, &found)
            _add(&line, &shown)
            found = _last_two(&line)
        return found

    cdef Cell _beginning(self) noexcept:
        """The first two characters between the ends."""
        cdef Line line
        cdef Py_ssize_t at
        line.size = 0
        for at in range(min(2, self.size)):
            _add(&line, &self.plains[at])
        return _first_two(&line)

    cdef Cell _last_two_after(self, Cell inner) noexcept:
        cdef Line line
        cdef Py_ssize_t at
        line.size = 0
        _add(&line, &inner)
        for at in range(max(0, self.size - 2), self.size):
            _add(&line, &self.plains[at])
        return _last_two(&line)

    cdef int _between_ends(self, list pieces) except -1:
        cdef Py_ssize_t begin = 0, at
        places, texts, chosen = self.chain.places, self.texts, self.chosen
        if not chosen:
            if texts:
                pieces.append(Piece(places[0], self.stop, "".join(texts), True, None, None, 1.0))
            return 0
        for at in (*sorted(chosen), self.size):
            if at > begin:
                pieces.append(Piece(places[begin], places[at], "".join(texts[begin:at]), True, None, None, 1.0))
            if at < self.size:
                pieces.append(Piece(places[at], places[at + 1], texts[at], False, *chosen[at], 0.9))
            begin = at + 1
        return 0

    cdef object _note_before(self):
        cdef str left
        chain = self.chain
        if len(chain.first) > 1:
            if not self.size:
                return Piece(self.start, self.start, "", True, None, None, 1.0) if self.chain.final else None
            options = self._first_options()
            if not options:
                return None
            (best, text, pair), *rest = sorted(options, reverse=True)
            self.pairs = bytes((pair & 0xFF,)) + self.pairs[1:]
            self._put(0, text)
            if len(text) > 1:
                self.chosen[0] = (None, None)
            elif rest and best - rest[0][0] < PROOF:
                self.chosen[0] = (rest[0][1], round(best - rest[0][0], 3))
        return Piece(self.start, self.start, "", True, None, None, 1.0)

    cdef list _first_options(self):
        """What may stand first, with how likely it is and the pair that the note before it stood for."""
        cdef Line before, following
        cdef Cell two, text, shown
        cdef Best more
        cdef list found = []
        cdef Py_ssize_t at
        cdef int lead, pair, trail = self.pairs[1]
        self._behind(&following, 1, self.right)
        if not following.size:
            _add(&following, &self.right)
        two = _first_two(&following)
        self._further(&before)
        self.telling = self.endings if self.size == 1 else 0
        for pair in self.chain.first:
            lead = pair & 0xFF
            more.size = 0
            if 0 in self.holes:
                for chance, one in lost_ends.unprinted(self.language, self.hidden, lead, trail):
                    self._take(&more, chance, _cell(one))
            else:
                if not self.telling:
                    for one in pairs.originals()[lead << 8 | trail]:
                        text = _cell(one)
                        shown = _plain(text)
                        found.append((
                            self._score(&self.left, &shown, &two, NULL)
                            + HIDDEN_BY_WORDS * self._by_words(&before, &text, &following), one, pair
                        ))
                self._once(&more, lead, trail, self.left.at[1], following.at[0], UNLIKELY)
            for at in range(min(more.size, RIVALS)):
                text = more.at[at].text
                shown = _plain(text)
                found.append((
                    self._score(&self.left, &shown, &two, NULL)
                    + HIDDEN_BY_WORDS * self._by_words(&before, &text, &following), _text(&text), pair
                ))
        self.telling = 0
        return found

    cdef void _further(self, Line *line) noexcept:
        """The characters before the stretch by whose words a choice is made."""
        cdef Py_ssize_t at, size = len(self.further)
        line.size = 0
        for at in range(max(0, size - BEFORE), size):
            line.at[line.size] = self.further[at]
            line.size += 1

    cdef void _behind(self, Line *line, Py_ssize_t first, Cell tail) noexcept:
        """Those from a place on, for what may hide before it."""
        cdef Py_ssize_t at
        line.size = 0
        for at in range(first, min(first + AFTER_HIDDEN, self.size)):
            _add(line, &self.plains[at])
        _add(line, &tail)
        line.size = <int> min(line.size, AFTER_HIDDEN)
        for at in range(line.size):
            if line.at[at] == LOST:
                line.size = <int> at
                break

    cdef double _by_words(self, const Line *before, const Cell *text, const Line *after) except 1.0:
        """How likely the words are that some text makes with what is beside it."""
        cdef Line line = before[0]
        cdef Cell shown = _plain(text[0])
        cdef Py_ssize_t at
        if self.words is None:
            self.words = self.language.words
        _add(&line, &shown)
        for at in range(after.size):
            line.at[line.size] = after.at[at]
            line.size += 1
        return self.words.score_of(line.at, line.size)

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

    cdef int _doubt(self, opening) except -1:
        cdef bint ends = self.closing >= 0 or bool(self.chain.final), opens = self.cut and opening.margin is not None
        cdef Py_ssize_t at
        cdef Cell opened
        cdef double before, after
        cdef Py_UCS4 one
        if not (self.chosen or ends or opens):
            return 0
        unsure = {at for at, (_, margin) in self.chosen.items() if margin is None or abs(<double> margin) < UNSETTLED}
        for at in range(self.size):
            if at in self.chosen:
                continue
            before = after = -1.0
            one = self.plains[at].at[0]
            if at == 0:
                if not opens:
                    opened = _plain(_cell(opening.after))
                    before = self.ngrams.often_of(opened.at[opened.size - 1] if opened.size else self.left.at[1], one)
            elif at - 1 not in unsure:
                before = self.ngrams.often_of(self.plains[at - 1].at[self.plains[at - 1].size - 1], one)
            if at + 1 == self.size:
                if not ends:
                    after = self.ngrams.often_of(one, self.right.at[0])
            elif at + 1 not in unsure:
                after = self.ngrams.often_of(one, self.plains[at + 1].at[0])
            if (before < 0.0 or after < 0.0) and before < ONCE and after < ONCE:
                self.chosen[at] = (None, None)
        return 0

    cdef int _put(self, Py_ssize_t at, str text) except -1:
        """Say what stands in a place."""
        self.texts[at] = text
        self.plains[at] = _plain(_cell(text))
        return 0

    cdef object _note_after(self, Cell left):
        found = self._choose_of(self.chain.final, left, self.right, self.stop, self.end)
        if len(found.after) > 1 or (found.margin is not None and <double> found.margin < PROOF):
            return found
        return Piece(self.stop, self.end, found.after, True, None, None, 1.0)

    cdef object _open(self):
        cdef Line line
        cdef Cell shown
        cdef Py_ssize_t at
        cdef double best = NEVER, score
        opening = None
        line.size = 0
        if not self.size and self.chain.final:
            for text in self.chain.final:
                shown = _plain(_cell(text))
                line.size = 0
                _add(&line, &shown)
                found = self._opened(&line)
                score = self._opened_score(found, &shown)
                if score > best:
                    best, opening = score, found
            return opening
        if not self.size:
            if self.closing < 0:
                return None
            matching = brackets(self.text, self.start, self.end, "")
            return self._before_closing(matching)
        line.size = 0
        for at in range(min(AFTER_CUT, self.size)):
            _add(&line, &self.plains[at])
        opening = self._opened(&line)
        if self.pairs[0] == DASHES and 0 not in self.holes:
            opening = self._with_dashes(opening)
        return opening

    cdef object _opened(self, Line *behind):
        cdef Line before
        cdef Cell following
        _add(behind, &self.right)
        behind.size = <int> min(behind.size, AFTER_CUT)
        following = _first_two(behind)
        self._further(&before)
        wanted = lost_ends.against_stop(self.further, chr(following.at[0])) or None
        self._between(cut_characters, self.left.at[1], following.at[0], False)
        return self._choose(self.left, following, self.start, self.start + 2, wanted, &before, behind)

    cdef double _opened_score(self, found, const Cell *behind) except 1.0:
        """How likely what opens the stretch is before what a note says."""
        cdef Cell opened = _plain(_cell(found.after))
        return self._score(&self.left, &opened, behind, &self.right)

    cdef object _before_closing(self, matching):
        """As `lost_ends.before_closing`."""
        cdef Ngrams ngrams = self.ngrams
        cdef str seconds = hidden.lost_trails(self.closing, alone=True)
        cdef Best firsts, best
        cdef Options read = self.options
        cdef Py_ssize_t at, other, number
        cdef Py_UCS4 first, second, last = self.left.at[1], following = self.right.at[0]
        cdef Line whole, further, said
        cdef Cell one
        cdef double known, most, others = 1.0
        cdef bint met
        for first in cut_characters:
            fetch(ngrams, last, first)
        for second in seconds:
            fetch(ngrams, second, following)
        whole.size = 0
        _add(&whole, &self.left)
        firsts.size = best.size = read.size = 0
        for first in cut_characters:
            if first == 0x3002 or ngrams.read_of(last, first) <= 0.0:
                whole.at[2] = first
                _keep(&firsts, ngrams.score_of(whole.at, 3), _one(first))
        for second in seconds:
            if ngrams.read_of(second, following) <= 0.0:
                read.add(_one(second))
                read.at[read.size - 1].chance = UNMATCHED * <double> matching.get(chr(second), 0.0)
        if not read.size or not firsts.size:
            return None
        self._further(&further)
        if self.words is None:
            self.words = self.language.words
        for at in range(firsts.size):
            one = firsts.at[at].text
            met, most = False, NEVER
            for other in range(read.size):
                met |= ngrams.read_of(one.at[0], read.at[other].text.at[0]) <= 0.0
            for other in range(read.size):
                second = read.at[other].text.at[0]
                if met and ngrams.read_of(one.at[0], second) > 0.0:
                    continue
                whole.size = 2
                _add(&whole, &one)
                _add(&whole, &read.at[other].text)
                _add(&whole, &self.right)
                known = ngrams.score_of(whole.at, whole.size) + read.at[other].chance
                said = further
                _add(&said, &one)
                _add(&said, &read.at[other].text)
                most = max(most, known + BY_WORDS * self.words.score_of(said.at, said.size))
            _keep(&best, most, one)
        number = min(best.size, RIVALS)
        if number == 1:
            return Piece(self.start, self.start + 2, _text(&best.at[0].text), False, None, None, 1.0)
        for at in range(1, number):
            others += exp(best.at[at].chance - best.at[0].chance)
        return Piece(
            self.start,
            self.start + 2,
            _text(&best.at[0].text),
            False,
            _text(&best.at[1].text),
            round(best.at[0].chance - best.at[1].chance, 3),
            1 / others,
        )

    cdef object _choose_cut(self, Cell following):
        self._between(cut_characters, self.left.at[1], following.at[0], False)
        return self._choose(self.left, following, self.start, self.start + 2, None, NULL, NULL)

    cdef object _with_dashes(self, opening):
        cdef Line line
        cdef Cell after, opened = _plain(_cell(opening.after)), link = self.plains[0], twice
        cdef Py_ssize_t at, size
        cdef double here, tail, score
        cdef Best near
        cdef Option one
        cdef Py_UCS4 dash
        line.size = 0
        for at in range(1, min(3, self.size)):
            _add(&line, &self.plains[at])
        _add(&line, &self.right)
        after = _first_two(&line)
        cdef bint quote = link.size == 1 and link.at[0] == 0x201D
        if not quote:
            line.size = 0
            _add(&line, &opened)
            _add(&line, &link)
            score = self.ngrams.often_of(line.at[0], line.at[1])
            line.size = 0
            _add(&line, &link)
            _add(&line, &after)
            if min(score, self.ngrams.often_of(line.at[0], line.at[1])) >= SEEN:
                return opening
        here = self._score(&self.left, &opened, &link, &after)
        if quote and not self.quoted:
            here -= PROOF
        if here > DASHED:
            return opening
        cdef list seconds = self.ngrams.ending(
            self.rows.endings[self.pairs[1], False], chr(after.at[0]), DASH_ENDS
        )
        best = opening
        for dash in "—…" if seconds else "":
            twice.size = 2
            twice.at[0] = twice.at[1] = dash
            near.size = 0
            for _, second in seconds:
                one.text = _cell(second)
                _keep(&near, self.ngrams.pair_of(one.text.at[0], after.at[0]) + self.ngrams.pair_of(dash, one.text.at[0]), one.text)
            size = min(near.size, RIVALS)
            for at in range(size):
                near.at[at].chance = self._score(&twice, &near.at[at].text, &after, NULL)
            _sort(near.at, size)
            tail = near.at[0].chance
            if tail < here:
                continue
            tried = self._choose_cut(twice)
            opened = _plain(_cell(tried.after))
            score = self._score(&self.left, &opened, &twice, NULL) + tail
            if score > here:
                here, best = score, tried
                self.chosen[0] = (_text(&link), None)
                self._put(0, chr(dash) * 2 + _text(&near.at[0].text))
        return best

    cdef double _score(self, const Cell *one, const Cell *two, const Cell *three, const Cell *four) noexcept:
        """How likely some text is after its first two characters."""
        cdef Line line
        line.size = 0
        _add(&line, one)
        _add(&line, two)
        _add(&line, three)
        if four != NULL:
            _add(&line, four)
        return self.ngrams.score_of(line.at, line.size)

    cdef object _close(self, Cell left, str opened):
        cdef Py_ssize_t start = self.end - 1, at
        cdef Cell shown = _plain(_cell(opened))
        cdef Line before, after
        cdef double best = NEVER, score
        cdef Best more
        cdef bint is_swallowed = self.chain.swallowed
        if not self.size and not self.chain.cut:
            start = self.start
        self._between(hidden.lost_trails(self.closing, alone=not is_swallowed), left.at[1], self.right.at[0], True)
        wanted = None
        if self.closing in open_ends.WITH_BRACKETS:
            wanted = brackets(self.text, self.start, self.end, "".join(self.texts))
        found = None
        cdef list options = [chr(self.options.at[at].text.at[0]) for at in range(self.options.size)]
        if options:
            self._further(&before)
            _add(&before, &shown)
            for at in range(max(0, self.size - BEFORE), self.size):
                _add(&before, &self.plains[at])
            _keep_last(&before, BEFORE)
            after.size = 0
            _add(&after, &self.right)
            found = self._choose(left, self.right, start, self.end, wanted, &before, &after)
            shown = _plain(_cell(found.after))
            best = self._score(&left, &shown, &self.right, NULL)
        if best < POOR * 3 or self.right.at[0] == 0x0A:
            more.size = 0
            self._ending(&more, left.at[1], self.right.at[0], best)
            if more.size:
                options += [_text(&more.at[at].text) for at in range(min(more.size, RIVALS))]
                found = self._choose_of(options, left, self.right, start, self.end, wanted)
        if not is_swallowed:
            return found
        alone = hidden.lost_alone(self.closing)
        if alone:
            whole = self._choose_of(alone, left, self.right_alone, start, self.end)
            shown = _plain(_cell(whole.after))
            score = self._score(&left, &shown, &self.right_alone, NULL)
            if found is not None:
                shown = _plain(_cell(found.after))
            if found is None or score > self._score(&left, &shown, &self.right_after, NULL):
                return whole
        if found is None or (self.chain.doubtful and <double> found.chance < DOUBT):
            return None
        gone = swallowed(self.text[self.end : self.end + SEEN_AFTER], self.page) or LOST_TEXT
        return Piece(start, self.end, found.after + gone, False, found.runner_up, found.margin, found.chance)

    cdef bint _mend(self, Cell left) except -1:
        cdef Cell tail = self.right
        cdef Py_ssize_t at, size = self.size
        cdef double before, after, following
        cdef Ngrams ngrams = self.ngrams
        cdef int mended
        cdef Py_UCS4 last
        if not size:
            return True
        if self.closing >= 0 or self.chain.final:
            tail.size = 0
        # What stood beside each place before any was mended: the last character before it and the first after it.
        cdef Py_UCS4 *befores = <Py_UCS4 *> malloc(2 * (size + 1) * sizeof(Py_UCS4))
        if befores == NULL:
            raise MemoryError
        cdef Py_UCS4 *firsts = befores + size + 1
        cdef list changed = []
        cdef set fixed = set(self.chosen)
        try:
            befores[0] = left.at[1]
            for at in range(size):
                firsts[at] = self.plains[at].at[0]
                befores[at + 1] = self.plains[at].at[self.plains[at].size - 1]
            firsts[size] = tail.at[0] if tail.size else 0
            for at in range(size + 1):
                fetch(ngrams, befores[at], firsts[at])
            before = ngrams.often_of(befores[0], firsts[0])
            for at in range(size):
                if at + 1 == size and not tail.size:
                    following = 1e9
                else:
                    following = ngrams.often_of(befores[at + 1], firsts[at + 1])
                after = following
                text = <str> self.texts[at]
                if text == LOST_TEXT:
                    before = after = 0.0
                if at in self.chosen:
                    mended = 0
                elif text == "著":
                    mended = self._zhe(at, left, tail)
                elif (
                    before < SEEN
                    or after < SEEN
                    or before + after < 4 * SEEN
                    or self._by_pairs(befores[at], &self.plains[at], firsts[at + 1]) < GATE
                ):
                    mended = self._mend_one(at, left, tail, before, after)
                else:
                    mended = 0
                if mended < 0:
                    return False
                if mended:
                    changed.append(at)
                if mended and (at + 1 < size or tail.size):
                    last = self.plains[at].at[self.plains[at].size - 1]
                    before = ngrams.often_of(last, firsts[at + 1])
                else:
                    before = after
            for at in changed:
                if at and at - 1 in self.chosen and at - 1 not in fixed:
                    self._mend_again(at - 1, left, tail)
            return True
        finally:
            free(befores)

    cdef int _mend_again(self, Py_ssize_t at, Cell left, Cell tail) except -1:
        cdef str link = self.chain.known[at]
        cdef double common = 0.0 if link == LOST_TEXT else SEEN
        cdef Cell shown = self.plains[at]
        text, said = self.texts[at], self.chosen.pop(at)
        self._put(at, link)
        if self._mend_one(at, left, tail, common, common) < 0:
            self.texts[at], self.chosen[at] = text, said
            self.plains[at] = shown
        self.chosen.setdefault(at, (None, None))
        return 0

    cdef void _around(self, Py_ssize_t at, Cell left, Cell tail, Cell *before, Cell *after) noexcept:
        cdef Line line
        cdef Py_ssize_t other
        line.size = 0
        _add(&line, &left)
        for other in range(max(0, at - 2), at):
            _add(&line, &self.plains[other])
        before[0] = _last_two(&line)
        line.size = 0
        for other in range(at + 1, min(at + 3, self.size)):
            _add(&line, &self.plains[other])
        _add(&line, &tail)
        after[0] = _first_two(&line)
        for other in range(after.size):
            if after.at[other] == LOST:
                after.size = <int> other
                break

    cdef int _mend_one(self, Py_ssize_t at, Cell left, Cell tail, double before, double behind) except -2:
        """1 where the character was replaced, 0 where not, -1 where nothing fits."""
        cdef Cell context, after
        cdef str link = self.texts[at]
        cdef bint is_lost = link == LOST_TEXT
        cdef int lead = self.pairs[2 * at], trail = self.pairs[2 * at + 1]
        cdef double floor = NEVER, here = NEVER, by_pairs = 0.0, least, score, total
        cdef double most = max(before, behind), fewest = min(before, behind)
        cdef Best options
        cdef Option best, one
        cdef Py_ssize_t number, near = 0, other
        cdef Line words_before, words_after
        cdef Cell one_left = _one(left.at[1])
        cdef double weighed, most_weighed = NEVER
        self.telling = self.endings if at + 1 == self.size else 0
        self._around(at, left, tail, &context, &after)
        cdef Py_UCS4 last = context.at[1], following = after.at[0] if after.size else 0
        if not is_lost:
            by_pairs = self._by_pairs(last, &self.plains[at], following)
            floor = by_pairs - PROOF - SLACK
        options.size = 0
        if at in self.holes:
            for chance, two in lost_ends.unprinted(self.language, self.hidden, lead, trail):
                self._take(&options, chance, _cell(two))
        else:
            self._once(&options, lead, trail, last, following, floor)
            if lead == DASHES and following:
                self._dashes(&options, trail, last, following)
            if following and (is_lost or (most < ONCE and by_pairs < POOR * 2)):
                self._never(&options, lead, trail, last, following, floor)
            if following and (is_lost or (most < SEEN and fewest < ONCE)):
                least = max(options.at[0].chance - TWICE if options.size else -30.0, floor + HIDDEN)
                self._twice(&options, lead, trail, last, following, least)
        if not options.size:
            if is_lost:
                return -1
            if most < ONCE:
                self.chosen[at] = (None, None)
            return 0
        # `choosing.best_of`
        floor = options.at[0].chance - NEAR
        best.chance, best.text.size = NEVER, 0
        for number in range(options.size):
            if options.at[number].chance >= floor:
                one = options.at[number]
                total = self._score(&context, &one.text, &after, NULL)
                one.chance = total - HIDDEN if one.text.size > 2 else total
                if _is_above(&one, &best):
                    best = one
                options.at[near] = one
                near += 1
        self._further(&words_before)
        if self.cut:
            _add(&words_before, &one_left)
        for other in range(max(0, at - BEFORE), at):
            _add(&words_before, &self.plains[other])
        _keep_last(&words_before, BEFORE)
        self._behind(&words_after, at + 1, tail)
        score, number = best.chance, 0
        for other in range(near):
            if score - options.at[other].chance < UNSURE:
                options.at[number] = options.at[other]
                number += 1
        if number > 1:
            for other in range(number):
                one = options.at[other]
                weighed = one.chance + BY_WORDS * self._by_words(&words_before, &one.text, &words_after)
                if weighed > most_weighed or (weighed == most_weighed and _is_above(&one, &best)):
                    most_weighed, best = weighed, one
        score = best.chance
        weighed = 0.0
        if not is_lost:
            here = self._score(&context, &self.plains[at], &after, NULL)
            if abs(score - here) < FAR_BY_WORDS:
                weighed = self._by_words(&words_before, &best.text, &words_after)
                weighed -= self._by_words(&words_before, &self.plains[at], &words_after)
        if score + HIDDEN_BY_WORDS * weighed > here:
            if at < 2 and score < GUESSED * (best.text.size + after.size):
                self.guessed = True
            self.chosen[at] = (None, None) if is_lost else (link, round(score - here, 3))
            self._put(at, _text(&best.text))
            return 1
        if score > here - PROOF:
            self.chosen[at] = (_text(&best.text), round(here - score, 3))
        elif most < ONCE:
            self.chosen[at] = (None, None)
        return 0

    cdef inline double _by_pairs(self, Py_UCS4 last, const Cell *link, Py_UCS4 following) noexcept:
        """`following` is 0 where nothing follows."""
        cdef double chance = self.ngrams.pair_of(last, link.at[0])
        if following:
            chance += self.ngrams.pair_of(link.at[0], following if link.size == 1 else link.at[1])
        return chance

    cdef int _zhe(self, Py_ssize_t at, Cell left, Cell tail) except -2:
        cdef Cell context, after, one = _one(0x7740), other = _one(ZHE)
        cdef double score, rival
        cdef str best = "着", second = "著"
        self._around(at, left, tail, &context, &after)
        score, rival = self._score(&context, &one, &after, NULL), self._score(&context, &other, &after, NULL)
        if rival >= score:
            best, second, score, rival = "著", "着", rival, score
        self._put(at, best)
        self.chosen[at] = (second, round(score - rival, 3))
        return best == "着"

    # What may have met in a place, as `shida.restore.hidden.Hidden` finds it.

    cdef void _once(self, Best *best, int lead, int trail, Py_UCS4 last, Py_UCS4 following, double floor) noexcept:
        cdef Rows rows = self.rows
        cdef Ngrams ngrams = self.ngrams
        cdef Py_ssize_t at, start = rows.starts[lead << 8 | trail], stop = rows.starts[(lead << 8 | trail) + 1]
        cdef double chance
        cdef Cell two
        two.size = 2
        for at in range(start, stop):
            fetch(ngrams, last, rows.first[at])
        for at in range(start, stop):
            chance = rows.chance[at] + ngrams.pair_of(last, rows.first[at])
            if chance > floor:
                if following:
                    chance += ngrams.pair_of(rows.second[at], following)
                if chance > floor:
                    two.at[0], two.at[1] = rows.first[at], rows.second[at]
                    self._take(best, chance, two)

    cdef int _never(self, Best *best, int lead, int trail, Py_UCS4 last, Py_UCS4 following, double floor) except -1:
        cdef Cell two
        cdef double before, after
        cdef bint half = False
        two.size = 2
        for firsts in self.rows.never.get(lead, ()):
            begun = self.ngrams.beginning(firsts, chr(last), BEGUN) if firsts else None
            if begun:
                for after, second in self.ngrams.ending(self.rows.endings[trail, not half], chr(following), BEGUN):
                    two.at[1] = (<str> second)[0]
                    for before, first in begun:
                        two.at[0] = (<str> first)[0]
                        if before + after > floor and self.ngrams.often_of(two.at[0], two.at[1]) == 0.0:
                            self._take(best, before + after, two)
            half = True
        return 0

    cdef void _ending(self, Best *best, Py_UCS4 left, Py_UCS4 right, double floor) noexcept:
        cdef Rows rows = self.rows
        cdef Ngrams ngrams = self.ngrams
        cdef Py_ssize_t row, at
        cdef Py_ssize_t start = rows.by_lead[self.closing], stop = rows.by_lead[self.closing + 1]
        cdef double last, whole, known
        cdef Cell two
        two.size = 2
        for row in range(start, stop):
            fetch(ngrams, rows.seconds[row], right)
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
        cdef list seconds = ngrams.ending(self.rows.endings[trail, False], chr(right), DASH_ENDS)
        cdef Cell three
        cdef double chance
        cdef Py_UCS4 dash, one
        three.size = 3
        for dash in "—…" if seconds else "":
            for chance, second in seconds:
                one = (<str> second)[0]
                three.at[0] = three.at[1] = dash
                three.at[2] = one
                self._take(
                    best,
                    ngrams.pair_of(left, dash) + ngrams.pair_of(dash, dash) + ngrams.pair_of(dash, one) + chance
                    - ngrams.ones[unit(one)].chance,
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
            fetch(ngrams, rows.thirds[third], right)
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

    # `shida.restore.choosing`

    cdef int _between(self, str characters, Py_UCS4 left, Py_UCS4 right, bint read) except -1:
        """Make those that `Ngrams.between` finds the options."""
        cdef Ngrams ngrams = self.ngrams
        cdef Options options = self.options
        cdef Py_UCS4 one
        cdef Py_ssize_t at, kept = 0
        cdef double before, after, best = NEVER
        options.size = 0
        for one in characters:
            fetch(ngrams, left, one)
            fetch(ngrams, one, right)
        for one in characters:
            before, after = ngrams.read_of(left, one), ngrams.read_of(one, right)
            if read and before > 0.0 and after > 0.0:
                continue
            if before > 0.0:
                before = <double> ngrams.ones[unit(one)].chance + ngrams.ones[unit(left)].back
            if after > 0.0:
                after = <double> ngrams.ones[unit(right)].chance + ngrams.ones[unit(one)].back
            options.add(_one(one))
            options.at[options.size - 1].chance = before + after
            best = max(best, before + after)
        for at in range(options.size):
            if options.at[at].chance > best - PAIRED:
                options.at[kept] = options.at[at]
                kept += 1
        options.size = kept
        return 0

    cdef object _choose_of(self, characters, Cell left, Cell right, Py_ssize_t start, Py_ssize_t end, wanted=None):
        """`_choose` among some texts."""
        cdef str one
        self.options.size = 0
        for one in characters:
            self.options.add(_cell(one))
        return self._choose(left, right, start, end, wanted, NULL, NULL)

    cdef object _choose(
        self, Cell left, Cell right, Py_ssize_t start, Py_ssize_t end, wanted, const Line *before, const Line *behind
    ):
        """The likeliest of the options, which are used up; by words too, where it is said what is beside it."""
        cdef Option *options = self.options.at
        cdef Py_ssize_t size = self.options.size, at, kept = 0, near
        cdef Ngrams ngrams = self.ngrams
        cdef double floor = NEVER, total, best, others = 0.0, sum_of_near = 0.0
        cdef Py_UCS4 first = left.at[0], last = left.at[1], following = right.at[0], one
        cdef Py_UCS4 after = right.at[1] if right.size > 1 else 0
        cdef Cell text, shown
        if not size:
            raise ValueError("nothing to choose from")
        for at in range(size):
            one = options[at].text.at[0]
            fetch(ngrams, last, one)
            fetch(ngrams, one, following)
        fetch_after(ngrams, first, last)
        for at in range(size):
            one = options[at].text.at[0]
            fetch_after(ngrams, last, one)
            fetch_after(ngrams, one, following)
        for at in range(size):
            text = options[at].text
            one = text.at[0]
            if (
                text.size == 1
                and right.size == 2
                and 0x3000 < one < 0xFF00
                and (wanted is None or _text(&text) not in wanted)
            ):
                total = ngrams.three_of(first, last, one)
                if total < floor:
                    continue
                total += ngrams.three_of(last, one, following)
                if total < floor:
                    continue
                total += ngrams.three_of(one, following, after)
            else:
                shown = _plain(text)
                total = self._score(&left, &shown, &right, NULL)
                if text.size > 1:
                    total -= HIDDEN
                if wanted is not None:
                    total += <double> wanted.get(_text(&text), 0.0)
            if total > floor:
                options[kept].chance, options[kept].text = total, text
                kept += 1
                floor = max(floor, total - REACH)
        size, kept = kept, 0
        for at in range(size):
            if options[at].chance > floor:
                options[kept] = options[at]
                kept += 1
        _sort(options, kept)
        if kept == 1:
            return Piece(start, end, _text(&options[0].text), False, None, None, 1.0)
        best = options[0].chance
        near = kept
        if best - options[1].chance < UNSURE:
            near = 0
            while near < kept and near < RIVALS and best - options[near].chance < 2 * UNSURE:
                near += 1
            if self._page_has(options, near, last, following):
                for at in range(near):
                    text = options[at].text
                    shown = _plain(text)
                    total = self._score_here(&left, &shown, &right)
                    if text.size > 1:
                        total -= HIDDEN
                    if wanted is not None:
                        total += <double> wanted.get(_text(&text), 0.0)
                    options[at].chance = total
                _sort(options, near)
                best = options[0].chance
            if before != NULL:
                for at in range(near):
                    options[at].chance += BY_WORDS * self._by_words(before, &options[at].text, behind)
                _sort(options, near)
                total = options[0].chance - best
                for at in range(near):
                    options[at].chance -= total
                best = options[0].chance
            for at in range(near, kept):
                others += exp(options[at].chance - best)
        for at in range(near):
            sum_of_near += exp(options[at].chance - best)
        return Piece(
            start,
            end,
            _text(&options[0].text),
            False,
            _text(&options[1].text),
            round(best - options[1].chance, 3),
            1 / (others + sum_of_near),
        )

    cdef double _score_here(self, const Cell *one, const Cell *two, const Cell *three) except 1.0:
        """As `Language.score_here`, with everything looked up in the page at once."""
        cdef Line line
        cdef Py_ssize_t at
        cdef Ngrams ngrams = self.ngrams
        cdef PageGrams page = self.page
        cdef Py_UCS4 first, second, third
        cdef double lower, chance, over, here, score = 0.0, size = self.language.total
        line.size = 0
        _add(&line, one)
        _add(&line, two)
        _add(&line, three)
        for at in range(line.size - 2):
            first, second, third = line.at[at], line.at[at + 1], line.at[at + 2]
            lower = exp(ngrams.ones[unit(third)].chance)
            chance = (lower * size + page.times(&line.at[at + 2], 1)) / (size + page.size)
            over = ngrams.ones[unit(second)].over or TOTAL_BACKING
            here = PAGE * page.times(&line.at[at + 1], 2) + over * exp(ngrams.ones[unit(second)].back) * (chance - lower)
            lower = exp(ngrams.pair_of(second, third))
            chance = (lower * over + here) / (over + PAGE * page.times(&line.at[at + 1], 1))
            over = ngrams.often_of(first, second) + TOTAL_BACKING
            here = PAGE * page.times(&line.at[at], 3) + over * exp(ngrams.find(first, second).share) * (chance - lower)
            lower = exp(ngrams.three_of(first, second, third))
            chance = (lower * over + here) / (over + PAGE * page.times(&line.at[at], 2))
            score += log(chance)
        return score

    cdef bint _page_has(self, const Option *options, Py_ssize_t size, Py_UCS4 last, Py_UCS4 following) except -1:
        """Whether the page has one of the options beside a neighbour."""
        cdef Py_ssize_t at
        cdef PageGrams page = self.page
        cdef const Cell *text
        cdef Py_UCS4[2] before, after
        for at in range(size):
            text = &options[at].text
            before[0], before[1] = last, text.at[0]
            after[0], after[1] = text.at[text.size - 1], following
            if page.times(before, 2) or page.times(after, 2):
                return True
        return False


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
