"""What would become of what an administrator says of somebody: nothing is written here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain.identity.staff import StaffRole, clean_email
from trackmycrime.domain.staffing.members import Member, State, member
from trackmycrime.kit import ids
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.store.identity import members as rows
from trackmycrime.store.identity.members import Entry
from trackmycrime.tx import ForceTx

NAME, UNIT, COLLAR = 80, 80, 20  # the most characters
FIELDS = ("name", "email", "role", "unit", "collar_number")
_FORMULA = ("=", "+", "-", "@")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Told(Struct, frozen=True):
    """What somebody says of one of the force's people, as they wrote it."""

    name: str
    email: str
    role: str
    unit: str
    collar_number: str


class What(StrEnum):
    """What would become of it."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Decision(Struct, frozen=True):
    """What would be written of somebody.

    `before` is None for who is new. `asks` says that a second administrator has to decide whether they become one, and
    `invites` that they get the link by which they choose a password.
    """

    what: What
    entry: Entry
    before: Member | None
    asks: bool
    invites: bool

    @property
    def moves(self) -> bool:
        """Whether somebody who has a role gets another."""
        return self.before is not None and self.before.role not in {"", self.entry.role}


@dataclass(frozen=True)
class Known:
    """Whom the force has of those who are named, by address and by collar number; `actor` is who says it."""

    by_email: Mapping[str, Member]
    by_collar: Mapping[str, Member]
    actor: UUID


async def known(tx: ForceTx, told: Sequence[Told]) -> Known:
    """Return whom the force has of the people who are named: one statement, however many they are."""
    emails, collars = [address(each.email) for each in told], [each.collar_number.strip() for each in told]
    found = [member(row) for row in await rows.known(tx, list(filter(None, emails)), list(filter(None, collars)))]
    return Known(
        {each.email: each for each in found if each.email},
        {each.collar_number: each for each in found if each.collar_number},
        tx.actor.id,
    )


def address(text: str) -> str:
    """Return an address as it is compared, whether it is one or not."""
    plain = text.strip().lower()
    if plain.isascii() and "xn--" not in plain:
        return plain
    try:
        return clean_email(text)
    except Invalid:
        return plain


def cleaned(told: Told) -> Told:
    """Return what was said, as it is stored. Raises Invalid by field for whatever cannot be."""
    wrong: dict[str, str] = {}
    text = {name: " ".join(getattr(told, name).split()) for name in FIELDS}
    for name, longest in (("name", NAME), ("unit", UNIT), ("collar_number", COLLAR)):
        if problem := _problem(getattr(told, name), text[name], longest):
            wrong[name] = problem
    if not text["name"]:
        wrong["name"] = _("Enter their name")
    try:
        text["email"] = clean_email(told.email)
    except Invalid as refusal:
        wrong |= refusal.fields
    if text["role"] not in set(StaffRole):
        wrong["role"] = _("Choose what they do")
    if wrong:
        raise Invalid({name: wrong[name] for name in FIELDS if name in wrong})
    return Told(**text)


def _problem(written: str, text: str, longest: int) -> str:
    if len(text) > longest:
        return _("This must be %(number)s characters or fewer", number=longest)
    if _UNPRINTABLE.search(written.strip()):
        return _("This has a character in it that cannot be printed. Type it again")
    if text.startswith(_FORMULA):
        return _("This must not begin with =, +, - or @: a spreadsheet would take it for a formula")
    return ""


def decide(told: Told, known: Known, *, comes_back: bool = False) -> Decision:
    """Return what would become of what was said. Raises Invalid by field for what nobody may do.

    Whoever `comes_back` has left before. An officer whom only the record system named is known by their collar number.
    """
    told = cleaned(told)
    before = _who(told, known)
    if before and before.state is State.LEFT and not comes_back:
        raise Invalid({"email": _("They have left. Invite them by themselves if they are back")})
    if before and before.id == known.actor and told.role != before.role:
        raise Invalid({"role": _("You cannot change your own role. Ask another administrator")})
    asks = told.role == StaffRole.ADMIN and (before is None or before.role != StaffRole.ADMIN)
    if asks and before and before.state is State.SUSPENDED:
        raise Invalid({"role": _("They are suspended. Take that back first")})
    return _decided(told, before, asks=asks)


def _who(told: Told, known: Known) -> Member | None:
    person, holder = known.by_email.get(told.email), known.by_collar.get(told.collar_number)
    if holder and person is None and not holder.email:
        return holder
    if holder and (person is None or holder.id != person.id):
        raise Invalid({"collar_number": _("%(name)s has this collar number already", name=holder.name)})
    return person


def _decided(told: Told, before: Member | None, *, asks: bool) -> Decision:
    had = before.role if before else ""
    role = had if asks else told.role
    collar = told.collar_number or (before.collar_number if before else "")
    entry = Entry(before.id if before else ids.new(), told.name, told.email, role, told.unit, collar or None)
    if before is None:
        return Decision(What.NEW, entry, None, asks, invites=bool(role))
    same = _same(entry, before) and not (asks and before.state is not State.ASKED)
    what = What.UNCHANGED if same else What.CHANGED if had else What.NEW
    return Decision(what, entry, before, asks, invites=bool(role) and not had)


def _same(entry: Entry, before: Member) -> bool:
    after = (entry.name, entry.email, entry.role, entry.unit, entry.collar_number or "")
    return after == (before.name, before.email, before.role, before.unit, before.collar_number)
