"""Inviting somebody at risk: by the recorded safe way, with a code that somebody gives them, and never beside it."""

import re

import pytest

from tests.cast import event
from tests.web.staff.assessed import (
    RISK,
    found,
    invited_at_risk,
    invites,
    link,
    officer,
    page_of,
    person_of,
    sent_to,
    waiting,
)
from tests.web.staff.conftest import Crimes
from trackmycrime.domain.cases import registration
from trackmycrime.domain.cases.registration import WrongSignIn
from trackmycrime.gateways.email import Email

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_nobody_at_risk_hears_anything_before_it_is_recorded_how_it_is_safe(crimes: Crimes) -> None:
    told = await crimes.make("Rosa", registered=False, **RISK)
    path = await page_of(told)
    browser = await officer(told)
    assert "Record first that this service suits them" not in (await browser.get(path)).text
    assert f'href="{path}"' in (await browser.get(told.path)).text
    refused = await browser.submit(f"{path}/invites")
    assert refused.status_code == 409
    assert "Record first how it is safe to reach them" in refused.text
    without = await browser.submit(f"{path}/assessments", **found("any"))
    assert without.status_code == 422
    assert "They are at risk. Choose how it is safe to reach them" in without.text
    assert (await invites(told), await sent_to(told)) == (0, [])
    recorded = await browser.submit_and_follow(f"{path}/assessments", **found())
    assert "What you found has been recorded" in recorded.text
    # Even now nobody is invited by the service itself: an officer gives the code.
    await told.world.push("avonside", [event("update.published", told.reference, text="News.")])
    assert (await invites(told), await sent_to(told)) == (0, [])
    assert await waiting(told, "assess_suitability") == []
    assert await waiting(told, "invite_with_code") == [[]]


async def test_an_invitation_at_risk_names_no_force_and_opens_only_with_the_code(crimes: Crimes) -> None:
    told, token, code = await invited_at_risk(crimes)
    assert await waiting(told, "invite_with_code") == []
    (email,) = await sent_to(told)
    assert isinstance(email, Email)
    whole = f"{email.subject} {email.text} {email.html} {email.from_name} {email.from_address} {email.message_id}"
    for secret in ("avonside", "police", told.reference, "Rosa", code, code.replace(" ", "")):
        assert secret.lower() not in f"{whole} {email.unsubscribe_url}".lower(), secret
    apex = told.world.browser("")
    way = re.search(r"https://localhost:8000(/invitations/\S+)", email.text)
    assert way
    led = await apex.get(way[1])
    assert led.headers["location"] == f"https://avonside.localhost:8000/register/{token}"
    vera = told.victims[0]
    browser = told.world.browser("avonside")
    assert 'name="code"' in (await browser.get(f"/register/{token}")).text
    for wrong in ("BCDF 3467", "", "x" * 5000):
        assert (await browser.submit(f"/register/{token}", **vera.with_password(code=wrong))).status_code == 422
    written = code.lower().replace(" ", "-")
    done = await browser.submit(f"/register/{token}", **vera.with_password(code=written))
    assert (done.status_code, done.headers["location"]) == (303, "/messages")
    assert email.unsubscribe_url is not None
    stop = email.unsubscribe_url.removeprefix("https://localhost:8000")
    assert "Stop these emails" in (await apex.get(stop)).text
    stopped = await apex.http.post(stop, data={"List-Unsubscribe": "One-Click"})
    assert (stopped.status_code, "We have stopped these emails" in stopped.text) == (200, True)
    assert (await apex.get(stop[:-4] + "AAAA")).status_code == 404
    assert (await apex.get(way[1][:-4] + "AAAA")).status_code == 404


async def test_wrong_codes_count_like_wrong_facts(crimes: Crimes) -> None:
    told, token, code = await invited_at_risk(crimes)
    door = told.world.registry.door(await told.world.force("avonside"))
    vera = told.victims[0]
    for _ in range(5):
        with pytest.raises(WrongSignIn):
            await registration.register(door, token, vera.facts, vera.password, vera.password, code="BBBB BBBB")
    assert (
        await told.world.browser("avonside").submit(f"/register/{token}", **vera.with_password(code=code))
    ).status_code == 404
    assert await waiting(told, "invite_ended") == [["wrong_facts"]]
    (stored,) = await told.world.ask(
        "avonside", "select code_hash from app.invite where force_id = $1 and person_id = $2", await person_of(told)
    )
    assert code.replace(" ", "").encode() not in stored[0]


async def test_a_code_belongs_to_one_invitation(crimes: Crimes) -> None:
    told, token, code = await invited_at_risk(crimes)
    browser = await officer(told)
    again = await browser.submit(f"{await page_of(told)}/invites")
    assert again.status_code == 200
    vera = told.victims[0]
    visitor = told.world.browser("avonside")
    assert (await visitor.get(f"/register/{token}")).status_code == 404
    assert (await visitor.submit(f"/register/{await link(told)}", **vera.with_password(code=code))).status_code == 422
    assert [m.to for m in await sent_to(told)] == [vera.email]  # one email, for the newest


async def test_a_new_risk_ends_an_invitation_with_a_code_too(crimes: Crimes) -> None:
    told, token, _code = await invited_at_risk(crimes)
    changed = told.victims[0].as_event(safety=["stalking"])
    await told.world.push("avonside", [event("victim.changed", told.reference, victim=changed)])
    assert (await told.world.browser("avonside").get(f"/register/{token}")).status_code == 404
    assert await sent_to(told) == []
    assert await waiting(told, "assess_suitability") == [["safe_new_risk"]]


async def test_staff_invite_again_and_the_old_link_is_dead(crimes: Crimes) -> None:
    told = await crimes.make("Vera", registered=False)
    old = await link(told)
    browser = await officer(told)
    sent = await browser.submit_and_follow(f"{await page_of(told)}/invites")
    assert "An invitation is on its way" in sent.text
    visitor = told.world.browser("avonside")
    assert (await visitor.get(f"/register/{old}")).status_code == 404
    assert (await visitor.get(f"/register/{await link(told)}")).status_code == 200
    await told.world.register("avonside", told.victims[0])
    assert "They have registered already" in (await browser.get(await page_of(told))).text
    assert (await browser.submit(f"{await page_of(told)}/invites")).status_code == 409
