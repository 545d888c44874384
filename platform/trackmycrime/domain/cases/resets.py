"""A new password for whoever forgot theirs: by a link to the address on record, and for those at risk by a person first."""

from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit, feed, notifications, people, tasks
from trackmycrime.domain.cases import factors, parties
from trackmycrime.domain.cases.access import seen_by_actor
from trackmycrime.domain.cases.registration import Facts, matching
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.identity import passwords, sessions, throttle
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.domain.notifications.queueing import Channel
from trackmycrime.domain.notifications.resets import LIVES
from trackmycrime.domain.notifications.wording import RESET
from trackmycrime.domain.people import Leave, Person, Risk
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.kit import links
from trackmycrime.kit.actor import VISITOR, Actor, Kind
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.folding import fold
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store import accounts
from trackmycrime.store import factors as factor_rows
from trackmycrime.store import people as people_rows
from trackmycrime.store import resets as rows
from trackmycrime.store.cases import links as parts
from trackmycrime.store.resets import ResetRow
from trackmycrime.tx import ForceDoor, ForceTx

_KEPT = timedelta(days=7)  # longer than contact details are frozen after one (numbers.py)
_SETTLES = (TaskKind.PASSWORD_HELP, TaskKind.ACCOUNT_FROZEN)
_SHORTEST_REASON, _LONGEST_REASON = 5, 300


class ResetGone(NotFound):
    """A link to a new password that does not work any more, whyever."""

    def __init__(self) -> None:
        super().__init__(_("This link does not work any more."))


async def ask(door: ForceDoor, facts: Facts, by: Browser) -> None:
    """Send a link to whoever has these facts; for nobody, the same is done and goes nowhere.

    Whether it is safe is found out behind the asker's back, when it is sent. Raises Slower after too many, right or wrong.
    """
    async with door.open(VISITOR) as tx:
        person = await matching(tx, facts)
        account = await people_rows.account(tx, person.id if person else UUID(int=0))
    reference = fold(facts.crime_reference).upper()
    await throttle.spend(door, by.attempt(f"reset {reference}", account.known_as if account else None))
    async with door.open(VISITOR) as tx:
        await _queue(tx, person if account else None, reference, confirmed_by=None)


async def _queue(
    tx: ForceTx, person: Person | None, reference: str, *, confirmed_by: UUID | None, leave: Leave | None = None
) -> None:
    person_id = person.id if person else None
    reset_id = await rows.add(tx, person_id, reference, now() + LIVES, confirmed_by=confirmed_by)
    await notifications.reset(tx, person, leave)
    await audit.record(tx, "reset.asked", subject_id=reset_id)


async def find(tx: ForceTx, token: str) -> tuple[ResetRow, Person]:
    """Return what a link opens, and for whom.

    Raises ResetGone when it is wrong, used, withdrawn or too old, or a risk was learned of since it was sent.
    """
    reset_id = links.opened(tx.keys, RESET, token)
    row = await rows.one(tx, reset_id) if reset_id else None
    if row is None:
        raise ResetGone
    return row, await _safe(tx, row)


async def _safe(tx: ForceTx, row: ResetRow) -> Person:
    person = (await people.by_id(tx, [row.person_id]))[row.person_id]
    risk = (await people.risks(tx, [person]))[person.id]
    if risk is not Risk.NONE and row.confirmed_by is None:
        raise ResetGone
    return person


async def use(door: ForceDoor, token: str, password: str, repeated: str) -> None:
    """Set a new password by a link, which works once. Everybody is signed out and no device is known any more.

    An account that was shut is open again, when a member of staff sent the link. Raises ResetGone and Invalid.
    """
    async with door.open(VISITOR) as tx:
        row, person = await find(tx, token)
        account = await people_rows.account(tx, row.person_id)
    known, stepped = person.identity, account is not None and account.stepped and account.state == "open"
    own = passwords.own_facts(
        known.date_of_birth, known.given_names, known.last_name, row.reference or "", door.force.slug
    )
    shortest = passwords.SHORTEST_OF_TWO if stepped else passwords.SHORTEST
    passwords.require_good(password, repeated, own, shortest=shortest)
    stored = await passwords.hashed(password)
    async with door.open(Actor(Kind.VICTIM, person.id, role="victim")) as tx:
        await _use(tx, row, stored)


