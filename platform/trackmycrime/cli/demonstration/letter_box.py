"""What victims wrote in the demonstration, written again by the right people: sent, forwarded, answered."""

from collections.abc import Mapping
from uuid import UUID

from trackmycrime.cli.demonstration.day import Day, DemoMessage
from trackmycrime.domain import cases, messages, tasks
from trackmycrime.domain.cases import Case
from trackmycrime.domain.people import Person
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.kit.actor import Actor, Kind
from trackmycrime.kit.words import speaking
from trackmycrime.tx import ForceTx


async def replay(tx: ForceTx, day: Day, victims: Mapping[str, Person], staff: Mapping[str, UUID]) -> None:
    """Send the day's messages and their answers, the oldest first; where nobody may write, somebody asks for an update.

    `victims` are by their id in the record system, `staff` are ids by address. What has no answer fills the inbox.
    """
    for letter in sorted(day.messages, key=lambda letter: -letter.minutes_ago):
        person = victims[letter.person]
        case_id = await _send(tx, letter, person)
        if letter.reply and letter.reply_by:
            await _forward(tx, day, case_id, staff[letter.reply_by], staff)
            await _answer(tx, day, letter, case_id, person, staff)
    if not day.messages:
        await messages.ask_for_update(tx, await _case(tx, victims[day.victim.person], day.victim.crime_reference))


async def _send(tx: ForceTx, letter: DemoMessage, person: Person) -> UUID:
    case = await _case(tx, person, letter.crime)
    with speaking(person.language):
        await messages.send(tx, case, letter.text)
    return case.id


async def _case(tx: ForceTx, person: Person, reference: str) -> Case:
    """Act as the victim from here on, and return their case."""
    tx.acting(Actor(Kind.VICTIM, person.id, role="victim"))
    own = next(case.id for case in await cases.of_actor(tx) if case.reference == reference)
    return await cases.seen_by_actor(tx, own)


async def _forward(tx: ForceTx, day: Day, case_id: UUID, to: UUID, staff: Mapping[str, UUID]) -> None:
    """Let the hub take the message, and forward it to the officer who is to answer it."""
    hub = staff[day.hub.email]
    tx.acting(Actor(Kind.STAFF, hub, role="hub", name=day.hub.name))
    waiting = next(task for task in await tasks.on_case(tx, case_id) if task.kind is TaskKind.MESSAGE)
    await tasks.claim(tx, waiting.id)
    if to != hub:
        await tasks.give(tx, waiting.id, to)


async def _answer(
    tx: ForceTx, day: Day, letter: DemoMessage, case_id: UUID, person: Person, staff: Mapping[str, UUID]
) -> None:
    author = next(each for each in (day.hub, *day.officers) if each.email == letter.reply_by)
    role = "hub" if author is day.hub else "officer"
    tx.acting(Actor(Kind.STAFF, staff[author.email], role=role, name=author.name))
    await messages.reply(tx, case_id, letter.reply or "", to=person.id)
