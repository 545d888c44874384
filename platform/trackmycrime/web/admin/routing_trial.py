"""Trying it out: where a message about a crime, at a time, would go, and what its victim would be told."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from litestar import Controller, get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain import configuring
from trackmycrime.domain.cases import offences
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.routing import Destination, destination
from trackmycrime.kit.time import LONDON, now, today
from trackmycrime.kit.words import ENGLISH, _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, duty_fields
from trackmycrime.web.admin.duty_fields import Options
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.dates import coming_at, moment
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.readers import who_reads
from trackmycrime.web.common.visit import AnyRequest, Visit

TEST = f"{desk.ROUTING}/test"
_FURTHEST = timedelta(days=800)  # behind and ahead: nobody plans further


class Answer(Struct, frozen=True):
    """What would happen, under these settings; `onwards` is "" where nothing does."""

    heading: str
    goes: str
    duty: str
    told: str
    onwards: str


class TrialPage(Struct, frozen=True):
    """All that the page shows; no answers before something is tried."""

    form: Form
    crimes: Options
    areas: Options
    tried: str
    answers: tuple[Answer, ...]


class RoutingTrialController(Controller):
    """Where a message would go."""

    path = TEST

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Ask what to try, and show where it goes: as it is changed, and as it is published now."""
        draft, used = (await configuring.draft(tx)).configuration, visit.site.configuration
        asked = dict(request.query_params)
        form, at = _read(asked) if "crime" in asked else (Form(_starting(), {}), None)
        settings = {_("As you have changed it"): draft, _("As it is published now"): used}
        if draft.routing == used.routing:
            settings = {_("As it is published now"): used}
        crime, area, measured = form.values["crime"], form.values["area"], visit.site.typical_reply
        answers = tuple(_answer(said, one, crime, area, at, measured) for said, one in settings.items() if at)
        tried = _tried(crime, area, at) if at else ""
        shown = TrialPage(form, _crimes(), _areas(draft, used), tried, answers)
        status = 422 if form.errors else 200
        return page("admin/routing_trial/index.html", desk.frame(visit, desk.ROUTING), status=status, page=shown)


def _starting() -> dict[str, str]:
    local = now().astimezone(LONDON)
    day = {"day": str(local.day), "month": str(local.month), "year": str(local.year)}
    return {"crime": OffenceGroup.BURGLARY, "area": "", "time": f"{local:%H:%M}", **day}


def _read(asked: Mapping[str, str]) -> tuple[Form, datetime | None]:
    """Return the form as it was filled in, and the moment that is tried, None where something is wrong."""
    values = {name: asked.get(name, usual).strip() for name, usual in _starting().items()}
    errors = {} if values["crime"] in set(OffenceGroup) else {"crime": _("Choose a crime")}
    day, minutes = _day(values), _minutes(values["time"])
    if day is None:
        errors["day"] = _("Enter a day of the next or the last two years, such as 24 12 2026")
    if minutes is None:
        errors["time"] = _("Enter a time, such as 21:30")
    if errors or day is None or minutes is None:
        return Form(values, errors), None
    local = datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=LONDON)
    return Form(values, {}), local.astimezone(UTC)


def _day(values: Mapping[str, str]) -> date | None:
    try:
        found = date(int(values["year"]), int(values["month"]), int(values["day"]))
    except (ValueError, OverflowError):
        return None
    return found if abs(found - today()) < _FURTHEST else None


def _minutes(text: str) -> int | None:
    hour, colon, minute = duty_fields.clock(text).partition(":")
    try:
        found = datetime(2000, 1, 1, int(hour), int(minute), tzinfo=LONDON) if colon else None
    except ValueError:
        return None
    return found.hour * 60 + found.minute if found else None


def _tried(crime: str, area: str, at: datetime) -> str:
    words = {"crime": offences.plain(OffenceGroup(crime)), "when": moment(at), "area": area}
    if area:
        return _("A message about this crime: %(crime)s, in %(area)s. It is sent on %(when)s.") % words
    return _("A message about this crime: %(crime)s. It is sent on %(when)s.") % words


def _answer(said: str, used: Configuration, crime: str, area: str, at: datetime | None, measured: int) -> Answer:
    to = destination(used, crime, area, at or now())
    return Answer(said, _goes(to), _duty(to), who_reads(used, to, measured), _onwards(to))


def _goes(to: Destination) -> str:
    if to.rule:
        return _("It goes to %(team)s, by rule %(number)s.", team=to.name_in(ENGLISH), number=to.rule)
    return _("It goes to %(team)s: no rule is about it.", team=to.name_in(ENGLISH))


def _duty(to: Destination) -> str:
    if to.hours is None:
        return _("They do not say when they are on duty.")
    words = {"hours": duty_fields.said(to.hours), "when": coming_at(to.back_at) if to.back_at else ""}
    if to.back_at:
        return _("They are off duty then (%(hours)s), and back on %(when)s.") % words
    return _("They are on duty then (%(hours)s).") % words


def _onwards(to: Destination) -> str:
    if to.silent_at is None:
        return _("If nobody opens it, it stays there.")
    who = to.escalates_to or _("supervisors")
    return _("If nobody opens it by %(when)s, it goes to %(who)s.", when=moment(to.silent_at), who=who)


def _crimes() -> Options:
    return tuple((group, offences.plain(group)) for group in OffenceGroup)


def _areas(*configurations: Configuration) -> Options:
    """Return the areas that rules name."""
    named = {area for one in configurations for rule in one.routing.rules for area in rule.areas}
    return (("", _("Unknown, or another area")), *((area, area) for area in sorted(named)))
