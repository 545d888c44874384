"""A code by text message: who can type it has the phone. Nothing of it is stored, so a leaked database tells none."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from trackmycrime.domain import people
from trackmycrime.domain.notifications import wording
from trackmycrime.domain.notifications.queueing import Channel, NoticeKind, queue
from trackmycrime.domain.notifications.ready import Dropped, Ready
from trackmycrime.domain.people import Leave, Person
from trackmycrime.kit.sealing import Keyring
from trackmycrime.store import codes as rows
from trackmycrime.store.codes import CodeRow
from trackmycrime.store.notifications import Choice, Due, NewNotification
from trackmycrime.tx import ForceTx

LIVES = timedelta(minutes=10)
"""How long a code proves something, from when it was asked for (NIST SP 800-63B-4, out-of-band)."""
FIGURES = 6


def figures(keys: Keyring, code_id: UUID) -> str:
    """Return the six figures of a code: only the force's key can make them."""
    return f"{int.from_bytes(keys.sign('text code', code_id.bytes)) % 10**FIGURES:0{FIGURES}}"


def place(code_id: UUID) -> bytes:
    """Return the place that a code's number is bound to."""
    return b"text code " + code_id.bytes


def number_of(keys: Keyring, person: Person, row: CodeRow) -> str:
    """Return the number that a code is sent to."""
    return keys.unwrap(person.data_key or b"").open(row.number, place(row.id)).decode()


async def code(tx: ForceTx, person_id: UUID) -> None:
    """Send somebody the code that they have just asked for, at whatever time: they wait for it with the phone in hand."""
    await queue(tx, [NewNotification(NoticeKind.CODE, Channel.TEXT, person_id)])


async def checked(
    tx: ForceTx, due: Sequence[Due], found: Mapping[UUID, Person], choices: Mapping[UUID, Choice]
) -> list[Ready]:
    """Return what goes out to those who asked for a code: nothing where staff say how somebody is reached, or that they are not."""
    if not due:
        return []
    asking = {each: found[each] for item in due if (each := item.person_id) and each in choices}
    opened = await rows.of_people(tx, list(asking))
    leaves = await people.leaves(tx, asking.values())
    return [_checked(tx, item, asking, opened, leaves) for item in due]


def _checked(
    tx: ForceTx,
    due: Due,
    asking: Mapping[UUID, Person],
    opened: Mapping[UUID, CodeRow],
    leaves: Mapping[UUID, Leave],
) -> Ready:
    person, row = (asking.get(due.person_id), opened.get(due.person_id)) if due.person_id else (None, None)
    if person is None or row is None:
        return Ready(due, None, Dropped.CODE_ENDED)
    if not leaves[person.id].own_number:
        return Ready(due, None, Dropped.AT_RISK)
    return wording.code(tx, due, person, number_of(tx.keys, person, row), figures(tx.keys, row.id))
