"""Every page in a real browser, at a desk, on a phone and on the narrowest screen: accessible, quiet, nothing stored."""

import re
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from tests.house.sentences import forms, kept, sentences
from tests.journeys.conftest import Service
from tests.journeys.test_main_job import sign_in_staff, sign_in_victim
from tests.web.common.browser import PICTURES, TRIED, Tab, faults, screenshot, tab
from tests.web.common.wire import KIB, Phone

pytestmark = pytest.mark.xdist_group("pages")

PUBLIC = ("/", "/sign-in", "/staff/sign-in", "/nowhere", "/sign-out", "/reset-password", "/sign-in?with=card")
INFORMATION = (
    "/help",
    "/help/safety",
    "/privacy",
    "/cookies",
    "/accessibility",
    "/rights",
    "/glossary",
    "/glossary?q=bail",
)
FOUND = ("/support", "/support?topic=1", "/support?q=xyzzy", "/glossary?q=xyzzy")
API = ("/api", "/api/events", "/api/reading")
APEX = ("/", "/?q=kent", "/help", "/privacy", "/accessibility")
ACCOUNT = (
    *("/settings/password", "/settings/hours", "/settings/sessions"),
    *("/settings/lock", "/settings/withdrawal", "/settings/closure"),
    *("/settings/sign-in", "/settings/sign-in/card", "/settings/sign-in/app", "/settings/sign-in/passkey"),
)
VICTIM = (
    "/messages",
    "/messages/call-requests",
    "/progress",
    "/property",
    "/property/copy",
    "/my-case",
    "/settings",
    "/support",
    "/help",
    "/rights",
    "/cases",
)
STAFF = ("/staff", "/staff/inbox", "/staff/cases", "/staff/deputies")
TRIAGE = ("/staff/records", "/staff/data-requests")
ROUTING = (
    *("/admin/routing", "/admin/routing/settings", "/admin/routing/units/new", "/admin/routing/units/1"),
    *("/admin/routing/rules/new", "/admin/routing/rules/1", "/admin/routing/test"),
    "/admin/routing/test?crime=vehicle&area=Oastbourne&day=27&month=11&year=2026&time=21:30",
)
WORDING = ("/admin/wording", "/admin/wording/page.start", "/admin/wording/subject.news", "/admin/wording/update.arrest")
ADMINISTRATION = (
    "/admin",
    "/admin/settings",
    *("/admin/branding", "/admin/branding/logo", "/admin/branding/footer", "/admin/settings/file"),
    "/admin/features",
    *WORDING,
    "/admin/crimes",
    "/admin/review",
    "/admin/history",
    "/admin/preview",
    "/admin/preview?show=phone",
    "/admin/preview?show=sign-in",
    "/admin/preview?show=sent",
    "/admin/preview/messages",
    "/admin/preview/sign-in",
    *("/admin/support", "/admin/support?q=xyzzy", "/admin/support/new", "/admin/support/f5ca2cbf7df6"),
    *("/admin/support/national", "/admin/support/file"),
    *ROUTING,
    "/admin/staff/sign-in",
    *("/admin/staff", "/admin/staff/new", "/admin/staff/requests", "/admin/staff/import"),
    *("/admin/clients", "/admin/clients/new", "/admin/clients/waiting", "/admin/clients/arrivals"),
    *("/admin/clients/first-load", "/admin/clients/test"),
    *("/admin/audit", "/admin/audit?by=staff&deed=signed-in", "/admin/audit?last=2001-01-01", "/admin/audit/whole"),
    *("/admin/figures", "/admin/figures?period=this", "/admin/figures?period=three"),
    *("/admin/retention", "/admin/retention/coming", "/admin/retention/holds", "/admin/retention/deletions"),
    *("/admin/retention/requests", "/admin/retention/requests/new"),
)
CONSOLE = ("/forces", "/forces/new", "/forces/kent", "/audit", "/operators")
_LIST = "Name,Helps with,Who for,Phone\nNew Door,Locks,Anyone,01632 960117\nMedway Lantern,Talk,Anyone,01632 960118\n"
_TELLING = 25  # letters: a shorter one may be part of a name


