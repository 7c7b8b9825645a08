# The loop over the tags, and how a line is put together.

cdef bint _add_line(
    _Found found, State* now, const Unit* html, const Unit* text, Py_ssize_t start, Py_ssize_t end,
    Py_ssize_t words, Py_ssize_t link, int block, int container, bint full,
) except -1:
    """Note a line; whether there is room for more."""
    line = _text(text, start, end)
    anchor = _text(html, now.first_start, now.first_end)
    found.texts.append(line)
    found.weights.append(_weight(text, start, end, words, link, now.anchors, now.hidden > 0))
    found.marks.append(_marks(text, start, end))
    found.lines.append(
        Line(line, words, link, NAMES[block], container, anchor, now.anchors, now.hidden > 0, full)
    )
    return len(found.lines) < MOST_LINES


cdef bint _end_line(_Found found, State* now, const Unit* html, Unit* room) except -1:
    """Note the line that was put together, if there is one; whether there is room for more."""
    cdef Py_ssize_t start = 0, end, length, link = now.link
    cdef bint more = True
    if now.filled:
        end = _stripped(room, &start, now.filled, EDGE)
        if end > start:
            end = _without_runs(room, start, end)
            length = end - start
            link = min(link, length)
            more = _add_line(
                found, now, html, room, start, end, link + now.unlinked if link else length, link, now.block, now.here,
                now.bold_length > 0 and now.bold_length * 10 >= length * 9,
            )
        now.filled = now.unlinked = now.link = now.bold_length = now.first_start = now.first_end = 0
    now.anchors = 0  # links without words are none of the next line
    return more


cdef Unit* _add_text(
    _Found found, State* now, const Unit* html, Py_ssize_t start, Py_ssize_t end, Unit* room
) except NULL:
    """Put a text behind what the line has so far; the room, which may have moved."""
    cdef Py_ssize_t at, behind, length
    room = <Unit*>found.space((now.filled + end - start + 1) * sizeof(Unit))
    behind = _copy(room, now.filled, html, start, end)
    at = now.filled
    while at < behind and _is(room[at], SPACE):
        at += 1
    if at == behind:
        if now.filled:
            room[now.filled] = c" "
            now.filled += 1
        return room
    at = now.filled
    if now.joint:
        # A date and the headline's link behind it touch: 2026-11-18<a>2026年…
        if at and _is(room[at], DIGIT) and _is(room[at - 1], DIGIT):
            memmove(room + at + 1, room + at, (behind - at) * sizeof(Unit))
            room[at] = c" "
            at += 1
            behind += 1
        now.joint = False
    if not now.in_link:
        now.unlinked += _saying(room, at, behind)
    else:
        length = _length(room, at, behind, SEPARATOR)
        now.link += length
        if length and not now.first_end:
            now.first_start, now.first_end = now.link_start, now.link_end
    if now.bold:
        now.bold_length += _length(room, at, behind, EDGE)
    now.filled = behind
    return room


cdef bint _add_leaf(
    _Found found, State* now, const Unit* html, int name, Py_ssize_t before, Py_ssize_t before_end,
    Py_ssize_t anchor, Py_ssize_t inside, Py_ssize_t inside_end, Py_ssize_t behind, Py_ssize_t behind_end, bint linked,
) except -1:
    """Note the one line of a block that holds a text and at most one link; whether there is room for more."""
    cdef Py_ssize_t start = 0, middle, rest, end, length, link = 0
    cdef int at = now.here
    cdef bint more = True
    cdef Unit* room = <Unit*>found.space(
        (before_end - before + inside_end - inside + behind_end - behind + 2) * sizeof(Unit)
    )
    middle = end = _copy(room, 0, html, before, before_end)
    if anchor:
        if middle and inside < inside_end and _is(room[middle - 1], DIGIT) and _is(html[inside], DIGIT):
            room[middle] = c" "
            middle += 1
        rest = end = _copy(room, middle, html, inside, inside_end)
        if rest > middle and behind < behind_end and _is(room[rest - 1], DIGIT) and _is(html[behind], DIGIT):
            room[end] = c" "
            end += 1
        end = _copy(room, end, html, behind, behind_end)
        if linked and not now.in_link:
            link = _length(room, middle, rest, SEPARATOR)
            length = link + _saying(room, 0, middle) + _saying(room, rest, end)
    end = _stripped(room, &start, end, EDGE)
    if end == start:
        return True
    end = _without_runs(room, start, end)
    if IS_CONTAINER[name]:
        at = found.container(now.here, name, <int>len(found.lines), <int>len(found.lines) + 1)
    now.anchors = linked
    if now.in_link:
        length = link = _length(room, start, end, SEPARATOR)
        now.first_start, now.first_end = now.link_start, now.link_end
    elif link:
        now.first_start, now.first_end = anchor, inside - 1
    else:
        length = end - start
    if not link:
        now.first_start = now.first_end = 0
    more = _add_line(
        found, now, html, room, start, end, length, link, name, at, now.bold > 0 or IS_HEADING[name],
    )
    now.anchors = 0
    now.first_start = now.first_end = 0
    return more


