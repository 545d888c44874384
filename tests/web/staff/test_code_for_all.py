"""A force may want an activation code for everybody: then the service invites nobody by itself, and no link works alone."""

import re
from uuid import UUID, uuid4

import pytest
from msgspec import structs

from tests.cast import ALICE, HANNAH, OSMAN, Employee, Victim, World, configuration, crime, event, invite_token
from tests.domain.test_notifications import drained, to
from tests.web.staff.conftest import signed_in
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")
EXPIRE = "update app.invite set state = 'expired', code_hash = null where force_id = $1 returning 1"


async def a_force(world: World, *, for_all: bool) -> str:
    slug = f"coded-{uuid4().hex[:8]}"
    own = structs.replace(configuration(slug, "Codeshire Police"), activation_code_for_all=for_all)
    await world.onboarding.provision(service("test"), own)
    return slug


async def recorded(world: World, slug: str) -> tuple[Victim, Employee, UUID]:
    """Record a theft whose victim nothing stands against, and return her, the officer and the case."""
    vera = Victim("Vera", "Vance", f"CO/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    omar = Employee("PC Omar Okafor", "officer", f"{uuid4().hex[:8]}@staff.example.org")
    await world.hire(slug, omar)
    officer = {"collar_number": "4712", "name": omar.name, "role": "PC", "unit": "Harbour", "email": omar.email}
    await world.push(slug, [crime(vera.reference, [vera.as_event()], officer=officer)])
    ((case,),) = await world.ask(slug, "select id from app.case where force_id = $1")
    return vera, omar, case


async def tasks(world: World, slug: str) -> list[tuple[str]]:
    return await world.ask(slug, "select kind from app.task where force_id = $1 and done_at is null order by kind")


async def test_nobody_is_invited_without_a_code_that_staff_give(world: World) -> None:
    slug = await a_force(world, for_all=True)
    vera, omar, case = await recorded(world, slug)
    assert to(await drained(world, slug), vera) == []
    assert await tasks(world, slug) == [("invite_with_code",)]
    await world.push(slug, [event("update.published", vera.reference, text="News.")])
    assert await tasks(world, slug) == [("invite_with_code",)], "not twice"

    officer = await signed_in(world, omar, slug)
    ((person,),) = await world.ask(slug, "select id from app.person where force_id = $1")
    path = f"/staff/cases/{case}/people/{person}"
    assert "You get a code to give them yourself, by another way" in (await officer.get(path)).text
    shown = await officer.submit(f"{path}/invites")
    code = re.search(r"[A-Z0-9]{4} [A-Z0-9]{4}", shown.text)
    assert code, shown.text
    assert await tasks(world, slug) == []
    assert len(to(await drained(world, slug), vera)) == 1
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        token = await invite_token(tx, vera)
    browser = world.browser(slug)
    assert 'name="code"' in (await browser.get(f"/register/{token}")).text
    assert (await browser.submit(f"/register/{token}", **vera.with_password())).status_code == 422
    done = await browser.submit(f"/register/{token}", **vera.with_password(code=code[0]))
    assert done.headers["location"] == "/messages"

    for stranger in (await signed_in(world, HANNAH), await signed_in(world, OSMAN)):
        assert (await stranger.submit(f"{path}/invites")).status_code == 404
    alice = world.browser("avonside")
    await alice.sign_in(ALICE)
    assert (await alice.submit(f"{path}/invites")).status_code == 404
    assert (await world.browser(slug).submit(f"{path}/invites")).headers["location"].startswith("/staff/sign-in")


async def test_a_link_from_before_is_not_replaced_by_one_without_a_code(world: World) -> None:
    for for_all, sent in ((True, 0), (False, 1)):
        slug = await a_force(world, for_all=for_all)
        vera, omar, case = await recorded(world, slug)
        if for_all:
            ((person,),) = await world.ask(slug, "select id from app.person where force_id = $1")
            await (await signed_in(world, omar, slug)).submit(f"/staff/cases/{case}/people/{person}/invites")
        await drained(world, slug)
        async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
            old = await invite_token(tx, vera)
        await world.ask(slug, EXPIRE)
        answer = await world.browser(slug).submit(f"/register/{old}/renewals")
        assert (answer.status_code, "Look for a new link" in answer.text) == (200, True), "the same answer"
        assert len(to(await drained(world, slug), vera)) == sent
