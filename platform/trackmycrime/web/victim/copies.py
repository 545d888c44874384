"""A copy of a case as a page that stands by itself: all its words, none of our addresses, nothing that another page needs."""

from collections.abc import Iterable
from datetime import datetime

from markupsafe import Markup
from msgspec import Struct

from trackmycrime.domain.cases.hearings import Hearing
from trackmycrime.domain.data_requests import DataCopy, PersonCopy
from trackmycrime.domain.my_case import CaseCopy, EntryCopy
from trackmycrime.kit.words import _, language
from trackmycrime.web.common.dates import day, moment
from trackmycrime.web.victim import desk, items
from trackmycrime.web.victim.items import ItemCard

STYLE = Markup(
    "body{max-width:42em;margin:2em auto;padding:0 1em;font:1.1em/1.5 Helvetica,Arial,sans-serif;color:#0b0c0c;background:#fff}"
    "dt{font-weight:bold}dd{margin:0 0 .5em}li{margin-bottom:1em;break-inside:avoid}p{margin:.3em 0;overflow-wrap:anywhere}"
    "h3{margin:.2em 0}section{margin-bottom:2em}.said{white-space:pre-line}"
)


class Line(Struct, frozen=True):
    """Something with a heading, a moment in words ("" for none) and a text in a language."""

    heading: str
    when: str
    text: str
    language: str


class Part(Struct, frozen=True):
    """A case in a copy. `facts` are pairs of what is said and what it is."""

    offence: str
    facts: tuple[tuple[str, str], ...]
    entries: tuple[Line, ...]
    items: tuple[ItemCard, ...]
    steps: tuple[Line, ...]
    hearings: tuple[Line, ...]


class CopyPage(Struct, frozen=True):
    """All that a copy shows: about the person, where it is about them, and about each case."""

    language: str
    style: Markup
    made: str
    person: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]


def of_case(case: CaseCopy) -> CopyPage:
    """Return the page of one case."""
    return CopyPage(language(), STYLE, moment(case.made_at), (), (_part(case),))


def of_data(data: DataCopy) -> CopyPage:
    """Return the page of all that somebody asked for."""
    return CopyPage(language(), STYLE, moment(data.made_at), _person(data.person), tuple(map(_part, data.cases)))


def _person(person: PersonCopy) -> tuple[tuple[str, str], ...]:
    born = day(person.date_of_birth) if person.date_of_birth else ""
    facts = (
        (_("Name"), f"{person.given_names} {person.last_name}".strip()),
        (_("Date of birth"), born),
        (_("Email address"), person.email or ""),
        (_("Mobile number"), person.mobile or ""),
    )
    return _told(facts)


def _told(facts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in facts if value)


def _part(case: CaseCopy) -> Part:
    way = case.progress
    return Part(
        desk.offence(case.offence),
        _facts(case),
        tuple(map(_entry, case.entries)),
        tuple(map(items.card, case.property)),
        tuple(Line(s.title, day(s.at) if s.at else "", s.meaning, language()) for s in way.steps) if way else (),
        tuple(map(_hearing, way.hearings)) if way else (),
    )


def _facts(case: CaseCopy) -> tuple[tuple[str, str], ...]:
    def on(when: datetime | None) -> str:
        return day(when) if when else ""

    facts = (
        (_("Police force"), case.force),
        (_("Crime reference"), case.reference),
        (_("Status"), case.progress.now if case.progress else ""),
        (_("Reported on"), on(case.reported_at)),
        (_("Closed on"), on(case.closed_at)),
        (_("Your officer"), f"{case.officer}, {case.unit}" if case.officer and case.unit else case.officer),
        (_("Next update by"), on(case.next_update_by)),
    )
    return _told(facts)


def _entry(entry: EntryCopy) -> Line:
    who = _("You") if entry.mine else entry.author or _("What happened")
    return Line(who, moment(entry.at), entry.text, entry.language)


def _hearing(hearing: Hearing) -> Line:
    return Line(f"{hearing.hearing_type}, {hearing.court}", moment(hearing.at), "", language())
