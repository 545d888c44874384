"""Asking for a code by text and typing it: ten minutes, five tries, three an hour for each person and each number."""

import hmac
from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from trackmycrime.domain import audit, notifications
from trackmycrime.domain.identity import throttle
from trackmycrime.domain.identity.throttle import CODES_OF_PERSON, CODES_TO_NUMBER
from trackmycrime.domain.notifications.codes import FIGURES, LIVES, figures, number_of, place
from trackmycrime.domain.people import Person
from trackmycrime.kit.errors import Conflict, Invalid
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store import codes as rows
from trackmycrime.store.codes import CodeRow
from trackmycrime.tx import ForceTx

TRIES = 5
_KEPT = timedelta(days=1)


class Purpose(StrEnum):
    """What a code shows: that a new number is theirs, or that it is they who sign in. The words are stored."""

    NUMBER = "number"
    SIGN_IN = "sign_in"


class Sent(Struct, frozen=True):
    """The newest code that somebody was sent: to which number, and whether it still proves anything."""

    number: str
    lives: bool


class CodeGone(Conflict):
    """A code that proves nothing any more: too old, tried too often, or used."""

    def __init__(self) -> None:
        super().__init__(_("That code does not work any more. Ask us to send you another one."))


async def send(tx: ForceTx, person: Person, purpose: Purpose, number: str) -> None:
    """Send a code to a number (E.164). The one that was sent before proves nothing any more.

    Raises Slower after three in an hour, be it that this person asked for them or that they went to this number.
    """
    await throttle.ration(tx, {CODES_OF_PERSON: str(person.id), CODES_TO_NUMBER: number})
    code_id = rows.new_id()
    sealed = tx.keys.unwrap(person.data_key or b"").seal(number.encode(), place(code_id))
    await rows.add(tx, code_id, person.id, purpose, sealed, tries=TRIES, expires_at=now() + LIVES)
    await notifications.code(tx, person.id)
    await audit.record(tx, "code.sent", subject_id=person.id, purpose=purpose)


async def sent(tx: ForceTx, person: Person, purpose: Purpose) -> Sent | None:
    """Return the code that somebody has still to type, or that ran out; None where none was asked for, or it was used."""
    row = await rows.newest(tx, person.id, purpose)
    if row is None or row.state not in {"open", "died"} or now() - row.expires_at > _KEPT:
        return None
    return Sent(number_of(tx.keys, person, row), _lives(row))


def _lives(row: CodeRow) -> bool:
    return row.state == "open" and row.expires_at > now()


def read(typed: str, field: str) -> str:
    """Return the figures of a code as somebody typed them. Raises Invalid, at the form's `field`; that costs no try."""
    found = "".join(typed.split()).replace("-", "")
    if not (found.isascii() and found.isdecimal() and len(found) == FIGURES):
        raise Invalid({field: _("Enter the %(number)s figures of the code", number=FIGURES)})
    return found


async def use(tx: ForceTx, person: Person, purpose: Purpose, code: str) -> str | None:
    """Return the number that a code was sent to, for the right one, which works once; None and one try less for a wrong one.

    The transaction must be committed either way, or nobody counts. Raises CodeGone.
    """
    row = await rows.newest(tx, person.id, purpose)
    if row is None or not _lives(row):
        raise CodeGone
    if hmac.compare_digest(figures(tx.keys, row.id), code):
        await rows.end(tx, row.id, "used", row.tries_left)
        return number_of(tx.keys, person, row)
    left = row.tries_left - 1
    await rows.end(tx, row.id, "open" if left else "died", left)
    await audit.record(tx, "code.failed", subject_id=person.id, purpose=purpose, tries=TRIES - left)
    return None


async def sweep(tx: ForceTx) -> int:
    """Remove codes that are long past, and return how many."""
    return await rows.sweep(tx, _KEPT)
