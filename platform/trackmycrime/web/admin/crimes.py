"""Crimes: which of them can be followed online, which are risky to write about, and what everybody else is told."""

import re

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec import Struct, structs

from trackmycrime.domain import configuring, reach
from trackmycrime.domain.cases import offences
from trackmycrime.domain.configuring import ChangedMeanwhile, Draft
from trackmycrime.domain.tenancy.configuration import Configuration, OffenceGroup, Offences
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

_CODES = ("tracked_codes", "untracked_codes", "extra_risky_codes")
_TEXTS = ("elsewhere", "elsewhere_cy")
_FIELDS = {f"offences.{name}": name for name in ("tracked", *_CODES, *_TEXTS)}
_BETWEEN = re.compile(r"[\s,;]+")
_ITEM = re.compile(r"\[\d+\]\Z")


class CrimesPage(Struct, frozen=True):
    """All that the form shows; `groups` are pairs of a group and its words with how many cases are open."""

    form: Form
    groups: tuple[tuple[str, str], ...]
    welsh: bool


class CrimesController(Controller):
    """Which crimes can be followed."""

    path = desk.CRIMES

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show the draft."""
        draft = await configuring.draft(tx)
        filled = _filled(draft.configuration.offences) | {desk.REVISION: str(draft.revision)}
        return await _shown(tx, visit, draft, Form(filled, {}))

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def save(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Keep it in the draft, which is then looked at as a whole."""
        draft = await configuring.draft(tx)
        try:
            await configuring.save(tx, _read(form, draft.configuration), desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            again = desk.again(form, _worded(form, refusal), draft.revision, _FIELDS)
            return await _shown(tx, visit, draft, again, refusal)
        return go(desk.REVIEW)


def _filled(said: Offences) -> dict[str, str]:
    codes = {name: "\n".join(getattr(said, name)) for name in _CODES}
    return {
        **dict.fromkeys(said.tracked, "yes"),
        **codes,
        "elsewhere": said.elsewhere,
        "elsewhere_cy": said.elsewhere_cy,
    }


def _read(form: dict[str, str], before: Configuration) -> Configuration:
    """Return the configuration with what the form says of it. Raises Invalid for a code that no offence has."""
    changed: dict[str, object] = {name: tuple(_codes(form, name)) for name in _CODES}
    changed |= {name: " ".join(form.get(name, "").split()) for name in _TEXTS}
    wrong = {
        f"offences.{name}": _unknown(code) for name in _CODES for code in _codes(form, name) if not offences.title(code)
    }
    tracked = tuple(group for group in OffenceGroup if group in form)
    if not tracked:
        wrong["offences.tracked"] = _("Choose at least one kind of crime: else nobody can be invited")
    if wrong:
        raise Invalid({path: wrong[path] for path in _FIELDS if path in wrong})
    return structs.replace(before, offences=structs.replace(before.offences, tracked=tracked, **changed))


def _codes(form: dict[str, str], name: str) -> list[str]:
    return [code.upper() for code in _BETWEEN.split(form.get(name, "")) if code]


def _unknown(code: str) -> str:
    return _("No offence has the code %(code)s. Codes look like TH68010", code=code[:20])


def _worded(form: dict[str, str], refusal: Refusal) -> Refusal:
    """Return a refusal in the words of the page: what is said of one code of a list belongs to the list."""
    if not isinstance(refusal, Invalid):
        return refusal
    twice = _("A code can stand here only once, and either among those that can be followed or those that cannot")
    said = {f"offences.{name}": twice for name in _CODES if len(set(_codes(form, name))) < len(_codes(form, name))}
    said.setdefault("offences.untracked_codes", twice)
    too_long = _("Enter one line of up to 300 characters")
    said |= {f"offences.{name}": too_long for name in _TEXTS}
    fields = {_ITEM.sub("", path): sentence for path, sentence in refusal.fields.items()}
    unknown = {path for path, sentence in fields.items() if path in said and not sentence.startswith("offences.")}
    return Invalid(
        {path: sentence if path in unknown else said.get(path, sentence) for path, sentence in fields.items()}
    )


async def _shown(tx: ForceTx, visit: Visit, draft: Draft, form: Form, refusal: Refusal | None = None) -> Page:
    cases = await reach.open_cases(tx)
    groups = tuple((str(group), _group(group, cases[group])) for group in OffenceGroup)
    shown = CrimesPage(form, groups, draft.configuration.has(Feature.WELSH))
    return page("admin/crimes/index.html", desk.frame(visit, desk.CRIMES), refusal=refusal, page=shown)


def _group(group: OffenceGroup, cases: int) -> str:
    """Name a kind of crime, say how many cases it has, and whether somebody looks at each before its victim is invited."""
    count = ngettext("%(num)s open case", "%(num)s open cases", cases)
    risky = ". " + _("A person decides about each invitation") if offences.group_is_risky(group) else ""
    return f"{offences.plain(group)} ({count}){risky}"
