"""Scripts in every text field, from record systems, forms, files and addresses: shown as text, executed zero times."""

import html
import json
from functools import partial
from pathlib import Path

import pytest
from msgspec import structs
from playwright.sync_api import Browser, Page, Route

from tests import cast
from tests.cast import PASSWORD, Victim, crime, event, moment
from tests.journeys.conftest import Service
from tests.journeys.hostile import PAYLOADS, Watched, fields_of_all_forms, line, short, text, watched
from tests.journeys.records import RecordSystem
from tests.journeys.test_arriving import open_mail_to
from tests.journeys.test_main_job import sign_in_staff
from trackmycrime.domain.tenancy import canonical
from trackmycrime.domain.tenancy.configuration import Configuration, Routing, SupportService

pytestmark = pytest.mark.xdist_group("service")

FORCE = "hostile"
VERA = Victim(line("given"), line("last"), short("REF1"), "vera.hostile@example.org")
SECOND = short("REF2")
OFFICER = {
    "collar_number": short("no"),
    "name": line("officer"),
    "role": line("rank"),
    "unit": line("unit"),
    "email": "officer.hostile@example.org",
}
ITEM = {
    "id": line("item"),
    "description": text("what"),
    "status": "missing",
    "make": line("make"),
    "model": line("model"),
    "serial": line("serial"),
}
# Asked of people at risk alone, or about an address that waits: nothing of these is given back (tests/web/staff/test_people.py).
ELSEWHERE = {"code", "seen", "shown"}
OFFENCE = f"Theft of pedal cycle {line('offence')}"


def configuration() -> Configuration:
    """Return a live force whose own texts are hostile."""
    plain = cast.configuration(FORCE, line("force"))
    service = SupportService(
        name=line("service"), helps_with=line("helps"), who_for=line("whom"), hours=line("hours"), phone="0808 157 0000"
    )
    return structs.replace(plain, routing=Routing(contact_team=line("team")), support=(service,))


def records() -> list[dict[str, object]]:
    """Return what a hostile record system says."""
    first = {"offence": {"title": OFFENCE}, "officer": OFFICER, "property": [ITEM], "summary": text("summary")}
    return [
        crime(VERA.reference, [VERA.as_event()], **first),
        crime(SECOND, [VERA.as_event()], reported_at=moment(9)),
        event("update.published", VERA.reference, text=text("published")),
        event("stage.changed", VERA.reference, stage="investigation", text=text("stage")),
        event("hearing.listed", VERA.reference, court=line("court"), hearing_type=line("hearing"), at=moment(-7)),
        event("outcome.recorded", SECOND, code=18, text=text("outcome")),
    ]


@pytest.fixture
def hostile(service: Service, tmp_path: Path) -> None:
    """Put the force on board, from its file, with what its record system says."""
    file = tmp_path / "force.toml"
    file.write_bytes(canonical.write(configuration()))
    applied = service.run("force", "apply", str(file))
    assert applied.returncode == 0, applied.stderr
    answer = RecordSystem(service, FORCE).push(records())
    assert (answer["held"], answer["rejected"]) == ([], [])


def invited(service: Service, role: str, email: str) -> str:
    """Invite a member of staff and return their link."""
    made = service.run("staff", "invite", "--force", FORCE, "--role", role, email, "--json")
    return str(json.loads(made.stdout)["link"])