def look(opened: Tab, service: Service, host: str, paths: tuple[str, ...], size: str) -> list[str]:
    found: list[str] = []
    for path in paths:
        opened.errors.clear()
        opened.page.goto(service.url(host, path) if host else f"http://localhost:{service.port}{path}")
        if path == "/nowhere":  # the browser notes that the page itself was not found
            opened.errors[:] = [error for error in opened.errors if "404" not in error]
        found += [f"{host}{path} at {size}: {fault}" for fault in faults(opened)]
        if PICTURES:
            name = re.sub(r"[^a-z0-9]+", "-", path.strip("/")) or "home"
            screenshot(opened.page, Path(PICTURES) / f"{host or 'apex'}-{name}-{size}.png")
    return found


@pytest.mark.parametrize("size", TRIED)
def test_public_pages(service: Service, chromium: Browser, size: str) -> None:
    with tab(chromium, size=size) as opened:
        found = look(opened, service, "kent", (*PUBLIC, *INFORMATION, *FOUND, *API), size)
        opened.page.goto(service.url("kent", "/support"))
        site = opened.page.get_by_role("link", name="orchardlane.example.org").get_attribute("href") or ""
        found += look(opened, service, "kent", (site,), size)
        found += look(opened, service, "", APEX, size)
        found += look(opened, service, "console", ("/sign-in",), size)
        found += look(opened, service, "mailbox", ("/",), size)
        assert found == []


def open_invitation(opened: Tab, service: Service) -> tuple[str, str]:
    """Open an email with an invitation that nobody has used yet, and return its two links."""
    opened.page.goto(service.url("mailbox"))
    invitations = opened.page.get_by_role("link", name="Your invitation").all()
    for address in [link.get_attribute("href") or "" for link in invitations]:
        opened.page.goto(service.url("mailbox", address))
        links = [link.get_attribute("href") or "" for link in opened.page.locator("main a").all()]
        register = next((link for link in links if "/register/" in link), "")  # one at risk has a neutral link
        answer = opened.page.goto(register) if register else None
        if answer and answer.status == 200:
            opened.errors.clear()  # the browser noted that used ones were not found
            opened.page.go_back()
            return register, next(link for link in links if "/unsubscribe/" in link)
    raise AssertionError


@pytest.mark.parametrize("size", TRIED)
def test_what_a_message_leads_to_and_forms_with_mistakes(service: Service, chromium: Browser, size: str) -> None:
    with tab(chromium, size=size) as opened:
        register, unsubscribe = open_invitation(opened, service)
        found = [f"an email at {size}: {fault}" for fault in faults(opened)]
        for name, link in (("register", register), ("unsubscribe", unsubscribe)):
            opened.page.goto(link)
            found += [f"{name} at {size}: {fault}" for fault in faults(opened)]
        for host, path, button in (
            ("kent", "/sign-in", "Sign in"),
            ("kent", "/staff/sign-in", "Sign in"),
            ("console", "/sign-in", "Sign in"),
        ):
            opened.page.goto(service.url(host, path))
            opened.page.get_by_role("button", name=button).click()
            opened.page.get_by_role("heading", name="There is a problem").wait_for()
            # the browser notes that the form came back with 422
            opened.errors[:] = [error for error in opened.errors if "422" not in error]
            found += [f"{host}{path} with mistakes at {size}: {fault}" for fault in faults(opened)]
            opened.errors.clear()
        assert found == []


@pytest.mark.parametrize("size", TRIED)
def test_victims_pages(service: Service, chromium: Browser, size: str) -> None:
    with tab(chromium, size=size) as opened:
        sign_in_victim(opened.page, service.person("victim"))
        assert look(opened, service, "kent", (*VICTIM, *ACCOUNT), size) == []


