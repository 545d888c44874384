"""Missing or damaged property: shown where the force has the page and the case has property."""

from contextlib import suppress
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct, structs

from trackmycrime.domain import corrections, property
from trackmycrime.domain.cases import Case
from trackmycrime.domain.cases.timeline import SaidAlready
from trackmycrime.domain.property import Item
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.wording import Told
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.time import today
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, go, page, refused
from trackmycrime.web.common.dates import day
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit
from trackmycrime.web.victim import desk, items
from trackmycrime.web.victim.items import ItemCard


class PropertyPage(Struct, frozen=True):
    """All that the page shows; who may write is asked to correct an item here, else by telephone."""

    intro: Told
    items: tuple[ItemCard, ...]
    counts: tuple[tuple[int, str], ...]
    phone: str
    can_write: bool
    sent: bool


class CorrectionPage(Struct, frozen=True):
    """All that the form for one item shows."""

    item: ItemCard
    form: Form
    phone: str


class PropertyCopy(Struct, frozen=True):
    """All that the copy for an insurer shows; dates are in words, "" where nobody told us."""

    reference: str
    offence: str
    reported: str
    made: str
    items: tuple[ItemCard, ...]
    phone: str


class PropertyController(Controller):
    """A victim's property."""

    path = "/property"

    @get(opt={"permission": Permission.PROPERTY_READ})
    async def index(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show what is recorded as missing, damaged or recovered."""
        case = desk.own_case(visit)
        found = await property.on_case(tx, case.id)
        shown = PropertyPage(
            visit.site.told("page.property"),
            tuple(items.card(item) for item in found),
            items.counts(found),
            frames.phone(visit),
            can_write=visit.site.has(Feature.TWO_WAY_MESSAGING) and not case.closed,
            sent=request.query_params.get("done") == "correction",
        )
        return page("victim/property/index.html", desk.frame(tx, visit, case, "/property"), page=shown)

    @get("/copy", opt={"permission": Permission.PROPERTY_READ})
    async def copy(self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show a list for paper, without anything to press."""
        case = desk.own_case(visit)
        found = await property.copied(tx, case)
        shown = PropertyCopy(
            case.reference,
            desk.offence(case.offence_group),
            day(case.reported_at) if case.reported_at else "",
            day(today()),
            tuple(structs.replace(items.card(item), meaning="") for item in found),
            frames.phone(visit),
        )
        frame = frames.frame(visit, exit_href=frames.EXIT, home="/messages")
        return page("victim/property/copy.html", frame, page=shown)

    @get("/{item_id:uuid}/correction", opt={"permission": Permission.MESSAGE_SEND})
    async def correction(
        self, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit], item_id: FromPath[UUID]
    ) -> Page:
        """Ask what is wrong about one item."""
        case = desk.own_case(visit)
        item = await corrections.about(tx, case, item_id)
        return _correction(tx, visit, case, item, Form({}, {}))

    @post("/{item_id:uuid}/correction", opt={"permission": Permission.MESSAGE_SEND})
    async def ask_for_correction(
        self,
        tx: NamedDependency[ForceTx],
        visit: NamedDependency[Visit],
        form: NamedDependency[dict[str, str]],
        item_id: FromPath[UUID],
    ) -> Redirect | Page:
        """Send what is wrong about one item."""
        case = desk.own_case(visit)
        try:
            with suppress(SaidAlready):
                await corrections.ask(tx, case, item_id, form.get("correction", ""), once=form.get("once", ""))
        except Invalid as refusal:
            item = await corrections.about(tx, case, item_id)
            return _correction(tx, visit, case, item, refused(form, refusal), status=refusal.status)
        return go("/property?done=correction")


def _correction(tx: ForceTx, visit: Visit, case: Case, item: Item, form: Form, *, status: int = 200) -> Page:
    shown = CorrectionPage(items.card(item), form, frames.phone(visit))
    frame = desk.frame(tx, visit, case, "/property")
    return page("victim/property/correction.html", frame, status=status, page=shown)
