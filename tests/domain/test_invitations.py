"""Who is invited at once, and who waits for a person: nobody at risk, under 18 or unassessed is told automatically."""

from typing import Any
from uuid import uuid4

import pytest

from tests.cast import Victim, World, crime, event, invite_token
from trackmycrime.domain.cases import registration
from trackmycrime.domain.cases.registration import InviteGone
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")

BURGLARY = {"code": "TH68026", "title": "Burglary dwelling - with intent to steal"}
ASSAULT = {"title": "Assault a person thereby occasioning them actual bodily harm"}


def somebody() -> Victim:
    return Victim("Vera", "Vance", f"AV/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")


async def outcome(world: World, victim: Victim) -> tuple[int, list[Any]]:
    """Return how many invitations a victim has, and why they wait for a person."""
    person = "select id from app.person where force_id = $1 and source_id = $2"
    invites = await world.ask(
        "avonside", f"select id from app.invite where force_id = $1 and person_id = ({person})", victim.person
    )
    queued = await world.ask(
        "avonside", f"select id from app.notification where force_id = $1 and person_id = ({person})", victim.person
    )
    assert len(queued) == len(invites)
    tasks = await world.ask(
        "avonside",
        f"select why from app.task where force_id = $1 and kind = 'assess_suitability' and person_id = ({person})",
        victim.person,
    )
    return len(invites), [sorted(why) for (why,) in tasks]


@pytest.mark.parametrize(
    ("offence", "changes", "expected"),
    [
        (BURGLARY, {}, (1, [])),
        (BURGLARY, {"safety": None}, (1, [])),
        (ASSAULT, {}, (1, [])),
        (ASSAULT, {"safety": None}, (0, [["safety_unknown"]])),
        (BURGLARY, {"safety": ["domestic_abuse"]}, (0, [["at_risk"]])),
        (BURGLARY, {"safety": ["stalking"], "suitability": "not_assessed"}, (0, [["at_risk", "not_assessed"]])),
        (BURGLARY, {"suitability": "not_assessed"}, (0, [["not_assessed"]])),
        (BURGLARY, {"date_of_birth": "2012-05-01"}, (0, [["under_18"]])),
        (BURGLARY, {"date_of_birth": None}, (0, [["age_unknown"]])),
        (BURGLARY, {"email": None}, (0, [["no_contact"]])),
        (BURGLARY, {"email": None, "mobile": "07700 900123"}, (1, [])),
        (BURGLARY, {"consent": "opted_out"}, (0, [])),
        (BURGLARY, {"suitability": "unsuitable"}, (0, [])),
        (BURGLARY, {"role": "reporter"}, (1, [])),
        (ASSAULT, {"role": "reporter", "safety": None}, (0, [["safety_unknown"]])),
        (BURGLARY, {"role": "reporter", "safety": ["domestic_abuse"]}, (0, [["at_risk"]])),
        (BURGLARY, {"role": "reporter", "date_of_birth": "2012-05-01"}, (0, [["under_18"]])),
        (BURGLARY, {"role": "reporter", "consent": "opted_out"}, (0, [])),
    ],
)
async def test_who_is_invited(
    world: World, offence: dict[str, str], changes: dict[str, Any], expected: tuple[int, list[Any]]
) -> None:
    vera = somebody()
    await world.push("avonside", [crime(vera.reference, [vera.as_event(**changes)], offence=offence)])
    assert await outcome(world, vera) == expected
    await world.push("avonside", [event("update.published", vera.reference, text="News.", to=None)])
    assert await outcome(world, vera) == expected


async def test_an_invitation_opens_nothing_once_its_owner_is_known_to_be_at_risk(world: World) -> None:
    vera = somebody()
    await world.push("avonside", [crime(vera.reference, [vera.as_event()])])
    async with world.registry.door(await world.force("avonside")).open(service("test")) as tx:
        token = await invite_token(tx, vera)
    await world.push("avonside", [crime(vera.reference + "B", [vera.as_event(safety=["stalking"])])])
    assert (await outcome(world, vera))[1] == [["at_risk"]]
    with pytest.raises(InviteGone):
        await registration.register(
            world.registry.door(await world.force("avonside")), token, vera.facts, vera.password, vera.password
        )
    assert (await world.browser("avonside").get(f"/register/{token}")).status_code == 404


async def test_a_flag_on_one_case_counts_for_all_cases_of_the_person(world: World) -> None:
    vera = somebody()
    await world.push("avonside", [crime(vera.reference, [vera.as_event(safety=["sexual"])])])
    await world.push("avonside", [crime(vera.reference + "B", [vera.as_event(safety=[])])])
    assert (await outcome(world, vera))[0] == 0


async def test_the_feed_raises_a_risk_and_never_lowers_it(world: World) -> None:
    vera = somebody()
    ref = vera.reference
    await world.push("avonside", [crime(ref, [vera.as_event(safety=["domestic_abuse"])])])
    await world.push("avonside", [event("victim.changed", ref, victim=vera.as_event(safety=[]))])
    assert (await outcome(world, vera))[0] == 0


async def test_a_first_load_invites_nobody(world: World) -> None:
    vera = somebody()
    await world.push("avonside", [crime(vera.reference, [vera.as_event()])], backfill=True)
    assert await outcome(world, vera) == (0, [])
    await world.push("avonside", [event("update.published", vera.reference, text="News.")])
    assert await outcome(world, vera) == (0, [])


async def test_a_new_address_of_a_registered_person_waits_for_a_person(world: World) -> None:
    vera = somebody()
    ref = vera.reference
    await world.push("avonside", [crime(ref, [vera.as_event()])])
    await world.register("avonside", vera)
    await world.push(
        "avonside", [event("victim.changed", ref, victim=vera.as_event(email="somebody.else@example.org"))]
    )
    person = "select id from app.person where force_id = $1 and source_id = $2"
    (task,) = await world.ask(
        "avonside",
        f"select count(*) from app.task where force_id = $1 and kind = 'confirm_address' and person_id = ({person})",
        vera.person,
    )
    assert task == (1,)
    browser = world.browser("avonside")
    await browser.sign_in(vera)
    settings = await browser.get("/settings")
    assert vera.email in settings.text
    assert "somebody.else" not in settings.text
