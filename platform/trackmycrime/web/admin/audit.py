"""The audit: what was done in the force, newest first, searched by day, by whom, by what and by crime; and as a file."""

from collections.abc import AsyncGenerator

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Stream
from msgspec import Struct

from trackmycrime.domain import auditing
from trackmycrime.domain.auditing import Asked, Found, exporting, searching, wholeness
from trackmycrime.domain.auditing.exporting import COUNTED, Waiting
from trackmycrime.domain.staffing import members
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.time import LONDON
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceDoor, ForceTx
from trackmycrime.web.admin import audit_search, audit_words, desk, staff_words
from trackmycrime.web.admin.audit_search import DeedLine, Several, address
from trackmycrime.web.admin.audit_whole import verdict
from trackmycrime.web.common import dates, sheets
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

type Options = tuple[tuple[str, str], ...]

_MOST_LINES = 200_000  # of a file for reading
_PIECE = 500


class ChoiceLine(Struct, frozen=True):
    """Somebody whom a name may mean."""

    name: str
    about: str
    href: str


class AuditPage(Struct, frozen=True):
    """All that the page shows. `deeds` is None where nothing was looked for, because what was asked has to be put right."""

    form: Form
    actors: Options
    groups: Options
    asks: bool
    deeds: tuple[DeedLine, ...] | None
    choices: tuple[ChoiceLine, ...]
    newest: str
    older: str
    case_href: str
    staff_href: str
    proof_href: str
    sheet_href: str
    complete: str
    verdict: str
    broken: bool


