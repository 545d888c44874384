"""Trying out what becomes of a record: a made-up one goes the way of all others, in a transaction that is undone."""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.identity import clients
from trackmycrime.domain.identity.clients import May
from trackmycrime.domain.ingest.batch import Answer, receive
from trackmycrime.kit import ids
from trackmycrime.kit.actor import Actor, Kind
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceDoor

type Event = dict[str, object]


class Sample(StrEnum):
    """What is tried: each shows something else that may become of a record."""

    CRIME = "crime"
    TWICE = "twice"
    EARLY = "early"
    NAMELESS = "nameless"
    UNREADABLE = "unreadable"
    NOTHING = "nothing"


class Outcome(Struct, frozen=True):
    """What would have become of it: the record as it was sent, and either the answer or why it was not let in."""

    sent: str
    answer: Answer | None
    refused: str


async def try_out(door: ForceDoor, actor: Actor, client_row: UUID | None, sample: str) -> Outcome:
    """Try a sample as one of the force's record systems, and undo all of it; that it was tried is recorded.

    Nobody is told, nothing is kept and nothing is counted: what it did is rolled back with the reference, the people and the
    notifications that it made. Raises Invalid without a sample or a client of this force.
    """
    if sample not in set(Sample):
        raise Invalid({"sample": _("Choose what to send")})
    batch = _batch(Sample(sample))
    async with door.open(actor) as tx:
        known = {row.id: row for row in await clients.every(tx)}
        client = known.get(client_row) if client_row else None
        if client is None:
            raise Invalid({"client": _("Choose a connection")})
        await audit.record(tx, "event.tried_out", subject_id=client.id, sample=sample)
    sent = msgspec.json.format(msgspec.json.encode(batch), indent=2).decode()
    if not client.active:
        return Outcome(sent, None, _("This connection is stopped, so nothing gets in by it."))
    if May.SEND not in client.may:
        return Outcome(sent, None, _("This connection may not send us records."))
    by = Actor(Kind.RECORD_SYSTEM, client.id, role="record_system", name=client.name)
    return await _undone(door, by, batch, sent)


async def _undone(door: ForceDoor, by: Actor, batch: list[object], sent: str) -> Outcome:
    tx = door.begin(by)
    try:
        return Outcome(sent, await receive(tx, msgspec.json.encode(batch)), "")
    except Refusal as refusal:
        return Outcome(sent, None, refusal.message)
    finally:
        await tx.close()  # never committed


def _batch(sample: Sample) -> list[object]:
    """Return a sample, about a crime that nobody has: its reference is new each time."""
    reference = f"TEST/{ids.new().hex[-12:]}"
    vera, wanda = _person("Vera", "Sample"), _person("Wanda", "Sample")
    crime = _event("crime.recorded", reference, offence={"title": "Theft of pedal cycle"}, victims=[vera])
    crime |= {"reported_at": crime["time"]}
    update = _event("update.published", reference, text="We have asked two shops for their recordings.")
    batches: dict[Sample, list[object]] = {
        Sample.CRIME: [crime],
        Sample.TWICE: [crime, crime],
        Sample.EARLY: [update],
        Sample.NAMELESS: [crime | {"victims": [vera, wanda]}, update],
        Sample.UNREADABLE: [crime | {"reported_at": "30 February"}],
        Sample.NOTHING: [["this is no record"]],
    }
    return batches[sample]


def _event(kind: str, reference: str, **more: object) -> Event:
    return {"id": f"test-{ids.new().hex}", "type": kind, "time": _moment(), "crime": reference, **more}


def _moment() -> str:
    return (now() - timedelta(minutes=5)).isoformat(timespec="seconds")


def _person(given_names: str, last_name: str) -> Event:
    person = f"test-{ids.new().hex[-12:]}"
    return {
        "person": person,
        "given_names": given_names,
        "last_name": last_name,
        "date_of_birth": "1984-03-09",
        "email": f"{person}@example.org",
        "consent": "opted_in",
        "suitability": "suitable",
        "safety": [],
    }
