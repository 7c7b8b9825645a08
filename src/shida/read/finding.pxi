# The same as `finder`.

cdef struct Word:
    Py_ssize_t start  # of its characters among those of all words
    Py_ssize_t length
    int next  # the next word with the same slot, -1 where there is none


cdef class Finder:
    """Looks for some words: their first characters are a table, the rest is compared."""

    cdef tuple words
    cdef uint32_t* marks
    cdef Word* table
    cdef uint8_t[0x2000] begins  # a bit for each first character, its plane left out
    cdef int[256] slots

    def __cinit__(self, words):
        cdef Py_ssize_t at, each, size = 0
        cdef int slot
        self.words = tuple(dict.fromkeys(filter(None, words)))
        self.marks = <uint32_t*>realloc(NULL, (sum(map(len, self.words)) + 1) * sizeof(uint32_t))
        self.table = <Word*>realloc(NULL, (len(self.words) + 1) * sizeof(Word))
        if self.marks == NULL or self.table == NULL:
            raise MemoryError()
        for at in range(0x2000):
            self.begins[at] = 0
        for slot in range(256):
            self.slots[slot] = -1
        for at in range(len(self.words)):
            word = <str>self.words[at]
            self.table[at].start, self.table[at].length = size, len(word)
            for each in range(len(word)):
                self.marks[size] = <uint32_t>ord(word[each])
                size += 1
            first = self.marks[self.table[at].start]
            self.begins[(first & 0xFFFF) >> 3] |= 1 << (first & 7)
            slot = (first ^ (first >> 8)) & 255
            self.table[at].next, self.slots[slot] = self.slots[slot], <int>at

    def __dealloc__(self):
        free(self.marks)
        free(self.table)

    def said(self, texts):
        """Each word that is there → the lines it stands on, one for every time."""
        cdef dict found = {}
        cdef Py_ssize_t index = 0
        cdef int kind
        for text in texts:
            kind = PyUnicode_KIND(<str?>text)
            if kind == 1:
                _said(self, found, index, <const uint8_t*>PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text))
            elif kind == 2:
                _said(self, found, index, <const uint16_t*>PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text))
            else:
                _said(self, found, index, <const uint32_t*>PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text))
            index += 1
        return found


cdef int _said(Finder finder, dict found, Py_ssize_t index, const Unit* text, Py_ssize_t size) except -1:
    """Note the words that stand in one line."""
    cdef Py_ssize_t at, each, length
    cdef uint32_t first
    cdef const uint32_t* marks
    cdef int word
    for at in range(size):
        first = text[at]
        if not finder.begins[(first & 0xFFFF) >> 3] & (1 << (first & 7)):
            continue
        word = finder.slots[(first ^ (first >> 8)) & 255]
        while word >= 0:
            length = finder.table[word].length
            if length <= size - at:
                marks = finder.marks + finder.table[word].start
                each = 0
                while each < length and marks[each] == text[at + each]:
                    each += 1
                if each == length:
                    name = finder.words[word]
                    if name in found:
                        (<list>found[name]).append(index)
                    else:
                        found[name] = [index]
            word = finder.table[word].next
    return 0


def beginning(texts, firsts):
    """The lines that begin with one of some characters."""
    cdef uint8_t[0x2000] bits
    cdef list found = []
    cdef Py_ssize_t index = 0
    cdef uint32_t mark
    memset(bits, 0, 0x2000)
    for first in firsts:
        mark = <uint32_t><Py_UCS4>first
        if mark <= 0xFFFF:
            bits[mark >> 3] |= 1 << (mark & 7)
    for text in texts:
        if PyUnicode_GET_LENGTH(<str?>text):
            mark = <uint32_t>PyUnicode_READ_CHAR(text, 0)
            if bits[mark >> 3] & (1 << (mark & 7)) if mark <= 0xFFFF else chr(mark) in firsts:
                found.append(index)
        index += 1
    return found
