"""All settings as the force's file: what is published is taken away, and a file is looked at before it goes into the draft."""

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import configuring
from trackmycrime.domain.configuring import ChangedMeanwhile, Draft
from trackmycrime.domain.tenancy import canonical, own_file
from trackmycrime.domain.tenancy.configuration import Configuration, ConfigurationError
from trackmycrime.domain.tenancy.files import FILE
from trackmycrime.domain.tenancy.own_file import LARGEST
from trackmycrime.domain.tenancy.plan import difference
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.admin.review import ChangeLine, lines
from trackmycrime.web.admin.sent_files import AROUND, PACKED, pack, sent, unpack
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

_FIELD = "file"
_SHOWN = 20  # mistakes; more of them are counted
_PACKED_MOST = 2 * LARGEST  # what cannot be made smaller grows by a third on its way through a form


class FilePage(Struct, frozen=True):
    """All that is said before a file is chosen; `mistakes` are those of the one that was."""

    form: Form
    mistakes: tuple[str, ...]
    megabytes: int
    drafted: bool


class DifferencePage(Struct, frozen=True):
    """What a file would change in the draft; `packed` is the file itself, to be sent again."""

    form: Form
    changes: tuple[ChangeLine, ...]
    drafted: bool
    packed: str


class SettingsFileController(Controller):
    """The settings as a file."""

    path = desk.FILE

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Offer the file, and ask for one."""
        return _shown(visit, await configuring.draft(tx), Form({}, {}))

    @get("/download", opt={"permission": Permission.ADMIN_READ})
    async def download(self, tx: NamedDependency[ForceTx]) -> Response[bytes]:
        """Give what is published, as `force export` prints it."""
        headers = {"content-disposition": f'attachment; filename="{FILE}"'}
        content = canonical.write(await configuring.published(tx))
        return Response(content, media_type="application/toml", headers=headers)

    @post(
        "/difference",
        opt={"permission": Permission.ADMIN_CHANGE},
        request_max_body_size=LARGEST + AROUND,
        status_code=200,
    )
    async def compare(
        self,
        request: AnyRequest,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
    ) -> Page:
        """Show what a file would change in the draft, and change nothing."""
        draft = await configuring.draft(tx)
        try:
            content = await sent(request, _FIELD, LARGEST)
            found = await own_file.read(content, draft.configuration)
        except (Invalid, ConfigurationError) as refusal:
            return _refused(visit, draft, refusal)
        return _compared(visit, draft, found, Form({desk.REVISION: str(draft.revision)}, {}), pack(content))

    @post(opt={"permission": Permission.ADMIN_CHANGE}, request_max_body_size=_PACKED_MOST)
    async def use(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Put a file that was looked at into the draft, all of it; nobody else sees it before it is published."""
        draft = await configuring.draft(tx)
        try:
            found = await own_file.read(unpack(form.get(PACKED, ""), _FIELD, LARGEST), draft.configuration)
        except (Invalid, ConfigurationError) as refusal:
            return _refused(visit, draft, refusal)
        try:
            await configuring.save(tx, found, desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            again = desk.again(form, refusal, draft.revision, {})
            return _compared(visit, draft, found, again, form[PACKED], refusal)
        return go(desk.REVIEW)


def _refused(visit: Visit, draft: Draft, refusal: Refusal) -> Page:
    """Show what is wrong with a file: every mistake at its place, the first of them at least."""
    if isinstance(refusal, Invalid):
        return _shown(visit, draft, refused({}, refusal), refusal)
    told = refusal.sentences if isinstance(refusal, ConfigurationError) else (refusal.message,)
    summary = ngettext("The file has %(num)s mistake", "The file has %(num)s mistakes", len(told))
    more = len(told) - _SHOWN
    mistakes = (*told[:_SHOWN], *([_("And %(number)s more", number=more)] if more > 0 else []))
    return _shown(visit, draft, Form({}, {_FIELD: summary}), refusal, mistakes)


def _shown(
    visit: Visit, draft: Draft, form: Form, refusal: Refusal | None = None, mistakes: tuple[str, ...] = ()
) -> Page:
    shown = FilePage(form, mistakes, LARGEST // (1024 * 1024), bool(draft.changes))
    return page("admin/settings_file/index.html", desk.frame(visit, desk.FILE), refusal=refusal, page=shown)


def _compared(
    visit: Visit, draft: Draft, found: Configuration, form: Form, packed: str, refusal: Refusal | None = None
) -> Page:
    changes = lines(difference(draft.configuration, found))
    shown = DifferencePage(form, changes, bool(draft.changes), packed)
    return page("admin/settings_file/difference.html", desk.frame(visit, desk.FILE), refusal=refusal, page=shown)
