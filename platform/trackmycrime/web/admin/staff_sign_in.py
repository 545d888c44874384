"""How staff sign in: the force's own provider, set up in steps, tried before anyone depends on it, switched on and off."""

from collections.abc import Mapping

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.identity import second_step
from trackmycrime.domain.identity.provider import setup, signing_in
from trackmycrime.domain.identity.provider.setup import ORDER, NotTried, Provider, Rule, Setup, SetUpMeanwhile, Trial
from trackmycrime.domain.identity.provider.signing_in import Down, Purpose
from trackmycrime.domain.identity.second_step import Own
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.gateways.providers import Providers
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, provider_words
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.dates import moment
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import PROVIDER_COOKIE, AnyRequest, Visit

_TEXTS = ("issuer", "client_id", "secret", "groups", "level")
_SWITCHES = ("second_factor", "are_confirmed")


class RoleField(Struct, frozen=True):
    """A field for the groups whose members have a role."""

    name: str
    label: str


class TrialLines(Struct, frozen=True):
    """What came of trying it: what went wrong ("" for nothing), and what the provider said, as pairs of a name and a value."""

    at: str
    worked: bool
    failed: str
    said: tuple[tuple[str, str], ...]


class SignInPage(Struct, frozen=True):
    """All that the page shows. `saved` says that there is a draft to try; `may_be_used` that it was tried, and worked."""

    form: Form
    roles: tuple[RoleField, ...]
    addresses: tuple[tuple[str, str], ...]
    used: str
    saved: bool
    has_secret: bool
    changed: bool
    trial: TrialLines | None
    may_be_used: bool
    done: str


