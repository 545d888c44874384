"""Telling people that there is something to read: never what, and never anybody whom it might endanger."""

from trackmycrime.domain.notifications.codes import code
from trackmycrime.domain.notifications.queueing import (
    audit_is_broken,
    device,
    feed_is_late,
    invite,
    invite_channel,
    invite_staff,
    news,
)
from trackmycrime.domain.notifications.resets import reset

__all__ = [
    "audit_is_broken",
    "code",
    "device",
    "feed_is_late",
    "invite",
    "invite_channel",
    "invite_staff",
    "news",
    "reset",
]