@pytest.mark.parametrize("size", TRIED)
def test_pages_in_welsh(service: Service, chromium: Browser, size: str) -> None:
    with tab(chromium, size=size) as opened:
        sign_in_victim(opened.page, service.person("victim", "gwent"))
        opened.page.goto(service.url("gwent", "/messages?lang=cy"))
        found = [f"English on the first page at {size}: {text}" for text in english_on(opened.page)]
        for path in (*VICTIM, *INFORMATION, *(path for path in PUBLIC if "staff" not in path)):
            found += look(opened, service, "gwent", (path,), f"{size}-cy")
            found += [f"English on {path} at {size}: {text}" for text in english_on(opened.page)]
        assert found == []


def english_on(page: Page) -> list[str]:
    """Return the sentences of ours that a Welsh page says in English."""
    assert page.locator("html").get_attribute("lang") == "cy"
    parts = [" ".join(part.split()) for part in page.evaluate(_SPOKEN)]
    whole = " ".join(parts)
    return [text for text in _in_english() if text in parts or (len(text) >= _TELLING and text in whole)]


# What is marked as English is meant to be: what somebody wrote, or a name.
_SPOKEN = """() => {
  const copy = document.body.cloneNode(true)
  copy.querySelectorAll('[lang=en], script').forEach(part => part.remove())
  const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT), found = []
  while (texts.nextNode()) found.push(texts.currentNode.data)
  return found
}"""


@cache
def _in_english() -> tuple[str, ...]:
    said = {str(message.id): forms(message)[0] for message in sentences(kept()) if isinstance(message.id, str)}
    return tuple(text for text, welsh in said.items() if welsh and welsh != text and "%(" not in text)


@pytest.mark.parametrize("size", TRIED)
def test_staff_pages(service: Service, chromium: Browser, size: str) -> None:
    with tab(chromium, size=size) as opened:
        sign_in_staff(opened.page, service.person("officer"))
        found = look(opened, service, "kent", STAFF, size)
        opened.page.goto(service.url("kent", "/staff/cases"))
        opened.page.get_by_role("link", name=service.person("victim")["crime_reference"]).click()
        case = opened.page.url.partition(f":{service.port}")[2]
        found += look(opened, service, "kent", (case,), size)
        person = opened.page.locator("a[href*='/people/']").first.get_attribute("href")
        assert person
        opened.page.get_by_role("link", name="Help them sign in again").first.click()
        found += look(opened, service, "kent", (opened.page.url.partition(f":{service.port}")[2], person), size)
        assert found == []
    with tab(chromium, size=size) as opened:
        sign_in_staff(opened.page, service.person("hub", "humberside"))
        opened.page.goto(service.url("humberside", "/staff/cases"))
        opened.page.get_by_role("link", name=service.person("victim", "humberside")["crime_reference"]).click()
        opened.page.get_by_label("Reason for opening this case").wait_for()
        unopened = opened.page.url.partition(f":{service.port}")[2]
        assert look(opened, service, "humberside", (*STAFF, *TRIAGE, unopened), size) == []


@pytest.mark.parametrize("size", TRIED)
def test_the_consoles_pages(service: Service, chromium: Browser, size: str) -> None:
    with tab(chromium, size=size) as opened:
        sign_in_staff(opened.page, service.person("operator"))
        assert look(opened, service, "console", CONSOLE, size) == []


