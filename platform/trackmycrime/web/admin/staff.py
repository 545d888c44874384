"""Staff: everybody of the force, page by page, searched and sorted; and the same as a file."""

from collections.abc import Mapping
from urllib.parse import urlencode

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.staffing import administrators, members
from trackmycrime.domain.staffing.members import PAGE, SORTS, Member, State, Wanted
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, staff_words
from trackmycrime.web.common import dates, sheets
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.paging import page_number
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

type Options = tuple[tuple[str, str], ...]

_FILTERS = ("role", "unit", "state", "sort")


class MemberLine(Struct, frozen=True):
    """What the list says of somebody."""

    href: str
    name: str
    email: str
    collar_number: str
    role: str
    unit: str
    signs_in: str
    last: str
    state: str
    colour: str


class StaffPage(Struct, frozen=True):
    """All that the list shows. Where a name was searched for, the pages are forms: a name must not stand in an address."""

    done: str
    heading: str
    people: tuple[MemberLine, ...]
    wanted: dict[str, str]
    roles: Options
    states: Options
    sorts: Options
    units: tuple[str, ...]
    before: str
    after: str
    place: str
    searched: bool
    requests: str


class StaffController(Controller):
    """The force's people."""

    path = desk.STAFF

    @get(opt={"permission": Permission.ADMIN_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show a page of the list."""
        query = {name: request.query_params.get(name, "") for name in (*_FILTERS, "page", "done")}
        return await _shown(tx, visit, query, _confirmation(query["done"]))

    @post("/searches", opt={"permission": Permission.ADMIN_READ})
    async def search(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Show who is wanted. Sent as a form: nobody's name must stand in an address."""
        if not form.get("search", "").strip():
            return go(_address(form, 1))
        return await _shown(tx, visit, form)

    @get("/export", opt={"permission": Permission.ADMIN_READ})
    async def export(self, tx: NamedDependency[ForceTx]) -> Response[bytes]:
        """Return everybody as a file that can be imported again."""
        rows = [_cells(member) for member in await members.everybody(tx)]
        return sheets.download("staff.csv", sheets.written(heads(), rows))


def heads() -> tuple[str, ...]:
    """Return the heads of a file of people; those beyond the fifth are for reading only."""
    return (
        _("Name"),
        _("Email address"),
        _("Role"),
        _("Unit"),
        _("Collar number"),
        _("Access"),
        _("Last signed in"),
    )


def _cells(member: Member) -> tuple[str, ...]:
    last = dates.day(member.signed_in_at) if member.signed_in_at else ""
    role, access = staff_words.role(member.role), staff_words.states()[member.state]
    return (member.name, member.email, role, member.unit, member.collar_number, access, last)


def _confirmation(done: str) -> str:
    return {
        "imported": _("The file has been carried out. Everybody who is new gets their link by email."),
    }.get(done, "")


async def _shown(tx: ForceTx, visit: Visit, query: Mapping[str, str], done: str = "") -> Page:
    wanted = Wanted(*(query.get(name, "").strip() for name in ("search", *_FILTERS)))
    number = page_number(query.get("page", ""))
    found, total = await members.page(tx, wanted, number)
    more = number * PAGE < total
    shown = StaffPage(
        done=done,
        heading=ngettext("%(num)s person", "%(num)s people", total) if total else _("Nobody found"),
        people=tuple(map(_line, found)),
        wanted={"search": wanted.search, "role": wanted.role, "unit": wanted.unit, "state": wanted.state}
        | {"sort": wanted.sort if wanted.sort in SORTS else "name"},
        roles=(("", _("Everybody")), *staff_words.roles().items()),
        states=(("", _("Any")), *_states()),
        sorts=_sorts(),
        units=tuple(await members.units(tx)),
        before=_to(wanted, query, number - 1) if number > 1 else "",
        after=_to(wanted, query, number + 1) if more else "",
        place=_place(number, len(found), total),
        searched=bool(wanted.search),
        requests=_requests(len(await administrators.waiting(tx))),
    )
    return page("admin/staff/index.html", desk.frame(visit, desk.STAFF), page=shown)


def _line(member: Member) -> MemberLine:
    return MemberLine(
        href=f"{desk.STAFF}/{member.id}",
        name=member.name,
        email=member.email,
        collar_number=member.collar_number,
        role=staff_words.role(member.role),
        unit=member.unit or _("None"),
        signs_in=staff_words.signs_in(member),
        last=dates.day(member.signed_in_at) if member.signed_in_at else _("Never"),
        state=staff_words.states()[member.state],
        colour=staff_words.colour(member.state),
    )


def _states() -> Options:
    """Return what can be asked for: a lapsed invitation is an invitation."""
    return tuple((value, name) for value, name in staff_words.states().items() if value != State.LAPSED)


def _sorts() -> Options:
    return (
        ("name", _("Name")),
        ("unit", _("Unit")),
        ("role", _("Role")),
        ("signed_in", _("Last signed in")),
    )


def _to(wanted: Wanted, query: Mapping[str, str], number: int) -> str:
    """Return where another page is: its number alone where the search has to be sent along as a form."""
    return str(number) if wanted.search else _address(query, number)


def _address(query: Mapping[str, str], number: int) -> str:
    said = {name: query.get(name, "") for name in _FILTERS} | {"page": str(number) if number > 1 else ""}
    told = urlencode({name: value for name, value in said.items() if value})
    return f"{desk.STAFF}?{told}" if told else desk.STAFF


def _place(number: int, shown: int, total: int) -> str:
    first = (number - 1) * PAGE + 1
    return _("%(first)s to %(last)s of %(total)s", first=first, last=first + shown - 1, total=total) if shown else ""


def _requests(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(num)s person waits to become an administrator", "%(num)s people wait to become administrators", number
    )
