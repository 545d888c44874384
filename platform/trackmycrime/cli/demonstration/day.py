"""One force's demonstration: a day's events from its record system, its staff, and what its victims write."""

from datetime import datetime
from random import Random

from msgspec import Struct

from trackmycrime.cli.demonstration.clock import LONDON
from trackmycrime.cli.demonstration.forces import FORCES
from trackmycrime.cli.demonstration.harm import STORIES as HARM
from trackmycrime.cli.demonstration.intrusions import STORIES as INTRUSIONS
from trackmycrime.cli.demonstration.letters import LETTERS, Letter
from trackmycrime.cli.demonstration.people import Cast, DemoPerson, DemoStaff, Identity
from trackmycrime.cli.demonstration.records import RecordSystem
from trackmycrime.cli.demonstration.stories import Story
from trackmycrime.cli.demonstration.thefts import CYCLIST
from trackmycrime.cli.demonstration.thefts import STORIES as THEFTS
from trackmycrime.cli.demonstration.welsh import STORIES as WELSH


class DemoMessage(Struct, frozen=True):
    """What a victim wrote, `minutes_ago`; `reply` came from the member of staff whose email is `reply_by`."""

    person: str
    crime: str
    text: str
    reply: str | None
    reply_by: str | None
    minutes_ago: int


class Day(Struct, frozen=True):
    """All that a force is loaded with. `events` are in order of arrival; `held` are the ids of those to be held."""

    events: tuple[dict[str, object], ...]
    held: tuple[str, ...]
    victim: DemoPerson
    officer: DemoStaff
    hub: DemoStaff
    admin: DemoStaff
    supervisor: DemoStaff
    officers: tuple[DemoStaff, ...]
    messages: tuple[DemoMessage, ...]


def day(slug: str, *, seed: int, today: datetime) -> Day:
    """Make a force's day, the same for the same arguments; nothing in it is later than `today` but hearings.

    Raises ValueError when `today` has no time zone, KeyError for a force that is not in the demonstration.
    """
    if today.tzinfo is None:
        message = "today needs a time zone"
        raise ValueError(message)
    force, now = FORCES[slug], today.astimezone(LONDON).replace(microsecond=0)
    rng = Random(f"{slug} {seed}")  # noqa: S311 - a repeatable draw is wanted, nothing secret comes of it
    cast = Cast(slug, force, rng, now.date())
    officers = cast.officers()
    system = RecordSystem(force, cast, officers, rng, now)
    stories = {story.key: story for story in (*THEFTS, *INTRUSIONS, *HARM, *(WELSH if force.welsh else ()))}
    arrivals = [arrival for story in stories.values() for arrival in system.tell(story)]
    arrivals.sort(key=lambda arrival: (arrival.at, arrival.event["id"]))
    hub = cast.staff("", "Contact team")
    letters = [letter for letter in LETTERS if force.two_way and letter.story in stories]
    return Day(
        events=tuple(arrival.event for arrival in arrivals),
        held=tuple(str(arrival.event["id"]) for arrival in arrivals if arrival.held),
        victim=_printed(cast.identity(CYCLIST), system.references["bicycle"]),
        officer=officers[0],
        hub=hub,
        admin=cast.staff("", "Digital services"),
        supervisor=cast.staff("DS", force.units[0]),
        officers=officers,
        messages=tuple(_message(letter, stories[letter.story], system, hub) for letter in letters),
    )


def _printed(who: Identity, reference: str) -> DemoPerson:
    return DemoPerson(
        crime_reference=reference,
        person=who.person,
        given_names=who.given_names,
        last_name=who.last_name,
        date_of_birth=who.date_of_birth,
        email=who.email,
        mobile=who.mobile,
    )


def _message(letter: Letter, story: Story, system: RecordSystem, hub: DemoStaff) -> DemoMessage:
    part = next(part for part in story.parts if part.key == letter.part)
    answering = hub if letter.answered_by == "hub" or story.officer is None else system.officers[story.officer]
    return DemoMessage(
        person=system.cast.identity(part).person,
        crime=system.references[story.key],
        text=letter.text,
        reply=letter.answer and letter.answer.format(**system.words(story)),
        reply_by=answering.email if letter.answer else None,
        minutes_ago=letter.minutes_ago,
    )
