"""What is wrong with an event that waits, as a question to somebody who can answer it, and the event with their answer."""

import json
import re
from enum import StrEnum
from typing import Any, cast

from msgspec import Struct

from trackmycrime.domain.ingest.applying import NO_ADDRESSEE, UNKNOWN_PERSON, UNKNOWN_STAGE
from trackmycrime.domain.ingest.batch import NO_CRIME, WRONG
from trackmycrime.domain.ingest.parsing import Parsed, one
from trackmycrime.kit.errors import Conflict, Invalid
from trackmycrime.kit.words import _

LONGEST = 2000
_FAULT = re.compile(r"(?P<what>.*?)(?: - at `\$\.?(?P<path>[^`]*)`)?")
_LACKING = re.compile(r"Object missing required field `(?P<name>\w+)`")
_STEP = re.compile(r"([A-Za-z_]\w*)|\[(\d+)\]")
_UNMENDABLE = re.compile(r"Expected `(object|array)")

type Step = str | int
type Content = dict[str, Any]


class Asks(StrEnum):
    """What somebody has to say so that an event can be used."""

    ADDRESSEE = "addressee"  # for which people of the case it is
    STAGE = "stage"
    CRIME = "crime"  # to which crime it belongs
    FIELD = "field"  # what should stand in one field
    NOTHING = "nothing"  # it waits for something else, or has to be corrected where it came from


class Question(Struct, frozen=True):
    """What is asked about an event; `path` leads to the field, and `given` is what stands there now."""

    asks: Asks
    path: tuple[Step, ...] = ()
    given: str = ""
    hint: str = ""


def question(reason: str, content: bytes) -> Question:
    """Return what has to be said about an event that waits for this reason."""
    name, _colon, fault = reason.partition(": ")
    if name in {NO_ADDRESSEE, UNKNOWN_PERSON}:
        return Question(Asks.ADDRESSEE)
    told = _opened(content)
    if name == UNKNOWN_STAGE:
        return Question(Asks.STAGE, ("stage",), str(told.get("stage", "")))
    if name == NO_CRIME:
        return Question(Asks.CRIME, ("crime",), str(told.get("crime", "")))
    return _about_field(told, fault) if name == WRONG else Question(Asks.NOTHING)


def _opened(content: bytes) -> Content:
    found = cast("object", json.loads(content))
    return cast("Content", found) if isinstance(found, dict) else {}


def _about_field(told: Content, fault: str) -> Question:
    path = _path(fault)
    found = _at(told, path)
    if not path or isinstance(found, dict | list) or _UNMENDABLE.match(fault):
        return Question(Asks.NOTHING)
    return Question(Asks.FIELD, path, "" if found is None else str(found), _hint(fault))


def _path(fault: str) -> tuple[Step, ...]:
    matched = _FAULT.fullmatch(fault)
    if matched is None:
        return ()
    steps = [name or int(place) for name, place in _STEP.findall(matched["path"] or "")]
    lacking = _LACKING.fullmatch(matched["what"])
    return (*steps, lacking["name"]) if lacking else tuple(steps)


def _hint(fault: str) -> str:
    for sign, hint in (
        ("RFC3339 encoded datetime", _("A date and time, such as 2026-03-09T14:30:00Z")),
        ("`datetime`", _("A date and time with its zone, such as 2026-03-09T14:30:00Z")),
        ("RFC3339 encoded date", _("A date, such as 1984-03-09")),
        ("`int", _("A whole number")),
    ):
        if sign in fault:
            return hint
    return ""


def _at(told: Content, path: tuple[Step, ...]) -> object:
    """Return what stands at a path, None where nothing does."""
    found: Any = told
    for step in path:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            return None
    return found


def mended(content: bytes, asked: Question, answer: str, to: list[str]) -> Parsed:
    """Return an event with what somebody answered.

    Raises Invalid, by `answer` or `to`, when it still cannot be used in this place, and Conflict where nothing can be answered.
    """
    if asked.asks is Asks.NOTHING:
        raise Conflict(_("This cannot be corrected here."))
    if asked.asks is Asks.ADDRESSEE:
        if not to:
            raise Invalid({"to": _("Choose who it is for")})
        return _parsed({**_opened(content), "to": to})
    text = answer.strip()
    if not text or len(text) > LONGEST:
        raise Invalid({"answer": _("Enter what it should say")})
    for value in _values(text):
        found = _parsed(_with(_opened(content), asked.path, value))
        if not found.fault or _path(found.fault) != asked.path:
            return found
    raise Invalid({"answer": asked.hint or _("This still cannot be used. Enter something else")})


def _values(text: str) -> list[object]:
    """Return what a text may mean: itself, or the number or the yes or no that it spells."""
    words: dict[str, object] = {"true": True, "false": False}
    if text in words:
        return [text, words[text]]
    return [text, int(text)] if re.fullmatch(r"-?[0-9]{1,15}", text) else [text]


def _with(told: Content, path: tuple[Step, ...], value: object) -> Content:
    inner: Any = told
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return told


def _parsed(told: Content) -> Parsed:
    found = one(json.dumps(told).encode())
    if found is None:
        raise Invalid({"answer": _("This still cannot be used. Enter something else")})
    return found


def lines(content: bytes) -> list[tuple[str, str]]:
    """Return what an event says, field by field: where it stands, and its text."""
    return list(_lines(_opened(content), ""))


def _lines(value: object, where: str) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        pairs = [(name, inner) for name, inner in cast("Content", value).items() if inner is not None]
    elif isinstance(value, list):
        pairs = [(str(number), inner) for number, inner in enumerate(cast("list[object]", value), start=1)]
    else:
        return [(where, str(value))]
    return [line for name, inner in pairs for line in _lines(inner, f"{where} {name}".strip())]


def field(path: tuple[Step, ...]) -> str:
    """Return how a field is called on a page: places in a list count from one."""
    return " ".join(str(step + 1) if isinstance(step, int) else step for step in path).replace("_", " ")


def field_of(reason: str) -> str:
    """Return which field a reason names, "" for none: never what stands in it."""
    name, _colon, fault = reason.partition(": ")
    return field(_path(fault)) if name == WRONG else ""
