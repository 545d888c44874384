"""Setting up every way to sign in beside a password, under hostile names and with hostile codes."""

from tests.cast import PASSWORD
from tests.journeys.conftest import Service
from tests.journeys.hostile import Watched, short
from tests.journeys.hostile_force import FORCE
from tests.journeys.test_passkeys import phone


def ways_to_sign_in(service: Service, seen: Watched) -> None:
    """Set up everything that can be."""
    for way in ("card", "app", "passkey"):
        seen.fill_every_form(service.url(FORCE, f"/settings/sign-in/{way}"))
    for way, field in (("app", "code"), ("passkey", "credential")):
        prove(service, seen, way)
        seen.fill_what_is_open(field)
    with phone(seen.page):
        prove(service, seen, "passkey")
        seen.page.get_by_label("What to call it").fill(short("passkey"))
        seen.page.get_by_role("button", name="Make the passkey").click()
        seen.page.wait_for_url("**/settings/sign-in?done=passkey")
    seen.judge("the ways to sign in", short("passkey"))
    seen.page.get_by_role("link", name="Remove").click()
    seen.judge("removing a passkey", short("passkey"))
    seen.fill_every_form(seen.page.url)


def prove(service: Service, seen: Watched, way: str) -> None:
    """Begin to set up a way, with the password."""
    seen.page.goto(service.url(FORCE, f"/settings/sign-in/{way}"))
    seen.page.get_by_label("Your password", exact=True).fill(PASSWORD)
    seen.page.get_by_role("button", name="Continue").click()
    seen.page.wait_for_url("**/confirmation")
