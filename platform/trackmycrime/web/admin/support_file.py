"""The support directory as a file for spreadsheets: taken away, brought back, and looked at before it goes into the draft."""

import asyncio
from collections.abc import Mapping

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import configuring
from trackmycrime.domain.configuring import ChangedMeanwhile, Draft
from trackmycrime.domain.support import sorts, spreadsheet
from trackmycrime.domain.support.spreadsheet import FIELD, LARGEST, Comparison
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.admin.sent_files import AROUND, PACKED, pack, sent, unpack
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

FILE = f"{desk.SUPPORT}/file"
_REMOVES = "remove"
_SHOWN = 100  # names of each kind; more of them are counted


class FilePage(Struct, frozen=True):
    """All that is said of the file before one is chosen; columns and kinds are pairs of a name and its meaning."""

    form: Form
    services: int
    megabytes: int
    kinds: tuple[tuple[str, str], ...]
    crimes: tuple[str, ...]
    columns: tuple[str, ...]


class Part(Struct, frozen=True):
    """Services that a file adds, changes or removes: the first of them by name, and how many there are."""

    title: str
    names: tuple[str, ...]
    number: int
    more: int


class PreviewPage(Struct, frozen=True):
    """What a file would change; `packed` is the file itself, to be sent again."""

    form: Form
    parts: tuple[Part, ...]
    same: int
    packed: str


class SupportFileController(Controller):
    """The directory as a file."""

    path = FILE

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Offer the file, and ask for one."""
        draft = await configuring.draft(tx)
        return _shown(visit, draft, Form({desk.REVISION: str(draft.revision), "others": "keep"}, {}))

    @get("/download", opt={"permission": Permission.ADMIN_READ})
    async def download(self, tx: NamedDependency[ForceTx]) -> Response[bytes]:
        """Give the draft's list as a file."""
        draft = await configuring.draft(tx)
        headers = {"content-disposition": 'attachment; filename="support-services.csv"'}
        content = await asyncio.to_thread(spreadsheet.write, draft.configuration.support)
        return Response(content, media_type="text/csv", headers=headers)

    @post(
        "/preview",
        opt={"permission": Permission.ADMIN_CHANGE},
        request_max_body_size=LARGEST + AROUND,
        status_code=200,
    )
    async def preview(
        self,
        request: AnyRequest,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
    ) -> Page:
        """Show what a file would change, and change nothing."""
        draft = await configuring.draft(tx)
        try:
            content = await sent(request, FIELD, LARGEST)
            found = await _compared(draft, content, form)
        except Invalid as refusal:
            return _shown(visit, draft, refused(form, refusal), refusal)
        return _previewed(visit, Form({**form, desk.REVISION: str(draft.revision)}, {}), found, content)

    @post(opt={"permission": Permission.ADMIN_CHANGE}, request_max_body_size=LARGEST + AROUND)
    async def use(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Put a file that was looked at into the draft, all of it."""
        draft = await configuring.draft(tx)
        try:
            content = unpack(form.get(PACKED, ""), FIELD, LARGEST)
            found = await _compared(draft, content, form)
        except Invalid as refusal:
            return _shown(visit, draft, refused(form, refusal), refusal)
        try:
            await configuring.save(tx, found.configuration, desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            return _previewed(visit, desk.again(form, refusal, draft.revision, {}), found, content, refusal)
        return go(f"{desk.SUPPORT}?done=imported")


async def _compared(draft: Draft, content: bytes, form: Mapping[str, str]) -> Comparison:
    removes = form.get("others") == _REMOVES
    return await asyncio.to_thread(spreadsheet.compare, draft.configuration, content, removes=removes)


def _megabytes() -> int:
    return LARGEST // (1024 * 1024)


def _shown(visit: Visit, draft: Draft, form: Form, refusal: Refusal | None = None) -> Page:
    shown = FilePage(
        form=Form({name: value for name, value in form.values.items() if name != PACKED}, form.errors),
        services=len(draft.configuration.support),
        megabytes=_megabytes(),
        kinds=tuple(sorts.named().items()),
        crimes=tuple(OffenceGroup),
        columns=tuple(spreadsheet.COLUMNS.values()),
    )
    return page("admin/support/file.html", desk.frame(visit, desk.SUPPORT), refusal=refusal, page=shown)


def _previewed(visit: Visit, form: Form, found: Comparison, content: bytes, refusal: Refusal | None = None) -> Page:
    parts = (
        _part(_("Added"), found.added),
        _part(_("Changed"), found.changed),
        _part(_("Removed"), found.removed),
    )
    shown = PreviewPage(form, parts, found.same, pack(content))
    return page("admin/support/preview.html", desk.frame(visit, desk.SUPPORT), refusal=refusal, page=shown)


def _part(title: str, names: tuple[str, ...]) -> Part:
    return Part(title, names[:_SHOWN], len(names), max(0, len(names) - _SHOWN))
