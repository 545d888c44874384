"""When one wants to be told: at any time, or on chosen days between chosen hours."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain.cases import hours
from trackmycrime.domain.people import Hours
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import dates
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.victim import desk

type Options = tuple[tuple[str, str], ...]

_ANY, _CHOSEN = "any", "chosen"
_EVENING = {"begins": "17", "ends": "20"}


class HoursPage(Struct, frozen=True):
    """All that the page shows; options are pairs of a value and its words."""

    form: Form
    whens: Options
    days: Options
    begins: Options
    ends: Options


class HoursController(Controller):
    """The days and hours that a victim chooses."""

    path = "/settings/hours"

    @get(opt={"permission": Permission.SETTINGS_CHANGE})
    async def index(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what is chosen."""
        return _shown(tx, visit, Form(_filled(await hours.of_actor(tx)), {}))

    @post(opt={"permission": Permission.SETTINGS_CHANGE})
    async def create(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Save what is chosen."""
        desk.own_case(visit)
        try:
            await hours.choose(tx, _read(form))
        except Invalid as refusal:
            return _shown(tx, visit, refused(form, refusal), refusal)
        return go("/settings?done=hours")


def _filled(chosen: Hours | None) -> dict[str, str]:
    if chosen is None:
        return {"when": _ANY, **_EVENING}
    ticked = {f"day_{day}": "yes" for day in chosen.days}
    return {"when": _CHOSEN, **ticked, "begins": str(chosen.begins), "ends": str(chosen.ends)}


def _read(form: dict[str, str]) -> Hours | None:
    if form.get("when") == _ANY:
        return None
    wrong: dict[str, str] = {}
    if form.get("when") != _CHOSEN:
        wrong["when"] = _("Choose when we may tell you")
    begins, ends = (_hour(form.get(name, ""), options) for name, options in (("begins", _begins()), ("ends", _ends())))
    if begins is None:
        wrong["begins"] = _("Choose a time")
    if ends is None:
        wrong["ends"] = _("Choose a time")
    if wrong or begins is None or ends is None:
        raise Invalid(wrong)
    return Hours(tuple(day for day in dates.DAYS if f"day_{day}" in form), begins, ends)


def _hour(chosen: str, options: Options) -> int | None:
    return int(chosen) if chosen in dict(options) else None


def _begins() -> Options:
    return tuple((str(each), dates.hour(each)) for each in range(24))


def _ends() -> Options:
    return tuple((str(each), dates.hour(each)) for each in range(1, 25))


def _shown(tx: ForceTx, visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    shown = HoursPage(
        form=form,
        whens=((_ANY, _("At any time")), (_CHOSEN, _("Only on the days and at the times that I choose"))),
        days=tuple((f"day_{each}", dates.days([each])) for each in dates.DAYS),
        begins=_begins(),
        ends=_ends(),
    )
    frame = desk.frame(tx, visit, desk.own_case(visit), "/settings")
    return page("victim/settings/hours.html", frame, refusal=refusal, page=shown)
