"""What a force of the stage says of its own people: who shall become an administrator, who acts for whom, an upload."""

from datetime import timedelta

from tests.isolation.canaries import Whose
from tests.isolation.side import Side
from trackmycrime.domain.staffing import administrators, importing
from trackmycrime.domain.staffing.importing import Row
from trackmycrime.domain.staffing.planning import Told
from trackmycrime.kit.time import today
from trackmycrime.store.identity import deputies


async def look_after(side: Side) -> None:
    """Let the administrators ask and upload, and people be away: the second officer was, and is, by others than the first."""
    await _ask(side)
    for name, who in (("staff_import", "admin"), ("others_import", "other_admin")):
        async with side.door.open(side.employee(who)) as tx:
            told = Told(side.say(Whose.STAFF, "staff_import", "content"), f"imported-{who}@example.org", "hub", "", "")
            side.ids[name] = await importing.keep(tx, [Row(2, told)])
            side.marks[name] = (await importing.plan(tx, side.ids[name])).mark
    for name, absent, deputy, first, last in (
        ("officers_deputy", "officer", "colleague", 1, 7),
        ("hubs_deputy", "hub", "colleague", 30, 31),
        ("others_deputy", "other_officer", "colleague", 0, 7),
        ("past_deputy", "other_officer", "officer", -9, -2),
        ("coming_deputy", "other_officer", "officer", 9, 12),
        ("ended_deputy", "other_officer", "officer", 0, 7),
        ("suspended_deputy", "suspended", "officer", 0, 7),
    ):
        async with side.door.open(side.employee("supervisor")) as tx:
            days = today() + timedelta(days=first), today() + timedelta(days=last)
            side.ids[name] = await deputies.add(tx, side.ids[absent], side.ids[deputy], days, side.ids["supervisor"])
            if name == "ended_deputy":
                await deputies.end(tx, side.ids[name], side.ids["supervisor"])


async def _ask(side: Side) -> None:
    sql = "select id from app.admin_request where force_id = $1 and staff_id = $2"
    for name, who in (("admin_request", "candidate"), ("other_request", "supervisor")):
        async with side.door.open(side.employee("other_admin")) as tx:
            await administrators.ask(tx, [side.ids[who]])
        side.ids[name] = await side.one(sql, side.ids[who])
