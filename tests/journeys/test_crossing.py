"""Other sites and other forces' sites: they send no form of ours, plant no session, and sign nobody in or out."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import pytest_asyncio
from litestar.routes import HTTPRoute
from msgspec import Struct
from playwright.sync_api import Browser, BrowserContext, Page
from psycopg import sql

from tests.cast import OPERATOR, PASSWORD, Employee, Victim, World
from tests.drill.people import new_force, new_victims
from tests.journeys.crossing import another_site, leading_to, setting
from tests.journeys.test_main_job import sign_in_staff, sign_in_victim
from tests.server import serving
from trackmycrime.web.common.edge import Surface
from trackmycrime.web.common.permissions import Permission, may

_ID = re.compile(r"\{\w+:uuid\}")
pytestmark = pytest.mark.xdist_group("service")

SESSION = "__Host-session"
SENDERS = ("victim", "hub", "supervisor", "admin")


class Site(Struct, frozen=True):
    """The real server, on which a force of our own has two victims and somebody of the contact team."""

    port: int
    force: str
    force_id: str
    other: str
    victims: list[Victim]
    staff: dict[str, Employee]
    paths: dict[str, str]

    def url(self, label: str, path: str = "/") -> str:
        """Return an address on one of its sites."""
        return f"http://{label}.localhost:{self.port}{path}"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(world: World, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    force, other = await new_force(world), await new_force(world)
    victims = await new_victims(world, force, 2, registered=2)
    staff = {role: Employee(f"Hal {role.title()}", role, f"{role}@{force}.example.org") for role in SENDERS[1:]}
    for employee in staff.values():
        await world.hire(force, employee)
    writer = world.browser(force)
    await writer.sign_in(victims[0])
    await writer.submit("/messages", message="A question that waits.")
    ((case,),) = await world.ask(
        force, "select id from app.case where force_id = $1 and reference = $2", victims[0].reference
    )
    ((task,),) = await world.ask(force, "select id from app.task where force_id = $1 and case_id = $2 limit 1", case)
    ids = {
        "case_id:uuid": str(case),
        "task_id:uuid": str(task),
        "token:str": "token",
        "slug:str": force,
        "number:int": "1",
    }
    with serving(world.settings, tmp_path_factory.mktemp("site") / "serve.log", to_browsers=True) as url:
        yield Site(
            int(url.rpartition(":")[2]), force, str((await world.force(force)).ref.id), other, victims, staff, ids
        )


@pytest.fixture(scope="module")
def evil() -> Iterator[int]:
    with another_site() as port:
        yield port


def forms(world: World, surface: Surface, site: Site, role: str) -> list[tuple[str, str, bool]]:
    """Return the address and the permission of every form that is this role's to send, and whether a mail provider may send it.

    Each form is the first role's that may send it; one that nobody here may send raises StopIteration.
    """
    senders = ("operator",) if surface is Surface.CONSOLE else SENDERS
    found: list[tuple[str, str, bool]] = []
    for route in world.app.surfaces[surface].routes:
        for handler in route.route_handlers if isinstance(route, HTTPRoute) else ():
            if "POST" in handler.http_methods and not route.path.startswith(("/api/", "/oauth/")):
                permission = Permission(handler.opt["permission"])
                if next(sender for sender in senders if may(sender, permission)) != role:
                    continue
                path = route.path
                for name, value in site.paths.items():
                    path = path.replace("{" + name + "}", value)
                path = _ID.sub(str(uuid4()), path)  # a form of ours is asked for before what it is about
                found.append((path, permission, bool(handler.opt.get("one_click"))))
    return found


def rows(world: World, site: Site) -> dict[str, int]:
    """Return how many rows the force has in each of its tables. Nothing asynchronous runs beside Playwright."""
    with psycopg.connect(world.settings.database_url_for("app")) as connection:
        connection.execute("select set_config('app.force_id', %s, true)", [site.force_id])
        listed = connection.execute(
            """select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where n.nspname = 'app' and c.relkind = 'p' and has_table_privilege(c.oid, 'select')"""
        ).fetchall()
        count = sql.SQL("select count(*) from app.{}")
        return {name: _first(connection.execute(count.format(sql.Identifier(name)))) for (name,) in listed}


def _first(cursor: psycopg.Cursor[tuple[Any, ...]]) -> int:
    row = cursor.fetchone()
    assert row
    return int(row[0])


def enter_as_victim(page: Page, site: Site, victim: Victim) -> None:
    person = {
        "url": site.url(site.force, "/sign-in"),
        "date_of_birth": victim.born.isoformat(),
        "crime_reference": victim.reference,
        "last_name": victim.last_name,
        "password": victim.password,
    }
    sign_in_victim(page, person)


def fill_in(page: Page, victim: Victim) -> None:
    page.get_by_label("Crime reference number").fill(victim.reference)
    page.get_by_label("Last name").fill(victim.last_name)
    for label, number in (("Day", victim.born.day), ("Month", victim.born.month), ("Year", victim.born.year)):
        page.get_by_label(label).fill(str(number))
    page.get_by_label("Password", exact=True).fill(victim.password)


def enter(page: Page, site: Site, role: str) -> None:
    """Sign in as somebody of this role."""
    match role:
        case "victim":
            enter_as_victim(page, site, site.victims[0])
        case "hub" | "supervisor" | "admin":
            email = site.staff[role].email
            known = {"url": site.url(site.force, "/staff/sign-in"), "email": email, "password": PASSWORD}
            sign_in_staff(page, known)
        case _:
            sign_in_staff(page, {"url": site.url("console", "/sign-in"), "email": OPERATOR, "password": PASSWORD})


def is_signed_in(page: Page, site: Site, role: str) -> bool:
    """Say whether this browser is still let in."""
    paths = {"victim": "/messages", "hub": "/staff", "supervisor": "/staff", "admin": "/admin"}
    label, path = (site.force, paths[role]) if role in paths else ("console", "/forces")
    page.goto(site.url(label, path))
    return "sign-in" not in page.url


@pytest.mark.parametrize("role", [*SENDERS, "operator"])
def test_another_site_sends_none_of_our_forms(
    world: World, site: Site, evil: int, chromium: Browser, role: str
) -> None:
    label, surface = ("console", Surface.CONSOLE) if role == "operator" else (site.force, Surface.FORCE)
    page = chromium.new_context().new_page()
    enter(page, site, role)
    before, answers = rows(world, site), dict[str, list[int]]()
    for path, permission, one_click in forms(world, surface, site, role):
        for neighbour in ("evil", f"evil.{label}"):  # another site; and one that shares our cookies' site
            status = posted(page, leading_to(f"{neighbour}.localhost", evil, site.url(label, path)))
            expected = 404 if one_click else 403
            if neighbour == "evil" and permission != Permission.PUBLIC:
                expected = 303  # the cookie is not sent along: whoever it is, is asked to sign in
            answers.setdefault(f"{neighbour} {path}", []).extend([status, expected])
    assert {name: told for name, told in answers.items() if told[0] != told[1]} == {}
    assert len(answers) >= 4
    assert rows(world, site) == before
    assert is_signed_in(page, site, role)


def posted(page: Page, trap: str) -> int:
    """Open a page that sends a form to us, and return our answer's status."""
    page.goto(trap)
    with page.expect_navigation(), page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        page.evaluate("document.forms[0].submit()")
    return sent.value.status