@pytest.mark.parametrize("size", TRIED)
def test_the_administrators_pages(service: Service, chromium: Browser, size: str) -> None:
    with tab(chromium, size=size) as opened:
        sign_in_staff(opened.page, service.person("admin"))
        assert look(opened, service, "kent", ADMINISTRATION, size) == []
        opened.page.goto(service.url("kent", "/admin/support/file"))
        for rows, heading in (("Name\n", "as a spreadsheet"), (_LIST, "What the file changes")):
            chosen: FilePayload = {"name": "list.csv", "mimeType": "text/csv", "buffer": rows.encode()}
            opened.page.get_by_label("File", exact=True).set_input_files(files=[chosen])
            opened.errors.clear()
            opened.page.get_by_role("button", name="See what it changes").click()
            opened.page.get_by_role("heading", level=1, name=heading).wait_for()
            opened.errors[:] = [error for error in opened.errors if "422" not in error]
            assert faults(opened) == [], heading
            if PICTURES:
                screenshot(opened.page, Path(PICTURES) / f"kent-admin-support-{heading[:4].lower()}-{size}.png")
        opened.page.goto(service.url("kent", "/admin/staff"))
        one = opened.page.locator("tbody tr", has_text="Officer").locator("th a").first.get_attribute("href") or ""
        assert look(opened, service, "kent", (one, f"{one}/suspension", f"{one}/departure"), size) == []
        opened.page.goto(service.url("kent", "/admin/audit?by=staff"))
        member = opened.page.locator("tbody a[href*='/audit/staff/']").first.get_attribute("href") or ""
        opened.page.goto(service.url("kent", "/admin/audit?deed=records"))
        case = opened.page.locator("tbody a[href*='/audit/cases/']").first.get_attribute("href") or ""
        assert look(opened, service, "kent", (member, case), size) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_newest_text_is_near_the_top_of_a_phone(service: Service, chromium: Browser, scripts: bool) -> None:
    with tab(chromium, size="375", scripts=scripts) as opened:
        sign_in_victim(opened.page, service.person("victim"))
        newest = opened.page.locator(".tmc-entry__body p").first
        box = newest.bounding_box()
        assert box
        assert box["y"] <= 600


def test_no_page_of_a_victim_is_large_on_a_first_visit(service: Service, chromium: Browser) -> None:
    with tab(chromium, size="375") as hers:
        sign_in_victim(hers.page, service.person("victim"))
        kept = hers.page.context.storage_state()
    wire: dict[str, int] = {}
    for path in ("/sign-in?as=somebody-else", *VICTIM, *ACCOUNT, *INFORMATION):
        with tab(chromium, size="375", kept=None if "sign-in" in path else kept) as first:
            wire[path] = Phone(first.page, slow=False).open(service.url("kent", path)).wire
    assert min(wire.values()) > 10 * KIB, "what came is counted"
    assert {path: size for path, size in wire.items() if size > 40 * KIB} == {}


def test_support_is_found_and_left_by_keyboard_alone_and_in_forced_colours(service: Service, chromium: Browser) -> None:
    with tab(chromium, size="320", forced_colours=True) as opened:
        opened.page.goto(service.url("kent", "/support"))
        opened.page.get_by_label("What happened").focus()
        opened.page.keyboard.type("Burg")
        opened.page.keyboard.press("Tab")
        opened.page.keyboard.press("Enter")
        opened.page.get_by_text("We found").wait_for()
        assert opened.page.locator("h3").first.inner_text() == "White Cliffs Safe Homes"
        assert "Burglary" not in opened.page.url
        opened.page.get_by_role("link", name="safehomes.example.org").focus()
        opened.page.keyboard.press("Enter")
        opened.page.get_by_role("heading", name="Before you go").wait_for()
        opened.page.get_by_role("link", name="Stay here").focus()
        outline = opened.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        assert faults(opened) == []


def test_support_and_words_work_without_scripts(service: Service, chromium: Browser) -> None:
    with tab(chromium, size="375", scripts=False) as opened:
        opened.page.goto(service.url("kent", "/support"))
        opened.page.get_by_label("Words to look for").fill("counselling")
        opened.page.get_by_role("button", name="Show services").click()
        assert opened.page.locator("h3").all_inner_texts() == ["Medway Lantern"]
        opened.page.goto(service.url("kent", "/glossary"))
        opened.page.get_by_label("Word to look for").fill("jury")
        opened.page.get_by_role("button", name="Search").click()
        assert "Twelve people" in opened.page.locator("main").inner_text()


def test_the_list_of_services_is_whole_on_paper(service: Service, chromium: Browser) -> None:
    with tab(chromium) as opened:
        opened.page.goto(service.url("kent", "/support"))
        opened.page.emulate_media(media="print")
        assert not opened.page.get_by_role("search").is_visible()
        assert not opened.page.locator(".govuk-exit-this-page").is_visible()
        assert opened.page.get_by_text("0808 157 0101", exact=True).is_visible()
        assert opened.page.get_by_text("orchardlane.example.org").is_visible()
