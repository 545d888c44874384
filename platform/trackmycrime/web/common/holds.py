"""Legal holds, as administrators and supervisors see them."""

from collections.abc import Mapping
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain.retention import holds
from trackmycrime.domain.retention.holds import Hold, NoSuchCase
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.common.dates import moment
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.paging import around, page_number
from trackmycrime.web.common.visit import Visit


class HoldLine(Struct, frozen=True):
    """A hold: on which case, why, who placed it when; and the same of its end, "" while it stands."""

    href: str
    reference: str
    why: str
    placed: str
    lifting: str
    lifted: str


def line(hold: Hold, path: str) -> HoldLine:
    """Return a hold in words; it is lifted below this path."""
    return HoldLine(
        href=f"{path}/{hold.id}",
        reference=hold.reference,
        why=hold.why,
        placed=_("%(name)s, %(at)s", name=hold.placed_by, at=moment(hold.placed_at)),
        lifting=hold.lifting,
        lifted=_("%(name)s, %(at)s", name=hold.lifted_by, at=moment(hold.lifted_at)) if hold.lifted_at else "",
    )


class HoldsPage(Struct, frozen=True):
    """All that the list shows; `before` and `after` are numbers of pages, 0 for none."""

    form: Form
    holds: tuple[HoldLine, ...]
    before: int
    after: int
    done: str
    longest: int


class HoldPage(Struct, frozen=True):
    """One hold, and the form by which it is lifted."""

    form: Form
    hold: HoldLine
    longest: int


async def listed(tx: ForceTx, path: str, form: Form, asked: Mapping[str, str]) -> HoldsPage:
    """Return the page of holds that is asked for, each lifted below this path."""
    number = page_number(asked.get("page", ""))
    found, all_of_them = await holds.page(tx, number)
    before, after = around(number, holds.PAGE, all_of_them)
    shown = tuple(line(each, path) for each in found)
    return HoldsPage(form, shown, before, after, done(asked.get("done", "")), holds.LONGEST_WHY)


async def one(tx: ForceTx, path: str, form: Form, hold_id: UUID) -> HoldPage:
    """Return one hold. Raises NotFound."""
    return HoldPage(form, line(await holds.one(tx, hold_id), path), holds.LONGEST_WHY)


async def note(visit: Visit, refusal: Invalid) -> None:
    """Record a try that found no case, in a transaction of its own: the page that says no undoes the request's."""
    if isinstance(refusal, NoSuchCase):
        async with visit.door.open(visit.actor) as noting:
            await holds.missed(noting)


def done(what: str) -> str:
    """Say what was just done; nothing for what nobody does."""
    return {
        "placed": _("The hold stands. Nothing of this case is deleted"),
        "lifted": _("The hold is lifted. What is due goes from tonight on"),
    }.get(what, "")
