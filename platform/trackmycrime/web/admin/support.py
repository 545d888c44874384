"""Support: the force's own services in the order that victims see, found, moved, and looked at again."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import configuring
from trackmycrime.domain.configuring import ChangedMeanwhile
from trackmycrime.domain.support import entries, sorts
from trackmycrime.domain.support.entries import Entry
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.kit.errors import Invalid, Refusal
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, support_form
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.dates import day
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

_LONGEST_SEARCH = 100
_LONGEST_NUMBER = 6  # digits


class EntryLine(Struct, frozen=True):
    """A service in the list. An address is "" where there is nothing to move it past; `seen` is "" for never."""

    href: str
    name: str
    kind: str
    areas: str
    place: int
    up: int
    down: int
    seen: str
    due: bool


class SupportPage(Struct, frozen=True):
    """All that the list shows; `values` are what was looked for."""

    form: Form
    values: dict[str, str]
    lines: tuple[EntryLine, ...]
    asked: bool
    found: int
    all: int
    due: int
    number: int
    pages: int
    earlier_href: str
    later_href: str
    changed: bool
    done: str


class SupportController(Controller):
    """The services of the force's own."""

    path = desk.SUPPORT

    @get(opt={"permission": Permission.ADMIN_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show the draft's list."""
        return await _shown(request, tx, visit)

    @get("/new", opt={"permission": Permission.ADMIN_READ})
    async def new(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Ask for a service."""
        draft = await configuring.draft(tx)
        return support_form.show(visit, draft, Form({desk.REVISION: str(draft.revision), **support_form.EMPTY}, {}))

    @post(opt={"permission": Permission.ADMIN_CHANGE})
    async def add(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], form: NamedDependency[dict[str, str]]
    ) -> Page | Redirect:
        """Put a service at the end of the draft's list."""
        draft = await configuring.draft(tx)
        try:
            changed = entries.added(draft.configuration, support_form.read(form, None))
            await configuring.save(tx, changed, desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            return support_form.show_again(visit, draft, form, refusal)
        return _done("added")

    @get("/{key:str}", opt={"permission": Permission.ADMIN_READ})
    async def show(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], key: FromPath[str]) -> Page:
        """Show a service of the draft's list."""
        draft = await configuring.draft(tx)
        entry = entries.find(draft.configuration, key)
        values = support_form.filled(entry.service) | {desk.REVISION: str(draft.revision), "to": str(entry.place)}
        return support_form.show(visit, draft, Form(values, {}), entry)

    @post("/{key:str}", opt={"permission": Permission.ADMIN_CHANGE})
    async def save(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        key: FromPath[str],
    ) -> Page | Redirect:
        """Keep a changed service in the draft."""
        draft = await configuring.draft(tx)
        entry = entries.find(draft.configuration, key)
        try:
            changed = entries.changed(draft.configuration, key, support_form.read(form, entry.service))
            await configuring.save(tx, changed, desk.revision(form))
        except (Invalid, ChangedMeanwhile) as refusal:
            return support_form.show_again(visit, draft, {"to": str(entry.place), **form}, refusal, entry)
        return _done("saved")

    @post("/{key:str}/place", opt={"permission": Permission.ADMIN_CHANGE})
    async def place(
        self,
        request: AnyRequest,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        key: FromPath[str],
    ) -> Page | Redirect:
        """Move a service to a place of the draft's list."""
        to = _number(form.get("to", ""))
        if not to:
            wrong = Invalid({"to": _("Enter the number of a place in the list, such as 1 for the first")})
            draft = await configuring.draft(tx)
            entry = entries.find(draft.configuration, key)
            return support_form.show_again(visit, draft, support_form.filled(entry.service) | form, wrong, entry)
        return await _kept(request, tx, visit, form, "moved", lambda draft: entries.placed(draft, key, to))

    @post("/{key:str}/review", opt={"permission": Permission.ADMIN_CHANGE})
    async def review(
        self,
        request: AnyRequest,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        key: FromPath[str],
    ) -> Page | Redirect:
        """Say that somebody has looked at a service again."""
        return await _kept(request, tx, visit, form, "seen", lambda draft: entries.looked_at(draft, key))

    @post("/review", opt={"permission": Permission.ADMIN_CHANGE})
    async def review_all(
        self,
        request: AnyRequest,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
    ) -> Page | Redirect:
        """Say that somebody has looked at all of them again."""
        return await _kept(request, tx, visit, form, "seen", entries.all_looked_at)

    @post("/{key:str}/removal", opt={"permission": Permission.ADMIN_CHANGE})
    async def remove(
        self,
        request: AnyRequest,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        key: FromPath[str],
    ) -> Page | Redirect:
        """Take a service out of the draft's list."""
        return await _kept(request, tx, visit, form, "removed", lambda draft: entries.removed(draft, key))


async def _kept(
    request: AnyRequest,
    tx: ForceTx,
    visit: Visit,
    form: dict[str, str],
    done: str,
    change: Callable[[Configuration], Configuration],
) -> Page | Redirect:
    """Keep a change of the list in the draft, or show the list again with what somebody else has done to it."""
    draft = await configuring.draft(tx)
    try:
        await configuring.save(tx, change(draft.configuration), desk.revision(form))
    except (Invalid, ChangedMeanwhile) as refusal:
        return await _shown(request, tx, visit, refusal)
    return _done(done)


def _done(what: str) -> Redirect:
    return go(f"{desk.SUPPORT}?done={what}")


async def _shown(request: AnyRequest, tx: ForceTx, visit: Visit, refusal: Refusal | None = None) -> Page:
    draft, query = await configuring.draft(tx), request.query_params
    values = {"q": query.get("q", "").strip()[:_LONGEST_SEARCH], "due": "yes" if query.get("due") else ""}
    number = _number(query.get("page", "")) or 1
    found = entries.listed(draft.configuration, words=values["q"], only_due=bool(values["due"]), number=number)
    asked = any(values.values())
    shown = SupportPage(
        form=refused({desk.REVISION: str(draft.revision)}, refusal) if refusal else _form(draft.revision),
        values=values,
        lines=tuple(_line(entry, 0 if asked else found.all) for entry in found.entries),
        asked=asked,
        found=found.found,
        all=found.all,
        due=found.due,
        number=found.number,
        pages=found.pages,
        earlier_href=_address(values, found.number - 1) if found.number > 1 else "",
        later_href=_address(values, found.number + 1) if found.number < found.pages else "",
        changed=bool(draft.changes),
        done=_told(query.get("done", "")),
    )
    return page("admin/support/index.html", desk.frame(visit, desk.SUPPORT), refusal=refusal, page=shown)


def _form(revision: int) -> Form:
    return Form({desk.REVISION: str(revision)}, {})


def _line(entry: Entry, last: int) -> EntryLine:
    """Return a line of the list; `last` is the last place to which it may be moved, 0 while only a part is shown."""
    service, seen = entry.service, entry.service.reviewed_on
    return EntryLine(
        href=f"{desk.SUPPORT}/{entries.key(service)}",
        name=service.name,
        kind=sorts.named()[service.category],
        areas=service.areas,
        place=entry.place,
        up=entry.place - 1 if last else 0,
        down=entry.place + 1 if entry.place < last else 0,
        seen=day(date.fromisoformat(seen)) if seen else "",
        due=service.reviewed_on <= entries.last_due(),
    )


def _address(values: dict[str, str], number: int) -> str:
    return f"{desk.SUPPORT}?" + urlencode({name: value for name, value in {**values, "page": number}.items() if value})


def _number(text: str) -> int:
    told = text.strip()
    return int(told) if told.isascii() and told.isdecimal() and len(told) <= _LONGEST_NUMBER else 0


def _told(done: str) -> str:
    return {
        "added": _("The service is in the list"),
        "saved": _("The service is changed"),
        "moved": _("The service has moved"),
        "removed": _("The service is out of the list"),
        "seen": _("It is noted that you have looked at this again"),
        "imported": _("The file is in the list"),
    }.get(done, "")
