"""The form for a request about somebody's data that came another way."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from trackmycrime.domain.retention import rights
from trackmycrime.domain.retention.rights import NobodyFound, Right, Via
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.fields import Fields, day_or_none
from trackmycrime.web.common.visit import Visit

_ORDER = ("kind", "via", "crime_reference", "last_name", "date_of_birth", "month", "year", "received")


def kinds() -> dict[Right, str]:
    """Name what somebody may ask for."""
    return {
        Right.ACCESS: _("A copy of their data"),
        Right.CORRECTION: _("A correction"),
        Right.ERASURE: _("Erasure"),
    }


def ways() -> dict[Via, str]:
    """Name the ways in which requests come."""
    return {
        Via.LETTER: _("Letter"),
        Via.EMAIL: _("Email"),
        Via.TELEPHONE: _("Telephone"),
        Via.IN_PERSON: _("In person"),
    }


async def entered(tx: ForceTx, form: dict[str, str]) -> UUID:
    """Write a request down as a form has it, and return its id. Raises Invalid by field."""
    fields = Fields(form)
    kind, via = chosen(Right, form.get("kind", "")), chosen(Via, form.get("via", ""))
    if kind is None:
        fields.errors["kind"] = _("Choose what they ask for")
    if via is None:
        fields.errors["via"] = _("Choose how it came")
    reference = fields.text("crime_reference", _("Enter the crime reference number"), longest=60)
    last_name = fields.text("last_name", _("Enter their last name"))
    born = fields.date_of_birth(_("Enter their date of birth"))
    received = day_or_none(form.get("received", ""))
    if received is None:
        fields.errors["received"] = _("Enter the day it came, such as 3 8 2026")
    fields.require_good(*_ORDER)
    told = kind or Right.ACCESS, via or Via.LETTER, reference, last_name, born, received or date.min
    return await rights.enter(tx, *told)


async def note(visit: Visit, refusal: Invalid) -> None:
    """Record a try that found nobody, in a transaction of its own: the page that says no undoes the request's."""
    if isinstance(refusal, NobodyFound):
        async with visit.door.open(visit.actor) as noting:
            await rights.missed(noting)


def chosen[E: StrEnum](kind: type[E], text: str) -> E | None:
    """Return what a form has chosen, or None for anything that cannot be chosen."""
    return kind(text) if text in set(kind) else None
