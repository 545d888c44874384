"""The demonstration's sign-ins: passwords that are made once for a data folder, and the list that is printed."""

import secrets
import zlib
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from trackmycrime.cli.demonstration.day import Day
from trackmycrime.cli.home import Home, write_private
from trackmycrime.domain.tenancy.demonstration import forces
from trackmycrime.kit.time import now
from trackmycrime.settings import Settings

OPERATOR = "operator"
OPERATOR_EMAIL = "operator@example.org"
_KINDS = ("victim", "officer", "hub", "admin")
_CONSONANTS, _VOWELS = "bdfghjklmnprstvwz", "aeiou"
_WORDS, _SYLLABLES = 4, 2  # 49 bits, on a machine of one's own


class Plan(Struct, frozen=True):
    """What a load that was interrupted goes on with: the same day, the same passwords, and the forces that are done."""

    seed: int
    made_at: datetime
    passwords: dict[str, str]
    loaded: list[str]

    def password(self, who: str, slug: str = "") -> str:
        """Return the password of one kind of person."""
        return self.passwords[f"{who} {slug}".strip()]


def plan(home: Home) -> Plan:
    """Return the plan of a data folder, made when it is first asked for; the same folder always tells the same stories."""
    path = home.path / "demo-plan.json"
    if not path.exists():
        people = [f"{who} {slug}" for slug in forces() for who in _KINDS]
        passwords = {who: new_password() for who in (*people, OPERATOR)}
        keep(home, Plan(zlib.crc32(str(home.path).encode()), now(), passwords, []))
    return msgspec.json.decode(path.read_bytes(), type=Plan)


def keep(home: Home, what: Plan) -> None:
    """Write the plan down."""
    write_private(home.path / "demo-plan.json", msgspec.to_builtins(what))


def new_password() -> str:
    """Return a new password of four words that can be said aloud: easy to type from a screen."""
    return "-".join(_word() for _ in range(_WORDS))


def _word() -> str:
    return "".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(_SYLLABLES))


def of_force(settings: Settings, what: Plan, slug: str, day: Day) -> list[dict[str, Any]]:
    """Return one sign-in for each kind of person of a force."""
    site = settings.origin(slug)
    victim = {
        "who": "victim",
        "force": slug,
        "url": f"{site}/sign-in",
        "crime_reference": day.victim.crime_reference,
        "last_name": day.victim.last_name,
        "date_of_birth": day.victim.date_of_birth,
        "password": what.password("victim", slug),
    }
    staff = {"officer": day.officer, "hub": day.hub, "admin": day.admin}
    return [
        victim,
        *(
            {
                "who": who,
                "force": slug,
                "url": f"{site}/staff/sign-in",
                "email": person.email,
                "password": what.password(who, slug),
            }
            for who, person in staff.items()
        ),
    ]


def of_operator(settings: Settings, what: Plan) -> dict[str, Any]:
    """Return the operator's sign-in."""
    url = f"{settings.origin('console')}/sign-in"
    return {"who": OPERATOR, "url": url, "email": OPERATOR_EMAIL, "password": what.password(OPERATOR)}
