"""One of the force's people: what they do, how it stands with their access, and what can be done about it."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.identity import deputies
from trackmycrime.domain.staffing import changing, members
from trackmycrime.domain.staffing.members import Member, State
from trackmycrime.domain.tasks import WORKERS
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, staff_words
from trackmycrime.web.admin.staff_invitation import told
from trackmycrime.web.common import dates
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.deputies import DeputyLine
from trackmycrime.web.common.deputies import lines as deputy_lines
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

_OUT = frozenset({State.NONE, State.ASKED, State.LEFT})


class MemberPage(Struct, frozen=True):
    """All that is shown of somebody. What does not apply is empty or false."""

    done: str
    href: str
    name: str
    facts: tuple[tuple[str, str], ...]
    state: str
    colour: str
    means: str
    own: bool
    named_by_feed: bool
    can_change: bool
    can_invite: bool
    can_resend: bool
    can_suspend: bool
    can_return: bool
    can_remove: bool
    can_have_deputy: bool
    invite_href: str
    deputies: tuple[DeputyLine, ...]
    deputy_form: Form
    form: Form
    roles: tuple[tuple[str, str], ...]
    units: tuple[str, ...]


class StaffMemberController(Controller):
    """One of the force's people."""

    path = f"{desk.STAFF}/{{staff_id:uuid}}"

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], staff_id: FromPath[UUID]
    ) -> Page:
        """Show them."""
        return await show(tx, visit, staff_id, done=_confirmation(request.query_params.get("done", "")))

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def change(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        staff_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Change their name, role, unit or collar number."""
        try:
            decision = await changing.change(tx, staff_id, told(form))
        except Invalid as refusal:
            return await show(tx, visit, staff_id, form=refused(form, refusal), refusal=refusal)
        done = "asked" if decision.asks else "moved" if decision.moves else "changed"
        return go(f"{desk.STAFF}/{staff_id}?done={done}")


async def show(
    tx: ForceTx,
    visit: Visit,
    staff_id: UUID,
    *,
    done: str = "",
    form: Form | None = None,
    deputy_form: Form | None = None,
    refusal: Invalid | None = None,
) -> Page:
    """Return the page of somebody; `form` or `deputy_form` is one of it that was refused. Raises NotFound."""
    found = await members.one(tx, staff_id)
    shown = MemberPage(
        done=done,
        href=f"{desk.STAFF}/{staff_id}",
        name=found.name,
        facts=_facts(found),
        state=staff_words.states()[found.state],
        colour=staff_words.colour(found.state),
        means=_means(found.state),
        own=staff_id == tx.actor.id,
        named_by_feed=bool(found.collar_number),
        can_change=found.state not in _OUT,
        can_invite=found.state in _OUT,
        can_resend=found.state in {State.INVITED, State.LAPSED},
        can_suspend=found.state in {State.ACTIVE, State.INVITED, State.LAPSED},
        can_return=found.state is State.SUSPENDED,
        can_remove=found.state is not State.LEFT,
        can_have_deputy=found.role in WORKERS and found.state is State.ACTIVE,
        invite_href=f"{desk.STAFF}/new?who={staff_id}",
        deputies=deputy_lines(await deputies.of(tx, staff_id), staff_id),
        deputy_form=deputy_form or Form({}, {}),
        form=form or Form(_filled(found), {}),
        roles=staff_words.choices(),
        units=tuple(await members.units(tx)),
    )
    return page("admin/staff/show.html", desk.frame(visit, desk.STAFF), refusal=refusal, page=shown)


def _filled(member: Member) -> dict[str, str]:
    return {"name": member.name, "role": member.role, "unit": member.unit, "collar_number": member.collar_number}


def _facts(member: Member) -> tuple[tuple[str, str], ...]:
    last = dates.moment(member.signed_in_at) if member.signed_in_at else _("Never")
    said = (
        (_("Email address"), member.email),
        (_("Role"), staff_words.role(member.role)),
        (_("Rank or title"), member.title),
        (_("Unit"), member.unit),
        (_("Collar number"), member.collar_number),
        (_("Signs in with"), staff_words.signs_in(member)),
        (_("Last signed in"), last),
    )
    return tuple((name, value) for name, value in said if value)


def _means(state: State) -> str:
    return {
        State.INVITED: _("They have a link by email, and have not used it."),
        State.LAPSED: _("They have not used their link within 72 hours. Send it again."),
        State.ASKED: _("Another administrator has to decide. Nothing was sent yet."),
        State.SUSPENDED: _("They cannot sign in until you take this back."),
        State.NONE: _("Your record system names this officer. They cannot sign in here."),
        State.LEFT: _("They cannot sign in. What they did stays in the record."),
    }.get(state, "")


def _confirmation(done: str) -> str:
    return {
        "changed": _("The change has been saved"),
        "moved": _(
            "They have another role now. They have been signed out, and what they had taken is in the inbox again"
        ),
        "asked": _("Another administrator has to decide this within 7 days"),
        "invited": _("A link is on its way to them. It works for 72 hours"),
        "suspended": _("They are suspended, and signed out everywhere"),
        "returned": _("They can sign in again"),
        "left": _("They have no access any more"),
        "deputy": _("This is recorded"),
        "deputy_ended": _("This has ended"),
    }.get(done, "")