cdef bint _walk(_Found found, const Unit* html, Py_ssize_t size, bint check) except -1:
    """The loop; False where `marked` is to be asked first."""
    cdef State now
    cdef Py_ssize_t at, name, length, end, text, text_end, stop, anchor, inside, inside_end, level, open_at, reach
    cdef Py_ssize_t hidden_end = 0  # where the element ends that is hidden, 0 where none is
    cdef uint64_t head, tail
    cdef int kind, slot, number
    cdef bint leaf, linked, inner, hidden, hidden_too
    cdef Unit mark
    cdef Unit* room = <Unit*>found.space(1024 * sizeof(Unit))
    now.filled = now.link = now.unlinked = now.bold_length = 0
    now.first_start = now.first_end = now.link_start = now.link_end = 0
    now.anchors = now.in_link = now.bold = now.hidden = now.nested = now.here = now.block = 0
    now.joint = False
    found.container(-1, 0, 0, 0)
    at = _find(html, 0, size, <Unit>c"<")
    while at < size:
        name = at + 1
        end = name
        head = tail = 0
        while end < size:
            mark = html[end]
            if mark == c" " or mark == c">":
                break
            if mark == c"<" and check:
                return False
            tail = (tail << 8) | (head >> 56)
            head = (head << 8) | <uint8_t>mark
            end += 1
        length = end - name
        end = _tag_end(found, html, end, size, check, &linked, &hidden)
        if end < 0:
            return False
        if end == size:
            break
        text = end + 1
        text_end = _find(html, text, size, <Unit>c"<")
        kind = FREE
        leaf = False
        number = 0
        if 0 < length <= LONGEST_NAME:
            slot = _slot(head, tail)
            while TABLE[slot].kind != FREE:
                if TABLE[slot].head == head and TABLE[slot].tail == tail:
                    if _is_ascii(html, name, length):
                        kind, number, leaf = TABLE[slot].kind, TABLE[slot].number, TABLE[slot].leaf
                    break
                slot = (slot + 1) & (SLOTS - 1)
        if check and _is_typed(html, name, size):
            return False
        if kind == FREE:
            mark = html[name]  # `>` where there is no name
            kind = INLINE_END if mark == c"/" else VOID if mark in (c"!", c"?", c">", c" ") else INLINE
        if hidden and not hidden_end and not _is_void(html, name, length):
            hidden_end = _element_end(html, text, size, name, length)
            if hidden_end < 0:
                return False
            if not _end_line(found, &now, html, room):
                return True
            now.hidden += 1
        if leaf:
            anchor = 0
            inner = False
            stop = inside = inside_end = text_end
            if _starts(html, text_end, size, b"<a ", 3):
                inside = _tag_end(found, html, text_end + 2, size, check, &inner, &hidden_too) + 1
                if inside == 0:
                    return False
                inside_end = _find(html, inside, size, <Unit>c"<") if inside <= size else size
                if _starts(html, inside_end, size, b"</a>", 4) and (hidden_end or not hidden_too):
                    anchor = text_end
                    stop = _find(html, inside_end + 4, size, <Unit>c"<")
            if _is_end(html, stop, size, name, length):
                if not _end_line(found, &now, html, room):
                    return True
                if not _add_leaf(
                    found, &now, html, number, text, text_end, anchor, inside, inside_end,
                    inside_end + 4 if anchor else stop, stop, inner,
                ):
                    return True
                room = <Unit*>found.room
                text = stop + length + 3
                text_end = _find(html, text, size, <Unit>c"<")
                kind = LEAF
        at = text_end
        if kind >= BREAK:
            if kind != LEAF:
                if not _end_line(found, &now, html, room):
                    return True
                if kind >= BLOCK_END:
                    if kind == CONTAINER_END:
                        found.ends.at[now.here] = <int32_t>len(found.lines)
                    elif kind == HEADING_END:
                        now.bold -= 1
                    if found.above.size:
                        found.above.size -= 2
                        now.here = found.above.at[found.above.size]
                        now.block = found.above.at[found.above.size + 1]
                elif kind >= BLOCK:
                    _push(&found.above, now.here)
                    _push(&found.above, now.block)
                    found.deepest = max(found.deepest, <int>(found.above.size >> 1))
                    now.block = number
                    if kind == CONTAINER:
                        now.here = found.container(now.here, number, <int>len(found.lines), -1)
                    elif kind == HEADING:
                        now.bold += 1
                elif kind == HIDE:
                    now.hidden += 1
                elif kind == HIDE_END:
                    now.hidden -= 1
        elif kind == LINK:
            # <a name> is no link; where it is never closed the rest of the page would be one.
            _push(&found.links, linked)
            now.joint = True
            if linked:
                now.in_link += 1
                now.anchors += 1
                now.link_start, now.link_end = name, end
        elif kind == LINK_END:
            now.joint = True
            if found.links.size:
                found.links.size -= 1
                now.in_link -= found.links.at[found.links.size]
        elif kind == SKIP:
            level = 1
            reach = 0
            while level and at < size:
                open_at = at
                end = _tag_end(found, html, at + 1, size, check, &inner, &hidden_too)
                if end < 0:
                    return False
                if end == size:
                    return True
                if check and _is_typed(html, open_at + 1, size):
                    return False
                if hidden_too and not hidden_end:
                    inside = open_at + 1
                    inside_end = inside
                    while html[inside_end] != c" " and html[inside_end] != c">":
                        inside_end += 1
                    if not _is_void(html, inside, inside_end - inside):
                        stop = _element_end(html, end + 1, size, inside, inside_end - inside)
                        if stop < 0:
                            return False
                        reach = max(reach, stop)
                text = end + 1
                text_end = at = _find(html, text, size, <Unit>c"<")
                if _is_end(html, open_at, size, name, length):
                    level -= 1
                elif _is_start(html, open_at, size, name, length):
                    level += 1
            if reach > text:  # what is hidden in it ends outside it
                return False
            if level:
                return True
        elif kind:
            now.nested += 1 if kind == INLINE or kind == BOLD else -1
            found.deepest = max(found.deepest, now.nested)
            if kind == BOLD:
                now.bold += 1
            elif kind == BOLD_END:
                now.bold -= 1
        if hidden_end and text >= hidden_end:
            if text > hidden_end:
                return False
            hidden_end = 0
            if not _end_line(found, &now, html, room):
                return True
            now.hidden -= 1
        if text < text_end:
            room = _add_text(found, &now, html, text, text_end, room)
    _end_line(found, &now, html, room)
    return True


