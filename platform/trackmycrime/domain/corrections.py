"""What a victim says is wrong about an item: a message about that item, which a person reads before anything changes."""

from uuid import UUID

from trackmycrime.domain import messages, property
from trackmycrime.domain.cases import Case
from trackmycrime.domain.property import Item
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.errors import Invalid, NotFound
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx

LONGEST = 2000
_NAMED = 200


async def about(tx: ForceTx, case: Case, item_id: UUID) -> Item:
    """Return the item that the victim wants to have corrected.

    Raises NotFound where the force takes no messages or has no property page, and for an item of another case; CaseClosed.
    """
    if not configuration(tx).has(Feature.TWO_WAY_MESSAGING):
        raise NotFound(_("Page not found"))
    if case.closed:
        raise messages.CaseClosed
    return await property.item(tx, case.id, item_id)


async def ask(tx: ForceTx, case: Case, item_id: UUID, text: str, *, once: str = "") -> None:
    """Send what is wrong about an item as a message that names it.

    Raises what `about` raises, Invalid for an empty or too long text, and SaidAlready as `messages.send` does.
    """
    item = await about(tx, case, item_id)
    named = item.description.description
    short = named if len(named) <= _NAMED else f"{named[:_NAMED]}…"
    opening = _("Please correct what you have recorded about this item: %(item)s", item=short)
    await messages.send(tx, case, f"{opening}\n\n{_clean(text)}", once=once)


def _clean(text: str) -> str:
    told = text.strip()
    if not told:
        raise Invalid({"correction": _("Tell us what is wrong")})
    if len(told) > LONGEST:
        raise Invalid({"correction": _("Your text must be %(number)s characters or fewer", number=LONGEST)})
    return told
