"""Cases in a list: one's own first, and a search that leaves no reference in an address."""

from collections.abc import Sequence
from datetime import date

from litestar import Controller, get, post
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain import cases
from trackmycrime.domain.cases import Listed
from trackmycrime.kit.time import LONDON, now
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.staff import desk


class CaseLine(Struct, frozen=True):
    """What a list says of a case, before anybody opens it."""

    href: str
    reference: str
    offence: str
    status: str
    officer: str
    due: date | None
    late: bool


class CaseTable(Struct, frozen=True):
    """Some cases under what they have in common."""

    heading: str
    cases: tuple[CaseLine, ...]


class CaseListPage(Struct, frozen=True):
    """All that the list shows."""

    form: Form
    tables: tuple[CaseTable, ...]


class CaseListController(Controller):
    """The cases of the force."""

    path = desk.CASES

    @get(opt={"permission": Permission.CASE_READ})
    async def index(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show one's own cases, then those whose promise is due first."""
        own = await cases.of_actor(tx)
        mine = {case.id for case in own}
        others = [case for case in await cases.found_by_staff(tx, "") if case.id not in mine]
        tables = [_table(_("Your cases"), own), _table(_("Other cases, the next promise first"), others)]
        return await _shown(tx, visit, Form({}, {}), [table for table in tables if table.cases])

    @post("/searches", opt={"permission": Permission.CASE_READ})
    async def search(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page:
        """Show the cases whose reference begins so. Sent as a form: a reference must not stand in an address."""
        wanted = form.get("reference", "").strip()
        if not wanted:
            return await _shown(
                tx, visit, Form(form, {"reference": _("Enter a crime reference or its beginning")}), [], 422
            )
        found = await cases.found_by_staff(tx, wanted)
        heading = ngettext("%(num)s case found", "%(num)s cases found", len(found)) if found else _("No case found")
        return await _shown(tx, visit, Form(form, {}), [_table(heading, found)])


def _table(heading: str, found: Sequence[Listed]) -> CaseTable:
    return CaseTable(heading, tuple(map(line, found)))


def line(case: Listed) -> CaseLine:
    """Return a case as a list shows it."""
    return CaseLine(
        href=f"{desk.CASES}/{case.id}",
        reference=case.reference,
        offence=desk.offence(case.offence_group),
        status=desk.status(case.stage, None, closed=case.closed),
        officer=case.officer_name or _("No officer yet"),
        due=case.due_at.astimezone(LONDON).date() if case.due_at else None,
        late=is_late(case),
    )


def is_late(case: Listed) -> bool:
    """Say whether the victim should have heard by now."""
    return not case.closed and case.due_at is not None and case.due_at < now()


async def _shown(tx: ForceTx, visit: Visit, form: Form, tables: Sequence[CaseTable], status: int = 200) -> Page:
    frame = await desk.frame(tx, visit, desk.CASES)
    return page("staff/cases/list.html", frame, status=status, page=CaseListPage(form, tuple(tables)))
