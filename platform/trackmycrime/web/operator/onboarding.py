"""Putting a force on board: from its file, or from a name and an address."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from msgspec import Struct

from trackmycrime.domain import onboarding as domain
from trackmycrime.domain import reporting
from trackmycrime.domain.identity.staff import clean_email
from trackmycrime.domain.onboarding import Onboarding
from trackmycrime.domain.reporting import Stage
from trackmycrime.domain.tenancy import files
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.kit.errors import Conflict, Invalid
from trackmycrime.kit.words import _
from trackmycrime.tx import NationalTx
from trackmycrime.web.common import answers
from trackmycrime.web.common.answers import Page
from trackmycrime.web.common.fields import Fields
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.operator import console


class OnboardingPage(Struct, frozen=True):
    """The form, and the forces that have a file and are not on board."""

    form: Form
    choices: tuple[tuple[str, str], ...]
    own: bool


class OnboardingController(Controller):
    """The page that puts a force on board."""

    path = "/forces/new"

    @get(opt={"permission": Permission.FORCES_CHANGE})
    async def show(
        self, visit: NamedDependency[Visit], national: NamedDependency[NationalTx], force: FromQuery[str] = ""
    ) -> Page:
        """Ask which force, and who is its first administrator."""
        return await _asked(visit, national, Form({"force": force, "non_emergency": "101"}, {}), 200)

    @post(opt={"permission": Permission.FORCES_CHANGE}, status_code=200)
    async def create(
        self,
        visit: NamedDependency[Visit],
        national: NamedDependency[NationalTx],
        onboarding: NamedDependency[Onboarding],
        form: NamedDependency[dict[str, str]],
    ) -> Page:
        """Put the force on board, and tell now what cannot be told again: its secrets are not kept."""
        try:
            configuration, administrator = _read(form)
            done = await onboarding.put_on_board(visit.actor, configuration, administrator)
        except (Invalid, Conflict) as refusal:
            return await _asked(visit, national, answers.refused(form, refusal), refusal.status)
        return answers.page("operator/onboarding/done.html", console.frame(visit, console.HOME), page=done)


async def _asked(visit: Visit, national: NationalTx, form: Form, status: int) -> Page:
    known = files.known()
    absent = [one for one in await reporting.standings(national) if one.stage is Stage.ABSENT and one.slug in known]
    choices = (("", _("Choose a force")), *((one.slug, one.name) for one in absent))
    own = any(form.values.get(name) for name in ("slug", "name")) or not {"slug", "name"}.isdisjoint(form.errors)
    page = OnboardingPage(form, choices, own)
    return answers.page("operator/onboarding/index.html", console.frame(visit, console.HOME), status=status, page=page)


def _read(form: dict[str, str]) -> tuple[Configuration, str]:
    """Return the configuration and the administrator's address, or say everything that is wrong at once."""
    errors: dict[str, str] = {}
    configuration, administrator = None, ""
    try:
        configuration = _configuration(form)
    except Invalid as refusal:
        errors |= refusal.fields
    try:
        administrator = clean_email(form.get("administrator", ""), "administrator")
    except Invalid as refusal:
        errors |= refusal.fields
    if errors or configuration is None:
        raise Invalid(errors)
    return configuration, administrator


def _configuration(form: dict[str, str]) -> Configuration:
    chosen, slug, name = (form.get(field, "").strip() for field in ("force", "slug", "name"))
    if not (slug or name):
        if chosen not in files.known():
            raise Invalid({"force": _("Choose a force, or give the name of one that is not in the list")})
        return files.known()[chosen]
    if chosen:
        raise Invalid({"force": _("Choose a force or give the name of another one, not both")})
    fields = Fields(form)
    fields.text("slug", _("Enter the first part of the site's address"))
    fields.text("name", _("Enter the name of the force"))
    fields.text("non_emergency", _("Enter the number for everything that is no emergency"))
    fields.require_good()
    return domain.fresh(slug, name, form["non_emergency"].strip())
