"""How staff of a force of the stage sign in: its own provider is tried, and not switched on; one of them is half way in here."""

import msgspec

from tests.isolation.canaries import Whose
from tests.isolation.side import Side
from trackmycrime.domain.identity import second_step, sessions, staff
from trackmycrime.domain.identity.provider import leaving, people, setup
from trackmycrime.domain.identity.provider.people import Said
from trackmycrime.domain.identity.provider.setup import Rule, Setup, Trial
from trackmycrime.domain.identity.second_step import Content
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.kit.actor import Kind
from trackmycrime.kit.time import now
from trackmycrime.store.identity import providers as rows
from trackmycrime.store.identity import steps
from trackmycrime.store.identity.steps import StepRow

ISSUER = "https://192.0.2.1"  # no address of the internet: no request leaves for it
_UNUSED = "insert into app.provider (force_id, id, used, revision) values ($1, $2, $3, 0) returning 1"


async def set_up(side: Side) -> None:
    """Let the administrator set it up, and the officer have come in by it."""
    rules = (Rule("administrators", StaffRole.ADMIN), Rule("officers", StaffRole.OFFICER))
    draft = Setup(ISSUER, side.say(Whose.STAFF, "provider", "draft"), "a secret", rules=rules)
    async with side.door.open(side.employee("admin")) as tx:
        await setup.save(tx, draft, 0)
        name = side.say(Whose.STAFF, "provider", "trial")
        await setup.keep_trial(tx, Trial(1, now(), "", name, role=StaffRole.ADMIN))
        await rows.begin(tx, rows.new_id(), "trial", b"nobody's", setup.digest(tx, draft), "", side.ids["admin"])
    used = Setup(ISSUER, side.say(Whose.HIDDEN, "provider", "used"), "a secret", rules=rules)
    async with side.door.open(side.employee("officer")) as tx:
        sealed = tx.keys.own().seal(setup.encoded(used), setup.place("used"))
        await tx.value(_UNUSED, rows.new_id(), sealed)  # beside the row that counts: the force's people have passwords
        begun = await sessions.begin(tx, Kind.STAFF, side.ids["other_officer"])
        said = Said("other officer", "", "", None, (), second_factor=True, sid="theirs")
        await rows.link(tx, side.ids["other_officer"], people.issuer(tx, used), people.subject(tx, used, said.subject))
        token = side.say(Whose.HIDDEN, "provider_session", "id_token")
        await leaving.remember(tx, used, begun.session.id, said, token)


async def half_way(side: Side) -> None:
    """Let an officer be half way in, and another have set something up whose secret is a canary."""
    async with side.door.open(side.employee("officer")) as tx:
        await second_step.begin(tx, await staff.by_id(tx, side.ids["officer"]))
        secret = side.say(Whose.HIDDEN, "staff_factor", "content").encode()
        row_id = steps.new_id()
        content = msgspec.json.encode(Content(b"", b"")).replace(b'"secret":""', b'"secret":"' + secret + b'"')
        sealed = tx.keys.own().seal(content, second_step.place(row_id))
        row = StepRow(row_id, side.ids["other_officer"], "authenticator", sealed, 0)
        assert await steps.add(tx, row, None)