async def _use(tx: ForceTx, row: ResetRow, stored: str) -> None:
    await _safe(tx, row)
    account = await people_rows.account(tx, row.person_id)
    confirmed = row.confirmed_by is not None
    if not await rows.use(tx, row.id) or not await accounts.set_password(
        tx, row.person_id, stored, confirmed=confirmed
    ):
        raise ResetGone
    await sessions.end_all(tx, row.person_id)
    await audit.record(tx, "password.reset", subject_id=row.person_id)
    if account and account.state != "open":
        # Somebody else may have been in: what they may have set up, or have in their hands, opens nothing any more.
        await factors.remove_all(tx, row.person_id)
        await audit.record(tx, "account.opened", subject_id=row.person_id)
        await feed.tell(tx, [Fact("account.opened", row.case_id, row.person_id)])


async def sweep(tx: ForceTx) -> int:
    """Remove requests that are long past, and return how many; that they were made stays in the audit."""
    return await rows.sweep(tx, _KEPT)


class Helped(Struct, frozen=True):
    """Somebody on a case whom staff may help back in. `state` is that of their account: open, frozen or closed.

    `address` is where a link would go; none where nothing may be sent to them, as far as anybody has `recorded`. `ways` are
    how many ways to sign in they have beside a password.
    """

    name: str
    address: str
    state: str
    recorded: bool
    ways: int


async def about(tx: ForceTx, case_id: UUID, person_id: UUID) -> Helped:
    """Return somebody on a case, and where a link would go; that it was read is recorded. Raises NotFound for anybody else."""
    case = await seen_by_actor(tx, case_id)
    person = await _registered(tx, case.id, person_id)
    account = await people_rows.account(tx, person.id)
    await audit.record(tx, "contact.read", subject_id=person.id, case_id=case.id)
    leave = await _leave(tx, person)
    ways = len(await factor_rows.of_person(tx, person.id))
    state = account.state if account else ""
    return Helped(person.name, _address(tx, person, leave), state, not leave.refused, ways)


async def _leave(tx: ForceTx, person: Person) -> Leave:
    return (await people.leaves(tx, [person], returning=True))[person.id]


def _address(tx: ForceTx, person: Person, leave: Leave) -> str:
    channel = None if leave.refused else notifications.invite_channel(tx, person, leave)
    ways = {None: None, Channel.EMAIL: person.contact.email, Channel.TEXT: person.contact.mobile}
    return ways[channel] or ""


async def send(tx: ForceTx, case_id: UUID, person_id: UUID, reason: str) -> None:
    """Send a link to somebody on a case with whom this member of staff has spoken: at risk, by the recorded safe channel.

    It opens an account that was shut. Raises Invalid without a reason, an address or a safe way, NotFound for anybody else.
    """
    case = await seen_by_actor(tx, case_id)
    person = await _registered(tx, case.id, person_id)
    told = clean_reason("reset_reason", reason)
    leave = await _leave(tx, person)
    _require_way(tx, person, leave)
    await _queue(tx, person, fold(case.reference).upper(), confirmed_by=tx.actor.id, leave=leave)
    await tasks.settled(tx, case.id, _SETTLES, [person.id])
    sealed = case.key(tx).seal(told.encode(), audit.reason_place(case.id))
    await audit.record(tx, "reset.sent", subject_id=person.id, case_id=case.id, reason=sealed)


def clean_reason(field: str, reason: str) -> str:
    """Return how a member of staff made sure that it is them. Raises Invalid, at the form's `field`, where they do not say."""
    told = reason.strip()
    if not _SHORTEST_REASON <= len(told) <= _LONGEST_REASON:
        raise Invalid(
            {field: _("Say how you made sure that it is them, in up to %(number)s characters", number=_LONGEST_REASON)}
        )
    return told


def _require_way(tx: ForceTx, person: Person, leave: Leave) -> None:
    if leave.refused:
        raise Invalid({"reset_reason": _("Nothing may be sent to them. First record how it is safe to reach them")})
    if not _address(tx, person, leave):
        raise Invalid({"reset_reason": _("No address or number is recorded that a link could go to")})


async def _registered(tx: ForceTx, case_id: UUID, person_id: UUID) -> Person:
    known = {link.person_id for link in await parts.on_cases(tx, [case_id]) if parties.enters(link)}
    found = (await people.by_id(tx, [person_id])).get(person_id) if person_id in known else None
    if found is None or not found.registered:
        raise NotFound(_("Page not found"))
    return found
