"""Credentials with exactly one thing wrong: a session that ended, a token with another's key, a link for another purpose.

Two guards often stand behind each other; an impostor passes all but one, so that each is seen to work by itself.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.jwk import OctKey
from msgspec import Struct

from tests.isolation.matrix import Breach
from tests.isolation.names import DEVICE, STAFF_INVITE, value
from tests.isolation.side import Side
from tests.isolation.stage import OPERATOR, Stage
from tests.isolation.wire import Sent, host
from trackmycrime.domain.cases import activation
from trackmycrime.domain.identity import sessions
from trackmycrime.domain.notifications.codes import figures
from trackmycrime.domain.notifications.wording import INVITE, RESET, UNSUBSCRIBE
from trackmycrime.kit import links
from trackmycrime.kit.actor import Kind, service
from trackmycrime.kit.time import now
from trackmycrime.web.api import tokens
from trackmycrime.web.common.visit import DEVICE_COOKIE, SESSION_COOKIE

_BORN = {"day": "9", "month": "3", "year": "1984"}


class Impostor(Struct, frozen=True):
    """A request whose credentials have one thing wrong, and the only answers that may follow."""

    what: str
    sent: Sent
    answers: tuple[int, ...]


async def refused(stage: Stage, *groups: str) -> list[Breach]:
    """Let every impostor try, or those of the groups that are named, and return those that got in; no group finds another's."""
    breaches: list[Breach] = []
    for make in (GROUPS[name] for name in groups or GROUPS):
        await stage.restore()
        for number, impostor in enumerate(await make(stage)):
            answer = await stage.ask(impostor.sent.with_(network=f"198.51.100.{number}"))
            if answer.status not in impostor.answers:
                title = f"{impostor.sent.method} {impostor.sent.path.partition('/register/')[0]}"
                breaches.append(Breach(title, "impostor", impostor.what, f"{answer.status}"))
    await stage.ground.connection.execute("update app.operator set active = true where email = $1", OPERATOR)
    return breaches


def _get(side: Side, path: str, *, cookie: str = "", bearer: str = "") -> Sent:
    headers = {"authorization": f"Bearer {bearer}"} if bearer else {"accept": "text/html"}
    cookies = {SESSION_COOKIE: cookie} if cookie else {}
    return Sent(hosts=(host(side.slug),), path=path, headers=headers, cookies=cookies)


def _post(side: Side, path: str, form: Mapping[str, str]) -> Sent:
    headers = {"accept": "text/html", "origin": f"https://{host(side.slug)}"}
    return Sent(method="POST", hosts=(host(side.slug),), path=path, headers=headers, form=form)


async def _hosts(stage: Stage) -> list[Impostor]:
    both = (host(stage.a.slug), host(stage.b.slug))
    there = _get(stage.a, "/")
    return [
        Impostor("two hosts", there.with_(hosts=both), (421,)),
        Impostor("the hosts the other way round", there.with_(hosts=both[::-1]), (421,)),
        Impostor("a host below a host", there.with_(hosts=(f"x.{both[0]}",)), (421,)),
    ]


async def _tokens(stage: Stage) -> list[Impostor]:
    a, b = stage.a, stage.b
    right = _claims(a)
    wrong: dict[str, str] = {
        "signed by another force": _signed(b, right),
        "issued by another force": _signed(a, {**right, "iss": b.force.ref.origin}),
        "meant for another force": _signed(a, {**right, "aud": b.force.ref.origin}),
        "of another force's client": _signed(a, {**right, "client_id": b.client[0]}),
        "too old": _signed(a, {**right, **_an_hour_old()}),
        "signed for something else": _signed(a, right, kind="JWT"),
        "of a client that was disabled": _signed(
            a, {**right, "client_id": _planted(a), "key": str(await _key_of(a, _planted(a)))}
        ),
        "by another client's key": _signed(a, {**right, "key": str(await _key_of(a, _planted(a)))}),
        "by a key that has ended": _signed(
            a, {**right, "client_id": await _named(a, "spare_client"), "key": str(a.ids["ended_key"])}
        ),
        "by no key": _signed(a, {name: claim for name, claim in right.items() if name != "key"}),
    }
    spare = {**right, "client_id": await _named(a, "spare_client"), "key": str(a.ids["spare_key"])}
    return [
        Impostor("a connection that may not", _get(a, "/api/v1/events", bearer=_signed(a, spare)), (403,)),
        *(
            Impostor(f"a token {what}", _get(a, "/api/v1/events", bearer=token), (401,))
            for what, token in wrong.items()
        ),
    ]


