"""Where a force has too many people to choose from, something is forwarded to an address."""

from uuid import UUID

import pytest

from tests.web.staff.test_deputies import Station, station

pytestmark = pytest.mark.asyncio(loop_scope="session")
_CROWD = """
insert into app.staff (force_id, id, name, title, unit, role, active, ordering)
select $1, gen_random_uuid(), 'Pat Number' || n, '', '', 'officer', true, '[]' from generate_series(1, 100) n returning 1
"""
__all__ = ["station"]


async def owner(station: Station, task: UUID) -> UUID | None:
    ((found,),) = await station.world.ask(
        station.slug, "select owner_id from app.task where force_id = $1 and id = $2", task
    )
    return found


async def test_among_few_somebody_is_chosen_and_among_many_an_address_is_typed(station: Station) -> None:
    omo, task = station.people["omo"], await station.task("omo")
    field = f'id="to-{task}" name="to"'
    assert f'<select class="govuk-select govuk-!-width-full" {field}' in (await omo.get(station.cases["omo"])).text
    await station.world.ask(station.slug, _CROWD)
    page = (await omo.get(station.cases["omo"])).text
    assert f'type="email" {field}' in page
    assert "Pat Number" not in page, "a page of a case reads nobody's whole list"
    forwarding = f"/staff/tasks/{task}/forwardings"
    for nobody in ("", "nobody@example.org", "hannah@avonside.example.org", "x" * 3000):
        refused = await omo.submit(forwarding, to=nobody)
        assert (refused.status_code, "Choose who to forward this to" in refused.text) == (422, True), nobody[:40]
        assert f'value="{nobody}"' in refused.text, "what was typed is kept"
    assert (await omo.submit(forwarding, to=station.email("ada"))).status_code == 404, "an administrator has no cases"
    assert await owner(station, task) is None
    await station.people["dee"].get("/staff/deputies")
    stranger = await station.people["dee"].submit(forwarding, to=station.email("dee"))
    assert stranger.status_code == 404, "another officer's task is not theirs to take like this"
    done = await omo.submit(forwarding, to=station.email("ngozi").upper())
    assert done.status_code == 303, done.text
    assert await owner(station, task) == station.ids["ngozi"]
