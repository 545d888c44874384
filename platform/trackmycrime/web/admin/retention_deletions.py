"""Proof of deletion: what went, its certificates, and whether one of them is true."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.retention import certificates, returning
from trackmycrime.domain.retention.certificates import LONGEST, PAGE, Verdict
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, retention_words
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.dates import moment
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.paging import around, page_number
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

DELETIONS = f"{desk.RETENTION}/deletions"
_FIELD = "certificate"


class DeletionLine(Struct, frozen=True):
    """That so many of a class went."""

    href: str
    what: str
    number: str
    version: int
    at: str


class DeletionsPage(Struct, frozen=True):
    """All that the page shows; `verdict` is None while nothing was checked."""

    form: Form
    deletions: tuple[DeletionLine, ...]
    before: int
    after: int
    verdict: Verdict | None
    longest: int
    done: str


class RetentionDeletionsController(Controller):
    """What went."""

    path = DELETIONS

    @get(opt={"permission": Permission.ADMIN_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """List it, the newest first."""
        number = page_number(request.query_params.get("page", ""))
        done = _("The next record about this case is taken in") if "done" in request.query_params else ""
        return await _shown(tx, visit, Form({}, {}), number, done=done)

    @get("/{deletion_id:uuid}", opt={"permission": Permission.ADMIN_READ})
    async def download(self, tx: NamedDependency[ForceTx], deletion_id: FromPath[UUID]) -> Response[bytes]:
        """Give a certificate as a file."""
        headers = {"content-disposition": f'attachment; filename="deletion-{deletion_id}.json"'}
        content = await certificates.certificate(tx, deletion_id)
        return Response(content, media_type="application/json", headers=headers)

    @post("/checks", opt={"permission": Permission.ADMIN_READ}, status_code=200)
    async def check(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page:
        """Say whether a certificate is true."""
        verdict = await certificates.check(tx, form.get(_FIELD, ""))
        return await _shown(tx, visit, Form({_FIELD: form.get(_FIELD, "")}, {}), 1, verdict)

    @post("/returns", opt={"permission": Permission.ADMIN_CHANGE})
    async def let_back(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Let a case that was deleted come again."""
        try:
            await returning.let_back(tx, form.get("crime_reference", ""))
        except Invalid as refusal:
            return await _shown(tx, visit, refused(form, refusal), 1, refusal=refusal)
        return go(f"{DELETIONS}?done=returns")


async def _shown(
    tx: ForceTx,
    visit: Visit,
    form: Form,
    number: int,
    verdict: Verdict | None = None,
    *,
    refusal: Refusal | None = None,
    done: str = "",
) -> Page:
    found, all_of_them = await certificates.page(tx, number)
    names = retention_words.what()
    lines = tuple(
        DeletionLine(f"{DELETIONS}/{row.id}", names[row.what], f"{row.number:,}", row.schedule, moment(row.made_at))
        for row in found
    )
    before, after = around(number, PAGE, all_of_them)
    shown = DeletionsPage(form, lines, before, after, verdict, LONGEST, done)
    return page("admin/retention/deletions.html", desk.frame(visit, desk.RETENTION), refusal=refusal, page=shown)
