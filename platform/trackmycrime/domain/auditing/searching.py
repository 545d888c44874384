"""Looking for deeds in the audit: by day, by whom, by what was done and about which case. Looking is recorded itself."""

from base64 import b32encode
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.auditing import deeds
from trackmycrime.domain.auditing.deeds import DEEDS, Group
from trackmycrime.domain.staffing import members
from trackmycrime.kit.actor import Kind
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.folding import fold
from trackmycrime.kit.time import LONDON, now
from trackmycrime.kit.words import _
from trackmycrime.store import auditing as rows
from trackmycrime.store.auditing import CaseRow, Cursor, FoundRow, Wanted
from trackmycrime.tx import ForceTx

__all__ = ["PAGE", "Asked", "By", "Cursor", "Found", "about", "case_called", "case_or_none", "found", "page", "wanted"]

PAGE = 50
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
_HANDLE_BYTES = 5
_LAST_DAY = date(9999, 12, 30)


class By(StrEnum):
    """What sort of actor somebody is, as administrators ask for them. The words stand in addresses."""

    VICTIM = "victim"
    VISITOR = "visitor"
    STAFF = "staff"
    ADMINISTRATOR = "administrator"
    RECORD_SYSTEM = "record-system"
    OPERATOR = "operator"
    SERVICE = "service"


class Asked(Struct, frozen=True):
    """What is looked for; what is None is not asked. Days are of London, both included."""

    first: date | None = None
    last: date | None = None
    by: By | None = None
    group: Group | None = None
    staff_id: UUID | None = None
    case_id: UUID | None = None

    @property
    def kinds(self) -> list[str]:
        """What is asked for, without saying what is sought: all of a search that is recorded."""
        said: Mapping[str, object] = {
            "period": self.first or self.last,
            "actor": self.by,
            "deed": self.group,
            "staff": self.staff_id,
            "case": self.case_id,
        }
        return [name for name, value in said.items() if value is not None]


class Found(Struct, frozen=True):
    """A deed. `by` is None for an actor of no kind that is known; `actor` and `subject` name staff and connections alone.

    `handle` tells one victim from another without saying who they are, and so does `about` for whom something was done to.
    """

    id: UUID
    at: datetime
    by: By | None
    actor_id: UUID
    actor: str
    handle: str
    what: str
    basis: str
    case_id: UUID | None
    reference: str
    subject_id: UUID | None
    subject: str
    about: str
    reason: bytes | None
    data_key: bytes | None


_BY: Mapping[str, By] = {
    Kind.VICTIM: By.VICTIM,
    Kind.VISITOR: By.VISITOR,
    Kind.STAFF: By.STAFF,
    Kind.RECORD_SYSTEM: By.RECORD_SYSTEM,
    Kind.OPERATOR: By.OPERATOR,
    Kind.SERVICE: By.SERVICE,
}


async def page(tx: ForceTx, asked: Asked, after: Cursor | None) -> tuple[list[Found], Cursor | None]:
    """Return a page of deeds, newest first, and where the next begins; that somebody looked is recorded, and by what.

    Raises NotFound for a case or a member of staff that there is not.
    """
    await require_known(tx, asked)
    await audit.record(tx, "audit.searched", by=asked.kinds)
    return await found(tx, await wanted(tx, asked), after, PAGE)


async def export(tx: ForceTx, asked: Asked) -> None:
    """Record that deeds are taken away as a file for reading. Raises NotFound as `page` does."""
    await require_known(tx, asked)
    await audit.record(tx, "audit.exported", by=asked.kinds)


async def require_known(tx: ForceTx, asked: Asked) -> None:
    """Raise NotFound for a case or a member of staff that there is not."""
    if asked.case_id:
        await case_or_none(tx, asked.case_id)
    if asked.staff_id:
        await members.one(tx, asked.staff_id)


async def case_or_none(tx: ForceTx, case_id: UUID) -> CaseRow | None:
    """Return a case, None where it is not kept any more. Raises NotFound where there never was one."""
    case = await rows.case(tx, case_id)
    if case is None and not await rows.is_known(tx, case_id):
        raise NotFound(_("Page not found"))
    return case


async def wanted(tx: ForceTx, asked: Asked) -> Wanted:
    """Return what is looked for as the database is asked; administrators are those who are so now."""
    since, until = within(asked.first, asked.last)
    names = deeds.of_group(asked.group) if asked.group else ()
    if asked.staff_id:
        return Wanted(since, until, staff=(asked.staff_id,), deeds=names, case_id=asked.case_id)
    if asked.by in {By.STAFF, By.ADMINISTRATOR}:
        administrators = tuple(await rows.administrators(tx))
        if asked.by is By.ADMINISTRATOR:
            return Wanted(since, until, staff=administrators, deeds=names, case_id=asked.case_id)
        return Wanted(since, until, (Kind.STAFF,), but=administrators, deeds=names, case_id=asked.case_id)
    kinds = tuple(kind for kind, by in _BY.items() if by is asked.by) if asked.by else ()
    if names and not kinds and not asked.case_id:
        kinds = tuple(_BY)
    return Wanted(since, until, kinds, deeds=names, case_id=asked.case_id)


def within(first: date | None, last: date | None) -> tuple[datetime, datetime]:
    """Return the moments between which the days of London lie, the second one excluded; what is not said has no bounds."""
    since = datetime.combine(first, time(), LONDON) if first and first > _ALWAYS.date() else _ALWAYS
    until = datetime.combine(min(last, _LAST_DAY) + timedelta(days=1), time(), LONDON) if last else None
    return since, until or now() + timedelta(days=1)


async def found(tx: ForceTx, sought: Wanted, after: Cursor | None, limit: int) -> tuple[list[Found], Cursor | None]:
    """Return so many deeds behind a cursor, and where the next begin; None where there are no more."""
    read = await rows.found(tx, sought, after, limit + 1)
    shown = read[:limit]
    more = Cursor(shown[-1].at, shown[-1].id) if len(read) > limit else None
    return [_found(tx, row) for row in shown], more


def _found(tx: ForceTx, row: FoundRow) -> Found:
    by = _BY.get(row.actor_kind)
    basis = row.detail.get("basis", "") if row.what == "case.read" else ""
    is_about = row.what in deeds.ABOUT_VICTIMS and row.subject_id is not None
    return Found(
        id=row.id,
        at=row.at,
        by=by,
        actor_id=row.actor_id,
        actor=row.actor or "",
        handle=about(tx, row.actor_id) if by is By.VICTIM else "",
        what=row.what if row.what in DEEDS else "",
        basis=basis if isinstance(basis, str) else "",
        case_id=row.case_id,
        reference=row.reference or "",
        subject_id=row.subject_id if row.subject else None,
        subject=row.subject or "",
        about=about(tx, row.subject_id) if is_about and row.subject_id else "",
        reason=row.reason,
        data_key=row.data_key,
    )


def about(tx: ForceTx, person_id: UUID) -> str:
    """Return eight letters and digits that are always the same for a person, and lead nobody to who they are."""
    letters = b32encode(tx.keys.sign("audit handle", person_id.bytes)[:_HANDLE_BYTES]).decode()
    return f"{letters[:4]}-{letters[4:]}"


async def case_called(tx: ForceTx, reference: str) -> UUID:
    """Return the case of a reference as somebody types it. Raises Invalid."""
    case = await rows.by_reference(tx, fold(reference).upper()) if fold(reference) else None
    if case is None:
        raise Invalid({"reference": _("Your force has no crime with this reference")})
    return case.id
