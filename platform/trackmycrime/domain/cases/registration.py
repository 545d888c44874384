"""How a victim gets in: by an invitation the first time, by the facts and a password afterwards."""

import hmac
from datetime import date
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit, feed, people, tasks
from trackmycrime.domain.cases import activation, card, entry, halfway
from trackmycrime.domain.cases.entry import SignedIn
from trackmycrime.domain.cases.halfway import Halfway
from trackmycrime.domain.cases.invitations import TRIES
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.identity import passwords, sessions, throttle
from trackmycrime.domain.identity.sessions import Begun
from trackmycrime.domain.identity.staff import WrongSignIn
from trackmycrime.domain.identity.throttle import Attempt, Browser, Taken
from trackmycrime.domain.notifications.wording import INVITE, UNSUBSCRIBE
from trackmycrime.domain.people import Person, SafeChannel
from trackmycrime.domain.people.person import place
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.kit import links
from trackmycrime.kit.actor import VISITOR, Actor, Kind
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.folding import fold
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store import accounts
from trackmycrime.store import people as rows
from trackmycrime.store.cases import reports
from trackmycrime.store.factors import CodeRow
from trackmycrime.store.people import AccountRow, InviteRow
from trackmycrime.tx import ForceDoor, ForceTx


class Facts(Struct, frozen=True):
    """What somebody says of themselves: identifiers that others know too, so never enough."""

    crime_reference: str
    last_name: str
    date_of_birth: date


class InviteGone(NotFound):
    """An invitation that does not work any more, whyever."""

    def __init__(self) -> None:
        super().__init__(_("This link does not work any more."))


class InviteExpired(InviteGone):
    """An invitation that was not used in time: a new one may be asked for."""


async def open_invite(tx: ForceTx, token: str) -> InviteRow:
    """Return the invitation of a link. Raises InviteGone when it is wrong, used or dead, InviteExpired when too old."""
    invite_id = links.opened(tx.keys, INVITE, token)
    row = await rows.invite(tx, invite_id) if invite_id else None
    if row is None or row.state != "open" or row.expires_at < now():
        raise InviteExpired if row is not None and has_expired(row) else InviteGone
    return row


def has_expired(row: InviteRow) -> bool:
    """Say whether an invitation ended by its age alone."""
    return row.state == "expired" or (row.state == "open" and row.expires_at < now())


async def is_coded(door: ForceDoor, token: str) -> bool:
    """Say whether the invitation of a link asks for an activation code. Raises InviteGone when it opens nothing."""
    async with door.open(VISITOR) as tx:
        return (await open_invite(tx, token)).code_hash is not None


async def register(door: ForceDoor, token: str, facts: Facts, password: str, repeated: str, *, code: str = "") -> Begun:
    """Make the account of an invited person whose facts match, and return the session that begins with it.

    Raises WrongSignIn when the facts do not match, or the activation code where the invitation has one: after five such
    tries the invitation dies and staff are told.
    """
    async with door.open(VISITOR) as tx:
        await open_invite(tx, token)
    passwords.require_good(password, repeated, _own(facts, door))
    async with door.open(VISITOR) as tx:
        person = await _matching(tx, token, facts, code)
    if person is None:
        raise WrongSignIn
    passwords.require_good(password, repeated, [*_own(facts, door), person.identity.given_names])
    stored = await passwords.hashed(password)
    async with door.open(Actor(Kind.VICTIM, person.id, role="victim")) as tx:
        return await _register(tx, token, person, stored, facts.crime_reference)


def _own(facts: Facts, door: ForceDoor) -> list[str]:
    return passwords.own_facts(facts.date_of_birth, facts.crime_reference, facts.last_name, door.force.slug)


async def _matching(tx: ForceTx, token: str, facts: Facts, code: str) -> Person | None:
    """Return the invited person, or None and one try less: for wrong facts and a wrong code alike."""
    invite = await open_invite(tx, token)
    known = invite.code_hash is None or hmac.compare_digest(
        invite.code_hash, activation.hashed(tx.keys, invite.id, code)
    )
    for person in await people.on_case(tx, facts.crime_reference):
        if person.id == invite.person_id and person.identity.is_of(facts.last_name, facts.date_of_birth) and known:
            return person
    left = invite.tries_left - 1
    await rows.end_invite(tx, invite.id, "open" if left else "died", left)
    await audit.record(tx, "invite.failed", subject_id=invite.id, case_id=invite.case_id, tries=TRIES - left)
    if not left:
        kind, case, person_id = TaskKind.INVITE_ENDED, invite.case_id, invite.person_id
        await tasks.enter(tx, [tasks.new(kind, case_id=case, person_id=person_id, why=["wrong_facts"])])
    return None


