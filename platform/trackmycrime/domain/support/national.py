"""The national support services every force's directory starts with."""

from msgspec import Struct

from trackmycrime.domain.tenancy import helplines
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.services import SupportCategory
from trackmycrime.kit.words import _

# 0800, 0808 and the 116 numbers cost nothing from any phone in the United Kingdom (Ofcom).
_FREE = ("0800", "0808", "116")


class NationalService(Struct, frozen=True):
    """A service anyone in England and Wales may turn to. Empty means that we do not know, and show nothing.

    `crimes` names what it helps after; empty means any crime. One that is there `always` no force can hide.
    """

    id: str
    name: str
    phone: str
    web: str
    hours: str
    who_for: str
    helps_with: str
    category: SupportCategory
    crimes: tuple[OffenceGroup, ...]
    always: bool

    @property
    def free(self) -> bool:
        """Whether calling it is known to cost nothing."""
        return self.phone.startswith(_FREE)


def directory() -> tuple[NationalService, ...]:
    """Return the national services in the order they are shown, described in the language of the moment."""
    return tuple(
        NationalService(
            id=row["id"],
            name=row["name"],
            phone=row["phone"],
            web=row["web"],
            hours=_said(row["hours"]),
            who_for=_said(row["who_for"]),
            helps_with=_said(row["helps_with"]),
            category=SupportCategory(row["category"]),
            crimes=tuple(map(OffenceGroup, row["crimes"].split())),
            always=row["id"] in helplines.ALWAYS,
        )
        for row in helplines.rows()
    )


def shown_by(configuration: Configuration) -> tuple[NationalService, ...]:
    """Return the national services that a force's own directory shows: all that it does not hide."""
    return tuple(one for one in directory() if one.always or one.id not in configuration.support_hidden)


def _said(text: str) -> str:
    return _(text) if text else ""
