"""The logo: a picture that stands beside the force's name, or instead of it, and what is to be said of how it will look."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import configuring, logos
from trackmycrime.domain.configuring import ChangedMeanwhile, Draft
from trackmycrime.domain.logos import DESK, FIELD, LARGEST, PHONE, Doubt, Shown
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.pictures import Picture
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.admin.preview import DRAFTED
from trackmycrime.web.admin.sent_files import AROUND, PACKED, pack, sent, unpack
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

_SAYS_NAME = "says_name"


class LogoPage(Struct, frozen=True):
    """All that the page shows: the draft's logo, how large it will be seen, and what looks bad about it.

    `src` is "" where there is none; `packed` is a file that waits to be sent again.
    """

    form: Form
    src: str
    header: str
    came: str
    desk: str
    phone: str
    doubts: tuple[str, ...]
    desk_most: str
    phone_most: str
    megabytes: int
    packed: str
    done: str


class LogoController(Controller):
    """The draft's logo."""

    path = desk.LOGO

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show it, and ask for one."""
        draft = await configuring.draft(tx)
        shown = await logos.shown(tx, draft.configuration.brand)
        done = _done(request.query_params.get("done", ""))
        return _shown(visit, draft, shown, Form(_filled(draft), {}), done=done)

    @post(opt={"permission": Permission.ADMIN_CHANGE}, request_max_body_size=LARGEST + AROUND)
    async def save(
        self,
        request: AnyRequest,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
    ) -> Page | Redirect:
        """Keep a picture in the draft, and show how it will look."""
        picture = None
        try:
            picture = await logos.taken(await _content(request, form))
            await logos.choose(tx, picture, desk.revision(form), says_name=_SAYS_NAME in form)
        except (Invalid, ChangedMeanwhile) as refusal:
            return await _again(tx, visit, form, refusal, picture)
        return go(f"{desk.LOGO}?done=chosen")

    @post("/removal", opt={"permission": Permission.ADMIN_CHANGE})
    async def remove(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Do without one in the draft."""
        try:
            await logos.remove(tx, desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            return await _again(tx, visit, form, refusal, None)
        return go(f"{desk.LOGO}?done=removed")


async def _content(request: AnyRequest, form: dict[str, str]) -> bytes:
    """Return the file that was chosen, or the one that a refused form carries along."""
    try:
        return await sent(request, FIELD, LARGEST)
    except Invalid:
        packed = form.get(PACKED, "")
        if not packed:
            raise
        return unpack(packed, FIELD, LARGEST)


async def _again(tx: ForceTx, visit: Visit, form: dict[str, str], refusal: Refusal, picture: Picture | None) -> Page:
    draft = await configuring.draft(tx)
    filled = desk.again(form, refusal, draft.revision, {FIELD: FIELD})
    shown = await logos.shown(tx, draft.configuration.brand)
    return _shown(visit, draft, shown, filled, refusal, packed=pack(picture.png) if picture else "")


def _filled(draft: Draft) -> dict[str, str]:
    says = {_SAYS_NAME: "yes"} if draft.configuration.brand.logo_says_name else {}
    return {desk.REVISION: str(draft.revision), **says}


def _done(done: str) -> str:
    return {
        "chosen": _("This logo is in your changes now. Look at it, then review and publish it"),
        "removed": _("The logo is taken out of your changes. Victims see it until you publish"),
    }.get(done, "")


def _shown(
    visit: Visit,
    draft: Draft,
    shown: Shown | None,
    form: Form,
    refusal: Refusal | None = None,
    *,
    packed: str = "",
    done: str = "",
) -> Page:
    seen = LogoPage(
        form=form,
        src=DRAFTED if shown else "",
        header=draft.configuration.brand.header,
        came=_size(shown.came) if shown else "",
        desk=_size(shown.desk) if shown else "",
        phone=_size(shown.phone) if shown else "",
        doubts=_doubts(shown, draft.configuration.brand.header) if shown else (),
        desk_most=_size(DESK),
        phone_most=_size(PHONE),
        megabytes=LARGEST // (1024 * 1024),
        packed=packed,
        done=done,
    )
    framed = desk.frame(visit, desk.LOGO)
    return desk.framing(page("admin/logo/index.html", framed, refusal=refusal, page=seen))


def _size(size: tuple[int, int]) -> str:
    return _("%(width)s by %(height)s", width=size[0], height=size[1])


def _doubts(shown: Shown, header: str) -> tuple[str, ...]:
    said = {
        Doubt.WIDE: _(
            "It is too wide. The header has room for %(room)s pixels, so it is only %(height)s high there, and words in it cannot be read. Use the part with the crest alone, or put the words on two lines.",
            room=DESK[0],
            height=shown.desk[1],
        ),
        Doubt.TALL: _(
            "It is too tall. The header is %(room)s pixels high for it, so it is only %(width)s wide there. Use one that is about as wide as it is high.",
            room=DESK[1],
            width=shown.desk[0],
        ),
        Doubt.SMALL: _(
            "It is too small: on a sharp screen it looks blurred. Use one of at least %(size)s pixels.",
            size=_size((shown.desk[0] * 2, shown.desk[1] * 2)),
        ),
        Doubt.FAINT: _(
            "It is hard to see: most of it is nearly as light or as dark as your header background, %(colour)s. Use a white version on a dark header, or change the header.",
            colour=header,
        ),
        Doubt.BOXED: _(
            "It has a background of its own, which shows as a box on the header. Save it as a PNG with a transparent background, or with the colour %(colour)s.",
            colour=header,
        ),
    }
    return tuple(said[doubt] for doubt in shown.doubts)