async def _register(tx: ForceTx, token: str, person: Person, stored: str, reference: str) -> Begun:
    invite = await open_invite(tx, token)
    by_text = person.safe is not None and person.safe.channel is SafeChannel.TEXT
    mobile = person.contact.mobile if by_text else None
    sealed = (
        tx.keys.unwrap(person.data_key or b"").seal(mobile.encode(), place("mobile", person.id)) if mobile else None
    )
    if not await rows.add_account(tx, person.id, stored, email_on=not by_text, text_on=by_text, mobile=sealed):
        raise InviteGone
    await rows.end_invite(tx, invite.id, "used", invite.tries_left)
    await reports.known_by(tx, person.id, fold(reference).upper())
    await audit.record(tx, "person.registered", subject_id=person.id, case_id=invite.case_id)
    await feed.tell(tx, [Fact("victim.registered", invite.case_id, person.id)])
    return await sessions.begin(tx, Kind.VICTIM, person.id)


async def matching(tx: ForceTx, facts: Facts) -> Person | None:
    """Return whose facts these are, or None. Facts are no proof: everybody close to somebody knows them."""
    found = await people.on_case(tx, facts.crime_reference)
    return next((p for p in found if p.identity.is_of(facts.last_name, facts.date_of_birth)), None)


async def sign_in(
    door: ForceDoor, facts: Facts, password: str, by: Browser, *, card_code: str = ""
) -> SignedIn | Halfway:
    """Return a new session; or that a code is asked for, where an app gives one and the browser is not known.

    A code of a card is heard whatever others have failed at, and nothing more is asked for then. Raises WrongSignIn for every
    failure alike, with the same work done, and Slower after too many of them.
    """
    async with door.open(VISITOR) as tx:
        person = await matching(tx, facts)
        stored = await rows.account(tx, person.id if person else UUID(int=0))
        code = await card.unused(tx, person.id if person else UUID(int=0), card_code) if card_code else None
    attempt = by.attempt(f"victim {fold(facts.crime_reference)}", stored.known_as if stored else None)
    attempt = _with_card(attempt, code)
    return await _let_in(door, attempt, stored, password, by, code=code, reference=facts.crime_reference)


def _with_card(attempt: Attempt, code: CodeRow | None) -> Attempt:
    """Return the attempt of whoever has the card: nobody without it can use up their tries."""
    return Attempt("card", attempt.network, code.factor_id) if code else attempt


async def is_known(tx: ForceTx, by: Browser) -> bool:
    """Say whether a browser's own cookie names an account: there the password is enough."""
    return by.remembers is not None and await accounts.of_device(tx, by.remembers) is not None


async def sign_in_known(door: ForceDoor, password: str, by: Browser) -> SignedIn | Halfway | None:
    """Return a new session in a browser that is known: its cookie says whose, the password proves it. None in any other.

    Raises as `sign_in` does. A known device's tries are counted with those that it makes with all the facts.
    """
    async with door.open(VISITOR) as tx:
        person_id = await accounts.of_device(tx, by.remembers) if by.remembers else None
        stored = await rows.account(tx, person_id) if person_id else None
    if stored is None:
        return None
    return await _let_in(door, by.attempt("victim", stored.known_as), stored, password, by)


async def _let_in(
    door: ForceDoor,
    attempt: Attempt,
    stored: AccountRow | None,
    password: str,
    by: Browser,
    *,
    code: CodeRow | None = None,
    reference: str = "",
) -> SignedIn | Halfway:
    """Return a new session when the password is right. Nobody gets into an account that is shut, and it looks the same."""
    may = stored is not None and stored.state == "open"
    async with throttle.trying(door, attempt) as taken:
        right = await passwords.matches(password, stored.password_hash if stored and may else None)
    if not right or stored is None or _is_too_short(stored, password):
        raise WrongSignIn
    entered = await _enter(door, taken, stored, by, code, reference)
    if isinstance(entered, Halfway):
        await halfway.text_first(door, stored)
    return entered


async def _enter(
    door: ForceDoor, taken: Taken, stored: AccountRow, by: Browser, code: CodeRow | None, reference: str
) -> SignedIn | Halfway:
    async with door.open(entry.owner(stored.person_id)) as tx:
        await throttle.take_back(tx, taken)
        if code is not None and not await card.use(tx, code):
            raise WrongSignIn
        if reference:
            await reports.known_by(tx, stored.person_id, fold(reference).upper())
        if code is None and by.remembers != stored.known_as and await halfway.is_asked(tx, stored):
            return await halfway.begin(tx, stored, by)
        return await entry.entered(tx, stored, by, "card" if code else "password", shared=by.shared)


def _is_too_short(stored: AccountRow, password: str) -> bool:
    """Say whether a password cannot stand alone: it was chosen while a second step was asked for, which is gone."""
    return len(password) < passwords.SHORTEST and not stored.stepped


def unsubscribing(tx: ForceTx, token: str) -> UUID:
    """Return whose emails a link stops. Raises NotFound when this force did not make it."""
    person_id = links.opened(tx.keys, UNSUBSCRIBE, token)
    if person_id is None:
        raise NotFound(_("This link does not work any more."))
    return person_id


async def unsubscribe(tx: ForceTx, token: str) -> None:
    """Stop the emails of a link (RFC 8058); a second time changes nothing. Statutory updates then fall to a person."""
    person_id = unsubscribing(tx, token)
    if await rows.stop_email(tx, person_id):
        await audit.record(tx, "person.unsubscribed", subject_id=person_id)
        await feed.tell(tx, [Fact("preferences.changed", None, person_id, detail={"email": False})])
