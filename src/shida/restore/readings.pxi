# `shida.restore.open_ends.Reading`, compiled.


cdef class Reading(Mending):
    """One chain on its way to pieces, as `shida.restore.open_ends.Reading`."""

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
        if chain.final:
            note = self._note_after(self._last_two_after(inner))
            self._mend_last(inner, note.after)
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
        for at in (*sorted(chosen), self.size):
            if at > begin:
                pieces.append(_piece(places[begin], places[at], "".join(texts[begin:at]), True, None, None, 1.0))
            if at < self.size:
                rival, margin = chosen[at]
                pieces.append(_piece(places[at], places[at + 1], texts[at], False, rival, margin, 0.9))
            begin = at + 1
        return 0

    cdef object _note_before(self):
        chain = self.chain
        if len(chain.first) > 1:
            if not self.size:
                return _piece(self.start, self.start, "", True, None, None, 1.0) if self.chain.final else None
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
        return _piece(self.start, self.start, "", True, None, None, 1.0)

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

    cdef object _note_after(self, Cell left):
        found = self._choose_of(self.chain.final, left, self.right, self.stop, self.end)
        if len(found.after) > 1 or (found.margin is not None and <double> found.margin < PROOF):
            return found
        return _piece(self.stop, self.end, found.after, True, None, None, 1.0)

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
        self._between_cut(self.left.at[1], following.at[0])
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
        cdef Py_UCS4 second, following = self.right.at[0]
        cdef Cuts cuts = self.rows.cuts
        cdef Line whole, further, said
        cdef Cell one
        cdef double known, most, others = 1.0
        cdef bint met
        for second in seconds:
            ngrams.fetch(second, following)
        whole.size = 0
        _add(&whole, &self.left)
        firsts.size = best.size = read.size = 0
        for at in range(cuts.size):
            whole.at[2] = cuts.character[at]
            _keep(&firsts, ngrams.score_of(whole.at, 3), _one(cuts.character[at]))
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
            return _piece(self.start, self.start + 2, _text(&best.at[0].text), False, None, None, 1.0)
        for at in range(1, number):
            others += exp(best.at[at].chance - best.at[0].chance)
        return _piece(
            self.start,
            self.start + 2,
            _text(&best.at[0].text),
            False,
            _text(&best.at[1].text),
            round(best.at[0].chance - best.at[1].chance, 3),
            1 / others,
        )

    cdef object _choose_cut(self, Cell following):
        self._between_cut(self.left.at[1], following.at[0])
        return self._choose(self.left, following, self.start, self.start + 2, None, NULL, NULL)

    cdef object _with_dashes(self, opening):
        cdef Line line
        cdef Cell after, opened = _plain(_cell(opening.after)), link = self.plains[0], twice
        cdef Py_ssize_t at, size
        cdef double here, tail, score
        cdef Best near
        cdef Few seconds
        cdef Option one
        cdef Py_UCS4 dash
        line.size = 0
        for at in range(1, min(3, self.size)):
            _add(&line, &self.plains[at])
        _add(&line, &self.right)
        after = _first_two(&line)
        cdef bint quote = link.size == 1 and link.at[0] == 0x201D
        if not quote and link.size == 1:
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
        self._beside(self.rows.endings[2 * self.pairs[1]], after.at[0], True, DASH_ENDS, &seconds)
        best = opening
        for dash in "—…" if seconds.size else "":
            twice.size = 2
            twice.at[0] = twice.at[1] = dash
            near.size = 0
            for at in range(seconds.size):
                one.text = seconds.at[at].text
                score = self.ngrams.pair_of(one.text.at[0], after.at[0])
                _keep(&near, score + self.ngrams.pair_of(dash, one.text.at[0]), one.text)
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

    cdef object _close(self, Cell left, str opened):
        cdef Py_ssize_t start = self.end - 1, at
        cdef Cell shown = _plain(_cell(opened))
        cdef Line before, after
        cdef double best = NEVER, score
        cdef Best more
        cdef bint is_swallowed = self.chain.swallowed
        if not self.size and not self.chain.cut:
            start = self.start
        self._between(hidden.lost_trails(self.closing, alone=not is_swallowed), left.at[1], self.right.at[0])
        wanted = None
        if self.closing in lost_ends.WITH_BRACKETS:
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
        return _piece(start, self.end, found.after + gone, False, found.runner_up, found.margin, found.chance)
