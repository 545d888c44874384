"""The demonstration's records keep the contract, invent nobody real, and hold every kind of person and mishap."""

import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from trackmycrime.cli.demonstration.day import Day, day

FORCES = {"kent": "46", "humberside": "16", "gwent": "61", "lincolnshire": "32"}
ADULT = 18
TODAY = datetime(2026, 4, 14, 15, 20, tzinfo=UTC)
# What each event must and may have beside id, type, time, crime and version.
FIELDS: dict[str, tuple[set[str], set[str]]] = {
    "crime.recorded": ({"offence", "reported_at", "victims"}, {"area", "summary", "officer", "property"}),
    "victim.changed": ({"victim"}, set()),
    "officer.assigned": ({"officer"}, set()),
    "update.published": ({"text"}, {"to", "language", "kind"}),
    "stage.changed": ({"stage"}, {"text"}),
    "hearing.listed": ({"court", "hearing_type", "at"}, set()),
    "outcome.recorded": ({"code"}, {"text"}),
    "property.recorded": ({"items"}, set()),
    "crime.closed": (set(), {"text"}),
    "crime.reopened": (set(), {"text"}),
}
ENVELOPE = {"id", "type", "time", "crime"}
OFFICER = ({"collar_number", "name"}, {"role", "unit", "email"})
ITEM = ({"id", "description", "status"}, {"category", "make", "model", "serial", "value_pence"})
VICTIM = (
    {"person", "given_names", "last_name", "date_of_birth", "consent", "suitability"},
    {"role", "email", "mobile", "language", "enhanced", "safety", "proxy_for"},
)
RISKY_CODES = ("OF61", "CJ88", "PH97", "SC15", "CD71", "CD98", "TH68023")


@pytest.fixture(params=FORCES)
def slug(request: pytest.FixtureRequest) -> str:
    """Each demonstration force in turn."""
    return str(request.param)


@pytest.fixture
def made(slug: str) -> Day:
    """Make the force's day."""
    return day(slug, seed=7, today=TODAY)


def _records(made: Day) -> list[dict[str, object]]:
    return json.loads(json.dumps(made.events))


def _of(made: Day, kind: str) -> list[dict[str, object]]:
    return [event for event in _records(made) if event["type"] == kind]


def _victims(made: Day) -> list[dict[str, object]]:
    return [victim for event in _of(made, "crime.recorded") for victim in _list(event["victims"])]


def _list(value: object) -> list[dict[str, object]]:
    return msgspec.convert(value, list[dict[str, object]])


def _dict(value: object) -> dict[str, object]:
    return msgspec.convert(value, dict[str, object])


def _has(record: dict[str, object], fields: tuple[set[str], set[str]]) -> bool:
    needed, allowed = fields
    return needed <= set(record) <= needed | allowed


def _age(victim: dict[str, object]) -> int:
    born = date.fromisoformat(str(victim["date_of_birth"]))
    return TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))


def test_every_event_has_the_contract_s_fields(made: Day) -> None:
    """Nothing is missing that the contract asks for, and nothing is there that it does not name."""
    for event in _records(made):
        own = {name: value for name, value in event.items() if name not in ENVELOPE | {"version"}}
        assert set(event) >= ENVELOPE
        assert _has(own, FIELDS[str(event["type"])]), event
        if "officer" in own:
            assert _has(_dict(own["officer"]), OFFICER)
        assert all(_has(item, ITEM) for item in _list(own.get("property", own.get("items", []))))
        people = [*_list(own.get("victims", [])), *([_dict(own["victim"])] if "victim" in own else [])]
        assert all(_has(person, VICTIM) for person in people)


def test_every_type_of_event_is_used(made: Day) -> None:
    """The demonstration shows all that the API takes."""
    assert {event["type"] for event in made.events} == set(FIELDS)
    assert all(event["code"] in range(1, 23) for event in _of(made, "outcome.recorded"))


@pytest.mark.parametrize("today", [TODAY, datetime(2026, 1, 3, 0, 5, tzinfo=UTC), datetime(2026, 11, 1, 9, tzinfo=UTC)])
def test_nothing_has_happened_later_than_today(slug: str, today: datetime) -> None:
    """Times carry their offset, follow the report, and lie within the last sixty days."""
    events = day(slug, seed=3, today=today).events
    recorded = {event["crime"]: str(event["time"]) for event in events if event["type"] == "crime.recorded"}
    for event in events:
        happened = datetime.fromisoformat(str(event["time"]))
        assert today - timedelta(days=61) < happened < today
        assert happened >= datetime.fromisoformat(recorded.get(str(event["crime"]), str(event["time"])))
    assert any(datetime.fromisoformat(time) > today - timedelta(hours=3) for time in recorded.values())


def test_the_same_seed_makes_the_same_day(slug: str) -> None:
    """A demonstration can be made again; another seed makes another."""
    assert day(slug, seed=5, today=TODAY) == day(slug, seed=5, today=TODAY)
    assert day(slug, seed=5, today=TODAY).victim != day(slug, seed=6, today=TODAY).victim


def test_a_moment_without_its_zone_is_refused() -> None:
    """Days are counted in London, so the moment must be known."""
    with pytest.raises(ValueError, match="time zone"):
        day("kent", seed=1, today=TODAY.replace(tzinfo=None))


def test_references_are_unique_and_in_the_force_s_style(slug: str, made: Day) -> None:
    """A few dozen crimes, each with a reference of this force and of its year."""
    references = [str(event["crime"]) for event in _of(made, "crime.recorded")]
    assert len(set(references)) == len(references)
    assert len(references) in range(36, 50)
    assert all(re.fullmatch(rf"{FORCES[slug]}/\d{{6}}/26", reference) for reference in references)


