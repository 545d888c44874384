"""The first page of a force's administrators, who have no access to cases."""

import pytest

from tests.cast import ADA, ALICE, HANNAH, HARRIET, OSMAN, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_administrator_sees_how_the_force_works_and_no_case(world: World) -> None:
    ada = world.browser("avonside")
    page = await ada.sign_in_as(ADA)
    assert page.status_code == 200
    for words in ("Avonside Police", "people can sign in", "Victims can write messages", "You cannot open a case"):
        assert words in page.text
    assert HARRIET.name not in page.text
    assert ALICE.reference not in page.text
    ((case_id,),) = await world.ask(
        "avonside", "select id from app.case where force_id = $1 and reference = $2", ALICE.reference
    )
    missing = await ada.get("/nothing/here")
    for path in ("/staff", "/staff/inbox", "/staff/cases", f"/staff/cases/{case_id}"):
        answer = await ada.get(path)
        assert answer.status_code == missing.status_code == 404
    for employee in (OSMAN, HANNAH):
        browser = world.browser("avonside")
        await browser.sign_in_as(employee)
        assert (await browser.get("/admin")).status_code == 404
    victim = world.browser("avonside")
    await victim.sign_in(ALICE)
    assert (await victim.get("/admin")).status_code == 404
    nobody = await world.browser("avonside").get("/admin")
    assert nobody.headers["location"] == "/staff/sign-in?next=%2Fadmin"