def _an_hour_old() -> dict[str, object]:
    moment = int(now().timestamp()) - 3600
    return {"iat": moment - 2400, "exp": moment}


def _planted(side: Side) -> str:
    return f"canary-{side.letter}y-client-client_id"


async def _named(side: Side, name: str) -> str:
    ((found,),) = await side.world.ask(
        side.slug, "select client_id from app.client where force_id = $1 and id = $2", side.ids[name]
    )
    return found


async def _key_of(side: Side, client_id: str) -> UUID:
    sql = """select k.id from app.client c join app.client_key k on k.force_id = $1 and k.client_id = c.id
             where c.force_id = $1 and c.client_id = $2"""
    return await side.one(sql, client_id)


def _claims(side: Side) -> dict[str, object]:
    moment, origin = now(), side.force.ref.origin
    times = {"iat": int(moment.timestamp()), "exp": int((moment + tokens.LIVES).timestamp())}
    return {
        "iss": origin,
        "aud": origin,
        "sub": side.client[0],
        "client_id": side.client[0],
        "key": str(side.client_key),
        "jti": "x",
        **times,
    }


def _signed(side: Side, claims: dict[str, object], *, kind: str = "at+jwt") -> str:
    key = OctKey.import_key(side.force.ref.keys.secret("token"))
    return jwt.encode({"alg": "HS256", "typ": kind}, claims, key, ["HS256"])


async def _sessions(stage: Stage) -> list[Impostor]:
    a = stage.a
    changes = {
        ("vera", "left alone for 20 minutes"): _ago("seen_at", "20 minutes"),
        ("vera", "left alone for 6 minutes on a device that others use"): _ago("shared = true, seen_at", "6 minutes"),
        ("officer", "left alone for 40 minutes"): _ago("seen_at", "40 minutes"),
        ("vera", "begun three hours ago"): _ago("created_at", "3 hours"),
        ("officer", "begun 13 hours ago"): _ago("created_at", "13 hours"),
        ("other_officer", "of somebody who left"): _staff("active = false"),
        ("supervisor", "of somebody without a role"): _staff("role = ''"),
    }
    found: list[Impostor] = []
    for (name, what), sql in changes.items():
        cookie = await _begun(a, name)
        await stage.ground.connection.execute(sql, a.force.ref.id, sessions.hashed(cookie))
        page = "/messages" if name == "vera" else "/staff/cases"
        found.append(Impostor(f"a session {what}", _get(a, page, cookie=cookie), (303,)))
    async with a.door.open(service("isolation")) as tx:
        begun = await sessions.begin(tx, Kind.VICTIM, a.ids["vera"])
        await sessions.end(tx, begun.session)
    found.append(Impostor("a session that ended", _get(a, "/messages", cookie=begun.cookie), (303,)))
    other = _get(stage.a, "/staff/cases", cookie=await _begun(stage.b, "officer"))
    found.append(Impostor("a session of another force", other, (303,)))
    cookie, _csrf = await stage.signed_in()
    await stage.ground.connection.execute("update app.operator set active = false where email = $1", OPERATOR)
    console = _get(stage.a, "/forces", cookie=cookie).with_(hosts=(host("console"),))
    return [*found, Impostor("a session of an operator who left", console, (303,))]


async def _begun(side: Side, name: str) -> str:
    async with side.door.open(service("isolation")) as tx:
        kind = Kind.VICTIM if name in side.victims else Kind.STAFF
        return (await sessions.begin(tx, kind, side.ids[name])).cookie


def _ago(column: str, long: str) -> str:
    return f"update app.session set {column} = now() - interval '{long}' where force_id = $1 and cookie_hash = $2"


def _staff(change: str) -> str:
    return f"""update app.staff set {change} where force_id = $1
               and id = (select subject_id from app.session where force_id = $1 and cookie_hash = $2)"""


