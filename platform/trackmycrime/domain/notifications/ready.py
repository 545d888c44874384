"""A notification that was claimed, with what goes out or why nothing does."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from trackmycrime.gateways.email import Email
from trackmycrime.gateways.text import Text
from trackmycrime.store.notifications import Due


class Dropped(StrEnum):
    """Why somebody is not told after all; what may have changed between queueing and sending is asked again."""

    AT_RISK = "at_risk"
    OTHER_CHANNEL = "other_channel"
    NO_ADDRESS = "no_address"
    SWITCHED_OFF = "switched_off"
    INVITE_ENDED = "invite_ended"
    RESET_ENDED = "reset_ended"
    CODE_ENDED = "code_ended"


class Ready(Struct, frozen=True):
    """A notification with what goes out, or the reason why nothing does, or `later`, when it is safe again."""

    due: Due
    what: Email | Text | None
    dropped: str = ""
    later: datetime | None = None
