"""What the record system of a force of the stage tells: its people and crimes, with canaries in every plaintext."""

from collections.abc import Mapping
from uuid import uuid4

from tests.cast import Victim, crime, event
from tests.isolation.canaries import Whose
from tests.isolation.side import Side
from trackmycrime.kit.time import now


def victims(side: Side) -> dict[str, Victim]:
    """Return everybody whom a crime concerns, by name."""
    first = side.say(Whose.REFERENCE, "case", "reference") + "/1"
    second = side.say(Whose.OTHER_REFERENCE, "case", "reference") + "/2"
    third = side.say(Whose.OTHER_REFERENCE, "case", "reference") + "/3"
    people = {
        "vera": (Whose.VERA, first),
        "wanda": (Whose.WANDA, first),
        "xenia": (Whose.XENIA, second),
        "yara": (Whose.HIDDEN, third),
        "yves": (Whose.HIDDEN, third),
        "yann": (Whose.HIDDEN, third),
        "zoe": (Whose.VERA, first),
        "yvette": (Whose.HIDDEN, third),
        "rita": (Whose.REPORTER, first),
    }
    return {name: _victim(side, name, whose, reference) for name, (whose, reference) in people.items()}


def _victim(side: Side, name: str, whose: Whose, reference: str) -> Victim:
    named = side.say(whose, "person", "identity")
    email = f"{side.say(whose, 'person', 'contact')}-{name}@example.org"
    return Victim(f"{name.title()} {named}", f"{named} {name}", reference, email, side.say(whose, "person", name))


def _officer(side: Side, name: str) -> dict[str, str]:
    collar = "1" if name == "officer" else "2"
    return {
        "collar_number": f"{side.say(Whose.STAFF, 'staff', 'collar')}-{collar}",
        "name": f"{side.say(Whose.STAFF, 'staff', 'name')} {name}",
        "role": side.say(Whose.STAFF, "staff", "title"),
        "unit": side.say(Whose.STAFF, "staff", "unit"),
        "email": side.email(name),
    }


def crimes(side: Side) -> list[dict[str, object]]:
    """Return the crimes, as the force's record system tells them first."""
    people = {name: victim.as_event() for name, victim in side.victims.items()}
    people["yvette"] |= {"role": "proxy", "proxy_for": side.victims["yara"].person}
    people["zoe"] |= {"role": "proxy", "proxy_for": side.victims["vera"].person}
    people["rita"] |= {"role": "reporter"}
    people["yara"]["safety"] = [side.say(Whose.HIDDEN, "case_person", "safety", joined="_")]
    return [
        _crime(side, Whose.CASE, [people["vera"], people["wanda"], people["zoe"], people["rita"]], "vera", "officer"),
        _crime(side, Whose.XENIA, [people["xenia"], people["rita"]], "xenia", "other_officer"),
        _crime(side, Whose.HIDDEN, [people["yara"], people["yves"], people["yann"], people["yvette"]], "yara", None),
    ]


def _crime(
    side: Side, whose: Whose, victims: list[dict[str, object]], first: str, officer: str | None
) -> dict[str, object]:
    item = {
        "id": side.say(whose, "property_item", "source_id"),
        "description": side.say(whose, "property_item", "description"),
        "make": side.say(whose, "property_item", "make"),
        "category": side.say(whose, "property_item", "category"),
        "serial": "0001",
        "status": "missing",
    }
    more: dict[str, object] = {"officer": _officer(side, officer)} if officer else {}
    area = "East Marsh" if whose is Whose.XENIA else side.say(whose, "case", "area")
    return crime(
        side.victims[first].reference,
        victims,
        id=f"{side.say(whose, 'event', 'source_id')}-{first}",
        offence={"title": f"Theft of pedal cycle {side.say(whose, 'case', 'offence_title')}"},
        summary=side.say(whose, "case", "summary"),
        property=[item],
        area=area,
        **more,
    )


def told(side: Side) -> list[dict[str, object]]:
    """Return what the record system tells later."""
    first, second = side.victims["vera"].reference, side.victims["xenia"].reference
    changed = {
        name: side.victims[name].as_event(email=f"{side.say(whose, 'person', 'pending_contact')}@example.org")
        for name, whose in (("vera", Whose.VERA), ("wanda", Whose.WANDA))
    }
    return [
        _update(side, first, Whose.VERA, "vera"),
        _update(side, first, Whose.WANDA, "wanda"),
        _update(side, second, Whose.XENIA, "xenia"),
        {  # it waits, and staff see it once they have opened the case
            **event("update.published", first, text=side.say(Whose.NOTE, "event", "content")),
            "id": f"{side.say(Whose.STAFF, 'event', 'source_id')}-{uuid4().hex}",
        },
        {
            **event("update.published", first, text=side.say(Whose.NOTE, "event", "correction")),
            "id": f"{side.say(Whose.STAFF, 'event', 'source_id')}-{uuid4().hex}",
        },
        *(_named(side, Whose.CASE, event("victim.changed", first, victim=victim)) for victim in changed.values()),
        _named(side, Whose.CASE, event("stage.changed", first, stage="investigation")),
        _named(side, Whose.XENIA, event("stage.changed", second, stage="file_to_cps")),
        _hearing(side, first, Whose.CASE),
        _hearing(side, second, Whose.XENIA),
    ]


def astray(side: Side) -> list[dict[str, object]]:
    """Return hearings of a crime that nobody knows, with a day that nobody can read: whoever triages may see them."""
    reference, court = (
        side.say(Whose.OTHER_REFERENCE, "case", "reference"),
        side.say(Whose.OTHER_REFERENCE, "event", "content"),
    )
    hearing = {"court": court, "hearing_type": "Trial", "at": "30 February"}
    return [
        {
            **event("hearing.listed", f"{reference}/5", **hearing),
            "id": f"{side.say(Whose.STAFF, 'event', 'source_id')}-{n}",
        }
        for n in (1, 2)
    ]


def first_load(side: Side) -> list[dict[str, object]]:
    """Return a crime of a first load, about which nobody is told anything yet."""
    return [crime(side.say(Whose.OTHER_REFERENCE, "case", "reference") + "/4", [])]


def _named(side: Side, whose: Whose, told: Mapping[str, object]) -> dict[str, object]:
    return {**told, "id": f"{side.say(whose, 'event', 'source_id')}-{uuid4().hex}"}


def _update(side: Side, reference: str, whose: Whose, name: str) -> dict[str, object]:
    topic = side.say(whose, "timeline_entry", "topic", joined="_")
    text = side.say(whose, "timeline_entry", "body")
    told = event("update.published", reference, text=text, to=[side.victims[name].person])
    return _named(side, whose, {**told, "kind": topic})


def _hearing(side: Side, reference: str, whose: Whose) -> dict[str, object]:
    court, kind = side.say(whose, "hearing", "court"), side.say(whose, "hearing", "hearing_type")
    at = now().replace(year=now().year + 1, day=1).isoformat()
    return _named(side, whose, event("hearing.listed", reference, court=court, hearing_type=kind, at=at))
