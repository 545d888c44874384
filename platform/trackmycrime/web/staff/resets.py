"""Helping a victim back in, once a member of staff has spoken with them: nothing else opens an account that was shut."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import losses, resets
from trackmycrime.domain.cases.resets import Helped
from trackmycrime.kit.errors import Conflict, Invalid
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.staff import desk


class ResetPage(Struct, frozen=True):
    """All that the page shows."""

    case_href: str
    href: str
    name: str
    person_href: str
    address: str
    state: str
    recorded: bool
    ways: str
    form: Form


class ResetsController(Controller):
    """A link to a new password for somebody on a case."""

    path = "/staff/cases/{case_id:uuid}/people/{person_id:uuid}/reset"

    @get(opt={"permission": Permission.CASE_READ})
    async def new(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        case_id: FromPath[UUID],
        person_id: FromPath[UUID],
    ) -> Page:
        """Ask how the member of staff made sure that it is them."""
        helped = await resets.about(tx, case_id, person_id)
        return await _form(tx, visit, helped, f"{desk.CASES}/{case_id}", person_id, Form({}, {}))

    @post(opt={"permission": Permission.CASE_TELL})
    async def create(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        case_id: FromPath[UUID],
        person_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Send the link."""
        try:
            await resets.send(tx, case_id, person_id, form.get("reset_reason", ""))
        except Invalid as refusal:
            helped = await resets.about(tx, case_id, person_id)
            again = refused(form, refusal)
            return await _form(tx, visit, helped, f"{desk.CASES}/{case_id}", person_id, again, status=refusal.status)
        return go(f"{desk.CASES}/{case_id}?done=reset")


class LossesController(Controller):
    """What somebody on a case has lost of their ways to sign in."""

    path = "/staff/cases/{case_id:uuid}/people/{person_id:uuid}/losses"

    @post(opt={"permission": Permission.PERSON_CHANGE})
    async def create(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        case_id: FromPath[UUID],
        person_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Remove their ways to sign in, or put it forward."""
        try:
            done = await losses.remove(tx, case_id, person_id, form.get("loss_reason", ""))
        except (Invalid, Conflict) as refusal:
            helped = await resets.about(tx, case_id, person_id)
            wrong = refusal if isinstance(refusal, Invalid) else Invalid({"loss_reason": refusal.message})
            case_href, again = f"{desk.CASES}/{case_id}", refused(form, wrong)
            return await _form(tx, visit, helped, case_href, person_id, again, status=refusal.status)
        return go(f"{desk.CASES}/{case_id}?done={'lost' if done else 'second'}")


async def _form(
    tx: ForceTx, visit: Visit, helped: Helped, case_href: str, person_id: UUID, form: Form, *, status: int = 200
) -> Page:
    person_href = f"{case_href}/people/{person_id}"
    shown = ResetPage(
        case_href=case_href,
        href=f"{person_href}/reset",
        name=helped.name,
        person_href=person_href,
        address=helped.address,
        state=_state(helped.state),
        recorded=helped.recorded,
        ways=_ways(helped.ways),
        form=form,
    )
    return page("staff/resets/new.html", await desk.frame(tx, visit, desk.CASES), status=status, page=shown)


def _state(state: str) -> str:
    return {
        "frozen": _("They locked their account, because somebody else may be reading. The link opens it again."),
        "closed": _("They have stopped using this service. The link lets them come back."),
    }.get(state, "")


def _ways(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "They have %(num)s other way to sign in: a passkey, an app, codes by text or a card of codes.",
        "They have %(num)s other ways to sign in: passkeys, an app, codes by text or a card of codes.",
        number,
    )
