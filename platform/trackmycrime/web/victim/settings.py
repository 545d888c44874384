"""Settings: what one wants to be told, and by which way."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct, structs

from trackmycrime.domain.cases import preferences
from trackmycrime.domain.cases.preferences import Preferences
from trackmycrime.domain.people import telephone
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.wording import Told
from trackmycrime.kit import words
from trackmycrime.kit.errors import Conflict, Invalid, Refusal, Slower
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import dates, frames, menu, speech
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.victim import desk


class SettingsPage(Struct, frozen=True):
    """All that the page shows. `number` is in use, and only staff change it unless it is their `own_number` to choose.

    `waiting` is a number whose code has still to be typed. Who `follows` no case gets no notifications, and has nothing to
    choose about them.
    """

    follows: bool
    email: str
    texts: bool
    number: str
    own_number: bool
    waiting: str
    when: str
    languages: tuple[tuple[str, str], ...]
    form: Form
    done: str
    phone: str
    intro: Told


class SettingsController(Controller):
    """A victim's settings."""

    path = "/settings"

    @get(opt={"permission": Permission.SETTINGS_CHANGE})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what is chosen."""
        own = await preferences.of_actor(tx)
        done = _confirmation(request.query_params.get("done", ""))
        return _shown(visit, own, Form(_chosen(own), {}), done=done)

    @post(opt={"permission": Permission.SETTINGS_CHANGE})
    async def create(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Save what is chosen; a new number needs its code first."""
        desk.own_case(visit)
        own = await preferences.of_actor(tx)
        try:
            chosen = _read(visit, form, own)
            asked = await preferences.choose(tx, chosen)
        except Invalid as refusal:
            return _shown(visit, own, refused(form, refusal), refusal=refusal)
        except (Slower, Conflict) as refusal:
            await visit.leave_tx()
            return _shown(visit, own, Form(form, {"mobile": refusal.message}), refusal=refusal)
        if chosen.language:
            speech.prefer(visit, chosen.language, shared=desk.session_of(visit).shared)
        return go("/settings/number" if asked else "/settings?done=saved")


def _confirmation(done: str) -> str:
    return {
        "saved": _("Your settings have been saved"),
        "hours": _("We have saved when we may tell you"),
        "number": _("We now use your new number"),
        "password": _("Your password has been changed"),
        "withdrawal": _("We will call you. Nothing changes before we have spoken."),
    }.get(done, "")


def _chosen(own: Preferences) -> dict[str, str]:
    """Return what is chosen as the form fills it in again: a box that is not ticked is not there."""
    ticked = {"email_on": own.email_on, "text_on": own.text_on, "no_link": not own.link_on}
    number = own.mobile or (own.sent.number if own.sent else "")
    return {
        **{name: "yes" for name, on in ticked.items() if on},
        "mobile": telephone.written(number),
        "language": own.language if own.language in words.LANGUAGES else words.ENGLISH,
    }


def _read(visit: Visit, form: dict[str, str], own: Preferences) -> Preferences:
    language = form.get("language", "") if visit.has_welsh else ""
    chosen = structs.replace(
        own,
        email_on="email_on" in form,
        link_on="no_link" not in form,
        language=language if language in words.LANGUAGES else "",
    )
    if not visit.site.has(Feature.SMS):
        return chosen
    mobile = telephone.mobile(form.get("mobile", "")) if own.own_number else own.mobile
    if "text_on" in form and not mobile and own.own_number:
        raise Invalid({"mobile": _("Enter a mobile number")})
    return structs.replace(chosen, text_on="text_on" in form, mobile=mobile)


def _when(own: Preferences) -> str:
    if own.hours is None:
        return _("At any time")
    begins, ends = dates.hour(own.hours.begins), dates.hour(own.hours.ends)
    between = _("from %(begins)s to %(ends)s", begins=begins, ends=ends)
    return f"{dates.days(own.hours.days)}, {between}"


def _shown(visit: Visit, own: Preferences, form: Form, *, refusal: Refusal | None = None, done: str = "") -> Page:
    shown = SettingsPage(
        follows=menu.own_case(visit) is not None,
        email=own.email,
        texts=visit.site.has(Feature.SMS),
        number=telephone.written(own.mobile),
        own_number=own.own_number,
        waiting=telephone.written(own.sent.number) if own.sent and own.own_number else "",
        when=_when(own),
        languages=((words.ENGLISH, "English"), (words.WELSH, "Cymraeg")) if visit.has_welsh else (),
        form=form,
        done=done,
        phone=frames.phone(visit),
        intro=visit.site.told("page.settings"),
    )
    return page("victim/settings/index.html", desk.own_frame(visit, "/settings"), refusal=refusal, page=shown)
