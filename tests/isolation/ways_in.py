"""Coming in by a passkey, an app or a card with exactly one thing wrong: each is refused, and with nothing wrong it is not."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from uuid import UUID

from tests.isolation.matrix import Breach
from tests.isolation.side import Side
from tests.isolation.stage import Stage
from tests.isolation.ways import BROWSER, half_way, session_of
from tests.software_passkey import Authenticator, text
from trackmycrime.domain.cases import authenticator, factors, halfway, passkeys, registration
from trackmycrime.domain.cases.entry import SignedIn
from trackmycrime.domain.cases.factors import Content, FactorKind
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.kit.actor import VISITOR
from trackmycrime.kit.errors import Refusal
from trackmycrime.store import accounts
from trackmycrime.store import factors as rows

type Try = Callable[[Stage], Awaitable[bool]]
_DEVICES = "select coalesce(devices, person_id) from app.account where force_id = $1 and person_id = $2"
_OWN = "where force_id = $1 and person_id = $2"


async def refused(stage: Stage, group: str) -> list[Breach]:
    """Try everything of a group, and return what was let in."""
    return [
        Breach("domain", "somebody", what, "was let in")
        for what, attempt in GROUPS[group].items()
        if await attempt(stage)
    ]


async def right(stage: Stage) -> dict[str, bool]:
    """Come in by each way with nothing wrong."""
    a = stage.a
    return {
        "passkey": await _by_passkey(a, a.ways["xenia"].passkey),
        "app": await _by_code(a, await half_way(a.door, a.victims["xenia"]), a.ways["xenia"].code()),
        "card": await _by_card(a, a.ways["xenia"].codes[0]),
        "half way, by card": await _by_code(a, await half_way(a.door, a.victims["xenia"]), a.ways["xenia"].codes[1]),
        "known device": await _by_password(a, _knowing(await a.one(_DEVICES, a.ids["xenia"]))),
    }


def _knowing(device: UUID) -> Browser:
    """Return a browser whose cookie names the devices of somebody."""
    return Browser(BROWSER.network, device)


async def _let_in(attempt: Awaitable[object]) -> bool:
    try:
        return isinstance(await attempt, SignedIn)
    except Refusal:
        return False


async def _by_passkey(
    side: Side, phone: Authenticator, *, cookie: str = "", challenge: str = "", old: bool = False, again: bool = False
) -> bool:
    """Ask and answer as one browser does, but for what is said otherwise."""
    await side.world.ask(side.slug, "delete from app.challenge where force_id = $1 returning 1")
    async with side.door.open(VISITOR) as tx:
        asked = await passkeys.ask(tx)
    options = json.loads(asked.options) | ({"challenge": challenge} if challenge else {})
    answer = phone.get(options)
    if old:
        sql = "update app.challenge set made_at = now() - interval '6 minutes' where force_id = $1 returning 1"
        await side.world.ask(side.slug, sql)
    if again:
        await _let_in(passkeys.sign_in(side.door, asked.cookie, answer, BROWSER))
    return await _let_in(passkeys.sign_in(side.door, cookie or asked.cookie, answer, BROWSER))


def _altered(**changes: object) -> Try:
    async def attempt(stage: Stage) -> bool:
        phone = replace(stage.a.ways["xenia"].passkey, **changes)  # type: ignore[arg-type]
        return await _by_passkey(stage.a, phone)

    return attempt


async def _another_holder(stage: Stage) -> bool:
    phone = replace(stage.a.ways["xenia"].passkey, holder=stage.a.ways["vera"].passkey.holder)
    return await _by_passkey(stage.a, phone)


async def _another_force(stage: Stage) -> bool:
    theirs = stage.b.ways["xenia"].passkey
    here = stage.a.ways["xenia"].passkey
    return await _by_passkey(stage.a, replace(theirs, origin=here.origin, site=here.site))


async def _of_a_locked_account(stage: Stage) -> bool:
    a, state = stage.a, f"update app.account set state = $3 {_OWN}"
    await stage.ground.connection.execute(state, a.force.ref.id, a.ids["xenia"], "frozen")
    done = await _by_passkey(a, a.ways["xenia"].passkey)
    await stage.ground.connection.execute(state, a.force.ref.id, a.ids["xenia"], "open")
    return done


async def _of_somebody_who_may_not_act(stage: Stage) -> bool:
    a, role = stage.a, f"update app.case_person set role = $3, proxy_until = current_date - 1 {_OWN}"
    await stage.ground.connection.execute(role, a.force.ref.id, a.ids["xenia"], "proxy")
    done = await _by_passkey(a, a.ways["xenia"].passkey)
    await stage.ground.connection.execute(role, a.force.ref.id, a.ids["xenia"], "victim")
    return done


def _passkey(**wrong: object) -> Try:
    return lambda stage: _by_passkey(stage.a, stage.a.ways["xenia"].passkey, **wrong)  # type: ignore[arg-type]


async def _by_code(side: Side, cookie: str, code: str) -> bool:
    return await _let_in(halfway.finish(side.door, cookie, code, BROWSER))


async def _half_way(stage: Stage, change: str = "", *, cookie: str = "") -> bool:
    """Give the right code after something happened to the row of whoever is half way in, or with another cookie."""
    a = stage.a
    await a.world.ask(a.slug, "delete from app.halfway where force_id = $1 returning 1")
    own = await half_way(a.door, a.victims["xenia"])
    if change:
        await a.world.ask(a.slug, f"update app.halfway set {change} where force_id = $1 returning 1")
    return await _by_code(a, cookie or own, a.ways["xenia"].code())


async def _after_another_password(stage: Stage) -> bool:
    a = stage.a
    own = await half_way(a.door, a.victims["xenia"])
    read = f"select password_hash from app.account {_OWN}"
    kept = await stage.ground.connection.fetchval(read, a.force.ref.id, a.ids["xenia"])
    write = f"update app.account set password_hash = $3 {_OWN}"
    await stage.ground.connection.execute(write, a.force.ref.id, a.ids["xenia"], "another")
    done = await _by_code(a, own, a.ways["xenia"].code())
    await stage.ground.connection.execute(write, a.force.ref.id, a.ids["xenia"], kept)
    return done


async def _with_another_s_code(stage: Stage) -> bool:
    a, let_in = stage.a, False
    for who, other in (("xenia", "wanda"), ("wanda", "xenia")):
        own = await half_way(a.door, a.victims[who])
        let_in = await _by_code(a, own, a.ways[other].code()) or let_in
    return let_in


async def _with_a_code_again(stage: Stage) -> bool:
    a, counter = stage.a, "update app.factor set counter = $3 where force_id = $1 and person_id = $2 and kind = $4"
    code = a.ways["xenia"].code()
    changed = a.force.ref.id, a.ids["xenia"], 2**40, "authenticator"
    await stage.ground.connection.execute(counter, *changed)  # as if a later code had been used
    done = await _by_code(a, await half_way(a.door, a.victims["xenia"]), code)
    await stage.ground.connection.execute(counter, a.force.ref.id, a.ids["xenia"], 0, "authenticator")
    return done


async def _by_password(side: Side, by: Browser, card_code: str = "") -> bool:
    xenia = side.victims["xenia"]
    return await _let_in(registration.sign_in(side.door, xenia.facts, xenia.password, by, card_code=card_code))


async def _by_card(side: Side, code: str) -> bool:
    return await _by_password(side, BROWSER, code)


async def _card_twice(stage: Stage) -> bool:
    code = stage.a.ways["xenia"].codes[5]
    await _by_card(stage.a, code)
    return await _by_card(stage.a, code)


async def _begun_elsewhere(stage: Stage, who: str, *, old: bool = False) -> bool:
    """Look at what an app is given in another session than the one that began, or too late."""
    a, password = stage.a, stage.a.victims["vera"].password
    begun, other = await session_of(a.door, a.ids["vera"]), await session_of(a.door, a.ids[who])
    await authenticator.begin(a.door, begun, password, BROWSER)
    if old:
        sql = "update app.challenge set made_at = now() - interval '11 minutes' where force_id = $1 returning 1"
        await a.world.ask(a.slug, sql)
    looking = begun if old else other
    async with a.door.open(looking.actor) as tx:
        try:
            await authenticator.begun(tx, looking)
        except Refusal:
            return False
    return True


async def _another_s_removed(stage: Stage) -> bool:
    a = stage.a
    async with a.door.open(a.victim("vera")) as tx:
        return await rows.remove(tx, a.ids["vera"], [a.ids["xenias_factor"]]) > 0


async def _added_to_a_locked_account(stage: Stage) -> bool:
    a = stage.a
    session = await session_of(a.door, a.ids["vera"])
    tx = a.door.begin(session.actor)
    try:
        await accounts.shut(tx, a.ids["vera"], "frozen")
        await factors.add(tx, session, FactorKind.PASSKEY, Content("", b""), handle=b"another")
    except Refusal:
        return False
    else:
        return True
    finally:
        await tx.close()


GROUPS: Mapping[str, Mapping[str, Try]] = {
    "passkeys": {
        "from another origin": _altered(origin="https://elsewhere.example.org"),
        "for another site": _altered(site="elsewhere.example.org"),
        "unverified": _altered(verifies=False),
        "of nobody": _altered(holder=b""),
        "of another holder": _another_holder,
        "of another force": _another_force,
        "to a challenge of one's own": _passkey(challenge=text(bytes(32))),
        "with another browser's cookie": _passkey(cookie="x" * 43),
        "too late": _passkey(old=True),
        "a second time": _passkey(again=True),
        "of a locked account": _of_a_locked_account,
        "of somebody who may not act": _of_somebody_who_may_not_act,
    },
    "codes of an app": {
        "with a guessed cookie": lambda stage: _half_way(stage, cookie="x" * 43),
        "too late": lambda stage: _half_way(stage, "made_at = now() - interval '11 minutes'"),
        "after too many tries": lambda stage: _half_way(stage, "tries_left = 0"),
        "after another password": _after_another_password,
        "of somebody else": _with_another_s_code,
        "that is older than the last": _with_a_code_again,
    },
    "second steps": {
        "none at all": lambda stage: _by_password(stage.a, BROWSER),
        "a device that knows somebody else": lambda stage: _by_password(stage.a, _knowing(stage.a.ids["vera"])),
        "a code of a card a second time": _card_twice,
        "a code of another's card": lambda stage: _by_card(stage.a, stage.a.ways["vera"].codes[0]),
    },
    "setting up": {
        "an app in another session": lambda stage: _begun_elsewhere(stage, "vera"),
        "an app of somebody else": lambda stage: _begun_elsewhere(stage, "xenia"),
        "an app too late": lambda stage: _begun_elsewhere(stage, "vera", old=True),
        "removing another's": _another_s_removed,
        "adding to a locked account": _added_to_a_locked_account,
    },
}
