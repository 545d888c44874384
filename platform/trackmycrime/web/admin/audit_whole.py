"""Is the record whole? When the chain was last walked, how many links it has, and what was found."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.auditing import wholeness
from trackmycrime.domain.auditing.wholeness import Check, Wholeness
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import audit_words, desk
from trackmycrime.web.common import dates
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

WHOLE = f"{desk.AUDIT}/whole"


class CheckLine(Struct, frozen=True):
    """A walk along the chain that ended."""

    ended: str
    asked_by: str
    links: int
    found: str
    broken: bool


class WholePage(Struct, frozen=True):
    """All that the page shows. `fault` says how the record is broken, `whole_at` when it last was not."""

    done: str
    verdict: str
    broken: bool
    fault: str
    whole_at: str
    running: str
    checks: tuple[CheckLine, ...]


class AuditWholeController(Controller):
    """Whether the record is whole."""

    path = WHOLE

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what was found."""
        stands = await wholeness.of_force(tx)
        broken = wholeness.is_broken(stands)
        asked = request.query_params.get("done") == "asked" and stands.running is not None
        shown = WholePage(
            done=_("It is being looked at. Load this page again in a few minutes") if asked else "",
            verdict=verdict(stands),
            broken=broken,
            fault=_found(stands.ended[0]) if broken else "",
            whole_at=dates.moment(stands.whole_at) if stands.whole_at else "",
            running=_running(stands.running) if stands.running else "",
            checks=tuple(map(_line, stands.ended)),
        )
        return page("admin/audit/whole.html", desk.frame(visit, desk.AUDIT), page=shown)

    @post(opt={"permission": Permission.ADMIN_READ})
    async def ask(self, tx: NamedDependency[ForceTx]) -> Redirect:
        """Have it looked at now."""
        await wholeness.ask(tx)
        return go(f"{WHOLE}?done=asked")


def verdict(stands: Wholeness) -> str:
    """Say in a line how it stands."""
    if not stands.ended:
        return _("Nobody has looked yet whether the record is whole")
    if wholeness.is_broken(stands):
        return _("The record is not whole")
    last = stands.ended[0]
    moment = dates.moment(last.ended_at) if last.ended_at else ""
    return _("The record was whole on %(moment)s", moment=moment)


def _running(check: Check) -> str:
    return ngettext(
        "It is being looked at: %(num)s link so far.", "It is being looked at: %(num)s links so far.", check.links
    )


def _line(check: Check) -> CheckLine:
    return CheckLine(
        ended=dates.moment(check.ended_at) if check.ended_at else "",
        asked_by=check.asked_by or _("The service, once a day"),
        links=check.links,
        found=_found(check),
        broken=check.fault is not None,
    )


def _found(check: Check) -> str:
    if check.fault is None:
        return _("Whole")
    at = _("Broken at link %(number)s.", number=check.broken_at)
    return f"{at} {audit_words.faults()[check.fault]}"
