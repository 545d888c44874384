"""How old one has to be to read a text: the one measure of the texts that forces write, and of our own."""

import re
from collections.abc import Iterable
from functools import cache

from pyphen import Pyphen

OLDEST = 11
"""The age at which everything that victims read should be readable."""

_GRADE_TO_AGE = 5  # children are five when they begin with the first grade
_FEWEST_WORDS = 3  # in a sentence: less is a label
_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")
_END = re.compile(r"(?<=[.!?])\s+|\n+")


def age(sentences: Iterable[str]) -> float:
    """Return the age at which a child can read these English sentences (Flesch-Kincaid), 0 where there is nothing to read."""
    text = "\n".join(sentences)
    words = _WORD.findall(text)
    if not words:
        return 0
    length = len(words) / max(1, sum(len(_WORD.findall(part)) >= _FEWEST_WORDS for part in _END.split(text)))
    syllables = sum(map(_syllables, words)) / len(words)
    return max(0, 0.39 * length + 11.8 * syllables - 15.59 + _GRADE_TO_AGE)


def _syllables(word: str) -> int:
    """Count where a word could be broken: what is shorter than four letters has one syllable."""
    return len(_hyphens().positions(word.lower())) + 1


@cache
def _hyphens() -> Pyphen:
    return Pyphen(lang="en_US")
