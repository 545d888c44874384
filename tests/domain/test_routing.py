"""Where what a victim writes goes: always to one team, by the first rule that fits, and onwards when nobody opens it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.cast import configuration
from tests.domain.test_configuration import problems_of, routings
from tests.kit.test_duty_hours import at, moments
from trackmycrime.domain.tenancy import canonical, units
from trackmycrime.domain.tenancy.kinds import OffenceGroup, Weekday
from trackmycrime.domain.tenancy.routing import destination
from trackmycrime.domain.tenancy.units import Routing, Rule, Unit

WORKDAYS = tuple(Weekday)[:5]
BURGLARY_TEAM = Unit(name="Burglary Team", days=WORKDAYS, opens="08:00", closes="20:00", reply_working_days=2)
NIGHT_DESK = Unit(name="Night Desk", name_cy="Desg y Nos", days=tuple(Weekday), opens="20:00", closes="08:00")
ROUTING = Routing(
    units=(BURGLARY_TEAM, NIGHT_DESK),
    rules=(
        Rule(crimes=(OffenceGroup.BURGLARY,), areas=("East Marsh", "Ynys Môn"), unit="Night Desk"),
        Rule(crimes=(OffenceGroup.BURGLARY, OffenceGroup.ROBBERY), unit="Burglary Team"),
        Rule(areas=("West Fen",), unit="Night Desk"),
    ),
    silence_hours=4,
    escalate_to="Night Desk",
)
FORCE = structs.replace(configuration("northshire", "Northshire Police"), routing=ROUTING)
groups, areas = st.sampled_from(OffenceGroup), st.sampled_from(["", "East Marsh", "west fen", "Elsewhere", "?"])


@pytest.mark.parametrize(
    ("group", "area", "rule", "unit"),
    [
        ("burglary", "East Marsh", 1, "Night Desk"),
        ("burglary", "EAST  marsh", 1, "Night Desk"),
        ("burglary", "Ynys Mon", 1, "Night Desk"),
        ("burglary", "West Fen", 2, "Burglary Team"),
        ("burglary", "", 2, "Burglary Team"),
        ("theft", "West Fen", 3, "Night Desk"),
        ("theft", "East Marsh", 0, ""),
        ("theft", "", 0, ""),
    ],
)
def test_the_first_rule_that_fits_says_who_reads_it(group: str, area: str, rule: int, unit: str) -> None:
    found = destination(FORCE, group, area, at("2026-11-23T12:00"))
    assert (found.rule, found.unit) == (rule, unit)
    assert found.name == (unit or "Contact Team")


def test_who_is_off_duty_is_back_and_who_does_not_say_its_hours_promises_nothing() -> None:
    friday_night = at("2026-11-27T21:00")
    found = destination(FORCE, "robbery", "", friday_night)
    assert (found.back_at, found.reply_working_days) == (at("2026-11-30T08:00"), 2)
    assert (found.silent_at, found.escalates_to) == (at("2026-11-30T12:00"), "Night Desk")
    desk = destination(FORCE, "theft", "West Fen", friday_night)
    assert (desk.back_at, desk.silent_at) == (None, at("2026-11-28T01:00"))
    assert desk.escalates_to == "", "from the unit itself it goes to supervisors"
    assert (desk.name_in("cy"), desk.name_in("en"), desk.reply_working_days) == ("Desg y Nos", "Night Desk", 3)
    team = destination(FORCE, "theft", "", friday_night)
    assert (team.hours, team.back_at, team.silent_at) == (None, None, at("2026-11-30T13:00"))
    never = structs.replace(FORCE, routing=Routing())
    assert destination(never, "theft", "", friday_night).silent_at is None


@given(routings, groups, areas, moments)
def test_there_is_one_destination_for_every_crime_area_and_moment(
    routing: Routing, group: OffenceGroup, area: str, moment: datetime
) -> None:
    found = destination(structs.replace(FORCE, routing=routing), group, area, moment)
    assert found.name
    assert found.unit in {"", *(unit.name for unit in routing.units)}
    fitting = [n for n, rule in enumerate(routing.rules, start=1) if rule.fits(group, area)]
    assert found.rule == (fitting[0] if fitting else 0)
    assert found.back_at is None or found.back_at > moment
    assert (found.silent_at is None) == (routing.silence_hours == 0)
    assert found.silent_at is None or found.silent_at > (found.back_at or moment)
    assert found.escalates_to in {"", *(unit.name for unit in routing.units)} - ({found.unit} - {""})


def test_within_a_minute_it_is_worked_out_once() -> None:
    first = destination(FORCE, "burglary", "", datetime(2026, 11, 23, 12, 0, 3, tzinfo=UTC))
    assert destination(FORCE, "burglary", "", datetime(2026, 11, 23, 12, 0, 59, 7, tzinfo=UTC)) is first


@pytest.mark.parametrize(
    ("routing", "path"),
    [
        (structs.replace(ROUTING, units=(NIGHT_DESK,)), "routing.rules[2].unit"),
        (structs.replace(ROUTING, units=(BURGLARY_TEAM,)), "routing.escalate_to"),
        (structs.replace(ROUTING, units=(*ROUTING.units, Unit(name="night desk"))), "routing.units"),
        (structs.replace(ROUTING, units=(*ROUTING.units, Unit(name="Contact team"))), "routing.units"),
        (structs.replace(ROUTING, rules=(Rule(unit="Night Desk"),)), "routing.rules[1].crimes"),
        (structs.replace(ROUTING, days=WORKDAYS, opens="09:00", closes="09:59"), "routing.closes"),
        (structs.replace(ROUTING, days=(Weekday.MONDAY, Weekday.MONDAY)), "routing.days"),
        (structs.replace(ROUTING, rules=ROUTING.rules * 34), "routing.rules"),
    ],
)
def test_rules_that_lead_nowhere_are_refused(routing: Routing, path: str) -> None:
    assert dict(units.problems(ROUTING)) == {}
    assert path in dict(units.problems(routing))


def test_a_file_with_units_is_written_in_one_way_and_its_faults_are_named() -> None:
    written = canonical.write(FORCE).decode()
    assert '[[routing.units]]\nname = "Burglary Team"\n' in written
    assert written.index("[routing]") < written.index("[[routing.units]]") < written.index("[[routing.rules]]")
    faults = problems_of(written.replace('opens = "08:00"', 'opens = "8am"').replace('"robbery"', '"piracy"', 2))
    assert "a time of the day such as 08:30" in faults["routing.units[1].opens"]
    assert "routing.rules[2].crimes[2]" in faults
