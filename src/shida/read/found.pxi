# What the loop over the tags has found so far.

cdef class _Found:
    """The lines and containers found so far, and the room that texts are put together in."""

    cdef list lines
    cdef list texts
    cdef list weights
    cdef bytearray marks
    cdef dict styles
    cdef Numbers parents, names, firsts, ends, above, links
    cdef void* clean
    cdef void* room
    cdef Py_ssize_t bytes
    cdef int deepest

    def __cinit__(self):
        self.lines, self.texts, self.weights, self.marks, self.styles = [], [], [], bytearray(), {}

    def __dealloc__(self):
        free(self.parents.at)
        free(self.names.at)
        free(self.firsts.at)
        free(self.ends.at)
        free(self.above.at)
        free(self.links.at)
        free(self.clean)
        free(self.room)

    cdef int container(self, int parent, int name, int first, int end) except -1:
        """Note a container; its index."""
        _push(&self.parents, parent)
        _push(&self.names, name)
        _push(&self.firsts, first)
        _push(&self.ends, end)
        return <int>self.parents.size - 1

    cdef void* space(self, Py_ssize_t size) except NULL:
        """Room for so many bytes, with what was in it."""
        cdef void* more
        if size > self.bytes:
            more = realloc(self.room, size * 2 + 1024)
            if more == NULL:
                raise MemoryError()
            self.room, self.bytes = more, size * 2 + 1024
        return self.room

    cdef result(self):
        cdef Py_ssize_t at
        cdef int count = <int>len(self.lines)
        self.ends.at[0] = count
        for at in range(self.ends.size):
            if self.ends.at[at] < 0:
                self.ends.at[at] = count
        return Lines(
            self.lines,
            _Containers(self),
            self.deepest > DEEPEST,
            count >= MOST_LINES,
            self.weights,
            bytes(self.marks),
            self.texts,
            "\n".join(self.texts),
        )


cdef class _Containers:
    """The containers of a page; each is made when it is asked for, for most never are."""

    cdef _Found found

    def __cinit__(self, _Found found):
        self.found = found

    def __len__(self):
        return self.found.parents.size

    def __getitem__(self, Py_ssize_t at):
        cdef _Found found = self.found
        if not 0 <= at < found.parents.size:
            raise IndexError(at)
        return Container(at, found.parents.at[at], NAMES[found.names.at[at]], found.firsts.at[at], found.ends.at[at])
