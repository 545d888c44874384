"""Crimes that victims follow: what is known of each, who may see it, and what is said on it."""

from trackmycrime.domain.cases.access import (
    Case,
    Listed,
    NotOpened,
    Officer,
    followed,
    found_by_staff,
    listed,
    of_actor,
    open_with_reason,
    read_by_staff,
    seen_by_actor,
)

__all__ = [
    "Case",
    "Listed",
    "NotOpened",
    "Officer",
    "followed",
    "found_by_staff",
    "listed",
    "of_actor",
    "open_with_reason",
    "read_by_staff",
    "seen_by_actor",
]
