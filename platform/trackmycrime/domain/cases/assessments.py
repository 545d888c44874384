"""What staff find out before anybody is told anything: does the service suit somebody, and how is it safe to reach them."""

from datetime import timedelta
from uuid import UUID

from msgspec import Struct, structs

from trackmycrime.domain import audit, cases, feed, people, tasks
from trackmycrime.domain.audit import Deed
from trackmycrime.domain.cases import Case, invitations
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.people import Person, Risk, SafeChannel, SafeContact
from trackmycrime.domain.people.person import place, sealed
from trackmycrime.domain.people.safe_contact import ASK_AGAIN
from trackmycrime.domain.people.safety import BY_SAFE_CONTACT
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.words import _
from trackmycrime.store import contacts as rows
from trackmycrime.store import invites
from trackmycrime.store import notifications as notification_rows
from trackmycrime.store import people as people_rows
from trackmycrime.store.cases import links
from trackmycrime.store.cases.links import LinkRow
from trackmycrime.tx import ForceTx

FLAGS = ("domestic_abuse", "sexual", "stalking", "honour_based", "other_risk")
_LONGEST_NOTE = 300
_WARNING = timedelta(days=7)


class Assessment(Struct, frozen=True):
    """What a member of staff found.

    `safety` holds the risks they learned of: empty for asked and none, None for not asked. `safe` is None where any way of
    reaching the person will do.
    """

    suitable: bool
    safety: tuple[str, ...] | None
    safe: SafeContact | None


async def assess(tx: ForceTx, case_id: UUID, person_id: UUID, found: Assessment) -> None:
    """Record what was found of somebody on a case; whom nothing stands against any more is invited at once.

    It outranks the feed, and like the feed it raises a risk and never lowers one. Raises NotFound when the case does not
    concern them, Invalid when somebody at risk has no safe way recorded, or one that does not reach them.
    """
    case, link = await concerned(tx, case_id, person_id)
    safety = link.safety if found.safety is None else sorted({*(link.safety or ()), *found.safety})
    await rows.assess(tx, case.id, person_id, "suitable" if found.suitable else "unsuitable", safety)
    person = (await people.by_id(tx, [person_id]))[person_id]
    risk = (await people.risks(tx, [person]))[person_id]
    _require_safe_way(tx, person, found, risk)
    await _keep(tx, person, found.safe)
    await _withdraw(tx, case, person_id, found)
    await tasks.settle(tx, [TaskKind.ASSESS_SUITABILITY], person_id, case_id=case.id)
    await tasks.settle(tx, [TaskKind.SAFE_CONTACT_OLD], person_id)
    await _tell(tx, case, person_id, found)
    await invitations.consider(tx, [case.id])


async def concerned(tx: ForceTx, case_id: UUID, person_id: UUID) -> tuple[Case, LinkRow]:
    """Return a case that this actor may see and somebody's part in it, both locked until the transaction ends.

    Raises NotFound when the case does not concern them.
    """
    case = await cases.seen_by_actor(tx, case_id)
    await rows.hold(tx, case.id, person_id)
    links_of = [link for link in await links.on_cases(tx, [case.id]) if link.person_id == person_id]
    if not links_of:
        raise NotFound(_("Page not found"))
    return case, links_of[0]


def _require_safe_way(tx: ForceTx, person: Person, found: Assessment, risk: Risk) -> None:
    safe = found.safe
    if safe is None:
        if found.suitable and risk in BY_SAFE_CONTACT - {Risk.NONE}:
            raise Invalid({"channel": _("They are at risk. Choose how it is safe to reach them")})
        return
    wrong: dict[str, str] = {}
    if safe.channel is SafeChannel.EMAIL and not person.contact.email:
        wrong["channel"] = _("No email address is recorded. Add one first, or choose another way")
    if safe.channel is SafeChannel.TEXT and not person.contact.mobile:
        wrong["channel"] = _("No mobile number is recorded. Add one first, or choose another way")
    if safe.channel is SafeChannel.TEXT and not configuration(tx).has(Feature.SMS):
        wrong["channel"] = _("Your force does not send text messages. Choose another way")
    if not safe.days:
        wrong["days"] = _("Choose at least one day")
    if safe.begins >= safe.ends:
        wrong["begins"] = _("The start must be before the end")
    if len(safe.note) > _LONGEST_NOTE:
        wrong["note"] = _("This must be %(number)s characters or fewer", number=_LONGEST_NOTE)
    if wrong:
        raise Invalid(wrong)


async def _keep(tx: ForceTx, person: Person, safe: SafeContact | None) -> None:
    if safe is None:
        await rows.forget_safe(tx, person.id)
        return
    known = (await rows.risks(tx, [person.id])).get(person.id, set())
    kept = structs.replace(safe, note=safe.note.strip(), risks=tuple(sorted(known)))
    await rows.save_safe(tx, person.id, sealed(tx.keys, person, "safe_contact", kept))
    if person.registered and safe.channel is not SafeChannel.CALL:
        await _choose(tx, person, safe.channel)
    await notification_rows.hurry(tx, person.id)


async def _withdraw(tx: ForceTx, case: Case, person_id: UUID, found: Assessment) -> None:
    if not found.suitable:
        ended = await invites.replace(tx, person_id)
        await audit.record_all(tx, [Deed("invite.withdrawn", invite_id, case.id) for invite_id in ended])


async def _choose(tx: ForceTx, person: Person, channel: SafeChannel) -> None:
    """Let the settings of somebody registered say what is now done: only the safe channel is on."""
    by_text = channel is SafeChannel.TEXT
    account = await people_rows.account(tx, person.id)
    mobile = account.mobile if account else None
    if by_text and person.contact.mobile:
        key = tx.keys.unwrap(person.data_key or b"")
        mobile = key.seal(person.contact.mobile.encode(), place("mobile", person.id))
    link_on = account is None or account.link_on
    await people_rows.choose(tx, person.id, email_on=not by_text, text_on=by_text, mobile=mobile, link_on=link_on)


async def _tell(tx: ForceTx, case: Case, person_id: UUID, found: Assessment) -> None:
    detail: dict[str, object] = {"suitable": found.suitable, "channel": found.safe.channel if found.safe else "any"}
    if found.safety is not None:
        detail["safety"] = list(found.safety)
    await audit.record_all(tx, [Deed("person.assessed", person_id, case.id, detail=detail)])
    await feed.tell(tx, [Fact("safety.recorded", case.id, person_id, detail=detail)])


async def ask_again(tx: ForceTx) -> int:
    """Make it a person's task to ask again whether a contact is still safe, a week before the record ends. Returns how many."""
    found = await rows.old(tx, ASK_AGAIN - _WARNING)
    kind = TaskKind.SAFE_CONTACT_OLD
    await tasks.enter(tx, [tasks.new(kind, case_id=case_id, person_id=person_id) for person_id, case_id in found])
    return len(found)
