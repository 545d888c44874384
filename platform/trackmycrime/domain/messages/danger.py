"""Words that suggest danger or a crime in progress, looked for before a message is sent (data/danger_words.toml)."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

from msgspec import Struct, convert

from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.words import _

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u0060\u00b4]")
_WORD = re.compile(r"\w+")


class MayBeDanger(Refusal):
    """What is about to be sent suggests danger: its writer sees whom to call, and may send it all the same."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Your message has not been sent yet"))


def suggested(text: str) -> bool:
    """Say whether a text suggests that somebody is in danger, in English or in Welsh."""
    words, (phrases, stems) = _words(text), _signs()
    if any(word.startswith(stems) for word in words):
        return True
    return any(_begins(words[at:], phrase) for at, word in enumerate(words) for phrase in phrases.get(word, ()))


def _words(text: str) -> list[str]:
    """Lay a text out as its words: no case, accents, apostrophes or other punctuation."""
    plain = _APOSTROPHES.sub("", text).casefold()
    if not plain.isascii():
        spread = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return _WORD.findall(plain)


def _begins(words: list[str], phrase: list[str]) -> bool:
    last = phrase[-1].removesuffix("*")
    there = words[: len(phrase)]
    if there[:-1] != phrase[:-1] or len(there) < len(phrase):
        return False
    return there[-1] == last or (phrase[-1].endswith("*") and there[-1].startswith(last))


class _List(Struct, frozen=True, forbid_unknown_fields=True):
    reviewed: str
    phrases: tuple[str, ...]


class _Lists(Struct, frozen=True, forbid_unknown_fields=True):
    english: _List
    welsh: _List


@cache
def _signs() -> tuple[dict[str, list[list[str]]], tuple[str, ...]]:
    """Return the phrases by their first word, and the beginnings of words that are a sign by themselves."""
    content = (files("trackmycrime.data") / "danger_words.toml").read_text("utf-8")
    lists = convert(tomllib.loads(content), _Lists)
    phrases: dict[str, list[list[str]]] = {}
    stems: list[str] = []
    for words in (phrase.split() for phrase in (*lists.english.phrases, *lists.welsh.phrases)):
        if len(words) == 1 and words[0].endswith("*"):
            stems.append(words[0].removesuffix("*"))
        else:
            phrases.setdefault(words[0], []).append(words)
    return phrases, tuple(stems)
