"""The ledger of the audit: who did what, who opened a case and why, and files of it."""

from tests.isolation.ledger import For, Route, Slot

_AUDIT = "/admin/audit"
_CASE, _STAFF = f"{_AUDIT}/cases/{{case_id:uuid}}", f"{_AUDIT}/staff/{{staff_id:uuid}}"
_ON_CASE, _ON_STAFF = Slot("path", "case_id", "case"), Slot("path", "staff_id", "staff")
_REASON = "canary-ao-audit-reason"


def _of(path: str, **more: object) -> Route:
    return Route(path=path, of=For.ADMINISTRATORS, by="admin", **more)  # pyright: ignore[reportArgumentType]  fields by their names


AUDIT = (
    _of(_AUDIT, query={"case": "{case}"}, shows="canary-as-staff-name", slots=(Slot("query", "case", "case"),)),
    _of(
        f"{_AUDIT}/searches",
        method="POST",
        form={"reference": "{reference}"},
        tame={"reference": ""},
        status=303,
        shows=f"{_AUDIT}?case={{case}}",
        slots=(Slot("form", "reference", "reference"),),
        searches=True,
    ),
    _of(
        f"{_AUDIT}/export",
        query={"staff": "{officer}"},
        shows='"end":"TrackMyCrime audit"',
        slots=(Slot("query", "staff", "staff"),),
    ),
    _of(f"{_AUDIT}/sheet", query={"case": "{case}"}, shows="Crime reference", slots=(Slot("query", "case", "case"),)),
    _of(f"{_AUDIT}/whole", shows="Is the record whole?"),
    _of(f"{_AUDIT}/whole", method="POST", form={}, status=303, shows=f"{_AUDIT}/whole?done=asked"),
    _of(_CASE, params={"case_id": "{case}"}, shows=_REASON, slots=(_ON_CASE,)),
    _of(f"{_CASE}/sheet", params={"case_id": "{case}"}, query={"reasons": "yes"}, shows=_REASON, slots=(_ON_CASE,)),
    _of(_STAFF, params={"staff_id": "{officer}"}, shows="Which cases somebody opened", slots=(_ON_STAFF,)),
    _of(
        f"{_STAFF}/sheet",
        params={"staff_id": "{officer}"},
        query={"reasons": "yes"},
        shows="Reason",
        slots=(_ON_STAFF,),
    ),
)