@pytest.mark.parametrize("role", ["victim", "hub", "operator"])
def test_a_link_on_another_site_signs_nobody_out(site: Site, evil: int, chromium: Browser, role: str) -> None:
    label, path = {"victim": (site.force, "/sign-out"), "hub": (site.force, "/staff/sign-out")}.get(
        role, ("console", "/sign-out")
    )
    page = chromium.new_context().new_page()
    enter(page, site, role)
    for neighbour in ("evil", f"evil.{label}"):
        page.goto(leading_to(f"{neighbour}.localhost", evil, site.url(label, path)))
        page.get_by_role("link", name="A prize").click()
        page.wait_for_load_state()
        assert is_signed_in(page, site, role), neighbour
    page.goto(site.url(label, path))
    assert not is_signed_in(page, site, role), "signing out by one's own link works"


def session_of(context: BrowserContext, url: str) -> str:
    """Return the session's cookie that the browser sends to an address, or "" for none."""
    return next((str(cookie.get("value")) for cookie in context.cookies(url) if cookie.get("name") == SESSION), "")


# Again until the browser shows it: right after a sign-out its answer may still be taking the old one away.
_PLANT = """([name, value]) => {
  document.cookie = `${name}=${value}; Path=/; Secure`
  return document.cookie.includes(value)
}"""


