"""Who opened a case and why; and which cases somebody opened. As pages, and as files with the reasons where they are wanted."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from trackmycrime.domain.auditing import openings
from trackmycrime.domain.auditing.openings import MOST, Looker, Opening, Told
from trackmycrime.kit.time import LONDON
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import audit_search, audit_words, desk
from trackmycrime.web.common import dates, sheets
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit


class OpeningLine(Struct, frozen=True):
    """That somebody saw what is in a case. `why` is what they said, or what became of it; `that_day` how much they opened."""

    at: str
    who: str
    who_href: str
    what: str
    why: str
    quoted: bool
    that_day: str
    reference: str
    case_href: str


class LookerLine(Struct, frozen=True):
    """How often somebody saw what is in a case."""

    name: str
    href: str
    times: str
    between: str


class CasePage(Struct, frozen=True):
    """All that the page of a case shows; `reference` is "" for one that is not kept any more."""

    reference: str
    lookers: tuple[LookerLine, ...]
    openings: tuple[OpeningLine, ...]
    newest: str
    older: str
    sheet: str


class MemberPage(Struct, frozen=True):
    """All that the page of somebody shows."""

    name: str
    href: str
    wanted: dict[str, str]
    openings: tuple[OpeningLine, ...]
    newest: str
    older: str
    sheet: str
    deeds_href: str


class AuditCaseController(Controller):
    """Who opened a case."""

    path = f"{audit_search.CASES}/{{case_id:uuid}}"

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], case_id: FromPath[UUID]
    ) -> Page:
        """Show who saw what is in it, and why."""
        after = audit_search.after(dict(request.query_params))
        found = await openings.of_case(tx, case_id, after)
        href = f"{audit_search.CASES}/{case_id}"
        shown = CasePage(
            reference=found.reference,
            lookers=tuple(map(_looker, found.lookers)),
            openings=tuple(map(_line, found.openings)),
            newest=href if after else "",
            older=f"{href}?after={audit_search.behind(found.after)}" if found.after else "",
            sheet=f"{href}/sheet",
        )
        return page("admin/audit/case.html", desk.frame(visit, desk.AUDIT), page=shown)

    @get("/sheet", opt={"permission": Permission.ADMIN_READ})
    async def sheet(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], case_id: FromPath[UUID]
    ) -> Response[bytes]:
        """Give it as a file."""
        found = await openings.of_case(tx, case_id, limit=MOST)
        await openings.exported(tx, len(found.openings), case_id=case_id)
        return _download("case-openings.csv", found.openings, request.query_params)


class AuditMemberController(Controller):
    """Which cases somebody opened."""

    path = f"{audit_search.STAFF}/{{staff_id:uuid}}"

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], staff_id: FromPath[UUID]
    ) -> Page:
        """Show which cases they opened between two days, and why."""
        asked, after = _period(request.query_params), audit_search.after(dict(request.query_params))
        found = await openings.of_member(tx, staff_id, asked, after)
        href = f"{audit_search.STAFF}/{staff_id}"
        older = audit_search.address(href, asked, after=audit_search.behind(found.after)) if found.after else ""
        shown = MemberPage(
            name=found.member.name,
            href=href,
            wanted={
                "first": asked.first.isoformat() if asked.first else "",
                "last": asked.last.isoformat() if asked.last else "",
            },
            openings=tuple(map(_line, found.openings)),
            newest=audit_search.address(href, asked) if after else "",
            older=older,
            sheet=f"{href}/sheet",
            deeds_href=f"{desk.AUDIT}?staff={staff_id}",
        )
        return page("admin/audit/member.html", desk.frame(visit, desk.AUDIT), page=shown)

    @get("/sheet", opt={"permission": Permission.ADMIN_READ})
    async def sheet(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], staff_id: FromPath[UUID]
    ) -> Response[bytes]:
        """Give it as a file."""
        found = await openings.of_member(tx, staff_id, _period(request.query_params), limit=MOST)
        await openings.exported(tx, len(found.openings), staff_id=staff_id)
        return _download("openings.csv", found.openings, request.query_params)


def _period(query: Mapping[str, str]) -> audit_search.Asked:
    return audit_search.asked({name: query.get(name, "") for name in ("first", "last")})


def _looker(looker: Looker) -> LookerLine:
    opened = ngettext("opened it once with a reason", "opened it %(num)s times with a reason", looker.opened)
    looked = ngettext("looked at it %(num)s time", "looked at it %(num)s times", looker.looked)
    first, last = dates.day(looker.first_at), dates.day(looker.last_at)
    name = audit_words.victim(looker.handle) if looker.handle else looker.name or _("Not known")
    return LookerLine(
        name=name,
        href=f"{audit_search.STAFF}/{looker.staff_id}" if looker.staff_id and looker.name else "",
        times=", ".join([*([opened] if looker.opened else []), *([looked] if looker.looked else [])]),
        between=first if first == last else _("%(first)s to %(last)s", first=first, last=last),
    )


def _line(opening: Opening) -> OpeningLine:
    line = audit_search.line(opening.found)
    return OpeningLine(
        at=line.at,
        who=line.who,
        who_href=line.who_href,
        what=line.what,
        why=_why(opening) or line.basis,
        quoted=opening.told is Told.SAID,
        that_day=_that_day(opening),
        reference=line.reference,
        case_href=line.case_href,
    )


def _why(opening: Opening) -> str:
    if opening.told is Told.GONE:
        return _("A reason was given. The key of the case is gone, and nobody can read it any more.")
    return opening.reason


def _that_day(opening: Opening) -> str:
    if not opening.that_day:
        return ""
    return ngettext(
        "They opened %(num)s case on this day", "They opened %(num)s different cases on this day", opening.that_day
    )


def _download(name: str, found: Sequence[Opening], query: Mapping[str, str]) -> Response[bytes]:
    """Return openings as a file; the reasons are in it where they are asked for."""
    reasons = query.get("reasons") == "yes"
    heads = (_("When"), _("Who"), _("What"), _("Crime reference"), _("Cases they opened that day"))
    rows = [(*_cells(each), *((_why(each),) if reasons else ())) for each in found]
    return sheets.download(name, sheets.written((*heads, *((_("Reason"),) if reasons else ())), rows))


def _cells(opening: Opening) -> tuple[str, ...]:
    line = audit_search.line(opening.found)
    moment = opening.found.at.astimezone(LONDON).isoformat(sep=" ", timespec="seconds")
    return (moment, line.who, line.what, line.reference, str(opening.that_day or ""))
