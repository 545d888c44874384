"""The national support services every force's directory starts with."""

import csv
from functools import cache
from importlib.resources import files

from msgspec import Struct

from trackmycrime.domain.tenancy.configuration import OffenceGroup
from trackmycrime.kit.words import _

# 0800, 0808 and the 116 numbers cost nothing from any phone in the United Kingdom (Ofcom).
_FREE = ("0800", "0808", "116")


class NationalService(Struct, frozen=True):
    """A service anyone in England and Wales may turn to. Empty means that we do not know, and show nothing.

    `crimes` names what it helps after; empty means any crime.
    """

    name: str
    phone: str
    web: str
    hours: str
    who_for: str
    helps_with: str
    crimes: tuple[OffenceGroup, ...]

    @property
    def free(self) -> bool:
        """Whether calling it is known to cost nothing."""
        return self.phone.startswith(_FREE)


def directory() -> tuple[NationalService, ...]:
    """Return the national services in the order they are shown, described in the language of the moment."""
    return tuple(
        NationalService(
            name=row["name"],
            phone=row["phone"],
            web=row["web"],
            hours=_said(row["hours"]),
            who_for=_said(row["who_for"]),
            helps_with=_said(row["helps_with"]),
            crimes=tuple(map(OffenceGroup, row["crimes"].split())),
        )
        for row in _rows()
    )


def _said(text: str) -> str:
    return _(text) if text else ""


@cache
def _rows() -> tuple[dict[str, str], ...]:
    content = (files("trackmycrime.data") / "helplines.csv").read_text("utf-8")
    return tuple(csv.DictReader(content.splitlines()))
