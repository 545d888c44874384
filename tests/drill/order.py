"""Order: the same 1,000 events shuffled, repeated, a tenth of them dropped and sent again, always end in the same state."""

import random
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

import msgspec

from tests.cast import World
from tests.drill.figures import on_stage, tell
from tests.drill.people import new_force
from tests.drill.stories import CASES, EVENTS, stories
from trackmycrime.domain.ingest.holding import what_is_held
from trackmycrime.domain.people import by_id
from trackmycrime.kit.actor import service
from trackmycrime.tx import ForceTx

SEEDS = 50
_LARGEST, _SHOWN = 60, 40

type State = dict[str, Any]

# What the API does not show of a crime but a person sees or is told: whoever they are is named as the record system does.
_SEEN = {
    "cases": """select reference, known, offence_group, risky, tracked, released from app.case where force_id = $1""",
    "topics": """select event_id, topic, kind, arrived_at is not null from app.timeline_entry where force_id = $1""",
    "duties": """select c.reference, d.what, d.why, d.since, d.due_at, d.met_at, e.event_id from app.duty d
                 join app.case c on c.force_id = $1 and c.id = d.case_id
                 left join app.timeline_entry e on e.force_id = $1 and e.id = d.met_by where d.force_id = $1""",
    "tasks": """select t.kind, c.reference, p.source_id, t.why::text, t.done_at is null, t.owner_id is null from app.task t
                left join app.case c on c.force_id = $1 and c.id = t.case_id
                left join app.person p on p.force_id = $1 and p.id = t.person_id where t.force_id = $1""",
    "invites": """select p.source_id, i.state, i.tries_left from app.invite i
                  join app.person p on p.force_id = $1 and p.id = i.person_id where i.force_id = $1""",
    "outbox": """select p.source_id, n.kind, n.channel, n.state from app.notification n
                 join app.person p on p.force_id = $1 and p.id = n.person_id where n.force_id = $1""",
    "events": """select source_id, type, state, reason, happened_at from app.event where force_id = $1""",
    "officers": """select collar_number, name, title, unit, role, active from app.staff where force_id = $1""",
}


async def final_state(world: World, events: Sequence[dict[str, Any]], seed: int) -> State:
    """Push the events to a new force in an order, with repeats and losses, that the seed decides; return what it holds."""
    slug = await new_force(world)
    chance = random.Random(seed)  # noqa: S311 - a repeatable shuffle
    for batch in batches(events, chance):
        await world.push(slug, batch)
    return await _state(world, slug, sorted({str(event["crime"]) for event in events}))


def batches(events: Sequence[dict[str, Any]], chance: random.Random) -> Iterator[list[dict[str, Any]]]:
    """Yield the events in random batches: shuffled, some repeated, a tenth of them lost at first and sent at the end."""
    order = chance.sample(events, len(events))
    lost = len(order) // 10
    waiting = [*order[lost:], *order[:lost]]
    start = 0
    while start < len(waiting):
        end = start + chance.randint(1, _LARGEST)
        fresh = waiting[start:end]
        again = chance.choices(waiting[:end], k=len(fresh) // 4)
        yield chance.sample([*fresh, *again], len(fresh) + len(again))
        start = end


async def _state(world: World, slug: str, references: Sequence[str]) -> State:
    found = {name: sorted(await world.ask(slug, sql), key=repr) for name, sql in _SEEN.items()}
    door = world.registry.door(await world.force(slug))
    async with door.open(service("drill")) as tx:
        crimes = {reference: await _crime(tx, reference) for reference in references}
        return {**found, "crimes": crimes, "people": await _people(tx)}


async def _crime(tx: ForceTx, reference: str) -> Any:
    """Return what a record system reads of a crime; the ids we gave to entries mean nothing to it."""
    held = msgspec.to_builtins(await what_is_held(tx, reference))
    timeline = [{**entry, "id": "", "to": sorted(entry["to"])} for entry in held["timeline"]]
    by = {"timeline": sorted(timeline, key=repr), "property": sorted(held["property"], key=repr)}
    return {**held, **by, "held": sorted(held["held"], key=repr), "hearings": sorted(held["hearings"], key=repr)}


async def _people(tx: ForceTx) -> Any:
    found = await by_id(tx, await tx.column("select id from app.person where force_id = $1"))
    return {
        person.source_id: msgspec.to_builtins(
            (person.identity, person.contact, person.pending_contact, person.language)
        )
        for person in found.values()
    }


def differences(first: Any, second: Any, at: str = "") -> Iterator[str]:
    """Yield in words where two states differ."""
    if first == second:
        return
    if isinstance(first, dict) and isinstance(second, dict):
        for key in sorted({*first, *second}):
            yield from differences(first.get(key), second.get(key), f"{at}/{key}")
    elif isinstance(first, list) and isinstance(second, list):
        yield from (f"{at}: gone {each!r}" for each in first if each not in second)
        yield from (f"{at}: new {each!r}" for each in second if each not in first)
        if len(first) != len(second):
            yield f"{at}: {len(first)} became {len(second)}"
    else:
        yield f"{at}: {first!r} became {second!r}"


async def compare(world: World, seeds: int, *, cases: int = CASES, events: int = EVENTS) -> list[list[str]]:
    """Return for each seed how its final state differs from the state that the events leave when they come in order."""
    told = stories(cases, events)
    slug = await new_force(world)
    await world.push(slug, told)
    expected = await _state(world, slug, sorted({str(event["crime"]) for event in told}))
    return [list(differences(expected, await final_state(world, told, seed))) for seed in range(seeds)]


if __name__ == "__main__":
    found = on_stage(lambda world: compare(world, SEEDS))
    for line in islice(chain.from_iterable(found), _SHOWN):
        sys.stdout.write(f"{line}\n")
    same = sum(not differs for differs in found)
    tell(
        {"seeds": SEEDS, "same": same},
        held={f"{SEEDS} orders of {EVENTS} events of {CASES} cases end in the same state": same == SEEDS},
    )
