"""Which national services there are, and which of them no force may hide: the operator's own list."""

import csv
from functools import cache
from importlib.resources import files
from typing import Final

# Victim Support helps everybody after any crime, so that whoever finds nothing else finds it. Samaritans answer at every hour
# whoever cannot go on. Neither depends on what a force thinks of its own services.
ALWAYS: Final = frozenset({"victim-support", "samaritans"})


@cache
def rows() -> tuple[dict[str, str], ...]:
    """Return the national services as the list has them, in the order they are shown."""
    content = (files("trackmycrime.data") / "helplines.csv").read_text("utf-8")
    return tuple(csv.DictReader(content.splitlines()))


@cache
def ids() -> frozenset[str]:
    """Return how settings name the national services."""
    return frozenset(row["id"] for row in rows())
