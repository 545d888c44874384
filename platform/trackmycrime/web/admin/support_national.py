"""The national services: which of them the force's own pages leave out. Nobody but the national team changes what they say."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct, structs

from trackmycrime.domain import configuring
from trackmycrime.domain.configuring import ChangedMeanwhile
from trackmycrime.domain.support import national
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

NATIONAL = f"{desk.SUPPORT}/national"
_HIDE = "hide_"


class NationalLine(Struct, frozen=True):
    """A national service; one that is there `always` has no box."""

    box: str
    name: str
    helps_with: str
    phone: str
    always: bool


class NationalPage(Struct, frozen=True):
    """All that the form shows."""

    form: Form
    services: tuple[NationalLine, ...]


class SupportNationalController(Controller):
    """The services that help everywhere."""

    path = NATIONAL

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show the draft."""
        draft = await configuring.draft(tx)
        hidden = {f"{_HIDE}{name}": "yes" for name in draft.configuration.support_hidden}
        return _shown(visit, Form({**hidden, desk.REVISION: str(draft.revision)}, {}))

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def save(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Keep in the draft which of them are hidden."""
        draft = await configuring.draft(tx)
        hidden = tuple(sorted(name.removeprefix(_HIDE) for name in form if name.startswith(_HIDE)))
        try:
            await configuring.save(tx, structs.replace(draft.configuration, support_hidden=hidden), desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            return _shown(visit, desk.again(form, _worded(refusal), draft.revision, {}), refusal)
        return go(desk.REVIEW)


def _worded(refusal: Refusal) -> Refusal:
    if isinstance(refusal, Invalid) and any(path.startswith("support_hidden") for path in refusal.fields):
        return Invalid({"support_hidden": _("One of these services is not there, or may not be hidden. Choose again")})
    return refusal


def _shown(visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    lines = tuple(
        NationalLine(f"{_HIDE}{one.id}", one.name, one.helps_with, one.phone, one.always)
        for one in national.directory()
    )
    shown = NationalPage(form, lines)
    return page("admin/support/national.html", desk.frame(visit, desk.SUPPORT), refusal=refusal, page=shown)
