"""Going everywhere as everybody in the hostile force: every form is filled with hostile text, every page is judged."""

import json

from playwright.sync_api import FilePayload, Page
from pyotp.totp import TOTP

from tests.cast import PASSWORD
from tests.journeys.conftest import Service
from tests.journeys.hostile import Watched, line, quoted, short, text
from tests.journeys.hostile_force import FORCE, OFFENCE, ROSA, SECOND, THIRD, VERA, dangers
from tests.journeys.hostile_ways import ways_to_sign_in
from tests.journeys.records import RecordSystem
from tests.journeys.test_arriving import open_mail_to
from tests.journeys.test_main_job import sign_in_staff


def invited(service: Service, role: str, email: str) -> str:
    """Invite a member of staff and return their link."""
    made = service.run("staff", "invite", "--force", FORCE, "--role", role, email, "--json")
    return str(json.loads(made.stdout)["link"])


def register_staff(page: Page, link: str) -> None:
    """Choose the password of an invited member of staff, and an app for the second step."""
    page.goto(link)
    page.get_by_label("Create a password").fill(PASSWORD)
    page.get_by_label("Repeat your password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.locator("[name=code]").fill(TOTP(page.locator(".tmc-key").inner_text().replace(" ", "")).now())
    page.get_by_role("button", name="Continue").first.click()
    page.wait_for_url(lambda url: "register" not in url and "sign-in" not in url)


def signed_out_pages(service: Service, seen: Watched) -> None:
    """Visit what anybody can see, and send the forms that anybody can send."""
    force = line("force")
    for path in ("/", "/help", "/privacy", "/accessibility", "/nowhere", "/sign-in", "/staff/sign-in"):
        seen.look(service.url(FORCE, path), force)
    seen.look(
        service.url(FORCE, "/support"), line("service"), line("helps"), line("whom"), line("areas"), line("hours")
    )
    for host, path in ((FORCE, "/sign-in"), (FORCE, "/staff/sign-in"), ("console", "/sign-in")):
        seen.look(service.url(host, f"{path}?next={quoted(line('next'))}"), line("next"))
        seen.fill_every_form(service.url(host, path))
    seen.fill_every_form(service.url(FORCE, "/sign-in?with=card"))
    for path in (
        f"/{quoted(line('path'))}",
        f"/register/{quoted(line('token'))}",
        f"/unsubscribe/{quoted(line('token'))}",
    ):
        seen.look(service.url(FORCE, path), force)
    seen.look(f"http://localhost:{service.port}/?q={quoted(line('q'))}", line("q"))
    seen.look(f"http://localhost:{service.port}/", force)


def arrive(service: Service, seen: Watched) -> None:
    """Register as the hostile victim, wrongly at first, and sign in."""
    open_mail_to(seen.page, service, VERA.email)
    seen.judge("the invitation")
    link = seen.page.locator("main a[href*='/register/']").get_attribute("href") or ""
    seen.fill_every_form(link)
    seen.page.goto(link)
    seen.page.get_by_label("Crime reference number").fill(VERA.reference)
    seen.page.get_by_label("Last name").fill(VERA.last_name)
    for label, number in (("Day", VERA.born.day), ("Month", VERA.born.month), ("Year", VERA.born.year)):
        seen.page.get_by_label(label).fill(str(number))
    seen.page.get_by_label("Create a password").fill(PASSWORD)
    seen.page.get_by_label("Repeat your password").fill(PASSWORD)
    seen.page.get_by_role("button", name="Create account").click()
    seen.page.wait_for_url("**/messages")


def victims_pages(service: Service, seen: Watched) -> None:
    """Read everything and write everything that a victim can."""
    paths = (
        "/messages",
        "/messages/call-requests",
        "/settings",
        "/settings/password",
        "/my-case",
        "/cases",
        "/support",
    )
    for path in paths:
        seen.fill_every_form(service.url(FORCE, path))
    ways_to_sign_in(service, seen)
    seen.page.goto(service.url(FORCE, "/property"))
    seen.page.get_by_role("link", name="Ask us to correct this").first.click()
    seen.fill_every_form(seen.page.url)
    seen.page.goto(service.url(FORCE, "/messages/call-requests"))
    seen.page.get_by_label("When is it safe to call you?").fill(text("when"))
    seen.page.get_by_role("button", name="Ask us to call you").click()
    seen.judge("asking for a call")
    seen.page.goto(service.url(FORCE, "/messages"))
    seen.page.get_by_label("Your message").fill("He is here and he is going to kill me.")
    seen.page.get_by_role("button", name="Send message").click()
    seen.fill_what_is_open("warned")
    look_as_victim(service, seen)


def look_as_victim(service: Service, seen: Watched, *more: str) -> None:
    """Read what a victim can."""
    seen.look(service.url(FORCE, "/cases"), VERA.reference, SECOND, line("force"))
    said = (text("message"), text("published"), text("stage"), line("officer"), line("unit"), line("team"))
    seen.look(service.url(FORCE, "/messages"), VERA.reference, *said, *more)
    item = (line("make"), line("model"), line("serial"), text("what"))
    seen.look(service.url(FORCE, "/property"), *item)
    seen.look(service.url(FORCE, f"/messages?done={quoted(line('done'))}&page={quoted(line('page'))}"))
    seen.look(service.url(FORCE, "/support"), line("service"))


def case_of(service: Service, seen: Watched, reference: str) -> str:
    """Return the address of a case, as the list of cases leads there."""
    seen.look(service.url(FORCE, "/staff/cases"), VERA.reference, SECOND, line("officer"))
    seen.page.get_by_role("link", name=reference).click()
    return seen.page.url


def look_as_staff(service: Service, seen: Watched, case: str, *more: str) -> None:
    """Read what staff can of the first case."""
    seen.look(service.url(FORCE, "/staff"))
    seen.look(service.url(FORCE, "/staff/cases"), VERA.reference, line("officer"))
    people = (f"{VERA.name} {VERA.last_name}", line("officer"), line("unit"), short("no"))
    facts = (OFFENCE, line("court"), line("hearing"), text("what"), line("make"), line("serial"))
    seen.look(case, VERA.reference, *people, *facts, text("message"), text("published"), text("stage"), *more)


def as_contact_team(service: Service, seen: Watched) -> None:
    """Work as the contact team: everything that is written, once with hostile text."""
    register_staff(seen.page, invited(service, "hub", "hub.hostile@example.org"))
    seen.fill_every_form(service.url(FORCE, "/staff/cases"))
    seen.look(service.url(FORCE, "/staff/inbox"), VERA.reference, text("message")[:200], text("when")[:200])
    for reference in (SECOND, VERA.reference):
        case = case_of(service, seen, reference)
        seen.fill_every_form(case)
        seen.page.goto(case)
        seen.page.get_by_label("Reason for opening this case").fill(line("reason"))
        seen.page.get_by_role("button", name="Open case").click()
        seen.judge(case)
        seen.fill_every_form(case)
    people_pages(seen, case_of(service, seen, VERA.reference))
    seen.fill_every_form(service.url(FORCE, "/staff/inbox"))
    look_as_staff(service, seen, case_of(service, seen, VERA.reference), text("update"), text("reply"))
    seen.look(case_of(service, seen, SECOND), text("outcome"))


def people_pages(seen: Watched, case: str) -> None:
    """Write what the contact team can about everybody on a case."""
    seen.fill_every_form(f"{case}/proxies")
    seen.page.goto(case)
    links = [str(link.get_attribute("href")) for link in seen.page.locator("main a[href*='/people/']").all()]
    assert links
    for link in dict.fromkeys(links):
        seen.fill_every_form(f"{seen.page.url.partition('/staff')[0]}{link}")


def those_at_risk(service: Service, victim: Watched, team: Watched) -> None:
    """Write what is asked of people at risk alone: copies that are shown or hidden, an address that waits, a code."""
    RecordSystem(service, FORCE).push(dangers())
    victim.fill_every_form(service.url(FORCE, "/my-case"))
    people_pages(team, case_of(service, team, VERA.reference))
    case = case_of(service, team, THIRD)
    team.page.get_by_label("Reason for opening this case").fill(line("reason"))
    team.page.get_by_role("button", name="Open case").click()
    team.page.goto(case)
    team.page.get_by_role("link", name=ROSA.last_name).first.click()
    for name in ("suits", "channel"):
        team.page.locator(f"input[name={name}]").first.check()
    for name in ("risk_stalking", *(f"day_{day}" for day in range(7))):
        team.page.locator(f"input[name={name}]").check()
    for name, hour in (("begins", "0"), ("ends", "24")):
        team.page.locator(f"select[name={name}]").select_option(hour)
    team.page.get_by_role("button", name="Record this").click()
    team.page.get_by_role("button", name="Send an invitation").click()
    team.judge("the code of an invitation")
    open_mail_to(victim.page, service, ROSA.email)
    victim.page.locator("main a[href*='/invitations/']").click()
    victim.fill_every_form(victim.page.url)


def as_operator(service: Service, seen: Watched) -> None:
    """Work as a national operator."""
    sign_in_staff(seen.page, service.person("operator"))
    for path in ("/forces", "/forces/new", "/operators"):
        seen.fill_every_form(service.url("console", path))
    seen.page.goto(service.url("console", "/operators"))
    seen.page.get_by_label("Name").fill(line("operator"))
    seen.page.get_by_label("Email address").fill("operator.hostile@example.org")
    seen.page.get_by_role("button", name="Invite").click()
    seen.judge("an invited operator", line("operator"))
    look_as_operator(service, seen)


def look_as_operator(service: Service, seen: Watched) -> None:
    """Read what an operator can."""
    asked = "&".join(f"{name}={quoted(line(name))}" for name in ("q", "stage", "sort", "direction"))
    seen.look(service.url("console", f"/forces?{asked}"), line("q"), line("sort"), line("direction"))
    seen.look(service.url("console", "/forces"), line("force"))
    seen.look(service.url("console", f"/forces/{FORCE}"), line("force"), line("team"))
    seen.look(service.url("console", f"/forces/new?force={quoted(line('chosen'))}"))
    seen.look(service.url("console", "/operators"), line("operator"))
    seen.look(service.url("console", "/audit"))


def as_administrator(service: Service, admin: Watched) -> None:
    """See how the force uses the service, and publish a hostile name and a hostile reason."""
    admin.look(service.url(FORCE, "/admin"), line("force"))
    admin.look(service.url(FORCE, "/admin/staff"), line("officer"))
    for text_of in ("page.messages", "email.news", "update.arrest"):
        admin.fill_every_form(service.url(FORCE, f"/admin/wording/{text_of}"))
    admin.fill_every_form(service.url(FORCE, "/admin/branding"))
    admin.page.goto(service.url(FORCE, "/admin/branding"))
    admin.page.locator("[name=from_name]").fill(line("from"))
    admin.page.locator("main").get_by_role("button", name="Review").click()
    admin.judge("the review", line("from"))
    admin.fill_every_form(service.url(FORCE, "/admin/review"))
    admin.look(service.url(FORCE, "/admin/history"), line("why"))
    admin.look(service.url(FORCE, "/admin/history/2"), line("why"), line("from"))
    admin.fill_every_form(service.url(FORCE, "/admin/history/1"))
    for kept in ("", "/holds", "/deletions", "/requests/new"):
        admin.fill_every_form(service.url(FORCE, f"/admin/retention{kept}"))
    support_directory(service, admin)


def support_directory(service: Service, admin: Watched) -> None:
    """Keep the list of services: on its forms, and by a file whose cells are hostile."""
    admin.look(service.url(FORCE, "/admin/support"), line("service"), line("areas"))
    service_page = admin.page.locator("tbody a").first.get_attribute("href") or ""
    for path in ("?due=yes", "/new", "/national", "/file"):
        admin.fill_every_form(service.url(FORCE, f"/admin/support{path}"))
    admin.fill_every_form(service.url(FORCE, service_page))
    for cell, said in (("<svg onload=fetch('/ran?cell')>", "Added: 1"), (line("cell"), "Write plain words")):
        quoted_cell = '"' + cell.replace('"', '""') + '"'
        rows = f"Name,Helps with,Who for,Phone\n{quoted_cell},Help,Anyone,0808 157 0000\n"
        admin.page.goto(service.url(FORCE, "/admin/support/file"))
        chosen: FilePayload = {"name": f"{short('file')}.csv", "mimeType": "text/csv", "buffer": rows.encode()}
        admin.page.get_by_label("File", exact=True).set_input_files(files=[chosen])
        admin.page.get_by_role("button", name="See what it changes").click()
        admin.page.get_by_text(said).first.wait_for()
        admin.judge("a file of services", *([cell] if said == "Added: 1" else []))
        if said == "Added: 1":
            admin.fill_what_is_open("packed")
