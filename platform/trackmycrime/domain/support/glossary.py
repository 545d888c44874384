"""The words of the justice system, in easy words."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from msgspec import Struct, convert

from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import _


class Term(Struct, frozen=True):
    """A word and its meaning; `id` is the word as links write it, the same in every language."""

    id: str
    word: str
    meaning: str


class _Entry(Struct, frozen=True, forbid_unknown_fields=True):
    word: str
    meaning: str


class _Glossary(Struct, frozen=True, forbid_unknown_fields=True):
    term: tuple[_Entry, ...]


def terms(words: str = "") -> tuple[Term, ...]:
    """Return the terms from A to Z in the language of the moment; with words, those that have all of them."""
    wanted = [fold(word) for word in words.split()]
    found = (Term(_id(entry.word), _(entry.word), _(entry.meaning)) for entry in _entries())
    fitting = [term for term in found if all(word in fold(f"{term.word} {term.meaning}") for word in wanted)]
    return tuple(sorted(fitting, key=lambda term: fold(term.word)))


def _id(word: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-")


@cache
def _entries() -> tuple[_Entry, ...]:
    content = (files("trackmycrime.data") / "glossary.toml").read_text("utf-8")
    return convert(tomllib.loads(content), _Glossary).term
