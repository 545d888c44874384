"""Tokens: who gets one, and where it works."""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from joserfc import jwt
from joserfc.jwk import OctKey

from tests.cast import World
from tests.web.api.conftest import RecordSystem

pytestmark = pytest.mark.asyncio(loop_scope="session")
READ = "/api/v1/events"


async def test_a_client_gets_a_token_by_basic_or_in_the_form_and_reads_with_it(
    world: World, avonside: RecordSystem
) -> None:
    basic = await avonside.ask_for_token()
    fields = {"client_id": avonside.client_id, "client_secret": avonside.secret}
    form = await avonside.http.post("/oauth/token", data={"grant_type": "client_credentials", **fields})

    for answer in (basic, form):
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        told = answer.json()
        assert (told["token_type"], told["expires_in"]) == ("Bearer", 600)
        headers = {"authorization": f"Bearer {told['access_token']}"}
        assert (await avonside.http.get(READ, headers=headers)).status_code == 200
    claims = _claims(basic.json()["access_token"])
    assert claims["iss"] == claims["aud"] == (await world.force("avonside")).ref.origin == avonside.origin
    assert claims["client_id"] == avonside.client_id


async def test_a_wrong_secret_and_an_unknown_client_are_the_same_refusal(avonside: RecordSystem) -> None:
    grant = {"grant_type": "client_credentials"}
    wrong = await avonside.http.post("/oauth/token", data=grant, auth=(avonside.client_id, "not it"))
    unknown = await avonside.http.post("/oauth/token", data=grant, auth=("avonside-0000", "not it"))

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["error"] == "invalid_client"
    assert wrong.content == unknown.content
    assert wrong.headers["www-authenticate"] == 'Basic realm="TrackMyCrime"'


async def test_what_is_no_request_for_a_token_is_said_to_be_none(avonside: RecordSystem) -> None:
    other = await avonside.ask_for_token(grant_type="password")
    nothing = await avonside.http.post("/oauth/token")
    garbled = {"authorization": "Basic /////w=="}
    unreadable = await avonside.http.post("/oauth/token", data={"grant_type": "client_credentials"}, headers=garbled)
    odd = await avonside.ask_for_token(client_assertion_type="AAA")

    assert (odd.status_code, odd.json()["error"]) == (400, "invalid_request")
    assert (other.status_code, other.json()["error"]) == (400, "unsupported_grant_type")
    assert (nothing.status_code, nothing.json()["error"]) == (400, "unsupported_grant_type")
    assert (unreadable.status_code, unreadable.json()["error"]) == (401, "invalid_client")


async def test_guessing_a_secret_is_slowed_down(world: World) -> None:
    client_id, secret = await world.client("brackenshire")
    guesser = RecordSystem(world, "brackenshire", client_id, "guess")
    for _ in range(8):
        assert (await guesser.ask_for_token()).status_code == 401

    refused = await guesser.ask_for_token()
    late = await RecordSystem(world, "brackenshire", client_id, secret).ask_for_token()

    assert refused.status_code == late.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert refused.headers["content-type"] == "application/problem+json"


async def test_a_token_works_for_ten_minutes_on_its_own_forces_site(
    avonside: RecordSystem, brackenshire: RecordSystem
) -> None:
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=9, seconds=30)):
        fresh = (await avonside.ask_for_token()).json()["access_token"]
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=10, seconds=1)):
        stale = (await avonside.ask_for_token()).json()["access_token"]

    assert (await _with(avonside, fresh)) == 200
    assert (await _with(avonside, stale)) == 401
    assert (await _with(brackenshire, fresh)) == 401


async def test_a_forged_token_is_refused(world: World, avonside: RecordSystem) -> None:
    good = await avonside.sign_in()
    claims = _claims(good)
    own = OctKey.import_key((await world.force("avonside")).ref.keys.secret("token"))
    other = OctKey.import_key(b"another key of the right length!")
    head, _payload, signature = good.split(".")
    forged = [
        jwt.encode({"alg": "HS256", "typ": "at+jwt"}, claims, other),
        jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, own),
        jwt.encode({"alg": "HS512", "typ": "at+jwt"}, claims, own, ["HS512"]),
        jwt.encode({"alg": "HS256", "typ": "at+jwt"}, {**claims, "aud": "https://elsewhere.example.org"}, own),
        jwt.encode({"alg": "HS256", "typ": "at+jwt"}, {k: v for k, v in claims.items() if k != "exp"}, own),
        jwt.encode({"alg": "HS256", "typ": "at+jwt"}, {**claims, "client_id": 7}, own),
        f"{head}.eyJ9.{signature}",
        "nonsense",
        "",
    ]

    for token in forged:
        answer = await avonside.http.get(READ, headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 401, token
        assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'
        assert answer.headers["content-type"] == "application/problem+json"
    assert (await _with(avonside, good)) == 200


async def test_without_a_token_there_is_only_the_way_to_get_one(avonside: RecordSystem) -> None:
    for method, path in (("GET", READ), ("POST", READ), ("GET", "/api/v1/crimes?reference=AV/1001/26")):
        answer = await avonside.http.request(method, path, headers={"authorization": ""})
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


async def test_a_disabled_client_is_out_at_once(world: World, avonside: RecordSystem) -> None:
    assert (await avonside.http.get(READ)).status_code == 200

    off = "update app.client set active = false where force_id = $1 and client_id = $2 returning true"
    assert await world.ask("avonside", off, avonside.client_id) == [(True,)]

    assert (await avonside.http.get(READ)).status_code == 401
    assert (await avonside.ask_for_token()).status_code == 401


async def _with(system: RecordSystem, token: str) -> int:
    return (await system.http.get(READ, headers={"authorization": f"Bearer {token}"})).status_code


def _claims(token: str) -> dict[str, object]:
    payload = token.split(".")[1]
    return json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
