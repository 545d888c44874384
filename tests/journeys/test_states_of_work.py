"""The states of the pages of those who work here: mistakes, refusals, nothing found, done."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pyotp.totp import TOTP

from tests.cast import PASSWORD
from tests.journeys.conftest import Service
from tests.journeys.seeing import Eye
from tests.journeys.test_arriving import open_mail_to
from tests.journeys.test_main_job import sign_in_staff
from tests.web.common.browser import tab

pytestmark = pytest.mark.xdist_group("pages")

ERROR, SUCCESS = ".govuk-error-summary", ".govuk-notification-banner--success"


def press(page: Page, button: str) -> None:
    page.locator("main").get_by_role("button", name=button, exact=True).first.click()


def open_case(page: Page, service: Service, force: str) -> str:
    """Open the case of the demonstration's victim, and return its address."""
    page.goto(service.url(force, "/staff/cases"))
    page.get_by_role("link", name=service.person("victim", force)["crime_reference"]).click()
    return page.url


@pytest.mark.parametrize("size", ["1280", "320"])
def test_every_state_of_an_officers_pages_is_for_everybody(service: Service, chromium: Browser, size: str) -> None:
    with tab(chromium, size=size) as theirs:
        eye, page = Eye(theirs, size), theirs.page
        sign_in_staff(page, service.person("officer"))
        page.goto(service.url("kent", "/staff/cases"))
        page.locator("[name=reference]").fill("NOTHING/LIKE/IT")
        press(page, "Find")
        eye.look("no case found", at="main p")
        case = open_case(page, service, "kent")
        for button, state in (("Publish update", "no update written"), ("Send reply", "no reply written")):
            press(page, button)
            eye.look(state, at=ERROR)
        page.locator("[name=update]").fill("We have looked at the cameras by the market.")
        press(page, "Publish update")
        eye.look("an update published", at=SUCCESS)
        if page.get_by_role("button", name="Forward", exact=True).count():
            press(page, "Forward")
            eye.look("forwarded to nobody", at=ERROR)
        page.goto(case)
        page.locator("a[href*='/people/']").first.click()
        press(page, "Record this")
        eye.look("an assessment with mistakes", at=ERROR)
        page.locator("[name=mobile]").fill("12")
        press(page, "Change contact details")
        eye.look("contact details with mistakes", at=ERROR)
        page.goto(case)
        page.get_by_role("link", name="Help them sign in again").first.click()
        press(page, "Send the link")
        eye.look("a link without a reason", at=ERROR)
        page.goto(case)
        page.get_by_role("link", name="Record somebody who acts for a victim").click()
        eye.look("somebody who acts for a victim", at="[name=kind]")
        press(page, "Record them")
        eye.look("somebody who acts for a victim with mistakes", at=ERROR)
        page.goto(service.url("kent", "/staff/next-on-duty"))
        eye.look("when an officer is on duty", at="[name=next_on_duty]")
        page.locator("[name=next_on_duty]").select_option(index=2)
        press(page, "Save")
        eye.look("when an officer is on duty is recorded", at=SUCCESS)
        page.goto(service.url("kent", "/admin"))
        eye.look("a page for somebody else", at="h1")
        assert eye.found == []
        assert len(eye.seen) >= 12


def test_every_state_of_the_contact_teams_pages_is_for_everybody(service: Service, chromium: Browser) -> None:
    with tab(chromium, size="375") as theirs:
        eye, page = Eye(theirs, "375"), theirs.page
        sign_in_staff(page, service.person("hub", "lincolnshire"))
        open_case(page, service, "lincolnshire")
        press(page, "Open case")
        eye.look("a case opened without a reason", at=ERROR)
        page.locator("[name=reason]").fill("The victim is on the phone")
        press(page, "Open case")
        eye.look("a case opened", at="#tell")
        page.goto(service.url("lincolnshire", "/staff/inbox"))
        press(page, "Take this")
        eye.look("a task taken", at="h1")
        page.goto(service.url("lincolnshire", "/staff/sign-out"))
        eye.look("staff signed out", at="h1")
        assert eye.found == []


