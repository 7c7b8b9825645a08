# `shida.restore.chain.follow`, compiled.


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
        cdef bint empty = True
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
    cdef Py_ssize_t letter = -1
    _prepare()
    found = _follow(text, at, end, noted, reads, unprinted, folded, -1, &letter)
    if found is None and letter >= 0:
        found = _follow(text, at, end, noted, reads, unprinted, folded, letter, &letter)
    return found


cdef object _follow(
    str text, Py_ssize_t at, Py_ssize_t end, noted, reads, unprinted, bint folded, Py_ssize_t half, Py_ssize_t *letters
):
    """As `follow`, with the letter at `half` as half a character; `letters` is the last taken for full width."""
    cdef Py_ssize_t place, stop, after, close, begun, behind
    cdef Link link
    cdef tuple first = (), final
    cdef list holes = []
    cdef bint cut, ends_here, letter, capital
    cdef int pair
    cdef Py_UCS4 character, following
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
            close = after + 1
            if _is_noted(text, close, end, &behind) and (
                original_of[pair] == LOST or is_reading(pair_table()[pair], text[close + 1 : behind - 1])
            ):
                close = behind
        if (
            folded
            and 0x21 <= character < 0x7F
            and not (capital and (after == half or close > after + 1 or reads(text[after + 1 : after + 12])))
        ):
            if capital:
                letters[0] = after
            pair = link.pending << 8 | 0xA3
            link.add(pair, LOST if original_of[pair] == ZHE else original_of[pair])
            link.pending, place = <int> character + 0x80, after + 1
            link.places.append(place)
        elif capital:
            if close == after + 1 < end and text[close] == 0x28 and (told := chain.tell(text, after + 1, end, chr(character))):
                return link.told(at, character, told, cut, holes, first)
            link.add(pair, LOST if original_of[pair] == ZHE else original_of[pair])
            link.places.append(close)
            return link.chain(at, close, cut, holes, first)
        else:
            return None
