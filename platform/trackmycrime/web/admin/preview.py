"""How the force would look if the draft were published: real pages with made-up content, and colours as they are chosen."""

import re
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from uuid import UUID

from litestar import Controller, MediaType, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct, structs

from trackmycrime.domain import configuring, logos
from trackmycrime.domain.notifications import wording
from trackmycrime.domain.notifications.queueing import NoticeKind
from trackmycrime.domain.tenancy import brand
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.words import ENGLISH, WELSH, _, language, speaking
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import colours, desk, samples
from trackmycrime.web.common import frames, headers
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.frame import Form, Frame, Link
from trackmycrime.web.common.pages import render
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

DRAFTED = f"{desk.PREVIEW}/logo"
_NOBODY = UUID(int=0)
_ADDRESS, _NUMBER = "sam.sample@example.org", "07700 900123"
_TOKEN = re.compile(r"(/unsubscribe/)\S+")
_LINK = re.compile(r'(<a\b[^>]*?\shref=")[^"#][^"]*')
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)


class Sent(Struct, frozen=True):
    """An email or a text message, as a list shows it and as it is opened."""

    name: str
    sender: str
    subject: str
    text: str


class PreviewPage(Struct, frozen=True):
    """All that the page around a preview shows: what else there is to look at, and what is looked at."""

    places: tuple[Link, ...]
    href: str
    title: str
    narrow: bool
    sent: tuple[Sent, ...]


class PreviewController(Controller):
    """What administrators look at before they publish. Nothing in it does anything."""

    path = desk.PREVIEW

    @get(opt={"permission": Permission.ADMIN_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show a page inside a page, or what is sent."""
        draft = (await configuring.draft(tx)).configuration
        wanted = request.query_params.get("show", "messages")
        spoken = WELSH if request.query_params.get("lang") == WELSH and draft.has(Feature.WELSH) else ENGLISH
        names = _names()
        what = wanted if wanted in names else "messages"
        place = "messages" if what == "phone" else what
        shown = PreviewPage(
            places=_places(draft, what, spoken),
            href=f"{desk.PREVIEW}/{place}?lang={spoken}",
            title=names[what],
            narrow=what == "phone",
            sent=_sent(_drafted(visit, draft), spoken) if what == "sent" else (),
        )
        return desk.framing(page("admin/preview/index.html", desk.frame(visit, desk.REVIEW), page=shown))

    @get("/{what:str}", opt={"permission": Permission.ADMIN_READ})
    async def show(
        self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], what: FromPath[str]
    ) -> Page:
        """Show a page, or the style sheet, as the draft makes it."""
        draft = (await configuring.draft(tx)).configuration
        if what == "colours":
            return Response(brand.stylesheet(draft.brand), media_type="text/css")
        if what not in _PAGES:
            raise NotFound(_("Page not found"))
        with speaking(request.query_params.get("lang", ENGLISH) if draft.has(Feature.WELSH) else ENGLISH):
            html = _PAGES[what](_drafted(visit, draft), draft)
        return Response(_still(html), media_type=MediaType.HTML, headers=headers.FRAMED)

    @get("/logo", opt={"permission": Permission.ADMIN_READ})
    async def logo(self, tx: NamedDependency[ForceTx]) -> Response[bytes]:
        """Show the draft's logo, which nobody else may see yet."""
        return Response(await logos.drafted(tx), media_type="image/png", headers=headers.PICTURE)

    @get("/contrast", opt={"permission": Permission.ADMIN_READ}, sync_to_thread=False)
    def contrast(self, request: AnyRequest) -> colours.Judged:
        """Say of four colours how they look and who can read them: what saving them would say."""
        return colours.judged(dict(request.query_params))


def _names() -> dict[str, str]:
    return {
        "messages": _("Messages"),
        "phone": _("Messages on a phone"),
        "sign-in": _("Sign in"),
        "sent": _("Email and text message"),
    }


def _places(draft: Configuration, what: str, spoken: str) -> tuple[Link, ...]:
    places = [
        Link(name, f"{desk.PREVIEW}?show={key}&lang={spoken}", current=key == what) for key, name in _names().items()
    ]
    if draft.has(Feature.WELSH):
        other, name = (WELSH, _("In Welsh")) if spoken == ENGLISH else (ENGLISH, _("In English"))
        places.append(Link(name, f"{desk.PREVIEW}?show={what}&lang={other}"))
    return tuple(places)


def _drafted(visit: Visit, draft: Configuration) -> Visit:
    """Return the visit as it would be if the draft were published."""
    drafted = copy(visit)
    drafted.force = replace(visit.site, configuration=draft, ref=replace(visit.site.ref, published=draft))
    return drafted


def _messages(visit: Visit, draft: Configuration) -> str:
    frame = structs.replace(
        _frame(visit), navigation=samples.navigation(draft), case_bar=samples.case_bar(draft), exit_href=frames.EXIT
    )
    return render("victim/messages/index.html", frame, page=samples.messages(visit.site), form=Form({}, {}))


def _sign_in(visit: Visit, draft: Configuration) -> str:
    return render("victim/sign_in/new.html", _frame(visit), page=samples.sign_in(draft))


_PAGES: dict[str, Callable[[Visit, Configuration], str]] = {"messages": _messages, "sign-in": _sign_in}


def _frame(visit: Visit) -> Frame:
    """Return a frame in the draft's colours, whose forms nobody could send."""
    shown = frames.frame(visit)
    links = tuple(Link(link.name_in(language()), link.web) for link in visit.site.configuration.footer)
    return structs.replace(
        shown,
        brand_href=f"{desk.PREVIEW}/colours",
        logo=structs.replace(shown.logo, href=DRAFTED) if shown.logo else None,
        csrf="",
        once="",
        switch=(),
        footer=(*shown.footer, *links),
        idle_seconds=0,
    )


def _still(html: str) -> str:
    """Return a page whose links lead nowhere and in which nothing runs."""
    return _LINK.sub(r"\1#", _SCRIPT.sub("", html))


def _sent(visit: Visit, spoken: str) -> tuple[Sent, ...]:
    tx = visit.door.begin(visit.actor)  # asks the database for nothing
    with speaking(spoken):
        email = wording.victim_email(tx, _NOBODY, NoticeKind.NEWS, _NOBODY, _ADDRESS, None)
        text = wording.victim_text(tx, _NOBODY, NoticeKind.NEWS, _NUMBER, None)
    return (
        Sent(_("Email"), f"{email.from_name} <{email.from_address}>", email.subject, _TOKEN.sub(r"\1...", email.text)),
        Sent(_("Text message"), _NUMBER, "", text.body),
    )
