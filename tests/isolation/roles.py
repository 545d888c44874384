"""Who asks: everybody of both forces, the nation and nobody, each with the cookie or token that is really theirs."""

from collections.abc import Iterable

from msgspec import Struct

from tests.isolation.canaries import Whose, all_of
from tests.isolation.side import STAFF, Side
from tests.isolation.stage import Stage
from trackmycrime.domain.identity import sessions
from trackmycrime.kit.actor import Kind, service
from trackmycrime.web.api import tokens

_READERS = ("vera", "wanda", "xenia", "rita")
_SEEN: dict[str, tuple[Whose, ...]] = {
    "vera": (Whose.STAFF, Whose.REFERENCE, Whose.CASE, Whose.VERA, Whose.VERAS_WORDS),
    "wanda": (Whose.STAFF, Whose.REFERENCE, Whose.CASE, Whose.WANDA, Whose.WANDAS_WORDS),
    "xenia": (Whose.STAFF, Whose.OTHER_REFERENCE, Whose.XENIA, Whose.XENIAS_WORDS),
    "rita": (Whose.REFERENCE, Whose.REPORTER),
    "officer": (
        *(Whose.STAFF, Whose.REFERENCE, Whose.OTHER_REFERENCE, Whose.CASE, Whose.NOTE),
        *(Whose.VERA, Whose.WANDA, Whose.VERAS_WORDS, Whose.WANDAS_WORDS, Whose.REPORTER),
    ),
    "other_officer": (
        Whose.STAFF,
        Whose.REFERENCE,
        Whose.OTHER_REFERENCE,
        Whose.XENIA,
        Whose.XENIAS_WORDS,
        Whose.REPORTER,
    ),
    # References of what goes, is held or asked for, and reasons that staff gave; never a case.
    "admin": (Whose.STAFF, Whose.REFERENCE, Whose.OTHER_REFERENCE, Whose.REASON),
    "record_system": tuple(Whose),
}
# They see what waits in the whole force, but no case that they have not opened.
_TRIAGE = (
    *(Whose.STAFF, Whose.REFERENCE, Whose.OTHER_REFERENCE),
    *(Whose.VERAS_WORDS, Whose.WANDAS_WORDS, Whose.XENIAS_WORDS),
)


class Role(Struct, frozen=True):
    """Somebody who asks. `at` is where their credentials are good: `a`, `b`, `console`, or nowhere."""

    name: str
    at: str = ""
    kind: str = ""
    cookie: str = ""
    csrf: str = ""
    bearer: str = ""
    sees: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """How reports name them."""
        return f"{self.name} of {self.at}" if self.at else self.name

    def stripped(self) -> "Role":
        """Return somebody who brings credentials of the same sort that do not exist."""
        return Role(f"{self.name} who is nobody", cookie=self.cookie and "x" * 43, bearer=self.bearer and "x.y.z")


VISITOR = Role("visitor")
_ABSENT = {"colleague", "invited", "other_admin", "candidate", "leaver", "suspended"}


async def everybody(stage: Stage) -> dict[str, Role]:
    """Begin a session for everybody, and return them by their titles."""
    found = [VISITOR, Role("operator", "console", "operator", *stage.operator)]
    for side in (stage.a, stage.b):
        found += await of_side(side)
    return {role.title: role for role in found}


async def of_side(side: Side, names: Iterable[str] = (*_READERS, *STAFF)) -> list[Role]:
    """Begin a session for people of a force, and a token for its record system."""
    wanted = [name for name in names if name not in _ABSENT]
    found: list[Role] = []
    async with side.door.open(service("isolation")) as tx:
        for name in wanted:
            kind, role = (Kind.STAFF, STAFF[name]) if name in STAFF else (Kind.VICTIM, "victim")
            begun = await sessions.begin(tx, kind, side.ids[name])
            sees = all_of(side.letter, _SEEN.get(name, _TRIAGE))
            found.append(Role(name, side.letter, role, begun.cookie, begun.session.csrf, sees=sees))
    token = tokens.issue(side.force.ref, side.client[0], side.client_key)
    return [*found, Role("record_system", side.letter, "record_system", bearer=token, sees=all_of(side.letter))]


async def again(stage: Stage, role: Role) -> Role:
    """Return the same person with a session of its own, for what ends sessions; whoever has none stays as they are."""
    if role.at == "console":
        return Role(role.name, role.at, role.kind, *await stage.signed_in())
    if role.at:
        return (await of_side(stage.a if role.at == "a" else stage.b, [role.name]))[0]
    return role
