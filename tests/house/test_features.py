"""A feature that is off does not exist: all sixteen combinations of the first four, over pages, routes and notifications."""

from itertools import product
from uuid import uuid4

import pytest

from tests.cast import PASSWORD, Victim, World, configuration, crime, event
from tests.domain.test_notifications import drained, typed
from trackmycrime.gateways.text import Text
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")

ITEM = {"id": "1", "description": "Blue bicycle", "status": "missing"}


@pytest.mark.parametrize(("messaging", "texts", "items", "way"), list(product((True, False), repeat=4)))
async def test_off_means_it_does_not_exist(world: World, messaging: bool, texts: bool, items: bool, way: bool) -> None:
    slug = f"combination-{int(messaging)}{int(texts)}{int(items)}{int(way)}"
    switches = {"two_way_messaging": messaging, "sms": texts, "property_page": items, "journey": way}
    await world.onboarding.provision(service("test"), configuration(slug, f"Force {slug}", **switches))
    vera = Victim("Vera", "Vance", f"FT/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org", password=PASSWORD)
    silent = Victim("Sam", "Silent", f"FT/{uuid4().hex[:8]}/26", "")
    await world.push(
        slug,
        [
            crime(vera.reference, [vera.as_event()], property=[ITEM]),
            crime(silent.reference, [silent.as_event(email=None, mobile="07700 900456")]),
        ],
    )
    await world.register(slug, vera)
    browser = world.browser(slug)
    page = (await browser.sign_in(vera)).text

    assert ('name="message"' in page) is messaging
    assert ("You cannot send messages here" in page) is not messaging
    sent = await browser.submit("/messages", message="Is there any news?")
    assert sent.status_code == (303 if messaging else 404)
    assert "Ask for an update" in page
    assert "Ask us to call you" in page

    assert ('href="/property"' in page) is items
    assert (await browser.get("/property")).status_code == (200 if items else 404)

    assert ('href="/progress"' in page) is way
    assert (await browser.get("/progress")).status_code == (200 if way else 404)

    settings = (await browser.get("/settings")).text
    assert ("Send text message notifications" in settings) is texts
    assert "Send email notifications" in settings
    choices = {"email_on": "yes", "text_on": "yes", "mobile": "07700 900123"}
    assert (await browser.get("/settings/number")).status_code == (303 if texts else 404)
    invited = await drained(world, slug)
    assert [m.to for m in invited.sent if isinstance(m, Text)] == (["07700 900456"] if texts else [])
    if texts:
        await typed(world, slug, browser, **choices)
    else:
        assert (await browser.submit("/settings", **choices)).headers["location"] == "/settings?done=saved"

    await world.push(slug, [event("update.published", vera.reference, text="News.")])
    provider = await drained(world, slug)
    numbers = {message.to for message in provider.sent if isinstance(message, Text)}
    assert numbers == ({"+447700900123"} if texts else set())
    home = (await world.browser(slug).get("/")).text
    assert ("write to us and read our answers" in home) is messaging
    assert ("see the property we have recorded" in home) is items
