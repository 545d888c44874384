"""What kinds of values settings have: names, lines of text, numbers of days, hours, and groups of offences."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

# What is printed in an email's headers and on pages: no line breaks, control or direction-changing characters.
_VISIBLE = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_SOLID = r"[^\s\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_TEXT = rf"{_SOLID}({_VISIBLE}*{_SOLID})?"

Name = Annotated[str, Meta(pattern=rf"^{_TEXT}\Z", max_length=80, description="one line of up to 80 characters")]
NameOrNone = Annotated[
    str, Meta(pattern=rf"^({_TEXT})?\Z", max_length=80, description="one line of up to 80 characters, or empty")
]
Line = Annotated[str, Meta(pattern=rf"^{_TEXT}\Z", max_length=300, description="one line of up to 300 characters")]
LineOrNone = Annotated[
    str, Meta(pattern=rf"^({_TEXT})?\Z", max_length=300, description="one line of up to 300 characters, or empty")
]
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