def test_contact_details_reach_nobody() -> None:
    """Numbers come from Ofcom's drama range, addresses from example.org, and no two people share any."""
    owners: dict[str, set[str]] = {}
    for slug in FORCES:
        made = day(slug, seed=7, today=TODAY)
        text = json.dumps(made.events)
        assert all(re.fullmatch(r"07700 900\d{3}", number) for number in re.findall(r"07[\d ]{6,}", text))
        for victim in _victims(made):
            for way in ("email", "mobile"):
                owners.setdefault(str(victim.get(way)), set()).add(str(victim["person"]))
        for staff in (*made.officers, made.hub, made.admin, made.supervisor):
            owners.setdefault(staff.email, set()).add(staff.collar_number)
    owners.pop("None")
    assert all(len(people) == 1 for people in owners.values())
    assert all(re.fullmatch(r"07700 900\d{3}|[a-z.]+@example\.org", way) for way in owners)


def test_the_printed_victim_can_be_invited_and_has_the_printed_officer(made: Day) -> None:
    """Their case is open, harmless and rich, and its officer is the one who is printed."""
    own = [event for event in _records(made) if event["crime"] == made.victim.crime_reference]
    victim = next(_list(event["victims"])[0] for event in own if event["type"] == "crime.recorded")
    assigned = [_dict(event["officer"]) for event in own if event["type"] == "officer.assigned"]
    updates = [event for event in own if event["type"] == "update.published"]
    assert (victim["person"], victim["safety"], victim["suitability"]) == (made.victim.person, [], "suitable")
    assert (victim["email"], victim["consent"]) == (made.victim.email, "opted_in")
    assert [officer["collar_number"] for officer in assigned] == [made.officer.collar_number]
    assert len(updates) in range(6, 9)
    assert {"suspect_identified", "property_recovered"} <= {event["kind"] for event in updates}
    assert not any(event["type"] == "crime.closed" for event in own)


def test_every_kind_of_person_is_there(made: Day) -> None:
    """Each rule about who is told what has somebody to show it on."""
    people = _victims(made)
    at_risk = [person for person in people if person.get("safety")]
    assert {person["suitability"] for person in at_risk} == {"suitable", "not_assessed"}
    assert {risk for person in at_risk for risk in msgspec.convert(person["safety"], list[str])} >= {
        "domestic_abuse",
        "stalking",
    }
    children = {person["person"] for person in people if _age(person) < ADULT}
    assert children & {person.get("proxy_for") for person in people if person["role"] == "proxy"}
    assert any(person["role"] == "proxy" and "proxy_for" not in person for person in people)
    assert any(person["consent"] == "opted_out" for person in people)
    assert any("email" not in person and "mobile" not in person for person in people)
    crimes = Counter(str(person["person"]) for person in people)
    assert sum(number > 1 for number in crimes.values()) in range(3, 9)
    unknown = [
        str(_dict(event["offence"])["code"])
        for event in _of(made, "crime.recorded")
        if any("safety" not in victim for victim in _list(event["victims"]))
    ]
    assert unknown
    assert all(code.startswith(RISKY_CODES) for code in unknown)


def test_records_arrive_as_badly_as_in_life(made: Day) -> None:
    """Some come twice, late or before their crime; three must be held, each for another reason."""
    ids = [str(event["id"]) for event in made.events]
    times = [datetime.fromisoformat(str(event["time"])) for event in made.events]
    recorded = {event["crime"]: n for n, event in enumerate(made.events) if event["type"] == "crime.recorded"}
    assert sorted(Counter(ids).values())[-3:] == [1, 2, 2]
    assert times != sorted(times)
    assert any(n < recorded.get(event["crime"], 0) for n, event in enumerate(made.events))
    held = {str(event["type"]): event for event in made.events if event["id"] in made.held}
    assert str(held["hearing.listed"]["at"]).startswith("2026-02-30")
    updates = [event for event in made.events if event["id"] in made.held and event["type"] == "update.published"]
    assert sorted(event["crime"] in recorded for event in updates) == [False, True]
    assert len(made.held) == len(updates) + 1


def test_no_text_is_unfinished_or_worn_out(made: Day) -> None:
    """Every blank is filled, and nothing is said more than twice."""
    texts = {str(event["id"]): str(event["text"]) for event in made.events if "text" in event}
    assert not any("{" in text for text in texts.values())
    assert max(Counter(texts.values()).values()) == 1


def test_victims_write_only_on_open_cases_of_forces_that_take_messages(slug: str, made: Day) -> None:
    """Each message is by a person of that crime, whom nothing stops from having an account."""
    open_now = {event["crime"]: True for event in _of(made, "crime.recorded")}
    for event in sorted(_records(made), key=lambda event: datetime.fromisoformat(str(event["time"]))):
        if event["type"] in {"crime.closed", "crime.reopened"}:
            open_now[event["crime"]] = event["type"] == "crime.reopened"
    people = {str(person["person"]): person for person in _victims(made)}
    assert bool(made.messages) == (slug != "lincolnshire")
    for message in made.messages:
        writer = people[message.person]
        assert open_now[message.crime]
        assert (writer["safety"], writer["suitability"], writer["consent"]) == ([], "suitable", "opted_in")
        assert "email" in writer
        assert (message.reply is None) == (message.reply_by is None)


def test_gwent_writes_to_some_people_in_welsh() -> None:
    """Welsh is treated no less favourably: whole cases are told in it."""
    welsh = day("gwent", seed=7, today=TODAY)
    assert sum(event.get("language") == "cy" for event in welsh.events) in range(5, 20)
    assert sum(victim["language"] == "cy" for victim in _victims(welsh)) in range(3, 9)
