"""What staff record of somebody: whether the service suits them, and how it is safe to reach them."""

import pytest

from tests.cast import HANNAH, crime, event
from tests.web.staff.assessed import ALWAYS, RISK, found, invites, link, officer, page_of, person_of, sent_to, waiting
from tests.web.staff.conftest import PRIYA, Crimes, inbox_of, refuse_strangers, signed_in, without_token
from trackmycrime.gateways.email import Email

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_asked_and_no_risk_invites_at_once_without_a_code(crimes: Crimes) -> None:
    assault = {"offence": {"title": "Assault a person thereby occasioning them actual bodily harm"}}
    told = await crimes.make("Vera", registered=False, suitability="not_assessed", safety=None)
    changed = crime(told.reference, [told.victims[0].as_event(suitability="not_assessed", safety=None)], **assault)
    await told.world.push("avonside", [changed])
    path, browser = await page_of(told), await officer(told)
    none = {"suits": "suitable", "asked_none": "yes", "channel": "any", **ALWAYS}
    assert (await browser.submit(f"{path}/assessments", **none)).status_code == 303
    (email,) = await sent_to(told)
    assert isinstance(email, Email)
    assert "avonside" in email.text
    assert 'name="code"' not in (await told.world.browser("avonside").get(f"/register/{await link(told)}")).text
    assert await waiting(told, "assess_suitability") == []
    await told.world.push("avonside", [changed | {"id": "again " + told.reference, "version": 7}])
    (row,) = await told.world.ask(
        "avonside",
        "select suitability, safety from app.case_person where force_id = $1 and person_id = $2",
        await person_of(told),
    )
    assert row == ("suitable", [])


async def test_nobody_under_18_is_invited_whatever_is_recorded(crimes: Crimes) -> None:
    told = await crimes.make("Young", registered=False, date_of_birth="2012-05-01")
    path, browser = await page_of(told), await officer(told)
    for channel in ("email", "any"):
        form = {"suits": "suitable", "asked_none": "yes", "channel": channel, **ALWAYS}
        assert (await browser.submit(f"{path}/assessments", **form)).status_code == 303
        refused = await browser.submit(f"{path}/invites")
        assert refused.status_code == 409
        assert "They are under 18" in refused.text
    assert (await invites(told), await sent_to(told)) == (0, [])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"suits": ""}, "Say whether this service suits them"),
        ({"channel": "pigeon"}, "Choose how it is safe to reach them"),
        ({"asked_none": "yes"}, "Choose the risks to them, or that you asked and there are none"),
        ({"begins": "12", "ends": "9"}, "The start must be before the end"),
        ({"begins": "²"}, "Choose a time"),
        ({"begins": "9" * 5000}, "Choose a time"),
        ({"channel": "text"}, "No mobile number is recorded"),
        ({"note": "x" * 301}, "This must be 300 characters or fewer"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    crimes: Crimes, changes: dict[str, str], message: str
) -> None:
    told = await crimes.make("Rosa", registered=False, **RISK)
    browser = await officer(told)
    answer = await browser.submit(f"{await page_of(told)}/assessments", **{**found(note="Ask for Rosa"), **changes})
    assert answer.status_code == 422
    assert answer.text.count(message) >= 2
    assert ("Ask for Rosa" in answer.text) or "note" in changes
    nothing = await told.world.ask(
        "avonside",
        "select 1 from app.person where force_id = $1 and id = $2 and safe_contact is null",
        await person_of(told),
    )
    assert nothing == [(1,)]


async def test_no_day_is_no_safe_time(crimes: Crimes) -> None:
    told = await crimes.make("Rosa", registered=False, **RISK)
    browser = await officer(told)
    form = {name: value for name, value in found().items() if not name.startswith("day_")}
    answer = await browser.submit(f"{await page_of(told)}/assessments", **form)
    assert "Choose at least one day" in answer.text


async def test_an_unsuitable_service_ends_the_invitation(crimes: Crimes) -> None:
    told = await crimes.make("Vera", registered=False)
    token = await link(told)
    browser = await officer(told)
    form = {"suits": "unsuitable", "asked_none": "yes", "channel": "call", **ALWAYS}
    assert (await browser.submit(f"{await page_of(told)}/assessments", **form)).status_code == 303
    assert (await told.world.browser("avonside").get(f"/register/{token}")).status_code == 404
    assert await sent_to(told) == []


async def test_nobody_whom_the_service_does_not_suit_is_told_by_ourselves(crimes: Crimes) -> None:
    told = await crimes.make("Vera", safety=[])
    browser = await officer(told)
    form = {"suits": "unsuitable", "asked_none": "yes", "channel": "email", **ALWAYS}
    assert (await browser.submit(f"{await page_of(told)}/assessments", **form)).status_code == 303
    await sent_to(told)
    await told.world.push("avonside", [event("update.published", told.reference, text="News.")])
    assert await sent_to(told) == []
    assert ["unsuitable"] in await waiting(told, "tell_in_person")
    assert "this service does not suit them" in await inbox_of(browser)


async def test_strangers_are_refused(crimes: Crimes) -> None:
    told = await crimes.make("Rosa", registered=False, **RISK)
    other = await crimes.make("Otto", registered=False)
    path = await page_of(told)
    for what in ("assessments", "contacts", "confirmations", "rejections", "invites"):
        await refuse_strangers(told.world, f"{path}/{what}", **found())
        browser = await officer(told)
        assert (await without_token(browser, f"{path}/{what}", **found())).status_code == 403
        # Somebody who is not on the case, and an officer who has not opened it.
        elsewhere = f"{told.path}/people/{await person_of(other)}/{what}"
        assert (await browser.submit(elsewhere, **found(), email="a@example.org", seen="x")).status_code == 404
        priya = await signed_in(told.world, PRIYA)
        assert (await priya.submit(f"{path}/{what}", **found(), email="a@example.org")).status_code == 404
    assert (await (await officer(told)).get(f"{told.path}/people/{await person_of(other)}")).status_code == 404
    hannah = await signed_in(told.world, HANNAH)
    assert (await hannah.get(path)).headers["location"] == told.path
    assert (await invites(told), await sent_to(told)) == (0, [])


async def test_looking_at_somebody_is_recorded(crimes: Crimes) -> None:
    told = await crimes.make("Rosa", registered=False, **RISK)
    browser = await officer(told)
    before = len(await told.audit("case.read"))
    page = (await browser.get(await page_of(told))).text
    assert told.reference not in page
    assert len(await told.audit("case.read")) == before + 1
