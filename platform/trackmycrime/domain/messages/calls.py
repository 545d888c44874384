"""Asking for a call: how, on which number, and when it is safe to speak."""

from collections.abc import Callable
from enum import StrEnum
from uuid import UUID

from msgspec import Struct, structs

from trackmycrime.domain.cases import Case
from trackmycrime.domain.messages.sending import from_victim
from trackmycrime.domain.people import telephone
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
    """What somebody says about the call they ask for; `number` is as it was typed, empty for the one that the police have."""

    method: Method
    number: str
    days: Days
    hours: Hours
    when: str


async def ask_for_call(tx: ForceTx, case: Case, wish: CallWish, *, once: str = "") -> UUID:
    """Ask the force to call when it is safe to speak.

    Raises Invalid, with everything that is wrong by its field: a number that nobody could call, words that are too many, or
    neither days and a time nor words of their own that say when it is safe. Raises SaidAlready.
    """
    return await from_victim(tx, case, _text(_checked(wish)), TaskKind.CALL_REQUEST, once)


def _checked(wish: CallWish) -> CallWish:
    wrong: dict[str, str] = {}
    number = _noted(wrong, lambda: telephone.any_number(wish.number, "number"))
    when = _noted(wrong, lambda: clean(wish.when, "when")) if wish.when.strip() else ""
    if not wish.when.strip():
        wrong |= _missing(wish)
    if wrong:
        raise Invalid(wrong)
    return structs.replace(wish, number=number, when=when)


def _noted(wrong: dict[str, str], read: Callable[[], str]) -> str:
    """Return what is read, or note what is wrong with it."""
    try:
        return read()
    except Invalid as refusal:
        wrong |= refusal.fields
        return ""


def _missing(wish: CallWish) -> dict[str, str]:
    missing: dict[str, str] = {}
    if wish.days is Days.UNSAID:
        missing["days"] = _("Choose the days when it is safe to call you")
    if wish.hours is Hours.UNSAID:
        missing["hours"] = _("Choose the time when it is safe to call you")
    if len(missing) > 1:
        missing["when"] = _("Tell us when it is safe to call you, or choose days and a time")
    return missing


def _text(wish: CallWish) -> str:
    """Return what staff read, and what the victim sees that they asked for."""
    method = {
        Method.CALL: _("Please call me."),
        Method.TEXT_FIRST: _("Please send me a text message first, then call me."),
        Method.UNSAID: _("Please call me."),
    }[wish.method]
    number = _("Use this number: %(number)s.", number=wish.number) if wish.number else ""
    safe = ", ".join(filter(None, (days(wish.days), hours(wish.hours))))
    when = _("It is safe to call: %(when)s", when=". ".join(filter(None, (safe, wish.when))))
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
