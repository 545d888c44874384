"""Whom a provider means, and the role that it gives them (platform/decisions/0017).

The account is issuer and subject, never an email address. An address finds somebody once, where nobody else is known by it
and the provider vouches for it; from then on it may change. A provider makes nobody an administrator.
"""

from typing import Any, cast

from email_validator import EmailNotValidError
from msgspec import Struct, structs

from trackmycrime.domain import audit
from trackmycrime.domain.identity import staff
from trackmycrime.domain.identity.provider.setup import LONGEST, MOST_GROUPS, Setup
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.store.identity import providers as rows
from trackmycrime.store.identity import staff as staff_rows
from trackmycrime.store.identity.staff import StaffRow
from trackmycrime.tx import ForceTx

_STRONG = "mfa"  # RFC 8176, 2: "Multiple-factor authentication"
_MOST_HEARD = 1000


class Said(Struct, frozen=True):
    """What a provider said of somebody, as far as it counts here. `email_confirmed` is None where it said nothing of it."""

    subject: str
    name: str
    email: str
    email_confirmed: bool | None
    groups: tuple[str, ...]
    second_factor: bool
    sid: str


class NotLetIn(Refusal):
    """Somebody whom the provider knows, and who may not come in; `why` is for the audit."""

    status = 422

    def __init__(self, why: str, message: str) -> None:
        super().__init__(message)
        self.why = why


def said(setup: Setup, claims: dict[str, Any]) -> Said:
    """Return what counts here of what a provider told; what has another shape than it should was not told."""
    confirmed = claims.get("email_verified")
    return Said(
        claims["sub"],
        _text(claims.get("name"))[:LONGEST],
        _address(_text(claims.get("email"))),
        confirmed if isinstance(confirmed, bool) else None,
        _texts(claims.get(setup.groups)),
        _is_strong(setup, claims),
        _text(claims.get("sid")),
    )


def _is_strong(setup: Setup, claims: dict[str, Any]) -> bool:
    if setup.level:
        return claims.get("acr") == setup.level
    return _STRONG in _texts(claims.get("amr"))


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    many = cast("list[object]", value) if isinstance(value, list) else []
    return tuple(each for each in many[:_MOST_HEARD] if isinstance(each, str))


def _address(text: str) -> str:
    try:
        return staff.clean_email(text)
    except (Invalid, EmailNotValidError):
        return ""


def role(setup: Setup, groups: tuple[str, ...], *, administrator: bool) -> StaffRole | None:
    """Return the role of somebody in these groups. Only who is an `administrator` here already can be one."""
    for rule in setup.rules:
        if rule.group in groups and (administrator or rule.role is not StaffRole.ADMIN):
            return rule.role
    return None


def subject(tx: ForceTx, setup: Setup, name: str) -> bytes:
    """Return by what a person of a provider is known here."""
    return tx.keys.sign("provider subject", f"{setup.issuer}\0{name}".encode())


def issuer(tx: ForceTx, setup: Setup) -> bytes:
    """Return by what a provider is known here."""
    return tx.keys.sign("provider issuer", setup.issuer.encode())


class Known(Struct, frozen=True):
    """Who somebody is here, and the role that their groups give; `row` is None for who comes for the first time."""

    row: StaffRow | None
    linked: bool
    role: StaffRole

    @property
    def administrator(self) -> bool:
        """Whether they are an administrator here, before they come in."""
        return self.row is not None and self.row.role == StaffRole.ADMIN


async def known(tx: ForceTx, setup: Setup, told: Said) -> Known:
    """Return who somebody is here. Changes nothing. Raises NotLetIn."""
    if setup.second_factor and not told.second_factor:
        raise NotLetIn(
            "no second factor", _("Sign in with your second step too: this service needs it. Then try again.")
        )
    link = await rows.by_subject(tx, subject(tx, setup, told.subject))
    row = await staff_rows.by_id(tx, link.staff_id) if link else await _by_address(tx, setup, told)
    if row is not None and not row.active:
        raise NotLetIn("suspended", _("You cannot use this service at the moment. Ask your administrator."))
    return Known(row, link is not None, _role(setup, told, row))


async def _by_address(tx: ForceTx, setup: Setup, told: Said) -> StaffRow | None:
    """Return who has the address that the provider vouches for, if no other account of it is known to be theirs."""
    vouched = told.email_confirmed is True or (told.email_confirmed is None and setup.are_confirmed)
    if not told.email or not vouched:
        raise NotLetIn(
            "no address",
            _("Your force's sign-in did not confirm your email address. Ask your IT service desk to do so."),
        )
    row = await staff_rows.by_email(tx, told.email)
    if row is not None and await rows.is_linked(tx, row.id, issuer(tx, setup)):
        raise NotLetIn(
            "another account", _("Your email address belongs to another account here. Ask your administrator.")
        )
    return row


def _role(setup: Setup, told: Said, row: StaffRow | None) -> StaffRole:
    found = role(setup, told.groups, administrator=row is not None and row.role == StaffRole.ADMIN)
    if found is None:
        raise NotLetIn(
            "no role",
            _(
                "Your force's sign-in knows you, but none of your groups may use this service. "
                "Ask the administrator of this service in your force."
            ),
        )
    return found


async def arrive(tx: ForceTx, setup: Setup, told: Said, found: Known) -> StaffRow:
    """Write down who came, and return them with the role that they have from now on. Raises NotLetIn.

    The last administrator stays one: a force is never left without anybody who could change its settings.
    """
    row = found.row or await _newcomer(tx, told, found.role)
    if not found.linked:
        own = subject(tx, setup, told.subject)
        if not await rows.link(tx, row.id, issuer(tx, setup), own):
            raise NotLetIn("another account", _("Someone else has just signed in with this account. Try again."))
        await audit.record(tx, "staff.linked", subject_id=row.id)
    await rows.used_link(tx, subject(tx, setup, told.subject))
    stays = found.administrator and not await staff_rows.has_other_admins(tx, row.id)
    if row.role == found.role or stays:
        return row
    await staff_rows.set_role(tx, row.id, found.role)
    await audit.record(tx, "staff.role_changed", subject_id=row.id, role=found.role, was=row.role)
    return structs.replace(row, role=found.role)


async def _newcomer(tx: ForceTx, told: Said, role_given: StaffRole) -> StaffRow:
    staff_id = await staff_rows.add(tx, told.email, told.name or told.email.partition("@")[0], role_given)
    row = await staff_rows.by_id(tx, staff_id) if staff_id else None
    if row is None:
        raise NotLetIn(
            "another account", _("Your email address belongs to another account here. Ask your administrator.")
        )
    await audit.record(tx, "staff.came", subject_id=row.id, role=role_given)
    return row


def heard_groups(groups: tuple[str, ...]) -> tuple[str, ...]:
    """Return as many groups as are shown."""
    return tuple(group[:LONGEST] for group in groups[:MOST_GROUPS])
