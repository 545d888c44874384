"""Text messages: what one is made of, and the ways it goes out."""

from functools import partial
from typing import Any, Protocol
from urllib.parse import urlsplit

from anyio import CapacityLimiter, to_thread
from msgspec import Struct

from trackmycrime.gateways import aws
from trackmycrime.gateways.mailbox import Kind, Mailbox
from trackmycrime.gateways.undelivered import Undelivered
from trackmycrime.settings import Settings, WrongSetting

__all__ = ["MailboxTexter", "SnsTexter", "Text", "Texter", "Undelivered", "texter"]

_AT_ONCE = 16
_TRANSACTIONAL = {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}}
_BAD_NUMBER = frozenset({"InvalidParameter", "InvalidParameterValue", "OptedOut"})


class Text(Struct, frozen=True):
    """One text message to one person. `to` is E.164 (+44...); `reference` is the same at every try."""

    to: str
    body: str
    reference: str


class Texter(Protocol):
    """A way for text messages to leave."""

    async def send(self, text: Text, /) -> None:
        """Hand a text over. Raises Undelivered unless the other side took it."""
        ...


class MailboxTexter:
    """Puts texts into the mailbox page's folder: for the embedded mode."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def send(self, text: Text) -> None:
        """Keep the text."""
        self._mailbox.put(Kind.TEXT, to=text.to, text=text.body, headers={"Reference": text.reference})


class SnsTexter:
    """Sends through Amazon SNS in one region. SNS takes no reference of ours, so a repeat cannot be told by it."""

    def __init__(self, region: str) -> None:
        self._client: Any = aws.client("sns", region=region, attempts=1)
        self._threads = CapacityLimiter(_AT_ONCE)

    async def send(self, text: Text) -> None:
        """Hand a text to SNS, once: trying again is the outbox's. Raises Undelivered."""
        refusal = await to_thread.run_sync(partial(self._refusal, text), limiter=self._threads)
        if refusal:  # raised here, so that what SNS wrote does not come along: it may name the number
            raise refusal

    def _refusal(self, text: Text) -> Undelivered | None:
        said_no, no_answer = aws.refusals()
        try:
            self._client.publish(PhoneNumber=text.to, Message=text.body, MessageAttributes=_TRANSACTIONAL)
        except said_no as refused:
            code = str(getattr(refused, "response", {}).get("Error", {}).get("Code", "unknown"))
            return Undelivered(f"refused {code}", lasting=code in _BAD_NUMBER)
        except no_answer as failed:
            return Undelivered(f"connection {type(failed).__name__}")
        return None


def texter(settings: Settings) -> Texter:
    """Return the texter that TRACKMYCRIME_TEXT_URL asks for. Raises WrongSetting for one that is not here yet."""
    if not settings.text_url:
        return MailboxTexter(Mailbox.of(settings))
    url = urlsplit(settings.text_url)
    if url.scheme != "sns":
        raise WrongSetting("TRACKMYCRIME_TEXT_URL", "sns://region in this version")
    return SnsTexter(url.netloc)
