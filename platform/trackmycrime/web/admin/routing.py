"""Routing: who reads what victims write. The rules in their order, the teams, the contact team, and what happens out of hours."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct, structs

from trackmycrime.domain import configuring
from trackmycrime.domain.configuring import ChangedMeanwhile, Draft
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.units import Routing, Rule, Unit, hours
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, duty_fields, routing_words
from trackmycrime.web.admin.duty_fields import Options
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

SETTINGS = f"{desk.ROUTING}/settings"
_TEXTS = ("contact_team", "contact_team_cy", "out_of_hours", "out_of_hours_cy", "escalate_to")
_FIELDS = {
    f"routing.{name}": name for name in (*_TEXTS, "reply_working_days", "days", "opens", "closes", "silence_hours")
} | {"routing.units": "contact_team"}


class RuleLine(Struct, frozen=True):
    """A rule: for which crimes and areas, and who reads about them."""

    number: int
    crimes: str
    areas: str
    unit: str


class UnitLine(Struct, frozen=True):
    """A team: when it is on duty, and how soon it aims to reply ("" for like the contact team)."""

    number: int
    name: str
    hours: str
    reply: str


class RoutingPage(Struct, frozen=True):
    """All that the first page shows."""

    rules: tuple[RuleLine, ...]
    units: tuple[UnitLine, ...]
    contact_team: str
    contact_hours: str
    out_of_hours: str
    unopened: str
    changed: bool
    revision: int
    form: Form
    done: str


class SettingsPage(Struct, frozen=True):
    """All that the form shows; options are pairs of a value and its words."""

    form: Form
    days: Options
    escalations: Options


class RoutingController(Controller):
    """Who reads what."""

    path = desk.ROUTING

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show the draft."""
        done = _("Kept. Review and publish it when you are ready") if "done" in request.query_params else ""
        return overview(visit, await configuring.draft(tx), done=done)

    @get("/settings", opt={"permission": Permission.ADMIN_READ})
    async def ask(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Ask for everything but teams and rules."""
        draft = await configuring.draft(tx)
        form = Form(_filled(draft.configuration.routing) | {desk.REVISION: str(draft.revision)}, {})
        return _asked(visit, draft.configuration, form)

    @post("/settings", opt={"permission": Permission.ADMIN_CHANGE})
    async def save(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Keep it in the draft."""
        draft = await configuring.draft(tx)
        try:
            await configuring.save(tx, _read(form, draft.configuration), desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            again = desk.again(form, _worded(refusal), draft.revision, _FIELDS)
            return _asked(visit, draft.configuration, again, refusal)
        return go(f"{desk.ROUTING}?done=kept")


def overview(visit: Visit, draft: Draft, refusal: Refusal | None = None, *, done: str = "") -> Page:
    """Return the first page; a refusal stands above all."""
    routing = draft.configuration.routing
    errors = (refusal.fields if isinstance(refusal, Invalid) else {"": refusal.message}) if refusal else {}
    shown = RoutingPage(
        rules=tuple(_rule(number, rule) for number, rule in enumerate(routing.rules, start=1)),
        units=tuple(_unit(number, unit) for number, unit in enumerate(routing.units, start=1)),
        contact_team=routing.contact_team,
        contact_hours=duty_fields.said(hours(routing)),
        out_of_hours=routing.out_of_hours or _("Nothing more than when the team is back"),
        unopened=_unopened(routing),
        changed=bool(draft.changes),
        revision=draft.revision,
        form=Form({}, errors),
        done=done,
    )
    return page("admin/routing/index.html", desk.frame(visit, desk.ROUTING), refusal=refusal, page=shown)


def _rule(number: int, rule: Rule) -> RuleLine:
    crimes = routing_words.crimes(list(rule.crimes)) if rule.crimes else _("Any crime")
    return RuleLine(number, crimes, ", ".join(rule.areas) or _("Any area"), rule.unit)


def _unit(number: int, unit: Unit) -> UnitLine:
    days = unit.reply_working_days
    reply = ngettext("%(num)s working day", "%(num)s working days", days) if days else _("Like the contact team")
    return UnitLine(number, unit.name, duty_fields.said(hours(unit)), reply)


def _unopened(routing: Routing) -> str:
    if not routing.silence_hours:
        return _("It stays where it is")
    words = ngettext(
        "After %(num)s working hour it goes to %(who)s",
        "After %(num)s working hours it goes to %(who)s",
        routing.silence_hours,
        who=routing.escalate_to or _("supervisors"),
    )
    return str(words)


def _filled(routing: Routing) -> dict[str, str]:
    return {
        **{name: str(getattr(routing, name)) for name in _TEXTS},
        **duty_fields.filled(routing),
        "reply_working_days": str(routing.reply_working_days),
        "silence_hours": str(routing.silence_hours or ""),
    }


def _read(form: dict[str, str], before: Configuration) -> Configuration:
    """Return the configuration with what the form says of it; what has the wrong shape is for the schema to say."""
    told: dict[str, object] = {name: form.get(name, "").strip() for name in _TEXTS}
    told |= duty_fields.read(form)
    told["reply_working_days"] = desk.whole(form.get("reply_working_days", ""))
    told["silence_hours"] = desk.whole(form.get("silence_hours", "") or "0")
    return structs.replace(before, routing=structs.replace(before.routing, **told))


def _worded(refusal: Refusal) -> Refusal:
    """Return a refusal in the words of the page."""
    line = _("Enter one line of up to 300 characters")
    said = {
        "contact_team": routing_words.name_is_wrong(),
        "contact_team_cy": routing_words.name_is_wrong(),
        "units": _("A team has this name already"),
        "reply_working_days": routing_words.no_days(),
        "silence_hours": routing_words.no_hours(),
        "out_of_hours": line,
        "out_of_hours_cy": line,
        "escalate_to": _("Choose a team from the list, or supervisors"),
        **duty_fields.wrong(),
    }
    return desk.in_words(refusal, {f"routing.{name}": sentence for name, sentence in said.items()})


def _asked(visit: Visit, configuration: Configuration, form: Form, refusal: Refusal | None = None) -> Page:
    units = ((unit.name, unit.name) for unit in configuration.routing.units)
    shown = SettingsPage(form, duty_fields.days(), (("", _("Supervisors")), *units))
    return page("admin/routing/settings.html", desk.frame(visit, desk.ROUTING), refusal=refusal, page=shown)
