"""The kinds of value that settings take: texts of a certain shape, numbers of days, groups of crimes."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from trackmycrime.kit.words import _

# What is printed in an email's headers and on pages: no line breaks, control or direction-changing characters.
_VISIBLE = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_SOLID = r"[^\s\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_TEXT = rf"{_SOLID}({_VISIBLE}*{_SOLID})?"
_PHONE = r"\+?[0-9]([0-9 ]{1,18}[0-9])?"
_HOST = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+"
_WEB = rf"https://{_HOST}(/[^\s\"<>\\]*)?"

Slug = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]([a-z0-9-]{0,38}[a-z0-9])?\Z",
        description="the force's part of the address: small letters, digits and hyphens, such as avon-and-somerset",
    ),
]
Name = Annotated[str, Meta(pattern=rf"^{_TEXT}\Z", max_length=80, description="one line of up to 80 characters")]
NameOrNone = Annotated[
    str, Meta(pattern=rf"^({_TEXT})?\Z", max_length=80, description="one line of up to 80 characters, or empty")
]
Line = Annotated[str, Meta(pattern=rf"^{_TEXT}\Z", max_length=300, description="one line of up to 300 characters")]
LineOrNone = Annotated[
    str, Meta(pattern=rf"^({_TEXT})?\Z", max_length=300, description="one line of up to 300 characters, or empty")
]
Domain = Annotated[
    str,
    Meta(pattern=rf"^({_HOST})?\Z", max_length=253, description="a host name such as www.kent.police.uk, or empty"),
]
Web = Annotated[
    str,
    Meta(pattern=rf"^({_WEB})?\Z", max_length=500, description="an address that starts with https://, or empty"),
]
Phone = Annotated[
    str,
    Meta(pattern=rf"^({_PHONE})?\Z", description="a telephone number of digits and spaces such as 101, or empty"),
]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}\Z", description="a language code such as en, cy or pl")]
NationalId = Annotated[
    str,
    Meta(pattern=r"^[a-z][a-z0-9-]{0,39}\Z", description="the id of a national service such as childline"),
]
DayOrNone = Annotated[
    str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?\Z", description="a day such as 2026-03-31, or empty")
]
OffenceCode = Annotated[
    str, Meta(pattern=r"^[A-Z]{2}([0-9]{5}|[A-Z]{2}[0-9]{3})[A-Z]?\Z", description="an offence code such as TH68010")
]
UpdateInterval = Annotated[
    int, Meta(ge=1, le=28, description="a number of days from 1 to 28: a force may promise more, never less")
]
LateHours = Annotated[int, Meta(ge=1, le=240, description="a number of hours from 1 to 240")]
WorkingDays = Annotated[int, Meta(ge=1, le=20, description="a number of working days from 1 to 20")]
AimedDays = Annotated[
    int, Meta(ge=0, le=20, description="a number of working days from 1 to 20, or 0 for the same as the contact team")
]
SilentHours = Annotated[int, Meta(ge=0, le=72, description="a number of working hours from 1 to 72, or 0 for never")]
Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z", description="a time of the day such as 08:30")]


class OffenceGroup(StrEnum):
    """A kind of crime in the words people use; a force tracks some of them, and each is risky to write about or not."""

    BURGLARY = "burglary"
    ROBBERY = "robbery"
    THEFT = "theft"
    SHOPLIFTING = "shoplifting"
    VEHICLE = "vehicle"
    BICYCLE = "bicycle"
    DAMAGE = "damage"
    VIOLENCE = "violence"
    SEXUAL = "sexual"
    STALKING = "stalking"
    THREATS = "threats"
    DOMESTIC = "domestic"
    HONOUR_BASED = "honour_based"
    EXPLOITATION = "exploitation"
    FRAUD = "fraud"
    PUBLIC_ORDER = "public_order"
    WEAPONS = "weapons"
    DRUGS = "drugs"
    DRIVING = "driving"
    OTHER = "other"


class Weekday(StrEnum):
    """A day of the week; their order is that of the calendar, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


def repeated(path: str, items: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a list, at this path, that names something twice."""
    seen: set[str] = set()
    twice = [item for item in items if item in seen or seen.add(item)]
    if twice:
        yield path, _("%(path)s must name %(item)s only once", path=path, item=twice[0])
