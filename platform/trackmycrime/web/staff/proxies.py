"""Recording by hand that somebody acts for a victim."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import cases
from trackmycrime.domain.cases import NotOpened, contacts, parties, proxies, proxy_records
from trackmycrime.domain.cases.proxy_records import Acting
from trackmycrime.domain.people import Identity
from trackmycrime.kit.actor import NOBODY
from trackmycrime.kit.errors import Conflict, Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.fields import Fields, uuid_or_none
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.staff import desk
from trackmycrime.web.staff.person_page import Options, kinds, lasts, not_named


class ProxyPage(Struct, frozen=True):
    """All that the form shows; options are pairs of a value and its words."""

    case_href: str
    victims: Options
    kinds: Options
    lasts: Options
    not_named: Options
    form: Form


class ProxiesController(Controller):
    """Those who act for the victims of a case."""

    path = "/staff/cases/{case_id:uuid}/proxies"

    @get(opt={"permission": Permission.PERSON_CHANGE})
    async def new(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], case_id: FromPath[UUID]
    ) -> Page | Redirect:
        """Ask who acts for whom."""
        try:
            return await _shown(tx, visit, case_id, Form({}, {}))
        except NotOpened:
            return go(f"{desk.CASES}/{case_id}")

    @post(opt={"permission": Permission.PERSON_CHANGE})
    async def create(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        case_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Record them."""
        try:
            recorded = await proxy_records.record(tx, case_id, _read(form))
        except (Invalid, Conflict) as refusal:
            wrong = refusal if isinstance(refusal, Invalid) else Invalid({"kind": refusal.message})
            return await _again(tx, visit, case_id, refused(form, wrong), refusal)
        done = "recorded" if recorded.may_act else "recorded_by_one"
        return go(f"{desk.CASES}/{case_id}/people/{recorded.person_id}?done={done}")


def _read(form: dict[str, str]) -> Acting:
    fields = Fields(form)
    victim = uuid_or_none(form.get("victim", ""))
    if victim is None:
        fields.errors["victim"] = _("Choose for whom they act")
    kind, not_named_here = form.get("kind", ""), "not_named" in form
    days = next((days for days in proxies.LASTS if str(days) == form.get("lasts")), 0)
    fields.collect(lambda: proxies.require_answers(kind, days, not_named=not_named_here))
    given = fields.text("given_names", _("Enter their first names"))
    last = fields.text("last_name", _("Enter their last name"))
    born = fields.date_of_birth(_("Enter their date of birth"))
    email, mobile = form.get("email", ""), form.get("mobile", "")
    fields.collect(lambda: contacts.clean(email, mobile))
    fields.require_good(
        "victim", "kind", "given_names", "last_name", "date_of_birth", "month", "year", "email", "mobile"
    )
    return Acting(victim or NOBODY, Identity(given, last, born), email, mobile, kind, days, not_named_here)


async def _shown(tx: ForceTx, visit: Visit, case_id: UUID, form: Form, *, status: int = 200) -> Page:
    case = await cases.read_by_staff(tx, case_id)
    found = await parties.on_case(tx, case)
    victims = tuple((str(each.id), each.name) for each in found if each.role == "victim")
    shown = ProxyPage(f"{desk.CASES}/{case.id}", victims, kinds(), lasts(), not_named(), form)
    return page("staff/proxies/new.html", await desk.frame(tx, visit, desk.CASES), status=status, page=shown)


async def _again(tx: ForceTx, visit: Visit, case_id: UUID, form: Form, refusal: Refusal) -> Page:
    """Show the form with what is wrong. What was refused is undone, but that the case was read again stays recorded."""
    await tx.close()
    async with visit.door.open(visit.actor) as reading:
        return await _shown(reading, visit, case_id, form, status=refusal.status)
