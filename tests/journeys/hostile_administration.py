"""Going everywhere as an administrator of the hostile force: every form of the settings is filled with hostile text."""

from playwright.sync_api import FilePayload

from tests.journeys.conftest import Service
from tests.journeys.hostile import Watched, line, short
from tests.journeys.hostile_force import FORCE, first_load, waiting
from tests.journeys.records import RecordSystem


def as_administrator(service: Service, admin: Watched) -> None:
    """See how the force uses the service, and publish a hostile name and a hostile reason."""
    admin.look(service.url(FORCE, "/admin"), line("force"))
    admin.look(service.url(FORCE, "/admin/staff"), line("officer"))
    for text_of in ("page.messages", "email.news", "update.arrest"):
        admin.fill_every_form(service.url(FORCE, f"/admin/wording/{text_of}"))
    admin.fill_every_form(service.url(FORCE, "/admin/branding"))
    for path in ("/admin/branding/footer", "/admin/branding/logo", "/admin/settings/file"):
        admin.fill_every_form(service.url(FORCE, path))
    admin.look(service.url(FORCE, "/admin/branding/footer"), line("foot"))
    admin.page.goto(service.url(FORCE, "/admin/branding"))
    admin.page.locator("[name=from_name]").fill(line("from"))
    admin.page.locator("main").get_by_role("button", name="Review").click()
    admin.judge("the review", line("from"))
    admin.fill_every_form(service.url(FORCE, "/admin/review"))
    admin.look(service.url(FORCE, "/admin/history"), line("why"))
    admin.look(service.url(FORCE, "/admin/history/2"), line("why"), line("from"))
    admin.fill_every_form(service.url(FORCE, "/admin/history/1"))
    support_directory(service, admin)
    people_and_teams(service, admin)
    connections(service, admin)
    for path in ("", "/holds", "/deletions", "/requests/new"):
        admin.fill_every_form(service.url(FORCE, f"/admin/retention{path}"))
    audit(service, admin)
    admin.page.goto(service.url(FORCE, "/admin"))
    admin.page.get_by_role("button", name="It is right as it is").first.click()
    admin.fill_every_form(service.url(FORCE, "/admin"))


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


def people_and_teams(service: Service, admin: Watched) -> None:
    """Fill the forms about crimes, staff and where messages go."""
    admin.look(service.url(FORCE, "/admin/staff"), line("officer"))
    for path in ("", "/new", "/sign-in", "/requests"):
        admin.fill_every_form(service.url(FORCE, f"/admin/staff{path}"))
    rows = f"Name,Email address,Role,Unit,Collar number\n{short('sheet')},sheet@example.org,Officer,{short('unit')},7\n"
    chosen: FilePayload = {"name": f"{short('file')}.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    admin.page.goto(service.url(FORCE, "/admin/staff/import"))
    admin.page.get_by_label("CSV file").set_input_files(files=[chosen])
    admin.page.get_by_role("button", name="Look at it").click()
    admin.fill_what_is_open("mark")
    admin.fill_every_form(service.url(FORCE, "/admin/crimes"))
    for path in ("", "/settings", "/units/new", "/rules/new", "/test"):
        admin.fill_every_form(service.url(FORCE, f"/admin/routing{path}"))


def connections(service: Service, admin: Watched) -> None:
    """Fill the forms about the record system: its connections, what waits and what came."""
    RecordSystem(service, FORCE).push(first_load(), backfill=True)
    RecordSystem(service, FORCE).push(waiting())
    for path in ("/new", "/arrivals", "/first-load", "/waiting", "/test"):
        admin.fill_every_form(service.url(FORCE, f"/admin/clients{path}"))
    admin.page.goto(service.url(FORCE, "/admin/clients"))
    links = admin.page.locator("main tbody a, main .govuk-summary-list a").all()
    client = next(str(link.get_attribute("href")) for link in links)
    admin.fill_every_form(service.url(FORCE, client))


def audit(service: Service, admin: Watched) -> None:
    """Read who did what, and why somebody opened a case."""
    admin.fill_every_form(service.url(FORCE, "/admin/audit"))
    admin.fill_every_form(service.url(FORCE, "/admin/audit/whole"))
    admin.look(service.url(FORCE, "/admin/audit?deed=opened"))
    case = admin.page.locator("tbody a[href*='/audit/cases/']").first.get_attribute("href") or ""
    member = admin.page.locator("tbody a[href*='/audit/staff/']").first.get_attribute("href") or ""
    admin.look(service.url(FORCE, case), line("reason"))
    admin.look(service.url(FORCE, member), line("reason"))
