"""Asking for a call: how, on which number, and when it is safe to speak."""

from contextlib import suppress
from enum import StrEnum

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import messages
from trackmycrime.domain.cases.timeline import SaidAlready
from trackmycrime.domain.messages import CallWish, Days, Hours, Method, calls
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.victim import desk

type Options = tuple[tuple[str, str], ...]


class CallPage(Struct, frozen=True):
    """All that the page for asking for a call shows; options are pairs of a value and its words."""

    form: Form
    phone: str
    case: str
    methods: Options
    days: Options
    hours: Options


class CallsController(Controller):
    """Asking for a call."""

    path = "/messages/call-requests"

    @get(opt={"permission": Permission.MESSAGE_SEND})
    async def new(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show the form."""
        return _form(tx, visit, Form({}, {}))

    @post(opt={"permission": Permission.MESSAGE_SEND, "stands_on": "/messages/call-requests"})
    async def create(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Redirect | Page:
        """Ask for a call at a safe time."""
        case = await desk.case_of_form(tx, visit, form)
        try:
            with suppress(SaidAlready):
                await messages.ask_for_call(tx, case, _read(form), once=form.get("once", ""))
        except Refusal as refusal:
            return _form(tx, visit, refused(form, refusal), status=refusal.status)
        return go("/messages?done=call")


def _read(form: dict[str, str]) -> CallWish:
    return CallWish(
        _chosen(Method, form.get("method", "")),
        form.get("number", ""),
        _chosen(Days, form.get("days", "")),
        _chosen(Hours, form.get("hours", "")),
        form.get("when", ""),
    )


def _chosen[Choice: StrEnum](kind: type[Choice], value: str) -> Choice:
    """Return what was chosen; what no option has counts as nothing chosen."""
    return kind(value) if value in set(kind) else kind("")


def _form(tx: ForceTx, visit: Visit, form: Form, *, status: int = 200) -> Page:
    case = desk.own_case(visit)
    shown = CallPage(
        form=form,
        phone=frames.phone(visit),
        case=form.values.get("case") or str(case.id),
        methods=((Method.CALL, _("Call me")), (Method.TEXT_FIRST, _("Send me a text message first, then call"))),
        days=tuple((each, calls.days(each)) for each in Days if each),
        hours=tuple((each, calls.hours(each)) for each in Hours if each),
    )
    return page("victim/messages/call.html", desk.frame(tx, visit, case, "/messages"), status=status, page=shown)
