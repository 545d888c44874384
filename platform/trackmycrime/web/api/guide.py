"""The readable pages of the API: how to connect, what to push, and what to read."""

import msgspec
from litestar import get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.kit.words import _
from trackmycrime.web.api import examples, meanings, schemas
from trackmycrime.web.api.schemas import Field
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit


class Shape(Struct, frozen=True):
    """Something that is sent or read, with an example ("" for none); `anchor` is its place on the page."""

    anchor: str
    name: str
    meaning: str
    fields: tuple[Field, ...]
    example: str


class Told(Struct, frozen=True):
    """A type of event that the force's systems can read."""

    name: str
    meaning: str


class Reading(Struct, frozen=True):
    """What there is to read, with the examples of its two answers."""

    origin: str
    told: tuple[Told, ...]
    events: str
    crime: str


@get("/api", opt={"permission": Permission.PUBLIC})
async def start(visit: NamedDependency[Visit]) -> Page:
    """Show how to connect a record system."""
    answer = _written(examples.ANSWER)
    return page("api/start.html", frames.plain(visit), origin=visit.site.ref.origin, answer=answer)


@get("/api/events", opt={"permission": Permission.PUBLIC})
async def inbound(visit: NamedDependency[Visit]) -> Page:
    """Show every type of event that a record system pushes."""
    events = tuple(_event(kind, name) for kind, name in schemas.event_types().items())
    return page("api/inbound.html", frames.plain(visit), events=events, parts=_parts())


@get("/api/reading", opt={"permission": Permission.PUBLIC})
async def outbound(visit: NamedDependency[Visit]) -> Page:
    """Show what a record system can read."""
    told = tuple(Told(name, meaning) for name, meaning in meanings.facts().items())
    shown = Reading(visit.site.ref.origin, told, _written(examples.PAGE), _written(examples.CRIME))
    return page("api/outbound.html", frames.plain(visit), page=shown)


def _event(kind: str, schema: str) -> Shape:
    return Shape(schema, kind, meanings.event(kind), schemas.fields(schema), _written(examples.EVENTS[kind]))


def _parts() -> tuple[Shape, ...]:
    names = (_("Offence"), _("Officer"), _("Victim"), _("Item"))
    named = zip(schemas.PARTS, names, strict=True)
    return tuple(Shape(schema, name, "", schemas.fields(schema), "") for schema, name in named)


def _written(example: object) -> str:
    return msgspec.json.format(msgspec.json.encode(example), indent=2).decode()
