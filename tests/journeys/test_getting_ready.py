"""A new force gets ready by its administrator alone: from the link in an email to nothing that is left to do."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.cast import crime
from tests.journeys.conftest import Service
from tests.journeys.hostile_visits import register_staff
from tests.journeys.records import RecordSystem
from tests.journeys.seeing import Eye
from tests.journeys.test_arriving import open_mail_to
from tests.web.common.browser import tab
from trackmycrime.domain import onboarding
from trackmycrime.domain.tenancy import canonical

SLUG = "fenmarsh"
MOST_VIEWS = 40
_LINK = re.compile(r"http://\S+/staff/register/\S+")
_LOOKED_AT = (
    *("Decide which parts", "Say which crimes", "Read what victims are told", "Say who reads a message"),
    "Say how long things are kept",
)


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).first.click()


def invited(service: Service, role: str, address: str) -> str:
    """Let the national team invite somebody, and return the link."""
    said = service.run("staff", "invite", "--force", SLUG, "--role", role, address)
    found = _LINK.search(said.stdout)
    assert found, said.stderr
    return found[0]


def register_from_mail(service: Service, chromium: Browser, address: str) -> None:
    with tab(chromium) as theirs:
        open_mail_to(theirs.page, service, address)
        link = theirs.page.locator("main a[href*='/staff/register/']").get_attribute("href")
        register_staff(theirs.page, link or "")


def change_settings(page: Page, service: Service) -> None:
    page.goto(service.url(SLUG, "/admin/branding"))
    page.get_by_label("Header background", exact=True).fill("#12284b")
    press(page, "Review")
    page.goto(service.url(SLUG, "/admin/features"))
    page.get_by_label("Victims can write messages").check()
    press(page, "Review")
    page.goto(service.url(SLUG, "/admin/support/new"))
    for name, said in (("name", "Fen Door"), ("helps_with", "Somebody to talk to"), ("who_for", "Anyone")):
        page.locator(f"[name={name}]").fill(said)
    page.locator("[name=phone]").fill("01632 960123")
    press(page, "Save")
    page.goto(service.url(SLUG, "/admin/review"))
    page.locator("[name=why]").fill("Our first settings")
    press(page, "Publish")


def connect(page: Page, service: Service) -> dict[str, str]:
    """Add a connection, and return what the record system signs in with."""
    page.goto(service.url(SLUG, "/admin/clients/new"))
    page.locator("[name=name]").fill("Records")
    page.get_by_label(re.compile("password", re.IGNORECASE)).first.check()
    press(page, "Add this connection")
    told = [each.inner_text() for each in page.locator("main code").all()]
    return {"client_id": next(each for each in told if each.startswith(SLUG)), "client_secret": max(told, key=len)}


def test_a_new_force_gets_ready_in_few_pages(service: Service, chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "force.toml"
    file.write_bytes(canonical.write(onboarding.fresh(SLUG, "Fenmarsh Police", "101")))
    assert service.run("force", "apply", str(file)).returncode == 0
    views: list[str] = []
    with tab(chromium) as hers, tab(chromium) as colleagues:
        page, eye = hers.page, Eye(hers, "1280")
        page.on("framenavigated", lambda frame: views.append(frame.url) if frame == page.main_frame else None)
        register_staff(page, invited(service, "admin", "ann.ash@example.org"))
        eye.look("a force that is not ready", at=".govuk-task-list")
        change_settings(page, service)
        for role, address in (("hub", "hetty.hub@example.org"), ("officer", "otto.oak@example.org")):
            page.goto(service.url(SLUG, "/admin/staff/new"))
            page.locator("[name=email]").fill(address)
            page.locator("[name=name]").fill("Somebody New")
            page.locator("[name=role]").select_option(role)
            press(page, "Invite")
        made = connect(page, service)
        page.goto(service.url(SLUG, "/admin"))
        for part in _LOOKED_AT:
            page.get_by_role("button", name=re.compile(rf"It is right as it is\s*:\s*{part}")).click()
        eye.look("a force that is nearly ready", at=".govuk-task-list")
        register_staff(colleagues.page, invited(service, "admin", "amos.ash@example.org"))
        for address in ("hetty.hub@example.org", "otto.oak@example.org"):
            register_from_mail(service, chromium, address)
        RecordSystem(service, SLUG, made).push([crime("F/1/26", [])])
        page.goto(service.url(SLUG, "/admin"))
        expect(page.locator("main")).not_to_contain_text("Get ready to go live")
        assert eye.found == []
    assert len(views) < MOST_VIEWS, len(views)
