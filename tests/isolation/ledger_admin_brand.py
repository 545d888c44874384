"""The ledger of the logo, the links of the footer and the settings as a file. Right calls follow those of the connections."""

from tests.isolation import revisions
from tests.isolation.ledger import For, Route

_TAME = {"revision": "999"}
_LINK = {"name_1": "Our website", "web_1": "https://www.example.org/"}
_FILE = {"packed": "{settings_file}"}

BRAND = (
    Route(path="/admin/branding/logo", of=For.ADMINISTRATORS, by="admin", shows='type="file"'),
    Route(
        method="POST",
        path="/admin/branding/logo",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"revision": str(revisions.BRAND)},
        status=422,
        shows="Choose a file",
    ),
    Route(path="/admin/preview/logo", of=For.ADMINISTRATORS, by="admin", shows="IHDR"),
    Route(
        method="POST",
        path="/admin/branding/logo/removal",
        of=For.ADMINISTRATORS,
        by="admin",
        form={"revision": str(revisions.BRAND)},
        tame=_TAME,
        status=303,
        shows="/admin/branding/logo?done=removed",
    ),
    Route(path="/admin/branding/footer", of=For.ADMINISTRATORS, by="admin", shows='name="web_1"'),
    Route(
        method="POST",
        path="/admin/branding/footer",
        of=For.ADMINISTRATORS,
        by="admin",
        form=_LINK | {"revision": str(revisions.BRAND + 1)},
        tame=_LINK | _TAME,
        status=303,
        shows="/admin/review",
    ),
    Route(path="/admin/settings/file", of=For.ADMINISTRATORS, by="admin", shows='type="file"'),
    Route(path="/admin/settings/file/download", of=For.ADMINISTRATORS, by="admin", shows='slug = "{slug}"'),
    Route(
        method="POST",
        path="/admin/settings/file/difference",
        of=For.ADMINISTRATORS,
        by="admin",
        form={},
        status=422,
        shows="Choose a file",
    ),
    Route(
        method="POST",
        path="/admin/settings/file",
        of=For.ADMINISTRATORS,
        by="admin",
        form=_FILE | {"revision": str(revisions.BRAND + 2)},
        tame=_FILE | _TAME,
        status=303,
        shows="/admin/review",
    ),
)
