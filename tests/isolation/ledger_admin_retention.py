"""The ledger of what is kept and what goes: of administrators, of supervisors, and of the contact team."""

from tests.isolation import revisions
from tests.isolation.ledger import For, Route, Slot

_RETENTION = "/admin/retention"
_HOLDS, _DELETIONS, _REQUESTS = (f"{_RETENTION}/{name}" for name in ("holds", "deletions", "requests"))
_DESK_HOLDS, _DESK_REQUESTS = "/staff/holds", "/staff/data-requests"
_SCHEDULE = {
    "access_months": "12",
    "case_months": "30",
    "record_days": "90",
    "notification_days": "365",
    "person_days": "30",
}
_WHY = {"why": "A claim against the force"}
_LETTER = {
    "kind": "access",
    "via": "letter",
    "crime_reference": "{yves_reference}",
    "last_name": "{yves_last_name}",
    "day": "9",
    "month": "3",
    "year": "1984",
    "received": "{today}",
}
_ON_HOLD, _ON_REQUEST = Slot("path", "hold_id", "legal_hold"), Slot("path", "request_id", "rights_request")


def _of(path: str, shows: str, **more: object) -> Route:
    told: dict[str, object] = {"of": For.ADMINISTRATORS, "by": "admin", **more}
    return Route(path=path, shows=shows, **told)  # pyright: ignore[reportArgumentType]  fields by their names


def _does(path: str, done: str, **more: object) -> Route:
    told: dict[str, object] = {"method": "POST", "status": 303, **more}
    return _of(path, done, **told)


_SUPERVISOR: dict[str, object] = {"of": For.SUPERVISORS, "by": "supervisor"}
_HUB: dict[str, object] = {"of": For.TRIAGE, "by": "hub"}

RETENTION = (
    _of(_RETENTION, 'name="access_months"'),
    _does(
        _RETENTION,
        f"{_RETENTION}#tomorrow",
        form={**_SCHEDULE, "revision": str(revisions.RETENTION)},
        tame={**_SCHEDULE, "revision": "999"},
    ),
    _of(f"{_RETENTION}/coming", "Closed cases"),
    _of(_HOLDS, "canary-as-legal_hold-why"),
    _of(f"{_HOLDS}/{{hold_id:uuid}}", "canary-as-legal_hold-why", params={"hold_id": "{hold}"}, slots=(_ON_HOLD,)),
    _does(
        f"{_HOLDS}/{{hold_id:uuid}}/lifting",
        f"{_HOLDS}?done=lifted",
        params={"hold_id": "{hold}"},
        form=_WHY,
        tame={"why": ""},
        slots=(_ON_HOLD,),
    ),
    _does(
        _HOLDS,
        f"{_HOLDS}?done=placed",
        form={"crime_reference": "{yves_reference}", **_WHY},
        tame={"crime_reference": "", "why": ""},
        slots=(Slot("form", "crime_reference", "reference"),),
    ),
    _of(_DELETIONS, "Closed cases"),
    _of(
        f"{_DELETIONS}/{{deletion_id:uuid}}",
        '"digest"',
        params={"deletion_id": "{deletion}"},
        slots=(Slot("path", "deletion_id", "deletion"),),
    ),
    _does(f"{_DELETIONS}/checks", "This certificate is not true", form={"certificate": "{{}}"}, status=200),
    _does(
        f"{_DELETIONS}/returns",
        f"{_DELETIONS}?done=returns",
        form={"crime_reference": "{gone_reference}"},
        tame={"crime_reference": ""},
        slots=(Slot("form", "crime_reference", "reference"),),
    ),
    _of(_REQUESTS, "A copy of their data"),
    _of(f"{_REQUESTS}/new", 'name="received"'),
    _does(
        _REQUESTS,
        f"{_REQUESTS}/",
        form=_LETTER,
        tame={"crime_reference": "{yves_reference}"},
        slots=(Slot("form", "crime_reference", "reference"),),
    ),
    _of(
        f"{_REQUESTS}/{{request_id:uuid}}",
        "A request about data",
        params={"request_id": "{rights_request}"},
        slots=(_ON_REQUEST,),
    ),
    _does(
        f"{_REQUESTS}/{{request_id:uuid}}/decision",
        f"{_REQUESTS}/{{rights_request}}?done=decided",
        params={"request_id": "{rights_request}"},
        form={"state": "granted", "why": "The copy was sent"},
        tame={"state": "", "why": ""},
        slots=(_ON_REQUEST,),
    ),
    _of(_DESK_HOLDS, "canary-as-legal_hold-why", **_SUPERVISOR),
    _of(
        f"{_DESK_HOLDS}/{{hold_id:uuid}}",
        "canary-as-legal_hold-why",
        params={"hold_id": "{staff_hold}"},
        slots=(_ON_HOLD,),
        **_SUPERVISOR,
    ),
    _does(
        f"{_DESK_HOLDS}/{{hold_id:uuid}}/lifting",
        f"{_DESK_HOLDS}?done=lifted",
        params={"hold_id": "{staff_hold}"},
        form=_WHY,
        tame={"why": ""},
        slots=(_ON_HOLD,),
        **_SUPERVISOR,
    ),
    _does(
        _DESK_HOLDS,
        f"{_DESK_HOLDS}?done=placed",
        form={"crime_reference": "{other_reference}", **_WHY},
        tame={"crime_reference": "", "why": ""},
        slots=(Slot("form", "crime_reference", "reference"),),
        **_SUPERVISOR,
    ),
    _of(_DESK_REQUESTS, 'name="received"', **_HUB),
    _does(
        _DESK_REQUESTS,
        f"{_DESK_REQUESTS}?done=entered",
        form=_LETTER,
        tame={"crime_reference": "{yves_reference}"},
        slots=(Slot("form", "crime_reference", "reference"),),
        **_HUB,
    ),
)
