"""Teams that read what victims write: what each is called, and when it is on duty."""

from functools import partial

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import configuring
from trackmycrime.domain.configuring import ChangedMeanwhile
from trackmycrime.domain.tenancy import rerouting
from trackmycrime.domain.tenancy.units import Unit
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, duty_fields, routing_words
from trackmycrime.web.admin.duty_fields import Options
from trackmycrime.web.admin.routing import overview
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

_FIELDS = ("name", "name_cy", "days", "opens", "closes", "reply_working_days")


class UnitPage(Struct, frozen=True):
    """All that the form shows; `number` is 0 for a new team."""

    form: Form
    number: int
    name: str
    days: Options


class UnitsController(Controller):
    """The force's teams."""

    path = f"{desk.ROUTING}/units"

    @get("/new", opt={"permission": Permission.ADMIN_READ})
    async def new(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Ask for a new team."""
        draft = await configuring.draft(tx)
        start = {"opens": "09:00", "closes": "17:00", desk.REVISION: str(draft.revision)}
        return _shown(visit, 0, Form(start, {}))

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def create(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Add it to the draft."""
        return await _kept(tx, visit, 0, form)

    @get("/{number:int}", opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], number: FromPath[int]) -> Page:
        """Show a team of the draft."""
        draft = await configuring.draft(tx)
        unit = rerouting.the_unit(draft.configuration, number)
        return _shown(visit, number, Form(_filled(unit) | {desk.REVISION: str(draft.revision)}, {}), name=unit.name)

    @post("/{number:int}", opt={"permission": Permission.ADMIN_CHANGE})
    async def save(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        number: FromPath[int],
    ) -> Page | Redirect:
        """Keep it in the draft; what names the team goes along with a new name."""
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
            await configuring.change(tx, desk.revision(form), partial(rerouting.without_unit, number=number))
        except (Invalid, ChangedMeanwhile) as refusal:
            return overview(visit, await configuring.draft(tx), refusal)
        return go(f"{desk.ROUTING}?done=kept")


async def _kept(tx: ForceTx, visit: Visit, number: int, form: dict[str, str]) -> Page | Redirect:
    try:
        changed = partial(rerouting.with_unit, number=number, unit=_read(form))
        await configuring.change(tx, desk.revision(form), changed)
    except (Invalid, ChangedMeanwhile) as refusal:
        draft = await configuring.draft(tx)
        place = number or len(draft.configuration.routing.units) + 1
        return _shown(visit, number, refused(form, _worded(refusal, place)), refusal, name=form.get("name", ""))
    return go(f"{desk.ROUTING}?done=kept")


def _filled(unit: Unit) -> dict[str, str]:
    days = str(unit.reply_working_days or "")
    return {"name": unit.name, "name_cy": unit.name_cy, "reply_working_days": days, **duty_fields.filled(unit)}


def _read(form: dict[str, str]) -> Unit:
    told: dict[str, object] = {name: form.get(name, "").strip() for name in ("name", "name_cy")}
    told |= duty_fields.read(form)
    told["reply_working_days"] = desk.whole(form.get("reply_working_days", "") or "0")
    return Unit(**told)  # pyright: ignore[reportArgumentType]  what has the wrong shape is for the schema to say


def _worded(refusal: Refusal, place: int) -> Refusal:
    """Return a refusal by the fields of the form, in its words."""
    said = {
        "name": routing_words.name_is_wrong(),
        "name_cy": routing_words.name_is_wrong(),
        "reply_working_days": _("Enter a number of working days from 1 to 20, or leave it empty"),
        **duty_fields.wrong(),
    }
    by_path = {f"routing.units[{place}].{name}": said[name] for name in _FIELDS}
    by_path["routing.units"] = _("A team has this name already, or there are more than 50")
    fields = {f"routing.units[{place}].{name}": name for name in _FIELDS} | {"routing.units": "name"}
    return desk.by_field(desk.in_words(refusal, by_path), fields)


def _shown(visit: Visit, number: int, form: Form, refusal: Refusal | None = None, *, name: str = "") -> Page:
    shown = UnitPage(form, number, name, duty_fields.days())
    return page("admin/units/show.html", desk.frame(visit, desk.ROUTING), refusal=refusal, page=shown)
