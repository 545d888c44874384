"""What is looked for in the audit, as it stands in an address: days, choices and ids. A name or a reference never does."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import auditing
from trackmycrime.domain.auditing import Asked, By, Cursor, Found, Group
from trackmycrime.domain.staffing import members
from trackmycrime.domain.staffing.members import Member
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import audit_words, desk
from trackmycrime.web.common import dates
from trackmycrime.web.common.fields import day_or_none, uuid_or_none

CASES, STAFF = f"{desk.AUDIT}/cases", f"{desk.AUDIT}/staff"
NAMES = ("first", "last", "by", "deed", "staff", "case", "after")
LONGEST_SEARCH = 80
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DIGITS = 17


class DeedLine(Struct, frozen=True):
    """A deed in words. What does not apply is empty."""

    at: str
    who: str
    who_href: str
    what: str
    basis: str
    reference: str
    case_href: str
    about: str


class Several(Invalid):
    """A name that several people fit."""

    def __init__(self, found: list[Member]) -> None:
        super().__init__({"staff": _("Several people fit. Choose one of them below")})
        self.found = found


def asked(query: Mapping[str, str]) -> Asked:
    """Return what an address asks for; a day or a choice that is none asks for nothing. Raises NotFound for an id that is none."""
    by, group = query.get("by", ""), query.get("deed", "")
    return Asked(
        first=day_or_none(query.get("first", "")),
        last=day_or_none(query.get("last", "")),
        by=By(by) if by in set(By) else None,
        group=Group(group) if group in set(Group) else None,
        staff_id=_id(query.get("staff", "")),
        case_id=_id(query.get("case", "")),
    )


def _id(text: str) -> UUID | None:
    found = uuid_or_none(text)
    if text and found is None:
        raise NotFound(_("Page not found"))
    return found


def after(query: Mapping[str, str]) -> Cursor | None:
    """Return where a page begins, as an address says it; None for its beginning."""
    moment, _dash, told = query.get("after", "").partition("-")
    found = uuid_or_none(told)
    if found is None or not (moment.isascii() and moment.isdecimal() and len(moment) < _DIGITS):
        return None
    return Cursor(_EPOCH + int(moment) * _MICROSECOND, found)


def behind(cursor: Cursor | None) -> str:
    """Return where the next page begins, for an address."""
    return f"{(cursor.at - _EPOCH) // _MICROSECOND}-{cursor.id.hex}" if cursor else ""


def address(path: str, wanted: Asked, **more: str) -> str:
    """Return where this is looked for."""
    said = {
        "first": wanted.first.isoformat() if wanted.first else "",
        "last": wanted.last.isoformat() if wanted.last else "",
        "by": wanted.by or "",
        "deed": wanted.group or "",
        "staff": str(wanted.staff_id or ""),
        "case": str(wanted.case_id or ""),
        **more,
    }
    told = urlencode({name: value for name, value in said.items() if value})
    return f"{path}?{told}" if told else path


async def read(tx: ForceTx, form: Mapping[str, str]) -> Asked:
    """Return what a form asks for. Raises Invalid by field, and Several where a name fits several people."""
    wrong: dict[str, str] = {}
    for name in ("first", "last"):
        if form.get(name, "").strip() and day_or_none(form[name]) is None:
            wrong[name] = _("Enter a day, such as 3 8 2026")
    reference, name = form.get("reference", "").strip(), form.get("staff", "").strip()
    case_id: UUID | None = None
    if reference:
        try:
            case_id = await auditing.case_called(tx, reference)
        except Invalid as refusal:
            wrong |= refusal.fields
    found = (await members.page(tx, members.Wanted(search=name), 1))[0] if name else []
    if name and not found:
        wrong["staff"] = _("Nobody of your force is called so")
    if wrong:
        raise Invalid(wrong)
    if len(found) > 1:
        raise Several(found)
    chosen = {name: form.get(name, "") for name in ("first", "last", "by", "deed")}
    ids = {"staff": str(found[0].id) if found else "", "case": str(case_id or "")}
    return asked({**chosen, **ids})


def line(found: Found) -> DeedLine:
    """Return a deed in words."""
    is_staff = found.by is By.STAFF and bool(found.actor)
    return DeedLine(
        at=dates.moment(found.at),
        who=audit_words.who(found),
        who_href=f"{STAFF}/{found.actor_id}" if is_staff else "",
        what=audit_words.deed(found.what),
        basis=audit_words.basis(found),
        reference=found.reference or (_("A case that is not kept any more") if found.case_id else ""),
        case_href=f"{CASES}/{found.case_id}" if found.case_id else "",
        about=audit_words.about(found),
    )