async def _links(stage: Stage) -> list[Impostor]:
    a, b = stage.a, stage.b
    keys, invite, staff = a.force.ref.keys, a.ids["yvess_invite"], a.ids["invited"]
    expired = (
        "update app.invite set state = 'open', expires_at = now() - interval '1 hour' where force_id = $1 and id = $2"
    )
    await stage.ground.connection.execute(expired, a.force.ref.id, a.ids["yanns_invite"])
    late = "update app.staff set invited_at = now() - interval '80 hours', password_hash = null where force_id = $1 and id = $2"
    await stage.ground.connection.execute(late, a.force.ref.id, a.ids["hub"])
    gone = "update app.staff set active = false where force_id = $1 and id = $2"
    await stage.ground.connection.execute(gone, a.force.ref.id, a.ids["colleague"])
    old = "update app.reset set expires_at = now() - interval '1 second' where force_id = $1 and id = $2"
    await stage.ground.connection.execute(old, a.force.ref.id, a.ids["wandas_reset"])
    used = "update app.reset set state = 'used' where force_id = $1 and id = $2"
    await stage.ground.connection.execute(used, a.force.ref.id, a.ids["veras_reset"])
    register, hired, stop, again = "/register/", "/staff/register/", "/unsubscribe/", "/reset-password/"
    wrong = {
        (register, "an invitation with a guessed proof"): _guessed(value(a, "register_token")),
        (register, "an invitation signed by another force"): links.token(b.force.ref.keys, INVITE, invite),
        (register, "an invitation signed for another purpose"): links.token(keys, UNSUBSCRIBE, invite),
        (register, "an invitation that was used"): links.token(keys, INVITE, a.ids["veras_invite"]),
        (register, "an invitation that is too old"): links.token(keys, INVITE, a.ids["yanns_invite"]),
        (register, "an invitation of another force"): value(b, "register_token"),
        (hired, "an employee's link with a guessed proof"): _guessed(value(a, "staff_token")),
        (hired, "an employee's link signed for another purpose"): links.token(keys, DEVICE, staff),
        (hired, "an employee's link that was used"): links.token(keys, STAFF_INVITE, a.ids["officer"]),
        (hired, "an employee's link that is too old"): links.token(keys, STAFF_INVITE, a.ids["hub"]),
        (hired, "an employee's link of somebody who left"): links.token(keys, STAFF_INVITE, a.ids["colleague"]),
        (again, "a link to a new password with a guessed proof"): _guessed(value(a, "reset_token")),
        (again, "a link to a new password signed by another force"): links.token(
            b.force.ref.keys, RESET, a.ids["xenias_reset"]
        ),
        (again, "a link to a new password signed for another purpose"): links.token(
            keys, INVITE, a.ids["xenias_reset"]
        ),
        (again, "a link to a new password that is too old"): links.token(keys, RESET, a.ids["wandas_reset"]),
        (again, "a link to a new password that was used"): links.token(keys, RESET, a.ids["veras_reset"]),
        (stop, "a link that stops emails with a guessed proof"): _guessed(value(a, "unsubscribe_token")),
        (stop, "a device's proof as a link that stops emails"): links.token(keys, DEVICE, a.ids["xenia"]),
    }
    return [Impostor(what, _get(a, path + token), (404,)) for (path, what), token in wrong.items()]


def _guessed(token: str) -> str:
    return urlsafe_b64encode(urlsafe_b64decode(token)[:16] + secrets.token_bytes(32)).decode()


async def _facts(stage: Stage) -> list[Impostor]:
    a = stage.a
    copied = """update app.staff set active = false, password_hash = (select password_hash from app.staff where force_id = $1 and id = $3)
                where force_id = $1 and id = $2"""
    await stage.ground.connection.execute(copied, a.force.ref.id, a.ids["admin"], a.ids["officer"])
    vera, xenia, yann, yves = (a.victims[name] for name in ("vera", "xenia", "yann", "yves"))
    passwords = {"password": vera.password, "repeat_password": vera.password}
    path = "/register/" + value(a, "register_token")

    def said(reference: str, last_name: str, **more: str) -> dict[str, str]:
        return {**_BORN, "crime_reference": reference, "last_name": last_name, **more}

    tries = {
        "another's facts with an invitation": (path, said(yann.reference, yann.last_name, **passwords)),
        "another crime's facts with an invitation": (path, said(xenia.reference, xenia.last_name, **passwords)),
        "another birthday with an invitation": (path, said(yves.reference, yves.last_name, **passwords, day="8")),
        "a wrong password": ("/sign-in", said(vera.reference, vera.last_name, password="not her password at all")),
        "another name with a right password": ("/sign-in", said(vera.reference, "Nobody", password=vera.password)),
        "another crime with a right password": (
            "/sign-in",
            said(xenia.reference, vera.last_name, password=vera.password),
        ),
        "another birthday": ("/sign-in", {**said(vera.reference, vera.last_name, password=vera.password), "day": "8"}),
        "the password of somebody who left": ("/staff/sign-in", {"email": a.email("admin"), "password": vera.password}),
        "an officer's wrong password": (
            "/staff/sign-in",
            {"email": a.email("officer"), "password": "not theirs at all"},
        ),
    }
    guess = {"grant_type": "client_credentials", "client_id": a.client[0], "client_secret": "a guess"}
    found = [Impostor(what, _post(a, there, form), (422,)) for what, (there, form) in tries.items()]
    found += await _devices(stage)
    return [*found, Impostor("a record system's wrong secret", _post(a, "/oauth/token", guess), (401,))]


