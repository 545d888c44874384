"""Coming in as staff with exactly one thing wrong: half way in, by a passkey, or back from the force's own provider."""

import json
from collections.abc import Awaitable, Callable, Mapping

from pyotp.totp import TOTP

from tests.isolation.matrix import Breach
from tests.isolation.side import Side
from tests.isolation.stage import Stage
from tests.isolation.ways import BROWSER
from tests.software_passkey import Authenticator
from trackmycrime.domain.identity import app_codes, second_step, sessions, staff, staff_passkeys
from trackmycrime.domain.identity.provider import setup, signing_in
from trackmycrime.domain.identity.provider.signing_in import Answer, Stale
from trackmycrime.domain.identity.second_step import Content, StepKind
from trackmycrime.gateways.providers import Providers
from trackmycrime.kit import links
from trackmycrime.kit.actor import VISITOR
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.time import now
from trackmycrime.store.identity import providers as rows
from trackmycrime.store.identity import steps
from trackmycrime.store.identity.steps import StepRow
from trackmycrime.tx import ForceDoor

type Try = Callable[[Stage], Awaitable[bool]]
_SECRET = app_codes.secret(b"a secret of twenty bytes")
_OLD = "made_at = made_at - interval '11 minutes' where force_id = $1 returning id"


async def refused(stage: Stage, group: str) -> list[Breach]:
    """Try everything of a group, and return what was let in; with nothing wrong it must be let in."""
    found = [
        Breach("domain", "somebody", what, "was let in")
        for what, attempt in GROUPS[group].items()
        if await attempt(stage)
    ]
    if not await _RIGHT[group](stage):
        found.append(Breach("domain", "somebody", f"{group} with nothing wrong", "was refused"))
    return found


async def _half_way(side: Side, *, app: bool = True) -> str:
    """Let the officer, who has an app if so asked, give the right password, and return the cookie."""
    async with side.door.open(VISITOR) as tx:
        row = await staff.by_id(tx, side.ids["officer"])
        if app and not await steps.of_staff(tx, row.id):
            row_id = steps.new_id()
            content = second_step.encoded(Content(_SECRET.encode()))
            sealed = tx.keys.own().seal(content, second_step.place(row_id))
            await steps.add(tx, StepRow(row_id, row.id, StepKind.AUTHENTICATOR, sealed, 0), None)
        return (await second_step.begin(tx, row)).cookie


