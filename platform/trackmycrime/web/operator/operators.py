"""The operators themselves: who they are, and inviting another one."""

from datetime import datetime

from litestar import Controller, get, post
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain.identity import operators
from trackmycrime.domain.identity.operators import INVITE_LIVES, OperatorRow
from trackmycrime.kit.errors import Conflict, Invalid
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.tx import NationalTx
from trackmycrime.web.common import answers
from trackmycrime.web.common.answers import Page
from trackmycrime.web.common.fields import Fields
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.operator import console

_PATH = "/operators"


class OperatorLine(Struct, frozen=True):
    """An operator in the list."""

    name: str
    email: str
    state: str
    colour: str
    since: datetime


class OperatorsController(Controller):
    """The operators."""

    path = _PATH

    @get(opt={"permission": Permission.FORCES_READ})
    async def index(self, visit: NamedDependency[Visit], national: NamedDependency[NationalTx]) -> Page:
        """Show who there is, and the form that invites another."""
        return await _shown(visit, national, Form({}, {}), 200)

    @post(opt={"permission": Permission.FORCES_CHANGE}, status_code=200)
    async def create(
        self,
        visit: NamedDependency[Visit],
        national: NamedDependency[NationalTx],
        form: NamedDependency[dict[str, str]],
    ) -> Page:
        """Invite somebody, and tell their link now: it is not kept."""
        try:
            name, email = _read(form)
            token = await operators.invite(national, email, name)
        except (Invalid, Conflict) as refusal:
            return await _shown(visit, national, answers.refused(form, refusal), refusal.status)
        link = f"{visit.settings.origin('console')}/register/{token}"
        return answers.page("operator/operators/invited.html", console.frame(visit, _PATH), name=name, link=link)


def _read(form: dict[str, str]) -> tuple[str, str]:
    fields = Fields(form)
    name = fields.text("name", _("Enter the operator's name"))
    email = fields.text("email", _("Enter an email address in the correct format, like name@example.com"))
    fields.require_good()
    return name, email


async def _shown(visit: Visit, national: NationalTx, form: Form, status: int) -> Page:
    lines = [_line(operator) for operator in await operators.all_of_them(national)]
    frame = console.frame(visit, _PATH)
    return answers.page("operator/operators/index.html", frame, status=status, lines=lines, form=form)


def _line(operator: OperatorRow) -> OperatorLine:
    state, colour = _state(operator)
    return OperatorLine(operator.name, operator.email, state, colour, operator.invited_at)


def _state(operator: OperatorRow) -> tuple[str, str]:
    if not operator.active:
        return _("Stopped"), "govuk-tag--grey"
    if operator.password_hash:
        return _("Active"), "govuk-tag--green"
    if now() - operator.invited_at > INVITE_LIVES:
        return _("Invitation too old"), "govuk-tag--red"
    return _("Invited"), "govuk-tag--blue"
