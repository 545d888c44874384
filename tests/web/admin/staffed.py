"""A force of its own with people to look after, for tests of what administrators do about staff."""

from uuid import UUID

from tests.cast import Browser, Employee, World
from tests.web.admin.configured import force_with

STAFF = "/admin/staff"


def about(name: str, slug: str, role: str = "officer", **more: str) -> dict[str, str]:
    """Return the form about somebody."""
    address = f"{name.rsplit(maxsplit=1)[-1].lower()}@{slug}.example.org"
    return {"name": name, "email": address, "role": role, "unit": "", "collar_number": "", **more}


async def hired(world: World, slug: str, name: str, role: str) -> tuple[Browser, UUID]:
    """Return the browser of somebody new who is signed in, and their id."""
    employee = Employee(name, role, f"{name.rsplit(maxsplit=1)[-1].lower()}@{slug}.example.org")
    await world.hire(slug, employee)
    browser = world.browser(slug)
    await browser.sign_in_as(employee)
    return browser, await id_of(world, slug, employee.email)


async def id_of(world: World, slug: str, email: str) -> UUID:
    """Return the id of who has an address."""
    ((found,),) = await world.ask(slug, "select id from app.staff where force_id = $1 and email = $2", email)
    return found


async def state_of(world: World, slug: str, email: str) -> tuple[str, bool]:
    """Return somebody's role, and whether they have access."""
    sql = "select role, active from app.staff where force_id = $1 and email = $2"
    ((role, active),) = await world.ask(slug, sql, email)
    return role, active


async def mails(world: World, slug: str, staff_id: UUID) -> int:
    """Return how many invitations wait to be sent to somebody."""
    sql = "select count(*) from app.notification where force_id = $1 and staff_id = $2 and kind = 'staff_invite' and state = 'queued'"
    ((number,),) = await world.ask(slug, sql, staff_id)
    return number


async def two_administrators(world: World) -> tuple[str, Browser, Browser]:
    """Return a force with two administrators who are signed in."""
    slug, (ada, amos) = await force_with(world, "Ada Ash", "Amos Ames")
    await ada.get(STAFF)
    await amos.get(STAFF)
    return slug, ada, amos
