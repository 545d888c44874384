"""The first page of a force's administrators: what the force has switched on, and who works here."""

from litestar import Controller, get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain.identity import staff
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.domain.ingest import arrivals
from trackmycrime.domain.tenancy.features import TO_COME
from trackmycrime.domain.tenancy.registry import Force
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, words
from trackmycrime.web.admin.arrivals import late
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit


class FeatureLine(Struct, frozen=True):
    """A part of the service, and whether the force has it."""

    name: str
    on: bool


class StaffLine(Struct, frozen=True):
    """Somebody who may sign in, or was asked to."""

    name: str
    email: str
    role: str
    registered: bool


class StartPage(Struct, frozen=True):
    """All that the first page shows."""

    force: str
    live: bool
    late: str
    features: tuple[FeatureLine, ...]
    staff: tuple[StaffLine, ...]


class StartController(Controller):
    """What an administrator sees first."""

    path = desk.START

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show how the force uses the service."""
        people = tuple(
            StaffLine(row.name, row.email or "", _role(row.role), bool(row.password_hash))
            for row in await staff.active(tx)
        )
        force = visit.site
        shown = StartPage(
            force.name, force.configuration.live, late(await arrivals.late_since(tx)), _features(force), people
        )
        return page("admin/start/index.html", desk.frame(visit, desk.START), page=shown)


def _features(force: Force) -> tuple[FeatureLine, ...]:
    return tuple(
        FeatureLine(name, force.has(feature)) for feature, name in words.features().items() if feature not in TO_COME
    )


def _role(role: str) -> str:
    return {
        StaffRole.OFFICER: _("Officer"),
        StaffRole.SUPERVISOR: _("Supervisor"),
        StaffRole.HUB: _("Contact team"),
        StaffRole.ADMIN: _("Administrator"),
    }[StaffRole(role)]
