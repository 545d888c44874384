"""One example of each type of event and of each answer, about people who do not exist."""

from typing import Any

REFERENCE = "46/012345/26"
_PERSON = "46P0031415"
_OFFICER = {
    "collar_number": "10310",
    "name": "Nia Fairweather",
    "role": "PC",
    "unit": "Marlhythe Investigation Team",
    "email": "nia.fairweather@example.org",
}
_VICTIM: dict[str, Any] = {
    "person": _PERSON,
    "role": "victim",
    "given_names": "Rowan",
    "last_name": "Applegarth",
    "date_of_birth": "1984-03-09",
    "email": "rowan.applegarth@example.org",
    "mobile": "07700 900123",
    "language": "en",
    "consent": "opted_in",
    "suitability": "suitable",
    "enhanced": False,
    "safety": [],
}
_ITEM = {
    "id": "4601234526-1",
    "description": "Green town bicycle with a wicker basket",
    "category": "bicycle",
    "make": "Tidewater",
    "serial": "TW-40721",
    "value_pence": 32000,
    "status": "missing",
}


def _event(number: int, name: str, day: str, /, **fields: object) -> dict[str, Any]:
    return {"id": f"46E{number:08d}", "type": name, "time": f"2026-03-{day}", "crime": REFERENCE, **fields}


EVENTS: dict[str, dict[str, Any]] = {
    event["type"]: event
    for event in (
        _event(
            1,
            "crime.recorded",
            "02T10:14:00+00:00",
            version=1,
            offence={"code": "TH68006", "title": "Theft of pedal cycle"},
            reported_at="2026-03-02T09:40:00+00:00",
            area="Marlhythe",
            summary="A locked bicycle was taken from outside a shop.",
            officer=_OFFICER,
            victims=[_VICTIM],
            property=[_ITEM],
        ),
        _event(2, "victim.changed", "03T11:00:00+00:00", version=1, victim=_VICTIM | {"mobile": "07700 900124"}),
        _event(3, "officer.assigned", "03T12:30:00+00:00", version=1, officer=_OFFICER),
        _event(
            4,
            "update.published",
            "05T16:05:00+00:00",
            text="We have asked two shops for their recordings.",
            to=[_PERSON],
            language="en",
            kind="note",
        ),
        _event(5, "stage.changed", "06T09:00:00+00:00", version=1, stage="investigation"),
        _event(
            6,
            "hearing.listed",
            "20T15:20:00+00:00",
            court="Marlhythe Magistrates' Court",
            hearing_type="First hearing",
            at="2026-04-14T10:00:00+01:00",
        ),
        _event(7, "outcome.recorded", "21T10:00:00+00:00", version=1, code=1, text="Somebody has been charged."),
        _event(8, "property.recorded", "22T10:00:00+00:00", version=1, items=[_ITEM | {"status": "recovered"}]),
        _event(9, "crime.closed", "28T10:00:00+00:00", version=1, text="We have closed this case. Thank you."),
        _event(10, "crime.reopened", "30T10:00:00+01:00", version=2, text="We have opened this case again."),
    )
}

ANSWER: dict[str, Any] = {
    "accepted": 2,
    "duplicate": 1,
    "held": [{"id": "46E00000011", "reason": "We have not been told about this crime yet."}],
    "rejected": [{"index": 4, "reason": "This is not an event: it is not a JSON object with an `id`."}],
}

PAGE: dict[str, Any] = {
    "events": [
        {
            "id": "019a2f2e-6d0c-7a51-8f43-6c9f6a1f0001",
            "type": "message.sent",
            "time": "2026-03-07T18:22:00Z",
            "crime": REFERENCE,
            "person": _PERSON,
            "text": "The lock was cut. I still have both halves.",
            "language": "en",
        },
        {
            "id": "019a2f2e-6d0c-7a51-8f43-6c9f6a1f0002",
            "type": "reply.sent",
            "time": "2026-03-08T09:10:00Z",
            "crime": REFERENCE,
            "person": _PERSON,
            "text": "Please keep them dry. I will collect them on Thursday.",
            "language": "en",
            "author": "Nia Fairweather",
        },
    ],
    "next": "90413-18",
}

CRIME: dict[str, Any] = {
    "reference": REFERENCE,
    "offence": {"code": "TH68006", "title": "Theft of pedal cycle"},
    "area": "Marlhythe",
    "reported_at": "2026-03-02T09:40:00Z",
    "summary": "A locked bicycle was taken from outside a shop.",
    "stage": "investigation",
    "outcome": None,
    "closed": False,
    "closed_at": None,
    "steps": [
        {"type": "stage.changed", "time": "2026-03-05T16:05:00Z", "value": "investigation", "event": "46E00000005"},
    ],
    "officer": {name: value for name, value in _OFFICER.items() if name != "email"},
    "victims": [
        {
            "person": _PERSON,
            "role": "victim",
            "consent": "opted_in",
            "suitability": "suitable",
            "suitability_by": "feed",
            "safety": [],
            "enhanced": False,
            "proxy_for": None,
            "registered": True,
        },
    ],
    "timeline": [
        {
            "id": "019a2f2e-6d0c-7a51-8f43-6c9f6a1f0003",
            "type": "update",
            "time": "2026-03-05T16:05:00Z",
            "text": "We have asked two shops for their recordings.",
            "language": "en",
            "audience": "named",
            "to": [_PERSON],
            "author": "record_system",
            "event": "46E00000004",
        },
    ],
    "property": [
        {
            "id": "4601234526-1",
            "status": "missing",
            "category": "bicycle",
            "description": "Green town bicycle with a wicker basket",
            "make": "Tidewater",
            "model": "",
            "serial": "TW-40721",
            "value_pence": 32000,
        },
    ],
    "hearings": [
        {"court": "Marlhythe Magistrates' Court", "hearing_type": "First hearing", "at": "2026-04-14T09:00:00Z"},
    ],
    "held": [],
    "next_update_by": "2026-04-02T16:05:00Z",
}