async def _codes(stage: Stage) -> list[Impostor]:
    """Ask with every fact right where an invitation has a code, which only its owner was told."""
    a, yves = stage.a, stage.a.victims["yves"]
    keys, invite = a.force.ref.keys, a.ids["yvess_invite"]
    coded = "update app.invite set code_hash = $3 where force_id = $1 and id = $2"
    await stage.ground.connection.execute(coded, a.force.ref.id, invite, activation.hashed(keys, invite, "BCDF 3467"))
    facts = {**_BORN, "crime_reference": yves.reference, "last_name": yves.last_name, "password": yves.password}
    right = {**facts, "repeat_password": yves.password}
    path = "/register/" + value(a, "register_token")
    codes = {"no code": "", "another code": "BCDF 3468", "the start of the code": "BCDF"}
    found = [Impostor(what, _post(a, path, {**right, "code": code}), (422,)) for what, code in codes.items()]
    return [*found, *await _figures(stage)]


async def _figures(stage: Stage) -> list[Impostor]:
    """Type figures that went to somebody else, to another force, or that are too old, to use a number."""
    a, b = stage.a, stage.b
    own, others = a.ids["wandas_code"], {"another's": a.ids["xenias_code"], "another force's": b.ids["wandas_code"]}
    right = figures(a.force.ref.keys, own)
    codes = {f"{whose} figures": figures(a.force.ref.keys, each) for whose, each in others.items()}
    codes["another force's key"] = figures(b.force.ref.keys, own)
    async with a.door.open(service("isolation")) as tx:
        begun = {name: await sessions.begin(tx, Kind.VICTIM, a.ids[name]) for name in ("wanda", "xenia")}
    old = "update app.text_code set expires_at = now() - interval '1 second' where force_id = $1 and id = $2"
    await stage.ground.connection.execute(old, a.force.ref.id, a.ids["xenias_code"])

    def typed(name: str, code: str) -> Sent:
        sent = _post(a, "/settings/number", {"code": code, "_csrf": begun[name].session.csrf})
        return sent.with_(cookies={SESSION_COOKIE: begun[name].cookie})

    found = [Impostor(what, typed("wanda", code), (422,)) for what, code in codes.items() if code != right]
    late = typed("xenia", figures(a.force.ref.keys, a.ids["xenias_code"]))
    return [*found, Impostor("figures that are too old", late, (409,))]


async def _devices(stage: Stage) -> list[Impostor]:
    """Return browsers whose cookie names nobody here any more, with the right password."""
    a, b = stage.a, stage.b
    forgotten = "update app.account set devices = $2 where force_id = $1 and person_id = $3"
    await stage.ground.connection.execute(forgotten, a.force.ref.id, uuid4(), a.ids["xenia"])
    frozen = "update app.account set state = 'frozen' where force_id = $1 and person_id = $2"
    await stage.ground.connection.execute(frozen, a.force.ref.id, a.ids["wanda"])
    cookies = {
        "a device that was forgotten": links.token(a.force.ref.keys, DEVICE, a.ids["xenia"]),
        "a device of another force": links.token(b.force.ref.keys, DEVICE, a.ids["vera"]),
        "a device whose owner locked the account": links.token(a.force.ref.keys, DEVICE, a.ids["wanda"]),
    }
    sent = _post(a, "/sign-in", {"password": a.victims["vera"].password})
    return [Impostor(what, sent.with_(cookies={DEVICE_COOKIE: cookie}), (422,)) for what, cookie in cookies.items()]


GROUPS: Mapping[str, Callable[[Stage], Awaitable[list[Impostor]]]] = {
    "hosts": _hosts,
    "tokens": _tokens,
    "sessions": _sessions,
    "links": _links,
    "facts": _facts,
    "codes": _codes,
}
