"""The shapes of everything that the API takes and gives: read from the very types that the code uses."""

from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from trackmycrime.domain import feed
from trackmycrime.domain.ingest import Answer
from trackmycrime.domain.ingest.events import Event
from trackmycrime.domain.ingest.holding import Crime
from trackmycrime.kit.words import _
from trackmycrime.web.api import meanings
from trackmycrime.web.api.token import Token, TokenRefusal
from trackmycrime.web.common.problems import Problem

REFERENCE = "#/components/schemas/"
_COMPARED = ("Crime", "StepHeld")
PARTS = ("Offence", "OfficerIn", "VictimIn", "ItemIn")
_TYPES = (Event.__value__, Answer, feed.Page, Crime, Token, TokenRefusal, Problem)

type Schema = dict[str, Any]


class Field(Struct, frozen=True):
    """A field as a page shows it; `link` leads to the shape of what it holds."""

    name: str
    required: bool
    kind: str
    link: str
    meaning: str


@cache
def _components() -> tuple[tuple[Schema, ...], dict[str, Schema]]:
    return msgspec.json.schema_components(_TYPES, schema_hook=_anything, ref_template=REFERENCE + "{name}")


def _anything(_type: type) -> Schema:
    """Return the schema of what may be anything: a value in the detail of an event from us."""
    return {"description": _("Depends on the type of event.")}


def event() -> Schema:
    """Return the schema of any event of a record system."""
    return _components()[0][0]


def event_types() -> dict[str, str]:
    """Return the name of the schema of each type of event."""
    mapping: dict[str, str] = event()["discriminator"]["mapping"]
    return {kind: reference.removeprefix(REFERENCE) for kind, reference in mapping.items()}


def all_of_them() -> dict[str, Schema]:
    """Return every schema by its name; what a record system pushes, and compares, has the meaning of each field."""
    told = {*event_types().values(), *PARTS, *_COMPARED}
    return {name: _explained(schema) if name in told else schema for name, schema in _components()[1].items()}


def _explained(schema: Schema) -> Schema:
    return schema | {"properties": {name: _with_meaning(name, field) for name, field in schema["properties"].items()}}


def _with_meaning(name: str, field: Schema) -> Schema:
    meaning = meanings.field(name)
    return field | {"description": meaning} if meaning else field


def fields(name: str) -> tuple[Field, ...]:
    """Return the fields of a shape, those that are needed first."""
    schema = _components()[1][name]
    required: list[str] = schema.get("required", [])
    found = [_field(each, shape, required=each in required) for each, shape in schema["properties"].items()]
    return tuple(sorted(found, key=lambda field: not field.required))


def _field(name: str, shape: Schema, *, required: bool) -> Field:
    inner = next((one for one in shape.get("anyOf", ()) if one.get("type") != "null"), shape)
    return Field(name, required, _kind(inner), _linked(inner), meanings.field(name))


def _linked(shape: Schema) -> str:
    reference: str = shape.get("$ref") or shape.get("items", {}).get("$ref", "")
    return reference.removeprefix(REFERENCE)


def _kind(shape: Schema) -> str:
    """Say in plain words what a field takes."""
    if "enum" in shape:
        return ", ".join(map(str, shape["enum"]))
    match shape.get("type"):
        case "array":
            return _("list of up to %(number)s: %(kind)s", number=shape["maxItems"], kind=_kind(shape["items"]))
        case "string":
            return _text(shape)
        case "integer":
            return _("whole number, %(least)s to %(most)s", least=shape["minimum"], most=shape["maximum"])
        case "boolean":
            return _("true or false")
        case _:
            return _("object")


def _text(shape: Schema) -> str:
    if "format" in shape:
        return {"date": _("date"), "date-time": _("date and time with its zone")}[shape["format"]]
    return _("text of up to %(number)s characters", number=shape["maxLength"]) if "maxLength" in shape else _("word")