class AuditController(Controller):
    """The audit."""

    path = desk.AUDIT

    @get(opt={"permission": Permission.ADMIN_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what was done, newest first."""
        query = {name: request.query_params.get(name, "") for name in audit_search.NAMES}
        asked, after = audit_search.asked(query), audit_search.after(query)
        found, more = await auditing.page(tx, asked, after)
        older = address(desk.AUDIT, asked, after=audit_search.behind(more)) if more else ""
        newest = address(desk.AUDIT, asked) if after else ""
        return await _shown(tx, visit, Form(await _filled(tx, asked), {}), asked, found, newest=newest, older=older)

    @post("/searches", opt={"permission": Permission.ADMIN_READ})
    async def search(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Go to what is looked for. Sent as a form: neither a name nor a reference must stand in an address."""
        try:
            return go(address(desk.AUDIT, await audit_search.read(tx, form)))
        except Several as several:
            return await _shown(tx, visit, refused(form, several), refusal=several, choices=_choices(form, several))
        except Invalid as refusal:
            return await _shown(tx, visit, refused(form, refusal), refusal=refusal)

    @get("/export", media_type="application/jsonl", opt={"permission": Permission.ADMIN_READ})
    async def export(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]
    ) -> Page | Stream:
        """Give what is looked for as a file that proves itself."""
        asked = audit_search.asked(dict(request.query_params))
        try:
            export = await exporting.prepare(tx, asked)
        except Invalid as refusal:
            filled = await _filled(tx, asked)
            return await _shown(tx, visit, refused(filled, refusal), asked, refusal=refusal)
        return _file("audit.jsonl", "application/jsonl", auditing.lines(visit.door, visit.actor, export))

    @get("/sheet", media_type="text/csv", opt={"permission": Permission.ADMIN_READ})
    async def sheet(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Stream:
        """Give what is looked for as a file to read."""
        asked = audit_search.asked(dict(request.query_params))
        await searching.export(tx, asked)
        return _file("audit.csv", "text/csv", _pieces(visit, visit.door, asked))


def _file(name: str, kind: str, content: AsyncGenerator[bytes]) -> Stream:
    return Stream(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


async def _pieces(visit: Visit, door: ForceDoor, asked: Asked) -> AsyncGenerator[bytes]:
    """Write the file for reading, some hundred lines at a time."""
    heads = (_("When"), _("Who"), _("What"), _("Crime reference"), _("About"), _("Rested on"))
    yield sheets.written(heads, ())
    written, after, more = 0, None, True
    while more and written < _MOST_LINES:
        async with door.open(visit.actor) as tx:
            found, after = await searching.found(tx, await searching.wanted(tx, asked), after, _PIECE)
        written, more = written + len(found), after is not None
        yield sheets.lines(map(_cells, found))
    if more:
        yield sheets.lines([(_("There is more than this file holds. Choose fewer days"),)])


def _cells(found: Found) -> tuple[str, ...]:
    line = audit_search.line(found)
    moment = found.at.astimezone(LONDON).isoformat(sep=" ", timespec="seconds")
    return (moment, line.who, line.what, line.reference, line.about, line.basis)


async def _filled(tx: ForceTx, asked: Asked) -> dict[str, str]:
    """Return the form as it asked for this, with the name and the reference that belong to the ids."""
    case = await searching.case_or_none(tx, asked.case_id) if asked.case_id else None
    member = await members.one(tx, asked.staff_id) if asked.staff_id else None
    return {
        "first": asked.first.isoformat() if asked.first else "",
        "last": asked.last.isoformat() if asked.last else "",
        "by": asked.by or "",
        "deed": asked.group or "",
        "staff": member.name if member else "",
        "reference": case.reference if case else "",
    }


def _choices(form: dict[str, str], several: Several) -> tuple[ChoiceLine, ...]:
    asked = audit_search.asked({name: form.get(name, "") for name in ("first", "last", "by", "deed")})
    return tuple(
        ChoiceLine(
            each.name,
            ", ".join(filter(None, (staff_words.role(each.role), each.unit, each.collar_number, each.email))),
            address(desk.AUDIT, asked, staff=str(each.id)),
        )
        for each in several.found
    )


async def _shown(
    tx: ForceTx,
    visit: Visit,
    form: Form,
    asked: Asked | None = None,
    found: list[Found] | None = None,
    *,
    newest: str = "",
    older: str = "",
    choices: tuple[ChoiceLine, ...] = (),
    refusal: Invalid | None = None,
) -> Page:
    wanted = asked or Asked()
    stands = await wholeness.of_force(tx)
    shown = AuditPage(
        form=form,
        actors=(("", _("Anybody")), *audit_words.actors().items()),
        groups=(("", _("Anything")), *audit_words.groups().items()),
        asks=bool(wanted.kinds),
        deeds=tuple(map(audit_search.line, found)) if found is not None else None,
        choices=choices,
        newest=newest,
        older=older,
        case_href=f"{audit_search.CASES}/{wanted.case_id}" if wanted.case_id else "",
        staff_href=f"{audit_search.STAFF}/{wanted.staff_id}" if wanted.staff_id else "",
        proof_href=address(f"{desk.AUDIT}/export", wanted),
        sheet_href=address(f"{desk.AUDIT}/sheet", wanted),
        complete=_complete(await exporting.waiting(tx)),
        verdict=verdict(stands),
        broken=wholeness.is_broken(stands),
    )
    return page("admin/audit/index.html", desk.frame(visit, desk.AUDIT), refusal=refusal, page=shown)


def _complete(waiting: Waiting) -> str:
    """Say until when a file that is made now is complete."""
    if not waiting.number:
        return _("Every entry is sealed: a file that you make now is complete.")
    if waiting.number >= COUNTED:
        return _(
            "At least %(number)s entries are not sealed yet. The file with the proof is complete until %(moment)s.",
            number=COUNTED,
            moment=dates.moment(waiting.until),
        )
    return ngettext(
        "%(num)s entry is not sealed yet. The file with the proof is complete until %(moment)s.",
        "%(num)s entries are not sealed yet. The file with the proof is complete until %(moment)s.",
        waiting.number,
        moment=dates.moment(waiting.until),
    )