@pytest.mark.parametrize("size", ["1280", "320"])
def test_an_administrator_changes_a_colour_and_takes_it_back(service: Service, chromium: Browser, size: str) -> None:
    with tab(chromium, size=size) as theirs:
        eye, page = Eye(theirs, size), theirs.page
        sign_in_staff(page, service.person("admin", "humberside"))
        page.goto(service.url("humberside", "/admin/branding"))
        before = page.get_by_label("Links", exact=True).input_value()
        page.get_by_label("Links", exact=True).fill("#57a0d3")
        press(page, "Review")
        eye.look("a colour that is too faint", at=ERROR)
        page.get_by_label("Links", exact=True).fill("#154d7f" if size == "320" else "#154d7e")
        press(page, "Review")
        eye.look("a change to review", at="[name=why]")
        press(page, "Publish")
        eye.look("a change without a reason", at=ERROR)
        page.locator("[name=why]").fill("Links like those of our own website")
        press(page, "Publish")
        eye.look("a change published", at=SUCCESS)
        page.get_by_role("link", name="Version").first.click()
        eye.look("a version", at="h1")
        assert page.locator("main").inner_text().count(before) == 1
        page.goto(service.url("humberside", "/admin/features"))
        page.get_by_label("Victims can write messages").click()
        press(page, "Review")
        press(page, "Give up these changes")
        eye.look("changes given up", at=SUCCESS)
        page.goto(service.url("humberside", "/admin/history/1"))
        press(page, "Use this version again")
        page.locator("[name=why]").fill("The old ones were better")
        press(page, "Publish")
        page.goto(service.url("humberside", "/admin/branding"))
        assert page.get_by_label("Links", exact=True).input_value() == before
        assert eye.found == []
        assert len(eye.seen) == 6


def test_colours_are_seen_and_judged_while_they_are_chosen(service: Service, chromium: Browser) -> None:
    with tab(chromium, size="1280") as theirs:
        eye, page = Eye(theirs, "1280"), theirs.page
        sign_in_staff(page, service.person("admin", "humberside"))
        page.goto(service.url("humberside", "/admin/branding"))
        shown = page.frame_locator("[data-colours]").locator("html")
        expect(shown).to_have_attribute("style", re.compile("--govuk-link-colour"))
        page.get_by_label("Links", exact=True).fill("#57a0d3")
        expect(page.locator("[data-check=link-page] [data-ratio]")).to_have_text("2.84")
        expect(page.locator("[data-check=link-page] [data-fails]")).to_be_visible()
        expect(shown).to_have_attribute("style", re.compile("--govuk-link-colour: ?#57a0d3"))
        eye.look("a colour while it is chosen", at="[data-colours]")
        page.get_by_label("Header background, choose from a palette").fill("#004d40")
        expect(page.get_by_label("Header background", exact=True)).to_have_value("#004d40")
        expect(shown).to_have_attribute("style", re.compile("--tmc-header-background: ?#004d40"))
        assert eye.found == []
    with tab(chromium, size="1280") as others:
        sign_in_staff(others.page, service.person("officer", "humberside"))
        for nowhere in ("/admin/preview", "/admin/preview/messages", "/admin/preview/contrast"):
            answer = others.page.goto(service.url("humberside", nowhere))
            assert answer
            assert answer.status == 404


def test_whoever_is_invited_to_work_here_registers(service: Service, chromium: Browser) -> None:
    address = "olwen.oakes@example.org"
    assert service.run("staff", "invite", "--force", "kent", "--role", "officer", address).returncode == 0
    with tab(chromium, size="320") as theirs:
        eye, page = Eye(theirs, "320"), theirs.page
        open_mail_to(page, service, address)
        page.locator("main a[href*='/staff/register/']").click()
        eye.look("staff registering", at="[name=password]")
        page.locator("main form button[type=submit]").first.click()
        eye.look("staff registering with mistakes", at=ERROR)
        for field in ("password", "repeat_password"):
            page.locator(f"[name={field}]").fill(PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        eye.look("setting up a second step", at=".tmc-squares")
        page.locator("[name=code]").fill("000000")
        press(page, "Continue")
        eye.look("a second step with mistakes", at=ERROR)
        key = page.locator(".tmc-key").inner_text().replace(" ", "")
        page.locator("[name=code]").fill(TOTP(key).now())
        press(page, "Continue")
        page.goto(service.url("kent", "/staff/sign-out"))
        page.locator("[name=email]").fill(address)
        page.locator("[name=password]").fill(PASSWORD)
        press(page, "Sign in")
        eye.look("one more step", at="[name=code]")
        press(page, "Continue")
        eye.look("one more step, with nothing", at=ERROR)
        assert eye.found == []


def test_every_state_of_the_console_is_for_everybody(service: Service, chromium: Browser) -> None:
    with tab(chromium, size="375") as theirs:
        eye, page = Eye(theirs, "375"), theirs.page
        sign_in_staff(page, service.person("operator"))
        for path, button, state in (
            ("/forces/new", "Put on board", "on board with mistakes"),
            ("/operators", "Invite", "an operator with mistakes"),
        ):
            page.goto(service.url("console", path))
            press(page, button)
            eye.look(state, at=ERROR)
        for path, state in (("/forces?q=xyzzy", "no force found"), ("/forces/nowhere", "no such force")):
            page.goto(service.url("console", path))
            eye.look(state, at="main p")
        page.goto(service.url("console", "/operators"))
        page.locator("[name=name]").fill("Olga Oake")
        page.locator("[name=email]").fill("olga.oake@example.org")
        press(page, "Invite")
        eye.look("an operator invited", at="h1")
        assert eye.found == []
