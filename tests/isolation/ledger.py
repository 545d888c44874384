"""The ledger: every route of the running service, how it is called rightly, and which ids it takes."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from litestar import Litestar
from litestar.routes import HTTPRoute
from msgspec import Struct

from trackmycrime.web.common.edge import Edge, Surface


class For(StrEnum):
    """Whom a route is for, said here once more: the service's own table of permissions is what is tried."""

    PUBLIC = "public"
    VICTIMS = "victims"
    CASEWORKERS = "caseworkers"
    TRIAGE = "those who triage"
    SUPERVISORS = "supervisors"
    ADMINISTRATORS = "administrators"
    STAFF = "staff"
    MACHINES = "machines"
    OPERATORS = "operators"


WHO: Mapping[For, frozenset[str]] = {
    For.PUBLIC: frozenset({"", "victim", "officer", "hub", "supervisor", "admin", "record_system", "operator"}),
    For.VICTIMS: frozenset({"victim"}),
    For.CASEWORKERS: frozenset({"officer", "hub", "supervisor"}),
    For.TRIAGE: frozenset({"hub", "supervisor"}),
    For.SUPERVISORS: frozenset({"supervisor"}),
    For.ADMINISTRATORS: frozenset({"admin"}),
    For.STAFF: frozenset({"victim", "officer", "hub", "supervisor", "admin"}),
    For.MACHINES: frozenset({"record_system"}),
    For.OPERATORS: frozenset({"operator"}),
}


class Inner(StrEnum):
    """How a route answers an id of the same force that its reader has no business with."""

    AS_MISSING = "as missing"
    KNOWN = "known"  # staff know from their lists that it is there; nothing of it is shown, and nothing done


class Slot(Struct, frozen=True):
    """Where a route takes an id. A `prefix` slot is a form's field whose name ends with the id."""

    place: str  # path, query, form, prefix, event
    name: str
    kind: str
    inner: Inner = Inner.AS_MISSING


class Route(Struct, frozen=True, kw_only=True):
    """One route: who calls it rightly and how, and what the answer then is.

    Texts are filled with what `names` knows, such as {case}. `tame` is what the matrix sends instead of `form` where the
    right call can be made only once, or costs much. A `file` goes along with the form under that name. `shows` stands in the body, or begins where the answer leads. What
    `ends` signs its reader out; what `shuts` does so everywhere, or closes their account, and is asked last.
    """

    surface: Surface = Surface.FORCE
    method: str = "GET"
    path: str
    of: For = For.PUBLIC
    by: str = "visitor"
    params: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    form: Mapping[str, str] | None = None
    tame: Mapping[str, str] | None = None
    file: str = ""
    event: Mapping[str, object] | None = None
    status: int = 200
    shows: str
    slots: tuple[Slot, ...] = ()
    ends: bool = False
    shuts: bool = False
    searches: bool = False
    unforgeable: bool = True

    @property
    def key(self) -> tuple[Surface, str, str]:
        """How the running service names it."""
        return self.surface, self.method, self.path

    @property
    def title(self) -> str:
        """How reports name it."""
        return f"{self.surface} {self.method} {self.path}"

    @property
    def safe(self) -> bool:
        """Whether asking changes nothing."""
        return self.method == "GET"


def running(app: Edge) -> list[tuple[Surface, str, str]]:
    """Return every route of the running service, of every surface."""
    found: list[tuple[Surface, str, str]] = []
    for surface, site in app.surfaces.items():
        assert isinstance(site, Litestar)
        for route in site.routes:
            assert isinstance(route, HTTPRoute), route.path
            methods = {method for handler in route.route_handlers for method in handler.http_methods}
            found += [(surface, method, route.path) for method in sorted(methods - {"OPTIONS"})]
    return found


def differences(ledger: Iterable[Route], app: Edge) -> dict[str, list[str]]:
    """Return the routes that the ledger does not know, entries without a route, and what is there twice."""
    entries, routes = [route.key for route in ledger], running(app)
    return {
        "not in the ledger": [f"{key}" for key in routes if key not in entries],
        "not in the service": [f"{key}" for key in entries if key not in routes],
        "twice": [f"{key}" for key in entries if entries.count(key) > 1],
    }
