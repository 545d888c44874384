"""One of the two forces: its people and crimes, everything written through the domain with canaries in its plaintext.

Vera and Wanda are victims on one reference, the case of the first officer. Xenia is the victim of another case, the second
officer's. Rita reported both, and has said the reference of the first. Zoe acts for Vera, and has not registered. Yara, Yves and Yann share a case that nobody is assigned to: Yara is at risk, the others are invited; nobody checked that Yvette may act for Yara.
"""

from dataclasses import dataclass, field
from uuid import UUID

from tests.cast import Victim, World
from tests.isolation.canaries import Whose, canary
from tests.isolation.ways import Ways
from trackmycrime.domain.tenancy.registry import Force
from trackmycrime.kit.actor import NOBODY, Actor, Kind
from trackmycrime.tx import ForceDoor

STAFF = {
    "officer": "officer",
    "other_officer": "officer",
    "hub": "hub",
    "colleague": "hub",  # opens cases and takes tasks, so that the hub's own officer has nothing to do with them
    "supervisor": "supervisor",
    "admin": "admin",
    "invited": "hub",
    "other_admin": "admin",  # these four sign in nowhere: they are who something is done about
    "candidate": "officer",
    "leaver": "officer",
    "suspended": "officer",
}


@dataclass
class Side:
    """A force of the stage. `ids` finds everything by the name that the ledger uses."""

    world: World
    letter: str
    force: Force
    victims: dict[str, Victim]
    ids: dict[str, UUID] = field(default_factory=dict[str, UUID])
    client: tuple[str, str] = ("", "")
    client_key: UUID = NOBODY
    marks: dict[str, str] = field(default_factory=dict[str, str])
    ways: dict[str, Ways] = field(default_factory=dict[str, Ways])

    @property
    def slug(self) -> str:
        """The force's part of the address."""
        return self.force.ref.slug

    @property
    def door(self) -> ForceDoor:
        """The door to the force's data."""
        return self.world.registry.door(self.force)

    def say(self, whose: Whose, table: str, column: str, *, joined: str = "-") -> str:
        """Return a canary of this force."""
        return canary(self.letter, whose, table, column, joined=joined)

    def victim(self, name: str) -> Actor:
        """Return a victim as an actor."""
        return Actor(Kind.VICTIM, self.ids[name], role="victim")

    def employee(self, name: str) -> Actor:
        """Return a member of staff as an actor."""
        return Actor(Kind.STAFF, self.ids[name], role=STAFF[name], name=self.say(Whose.STAFF, "staff", "name"))

    def email(self, name: str) -> str:
        """Return the address of a member of staff."""
        return f"{self.say(Whose.STAFF, 'staff', 'email')}-{name}@example.org"

    async def one(self, sql: str, *args: object) -> UUID:
        """Return the only id that a question finds; $1 is the force."""
        ((found,),) = await self.world.ask(self.slug, sql, *args)
        return found
