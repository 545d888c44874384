"""Wording: what a force says in its own words, beside what the service says without them."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import structs

from trackmycrime.domain import configuring
from trackmycrime.domain.configuring import ChangedMeanwhile, Draft
from trackmycrime.domain.tenancy import texts, wording_faults
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.texts import Text
from trackmycrime.domain.tenancy.wording import Wording
from trackmycrime.kit.errors import Invalid, NotFound, Refusal
from trackmycrime.kit.words import ENGLISH, WELSH, _, speaking
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, wording_page
from trackmycrime.web.common.answers import Page, go, page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

_LANGUAGES = {"en": ENGLISH, "cy": WELSH}


class WordingController(Controller):
    """What a force says in its own words."""

    path = desk.WORDING

    @get(opt={"permission": Permission.ADMIN_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """List every text, with whose words it is in."""
        shown = wording_page.listed(
            visit.site.configuration, await configuring.draft(tx), request.query_params.get("done", "")
        )
        return page("admin/wording/index.html", desk.frame(visit, desk.WORDING), page=shown)

    @get("/{key:str}", opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], key: FromPath[str]) -> Page:
        """Show a text as it is drafted."""
        text, draft = _need(key), await configuring.draft(tx)
        own = _own(draft.configuration, text)
        return _shown(visit, text, draft, draft.configuration, Form(_filled(text, own, draft), {}))

    @post("/{key:str}", opt={"permission": Permission.ADMIN_CHANGE})
    async def save(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        key: FromPath[str],
    ) -> Page | Redirect:
        """Keep it in the draft."""
        text, draft, form = _need(key), await configuring.draft(tx), _typed(form)
        own = _read(form, text)
        changed = _with(draft.configuration, own)
        try:
            await configuring.save(tx, changed, desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            return _refused(visit, text, draft, form, _worded(own, refusal))
        return go(f"{desk.WORDING}?done=saved")

    @post("/{key:str}/preview", opt={"permission": Permission.ADMIN_READ})
    async def preview(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        key: FromPath[str],
    ) -> Page:
        """Show how it would be read, and keep nothing."""
        text, draft, form = _need(key), await configuring.draft(tx), _typed(form)
        own = _read(form, text)
        if _faults(own):
            return _refused(visit, text, draft, form, Invalid(_faults(own)))
        return _shown(visit, text, draft, _with(draft.configuration, own), Form(form, {}))

    @post("/{key:str}/national", opt={"permission": Permission.ADMIN_CHANGE})
    async def give_back(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        key: FromPath[str],
    ) -> Page | Redirect:
        """Return to the national wording, in the draft."""
        text, draft = _need(key), await configuring.draft(tx)
        try:
            await configuring.save(tx, _with(draft.configuration, Wording(key=key)), desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            own = _own(draft.configuration, text)
            filled = _filled(text, own, draft) | {desk.REVISION: form.get(desk.REVISION, "")}
            return _refused(visit, text, draft, filled, refusal)
        return go(f"{desk.WORDING}?done=national")


def _need(key: str) -> Text:
    found = texts.find(key)
    if found is None:
        raise NotFound(_("Page not found"))
    return found


def _own(configuration: Configuration, text: Text) -> Wording:
    return next((own for own in configuration.wording if own.key == text.key), Wording(key=text.key))


def _filled(text: Text, own: Wording, draft: Draft) -> dict[str, str]:
    chosen = own.en or (_national(text, ENGLISH) if text.choices else "")
    return {"en": chosen, "cy": own.cy, desk.REVISION: str(draft.revision)}


def _typed(form: dict[str, str]) -> dict[str, str]:
    return {name: form.get(name, "") for name in (*_LANGUAGES, desk.REVISION)}


def _read(form: dict[str, str], text: Text) -> Wording:
    """Return what the form says; the national words are nobody's own, whoever types them."""
    said = {name: form.get(name, "").replace("\r\n", "\n").strip() for name in _LANGUAGES}
    own = {name: "" if words == _national(text, _LANGUAGES[name]) else words for name, words in said.items()}
    return Wording(key=text.key, **own)


def _national(text: Text, spoken: str) -> str:
    with speaking(spoken):
        return text.national()


def _with(configuration: Configuration, own: Wording) -> Configuration:
    others = [each for each in configuration.wording if each.key != own.key]
    mine = [own] if own.en or own.cy else []
    return structs.replace(configuration, wording=tuple(sorted([*others, *mine], key=lambda each: each.key)))


def _faults(own: Wording) -> dict[str, str]:
    """Return what is wrong with a text beside the language that it is wrong in."""
    names = {"en": _("English"), "cy": _("Welsh")}
    found = wording_faults.of(own) if own.en or own.cy else {}
    return {name: f"{names[name]}: {fault}" for name, fault in found.items()}


def _worded(own: Wording, refusal: Refusal) -> Refusal:
    found = _faults(own)
    return Invalid(found) if isinstance(refusal, Invalid) and found else refusal


def _refused(visit: Visit, text: Text, draft: Draft, form: dict[str, str], refusal: Refusal) -> Page:
    again = desk.again(form, refusal, draft.revision, {name: name for name in _LANGUAGES})
    return _shown(visit, text, draft, draft.configuration, again, refusal)


def _shown(
    visit: Visit, text: Text, draft: Draft, as_read: Configuration, form: Form, refusal: Refusal | None = None
) -> Page:
    shown = wording_page.one(text, draft, as_read, form)
    return page("admin/wording/show.html", desk.frame(visit, desk.WORDING), refusal=refusal, page=shown)
