"""Welsh where a force has it: on every page a victim meets, in what they are sent, and nowhere else."""

from uuid import uuid4

import pytest
from msgspec import structs

from tests.cast import PASSWORD, Victim, World, configuration, crime, event
from tests.domain.test_notifications import drained
from tests.drill.people import new_force
from trackmycrime.domain.notifications.dispatch import dispatch
from trackmycrime.gateways.email import Email
from trackmycrime.gateways.senders import Senders
from trackmycrime.gateways.text import Text
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def welsh_force(world: World) -> str:
    slug = f"welsh-{uuid4().hex[:8]}"
    published = configuration(slug, "Northshire Police", welsh=True)
    await world.onboarding.provision(service("test"), structs.replace(published, name_cy="Heddlu Swydd y Gogledd"))
    return slug


async def a_victim(world: World, slug: str, language: str) -> Victim:
    victim = Victim("Vera", "Vane", f"W{uuid4().hex[:8]}", f"{uuid4().hex[:12]}@example.org", password=PASSWORD)
    await world.push(slug, [crime(victim.reference, [victim.as_event(language=language)])])
    await world.register(slug, victim)
    return victim


def spoken(page: str) -> str:
    return page.split('<html lang="', 1)[1][:2]


async def test_a_page_is_in_the_language_that_was_asked_for_last(world: World) -> None:
    browser = world.browser(await welsh_force(world))
    page = await browser.get("/sign-in")
    assert spoken(page.text) == "en"
    assert 'href="?lang=cy"' in page.text
    page = await browser.get("/sign-in?lang=cy")
    assert spoken(page.text) == "cy"
    assert "<h1" in page.text
    assert "Mewngofnodi" in page.text
    assert "Heddlu Swydd y Gogledd" in page.text
    assert page.headers["set-cookie"].startswith("__Host-language=cy; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=")
    assert spoken((await browser.get("/help")).text) == "cy"
    assert spoken((await browser.get("/there-is-no-such-page")).text) == "cy"
    assert spoken((await browser.submit("/sign-in", last_name="Vane")).text) == "cy"
    assert spoken((await browser.get("/help?lang=en")).text) == "en"
    assert spoken((await browser.get("/sign-in")).text) == "en"


@pytest.mark.parametrize("asked", ["fr", "CY", "cy%00", "cyen", ""])
async def test_what_we_do_not_speak_changes_nothing(world: World, asked: str) -> None:
    browser = world.browser(await welsh_force(world))
    page = await browser.get(f"/sign-in?lang={asked}")
    assert spoken(page.text) == "en"
    assert "set-cookie" not in page.headers


async def test_a_force_without_welsh_and_its_staff_have_english_only(world: World) -> None:
    browser = world.browser("avonside")
    page = await browser.get("/sign-in?lang=cy")
    assert spoken(page.text) == "en"
    assert "lang=cy" not in page.text
    slug = await welsh_force(world)
    staff = world.browser(slug)
    await staff.get("/?lang=cy")
    page = await staff.get("/staff/sign-in?lang=cy")
    assert spoken(page.text) == "en"
    assert "?lang=cy" not in page.text


async def test_messages_and_every_page_of_a_victim_are_welsh(world: World) -> None:
    slug = await welsh_force(world)
    victim = await a_victim(world, slug, "cy")
    browser = world.browser(slug)
    await browser.get("/?lang=cy")
    await browser.sign_in(victim)
    for path in (
        "/messages",
        "/messages/call-requests",
        "/settings",
        "/support",
        "/help",
        "/privacy",
        "/accessibility",
    ):
        page = await browser.get(path)
        assert page.status_code == 200
        assert spoken(page.text) == "cy"
        assert "Allgofnodi" in page.text, path
    assert "Anfon neges" in (await browser.get("/messages")).text


@pytest.mark.parametrize("language", ["cy", "en"])
async def test_signing_in_speaks_the_persons_language_where_none_was_chosen(world: World, language: str) -> None:
    slug = await welsh_force(world)
    victim = await a_victim(world, slug, language)
    browser = world.browser(slug)
    assert spoken((await browser.sign_in(victim)).text) == language
    assert spoken((await browser.get("/settings")).text) == language
    chose = world.browser(slug)
    other = {"cy": "en", "en": "cy"}[language]
    await chose.get(f"/sign-in?lang={other}")
    assert spoken((await chose.sign_in(victim)).text) == other


@pytest.mark.parametrize("shared", [True, False])
async def test_a_shared_device_forgets_the_language_with_the_browser(world: World, shared: bool) -> None:
    slug = await welsh_force(world)
    victim = await a_victim(world, slug, "cy")
    browser = world.browser(slug)
    ticked = {"shared": "yes"} if shared else dict[str, str]()
    answer = await browser.submit("/sign-in", **victim.typed(), password=victim.password, **ticked)
    assert answer.status_code == 303, answer.text
    (cookie,) = [each for each in answer.headers.get_list("set-cookie") if each.startswith("__Host-language=cy")]
    assert ("Max-Age" in cookie) is not shared


