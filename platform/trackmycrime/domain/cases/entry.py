"""Beginning the session of a victim who has just proved who they are, whichever way they did."""

from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.cases import new_devices
from trackmycrime.domain.identity import sessions
from trackmycrime.domain.identity.sessions import Begun
from trackmycrime.domain.identity.staff import WrongSignIn
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.kit.actor import Actor, Kind
from trackmycrime.store.people import AccountRow
from trackmycrime.tx import ForceTx


class SignedIn(Struct, frozen=True):
    """A victim who has just signed in. `device` is what the cookie of a known device is to name; `language` is theirs.

    On a `shared` device others can come to it too.
    """

    begun: Begun
    device: UUID
    language: str
    shared: bool


def owner(person_id: UUID) -> Actor:
    """Return somebody who signs in as the actor of what follows."""
    return Actor(Kind.VICTIM, person_id, role="victim")


async def entered(tx: ForceTx, account: AccountRow, by: Browser, way: str, *, shared: bool) -> SignedIn:
    """Begin the session of an account whose owner came in by this way; in a browser that is not known they are told of it.

    A shared device is never known, so each sign-in on one is told: else whoever ticks that box would stay unseen.
    Raises WrongSignIn when the password is another by now, or the account is shut.
    """
    await audit.record(tx, "person.signed_in", subject_id=account.person_id, way=way)
    proven = (account.person_id, account.password_hash)
    begun = await sessions.begin_proven(tx, *proven, shared=shared, browser=by.kind)
    if begun is None:
        raise WrongSignIn
    if by.remembers != account.known_as:
        await new_devices.tell(tx)
    return SignedIn(begun, account.known_as, account.language, shared)
