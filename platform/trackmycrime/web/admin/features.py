"""Features: what each part of the service means for victims and officers, and whether the force has it."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct, structs

from trackmycrime.domain import configuring, reach
from trackmycrime.domain.configuring import ChangedMeanwhile
from trackmycrime.domain.tenancy import features
from trackmycrime.domain.tenancy.features import TO_COME, Feature
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, words
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

OFFERED = tuple(feature for feature in Feature if feature not in TO_COME)
_FIELDS = {f"features.{feature}": str(feature) for feature in OFFERED} | {"name_cy": Feature.WELSH}


class FeatureLine(Struct, frozen=True):
    """A part of the service, in words.

    What victims and officers see of it, what it needs first ("" for nothing), whom it touches now, and what switching it off
    takes.
    """

    name: str
    title: str
    means: str
    needs: str
    touches: str
    back: str


class FeaturesPage(Struct, frozen=True):
    """All that the form shows, and the names of what the service does not do yet."""

    form: Form
    features: tuple[FeatureLine, ...]
    to_come: tuple[str, ...]


class FeaturesController(Controller):
    """Which parts of the service the force has."""

    path = desk.FEATURES

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show the draft."""
        draft = await configuring.draft(tx)
        on = {feature: "yes" for feature in Feature if draft.configuration.has(feature)}
        return await _shown(tx, visit, Form({**on, desk.REVISION: str(draft.revision)}, {}))

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def save(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Keep it in the draft, which is then looked at as a whole."""
        draft = await configuring.draft(tx)
        before = draft.configuration
        changed = structs.replace(before, features=structs.replace(before.features, **_switches(form)))
        try:
            await configuring.save(tx, changed, desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            return await _shown(tx, visit, desk.again(form, _worded(refusal), draft.revision, _FIELDS), refusal)
        return go(desk.REVIEW)


def _switches(form: dict[str, str]) -> dict[str, bool]:
    """Return what the form switches on and off. What is to come stays as it is, unless what it needs goes."""
    on = {feature: feature in form for feature in OFFERED}
    gone = {feature: False for feature in TO_COME if on.get(features.needs(feature) or feature) is False}
    return {str(feature): switch for feature, switch in (on | gone).items()}


def _worded(refusal: Refusal) -> Refusal:
    """Return a refusal in the words of the page."""
    if not isinstance(refusal, Invalid):
        return refusal
    said = {"name_cy": _("Give the force's name in Welsh first, under Branding")}
    return Invalid({path: said.get(path, sentence) for path, sentence in refusal.fields.items()})


async def _shown(tx: ForceTx, visit: Visit, form: Form, refusal: Refusal | None = None) -> Page:
    names, means, back, touched = words.features(), words.meanings(), words.ways_back(), await reach.people(tx)
    lines = tuple(
        FeatureLine(
            feature, names[feature], means[feature], _needs(feature), _touches(feature, touched[feature]), back[feature]
        )
        for feature in OFFERED
    )
    shown = FeaturesPage(form, lines, tuple(names[feature] for feature in Feature if feature in TO_COME))
    return page("admin/features/index.html", desk.frame(visit, desk.FEATURES), refusal=refusal, page=shown)


def _touches(feature: Feature, number: int) -> str:
    return {
        Feature.TWO_WAY_MESSAGING: ngettext(
            "%(num)s person wrote to you in the last 28 days.",
            "%(num)s people wrote to you in the last 28 days.",
            number,
        ),
        Feature.SMS: ngettext(
            "%(num)s person asks for text messages now.", "%(num)s people ask for text messages now.", number
        ),
        Feature.PROPERTY_PAGE: ngettext(
            "%(num)s person has property on record now.", "%(num)s people have property on record now.", number
        ),
        Feature.JOURNEY: ngettext("%(num)s person can sign in now.", "%(num)s people can sign in now.", number),
        Feature.WELSH: ngettext("%(num)s person prefers Welsh now.", "%(num)s people prefer Welsh now.", number),
        Feature.NEXT_ON_DUTY: ngettext("%(num)s officer says it now.", "%(num)s officers say it now.", number),
    }[feature]


def _needs(feature: Feature) -> str:
    return {
        Feature.WELSH: _("It needs the force's name in Welsh first, under Branding."),
        Feature.SMS: _("It needs the national team's text message provider, which is there."),
        Feature.TWO_WAY_MESSAGING: _("It needs people who read the inbox every day."),
        Feature.NEXT_ON_DUTY: _("It needs officers who say it, on their start page."),
    }.get(feature, "")
