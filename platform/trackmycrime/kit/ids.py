"""Identifiers that sort by the time they were made."""

from datetime import datetime
from uuid import UUID

import uuid_utils.compat


def new() -> UUID:
    """Return a new UUID version 7 (RFC 9562): unique everywhere, increasing within one process."""
    return uuid_utils.compat.uuid7()


def before(moment: datetime) -> UUID:
    """Return what lies before every id that is made from this moment on, and behind those of the millisecond before it."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
