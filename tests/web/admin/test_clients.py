"""Connections: made, changed without a gap, and stopped at once; what each may do holds for its very next request."""

import hmac
import json
import re
import warnings
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import uuid4

import httpx
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from tests.cast import ADA, ALICE, DOMAIN, HANNAH, OSMAN, Browser, World, crime
from tests.web.admin.configured import force_with
from tests.web.api.conftest import RecordSystem

pytestmark = pytest.mark.asyncio(loop_scope="session")
CLIENTS = "/admin/clients"
ALL = {"send": "yes", "collect": "yes", "read": "yes"}
type Key = RSAKey | ECKey | OKPKey
SIGNED = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_CODE = re.compile(r"<code[^>]*>([^<]+)</code>")


async def test_a_connection_is_made_with_a_password_that_is_shown_once(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    system, path, secret = await _made(world, ada, slug)
    assert (await system.push([crime("T/1/26", [])]))["accepted"] == 1
    for page in (CLIENTS, path):
        assert secret not in (await ada.get(page)).text
    shown = (await ada.get(CLIENTS)).text
    assert "Niche" in shown
    assert "Send, Collect, Read" in shown
    assert "Not yet" not in shown.partition("Niche")[2].partition("</tr>")[0], "it was used just now"
    audit = await world.ask(slug, "select what from app.audit where force_id = $1 and what like 'client.%'")
    assert ("client.made",) in audit


async def test_connections_are_for_administrators_of_this_force_alone(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    _system, path, _secret = await _made(world, ada, slug)
    strangers = {"nobody": world.browser("avonside"), "victim": world.browser("avonside")}
    await strangers["victim"].sign_in(ALICE)
    for employee in (OSMAN, HANNAH, ADA):
        strangers[employee.name] = world.browser("avonside")
        await strangers[employee.name].sign_in_as(employee)
    for name, browser in strangers.items():
        for page in (path, f"{path}/keys", f"{path}/stop"):
            await browser.get("/help")
            answer = await browser.submit(page, name="Mine", **ALL)
            assert answer.status_code in {303, 403, 404}, (name, page)
            assert answer.headers.get("location", "/staff/sign-in").startswith("/staff/sign-in"), (name, page)
        assert (await browser.get(path)).status_code in {303, 404}, name
    assert "Niche" in (await ada.get(path)).text, "nothing was changed"
    assert (await ada.get(f"{CLIENTS}/{uuid4()}")).status_code == 404


async def test_what_a_connection_may_do_holds_for_its_next_request(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    system, path, _secret = await _made(world, ada, slug)
    await system.push([crime("T/1/26", [])])
    asks = {
        "send": lambda: system.send(b"[]"),
        "collect": lambda: system.http.get("/api/v1/events"),
        "read": lambda: system.compare("T/1/26"),
    }
    for only in asks:
        await ada.get(path)
        assert (await ada.submit(path, name="Niche", **{only: "yes"})).status_code == 303
        for each, ask in asks.items():
            answer = await ask()
            assert answer.status_code == (200 if each == only else 403), (only, each)
            if each != only:
                assert answer.headers["content-type"] == "application/problem+json"
                assert "Your connection may not do this" in answer.json()["title"]
    nothing = await ada.submit(path, name="Niche")
    assert (nothing.status_code, "Choose what this connection may do" in nothing.text) == (422, True)


async def test_a_new_password_works_beside_the_old_one_until_that_is_ended(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    old, path, _secret = await _made(world, ada, slug)
    added = await ada.submit(f"{path}/keys", proof="secret")
    client_id, secret, _url = map(unescape, _CODE.findall(added.text))
    new = RecordSystem(world, slug, client_id, secret)
    await new.sign_in()
    await old.sign_in()
    third = await ada.submit(f"{path}/keys", proof="secret")
    assert (third.status_code, "End the old one first" in third.text) == (409, True)
    page = (await ada.get(path)).text
    endings = re.findall(r'action="([^"]+/ending)"', page)
    assert len(endings) == 2
    assert (await ada.submit(endings[1])).headers["location"] == f"{path}?done=ended"
    assert (await old.http.get("/api/v1/events")).status_code == 401, "its token ends with it"
    assert (await old.ask_for_token()).status_code == 401
    assert (await new.http.get("/api/v1/events")).status_code == 200
    assert (await ada.submit(endings[0])).status_code == 409, "the only way in stays"
    assert "Ends by itself" in (await ada.get(path)).text
    with time_machine.travel(datetime.now(UTC) + timedelta(days=40), tick=True):
        assert (await new.ask_for_token()).status_code == 200


async def test_an_old_password_ends_by_itself_after_thirty_days(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    old, path, _secret = await _made(world, ada, slug)
    await ada.submit(f"{path}/keys", proof="secret")
    sql = "select round(extract(epoch from ends_at - now()) / 86400) from app.client_key where force_id = $1 and ends_at is not null"
    assert [int(days) for (days,) in await world.ask(slug, sql)] == [30]
    past = "update app.client_key set ends_at = now() where force_id = $1 and ends_at is not null returning true"
    await world.ask(slug, past)
    assert (await old.ask_for_token()).status_code == 401
    assert (await old.http.get("/api/v1/events")).status_code == 401


async def test_a_stopped_connection_is_out_at_once_and_can_start_again(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    system, path, _secret = await _made(world, ada, slug)
    assert (await system.http.get("/api/v1/events")).status_code == 200
    assert (await ada.submit(f"{path}/stop")).headers["location"] == f"{path}?done=stopped"
    assert (await system.http.get("/api/v1/events")).status_code == 401
    assert (await system.ask_for_token()).status_code == 401
    assert "Stopped" in (await ada.get(path)).text
    assert (await ada.submit(f"{path}/start")).headers["location"] == f"{path}?done=started"
    await system.sign_in()
    assert (await system.http.get("/api/v1/events")).status_code == 200


@pytest.mark.parametrize(
    ("make", "algorithms"),
    [
        (lambda: RSAKey.generate_key(2048), ("RS256", "PS256")),
        (lambda: ECKey.generate_key("P-256"), ("ES256",)),
        (lambda: OKPKey.generate_key("Ed25519"), ("Ed25519", "EdDSA")),
    ],
)
@pytest.mark.parametrize("form", ["pem", "brackets"])
async def test_a_record_system_gets_in_by_what_it_signs(
    world: World, make: Callable[[], Key], algorithms: tuple[str, ...], form: str
) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    key = make()
    text = key.as_pem(private=False).decode() if form == "pem" else json.dumps(key.as_dict(private=False))
    made = await _submitted(ada, proof="public_key", public_key=text)
    assert "password" not in made.text.partition("<main")[2].partition("<aside")[0].partition("Keep it safe")[0]
    client_id = unescape(_CODE.findall(made.text)[0])
    for algorithm in algorithms:
        proof = _signed(key, algorithm, _claims(slug, client_id))
        answer = await _with_proof(world, slug, proof)
        assert answer.status_code == 200, answer.text
        system = RecordSystem(world, slug, client_id, "")
        system.http.headers["authorization"] = f"Bearer {answer.json()['access_token']}"
        assert (await system.http.get("/api/v1/events")).status_code == 200
        assert (await _with_proof(world, slug, proof)).status_code == 401, "it works once"


async def test_a_signature_with_one_thing_wrong_is_refused_like_a_wrong_password(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    other_slug, (amos,) = await force_with(world, "Amos Ames")
    key, stranger = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
    text = key.as_pem(private=False).decode()
    made = await _submitted(ada, proof="public_key", public_key=text)
    client_id = unescape(_CODE.findall(made.text)[0])
    await _submitted(amos, proof="public_key", public_key=text)
    right, moment = _claims(slug, client_id), int(datetime.now(UTC).timestamp())
    wrong = {
        "another's key": _signed(stranger, "ES256", right),
        "no signature": _unsigned(right),
        "a shared secret": jwt.encode({"alg": "HS256"}, right, OctKey.import_key(b"x" * 32), ["HS256"]),
        "the public key as a shared secret": _by_its_text(right, text),
        "for another force": _signed(key, "ES256", {**right, "aud": f"https://{other_slug}.{DOMAIN}/oauth/token"}),
        "for the force, not its token endpoint": _signed(key, "ES256", {**right, "aud": f"https://{slug}.{DOMAIN}"}),
        "issued by another": _signed(key, "ES256", {**right, "iss": "somebody"}),
        "of another": _signed(key, "ES256", {**right, "sub": "somebody"}),
        "too old": _signed(key, "ES256", {**right, "exp": moment - 60}),
        "good for too long": _signed(key, "ES256", {**right, "exp": moment + 600}),
        "good for ever": _signed(key, "ES256", {n: c for n, c in right.items() if n != "exp"}),
        "without a number of its own": _signed(key, "ES256", {n: c for n, c in right.items() if n != "jti"}),
        "not yet": _signed(key, "ES256", {**right, "nbf": moment + 120}),
        "nonsense": "a.b.c",
    }
    answers = [
        await _with_proof(world, slug, proof, network=f"192.0.2.{n}") for n, proof in enumerate(wrong.values(), 30)
    ]
    assert [a.status_code for a in answers] == [401] * len(wrong), dict(
        zip(wrong, [a.status_code for a in answers], strict=True)
    )
    assert {a.content for a in answers} == {answers[0].content}
    both = await _with_proof(world, slug, _signed(key, "ES256", _claims(slug, client_id)), client_secret="and a secret")
    assert both.status_code == 401, "two ways at once are none"
    assert (await _with_proof(world, slug, _signed(key, "ES256", _claims(slug, client_id)))).status_code == 200


_WEAK = rsa.generate_private_key(65537, 1024).public_key()  # noqa: S505 - it is to be refused
_WRONG = {
    "nothing": ("", "Paste the public key"),
    "a word": ("hello", "We cannot read this as a public key"),
    "a bracket": ("{", "We cannot read this as a public key"),
    "a list": ("{[1]}", "We cannot read this as a public key"),
    "half a key": ("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", "We cannot read this as a public key"),
    "a short key": (
        _WEAK.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
        "We take RSA keys of 2048 bits or more",
    ),
    "a short key in brackets": (
        json.dumps({"kty": "RSA", "e": "AQAB", "n": "A" * 171}),
        "We take RSA keys of 2048 bits or more",
    ),
    "another curve": (
        ECKey.generate_key("P-384").as_pem(private=False).decode(),
        "We take RSA keys of 2048 bits or more",
    ),
    "a key that signs nothing": (
        OKPKey.generate_key("X25519").as_pem(private=False).decode(),
        "We take RSA keys of 2048 bits or more",
    ),
    "a shared secret": ('{"kty": "oct", "x": "AAAA"}', "We take RSA keys of 2048 bits or more"),
    "a point beside the curve": (
        '{"kty": "EC", "crv": "P-256", "x": "AAAA", "y": "AAAA"}',
        "We cannot read this as a public key",
    ),
    "a private key": (ECKey.generate_key("P-256").as_pem(private=True).decode(), "This is the private key"),
    "a private key in brackets": (
        json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=True)),
        "This is the private key",
    ),
}


@pytest.mark.parametrize("what", _WRONG)
async def test_what_is_no_public_key_is_said_and_a_private_one_is_not_given_back(world: World, what: str) -> None:
    text, message = _WRONG[what]
    ada = world.browser("avonside")
    await ada.sign_in_as(ADA)
    before = await world.ask("avonside", "select count(*) from app.client where force_id = $1")
    await ada.get(f"{CLIENTS}/new")
    answer = await ada.submit(CLIENTS, name="Kept name", proof="public_key", public_key=text, **ALL)
    assert (answer.status_code, message in answer.text) == (422, True), answer.text
    assert "Kept name" in answer.text
    if len(text) > 10:
        assert text.splitlines()[len(text.splitlines()) // 2] not in unescape(answer.text)
    assert await world.ask("avonside", "select count(*) from app.client where force_id = $1") == before


async def _made(world: World, ada: Browser, slug: str) -> tuple[RecordSystem, str, str]:
    """Make a connection with a password; return its record system, signed in, its page, and the password."""
    page = await _submitted(ada, proof="secret")
    client_id, secret, url = map(unescape, _CODE.findall(page.text))
    assert url == f"https://{slug}.{DOMAIN}/oauth/token"
    system = RecordSystem(world, slug, client_id, secret)
    await system.sign_in()
    path = next(iter(re.findall(r'href="(/admin/clients/[0-9a-f-]{36})"', page.text)))
    return system, path, secret


async def _submitted(ada: Browser, **form: str) -> httpx.Response:
    await ada.get(f"{CLIENTS}/new")
    page = await ada.submit(CLIENTS, name="Niche", **ALL, **form)
    assert page.status_code == 200, page.text
    return page


def _claims(slug: str, client_id: str) -> dict[str, object]:
    moment = int(datetime.now(UTC).timestamp())
    audience = f"https://{slug}.{DOMAIN}/oauth/token"
    return {"iss": client_id, "sub": client_id, "aud": audience, "iat": moment, "exp": moment + 240, "jti": uuid4().hex}


def _signed(key: Key, algorithm: str, claims: dict[str, object]) -> str:
    with warnings.catch_warnings(action="ignore", category=SecurityWarning):  # EdDSA has a newer name
        return jwt.encode({"alg": algorithm}, claims, key, [algorithm])


def _by_its_text(claims: dict[str, object], text: str) -> str:
    parts = (json.dumps(part).encode() for part in ({"alg": "HS256"}, claims))
    told = ".".join(urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
    return f"{told}.{urlsafe_b64encode(hmac.digest(text.encode(), told.encode(), 'sha256')).decode().rstrip('=')}"


def _unsigned(claims: dict[str, object]) -> str:
    parts = (json.dumps(part).encode() for part in ({"alg": "none"}, claims))
    return ".".join(urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."


async def _with_proof(world: World, slug: str, proof: str, network: str = "192.0.2.20", **more: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=world.app, client=(network, 4711))
    form = {"grant_type": "client_credentials", "client_assertion_type": SIGNED, "client_assertion": proof, **more}
    async with httpx.AsyncClient(transport=transport, base_url=f"https://{slug}.{DOMAIN}") as http:
        return await http.post("/oauth/token", data=form)
