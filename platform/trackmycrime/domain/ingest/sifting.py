"""What was deleted here does not come back because a record system speaks of it again.

An event about a case that was deleted is refused: nothing of it is kept, not even that it came. Somebody who was erased is left
out of what is said of others, and what is about them alone is refused.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec import structs

from trackmycrime.domain import audit, gone
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.gone import Gone
from trackmycrime.domain.ingest import events as e
from trackmycrime.domain.ingest.parsing import Parsed, Rejected
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx

ERASED = "erased"


async def sift(tx: ForceTx, parsed: Sequence[Parsed]) -> tuple[list[Parsed], list[Rejected]]:
    """Return what may be taken in, without anybody who was erased, and what is refused. That something was is recorded."""
    cases = await gone.among(tx, Gone.CASE, {item.case for item in parsed})
    people = await gone.among(tx, Gone.PERSON, {name for item in parsed for name in _named(item.event)})
    if not cases and not people:
        return list(parsed), []
    kept: list[Parsed] = []
    refused: list[Rejected] = []
    for item in parsed:
        rest = None if item.case in cases else without(item, people)
        if rest is not None:
            kept.append(rest)
        else:
            refused.append(Rejected(item.index, _case_gone() if item.case in cases else person_gone()))
    rows = [*cases.values(), *people.values()]
    await audit.record_all(tx, [Deed("event.refused", row.id) for row in rows])
    return kept, refused


async def erased(tx: ForceTx, parsed: Sequence[Parsed]) -> Mapping[str, object]:
    """Return who of those that events name was erased."""
    return await gone.among(tx, Gone.PERSON, {name for item in parsed for name in _named(item.event)})


def without(item: Parsed, people: Mapping[str, object]) -> Parsed | None:
    """Return an event without any of these people, or None where nothing is left of it."""
    if not people or people.keys().isdisjoint(_named(item.event)):
        return item
    match item.event:
        case e.CrimeRecorded() as event:
            return _said(item, structs.replace(event, victims=[v for v in event.victims if not _is_of(v, people)]))
        case e.UpdatePublished() as event if left := [name for name in event.to or () if name not in people]:
            return _said(item, structs.replace(event, to=left))
        case _:
            return None


def _said(item: Parsed, event: e.Event) -> Parsed:
    return structs.replace(item, event=event, content=msgspec.json.encode(event))


def _is_of(victim: e.VictimIn, people: Mapping[str, object]) -> bool:
    return victim.person in people or victim.proxy_for in people


def _named(event: e.Event | None) -> Iterator[str]:
    match event:
        case e.CrimeRecorded():
            for victim in event.victims:
                yield from (victim.person, victim.proxy_for or "")
        case e.VictimChanged():
            yield from (event.victim.person, event.victim.proxy_for or "")
        case e.UpdatePublished():
            yield from event.to or ()
        case _:
            return


def _case_gone() -> str:
    return _("This case was deleted here, as the force's schedule says. Nothing of this event was kept.")


def person_gone() -> str:
    """Say why an event about somebody who was erased is not used."""
    return _("This is about somebody who was erased here. Nothing of it is used.")
