# `shida.restore.mending.Mending`, compiled.


cdef double APART = mending.APART


cdef class Mending(Meeting):
    """As `shida.restore.mending.Mending`."""

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
                ngrams.fetch(befores[at], firsts[at])
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
        cdef double before = 0.0, behind = 0.0
        cdef Cell context, after, shown = self.plains[at]
        text, said = self.texts[at], self.chosen.pop(at)
        self._put(at, link)
        if link != LOST_TEXT:
            self._around(at, left, tail, &context, &after)
            before = self.ngrams.often_of(context.at[1], self.plains[at].at[0])
            behind = self.ngrams.often_of(self.plains[at].at[0], after.at[0]) if after.size else 1e9
        if self._mend_one(at, left, tail, before, behind) < 0:
            self.texts[at], self.chosen[at] = text, said
            self.plains[at] = shown
        self.chosen.setdefault(at, (None, None))
        return 0

    cdef int _mend_last(self, Cell left, str note) except -1:
        cdef Py_ssize_t at = self.size - 1
        cdef Cell context, after, tail, shown = _plain(_cell(note))
        cdef Line line
        cdef double before, behind
        if at < 0 or at in self.chosen:
            return 0
        line.size = 0
        _add(&line, &shown)
        _add(&line, &self.right)
        tail = _first_two(&line)
        self._around(at, left, tail, &context, &after)
        before = self.ngrams.often_of(context.at[1], self.plains[at].at[0])
        behind = self.ngrams.often_of(self.plains[at].at[self.plains[at].size - 1], tail.at[0])
        if (
            min(before, behind) < SEEN
            or before + behind < 4 * SEEN
            or self._by_pairs(context.at[1], &self.plains[at], tail.at[0]) < GATE
        ):
            self._mend_one(at, left, tail, before, behind)
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
        cdef bint is_lost = link == LOST_TEXT, unread = False
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
                self._never(&options, lead, trail, last, following, floor, True)
            if following and (is_lost or (most < SEEN and fewest < ONCE)):
                least = max(options.at[0].chance - TWICE if options.size else -30.0, floor + HIDDEN)
                self._twice(&options, lead, trail, last, following, least)
            unread = following and is_lost and not options.size
            if unread:
                self._never(&options, lead, trail, last, following, floor, False)
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
        if unread and score < APART * (best.text.size + after.size):
            return -1
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
