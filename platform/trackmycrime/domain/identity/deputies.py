"""Who acts for whom while they are away: between two days, with what the other had and nothing more."""

from datetime import date, timedelta
from uuid import UUID

from trackmycrime.domain import audit
from trackmycrime.domain.identity import staff
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.time import today
from trackmycrime.kit.words import _
from trackmycrime.store.identity import deputies as rows
from trackmycrime.store.identity.deputies import DeputyRow
from trackmycrime.store.identity.staff import StaffRow
from trackmycrime.tx import ForceTx

Deputy = DeputyRow
LONGEST = timedelta(days=92)
AHEAD = timedelta(days=366)
_MOST = 200
_OTHERS = frozenset({StaffRole.ADMIN, StaffRole.SUPERVISOR})  # who may say so of other people
_WORKS = frozenset({StaffRole.OFFICER, StaffRole.SUPERVISOR, StaffRole.HUB})


async def absent(tx: ForceTx) -> frozenset[UUID]:
    """Return for whom whoever acts is a deputy today."""
    return frozenset(await rows.absent(tx, tx.actor.id))


async def absent_on(tx: ForceTx, officer_id: UUID | None, case_id: UUID) -> UUID | None:
    """Return for whom whoever acts today may see a case: its officer, or who has an open task on it; None for nobody."""
    away = await absent(tx)
    if officer_id in away:
        return officer_id
    return await rows.by_task(tx, tx.actor.id, case_id) if away else None


async def of(tx: ForceTx, staff_id: UUID) -> list[Deputy]:
    """Return who acts for somebody, and for whom they act, today or later. Raises NotFound as `name` does."""
    await _about(tx, staff_id)
    return await rows.of(tx, staff_id)


async def own(tx: ForceTx) -> list[Deputy]:
    """Return who acts for whoever asks, and for whom they act; for a supervisor who acts for whom in the force."""
    if _may_say_of_others(tx):
        return await rows.of_everybody(tx, _MOST)
    return await rows.of(tx, tx.actor.id)


async def name(tx: ForceTx, absent_id: UUID, email: str, days: tuple[date, date]) -> None:
    """Say who (by email address) acts for somebody from the first of the days to the last.

    Said by an administrator, a supervisor or whoever is away, and never by who would act. Raises NotFound for anybody else,
    and Invalid by field: `deputy`, `from_day`, `until_day`.
    """
    away = await _about(tx, absent_id)
    if not _may_work(away):
        raise Invalid({"deputy": _("%(name)s has no access to cases, so nobody can act for them", name=away.name)})
    deputy = await _chosen(tx, away, email)
    _require_good(days)
    if await rows.overlaps(tx, absent_id, *days):
        raise Invalid({"from_day": _("Somebody acts for them on some of these days already. End that first")})
    deputy_row = await rows.add(tx, absent_id, deputy.id, days, tx.actor.id)
    await audit.record(tx, "deputy.named", subject_id=deputy_row, absent=str(absent_id), deputy=str(deputy.id))


async def absent_by_email(tx: ForceTx, email: str) -> UUID:
    """Return who is away: whoever acts, where no address is given. Raises Invalid for an address that nobody has.

    Only who may say so of others learns whether anybody has it.
    """
    if not email.strip() or not _may_say_of_others(tx):
        return tx.actor.id
    found = await staff.by_email(tx, email)
    if found is None:
        raise Invalid({"absent": _("Enter the email address of somebody who has access to cases")})
    return found.id


async def end(tx: ForceTx, deputy_id: UUID, *, about: UUID | None = None) -> None:
    """End it at once. Raises NotFound for who is neither of the two and may not say so of others.

    Where it is said on the page of somebody it has to be `about` them.
    """
    found = await rows.one(tx, deputy_id)
    if found is None or not (_may_say_of_others(tx) or tx.actor.id in {found.absent_id, found.deputy_id}):
        raise _missing()
    if about not in {None, found.absent_id, found.deputy_id}:
        raise _missing()
    await rows.end(tx, deputy_id, tx.actor.id)
    await audit.record(tx, "deputy.ended", subject_id=deputy_id)


async def _about(tx: ForceTx, absent_id: UUID) -> StaffRow:
    if not (absent_id == tx.actor.id or _may_say_of_others(tx)):
        raise _missing()
    return await staff.by_id(tx, absent_id)


def _may_say_of_others(tx: ForceTx) -> bool:
    return tx.actor.role in _OTHERS


def _may_work(row: StaffRow) -> bool:
    return row.active and row.role in _WORKS


async def _chosen(tx: ForceTx, away: StaffRow, email: str) -> StaffRow:
    found = await staff.by_email(tx, email)
    if found is None or not _may_work(found):
        raise Invalid({"deputy": _("Enter the email address of somebody who has access to cases")})
    if found.id == tx.actor.id:
        raise Invalid({"deputy": _("You cannot make yourself a deputy. Ask a supervisor or an administrator")})
    if found.id == away.id:
        raise Invalid({"deputy": _("Choose somebody else: nobody acts for themselves")})
    return found


def _require_good(days: tuple[date, date]) -> None:
    first, last = days
    if not today() <= first <= today() + AHEAD:
        raise Invalid({"from_day": _("The first day must be today or later, and within a year")})
    if last < first:
        raise Invalid({"until_day": _("The last day must be the first day or later")})
    if last - first > LONGEST:
        raise Invalid({"until_day": _("This can last up to 3 months. Your record system can name another officer")})


def _missing() -> NotFound:
    return NotFound(_("Page not found"))
