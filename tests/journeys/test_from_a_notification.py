"""From a notification to its text in two steps, on a device that is known: the link, and the password."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import PASSWORD, Victim, event
from tests.journeys.conftest import Service
from tests.journeys.records import RecordSystem
from tests.journeys.test_arriving import open_mail_to, push, register
from tests.web.common.browser import tab
from trackmycrime.kit.words import _, speaking

pytestmark = pytest.mark.xdist_group("service")

NEWS = "A man was charged today. We will write to you when there is a date at court."
MAIL = "main a[href$='/messages/latest'], main a[href*='/messages/latest?']"


def follow_the_link(page: Page) -> None:
    page.locator(MAIL).click()


def sign_in_with_the_password_alone(page: Page) -> None:
    page.get_by_label(_("Password"), exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")


def wait_for_news(page: Page, service: Service, address: str) -> None:
    """Open the newest message to an address once it is no invitation any more."""
    for _try in range(60):
        open_mail_to(page, service, address)
        if page.locator(MAIL).count():
            return
        page.wait_for_timeout(500)
    raise AssertionError


@pytest.mark.parametrize(
    ("force", "language", "size", "scripts"), [("kent", "en", "375", True), ("gwent", "cy", "320", False)]
)
def test_two_steps_lead_to_the_text_itself_also_when_the_session_has_ended(
    service: Service, chromium: Browser, force: str, language: str, size: str, scripts: bool
) -> None:
    vera = Victim("Vera", "Vane", f"NW/{size}/26", f"news-{size}@example.org")
    push(service, force, vera, language)
    with tab(chromium, size=size, scripts=scripts) as hers, speaking(language):
        page = hers.page
        open_mail_to(page, service, vera.email)
        page.locator("main a[href*='/register/']").click()
        register(page, vera)
        page.goto(service.url(force, "/sign-out"))
        RecordSystem(service, force).push(
            [
                event("crime.closed", vera.reference, text="The case has been closed."),
                event("update.published", vera.reference, text=NEWS),
            ]
        )
        for steps in ((follow_the_link, sign_in_with_the_password_alone), (follow_the_link,)):
            wait_for_news(page, service, vera.email)
            for step in steps:
                step(page)
            expect(page.get_by_text(NEWS)).to_be_in_viewport(ratio=1)
            expect(page.get_by_role("button", name=_("Exit this page"))).to_be_in_viewport(ratio=1)
            assert vera.reference not in page.url
