"""A text in a force's own words: how it is kept, what is put into its places, and where it leads."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from msgspec import Meta, Struct

LONGEST = 2000  # characters: the longest of all texts; each has its own limit

Key = Annotated[str, Meta(max_length=80, description="the name of a text, such as page.messages")]
Words = Annotated[
    str, Meta(max_length=LONGEST, description=f"a text of up to {LONGEST} characters; empty for the national one")
]

_PLACE = re.compile(r"\(\(([a-z_]+)\)\)")
_DOUBLED = re.compile(r"([()])\1+")
_LINK = re.compile(r"https://[^\s()<>\"]*[^\s()<>\".,;:!?']")
_BEGUN = re.compile(r"(?:\A|\n|[.!?] )\Z")  # where a sentence begins
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")


class Wording(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a force says in place of a national text (domain/tenancy/texts.py); an empty language says the national one."""

    key: Key
    en: Words = ""
    cy: Words = ""


class Piece(Struct, frozen=True):
    """A part of a paragraph; `href` is where it leads, "" for plain words."""

    text: str
    href: str


type Told = tuple[tuple[Piece, ...], ...]
"""A text as a page shows it: its paragraphs, each in pieces."""


def places(text: str) -> list[str]:
    """Return the names of the ((places)) of a text, in order."""
    return _PLACE.findall(text)


def without_places(text: str) -> str:
    """Return a text with one plain letter where each of its ((places)) was."""
    return _PLACE.sub("X", text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its ((places)) filled in, as text: whatever a value is, it makes no new place and no new line.

    What begins a sentence begins with a capital. Raises KeyError for a place that nobody knows.
    """
    return _DOUBLED.sub(r"\1", _PLACE.sub(lambda found: _value(found, values), text))


def _value(found: re.Match[str], values: Mapping[str, str]) -> str:
    value = " ".join(values[found[1]].split())
    return value[:1].upper() + value[1:] if _BEGUN.search(found.string, 0, found.start()) else value


def told(text: str, values: Mapping[str, str]) -> Told:
    """Return a text with its ((places)) filled in, in paragraphs; only what is written in the text itself leads anywhere."""
    parts = (part.strip() for part in _EMPTY_LINE.split(text.strip()))
    return tuple(tuple(_pieces(part, values)) for part in parts if part)


def _pieces(part: str, values: Mapping[str, str]) -> Iterator[Piece]:
    begin = 0
    for found in _LINK.finditer(part):
        if before := part[begin : found.start()]:
            yield Piece(filled(before, values), "")
        yield Piece(found[0], found[0])
        begin = found.end()
    if rest := part[begin:]:
        yield Piece(filled(rest, values), "")


def spoken(text: Told) -> str:
    """Return a text as plain words."""
    return "\n\n".join("".join(piece.text for piece in paragraph) for paragraph in text)


def leads_somewhere(text: str) -> bool:
    """Say whether a text has an address of a site or of a mailbox in it: a second person has to look at those."""
    return "://" in text or "@" in text


def led(own: Iterable[Wording], before: Iterable[Wording]) -> list[str]:
    """Return the paths of the texts that lead somewhere and were not the same before."""
    known = dict(_by_path(before))
    return [path for path, text in _by_path(own) if leads_somewhere(text) and known.get(path) != text]


def _by_path(own: Iterable[Wording]) -> Iterator[tuple[str, str]]:
    for wording in own:
        yield f"{wording.key}.en", wording.en
        yield f"{wording.key}.cy", wording.cy
