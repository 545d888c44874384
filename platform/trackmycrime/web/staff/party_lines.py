"""The people of a case in words: who they are, whether it is safe to tell them anything, and how they hear of it."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain.cases.parties import Party
from trackmycrime.domain.cases.sides import Sides
from trackmycrime.domain.people import Contact, Hours, Risk, SafeChannel, SafeContact
from trackmycrime.kit.words import _
from trackmycrime.web.common import dates
from trackmycrime.web.staff.task_lines import reason


class Danger(Struct, frozen=True):
    """Somebody whom nothing may tell automatically."""

    heading: str
    advice: str


class PartyLine(Struct, frozen=True):
    """Somebody's part in the case; what does not apply is empty. `href` is where what staff know of them is recorded."""

    href: str
    name: str
    registered: bool
    role: str
    flags: tuple[str, ...]
    rights: str
    facts: tuple[str, ...]
    hears: str
    email: str
    mobile: str
    pending: str


def dangers(parties: Sequence[Party]) -> tuple[Danger, ...]:
    """Return those who must be told by a person, and how."""
    return tuple(
        Danger(
            f"{party.name}: {reason(party.risk)}",
            _advice(party),
        )
        for party in _readers(parties)
        if party.risk is not Risk.NONE
    )


def _advice(party: Party) -> str:
    if party.refused or party.safe is None:
        known = safe_way(party.safe)
        told = _("Nothing is sent to %(name)s automatically.", name=party.name)
        return f"{told} {known}" if known else f"{told} {_('Nobody has recorded how it is safe to reach them.')}"
    return _("Nothing is sent to %(name)s in any other way. %(way)s", name=party.name, way=safe_way(party.safe))


def safe_way(safe: SafeContact | None) -> str:
    """Say how it is safe to reach somebody; nothing, when nobody has recorded it."""
    if safe is None:
        return ""
    channel = {
        SafeChannel.EMAIL: _("Email is safe"),
        SafeChannel.TEXT: _("A text message is safe"),
        SafeChannel.CALL: _("Only a call is safe"),
    }[safe.channel]
    days = dates.days(safe.days)
    between = _("from %(begins)s to %(ends)s", begins=dates.hour(safe.begins), ends=dates.hour(safe.ends))
    return f"{channel}: {days}, {between}."


def own_hours(hours: Hours | None) -> str:
    """Say when somebody wants to be told, as they chose themselves; nothing, when that is at any time."""
    if hours is None:
        return ""
    between = _("from %(begins)s to %(ends)s", begins=dates.hour(hours.begins), ends=dates.hour(hours.ends))
    return _("They chose themselves when we may tell them: %(when)s.", when=f"{dates.days(hours.days)}, {between}")


def _readers(parties: Sequence[Party]) -> list[Party]:
    return [party for party in parties if party.role in {"victim", "proxy"}]


def hears(parties: Sequence[Party]) -> tuple[str, ...]:
    """Say of everybody who may be told something how they will hear of it."""
    return tuple(_hears(party) for party in _readers(parties))


def _hears(party: Party) -> str:
    name = party.name
    if party.refused:
        return _("%(name)s is not told automatically. Use only the safe channel.", name=name)
    if not party.registered:
        return _("%(name)s has not registered, so cannot read this yet. Tell them another way as well.", name=name)
    if party.safe and party.told_by_email | party.told_by_text:
        return _("%(name)s is told in the way and at the times that are safe.", name=name)
    return {
        (True, True): _("%(name)s is told by email and text message that there is something to read.", name=name),
        (True, False): _("%(name)s is told by email that there is something to read.", name=name),
        (False, True): _("%(name)s is told by text message that there is something to read.", name=name),
        (False, False): _(
            "%(name)s gets no notifications, so may not see this soon. Tell them another way as well.", name=name
        ),
    }[party.told_by_email, party.told_by_text]


def choices(parties: Sequence[Party], sides: Sides) -> tuple[tuple[str, str], ...]:
    """Return whom something can be for, as pairs of an id and a name; empty when there is nothing to choose."""
    if len(sides) == 1:
        return ()
    names = {party.id: party.name for party in parties}
    return tuple(_side([party.id for party in parties if party.id in side], names) for side in sides)


def _side(ids: Sequence[UUID], names: dict[UUID, str]) -> tuple[str, str]:
    return str(ids[0]), _(" and ").join(names[each] for each in ids)


def line(party: Party, names: dict[UUID, str], case_href: str) -> PartyLine:
    """Return somebody as the page shows them."""
    return PartyLine(
        href=f"{case_href}/people/{party.id}",
        name=party.name,
        registered=party.registered and party.enters,
        role=_role(party, names),
        flags=_flags(party),
        rights=_("Has enhanced rights under the Victims' Code") if party.enhanced else "",
        facts=_facts(party),
        hears=_hears(party) if party.role in {"victim", "proxy"} else _nothing(party),
        email=party.contact.email or "",
        mobile=party.contact.mobile or "",
        pending=_pending(party.pending),
    )


def _nothing(party: Party) -> str:
    return _("%(name)s sees that the report was received, and nothing else of this case.", name=party.name)


def _role(party: Party, names: dict[UUID, str]) -> str:
    if party.role == "proxy" and party.proxy_for is not None and party.proxy_for in names:
        return _("Acts for %(name)s", name=names[party.proxy_for])
    return {"victim": _("Victim"), "proxy": _("Acts for the victim")}.get(party.role, _("Reported the crime"))


def _flags(party: Party) -> tuple[str, ...]:
    if party.safety is None:
        return (_("Safety not recorded"),)
    known = {
        "domestic_abuse": _("Domestic abuse"),
        "sexual": _("Sexual offence"),
        "stalking": _("Stalking"),
        "honour_based": _("Honour-based abuse"),
    }
    return tuple(known.get(flag, flag.replace("_", " ").capitalize()) for flag in party.safety)


def _facts(party: Party) -> tuple[str, ...]:
    consent = _("Does not want to use this service") if party.consent == "opted_out" else _("Wants to use this service")
    suitability = {
        "suitable": _("Recorded as suitable for it"),
        "unsuitable": _("Recorded as not suitable for it"),
    }.get(party.suitability, _("Nobody has recorded whether it suits them"))
    return (consent, suitability, _account(party))


def _account(party: Party) -> str:
    if party.registered:
        return _("Has registered")
    return _("Invited, has not registered yet") if party.invited else _("Not registered and not invited")


def _pending(contact: Contact | None) -> str:
    if contact is None:
        return ""
    told = ", ".join(filter(None, (contact.email, contact.mobile)))
    return _("Waiting to be confirmed: %(contact)s", contact=told) if told else ""