class StaffSignInController(Controller):
    """The force's own provider."""

    path = desk.STAFF_SIGN_IN

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what is set up, and what came of trying it."""
        return await _shown(tx, visit, done=_done(request.query_params.get("done", "")))

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def save(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Keep what was filled in, to be tried."""
        try:
            await setup.save(tx, _read(form), desk.revision(form))
        except (Invalid, SetUpMeanwhile) as refusal:
            return await _shown(tx, visit, await _again(tx, form, refusal), refusal)
        return go(f"{desk.STAFF_SIGN_IN}?done=saved#try")

    @get("/trial", opt={"permission": Permission.ADMIN_CHANGE})
    async def attempt(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], providers: NamedDependency[Providers]
    ) -> Page | Redirect:
        """Send the administrator through the provider, to see what it says. A link and no form: it leads to another site."""
        actor = tx.actor
        await visit.leave_tx()
        try:
            sent = await signing_in.begin(visit.door, providers, Purpose.TRIAL, actor)
        except Down as refusal:
            said = Invalid({"issuer": provider_words.failure(refusal.why)})
            tx = visit.force_tx()
            return await _shown(tx, visit, Form(_filled(await setup.read(tx)), said.fields), said)
        visit.set_cookie(PROVIDER_COOKIE, sent.cookie, max_age=int(signing_in.LIVES.total_seconds()))
        return go(sent.url)

    @post("/use", opt={"permission": Permission.ADMIN_CHANGE})
    async def use(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Switch it on."""
        try:
            await setup.switch_on(tx, desk.revision(form))
        except (NotTried, SetUpMeanwhile) as refusal:
            return await _unchanged(tx, visit, refusal)
        return go(f"{desk.STAFF_SIGN_IN}?done=on")

    @post("/ending", opt={"permission": Permission.ADMIN_CHANGE})
    async def end(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Switch it off: passwords work again."""
        try:
            await setup.switch_off(tx, desk.revision(form))
        except SetUpMeanwhile as refusal:
            return await _unchanged(tx, visit, refusal)
        return go(f"{desk.STAFF_SIGN_IN}?done=off")

    @post("/resets", opt={"permission": Permission.ADMIN_CHANGE})
    async def reset(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Let somebody who has lost their second step set up a new one."""
        try:
            await second_step.reset(tx, form.get("email", ""))
        except (Invalid, Own) as refusal:
            values = _filled(await setup.read(tx)) | {"email": form.get("email", "")}
            return await _shown(tx, visit, refused(values, refusal), refusal)
        return go(f"{desk.STAFF_SIGN_IN}?done=reset")


async def _unchanged(tx: ForceTx, visit: Visit, refusal: Refusal) -> Page:
    return await _shown(tx, visit, Form(_filled(await setup.read(tx)), {"": refusal.message}), refusal)


def _read(form: Mapping[str, str]) -> Setup:
    texts = {name: form.get(name, "").strip() for name in _TEXTS}
    rules = tuple(Rule(group, role) for role in ORDER for group in _lines(form.get(role, "")))
    return Setup(**texts, second_factor="second_factor" in form, are_confirmed="are_confirmed" in form, rules=rules)


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _filled(found: Provider) -> dict[str, str]:
    draft = found.draft
    texts = {name: str(getattr(draft, name)) for name in _TEXTS if name != "secret"}
    switches = {name: "yes" for name in _SWITCHES if getattr(draft, name)}
    groups = {str(role): "\n".join(draft.of_role(role)) for role in ORDER}
    return texts | switches | groups | {desk.REVISION: str(found.revision)}


async def _again(tx: ForceTx, form: dict[str, str], refusal: Refusal) -> Form:
    """Return the form as it was filled in. Who was overtaken has now seen so, and may save over it."""
    kept = dict(form)
    if isinstance(refusal, SetUpMeanwhile):
        kept[desk.REVISION] = str((await setup.read(tx)).revision)
    return refused(kept, refusal)


def _done(done: str) -> str:
    return {
        "saved": _("Saved. Nothing has changed for your staff yet: try it now"),
        "on": _("Your staff now sign in with your force's accounts"),
        "reset": _("They are signed out, and set up a new second step when they next sign in"),
        "off": _("Your staff now sign in here, with an email address, a password and a second step"),
    }.get(done, "")


async def _shown(
    tx: ForceTx, visit: Visit, form: Form | None = None, refusal: Refusal | None = None, *, done: str = ""
) -> Page:
    found = await setup.read(tx)
    names = provider_words.roles()
    shown = SignInPage(
        form or Form(_filled(found), {}),
        tuple(RoleField(role, names[role]) for role in ORDER),
        _addresses(tx),
        found.used.issuer if found.used else "",
        bool(found.draft.issuer),
        bool(found.draft.secret),
        found.changed,
        _trial(found),
        found.may_be_used,
        done,
    )
    return page("admin/staff_sign_in/index.html", desk.frame(visit, desk.STAFF_SIGN_IN), refusal=refusal, page=shown)


def _addresses(tx: ForceTx) -> tuple[tuple[str, str], ...]:
    origin = tx.force.origin
    return (
        (_("Where people come back to"), origin + setup.CALLBACK),
        (_("Where to say that somebody signed out"), origin + setup.LOGOUT),
        (_("Where people go after signing out"), origin + setup.SIGN_IN),
    )


def _trial(found: Provider) -> TrialLines | None:
    trial = found.trial
    if trial is None or trial.revision != found.revision:
        return None
    failed = provider_words.failure(trial.failed) if trial.failed else ""
    if not failed and not trial.worked:
        failed = provider_words.failure("not an administrator")
    return TrialLines(moment(trial.at), trial.worked, failed, _said(trial))


def _said(trial: Trial) -> tuple[tuple[str, str], ...]:
    if not (trial.name or trial.email or trial.groups or trial.role):
        return ()
    confirmed = _("Confirmed by your provider") if trial.email_confirmed else _("Your provider does not say")
    return (
        (_("Name"), trial.name or _("Nothing")),
        (_("Email address"), trial.email or _("Nothing")),
        (_("Is this address theirs?"), confirmed),
        (_("Groups"), ", ".join(trial.groups) or _("None")),
        (_("Second step"), _("Yes") if trial.second_factor else _("No")),
        (
            _("Role here"),
            provider_words.roles()[StaffRole(trial.role)] if trial.role else _("None: they could not come in"),
        ),
    )
