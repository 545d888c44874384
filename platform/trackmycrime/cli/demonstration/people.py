"""The invented people of one force: names by chance, numbers from the drama ranges, addresses at example.org."""

import unicodedata
from datetime import date, timedelta
from random import Random

from msgspec import Struct

from trackmycrime.cli.demonstration.forces import Setting
from trackmycrime.cli.demonstration.names import GIVEN_NAMES, SURNAMES
from trackmycrime.cli.demonstration.stories import Contact, Part

MOBILES_EACH = 250
# In the order of a story's `officer`: rank, and which of the force's units.
OFFICERS = (("PC", 1), ("DC", 1), ("PC", 0), ("PC", 3), ("DC", 2), ("DC", 2), ("PC", 0))


class DemoPerson(Struct, frozen=True):
    """A victim who can be signed up: what they would type, and their number at the record system."""

    crime_reference: str
    person: str
    given_names: str
    last_name: str
    date_of_birth: str
    email: str
    mobile: str


class DemoStaff(Struct, frozen=True):
    """Somebody who works for the force; `rank` is empty for police staff."""

    collar_number: str
    name: str
    rank: str
    email: str
    unit: str


class Identity(Struct, frozen=True):
    """Who a part turned out to be, with the contact details of today and those they may move to."""

    person: str
    given_names: str
    last_name: str
    date_of_birth: str
    email: str
    mobile: str
    new_email: str
    new_mobile: str


class Cast:
    """Gives every part an identity, once, and never the same name, number or address twice in a force."""

    def __init__(self, slug: str, force: Setting, rng: Random, today: date) -> None:
        self._slug, self._force, self._rng, self._today = slug, force, rng, today
        self._names: set[tuple[str, str]] = set()
        self._mobiles = rng.sample(range(force.mobile_from, force.mobile_from + MOBILES_EACH), MOBILES_EACH)
        self._number = rng.randrange(20_000, 60_000)
        self._collar = force.collar_from
        self._identities: dict[str, Identity] = {}

    def identity(self, part: Part) -> Identity:
        """Say who plays this part: the same person wherever its key appears."""
        if part.key not in self._identities:
            self._identities[part.key] = self._person(part)
        return self._identities[part.key]

    def victim(self, part: Part) -> dict[str, object]:
        """Describe the part as the record system describes a victim (contract, `victim`)."""
        who = self.identity(part)
        said: dict[str, object] = {
            "person": who.person,
            "role": part.role,
            "given_names": who.given_names,
            "last_name": who.last_name,
            "date_of_birth": who.date_of_birth,
            **_contact(who, part.contact),
            "language": part.language,
            "consent": part.consent,
            "suitability": part.suitability,
            "enhanced": part.enhanced,
        }
        if part.safety is not None:
            said["safety"] = list(part.safety)
        if part.proxy_for is not None:
            said["proxy_for"] = self._identities[part.proxy_for].person
        return said

    def officers(self) -> tuple[DemoStaff, ...]:
        """Make the force's investigating officers, in the order that stories count them."""
        return tuple(self.staff(rank, self._force.units[unit]) for rank, unit in OFFICERS)

    def staff(self, rank: str, unit: str) -> DemoStaff:
        """Make one more member of staff."""
        given, last = self._name()
        self._collar += self._rng.randrange(7, 90)
        return DemoStaff(str(self._collar), f"{given} {last}", rank, self._address(given, last), unit)

    def _person(self, part: Part) -> Identity:
        given, last = self._name()
        self._number += self._rng.randrange(3, 700)
        days = self._rng.randint(*part.ages) * 365.25 + self._rng.randrange(10, 350)
        return Identity(
            person=f"{self._force.prefix}P{self._number:07d}",
            given_names=given,
            last_name=last,
            date_of_birth=(self._today - timedelta(days=days)).isoformat(),
            email=self._address(given, last),
            mobile=self._mobile(),
            new_email=self._address(given, last, "home"),
            new_mobile=self._mobile(),
        )

    def _name(self) -> tuple[str, str]:
        name = self._rng.choice(GIVEN_NAMES), self._rng.choice(SURNAMES)
        while name in self._names or name[0] == name[1]:
            name = self._rng.choice(GIVEN_NAMES), self._rng.choice(SURNAMES)
        self._names.add(name)
        return name

    def _mobile(self) -> str:
        return f"07700 900{self._mobiles.pop():03d}"

    def _address(self, *words: str) -> str:
        plain = unicodedata.normalize("NFKD", ".".join((*words, self._slug))).encode("ascii", "ignore").decode()
        return f"{plain.replace("'", '').lower()}@example.org"


def _contact(who: Identity, contact: Contact) -> dict[str, object]:
    match contact:
        case "both":
            return {"email": who.email, "mobile": who.mobile}
        case "email":
            return {"email": who.email}
        case "mobile":
            return {"mobile": who.mobile}
        case "new":
            return {"email": who.new_email, "mobile": who.new_mobile}
        case "none":
            return {}
