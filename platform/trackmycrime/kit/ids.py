"""Identifiers that sort by the time they were made."""

from uuid import UUID

import uuid_utils.compat


def new() -> UUID:
    """Return a new UUID version 7 (RFC 9562): unique everywhere, increasing within one process."""
    return uuid_utils.compat.uuid7()