cdef Py_ssize_t _uncommented(_Found found, const Unit* html, Py_ssize_t size, Unit** clean) except -1:
    """Write mark-up without its comments elsewhere, if it has any; its length then, and where it is."""
    cdef Py_ssize_t at = 0, start = 0, filled = 0
    clean[0] = <Unit*>html
    while True:
        at = _find(html, at, size, <Unit>c"<")
        if at == size:
            break
        if not _starts(html, at, size, b"<!--", 4):
            at += 1
            continue
        if found.clean == NULL:
            found.clean = realloc(NULL, size * sizeof(Unit))
            if found.clean == NULL:
                raise MemoryError()
            clean[0] = <Unit*>found.clean
        memcpy(clean[0] + filled, html + start, (at - start) * sizeof(Unit))
        filled += at - start
        at += 4
        while at < size and not _starts(html, at, size, b"-->", 3):
            at += 4 if _starts(html, at, size, b"<!--", 4) else 1  # another one begins
        start = at = min(at + 3, size)
    if found.clean == NULL:
        return size
    memcpy(clean[0] + filled, html + start, (size - start) * sizeof(Unit))
    return filled + size - start


cdef bint _walk_through(_Found found, const Unit* html, Py_ssize_t size, bint check) except -1:
    cdef Unit* clean
    size = _uncommented(found, html, size, &clean)
    return _walk(found, clean, size, check)


cdef bint _walked(_Found found, str html, bint check) except -1:
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(html)
    cdef int kind = PyUnicode_KIND(html)
    if kind == 1:
        return _walk_through(found, <const uint8_t*>PyUnicode_DATA(html), size, check)
    if kind == 2:
        return _walk_through(found, <const uint16_t*>PyUnicode_DATA(html), size, check)
    return _walk_through(found, <const uint32_t*>PyUnicode_DATA(html), size, check)


def walk(str html not None):
    """The lines of mark-up as lexbor writes it out."""
    cdef _Found found = _Found()
    if not _walked(found, html, True):
        found = _Found()
        _walked(found, marked(without_comments(html)), False)
    return found.result()
