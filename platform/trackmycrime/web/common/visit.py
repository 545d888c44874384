"""One request: whose site it came to, who makes it, and the one transaction it has."""

from typing import Any

from litestar import Request

from trackmycrime.domain.identity.operators import OperatorSession
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.tenancy.registry import Force
from trackmycrime.kit.actor import VISITOR, Actor
from trackmycrime.kit.courtesy import Courtesy
from trackmycrime.kit.network import network_of
from trackmycrime.settings import Settings
from trackmycrime.tx import Database, ForceDoor, ForceTx, NationalTx

AnyRequest = Request[Any, Any, Any]

VISIT = "visit"
SESSION_COOKIE, DEVICE_COOKIE = "__Host-session", "__Host-device"
HALFWAY_COOKIE, PASSKEY_COOKIE = "__Host-halfway", "__Host-passkey"
PROVIDER_COOKIE = "__Host-provider"


class Visit:
    """What is known of a request. The Edge makes it, and ends its transaction: commit before the answer leaves."""

    # Not a dataclass: Litestar would take one apart and put it together again for every handler.
    __slots__ = (
        "address",
        "cookies",
        "courtesy",
        "database",
        "force",
        "has_welsh",
        "request_id",
        "session",
        "settings",
        "tx",
    )

    def __init__(
        self, request_id: str, address: str, settings: Settings, database: Database, courtesy: Courtesy
    ) -> None:
        self.request_id, self.address, self.settings, self.database = request_id, address, settings, database
        self.courtesy = courtesy
        self.force: Force | None = None
        self.tx: ForceTx | NationalTx | None = None
        self.session: Session | OperatorSession | None = None
        self.cookies: list[str] = []
        self.has_welsh = False

    @property
    def site(self) -> Force:
        """The force whose site this is; only the routes of a force's site ask."""
        if self.force is None:
            raise LookupError
        return self.force

    @property
    def network(self) -> str:
        """The network that the request comes from, as far as counting its failures goes."""
        return network_of(self.address)

    @property
    def door(self) -> ForceDoor:
        """The door to the force's data, for what needs transactions of its own."""
        return self.database.force(self.site.ref)

    @property
    def actor(self) -> Actor:
        """Who makes the request."""
        return self.session.actor if self.session else VISITOR

    @property
    def csrf(self) -> str:
        """The token that the session's forms carry."""
        return self.session.csrf if self.session else ""

    def force_tx(self) -> ForceTx:
        """Return the request's transaction on the force's data."""
        if self.tx is None:
            self.tx = self.door.begin(self.actor)
        if not isinstance(self.tx, ForceTx):
            raise TypeError
        return self.tx

    async def national_tx(self) -> NationalTx:
        """Return the console's transaction on the national tables, begun when first asked for."""
        if self.tx is None:
            self.tx = await self.database.national("console").begin(self.actor)
        if not isinstance(self.tx, NationalTx):
            raise TypeError
        return self.tx

    async def leave_tx(self) -> None:
        """Give the request's transaction back, undone, before something long that has one of its own."""
        if self.tx is not None:
            await self.tx.close()
        self.tx = None

    def set_cookie(self, name: str, value: str, *, max_age: int | None = None) -> None:
        """Set a cookie of this host alone; `max_age` in seconds, else it ends with the browser."""
        age = "" if max_age is None else f"; Max-Age={max_age}"
        self.cookies.append(f"{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}")

    def drop_cookie(self, name: str) -> None:
        """Forget a cookie."""
        self.set_cookie(name, "", max_age=0)


def visit_of(request: AnyRequest) -> Visit:
    """Return the visit of a request."""
    visit: Visit = request.scope["state"][VISIT]
    return visit
