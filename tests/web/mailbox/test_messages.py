"""The mailbox shows what was sent, newest first, with links that can be followed; in production there is none."""

import msgspec
import pytest

from tests.cast import Browser, World
from trackmycrime.app import create_app
from trackmycrime.gateways.mailbox import Kind, Mailbox
from trackmycrime.settings import Environment

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_messages_are_listed_newest_first_and_their_links_can_be_followed(world: World) -> None:
    box = Mailbox.of(world.settings)
    headers = {"List-Unsubscribe": "<https://avonside.localhost:8000/unsubscribe/abc>", "Message-ID": "<1@avonside>"}
    text = "Hello <b>you</b>.\n\nFollow https://avonside.localhost:8000/register/x_y-z=.\nThank you"
    email = box.put(
        Kind.EMAIL, to="alice@example.org", from_="Avonside <a@example.org>", subject="News", text=text, headers=headers
    )
    box.put(Kind.TEXT, to="07700 900123", text="There is something new.")
    browser = world.browser("mailbox")
    listed = (await browser.get("/")).text
    assert "<title>Mailbox" in listed
    assert listed.index("07700 900123") < listed.index("alice@example.org")

    page = (await browser.get(f"/messages/{email.id}")).text
    for line in (
        "<dt>To</dt>",
        "<dt>From</dt>",
        "<dt>Subject</dt>",
        "<dt>List-Unsubscribe</dt>",
        "<dt>Message-ID</dt>",
    ):
        assert line in page
    assert 'href="https://avonside.localhost:8000/register/x_y-z="' in page
    assert 'href="https://avonside.localhost:8000/unsubscribe/abc"' in page
    assert "Hello &lt;b&gt;you&lt;/b&gt;." in page


@pytest.mark.parametrize("path", ["/messages/nonsense", "/messages/00000000-0000-0000-0000-000000000000"])
async def test_what_was_not_sent_is_not_found(world: World, path: str) -> None:
    assert (await world.browser("mailbox").get(path)).status_code == 404


async def test_production_has_no_mailbox(world: World) -> None:
    settings = msgspec.structs.replace(world.settings, env=Environment.PRODUCTION)
    production = create_app(settings)
    shown = World(settings, world.database, world.registry, world.onboarding, production)
    assert (await Browser(shown, "mailbox").get("/")).status_code == 421
    await production.close()