def plant(page: Page, url: str, value: str) -> None:
    """Set the cookie as a script on the site's own host could."""
    page.goto(url)
    page.wait_for_function(_PLANT, arg=[SESSION, value])
    assert session_of(page.context, url) == value


def is_nobody(chromium: Browser, url: str, value: str) -> bool:
    """Say whether a session's cookie lets nobody in at an address."""
    context = chromium.new_context()
    page = context.new_page()
    plant(page, url, value)
    page.goto(url)
    context.close()
    return "sign-in" in page.url


def test_a_session_that_was_planted_is_never_adopted(site: Site, chromium: Browser) -> None:
    url, planted = site.url(site.force, "/messages"), "a" * 43
    context = chromium.new_context()
    page = context.new_page()
    plant(page, url, planted)
    enter_as_victim(page, site, site.victims[0])
    mine = session_of(context, url)
    assert mine not in {planted, ""}
    assert is_nobody(chromium, url, planted)
    assert not is_nobody(chromium, url, mine)
    page.goto(site.url(site.force, "/sign-out"))
    assert session_of(context, url) == ""
    assert is_nobody(chromium, url, mine)


def test_whoever_signs_in_over_another_session_leaves_it_alone(site: Site, chromium: Browser) -> None:
    url = site.url(site.force, "/messages")
    attacker = chromium.new_context()
    enter_as_victim(attacker.new_page(), site, site.victims[1])
    theirs = session_of(attacker, url)
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site.url(site.force, "/sign-in"))
    fill_in(page, site.victims[0])
    page.evaluate(f"document.cookie = '{SESSION}={theirs}; Path=/; Secure'")  # while the form is open
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    seen = attacker.new_page()
    seen.goto(url)
    assert site.victims[0].reference not in seen.content()
    assert site.victims[1].reference in seen.content()


def test_cookies_of_a_neighbour_change_nothing(site: Site, evil: int, chromium: Browser) -> None:
    url = site.url(site.force, "/messages")
    attacker = chromium.new_context()
    enter_as_victim(attacker.new_page(), site, site.victims[1])
    theirs = session_of(attacker, url)
    tossed = [
        f"{name}={theirs}; Path={path}; Domain={domain}{secure}"
        for name in (SESSION, "session", "__Secure-session", "__host-session", " __Host-session")
        for domain in ("localhost", f"{site.force}.localhost")
        for path in ("/", "/messages")
        for secure in ("; Secure", "")
    ]
    for signed_in in (False, True):
        context = chromium.new_context()
        page = context.new_page()
        if signed_in:
            enter_as_victim(page, site, site.victims[0])
        for host in ("evil.localhost", f"evil.{site.force}.localhost", f"{site.other}.localhost"):
            page.goto(setting(host, evil, *tossed))
        page.goto(url)
        assert ("sign-in" in page.url) is not signed_in
        assert (site.victims[0].reference in page.content()) is signed_in
        assert site.victims[1].reference not in page.content()
    arrived = {str(cookie.get("name")) for cookie in context.cookies(url)}
    assert "session" in arrived, "the neighbour could set something"


def test_a_session_of_one_force_is_nobody_at_another(site: Site, chromium: Browser) -> None:
    context = chromium.new_context()
    enter_as_victim(context.new_page(), site, site.victims[0])
    mine = session_of(context, site.url(site.force))
    assert not is_nobody(chromium, site.url(site.force, "/messages"), mine)
    for label, path in ((site.other, "/messages"), (site.other, "/staff"), ("console", "/forces")):
        assert is_nobody(chromium, site.url(label, path), mine)
    assert session_of(context, site.url(site.other)) == session_of(context, site.url("console")) == ""
