"""The words of administrators for their people: what somebody does, and how it stands with their access."""

from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.domain.staffing.members import Member, State
from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import _


def roles() -> dict[str, str]:
    """Name what people do."""
    return {
        StaffRole.OFFICER: _("Officer"),
        StaffRole.SUPERVISOR: _("Supervisor"),
        StaffRole.HUB: _("Contact team"),
        StaffRole.ADMIN: _("Administrator"),
    }


def choices() -> tuple[tuple[str, str], ...]:
    """Return what people can do as pairs of a value and its words, the first of which says nothing."""
    return (("", _("Choose")), *((value, name) for value, name in roles().items()))


def role(value: str) -> str:
    """Name what somebody does; who has no access does nothing here."""
    return roles().get(value, _("No access"))


def role_of(words: str) -> str:
    """Return what is meant by the name of a role, in whatever case; what means nothing stays as it is."""
    wanted = fold(words)
    return next((value for value, name in roles().items() if wanted in {fold(name), fold(value)}), words)


def states() -> dict[str, str]:
    """Name how it can stand with somebody's access."""
    return {
        State.ACTIVE: _("Active"),
        State.INVITED: _("Invited"),
        State.LAPSED: _("Invitation lapsed"),
        State.ASKED: _("Not decided yet"),
        State.SUSPENDED: _("Suspended"),
        State.NONE: _("No access"),
        State.LEFT: _("Has left"),
    }


def colour(state: State) -> str:
    """Return the tag that goes with it."""
    return {
        State.ACTIVE: "govuk-tag--green",
        State.INVITED: "govuk-tag--blue",
        State.LAPSED: "govuk-tag--yellow",
        State.ASKED: "govuk-tag--yellow",
        State.SUSPENDED: "govuk-tag--red",
    }.get(state, "govuk-tag--grey")


def signs_in(member: Member) -> str:
    """Say how somebody signs in."""
    if member.has_password:
        return _("Email and password")
    return _("Single sign-on of your force") if member.signed_in_at else _("Has not signed in")
