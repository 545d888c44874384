"""The events of the record systems, as the contract names them."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

Id = Annotated[str, Meta(min_length=1, max_length=200)]
Reference = Annotated[str, Meta(min_length=1, max_length=60, pattern="[A-Za-z0-9]")]
Short = Annotated[str, Meta(max_length=300)]
Area = Annotated[str, Meta(max_length=80)]
Text = Annotated[str, Meta(max_length=20_000)]
Moment = Annotated[datetime, Meta(tz=True)]
Flag = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
Topic = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,60}$")]
Language = Literal["en", "cy"]
Pence = Annotated[int, Meta(ge=0, le=2_000_000_000)]
Version = Annotated[int, Meta(ge=0, le=2_000_000_000)]


class Offence(Struct, frozen=True):
    """An offence: its CJS code where there is one, and its title."""

    title: Annotated[str, Meta(min_length=1, max_length=300)]
    code: Short | None = None


class OfficerIn(Struct, frozen=True):
    """An officer; the collar number says who."""

    collar_number: Annotated[str, Meta(min_length=1, max_length=40)]
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    role: Short | None = None
    unit: Short | None = None
    email: Short | None = None


class VictimIn(Struct, frozen=True):
    """A victim, reporter or proxy. `safety`: absent is unknown, empty is asked and none."""

    person: Id
    given_names: Short
    last_name: Annotated[str, Meta(min_length=1, max_length=200)]
    date_of_birth: date | None
    consent: Literal["opted_in", "opted_out"]
    suitability: Literal["suitable", "unsuitable", "not_assessed"]
    role: Literal["victim", "reporter", "proxy"] = "victim"
    email: Short | None = None
    mobile: Short | None = None
    language: Language = "en"
    enhanced: bool = False
    safety: Annotated[list[Flag], Meta(max_length=20)] | None = None
    proxy_for: Id | None = None


class ItemIn(Struct, frozen=True):
    """An item of property; its id is the record system's."""

    id: Id
    description: Annotated[str, Meta(min_length=1, max_length=1000)]
    status: Literal["missing", "damaged", "recovered"]
    category: Short | None = None
    make: Short | None = None
    model: Short | None = None
    serial: Short | None = None
    value_pence: Pence | None = None


class _Event(Struct, frozen=True, tag_field="type", kw_only=True):
    id: Id
    time: Moment
    crime: Reference
    version: Version | None = None

    @property
    def order(self) -> tuple[int, str, str]:
        """Where this event stands among those of its crime, type and subject: by version, else time, then id."""
        return (self.version or 0, stamp(self.time), self.id)


class CrimeRecorded(_Event, frozen=True, tag="crime.recorded", kw_only=True):
    """A crime was recorded, with everybody it concerns."""

    offence: Offence
    reported_at: Moment
    victims: Annotated[list[VictimIn], Meta(max_length=200)]
    summary: Text | None = None
    area: Area | None = None
    officer: OfficerIn | None = None
    property: Annotated[list[ItemIn], Meta(max_length=500)] | None = None


class VictimChanged(_Event, frozen=True, tag="victim.changed", kw_only=True):
    """What is known of somebody changed."""

    victim: VictimIn


class OfficerAssigned(_Event, frozen=True, tag="officer.assigned", kw_only=True):
    """An officer now deals with the case."""

    officer: OfficerIn


class UpdatePublished(_Event, frozen=True, tag="update.published", kw_only=True):
    """The officer told the victim something; `to` names people where the crime has several."""

    text: Annotated[str, Meta(min_length=1, max_length=20_000)]
    to: Annotated[list[Id], Meta(max_length=200)] | None = None
    language: Language = "en"
    kind: Topic = "note"


class StageChanged(_Event, frozen=True, tag="stage.changed", kw_only=True):
    """The case reached another stage."""

    stage: Topic
    text: Text | None = None


class HearingListed(_Event, frozen=True, tag="hearing.listed", kw_only=True):
    """A court hearing was listed."""

    court: Annotated[str, Meta(min_length=1, max_length=200)]
    hearing_type: Annotated[str, Meta(min_length=1, max_length=200)]
    at: Moment


class OutcomeRecorded(_Event, frozen=True, tag="outcome.recorded", kw_only=True):
    """The investigation has an outcome (Home Office codes 1 to 22)."""

    code: Annotated[int, Meta(ge=1, le=22)]
    text: Text | None = None


class PropertyRecorded(_Event, frozen=True, tag="property.recorded", kw_only=True):
    """Property was recorded or changed."""

    items: Annotated[list[ItemIn], Meta(max_length=500)]


class CrimeClosed(_Event, frozen=True, tag="crime.closed", kw_only=True):
    """The case was closed."""

    text: Text | None = None


class CrimeReopened(_Event, frozen=True, tag="crime.reopened", kw_only=True):
    """The case was opened again."""

    text: Text | None = None


type Event = (
    CrimeRecorded
    | VictimChanged
    | OfficerAssigned
    | UpdatePublished
    | StageChanged
    | HearingListed
    | OutcomeRecorded
    | PropertyRecorded
    | CrimeClosed
    | CrimeReopened
)


def stamp(moment: datetime) -> str:
    """Return a moment in a form that sorts as text: UTC, always with microseconds."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
