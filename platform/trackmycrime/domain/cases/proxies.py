"""Who acts for a victim (a parent, guardian, spokesperson, or a business's named contact): only as staff checked, for a time."""

from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from trackmycrime.domain import audit, feed, people
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.cases.assessments import concerned
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.people.safety import ADULT
from trackmycrime.kit.errors import Conflict, Invalid, NotFound
from trackmycrime.kit.time import birthday, today
from trackmycrime.kit.words import _
from trackmycrime.store.cases import links
from trackmycrime.tx import ForceTx

LASTS = (90, 180, 365)
"""For how many days somebody may act for a victim before it is checked again."""


class ProxyKind(StrEnum):
    """As whom somebody acts for a victim."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    SPOKESPERSON = "spokesperson"
    NAMED_CONTACT = "named_contact"


async def check(tx: ForceTx, case_id: UUID, person_id: UUID, kind: str, days: int, *, not_named: bool) -> date:
    """Let somebody act for a victim for so many days, and return the last of them: never past a child's 18th birthday.

    `not_named` says that the member of staff made sure that they are no suspect and not otherwise named in the case: the
    service knows of no suspects. Raises NotFound when they act for nobody on the case, Invalid for what is not answered,
    and Conflict when the victim is 18 already and was to be acted for as a child.
    """
    _require_answers(kind, days, not_named=not_named)
    case, link = await concerned(tx, case_id, person_id)
    if link.role != "proxy":
        raise NotFound(_("Page not found"))
    until = await _last_day(tx, link.proxy_for, ProxyKind(kind), days)
    await links.check_proxy(tx, case.id, person_id, kind, until)
    detail: dict[str, object] = {"kind": kind, "until": until.isoformat()}
    await audit.record_all(tx, [Deed("proxy.checked", person_id, case.id, detail=detail)])
    await feed.tell(tx, [Fact("proxy.checked", case.id, person_id, detail=detail)])
    return until


def _require_answers(kind: str, days: int, *, not_named: bool) -> None:
    wrong: dict[str, str] = {}
    if kind not in set(ProxyKind):
        wrong["kind"] = _("Say as whom they act for the victim")
    if days not in LASTS:
        wrong["lasts"] = _("Choose how long they may act for the victim")
    if not not_named:
        wrong["not_named"] = _("Make sure that they are no suspect, and not otherwise named in this case")
    if wrong:
        raise Invalid(wrong)


async def _last_day(tx: ForceTx, victim_id: UUID | None, kind: ProxyKind, days: int) -> date:
    victim = (await people.by_id(tx, [victim_id])).get(victim_id) if victim_id else None
    born = victim.identity.date_of_birth if victim else None
    until = today() + timedelta(days=days)
    if born is None:
        return until
    grown = birthday(born, ADULT)
    if grown > today():
        return min(until, grown - timedelta(days=1))
    if kind in {ProxyKind.PARENT, ProxyKind.GUARDIAN}:
        raise Conflict(_("The victim is 18 or older. Ask them whether somebody may speak for them, as a spokesperson."))
    return until
