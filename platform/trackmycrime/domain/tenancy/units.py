"""Who reads what victims write: the contact team, the force's units, and the rules that send a message to one of them."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from trackmycrime.domain.tenancy.kinds import (
    AimedDays,
    Clock,
    LineOrNone,
    Name,
    NameOrNone,
    OffenceGroup,
    SilentHours,
    Weekday,
    WorkingDays,
)
from trackmycrime.kit.duty_hours import DutyHours
from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import WELSH, _

MOST_UNITS, MOST_RULES = 50, 100
_LEAST_MINUTES = 60  # of one spell of duty: a shorter one would let a message wait for months


class Unit(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A team of the force that reads messages: staff of the unit of this name see them in their inbox.

    Without `days` its hours are not said. Where it closes at the hour at which it opens, or before, that is on the next day.
    """

    name: Name
    name_cy: NameOrNone = ""
    days: tuple[Weekday, ...] = ()
    opens: Clock = "09:00"
    closes: Clock = "17:00"
    bank_holidays: bool = False
    reply_working_days: AimedDays = 0


class Rule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which unit reads about these crimes in these areas: no crimes means any crime, no areas any area."""

    crimes: tuple[OffenceGroup, ...] = ()
    areas: tuple[Name, ...] = ()
    unit: Name

    def fits(self, group: str, area: str) -> bool:
        """Say whether the rule is about this crime; areas are compared without case and accents."""
        return (not self.crimes or group in self.crimes) and (not self.areas or self._is_in(fold(area)))

    def _is_in(self, folded: str) -> bool:
        return bool(folded) and folded in map(fold, self.areas)


class Routing(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, cache_hash=True):
    """Who reads a victim's message first, when they are on duty, and what happens when nobody opens it.

    The first of `rules` that fits says which unit; where none does, the contact team reads it. What nobody has opened
    `silence_hours` working hours later goes to the unit `escalate_to`, or to supervisors.
    """

    contact_team: Name = "Contact Team"
    contact_team_cy: NameOrNone = ""
    reply_working_days: WorkingDays = 3
    days: tuple[Weekday, ...] = ()
    opens: Clock = "09:00"
    closes: Clock = "17:00"
    bank_holidays: bool = False
    out_of_hours: LineOrNone = ""
    out_of_hours_cy: LineOrNone = ""
    silence_hours: SilentHours = 0
    escalate_to: NameOrNone = ""
    units: tuple[Unit, ...] = ()
    rules: tuple[Rule, ...] = ()

    def contact_team_in(self, language: str) -> str:
        """Name the team in Welsh where Welsh is spoken and there is a Welsh name, else in English."""
        return (language == WELSH and self.contact_team_cy) or self.contact_team

    def unit(self, name: str) -> Unit | None:
        """Return the unit of this name, None for none: the contact team is no unit."""
        return next((unit for unit in self.units if unit.name == name), None)


def hours(of: Unit | Routing) -> DutyHours | None:
    """Return when a unit, or the contact team, is on duty; None where its hours are not said."""
    if not of.days:
        return None
    days = frozenset(list(Weekday).index(day) for day in of.days)
    return DutyHours(days, _minutes(of.opens), _minutes(of.closes), of.bank_holidays)


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def problems(routing: Routing) -> Iterator[tuple[str, str]]:
    """Yield what keeps these rules from being used: a sentence for each setting, by its path."""
    names = [unit.name for unit in routing.units]
    yield from _twice("routing.units", [routing.contact_team, *names])
    yield from _too_many("routing.units", routing.units, MOST_UNITS)
    yield from _too_many("routing.rules", routing.rules, MOST_RULES)
    yield from _hours_problems("routing", routing)
    for number, unit in enumerate(routing.units, start=1):
        yield from _hours_problems(f"routing.units[{number}]", unit)
    for number, rule in enumerate(routing.rules, start=1):
        yield from _rule_problems(f"routing.rules[{number}]", rule, names)
    if routing.escalate_to and routing.escalate_to not in names:
        yield "routing.escalate_to", _no_unit("routing.escalate_to", routing.escalate_to)


def _hours_problems(path: str, of: Unit | Routing) -> Iterator[tuple[str, str]]:
    yield from _twice(f"{path}.days", of.days)
    found = hours(of)
    if found and found.minutes < _LEAST_MINUTES:
        yield f"{path}.closes", _("%(path)s must be an hour or more after it opens", path=f"{path}.closes")


def _rule_problems(path: str, rule: Rule, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from _twice(f"{path}.crimes", rule.crimes)
    yield from _twice(f"{path}.areas", rule.areas)
    if not (rule.crimes or rule.areas):
        yield f"{path}.crimes", _("%(path)s must name a crime, or the rule an area", path=f"{path}.crimes")
    if rule.unit not in names:
        yield f"{path}.unit", _no_unit(f"{path}.unit", rule.unit)


def _no_unit(path: str, name: str) -> str:
    return _("%(path)s must be one of the units: there is no %(name)s", path=path, name=name)


def _twice(path: str, items: Iterable[str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for item in items:
        if fold(item) in seen:
            yield path, _("%(path)s must name %(item)s only once", path=path, item=item)
            return
        seen.add(fold(item))


def _too_many(path: str, items: Sequence[object], most: int) -> Iterator[tuple[str, str]]:
    if len(items) > most:
        yield path, _("%(path)s must be %(most)s or fewer", path=path, most=most)