def register_staff(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Create a password").fill(PASSWORD)
    page.get_by_label("Repeat your password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url(lambda url: "register" not in url)


def signed_out_pages(service: Service, seen: Watched) -> None:
    """Visit what anybody can see, and send the forms that anybody can send."""
    force = line("force")
    for path in ("/", "/help", "/privacy", "/accessibility", "/nowhere", "/sign-in", "/staff/sign-in"):
        seen.look(service.url(FORCE, path), force)
    seen.look(service.url(FORCE, "/support"), line("service"), line("helps"), line("whom"), line("hours"))
    for host, path in ((FORCE, "/sign-in"), (FORCE, "/staff/sign-in"), ("console", "/sign-in")):
        seen.look(service.url(host, f"{path}?next={quoted(line('next'))}"), line("next"))
        seen.fill_every_form(service.url(host, path))
    for path in (
        f"/{quoted(line('path'))}",
        f"/register/{quoted(line('token'))}",
        f"/unsubscribe/{quoted(line('token'))}",
    ):
        seen.look(service.url(FORCE, path), force)
    seen.look(f"http://localhost:{service.port}/?q={quoted(line('q'))}", line("q"))
    seen.look(f"http://localhost:{service.port}/", force)


def quoted(value: str) -> str:
    return "".join(f"%{byte:02X}" for byte in value.encode())


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
    seen.page.goto(case)
    links = [str(link.get_attribute("href")) for link in seen.page.locator("main a[href*='/people/']").all()]
    assert links
    for link in dict.fromkeys(links):
        seen.fill_every_form(f"{seen.page.url.partition('/staff')[0]}{link}")


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


@pytest.mark.usefixtures("hostile")
def test_hostile_text_is_shown_as_text_and_runs_nowhere(service: Service, chromium: Browser) -> None:
    faults: list[str] = []
    filled: set[str] = set()

    def note(*pages: Watched) -> None:
        for seen in pages:
            faults.extend(seen.faults)
            filled.update(seen.filled)

    with watched(chromium) as anybody, watched(chromium, policy=False) as bare:
        signed_out_pages(service, anybody)
        signed_out_pages(service, bare)
        note(anybody, bare)
    with watched(chromium) as victim, watched(chromium) as team, watched(chromium) as officer:
        arrive(service, victim)
        victims_pages(service, victim)
        as_contact_team(service, team)
        register_staff(officer.page, invited(service, "officer", OFFICER["email"]))
        look_as_staff(service, officer, case_of(service, officer, VERA.reference), text("update"), text("reply"))
        look_as_victim(service, victim, text("update"), text("reply"))
        for role, look in ((victim, look_as_victim), (officer, lambda s, w: look_as_staff(s, w, officer.page.url))):
            with watched(chromium, policy=False, like=role) as bare:
                look(service, bare)
                note(bare)
        note(victim, team, officer)
    with watched(chromium) as admin, watched(chromium) as operator:
        register_staff(admin.page, invited(service, "admin", "admin.hostile@example.org"))
        admin.look(service.url(FORCE, "/admin"), line("officer"), line("force"))
        as_operator(service, operator)
        with watched(chromium, policy=False, like=operator) as bare:
            look_as_operator(service, bare)
            note(bare)
        operator.look(service.url("mailbox"))
        note(admin, operator)
    assert faults == []
    assert fields_of_all_forms() - filled == ELSEWHERE


BROKEN_OUT = '">'  # of the attribute that the rest stands in
INJECTED = {"inline", "src", "html", "click", "timer"}
INJECTIONS = """() => {
  const heard = [], tries = [
    () => { const one = document.createElement('script'); one.textContent = "fetch('/ran?inline')"; document.body.append(one) },
    () => { const one = document.createElement('script'); one.src = 'data:text/javascript,fetch("/ran?src")'; document.body.append(one) },
    () => { document.body.insertAdjacentHTML('beforeend', "<img src=/static/no onerror=fetch('/ran?html')>") },
    () => { const one = document.createElement('button'); one.setAttribute('onclick', "fetch('/ran?click')"); document.body.append(one); one.click() },
    () => { setTimeout("fetch('/ran?timer')", 0) },
  ]
  document.addEventListener('securitypolicyviolation', event => heard.push(event.effectiveDirective))
  for (const one of tries) { try { one() } catch {} }
  return new Promise(done => setTimeout(() => done(heard), 300))
}"""


def answer_with(body: str, headers: dict[str, str], route: Route) -> None:
    route.fulfill(status=200, headers=headers, body=body)


@pytest.mark.parametrize("policy", [True, False], ids=["policy", "no-policy"])
def test_the_policy_alone_stops_what_escaping_let_through(service: Service, chromium: Browser, policy: bool) -> None:
    """Take the escaping away from real pages: their hostile text runs without the policy, and does not with it."""
    slug = "kent"
    addresses = (
        f"http://localhost:{service.port}/?q={quoted(PAYLOADS[3].replace('#', 'q'))}",
        service.url(slug, f"/sign-in?next={quoted(BROKEN_OUT + text('victim'))}"),
        service.url(slug, f"/staff/sign-in?next={quoted(BROKEN_OUT + text('staff'))}"),
    )
    with watched(chromium, policy=policy) as seen:
        for address in addresses:
            answer = seen.page.goto(address)
            assert answer
            raw = html.unescape(answer.text())
            headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
            seen.page.route(partial(str.__eq__, address), partial(answer_with, raw, headers))
            seen.page.goto(address)
            seen.page.wait_for_timeout(300)
        seen.page.goto(service.url(slug, "/help"))
        violations = seen.page.evaluate(INJECTIONS)
        ran = set(seen.ran)
        written = {f"{where}-{kind}" for where in ("victim", "staff") for kind in ("script", "img", "svg", "frame")}
        if policy:
            assert ran == set()
            assert len(violations) >= len(INJECTED)
            assert len(seen.refused) >= len(INJECTED | written)
        else:
            assert (INJECTED | written | {"q-quoted"}) - ran == set()