def _code() -> str:
    return TOTP(_SECRET).generate_otp(int(now().timestamp()) // 30)


async def _finishes(side: Side, cookie: str, code: str) -> bool:
    try:
        await second_step.finish(side.door, cookie, code, BROWSER)
    except Refusal:
        return False
    return True


async def _right_code(stage: Stage) -> bool:
    cookie = await _half_way(stage.a)
    await _forget_steps(stage.a)
    return await _finishes(stage.a, cookie, _code())


async def _forget_steps(side: Side) -> None:
    await side.world.ask(side.slug, "update app.staff_factor set counter = 0 where force_id = $1 returning id")


async def _anothers_cookie(stage: Stage) -> bool:
    await _half_way(stage.a)
    await _forget_steps(stage.a)
    return await _finishes(stage.a, "x" * 43, _code())


async def _too_late(stage: Stage) -> bool:
    cookie = await _half_way(stage.a)
    await _forget_steps(stage.a)
    await stage.a.world.ask(stage.a.slug, f"update app.staff_halfway set {_OLD}")
    return await _finishes(stage.a, cookie, _code())


async def _too_often(stage: Stage) -> bool:
    cookie = await _half_way(stage.a)
    await _forget_steps(stage.a)
    await stage.a.world.ask(
        stage.a.slug, "update app.staff_halfway set tries_left = 0 where force_id = $1 returning id"
    )
    return await _finishes(stage.a, cookie, _code())


async def _another_password(stage: Stage) -> bool:
    cookie = await _half_way(stage.a)
    await _forget_steps(stage.a)
    sql = "update app.staff set password_hash = 'another' where force_id = $1 and id = $2 returning id"
    kept = "update app.staff set password_hash = $3 where force_id = $1 and id = $2 returning id"
    async with stage.a.door.open(VISITOR) as tx:
        before = (await staff.by_id(tx, stage.a.ids["officer"])).password_hash
    await stage.a.world.ask(stage.a.slug, sql, stage.a.ids["officer"])
    found = await _finishes(stage.a, cookie, _code())
    await stage.a.world.ask(stage.a.slug, kept, stage.a.ids["officer"], before)
    return found


async def _twice(stage: Stage) -> bool:
    first, second = await _half_way(stage.a), await _half_way(stage.a)
    await _forget_steps(stage.a)
    code = _code()
    await _finishes(stage.a, first, code)
    return await _finishes(stage.a, second, code)


async def _again(stage: Stage) -> bool:
    """Set up a second app, with nothing but the password of somebody who has one."""
    cookie = await _half_way(stage.a)
    try:
        await second_step.keep(stage.a.door, cookie, StepKind.PASSKEY, Content(b"", b""), counter=0, handle=b"handle")
    except Refusal:
        return False
    return True


def _passkey(*, holder: bytes | None = None, other: bool = False, beside: bool = False) -> Try:
    """Make a passkey of the officer's, and use it; something may be wrong with it."""

    async def attempt(stage: Stage) -> bool:
        side, origin = stage.a, stage.a.door.force.origin
        passkey = Authenticator(origin, origin.partition("://")[2].partition(":")[0], counts=False)
        await side.world.ask(
            side.slug,
            "delete from app.staff_factor where force_id = $1 and staff_id = $2 returning 1",
            side.ids["officer"],
        )
        cookie = await _half_way(side, app=False)
        async with side.door.open(VISITOR) as tx:
            options = json.loads(await staff_passkeys.options(tx, cookie))
        await staff_passkeys.confirm(side.door, cookie, passkey.create(options))
        passkey.holder = passkey.holder if holder is None else holder
        if beside:
            on = "update app.provider set used = 'x' where force_id = $1 and id = $1 returning id"
            await side.world.ask(side.slug, on)
        async with side.door.open(VISITOR) as tx:
            asked = await staff_passkeys.ask(tx)
        try:
            given = "x" * 43 if other else asked.cookie
            await staff_passkeys.sign_in(side.door, given, passkey.get(json.loads(asked.options)))
        except Refusal:
            return False
        finally:
            off = "update app.provider set used = null where force_id = $1 and id = $1 returning id"
            await side.world.ask(side.slug, off)
        return True

    return attempt


def _back(
    *, cookie: str = "", old: bool = False, again: bool = False, elsewhere: bool = False, moved: bool = False
) -> Try:
    """Come back from the provider of the draft; whoever is heard then meets a provider that nobody can reach."""

    async def attempt(stage: Stage) -> bool:
        side, own = stage.a, "the cookie of the browser that began it"
        async with side.door.open(side.employee("admin")) as tx:
            sign_in_id = rows.new_id()
            began = b"another set-up" if moved else setup.digest(tx, (await setup.read(tx)).draft)
            await rows.begin(tx, sign_in_id, "trial", sessions.hashed(own), began, "", side.ids["admin"])
            state = links.token(tx.keys, "provider state", sign_in_id)
        if old:
            await _age(side)
        door = stage.b.door if elsewhere else side.door
        tries = [await _heard(stage, door, cookie or own, state) for _ in range(2 if again else 1)]
        await side.world.ask(
            side.slug,
            "delete from app.provider_sign_in where force_id = $1 and bound = $2 returning 1",
            sessions.hashed(own),
        )
        return tries[-1]

    return attempt


async def _age(side: Side) -> None:
    columns = "force_id, id, purpose, bound, setup, destination, staff_id"
    gone = f"delete from app.provider_sign_in where force_id = $1 and staff_id is not null returning {columns}"
    found = await side.world.ask(side.slug, gone)
    older = f"insert into app.provider_sign_in ({columns}, made_at) values ($1, $2, $3, $4, $5, $6, $7, now() - interval '11 minutes') returning 1"
    for _force, *row in found:
        await side.world.ask(side.slug, older, *row)


async def _heard(stage: Stage, door: ForceDoor, cookie: str, state: str) -> bool:
    providers = Providers(stage.world.settings)
    try:
        await signing_in.finish(door, providers, cookie, Answer(state, "code", "", ""), stage.a.employee("admin"))
    except Stale:
        return False
    return True


_RIGHT: Mapping[str, Try] = {"codes": _right_code, "passkeys": _passkey(), "from the provider": _back()}
GROUPS: Mapping[str, Mapping[str, Try]] = {
    "codes": {
        "with another's cookie": _anothers_cookie,
        "too late": _too_late,
        "too often": _too_often,
        "with another password": _another_password,
        "a code twice": _twice,
        "a second thing to sign in with": _again,
    },
    "passkeys": {
        "of another holder": _passkey(holder=b"another"),
        "with another browser's cookie": _passkey(other=True),
        "of an officer, beside the provider": _passkey(beside=True),
    },
    "from the provider": {
        "in another browser": _back(cookie="another"),
        "too late": _back(old=True),
        "a second time": _back(again=True),
        "at another force": _back(elsewhere=True),
        "after it was set up anew": _back(moved=True),
    },
}
