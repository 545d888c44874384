"""The ledger of the pages about staff: of administrators, and of those who say who acts for them."""

from tests.isolation.ledger import For, Route, Slot

_STAFF = "/admin/staff"
_ONE = f"{_STAFF}/{{staff_id:uuid}}"
_ON_STAFF = Slot("path", "staff_id", "staff")
_LEAVER, _HUB = {"staff_id": "{leaver}"}, {"staff_id": "{hub}", "deputy_id": "{hubs_deputy}"}
_SOMEBODY = {"name": "Nye New", "email": "new-{slug}@example.org", "role": "hub", "unit": "", "collar_number": ""}
_DAYS = {"deputy": "{colleague_email}", "from_day": "{today}", "until_day": "{today}"}
_FILE = "Name,Email address,Role,Unit,Collar number\nNan New,nan-{slug}@example.org,Officer,,"


def _of(path: str, **more: object) -> Route:
    return Route(path=path, of=For.ADMINISTRATORS, by="admin", **more)  # pyright: ignore[reportArgumentType]  fields by their names


def _does(path: str, done: str, **more: object) -> Route:
    told: dict[str, object] = {"method": "POST", "form": {}, "status": 303, "shows": done, **more}
    return _of(path, **told)


ADMIN_STAFF = (
    _of(_STAFF, shows="{email}"),
    _does(f"{_STAFF}/searches", "1 person", form={"search": "{email}"}, status=200),
    _of(f"{_STAFF}/export", shows="{email}"),
    _of(f"{_STAFF}/new", shows='name="email"'),
    _does(f"{_STAFF}/new", "/admin/staff/", form=_SOMEBODY, tame={"name": ""}),
    _of(f"{_STAFF}/requests", shows="canary-as-staff-name candidate"),
    _does(
        f"{_STAFF}/requests/{{request_id:uuid}}/approval",
        "/admin/staff/requests?done=approved",
        params={"request_id": "{admin_request}"},
        slots=(Slot("path", "request_id", "staff_request"),),
    ),
    _does(
        f"{_STAFF}/requests/{{request_id:uuid}}/refusal",
        "/admin/staff/requests?done=refused",
        params={"request_id": "{other_request}"},
        slots=(Slot("path", "request_id", "staff_request"),),
    ),
    _of(f"{_STAFF}/import", shows='name="file"'),
    _of(f"{_STAFF}/import/example", shows="sam@example.org"),
    _of(
        f"{_STAFF}/import/{{import_id:uuid}}",
        params={"import_id": "{staff_import}"},
        shows="canary-as-staff_import-content",
        slots=(Slot("path", "import_id", "staff_import"),),
    ),
    _does(
        f"{_STAFF}/import/{{import_id:uuid}}",
        "/admin/staff?done=imported",
        params={"import_id": "{staff_import}"},
        form={"mark": "{import_mark}"},
        tame={"mark": ""},
        slots=(Slot("path", "import_id", "staff_import"),),
    ),
    _does(f"{_STAFF}/import", "/admin/staff/import/", file=_FILE, tame={}),
    _of(_ONE, params=_LEAVER, shows="canary-as-staff-name leaver", slots=(_ON_STAFF,)),
    _does(
        _ONE,
        "/admin/staff/{leaver}?done=changed",
        params=_LEAVER,
        form={"name": "Lee Leaver", "role": "officer"},
        tame={"name": ""},
        slots=(_ON_STAFF,),
    ),
    _does(f"{_ONE}/invitation", "/admin/staff/{leaver}?done=invited", params=_LEAVER, slots=(_ON_STAFF,)),
    _does(
        f"{_ONE}/deputies",
        "/admin/staff/{hub}?done=deputy",
        params={"staff_id": "{hub}"},
        form=_DAYS,
        tame={"deputy": ""},
        slots=(_ON_STAFF,),
    ),
    _does(
        f"{_ONE}/deputies/{{deputy_id:uuid}}/ending",
        "/admin/staff/{hub}?done=deputy_ended",
        params=_HUB,
        slots=(_ON_STAFF, Slot("path", "deputy_id", "deputy")),
    ),
    _of(f"{_ONE}/suspension", params=_LEAVER, shows="It takes effect at once", slots=(_ON_STAFF,)),
    _does(f"{_ONE}/suspension", "/admin/staff/{leaver}?done=suspended", params=_LEAVER, slots=(_ON_STAFF,)),
    _does(f"{_ONE}/return", "/admin/staff/{leaver}?done=returned", params=_LEAVER, slots=(_ON_STAFF,)),
    _of(f"{_ONE}/departure", params=_LEAVER, shows="Their password and their role are removed", slots=(_ON_STAFF,)),
    _does(f"{_ONE}/departure", "/admin/staff/{leaver}?done=left", params=_LEAVER, slots=(_ON_STAFF,)),
    Route(path="/staff/deputies", of=For.CASEWORKERS, by="officer", shows="canary-as-staff-name colleague"),
    Route(
        method="POST",
        path="/staff/deputies",
        of=For.CASEWORKERS,
        by="officer",
        form=_DAYS,
        tame={"deputy": ""},
        status=303,
        shows="/staff/deputies?done=named",
    ),
    Route(
        method="POST",
        path="/staff/deputies/{deputy_id:uuid}/ending",
        of=For.CASEWORKERS,
        by="officer",
        params={"deputy_id": "{officers_deputy}"},
        form={},
        status=303,
        shows="/staff/deputies?done=ended",
        slots=(Slot("path", "deputy_id", "deputy"),),
    ),
)
