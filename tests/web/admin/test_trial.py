"""A test record goes the way of a real one, and nothing of it is left anywhere."""

import re
from uuid import UUID

import pytest

from tests.cast import ADA, ALICE, HANNAH, World
from tests.isolation.ground import _FORCE_TABLES
from tests.web.admin.configured import force_with

pytestmark = pytest.mark.asyncio(loop_scope="session")
TRIAL = "/admin/clients/test"
SAMPLES = {
    "crime": ("Taken, and the case would have it: 1",),
    "twice": ("Taken, and the case would have it: 1", "Sent before, so nothing changes: 1"),
    "early": ("Would wait: We have not been told about this crime yet.",),
    "nameless": ("Taken, and the case would have it: 1", "Would wait: This crime has several victims, or none"),
    "unreadable": ("Would wait: Invalid RFC3339 encoded datetime",),
    "nothing": ("Refused: This is not an event",),
}


async def test_every_sample_tells_what_would_happen_and_leaves_nothing(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    await world.client(slug)
    page = (await ada.get(TRIAL)).text
    client = re.findall(r'<option value="([0-9a-f-]{36})"', page)[0]
    before = await _rows(world, slug)
    for sample, expected in SAMPLES.items():
        answer = await ada.submit(TRIAL, client=client, sample=sample)
        assert answer.status_code == 200
        for said in expected:
            assert said in answer.text.replace("&#39;", "'"), (sample, said)
        assert "TEST/" in answer.text or sample == "nothing"
    after = await _rows(world, slug)
    assert {table: count for table, count in after.items() if before[table] != count}.keys() == {"audit"}
    tried = await world.ask(
        slug, "select detail ->> 'sample' from app.audit where force_id = $1 and what = 'event.tried_out'"
    )
    assert {sample for (sample,) in tried} == set(SAMPLES)
    assert "No record has ever come" in (await ada.get("/admin/clients/arrivals")).text


async def test_a_connection_that_is_stopped_or_may_not_send_is_refused(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    await world.client(slug)
    client = re.findall(r'<option value="([0-9a-f-]{36})"', (await ada.get(TRIAL)).text)[0]
    await ada.submit(f"/admin/clients/{client}", name="Niche", read="yes")
    answer = await ada.submit(TRIAL, client=client, sample="crime")
    assert "Refused: This connection may not send us records" in answer.text
    await ada.submit(f"/admin/clients/{client}/stop")
    answer = await ada.submit(TRIAL, client=client, sample="crime")
    assert "Refused: This connection is stopped" in answer.text
    for form, message in (
        ({"client": client}, "Choose what to send"),
        ({"client": str(UUID(int=1)), "sample": "crime"}, "Choose a connection"),
        ({"sample": "crime"}, "Choose a connection"),
    ):
        wrong = await ada.submit(TRIAL, **form)
        assert (wrong.status_code, message in wrong.text) == (422, True), form


async def test_only_this_forces_administrators_try_it(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    await world.client(slug)
    client = re.findall(r'<option value="([0-9a-f-]{36})"', (await ada.get(TRIAL)).text)[0]
    assert (await world.browser("avonside").get(TRIAL)).status_code == 303
    for sign_in in (lambda browser: browser.sign_in(ALICE), lambda browser: browser.sign_in_as(HANNAH)):
        stranger = world.browser("avonside")
        await sign_in(stranger)
        assert (await stranger.get(TRIAL)).status_code == 404
        assert (await stranger.submit(TRIAL, client=client, sample="crime")).status_code in {403, 404}
    elsewhere = world.browser("avonside")
    await elsewhere.sign_in_as(ADA)
    await world.client("avonside")
    await elsewhere.get(TRIAL)
    answer = await elsewhere.submit(TRIAL, client=client, sample="crime")
    assert (answer.status_code, "Choose a connection" in answer.text) == (422, True), "a connection of another force"


async def _rows(world: World, slug: str) -> dict[str, int]:
    """Return how many rows the force has in each of its tables, but those that signing in and looking write."""
    tables = await world.ask(
        slug, f"select * from ({_FORCE_TABLES.replace('order by 1', '')}) t where $1::uuid is not null"
    )
    found: dict[str, int] = {}
    for (table,) in tables:
        if table not in {"force_figure", "national_audit", "session", "failure"}:
            ((found[table],),) = await world.ask(slug, f'select count(*) from app."{table}" where force_id = $1')
    return found
