"""One force as an operator may know it: its settings, its counts, and how much room its data takes."""

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from trackmycrime.domain import onboarding, reporting
from trackmycrime.domain.reporting import Standing
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import Force, Registry
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import NationalTx
from trackmycrime.web.common import answers
from trackmycrime.web.common.answers import Page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.operator import console
from trackmycrime.web.operator.console import Count, StageTag, count, size, stage_tag


class TableLine(Struct, frozen=True):
    """One table's partition of the force."""

    table: str
    rows: str
    size: str


class ForcePage(Struct, frozen=True):
    """What is known of a force on the console."""

    name: str
    site: str
    tag: StageTag
    late: Count
    counts: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...]
    features: tuple[tuple[str, bool], ...]
    tables: tuple[TableLine, ...]
    size: str


class ForceController(Controller):
    """One force."""

    path = "/forces/{slug:str}"

    @get(opt={"permission": Permission.FORCES_READ})
    async def show(
        self,
        visit: NamedDependency[Visit],
        national: NamedDependency[NationalTx],
        registry: NamedDependency[Registry],
        slug: FromPath[str],
    ) -> Page:
        """Show a force that is on board."""
        force = await registry.find(slug)
        standing = next((one for one in await reporting.standings(national) if one.slug == slug), None)
        if force is None or standing is None:
            raise NotFound(_("Page not found"))
        partitions = await onboarding.partitions(national, slug)
        tables = tuple(TableLine(part.table, count(part.rows).text, size(part.size)) for part in partitions)
        page = _page(force, standing, tables, size(sum(part.size for part in partitions)))
        return answers.page("operator/force/index.html", console.frame(visit, console.HOME), page=page)


def _page(force: Force, standing: Standing, tables: tuple[TableLine, ...], whole: str) -> ForcePage:
    return ForcePage(
        name=standing.name,
        site=force.ref.origin,
        tag=stage_tag(standing.stage),
        late=count(standing.figures.get("duties_late")),
        counts=_counts(standing),
        settings=_settings(force),
        features=tuple((name, force.has(feature)) for feature, name in _feature_names().items()),
        tables=tables,
        size=whole,
    )


def _counts(standing: Standing) -> tuple[tuple[str, str], ...]:
    names = {
        "open_cases": _("open cases"),
        "duties_late": _("late updates"),
        "tasks_waiting": _("tasks waiting"),
        "events_held": _("events held"),
        "registered": _("people registered"),
        "welcomed": _("people welcomed, of crimes of the last 28 days"),
        "welcomed_late": _("of them later than 24 hours after the report"),
    }
    return tuple((count(standing.figures.get(figure)).text, name) for figure, name in names.items())


def _settings(force: Force) -> tuple[tuple[str, str], ...]:
    published: Configuration = force.configuration
    shown = {"name": _("By name"), "role": _("By role"), "collar_number": _("By collar number")}
    days = published.update_interval_days
    return (
        (_("Name in Welsh"), published.name_cy or _("None")),
        (_("Non-emergency number"), published.contact.non_emergency or _("None")),
        (_("Own website"), published.website or _("None")),
        (_("How victims see officers"), shown[published.officers]),
        (_("Promised update at least every"), ngettext("%(num)s day", "%(num)s days", days)),
        (_("Contact team"), published.routing.contact_team),
        (_("Local support services"), str(len(published.support))),
        (_("Version of the configuration"), str(force.row.version)),
    )


def _feature_names() -> dict[Feature, str]:
    return {
        Feature.TWO_WAY_MESSAGING: _("Two-way messaging"),
        Feature.SMS: _("Text messages"),
        Feature.PROPERTY_PAGE: _("Property page"),
        Feature.PROPERTY_SUBMISSION: _("Victims list their property"),
        Feature.ATTACHMENTS: _("Attachments"),
        Feature.JOURNEY: _("The whole journey through criminal justice"),
        Feature.WELSH: _("Welsh"),
        Feature.SELF_SERVICE_REPORTING: _("Reporting a crime online"),
        Feature.NEXT_ON_DUTY: _("When an officer is next on duty"),
    }
