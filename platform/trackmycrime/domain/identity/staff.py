"""The force's own people: how they are invited, choose a password, sign in, and what their role is."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from email_validator import EmailNotValidError, validate_email

from trackmycrime.domain import audit
from trackmycrime.domain.identity import passwords, second_step, throttle
from trackmycrime.domain.identity.second_step import Elsewhere, Halfway
from trackmycrime.domain.identity.sessions import Begun
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.kit import links
from trackmycrime.kit.actor import VISITOR, Actor, Kind
from trackmycrime.kit.errors import Invalid, NotFound, Refusal
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _
from trackmycrime.store.identity import providers as provider_rows
from trackmycrime.store.identity import staff as rows
from trackmycrime.store.identity.staff import StaffRow
from trackmycrime.tx import ForceDoor, ForceTx

type Member = StaffRow

INVITE_LIVES = timedelta(hours=72)
_PURPOSE = "staff invite"


class StaffRole(StrEnum):
    """What a member of staff is here for. Administrators have no access to cases."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    HUB = "hub"
    ADMIN = "admin"


class WrongSignIn(Refusal):
    """The one answer for every way in which signing in can fail."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("The details you entered do not match. Check them and try again."))


def clean_email(text: str, field: str = "email") -> str:
    """Return an address as it is stored and compared; Invalid when it is none."""
    try:
        return validate_email(text.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as wrong:
        raise Invalid({field: _("Enter an email address in the correct format, like name@example.com")}) from wrong


async def invite(tx: ForceTx, email: str, role: str, *, name: str = "") -> UUID:
    """Give somebody a role, and return their id; they choose a password by `invitation_link` within 72 hours."""
    if role not in set(StaffRole):
        raise Invalid({"role": _("Choose one of: officer, supervisor, hub, admin")})
    address = clean_email(email)
    staff_id = await rows.invite(tx, address, name.strip() or address.partition("@")[0], role)
    await audit.record(tx, "staff.invited", subject_id=staff_id, role=role)
    return staff_id


def invitation_token(tx: ForceTx, staff_id: UUID) -> str:
    """Return the token by which an invited member of staff chooses a password."""
    return links.token(tx.keys, _PURPOSE, staff_id)


async def invited(tx: ForceTx, token: str) -> StaffRow:
    """Return who may choose a password by this token; NotFound when it is wrong, used or too old, or Elsewhere."""
    staff_id = links.opened(tx.keys, _PURPOSE, token)
    row = await rows.by_id(tx, staff_id) if staff_id else None
    await _require_local(tx)
    if (
        row is None
        or row.password_hash
        or not row.active
        or not row.invited_at
        or now() - row.invited_at > INVITE_LIVES
    ):
        raise NotFound(_("This link does not work any more. Ask your administrator for a new one."))
    return row


async def register(door: ForceDoor, token: str, password: str, repeated: str) -> tuple[Halfway, StaffRow]:
    """Choose the first password; the browser is half way in then, and sets up a second step."""
    async with door.open(VISITOR) as tx:
        row = await invited(tx, token)
    passwords.require_good(password, repeated, [row.name, row.email or "", door.force.slug])
    stored = await passwords.hashed(password)
    async with door.open(Actor(Kind.STAFF, row.id, role=row.role, name=row.name)) as tx:
        await invited(tx, token)
        await rows.set_password(tx, row.id, stored)
        await audit.record(tx, "staff.registered", subject_id=row.id)
        return await second_step.begin(tx, await by_id(tx, row.id)), row


async def sign_in(
    door: ForceDoor, email: str, password: str, by: Browser, *, waivers: bool = False
) -> tuple[Begun | Halfway, StaffRow]:
    """Return how far somebody with the right password is in, and who it is: half way, until they take the second step.

    Where `waivers` are heard, which is never in production, the people of the demonstration take none. Raises WrongSignIn for every
    failure, Slower after too many, Elsewhere where the force has its own provider.
    """
    address = email.strip().lower()
    async with door.open(VISITOR) as tx:
        await _require_local(tx)
        row = await rows.by_email(tx, address)
    may = row is not None and row.active and bool(row.role)
    async with throttle.trying(door, by.attempt(f"staff {address}", row.id if row else None)) as taken:
        right = await passwords.matches(password, row.password_hash if row and may else None)
    if not right or row is None:
        raise WrongSignIn
    async with door.open(Actor(Kind.STAFF, row.id, role=row.role, name=row.name)) as tx:
        await throttle.take_back(tx, taken)
        if waivers and await second_step.is_waived(tx, row):
            return await second_step.entered(tx, row, "password"), row
        return await second_step.begin(tx, row), row


async def _require_local(tx: ForceTx) -> None:
    if await provider_rows.is_on(tx):
        raise Elsewhere


async def by_email(tx: ForceTx, email: str) -> StaffRow | None:
    """Return who has this address, or None."""
    return await rows.by_email(tx, email.strip().lower())


async def by_id(tx: ForceTx, staff_id: UUID) -> StaffRow:
    """Return a member of staff; NotFound when there is none."""
    row = await rows.by_id(tx, staff_id)
    if row is None:
        raise NotFound(_("There is no such member of staff."))
    return row


async def active(tx: ForceTx, roles: Sequence[StaffRole], *, most: int) -> list[StaffRow]:
    """Return those who have access as one of these, by name: at most so many."""
    return await rows.active(tx, roles, most)
