"""The ledger of the pages of the support directory. Right calls follow each other, after those of ledger_admin."""

from tests.isolation import revisions
from tests.isolation.ledger import For, Route, Slot

_ONE = "/admin/support/{key:str}"
_KEY = {"key": "{support_service}"}
_SLOTS = (Slot("path", "key", "support_service"),)
_SERVICE = {
    "name": "Another service",
    "helps_with": "Any crime",
    "who_for": "Anyone",
    "category": "other",
    "phone": "0808 157 0000",
    "languages": "English",
}
_TAME = {"revision": "999"}
# "Name,Helps with,Who for,Phone" and one service, packed as the page of a file's changes sends it along
_PACKED = "eJzzS8xN1fFIzSkoVijPLMnQCc/IV0jLL9IJyMjPS+VyK8rPVUhUSMvMSdVxzKtUSC7KzAWzgJI6BhYGFgqGpuYKBkDABQCd3RcJ"

SUPPORT = (
    Route(path="/admin/support", of=For.ADMINISTRATORS, by="admin", shows="{support_name}"),
    Route(path="/admin/support/new", of=For.ADMINISTRATORS, by="admin", shows='name="who_for"'),
    Route(
        method="POST",
        path="/admin/support",
        of=For.ADMINISTRATORS,
        by="admin",
        form=_SERVICE | {"revision": str(revisions.SUPPORT + 0)},
        tame=_SERVICE | _TAME,
        status=303,
        shows="/admin/support?done=added",
    ),
    Route(path=_ONE, of=For.ADMINISTRATORS, by="admin", params=_KEY, shows="{support_name}", slots=_SLOTS),
    Route(
        method="POST",
        path=_ONE,
        of=For.ADMINISTRATORS,
        by="admin",
        params=_KEY,
        form=_SERVICE | {"name": "{support_name}", "revision": str(revisions.SUPPORT + 1)},
        tame=_SERVICE | _TAME,
        status=303,
        shows="/admin/support?done=saved",
        slots=_SLOTS,
    ),
    Route(
        method="POST",
        path=f"{_ONE}/place",
        of=For.ADMINISTRATORS,
        by="admin",
        params=_KEY,
        form={"to": "2", "revision": str(revisions.SUPPORT + 2)},
        tame={"to": "2"} | _TAME,
        status=303,
        shows="/admin/support?done=moved",
        slots=_SLOTS,
    ),
    Route(
        method="POST",
        path=f"{_ONE}/review",
        of=For.ADMINISTRATORS,
        by="admin",
        params=_KEY,
        form={"revision": str(revisions.SUPPORT + 3)},
        tame=_TAME,
        status=303,
        shows="/admin/support?done=seen",
        slots=_SLOTS,
    ),
    Route(
        method="POST",
        path="/admin/support/review",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"revision": str(revisions.SUPPORT + 4)},
        tame=_TAME,
        status=303,
        shows="/admin/support?done=seen",
    ),
    Route(path="/admin/support/national", of=For.ADMINISTRATORS, by="admin", shows="Hide Childline"),
    Route(
        method="POST",
        path="/admin/support/national",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"hide_childline": "yes", "revision": str(revisions.SUPPORT + 5)},
        tame={"hide_childline": "yes"} | _TAME,
        status=303,
        shows="/admin/review",
    ),
    Route(path="/admin/support/file", of=For.ADMINISTRATORS, by="admin", shows='type="file"'),
    Route(path="/admin/support/file/download", of=For.ADMINISTRATORS, by="admin", shows="{support_name}"),
    Route(
        method="POST",
        path="/admin/support/file/preview",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"others": "keep"},
        status=422,
        shows="Choose a file",
    ),
    Route(
        method="POST",
        path="/admin/support/file",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"others": "keep", "packed": _PACKED, "revision": str(revisions.SUPPORT + 6)},
        tame={"others": "keep", "packed": _PACKED} | _TAME,
        status=303,
        shows="/admin/support?done=imported",
    ),
    Route(
        method="POST",
        path=f"{_ONE}/removal",
        of=For.ADMINISTRATORS,
        by="admin",
        params=_KEY,
        form={"revision": str(revisions.SUPPORT + 7)},
        tame=_TAME,
        status=303,
        shows="/admin/support?done=removed",
        slots=_SLOTS,
    ),
)
