"""What operators did, newest first."""

from datetime import datetime

from litestar import Controller, get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain.identity import operators
from trackmycrime.domain.identity.operators import NationalDeed
from trackmycrime.kit.words import _
from trackmycrime.tx import NationalTx
from trackmycrime.web.common import answers
from trackmycrime.web.common.answers import Page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.operator import console

MOST = 200


class DeedLine(Struct, frozen=True):
    """One deed in words; `about` is a force's slug or an operator's name, where it is not the one who did it."""

    at: datetime
    who: str
    what: str
    about: str


class AuditController(Controller):
    """The national audit."""

    path = "/audit"

    @get(opt={"permission": Permission.FORCES_READ})
    async def index(self, visit: NamedDependency[Visit], national: NamedDependency[NationalTx]) -> Page:
        """Show the newest deeds."""
        lines = [_line(deed) for deed in await operators.deeds(national, MOST)]
        return answers.page("operator/audit/index.html", console.frame(visit, "/audit"), lines=lines, most=MOST)


def _line(deed: NationalDeed) -> DeedLine:
    who = deed.who or _("The service itself")
    about = "" if deed.what in {"operator.signed_in", "operator.registered"} else deed.subject
    return DeedLine(deed.at, who, _words().get(deed.what, deed.what), about)


def _words() -> dict[str, str]:
    return {
        "force.configured": _("Published a configuration"),
        "force.provisioned": _("Put a force on board"),
        "operator.invited": _("Invited an operator"),
        "operator.registered": _("Chose a first password"),
        "operator.signed_in": _("Signed in"),
    }
