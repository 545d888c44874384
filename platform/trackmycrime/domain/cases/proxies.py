"""Who acts for a victim (a parent, guardian, spokesperson, or a business's named contact): only as staff checked, for a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from trackmycrime.domain import audit, feed, people, tasks
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.cases.assessments import concerned
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.people import Person, Recorded
from trackmycrime.domain.people.safety import ADULT
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.kit.errors import Conflict, Invalid, NotFound
from trackmycrime.kit.time import birthday, today
from trackmycrime.kit.words import _
from trackmycrime.store import contacts
from trackmycrime.store.cases import links
from trackmycrime.store.cases.links import ActingRow
from trackmycrime.tx import ForceTx

LASTS = (90, 180, 365)
"""For how many days somebody may act for a victim before it is checked again."""


class ProxyKind(StrEnum):
    """As whom somebody acts for a victim."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    SPOKESPERSON = "spokesperson"
    NAMED_CONTACT = "named_contact"


_OF_A_CHILD = frozenset({ProxyKind.PARENT, ProxyKind.GUARDIAN})


class OtherPerson(Conflict):
    """Whoever recorded somebody may not be the one who lets them act for a victim at risk."""

    def __init__(self) -> None:
        super().__init__(_("You recorded them. The victim is at risk, so somebody else has to say that they may act."))


async def check(tx: ForceTx, case_id: UUID, person_id: UUID, kind: str, days: int, *, not_named: bool) -> date:
    """Let somebody act for a victim for so many days, and return the last of them: never past a child's 18th birthday.

    `not_named` says that the member of staff made sure that they are no suspect and not otherwise named in the case: the
    service knows of no suspects. Raises NotFound when they act for nobody on the case, Invalid for what is not answered,
    Conflict when the victim is 18 already and was to be acted for as a child, and OtherPerson.
    """
    require_answers(kind, days, not_named=not_named)
    case, link = await concerned(tx, case_id, person_id)
    if link.role != "proxy":
        raise NotFound(_("Page not found"))
    if link.recorded_by == tx.actor.id and await endangered(tx, link.proxy_for):
        raise OtherPerson
    return await let_act(tx, case.id, person_id, link.proxy_for, ProxyKind(kind), days)


def require_answers(kind: str, days: int, *, not_named: bool) -> None:
    """Raise Invalid unless it is said as whom somebody acts, for how long, and that they are not named otherwise."""
    wrong: dict[str, str] = {}
    if kind not in set(ProxyKind):
        wrong["kind"] = _("Say as whom they act for the victim")
    if days not in LASTS:
        wrong["lasts"] = _("Choose how long they may act for the victim")
    if not not_named:
        wrong["not_named"] = _("Make sure that they are no suspect, and not otherwise named in this case")
    if wrong:
        raise Invalid(wrong)


async def endangered(tx: ForceTx, victim_id: UUID | None) -> bool:
    """Say whether a victim is at risk, or nobody knows: being a child alone is no such risk."""
    return victim_id is not None and bool((await contacts.risks(tx, [victim_id])).get(victim_id))


async def let_act(
    tx: ForceTx, case_id: UUID, person_id: UUID, victim_id: UUID | None, kind: ProxyKind, days: int
) -> date:
    """Let somebody act for a victim on a case that this member of staff sees, and return the last day. Raises Conflict."""
    checked_until = today() + timedelta(days=days)
    until = await last_day(tx, victim_id, kind, checked_until)
    await links.check_proxy(tx, case_id, person_id, kind, until, checked_until=checked_until)
    await tasks.settle(tx, [TaskKind.CHECK_PROXY], person_id, case_id=case_id)
    detail: dict[str, object] = {"kind": kind, "until": until.isoformat()}
    await audit.record_all(tx, [Deed("proxy.checked", person_id, case_id, detail=detail)])
    await feed.tell(tx, [Fact("proxy.checked", case_id, person_id, detail=detail)])
    return until


async def last_day(tx: ForceTx, victim_id: UUID | None, kind: ProxyKind, until: date) -> date:
    """Return the last day on which somebody may act: never past a child's 18th birthday. Raises Conflict for a grown child."""
    victim = (await people.by_id(tx, [victim_id])).get(victim_id) if victim_id else None
    born = victim.identity.date_of_birth if victim else None
    if born is None:
        return until
    grown = birthday(born, ADULT)
    if grown > today():
        return min(until, grown - timedelta(days=1))
    if kind in _OF_A_CHILD:
        raise Conflict(_("The victim is 18 or older. Ask them whether somebody may speak for them, as a spokesperson."))
    return until


async def follow(tx: ForceTx, moved: Sequence[Recorded]) -> None:
    """Move the last day of whoever acts for people whose date of birth was corrected.

    A victim who turns out to be 18 already was not asked who may speak for them: it ends at once, and staff look again.
    """
    if not moved:
        return
    found = {each.person.id: each for each in moved}
    acting = await links.acting_for(tx, list(found))
    ends = {row: _end(row, found[row.proxy_for]) for row in acting}
    changed = {row: until for row, until in ends.items() if until != row.until}
    await links.end_proxies(tx, [(row.case_id, row.person_id, until) for row, until in changed.items()])
    await _tell(tx, changed)


def _end(row: ActingRow, victim: Recorded) -> date:
    born, known = victim.person.identity.date_of_birth, victim.was.date_of_birth if victim.was else None
    if born is None:
        return row.until
    grown = birthday(born, ADULT)
    if grown > today():
        return min(row.checked_until, grown - timedelta(days=1))
    was_child = known is not None and birthday(known, ADULT) > today()
    ends = was_child or row.kind in _OF_A_CHILD
    return min(row.until, today() - timedelta(days=1)) if ends else row.until


async def _tell(tx: ForceTx, changed: Mapping[ActingRow, date]) -> None:
    deeds = [Deed("proxy.moved", r.person_id, r.case_id, detail={"until": d.isoformat()}) for r, d in changed.items()]
    await audit.record_all(tx, deeds)
    facts = [Fact("proxy.moved", r.case_id, r.person_id, detail={"until": d.isoformat()}) for r, d in changed.items()]
    await feed.tell(tx, facts)
    ended = [row for row, until in changed.items() if until < today() <= row.until]
    kind = TaskKind.CHECK_PROXY
    entered = [tasks.new(kind, case_id=r.case_id, person_id=r.person_id, why=["birthday"]) for r in ended]
    await tasks.enter(tx, entered)


def named_alike(known: Iterable[Person], name: str, born: date) -> bool:
    """Say whether somebody of this last name and date of birth is among these people."""
    return any(person.identity.is_of(name, born) for person in known)
