"""Asking for one's data (Data Protection Act 2018, section 45): in one step, a day later, and for some days.

The day is there because somebody else may have asked: whose data it is hears of it at once, and can cancel.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.domain import audit, cases, feed, my_case, people
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.cases import own_notices, proof
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.domain.my_case import CaseCopy
from trackmycrime.domain.people import Person
from trackmycrime.kit.actor import Actor, Kind
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _, speaking
from trackmycrime.store import data_requests as rows
from trackmycrime.store.data_requests import RequestRow
from trackmycrime.tx import ForceDoor, ForceTx

DELAY, KEPT = timedelta(hours=24), timedelta(days=7)
_AT_ONCE = 5


class PersonCopy(Struct, frozen=True):
    """What is known of somebody."""

    given_names: str
    last_name: str
    date_of_birth: date | None
    email: str | None
    mobile: str | None
    language: str


class DataCopy(Struct, frozen=True):
    """All that is given to somebody who asks: who they are to us, and all that they may see of each of their cases."""

    made_at: datetime
    person: PersonCopy
    cases: list[CaseCopy]


class Standing(Struct, frozen=True):
    """Since when data can be downloaded and until when, and from when on if it was asked for again; None for neither."""

    waits_until: datetime | None
    ready_since: datetime | None
    ready_until: datetime | None


def place(request_id: UUID) -> bytes:
    """Return the place that a request's content is bound to."""
    return b"data request " + request_id.bytes


async def ask(door: ForceDoor, session: Session, case_id: UUID, password: str, by: Browser) -> None:
    """Ask for the data of a signed-in victim, who looks at a case and gives their password again.

    Asking again while it waits changes nothing. Raises Invalid and Slower for a wrong password, NotFound where copies are
    hidden or the case is not theirs.
    """
    async with door.open(session.actor) as tx:
        await my_case.require_shown(tx)
        await cases.seen_by_actor(tx, case_id)
    await proof.prove(door, session, password, by)
    async with door.open(session.actor) as tx:
        request_id = await rows.add(tx, session.actor.id, case_id, now() + DELAY)
        if request_id:
            await _tell(tx, request_id, case_id, "asked")
            await own_notices.tell(tx, case_id, "data_asked")


async def _tell(tx: ForceTx, request_id: UUID, case_id: UUID | None, what: str) -> None:
    await audit.record(tx, f"data_request.{what}", subject_id=request_id, case_id=case_id)
    await feed.tell(tx, [Fact(f"data_request.{what}", case_id, tx.actor.id)])


async def standing(tx: ForceTx) -> Standing:
    """Return how it stands with what this victim asked for."""
    found = await rows.of_person(tx, tx.actor.id)
    waiting, ready = found.get("waiting"), found.get("ready")
    since = ready.ready_at if ready else None
    return Standing(waiting.ready_at if waiting else None, since, since + KEPT if since else None)


async def cancel(tx: ForceTx) -> None:
    """Cancel what this victim asked for and what still waits; when nothing does, nothing changes."""
    request_id = await rows.cancel(tx, tx.actor.id)
    if request_id:
        await _tell(tx, request_id, None, "cancelled")


async def make_due(tx: ForceTx) -> int:
    """Make what was asked for a day ago, and return how many. Each is made as the person who asked, with their rights alone."""
    clock, found = tx.actor, await rows.due(tx, _AT_ONCE)
    persons = await people.by_id(tx, [row.person_id for row in found])
    for row in found:
        tx.acting(Actor(Kind.VICTIM, row.person_id, role="victim"))
        with speaking(persons[row.person_id].language):
            await _make(tx, row, persons[row.person_id])
        tx.acting(clock)
    return len(found)


async def _make(tx: ForceTx, row: RequestRow, person: Person) -> None:
    if person.data_key is None:  # forgotten since: there is nothing left to give
        await rows.settle(tx, row.id, "cancelled", None)
        return
    content = msgspec.json.encode(await _gathered(tx, person))
    await rows.settle(tx, row.id, "ready", tx.keys.unwrap(person.data_key).seal(content, place(row.id)))
    await audit.record(tx, "data_request.made", subject_id=row.id)
    own = await cases.of_actor(tx)
    if own:
        where = row.case_id if row.case_id in {case.id for case in own} else own[0].id
        await own_notices.tell(tx, where, "data_ready")


async def _gathered(tx: ForceTx, person: Person) -> DataCopy:
    own = [await cases.seen_by_actor(tx, listed.id) for listed in await cases.of_actor(tx)]
    who, contact = person.identity, person.contact
    known = PersonCopy(
        who.given_names, who.last_name, who.date_of_birth, contact.email, contact.mobile, person.language
    )
    return DataCopy(now(), known, [await my_case.copied(tx, case) for case in own])


async def download(tx: ForceTx) -> bytes:
    """Return this victim's data as JSON (a DataCopy); that it was taken is recorded. Raises NotFound when it is not there."""
    await my_case.require_shown(tx)
    ready = (await rows.of_person(tx, tx.actor.id)).get("ready")
    person = (await people.by_id(tx, [tx.actor.id]))[tx.actor.id]
    if ready is None or ready.content is None or person.data_key is None or ready.ready_at + KEPT < now():
        raise NotFound(_("Page not found"))
    await audit.record(tx, "data_request.downloaded", subject_id=ready.id)
    return tx.keys.unwrap(person.data_key).open(ready.content, place(ready.id))


async def expire(tx: ForceTx) -> int:
    """Delete what was there for seven days, and return of how many."""
    gone = await rows.expire(tx, KEPT)
    await audit.record_all(tx, [Deed("data_request.deleted", request_id) for request_id in gone])
    return len(gone)
