"""Asking for a call: how, on which number, and when it is safe to speak."""

from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain.cases import Case
from trackmycrime.domain.messages.sending import from_victim
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.domain.updates import clean
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx


class Method(StrEnum):
    """How somebody wants to be called."""

    CALL = "call"
    TEXT_FIRST = "text_first"
    UNSAID = ""


class Days(StrEnum):
    """On which days it is safe."""

    ANY = "any"
    WEEKDAYS = "weekdays"
    WEEKENDS = "weekends"
    UNSAID = ""


class Hours(StrEnum):
    """At what time of the day it is safe."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    UNSAID = ""


class CallWish(Struct, frozen=True):
    """What somebody says about the call they ask for; `number` is empty for the one that the police have."""

    method: Method
    number: str
    days: Days
    hours: Hours
    when: str


async def ask_for_call(tx: ForceTx, case: Case, wish: CallWish, *, once: str = "") -> UUID:
    """Ask the force to call when it is safe to speak.

    Raises Invalid, by field, when neither days and a time nor their own words say when that is, and SaidAlready.
    """
    return await from_victim(tx, case, _text(_checked(wish)), TaskKind.CALL_REQUEST, once)


def _checked(wish: CallWish) -> CallWish:
    missing: dict[str, str] = {}
    if not wish.when.strip():
        if wish.days is Days.UNSAID:
            missing["days"] = _("Choose the days when it is safe to call you")
        if wish.hours is Hours.UNSAID:
            missing["hours"] = _("Choose the time when it is safe to call you")
        if len(missing) > 1:
            missing["when"] = _("Tell us when it is safe to call you, or choose days and a time")
    if missing:
        raise Invalid(missing)
    return wish


def _text(wish: CallWish) -> str:
    """Return what staff read, and what the victim sees that they asked for."""
    method = {
        Method.CALL: _("Please call me."),
        Method.TEXT_FIRST: _("Please send me a text message first, then call me."),
        Method.UNSAID: _("Please call me."),
    }[wish.method]
    number = _("Use this number: %(number)s.", number=wish.number) if wish.number else ""
    safe = ", ".join(filter(None, (days(wish.days), hours(wish.hours))))
    said = clean(wish.when, "when") if wish.when.strip() else ""
    when = _("It is safe to call: %(when)s", when=". ".join(filter(None, (safe, said))))
    return " ".join(filter(None, (method, number, when)))


def days(chosen: Days) -> str:
    """Say which days are safe."""
    return {
        Days.ANY: _("Any day"),
        Days.WEEKDAYS: _("Monday to Friday"),
        Days.WEEKENDS: _("Saturday or Sunday"),
        Days.UNSAID: "",
    }[chosen]


def hours(chosen: Hours) -> str:
    """Say at what time of the day it is safe."""
    return {
        Hours.ANY: _("Any time of the day"),
        Hours.MORNING: _("Morning, 8am to midday"),
        Hours.AFTERNOON: _("Afternoon, midday to 5pm"),
        Hours.EVENING: _("Evening, 5pm to 8pm"),
        Hours.UNSAID: "",
    }[chosen]
