"""What a force of the stage keeps and lets go: holds that stand and one that was lifted, requests about data, a case that went."""

from tests.cast import Victim, crime, event, moment
from tests.isolation.canaries import Whose
from tests.isolation.side import Side
from trackmycrime.domain.retention import deleting, holds, rights
from trackmycrime.domain.retention.rights import Right, State, Via
from trackmycrime.jobs.chores import CLOCK
from trackmycrime.kit.time import today


async def keep(side: Side) -> None:
    """Let the administrators place holds and enter requests; then let a case go that was closed long ago."""
    why = side.say(Whose.STAFF, "legal_hold", "why")
    async with side.door.open(side.employee("other_admin")) as tx:
        await holds.place(tx, side.victims["yves"].reference, why)
    past = await side.one("select id from app.legal_hold where force_id = $1")
    async with side.door.open(side.employee("other_admin")) as tx:
        await holds.lift(tx, past, side.say(Whose.STAFF, "legal_hold", "lifting"))
    for name, victim in (("hold", "yves"), ("staff_hold", "xenia")):
        async with side.door.open(side.employee("other_admin")) as tx:
            await holds.place(tx, side.victims[victim].reference, why)
        sql = "select h.id from app.legal_hold h where h.force_id = $1 and h.lifted_at is null order by h.placed_at desc limit 1"
        side.ids[name] = await side.one(sql)
    await _ask(side)
    gone = Victim("Gone", "Gable", f"GONE/{side.letter}/20", f"gone-{side.letter}@example.org")
    ended = event("crime.closed", gone.reference, time=moment(900))
    await side.world.push(side.slug, [crime(gone.reference, [gone.as_event()], reported_at=moment(950)), ended])
    async with side.door.open(CLOCK) as tx:
        assert await deleting.cases(tx) == 1
    side.ids["deletion"] = await side.one("select id from app.deletion where force_id = $1")


async def _ask(side: Side) -> None:
    for name, who, victim, kind in (
        ("rights_request", "other_admin", "xenia", Right.ACCESS),
        ("own_erasure", "admin", "vera", Right.ERASURE),
        ("held_erasure", "other_admin", "yves", Right.ERASURE),
        ("past_request", "other_admin", "wanda", Right.CORRECTION),
    ):
        one = side.victims[victim]
        async with side.door.open(side.employee(who)) as tx:
            told = kind, Via.LETTER, one.reference, one.last_name, one.born, today()
            side.ids[name] = await rights.enter(tx, *told)
    async with side.door.open(side.employee("admin")) as tx:
        await rights.decide(tx, side.ids["past_request"], State.REFUSED, side.say(Whose.STAFF, "rights_request", "why"))
