"""What the domain refuses of those who look after what is kept: an erasure alone, one on hold, and what is another force's."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from tests.isolation.side import Side
from trackmycrime.domain.retention import certificates, holds, rights
from trackmycrime.domain.retention.rights import State
from trackmycrime.tx import ForceTx

type Act = Callable[[ForceTx], Awaitable[object]]
_WHY = "Somebody tries it"


def refused(a: Side, b: Side) -> list[tuple[str, dict[str, Act]]]:
    """Return who must be refused what."""
    return [
        ("admin", {"erase whom she asked for": _grant(a.ids["own_erasure"]), **_of_another(b)}),
        ("admin", {"erase somebody on hold": _grant(a.ids["held_erasure"])}),
        ("supervisor", {"decide a request": _grant(a.ids["rights_request"])}),
        ("hub", {"decide a request": _grant(a.ids["rights_request"])}),
    ]


def _grant(request_id: UUID) -> Act:
    return lambda tx: rights.decide(tx, request_id, State.GRANTED, _WHY)


def _of_another(b: Side) -> dict[str, Act]:
    return {
        "decide a request of another force": _grant(b.ids["rights_request"]),
        "lift a hold of another force": lambda tx: holds.lift(tx, b.ids["hold"], _WHY),
        "place a hold in another force": lambda tx: holds.place(tx, b.victims["xenia"].reference, _WHY),
        "take a certificate of another force": lambda tx: certificates.certificate(tx, b.ids["deletion"]),
    }
