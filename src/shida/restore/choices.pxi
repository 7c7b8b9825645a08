# The choice among what may stand in a place, compiled.


cdef enum:
    ENDINGS = 128


cdef object _new = tuple.__new__


cdef inline object _piece(start, end, after, known, runner_up, margin, chance):
    """A Piece, made without its own function."""
    return _new(Piece, (start, end, after, known, runner_up, margin, chance))


cdef class Choosing:
    """A chain with what is around it, and the choice among what may stand in a place (`shida.restore.choosing`)."""

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
            if self.endings < ENDINGS:  # no note leaves as many
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

    cdef int _put(self, Py_ssize_t at, str text) except -1:
        """Say what stands in a place."""
        self.texts[at] = text
        self.plains[at] = _plain(_cell(text))
        return 0

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

    cdef int _between(self, str characters, Py_UCS4 left, Py_UCS4 right) except -1:
        """Make those that `choosing.between` finds the options, only those read beside one of the two."""
        cdef Ngrams ngrams = self.ngrams
        cdef Options options = self.options
        cdef Py_UCS4 one
        cdef Py_ssize_t at, kept = 0
        cdef double before, after, best = NEVER
        options.size = 0
        for one in characters:
            ngrams.fetch(left, one)
            ngrams.fetch(one, right)
        for one in characters:
            before, after = ngrams.read_of(left, one), ngrams.read_of(one, right)
            if before > 0.0 and after > 0.0:
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

    cdef int _between_cut(self, Py_UCS4 left, Py_UCS4 right) except -1:
        """The same for the characters that a cut can break."""
        cdef Cuts cuts = self.rows.cuts
        cdef Options options = self.options
        cdef double[CUTS] before, after
        cdef double back = self.ngrams.ones[unit(left)].back, chance = self.ngrams.ones[unit(right)].chance, best = NEVER
        cdef Py_ssize_t at
        for at in range(cuts.size):
            before[at], after[at] = cuts.chance[at] + back, chance + cuts.back[at]
        for at in range(cuts.after_starts[unit(left)], cuts.after_starts[unit(left) + 1]):
            before[cuts.after[at]] = cuts.after_chance[at]
        for at in range(cuts.before_starts[unit(right)], cuts.before_starts[unit(right) + 1]):
            after[cuts.before[at]] = cuts.before_chance[at]
        for at in range(cuts.size):
            before[at] += after[at]
            best = max(best, before[at])
        options.size = 0
        for at in range(cuts.size):
            if before[at] > best - PAIRED:
                options.add(_one(cuts.character[at]))
                options.at[options.size - 1].chance = before[at]
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
        cdef Two *opened
        cdef Two *closed
        cdef Two *before_it
        cdef Two *behind_it
        if not size:
            raise ValueError("nothing to choose from")
        for at in range(size):
            one = options[at].text.at[0]
            ngrams.fetch(last, one)
            ngrams.fetch(one, following)
        opened, closed = ngrams.find(first, last), ngrams.find(following, after)
        ngrams.fetch_thirds(opened)
        for at in range(size):
            one = options[at].text.at[0]
            self.options.before[at], self.options.behind[at] = ngrams.find(last, one), ngrams.find(one, following)
            ngrams.fetch_thirds(self.options.before[at])
            ngrams.fetch_thirds(self.options.behind[at])
        for at in range(size):
            text = options[at].text
            one = text.at[0]
            if (
                text.size == 1
                and right.size == 2
                and 0x3000 < one < 0xFF00
                and (wanted is None or _text(&text) not in wanted)
            ):
                before_it, behind_it = self.options.before[at], self.options.behind[at]
                total = ngrams.three_in(opened, before_it, last, one)
                if total < floor:
                    continue
                total += ngrams.three_in(before_it, behind_it, one, following)
                if total < floor:
                    continue
                total += ngrams.three_in(behind_it, closed, following, after)
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
            return _piece(start, end, _text(&options[0].text), False, None, None, 1.0)
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
        return _piece(
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
        cdef Two *slot
        cdef Two *next
        line.size = 0
        _add(&line, one)
        _add(&line, two)
        _add(&line, three)
        next = ngrams.find(line.at[0], line.at[1])
        for at in range(line.size - 2):
            first, second, third = line.at[at], line.at[at + 1], line.at[at + 2]
            slot, next = next, ngrams.find(second, third)
            lower = exp(ngrams.ones[unit(third)].chance)
            chance = (lower * size + page.times(&line.at[at + 2], 1)) / (size + page.size)
            over = ngrams.ones[unit(second)].over or TOTAL_BACKING
            here = PAGE * page.times(&line.at[at + 1], 2) + over * exp(ngrams.ones[unit(second)].back) * (chance - lower)
            lower = exp(ngrams.pair_in(next, second, third))
            chance = (lower * over + here) / (over + PAGE * page.times(&line.at[at + 1], 1))
            over = ngrams.often_in(slot, first, second) + TOTAL_BACKING
            here = PAGE * page.times(&line.at[at], 3) + over * exp(slot.share) * (chance - lower)
            lower = exp(ngrams.three_in(slot, next, second, third))
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
