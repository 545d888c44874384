"""Rules: about which crimes in which areas which team reads."""

from functools import partial

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import configuring
from trackmycrime.domain.cases import offences
from trackmycrime.domain.configuring import ChangedMeanwhile, Draft
from trackmycrime.domain.tenancy import rerouting
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.units import Rule
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.admin.duty_fields import Options
from trackmycrime.web.admin.routing import overview
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit


class RulePage(Struct, frozen=True):
    """All that the form shows; `number` is 0 for a new rule."""

    form: Form
    number: int
    crimes: Options
    units: Options


class RulesController(Controller):
    """The force's rules, in their order."""

    path = f"{desk.ROUTING}/rules"

    @get("/new", opt={"permission": Permission.ADMIN_READ})
    async def new(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Ask for a new rule."""
        draft = await configuring.draft(tx)
        return _shown(visit, draft, 0, Form({desk.REVISION: str(draft.revision)}, {}))

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def create(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Add it to the draft, behind the others."""
        return await _kept(tx, visit, 0, form)

    @get("/{number:int}", opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], number: FromPath[int]) -> Page:
        """Show a rule of the draft."""
        draft = await configuring.draft(tx)
        filled = _filled(rerouting.the_rule(draft.configuration, number))
        return _shown(visit, draft, number, Form(filled | {desk.REVISION: str(draft.revision)}, {}))

    @post("/{number:int}", opt={"permission": Permission.ADMIN_CHANGE})
    async def save(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        number: FromPath[int],
    ) -> Page | Redirect:
        """Keep it in the draft."""
        return await _kept(tx, visit, number, form)

    @post("/{number:int}/removal", opt={"permission": Permission.ADMIN_CHANGE})
    async def remove(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        number: FromPath[int],
    ) -> Page | Redirect:
        """Take it out of the draft."""
        try:
            await configuring.change(tx, desk.revision(form), partial(rerouting.without_rule, number=number))
        except ChangedMeanwhile as refusal:
            return overview(visit, await configuring.draft(tx), refusal)
        return go(f"{desk.ROUTING}?done=kept")

    @post("/{number:int}/promotion", opt={"permission": Permission.ADMIN_CHANGE})
    async def promote(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        number: FromPath[int],
    ) -> Page | Redirect:
        """Move it one place up: the first rule that fits counts."""
        try:
            await configuring.change(tx, desk.revision(form), partial(rerouting.earlier, number=number))
        except ChangedMeanwhile as refusal:
            return overview(visit, await configuring.draft(tx), refusal)
        return go(f"{desk.ROUTING}?done=kept")


async def _kept(tx: ForceTx, visit: Visit, number: int, form: dict[str, str]) -> Page | Redirect:
    try:
        changed = partial(rerouting.with_rule, number=number, rule=_read(form))
        await configuring.change(tx, desk.revision(form), changed)
    except (Invalid, ChangedMeanwhile) as refusal:
        draft = await configuring.draft(tx)
        place = number or len(draft.configuration.routing.rules) + 1
        return _shown(visit, draft, number, refused(form, _worded(refusal, place)), refusal)
    return go(f"{desk.ROUTING}?done=kept")


def _filled(rule: Rule) -> dict[str, str]:
    return {"unit": rule.unit, "areas": "\n".join(rule.areas)} | {str(group): "yes" for group in rule.crimes}


def _read(form: dict[str, str]) -> Rule:
    areas = tuple(line.strip() for line in form.get("areas", "").splitlines() if line.strip())
    return Rule(crimes=tuple(group for group in OffenceGroup if group in form), areas=areas, unit=form.get("unit", ""))


def _worded(refusal: Refusal, place: int) -> Refusal:
    """Return a refusal by the fields of the form, in its words."""
    if not isinstance(refusal, Invalid):
        return refusal
    said = {
        "crimes": _("Choose one or more crimes, or enter an area"),
        "areas": _("Enter each area once, on a line of its own, in up to 80 characters"),
        "unit": _("Choose who reads it"),
        "": _("There can be 100 rules. Take one away first"),
    }
    paths = {path: path.removeprefix(f"routing.rules[{place}].").split("[")[0] for path in refusal.fields}
    fields = {path: field if field in said else "" for path, field in paths.items()}
    return Invalid({field: said[field] for field in fields.values()})


def _shown(visit: Visit, draft: Draft, number: int, form: Form, refusal: Refusal | None = None) -> Page:
    units = tuple((unit.name, unit.name) for unit in draft.configuration.routing.units)
    crimes = tuple((group, offences.plain(group)) for group in OffenceGroup)
    shown = RulePage(form, number, crimes, (("", _("Choose a team")), *units) if units else ())
    return page("admin/rules/show.html", desk.frame(visit, desk.ROUTING), refusal=refusal, page=shown)
