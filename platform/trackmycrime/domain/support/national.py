"""The national support services every force's directory starts with."""

import csv
from functools import cache
from importlib.resources import files

from msgspec import Struct

from trackmycrime.kit.words import _


class NationalService(Struct, frozen=True):
    """A service anyone in England and Wales may turn to. Empty means that we do not know, and show nothing."""

    name: str
    phone: str
    web: str
    hours: str
    who_for: str
    helps_with: str


def directory() -> tuple[NationalService, ...]:
    """Return the national services in the order they are shown, described in the language of the moment."""
    return tuple(
        NationalService(
            name=row["name"],
            phone=row["phone"],
            web=row["web"],
            hours=_(row["hours"]) if row["hours"] else "",
            who_for=_(row["who_for"]),
            helps_with=_(row["helps_with"]),
        )
        for row in _rows()
    )


@cache
def _rows() -> tuple[dict[str, str], ...]:
    content = (files("trackmycrime.data") / "helplines.csv").read_text("utf-8")
    return tuple(csv.DictReader(content.splitlines()))
