"""How one signs in: what is set up beside the password, a card of codes, and taking something away again."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import card, factors
from trackmycrime.domain.cases.factors import Factor, FactorKind
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit.errors import Invalid, Refusal, Slower
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import devices
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.dates import moment
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.victim import desk


class FactorLine(Struct, frozen=True):
    """One way to sign in: what its owner calls it, since when there is one and when it was used."""

    id: str
    name: str
    added: str
    used: str
    left: str


class WaysPage(Struct, frozen=True):
    """All that the page shows; codes by text can be turned on where the force sends `texts`."""

    done: str
    texts: bool
    passkeys: tuple[FactorLine, ...]
    app: FactorLine | None
    card: FactorLine | None
    text: FactorLine | None


class RemovalPage(Struct, frozen=True):
    """All that the page about removing one shows. Without an `app` the password stands alone, and must be long."""

    id: str
    name: str
    app: bool
    form: Form


class FactorsController(Controller):
    """What somebody signs in with."""

    path = "/settings/sign-in"

    @get(opt={"permission": Permission.SETTINGS_CHANGE})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what is set up."""
        own = await factors.own(tx)
        done = _done(request.query_params.get("done", ""))
        texts = visit.site.has(Feature.SMS)
        shown = WaysPage(done, texts, _lines(own, FactorKind.PASSKEY), *(_one(own, kind) for kind in _SINGLE))
        return page("victim/factors/index.html", desk.settings_frame(visit), page=shown)

    @get("/card", opt={"permission": Permission.SETTINGS_CHANGE})
    async def card(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Say what a card is good for, and what to keep in mind."""
        return await _card(tx, visit, Form({}, {}))

    @post("/card", opt={"permission": Permission.SETTINGS_CHANGE}, status_code=200)
    async def make_card(
        self, request: AnyRequest, visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page:
        """Make a card, and show its codes: they are not kept, so no other page can show them."""
        session, by = desk.session_of(visit), devices.browser(request, visit, form)
        await visit.leave_tx()
        try:
            codes = await card.make(visit.door, session, form.get("password", ""), by)
        except (Invalid, Slower) as refusal:
            return await _card(visit.force_tx(), visit, refused(form, refusal), refusal)
        return page("victim/factors/codes.html", desk.settings_frame(visit), codes=codes)

    @get("/factors/{factor_id:uuid}/removal", opt={"permission": Permission.SETTINGS_CHANGE})
    async def removal(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], factor_id: FromPath[UUID]
    ) -> Page:
        """Ask whether it is to be removed."""
        return _removal(visit, await factors.one(tx, factor_id), Form({}, {}))

    @post("/factors/{factor_id:uuid}/removal", opt={"permission": Permission.SETTINGS_CHANGE})
    async def remove(
        self,
        request: AnyRequest,
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        factor_id: FromPath[UUID],
    ) -> Page | Redirect:
        """Remove it."""
        session, by = desk.session_of(visit), devices.browser(request, visit, form)
        await visit.leave_tx()
        try:
            await factors.remove(visit.door, session, factor_id, form.get("password", ""), by)
        except (Invalid, Slower) as refusal:
            factor = await factors.one(visit.force_tx(), factor_id)
            return _removal(visit, factor, refused(form, refusal), refusal)
        return go("/settings/sign-in?done=removed")


_SINGLE = (FactorKind.AUTHENTICATOR, FactorKind.CARD, FactorKind.TEXT)


def _done(done: str) -> str:
    return {
        "passkey": _("Your passkey has been added"),
        "app": _("Your app has been set up"),
        "text": _("Codes by text have been turned on"),
        "removed": _("It has been removed"),
    }.get(done, "")


def _lines(own: list[Factor], kind: FactorKind) -> tuple[FactorLine, ...]:
    return tuple(_line(factor) for factor in own if factor.kind is kind)


def _one(own: list[Factor], kind: FactorKind) -> FactorLine | None:
    return next(iter(_lines(own, kind)), None)


def _line(factor: Factor) -> FactorLine:
    used = _("Last used %(when)s", when=moment(factor.used_at)) if factor.used_at else _("Not used yet")
    left = ngettext("%(num)s code is left", "%(num)s codes are left", factor.left)
    return FactorLine(str(factor.id), name(factor), _("Added %(when)s", when=moment(factor.made_at)), used, left)


def name(factor: Factor) -> str:
    """Return what a way to sign in is called: by its owner, or by us."""
    called = {
        FactorKind.AUTHENTICATOR: _("Authenticator app"),
        FactorKind.CARD: _("Card of codes"),
        FactorKind.TEXT: _("Codes by text"),
    }
    return factor.name or called.get(factor.kind, _("Passkey"))


async def _card(tx: ForceTx, visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    has_one = any(factor.kind is FactorKind.CARD for factor in await factors.own(tx))
    return page("victim/factors/card.html", desk.settings_frame(visit), refusal=refusal, form=form, has_one=has_one)


def _removal(visit: Visit, factor: Factor, form: Form, refusal: Refusal | None = None) -> Page:
    shown = RemovalPage(str(factor.id), name(factor), factor.kind is FactorKind.AUTHENTICATOR, form)
    return page("victim/factors/removal.html", desk.settings_frame(visit), refusal=refusal, page=shown)
