"""Reading the choices of a form that name somebody."""

from collections.abc import Mapping
from uuid import UUID

from trackmycrime.web.common.fields import uuid_or_none


def ticked(form: Mapping[str, str], prefix: str) -> list[UUID]:
    """Return the ids of the checkboxes whose name begins so, as far as they were ticked."""
    found = (uuid_or_none(name.removeprefix(prefix)) for name in form if name.startswith(prefix))
    return [each for each in found if each is not None]
