"""What the domain refuses of those who look after people, and of those who would act for others."""

from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

from tests.isolation.side import Side
from trackmycrime.domain.identity import deputies
from trackmycrime.domain.staffing import administrators, changing, importing, leaving
from trackmycrime.domain.staffing.importing import Row
from trackmycrime.domain.staffing.planning import Told
from trackmycrime.kit.time import today
from trackmycrime.tx import ForceTx

type Act = Callable[[ForceTx], Awaitable[object]]

_NEW = Told("Nye New", "nye@example.org", "hub", "", "")


def refused(a: Side, b: Side) -> list[tuple[str, dict[str, Act]]]:
    """Return who must be refused what."""
    return [
        ("officer", {**_changes(a.ids["leaver"]), **_away(a, "officer", "other_officer"), **_of_others(a, b)}),
        ("hub", _changes(a.ids["leaver"])),
        ("supervisor", {**_changes(a.ids["leaver"]), **_own_deputy(a, "supervisor")}),
        ("admin", {**_changes(b.ids["leaver"]), **_oneself(a, "admin"), **_uploads(a, b)}),
        ("other_admin", {"approve what she asked": lambda tx: administrators.approve(tx, a.ids["admin_request"])}),
    ]


def _changes(staff_id: UUID) -> dict[str, Act]:
    return {
        "suspend somebody": lambda tx: leaving.suspend(tx, staff_id),
        "remove somebody": lambda tx: leaving.remove(tx, staff_id),
        "change somebody": lambda tx: changing.change(tx, staff_id, _NEW),
        "send somebody a link": lambda tx: changing.invite_again(tx, staff_id),
    }


def _oneself(side: Side, who: str) -> dict[str, Act]:
    own = side.ids[who]
    other = Told("Somebody", side.email(who), "supervisor", "", "")
    return {
        "suspend herself": lambda tx: leaving.suspend(tx, own),
        "remove herself": lambda tx: leaving.remove(tx, own),
        "give herself a role": lambda tx: changing.change(tx, own, other),
    }


def _uploads(a: Side, b: Side) -> dict[str, Act]:
    return {
        "read another administrator's file": lambda tx: importing.plan(tx, a.ids["others_import"]),
        "read another force's file": lambda tx: importing.plan(tx, b.ids["staff_import"]),
        "approve for another force": lambda tx: administrators.approve(tx, b.ids["admin_request"]),
        "end a deputy of another force": lambda tx: deputies.end(tx, b.ids["officers_deputy"]),
    }


def _away(side: Side, who: str, other: str) -> dict[str, Act]:
    own = side.ids[who]
    return {
        "say who acts for a colleague": lambda tx: deputies.name(tx, side.ids[other], side.email("colleague"), _days()),
        "ask who acts for a colleague": lambda tx: deputies.of(tx, side.ids[other]),
        "let an administrator act": lambda tx: deputies.name(tx, own, side.email("admin"), _days()),
        "act for oneself": lambda tx: deputies.name(tx, own, side.email(who), _days()),
    }


def _own_deputy(side: Side, who: str) -> dict[str, Act]:
    absent = side.ids["officer"]
    return {"make herself a deputy": lambda tx: deputies.name(tx, absent, side.email(who), _days())}


def _of_others(a: Side, b: Side) -> dict[str, Act]:
    return {
        "invite somebody": lambda tx: changing.invite(tx, _NEW),
        "upload people": lambda tx: importing.keep(tx, [Row(2, _NEW)]),
        "approve a request": lambda tx: administrators.approve(tx, a.ids["admin_request"]),
        "refuse a request": lambda tx: administrators.refuse(tx, a.ids["admin_request"]),
        "end what concerns others": lambda tx: deputies.end(tx, a.ids["others_deputy"]),
        "end what is of another force": lambda tx: deputies.end(tx, b.ids["officers_deputy"]),
    }


def _days() -> tuple[date, date]:
    return today(), today()
