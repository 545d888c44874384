"""Arriving: a crime is pushed, its victim is invited, registers and looks round; and signing in where many others have failed."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import PASSWORD, Victim, crime, event
from tests.journeys.conftest import Service
from tests.journeys.records import RecordSystem
from tests.journeys.seeing import Eye
from tests.journeys.test_main_job import sign_in_victim
from tests.web.common.browser import Tab, faults, tab
from trackmycrime.kit.words import _, speaking

pytestmark = pytest.mark.xdist_group("service")

# 64 characters before the @: the longest that an address may have there (RFC 5321, 4.5.3.1.1)
LONGEST = f"{'a-name-without-any-place-to-break-it-'}{'x' * 27}@example.org"
UPDATE, WRITTEN, ITEM = "We looked at the cameras by the market.", "It has a dent at the back.", "A green bicycle"


def push(service: Service, force: str, vera: Victim, language: str) -> None:
    """Push a crime with an update and property, as a new record system of the force."""
    item = {"id": "1", "description": ITEM, "status": "missing"}
    found = RecordSystem(service, force).push(
        [
            crime(vera.reference, [vera.as_event(language=language)], property=[item]),
            event("update.published", vera.reference, text=UPDATE),
        ]
    )
    assert found["accepted"] == 2, found


def open_mail_to(page: Page, service: Service, address: str) -> None:
    """Open the newest message to an address, as soon as there is one."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        page.goto(service.url("mailbox"))
        row = page.locator(".govuk-summary-list__row", has_text=address)
        if row.count():
            row.get_by_role("link").first.click()
            return
    raise AssertionError


def register(page: Page, vera: Victim) -> None:
    page.get_by_label(_("Crime reference number")).fill(vera.reference)
    page.get_by_label(_("Last name")).fill(vera.last_name)
    for label, number in ((_("Day"), vera.born.day), (_("Month"), vera.born.month), (_("Year"), vera.born.year)):
        page.get_by_label(label, exact=True).fill(str(number))
    page.get_by_label(_("Create a password"), exact=True).fill(PASSWORD)
    page.get_by_label(_("Repeat your password"), exact=True).fill(PASSWORD)
    page.get_by_role("button", name=_("Create account")).click()


def follow(page: Page, name: str) -> None:
    """Go to a page by the menu, which a narrow screen opens first."""
    menu = page.locator(".govuk-js-service-navigation-toggle")
    if menu.is_visible():
        menu.click()
    page.get_by_role("navigation").get_by_role("link", name=name).click()


def look_round(opened: Tab, vera: Victim) -> list[str]:
    """Write, then see every page there is; what is wrong with any is returned."""
    page = opened.page
    expect(page.get_by_text(UPDATE)).to_be_visible()
    found = faults(opened)
    page.get_by_label(_("Your message"), exact=True).fill(WRITTEN)
    page.get_by_role("button", name=_("Send message")).click()
    expect(page.get_by_text(_("Your message has been sent"))).to_be_visible()
    expect(page.get_by_text(WRITTEN)).to_be_visible()
    for name, heading, shown in (
        (_("Progress"), _("Progress"), _("What has happened so far")),
        (_("Property"), _("Missing or damaged property"), ITEM),
        (_("Settings"), _("Settings"), vera.email),
    ):
        follow(page, name)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(page.get_by_text(shown).first).to_be_visible()
        found += faults(opened)
    return found


def take_away(opened: Tab, to: Path) -> str:
    """Save "My case so far" and return it."""
    opened.page.get_by_role("link", name=_("Get a copy of what is here")).click()
    with opened.page.expect_download() as saved:
        opened.page.get_by_role("button", name=_("Save a copy on this device")).click()
    saved.value.save_as(to)
    return to.read_text()


@pytest.mark.parametrize(("language", "force", "size"), [("en", "kent", "1280"), ("cy", "gwent", "320")])
def test_the_whole_way_from_the_invitation_to_a_copy_with_the_longest_address(
    service: Service, chromium: Browser, tmp_path: Path, language: str, force: str, size: str
) -> None:
    vera = Victim("Vera", "Vane", f"AR/{size}/26", f"{size}{LONGEST[len(size) :]}")
    push(service, force, vera, language)
    with tab(chromium, size=size) as hers, speaking(language):
        open_mail_to(hers.page, service, vera.email)
        found = faults(hers)
        hers.page.locator("main a[href*='/register/']").click()
        register(hers.page, vera)
        expect(hers.page.get_by_text(vera.reference).first).to_be_visible()
        assert hers.page.locator("html").get_attribute("lang") == language
        found += look_round(hers, vera)
        copy = take_away(hers, tmp_path / "copy.html")
        assert all(text in copy for text in (vera.reference, UPDATE, WRITTEN, ITEM))
        follow(hers.page, _("Sign out"))
        expect(hers.page.get_by_role("heading", level=1)).to_have_text(_("You have signed out"))
        for _times in range(4):
            hers.page.go_back()
            assert vera.reference not in hers.page.content(), "Back shows nothing"
            assert not any(text in hers.page.content() for text in (UPDATE, WRITTEN, ITEM))
        assert "/sign-in" in hers.page.url
        assert found == []


def fill(page: Page, reference: str) -> None:
    page.get_by_label("Crime reference number").fill(reference)
    page.get_by_label("Last name").fill("Nobody")
    for label, number in (("Day", "1"), ("Month", "2"), ("Year", "1980")):
        page.get_by_label(label).fill(number)
    page.get_by_label("Password", exact=True).fill("a wrong guess of some length")
    page.get_by_role("button", name="Sign in").click()


def test_a_browser_on_a_crowded_network_works_and_gets_in(service: Service, chromium: Browser) -> None:
    slug = next(p["force"] for p in service.people if p.get("force", "kent") not in {"kent", "humberside"})
    victim = service.person("victim", slug)
    with tab(chromium, scripts=False) as guesser:
        for n in range(7):
            guesser.page.goto(service.url(slug, "/sign-in"))
            fill(guesser.page, f"GUESS/{n}")
        expect(guesser.page.get_by_text("There have been too many tries. Wait 1 minute").first).to_be_visible()
        assert guesser.page.get_by_label("Crime reference number").input_value() == "GUESS/6"
        assert guesser.page.get_by_label("Password", exact=True).input_value() == ""
    with tab(chromium, size="375") as hers:
        eye = Eye(hers, f"375-{slug}")
        hers.page.goto(service.url(slug, "/sign-in"))
        expect(hers.page.locator("input[name=work]")).to_have_count(1)
        eye.look("work first", at="main form")
        fill(hers.page, "GUESS/7")
        eye.look("too many tries", at=".govuk-error-summary")
        assert eye.found == []
        sign_in_victim(hers.page, victim)
        expect(hers.page.get_by_text(victim["crime_reference"]).first).to_be_visible()
        assert hers.errors == []
