"""One case: opening it with a reason, reading it, and telling its victims something."""

from contextlib import suppress
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import cases, messages, updates
from trackmycrime.domain.cases import NotOpened
from trackmycrime.domain.cases.timeline import SaidAlready
from trackmycrime.kit.errors import Invalid
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.fields import uuid_or_none
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.paging import page_number
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.staff import desk
from trackmycrime.web.staff.case_list import CaseLine, line
from trackmycrime.web.staff.case_page import Filled, show, show_again
from trackmycrime.web.staff.fields import ticked
from trackmycrime.web.staff.tasks import after


class OpeningPage(Struct, frozen=True):
    """All that is shown of a case before it is opened."""

    case: CaseLine
    form: Form


class CasesController(Controller):
    """One case, and what is made on it."""

    path = "/staff/cases/{case_id:uuid}"

    @get(opt={"permission": Permission.CASE_READ})
    async def show(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], case_id: FromPath[UUID]
    ) -> Page:
        """Show the case, or ask why it is opened."""
        query = request.query_params
        done = desk.confirmation(query.get("done", ""))
        try:
            return await show(tx, visit, case_id, number=page_number(query.get("page", "")), done=done)
        except NotOpened:
            return await _ask_why(tx, visit, case_id, Form({}, {}))

    @post("/openings", opt={"permission": Permission.CASE_OPEN})
    async def open(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        case_id: FromPath[UUID],
    ) -> Redirect | Page:
        """Open the case for this shift, and record why."""
        try:
            await cases.open_with_reason(tx, case_id, form.get("reason", ""))
        except Invalid as refusal:
            return await _ask_why(tx, visit, case_id, refused(form, refusal), status=refusal.status)
        return go(f"{desk.CASES}/{case_id}")

    @post("/updates", opt={"permission": Permission.CASE_TELL})
    async def publish(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        case_id: FromPath[UUID],
    ) -> Redirect | Page:
        """Publish an update."""
        try:
            with suppress(SaidAlready):
                text, to, language = form.get("update", ""), ticked(form, "to_"), form.get("update_language", "")
                await updates.publish(tx, case_id, text, to=to, language=language, once=form.get("once", ""))
        except Invalid as refusal:
            return await show_again(tx, visit, case_id, Filled(update=refused(form, refusal)), refusal)
        return go(f"{desk.CASES}/{case_id}?done=update")

    @post("/update-drafts", opt={"permission": Permission.CASE_TELL})
    async def begin(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        case_id: FromPath[UUID],
    ) -> Page:
        """Begin an update with a text of the force: nothing is kept, and nothing that was typed is lost."""
        try:
            begun = await updates.begin(tx, case_id, form.get("about", ""), form.get("update", ""))
        except Invalid as refusal:
            return await show_again(tx, visit, case_id, Filled(update=refused(form, refusal)), refusal)
        filled = Form({**form, "update": begun.text, "update_language": begun.language}, {})
        return await show(tx, visit, case_id, Filled(update=filled))

    @post("/replies", opt={"permission": Permission.CASE_TELL})
    async def reply(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        case_id: FromPath[UUID],
    ) -> Redirect | Page:
        """Answer a victim."""
        try:
            with suppress(SaidAlready):
                text, to = form.get("reply", ""), uuid_or_none(form.get("reply_to", ""))
                await messages.reply(tx, case_id, text, to=to, once=form.get("once", ""))
        except Invalid as refusal:
            wrong = Invalid({"reply_to" if name == "to" else name: text for name, text in refusal.fields.items()})
            return await show_again(tx, visit, case_id, Filled(reply=refused(form, wrong)), wrong)
        return go(await after(tx, case_id, "reply"))


async def _ask_why(tx: ForceTx, visit: Visit, case_id: UUID, form: Form, *, status: int = 200) -> Page:
    shown = OpeningPage(line(await cases.listed(tx, case_id)), form)
    return page("staff/cases/opening.html", await desk.frame(tx, visit, desk.CASES), status=status, page=shown)