async def test_nobody_is_spoken_to_in_a_language_that_their_force_does_not_have(world: World) -> None:
    slug = await new_force(world)
    browser = world.browser(slug)
    signed = await browser.sign_in(await a_victim(world, slug, "cy"))
    assert (spoken(signed.text), "__Host-language" in browser.http.cookies) == ("en", False)


async def test_the_link_to_a_new_password_leads_to_a_page_in_the_language_of_its_email(world: World) -> None:
    slug = await welsh_force(world)
    victim = await a_victim(world, slug, "cy")
    assert (await world.browser(slug).submit("/reset-password", **victim.typed())).status_code == 303
    (email,) = [email for email in await sent(world, slug) if "/reset-password/" in email.text]
    (line,) = [line for line in email.text.splitlines() if "/reset-password/" in line]
    assert line.endswith("?lang=cy")
    page = await world.browser(slug).get("/reset-password" + line.partition("/reset-password")[2])
    assert (page.status_code, spoken(page.text)) == (200, "cy")


@pytest.mark.parametrize(("language", "told"), [("cy", "Mae rhywbeth newydd"), ("en", "There is something new")])
async def test_emails_follow_the_person_and_lead_to_pages_in_their_language(
    world: World, language: str, told: str
) -> None:
    slug = await welsh_force(world)
    victim = await a_victim(world, slug, language)
    await world.push(slug, [event("update.published", victim.reference, text="We have asked two shops.")])
    email = (await sent(world, slug))[-1]
    assert told in email.text
    assert f'<html lang="{language}">' in email.html
    assert (
        ("/messages/latest?lang=cy" in email.text)
        is ("?lang=cy" in (email.unsubscribe_url or ""))
        is (language == "cy")
    )
    page = await world.browser(slug).get("/unsubscribe" + (email.unsubscribe_url or "").partition("/unsubscribe")[2])
    assert spoken(page.text) == language


async def test_a_force_without_welsh_writes_english_to_everybody(world: World) -> None:
    slug = await new_force(world)
    victim = await a_victim(world, slug, "cy")
    await world.push(slug, [event("update.published", victim.reference, text="We have asked two shops.")])
    assert "There is something new" in (await sent(world, slug))[-1].text


class Kept:
    """A provider that keeps what it is given."""

    def __init__(self) -> None:
        self.messages: list[Email | Text] = []

    async def send(self, message: Email | Text, /) -> None:
        """Keep a message."""
        self.messages.append(message)


async def sent(world: World, slug: str) -> list[Email]:
    provider = Kept()
    door = world.registry.door(await world.force(slug))
    while await dispatch(door, Senders(provider, provider)):
        pass
    return [message for message in provider.messages if isinstance(message, Email)]


async def test_a_language_chosen_in_settings_is_hers_whatever_the_record_system_says_later(world: World) -> None:
    slug = await welsh_force(world)
    vera = await a_victim(world, slug, "en")
    home, elsewhere = world.browser(slug), world.browser(slug)
    page = await home.sign_in(vera)
    page = await home.get("/settings")
    assert " checked" in page.text.split('name="language" type="radio" value="en"', 1)[1].split(">", 1)[0]
    saved = await home.submit_and_follow("/settings", email_on="yes", language="cy")
    assert spoken(saved.text) == "cy"
    assert " checked" in saved.text.split('name="language" type="radio" value="cy"', 1)[1].split(">", 1)[0]
    assert spoken((await elsewhere.sign_in(vera)).text) == "cy", "in a browser in which no language was chosen"
    changed = vera.as_event(language="en")
    await world.push(slug, [event("victim.changed", vera.reference, victim=changed)])
    await world.push(slug, [event("update.published", vera.reference, text="News.")])
    email = next(
        m
        for m in (await drained(world, slug)).sent
        if isinstance(m, Email) and m.to == vera.email and "/messages" in m.text
    )
    assert "?lang=cy" in email.text
    assert spoken((await world.browser(slug).sign_in(vera)).text) == "cy"
    nothing = await home.submit_and_follow("/settings", email_on="yes", language="tlh")
    assert spoken(nothing.text) == "cy"
    fact = "select detail from app.feed_entry where force_id = $1 and type = 'preferences.changed'"
    assert [detail.get("language") for (detail,) in await world.ask(slug, fact)] == ["cy", None]


async def test_where_there_is_no_welsh_there_is_no_language_to_choose(world: World) -> None:
    slug = await new_force(world)
    vera = await a_victim(world, slug, "cy")
    home = world.browser(slug)
    await home.sign_in(vera)
    assert 'name="language"' not in (await home.get("/settings")).text
    assert spoken((await home.submit_and_follow("/settings", email_on="yes", language="cy")).text) == "en"
    stored = "select own_language from app.person where force_id = $1"
    assert await world.ask(slug, stored) == [(None,)]
