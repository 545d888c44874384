"""Canaries: texts that say whose they are, so that one look at an answer tells what leaked and from whom."""

import re
from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

_CANARY = re.compile(rb"canary(?:[^a-z0-9]|%2d|&#45;){0,6}([ab][a-z])", re.IGNORECASE)
_UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Whose(StrEnum):
    """Whose a canary is, inside a force: the second letter behind the force's own."""

    STAFF = "s"  # the force's people: their names stand on many pages
    CASE = "c"  # the first case: both its victims read it
    VERA = "v"  # one victim of the first case
    WANDA = "w"  # the other victim on the same reference
    VERAS_WORDS = "n"  # what Vera wrote: it waits in the inbox
    WANDAS_WORDS = "q"
    NOTE = "k"  # for staff alone
    REFERENCE = "r"  # the first case's reference, which lists of staff show
    OTHER_REFERENCE = "l"  # the references of other cases, which lists of staff show
    XENIA = "x"  # the second case and its victim
    XENIAS_WORDS = "m"
    REPORTER = "p"  # who reported the first two cases
    REASON = "o"  # why staff opened a case: administrators answer for it, and read nothing else of one
    HIDDEN = "y"  # nobody's page shows it


def canary(letter: str, whose: Whose, table: str, column: str, *, joined: str = "-") -> str:
    """Return the canary of a column of a force (`a` or `b`); `joined` where the field takes no hyphens."""
    return joined.join(("canary", letter + whose, table, column))


def found(text: bytes) -> set[str]:
    """Return whose canaries a text holds, such as {"av", "bs"}; however it writes them."""
    return {match.decode().lower() for match in _CANARY.findall(text)}


def ids_in(text: bytes) -> set[UUID]:
    """Return every identifier in a text."""
    return {UUID(match.decode()) for match in _UUID.findall(text)}


def all_of(letter: str, whose: Iterable[Whose] = Whose) -> frozenset[str]:
    """Return the marks of these owners in a force."""
    return frozenset(letter + each for each in whose)
