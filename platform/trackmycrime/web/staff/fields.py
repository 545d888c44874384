"""Reading the choices of a form that name somebody."""

from collections.abc import Mapping
from uuid import UUID


def uuid_or_none(text: str) -> UUID | None:
    """Return the id that a form gives, or None where it gives none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def ticked(form: Mapping[str, str], prefix: str) -> list[UUID]:
    """Return the ids of the checkboxes whose name begins so, as far as they were ticked."""
    found = (uuid_or_none(name.removeprefix(prefix)) for name in form if name.startswith(prefix))
    return [each for each in found if each is not None]
