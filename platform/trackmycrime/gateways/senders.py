"""By which ways messages leave, put together from the settings."""

from msgspec import Struct

from trackmycrime.gateways.email import Mailer, mailer
from trackmycrime.gateways.text import Texter, texter
from trackmycrime.gateways.undelivered import Undelivered
from trackmycrime.settings import Settings

__all__ = ["Senders", "Undelivered", "senders"]


class Senders(Struct, frozen=True):
    """Who sends emails, and who sends texts. What either raises is Undelivered."""

    mailer: Mailer
    texter: Texter


def senders(settings: Settings) -> Senders:
    """Return the senders that the settings ask for. Raises WrongSetting for one that this version does not have."""
    return Senders(mailer(settings), texter(settings))
