"""Who is acting: every transaction has exactly one actor, and the audit names it."""

from enum import StrEnum
from uuid import UUID

from msgspec import Struct

NOBODY = UUID(int=0)


class Kind(StrEnum):
    """What sort of actor this is. The words are stored with what they did."""

    VISITOR = "visitor"
    VICTIM = "victim"
    STAFF = "staff"
    RECORD_SYSTEM = "record_system"
    OPERATOR = "operator"
    SERVICE = "service"


class Actor(Struct, frozen=True):
    """Who is acting, and in which role. Built once for a request or a job."""

    kind: Kind
    id: UUID = NOBODY
    role: str = ""
    name: str = ""


VISITOR = Actor(Kind.VISITOR)


def service(name: str) -> Actor:
    """Return the service itself acting by `name` ("clock", "demonstration"): no person stands behind it."""
    return Actor(Kind.SERVICE, name=name)
