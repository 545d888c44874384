"""What staff do for one person on a case: say whether and how it is safe, change how they are reached, and invite them."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import NotOpened, assessments, contacts, proxies, reissue
from trackmycrime.domain.cases.assessments import FLAGS, Assessment
from trackmycrime.domain.people import SafeChannel, SafeContact
from trackmycrime.kit.errors import Conflict, Invalid
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import dates
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.staff import desk
from trackmycrime.web.staff.person_page import Filled, show, show_again

_ANY = "any"


class CodePage(Struct, frozen=True):
    """The one page that shows an activation code."""

    href: str
    code: str


class PeopleController(Controller):
    """One person on a case."""

    path = "/staff/cases/{case_id:uuid}/people/{person_id:uuid}"

    @get(opt={"permission": Permission.CASE_READ})
    async def show(
        self,
        request: AnyRequest,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        case_id: FromPath[UUID],
        person_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Show them, or ask first why the case is opened."""
        try:
            done = desk.confirmation(request.query_params.get("done", ""))
            return await show(tx, visit, case_id, person_id, done=done)
        except NotOpened:
            return go(f"{desk.CASES}/{case_id}")

    @post("/assessments", opt={"permission": Permission.PERSON_CHANGE})
    async def assess(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        case_id: FromPath[UUID],
        person_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Record whether the service suits them, and how it is safe to reach them."""
        try:
            await assessments.assess(tx, case_id, person_id, _assessment(form))
        except Invalid as refusal:
            filled = Filled(assessment=refused(form, refusal))
            return await show_again(tx, visit, case_id, person_id, filled, refusal)
        return _done(case_id, person_id, "assessed")

    @post("/contacts", opt={"permission": Permission.PERSON_CHANGE})
    async def change(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        case_id: FromPath[UUID],
        person_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Change their email address or mobile number."""
        try:
            email, mobile = form.get("email", ""), form.get("mobile", "")
            done = await contacts.change(tx, case_id, person_id, email, mobile)
        except Invalid as refusal:
            filled = Filled(contact=refused(form, refusal))
            return await show_again(tx, visit, case_id, person_id, filled, refusal)
        return _done(case_id, person_id, "contact" if done else "second")

    @post("/confirmations", opt={"permission": Permission.PERSON_CHANGE})
    async def confirm(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        case_id: FromPath[UUID],
        person_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Put what waits to be confirmed into use."""
        try:
            done = await contacts.confirm(tx, case_id, person_id, form.get("seen", ""))
        except Conflict as refusal:
            return await _conflict(tx, visit, case_id, person_id, refusal)
        return _done(case_id, person_id, "contact" if done else "second")

    @post("/rejections", opt={"permission": Permission.PERSON_CHANGE})
    async def keep(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        case_id: FromPath[UUID],
        person_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Drop what waits to be confirmed."""
        try:
            await contacts.keep(tx, case_id, person_id, form.get("seen", ""))
        except Conflict as refusal:
            return await _conflict(tx, visit, case_id, person_id, refusal)
        return _done(case_id, person_id, "kept")

    @post("/checks", opt={"permission": Permission.PERSON_CHANGE})
    async def check(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        case_id: FromPath[UUID],
        person_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Let them act for a victim, for a time."""
        try:
            kind, days, not_named = form.get("kind", ""), _days(form), "not_named" in form
            await proxies.check(tx, case_id, person_id, kind, days, not_named=not_named)
        except (Invalid, Conflict) as refusal:
            wrong = refusal if isinstance(refusal, Invalid) else Invalid({"kind": refusal.message})
            return await show_again(tx, visit, case_id, person_id, Filled(check=refused(form, wrong)), refusal)
        return _done(case_id, person_id, "checked")

    @post("/invites", opt={"permission": Permission.PERSON_CHANGE}, status_code=200)
    async def invite(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        case_id: FromPath[UUID],
        person_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Invite them, and tell their code now, where there is one: it is not kept, so no other page can show it."""
        try:
            code = await reissue.issue(tx, case_id, person_id)
        except Conflict as refusal:
            return await _conflict(tx, visit, case_id, person_id, refusal)
        if not code:
            return _done(case_id, person_id, "invited")
        shown = CodePage(f"{desk.CASES}/{case_id}/people/{person_id}", code)
        return page("staff/people/code.html", await desk.frame(tx, visit, desk.CASES), page=shown)


def _done(case_id: UUID, person_id: UUID, what: str) -> Redirect:
    return go(f"{desk.CASES}/{case_id}/people/{person_id}?done={what}")


async def _conflict(tx: ForceTx, visit: Visit, case_id: UUID, person_id: UUID, refusal: Conflict) -> Page:
    filled = Filled(other=Form({}, {"invite": refusal.message}))
    return await show_again(tx, visit, case_id, person_id, filled, refusal)


def _assessment(form: dict[str, str]) -> Assessment:
    wrong: dict[str, str] = {}
    suits, channel = form.get("suits", ""), form.get("channel", "")
    flags = tuple(flag for flag in FLAGS if f"risk_{flag}" in form)
    if suits not in {"suitable", "unsuitable"}:
        wrong["suits"] = _("Say whether this service suits them")
    if bool(flags) == ("asked_none" in form):
        wrong["risks"] = _("Choose the risks to them, or that you asked and there are none")
    if channel not in {_ANY, *SafeChannel}:
        wrong["channel"] = _("Choose how it is safe to reach them")
    if wrong:
        raise Invalid(wrong)
    return Assessment(suits == "suitable", flags, None if channel == _ANY else _safe(form, SafeChannel(channel)))


def _days(form: dict[str, str]) -> int:
    return next((days for days in proxies.LASTS if str(days) == form.get("lasts")), 0)


def _safe(form: dict[str, str], channel: SafeChannel) -> SafeContact:
    days = tuple(day for day in dates.DAYS if f"day_{day}" in form)
    begins, ends = _hour(form, "begins"), _hour(form, "ends")
    return SafeContact(channel, days, begins, ends, form.get("note", ""))


def _hour(form: dict[str, str], name: str) -> int:
    text = form.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 3 and int(text) <= 24):  # noqa: PLR2004 - hours of a day
        raise Invalid({name: _("Choose a time")})
    return int(text)
