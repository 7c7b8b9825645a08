# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The loops of `shida.read.walk`, `weighing`, `finder`, `files` and `nesting`, compiled: what they take, give and mean is written
there.

Each goes over the characters once and makes objects of whole lines only. Nothing is read beyond a text's own length:
every place is compared with it before it is looked at. What is written into grows where it is full.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ_CHAR
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport free, realloc
from libc.string cimport memcpy, memmove, memset

from shida.read import walk as plain
from shida.read import weighing
from shida.read.chunks import LEFT_OUT, NEVER_CLOSED, hides, marked, without_comments
from shida.read.files import BEHIND, ENDINGS
from shida.read.line import Container, Line, Lines
from shida.read.nesting import DEEPEST, NEVER_NEST, SAFE

# In this order: each needs those before it.
include "names.pxi"
include "units.pxi"
include "weights.pxi"
include "found.pxi"
include "tags.pxi"
include "lines.pxi"
include "depths.pxi"
include "finding.pxi"
include "kinds.pxi"


def runs_of(list weights not None, set stops not None):
    """The best run between each two stops: its weight, first line, line behind its last."""
    cdef list runs = []
    cdef double best = 0.0, total = 0.0, scraps = 0.0, weight
    cdef Py_ssize_t start = 0, end = 0, here = 0, index, count = len(weights)
    for index in range(count + 1):
        if index == count or index in stops:
            if best > 0:
                runs.append((best, start, end))
            best = total = scraps = 0.0
            here = index + 1
            continue
        weight = weights[index]
        if weight == SCRAP:
            weight = weight if scraps > -40.0 else 0.0
            scraps += weight
        elif weight > 0:
            scraps = 0.0
        total += weight
        if total <= 0:
            total = scraps = 0.0
            here = index + 1
        elif total > best:
            best, start, end = total, here, index + 1
    return runs
