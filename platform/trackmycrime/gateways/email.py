"""Emails: what one is made of, and the ways it goes out."""

import asyncio
import re
import ssl
from email.errors import MessageError
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any, Protocol, override
from urllib.parse import unquote, urlsplit

import aiosmtplib
from aiosmtplib.errors import SMTPDataError, SMTPRecipientRefused, SMTPResponseException
from msgspec import Struct

from trackmycrime.gateways.mailbox import Kind, Mailbox
from trackmycrime.gateways.undelivered import Undelivered
from trackmycrime.kit import time
from trackmycrime.settings import Settings, WrongSetting

__all__ = ["Email", "MailboxMailer", "Mailer", "SmtpMailer", "Undelivered", "composed", "mailer"]

_TIMEOUT_SECONDS = 20.0
_MALFORMED = "malformed"
_LASTING = 500  # RFC 5321, 4.2.1: from here on the server says never
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
_LINK = re.compile(r"https?://[!#-;=?-~]+")


class Email(Struct, frozen=True):
    """One email to one person. `message_id` is the same at every try, with its angle brackets."""

    to: str
    from_name: str
    from_address: str
    subject: str
    text: str
    html: str
    message_id: str
    unsubscribe_url: str | None


class Mailer(Protocol):
    """A way for emails to leave."""

    async def send(self, email: Email, /) -> None:
        """Hand an email over. Raises Undelivered unless the other side took it."""
        ...


class _Headers(HeaderRegistry):
    """The library's kinds of headers, each made once: the library makes them anew for each email, a fifth of a worker's time."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, Any] = {}

    @override
    def __getitem__(self, name: str) -> Any:
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = super().__getitem__(name)
        return found


class _Unfolded(EmailPolicy):
    """The rules of SMTP, but a link is never broken over lines: Python would encode its pieces, and RFC 8058 fail."""

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401  the library's signature
        if name == "List-Unsubscribe":
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Unfolded(linesep="\r\n", raise_on_defect=True, header_factory=_Headers())


class SmtpMailer:
    """Sends through an SMTP server: smtp://user:password@host:port, or smtps:// for TLS from the first byte.

    STARTTLS is used when the server offers it; a password is never sent without TLS.
    """

    def __init__(self, url: str, *, tls: ssl.SSLContext | None = None) -> None:
        server = urlsplit(url)
        self._host, self._port = server.hostname or "localhost", server.port
        self._user = unquote(server.username) if server.username else None
        self._password = unquote(server.password or "") if server.username else None
        self._at_once = server.scheme == "smtps"
        self._start_tls = False if self._at_once else True if self._user else None
        self._tls = tls

    async def send(self, email: Email) -> None:
        """Hand an email to the server, within 20 seconds altogether. Raises Undelivered."""
        content = composed(email).as_bytes(policy=_POLICY)
        refusal = await self._refusal(email, content)
        if refusal:  # raised here, so that what the server wrote does not come along: it may name the address
            raise refusal

    async def _refusal(self, email: Email, content: bytes) -> Undelivered | None:
        try:
            await self._handed_over(email, content)
        except (SMTPRecipientRefused, SMTPDataError) as refused:
            return Undelivered(_named("refused", refused), lasting=refused.code >= _LASTING)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            first = refused.recipients[0]
            return Undelivered(_named("refused", first), lasting=first.code >= _LASTING)
        except SMTPResponseException as failed:
            return Undelivered(_named("server", failed))
        except TimeoutError:
            return Undelivered("timeout")
        except (aiosmtplib.SMTPException, OSError, ValueError) as failed:
            return Undelivered(f"connection {type(failed).__name__}")
        return None

    async def _handed_over(self, email: Email, content: bytes) -> None:
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            await aiosmtplib.send(
                content,
                sender=email.from_address,
                recipients=[email.to],
                hostname=self._host,
                port=self._port,
                username=self._user,
                password=self._password,
                use_tls=self._at_once,
                start_tls=self._start_tls,
                tls_context=self._tls,
                timeout=_TIMEOUT_SECONDS,
            )


def _named(what: str, answer: SMTPResponseException) -> str:
    return f"{what} {answer.code}"


class MailboxMailer:
    """Puts emails into the mailbox page's folder: for the embedded mode."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def send(self, email: Email) -> None:
        """Keep the email. Raises Undelivered for what no server would take either."""
        headers = {name: str(value) for name, value in _headed(email).items()}
        self._mailbox.put(
            Kind.EMAIL,
            to=email.to,
            from_=headers["From"],
            subject=email.subject,
            text=email.text,
            html=email.html,
            headers=headers,
        )


def composed(email: Email) -> EmailMessage:
    """Return the message as it travels. Raises a lasting Undelivered when a part could forge a header."""
    message = _headed(email)
    message.set_content(email.text, cte="quoted-printable")
    message.add_alternative(email.html, subtype="html", cte="quoted-printable")
    return message


def _headed(email: Email) -> EmailMessage:
    """Return the message without what it says."""
    _require_plain(email)
    message = EmailMessage(_POLICY)
    try:
        message["Subject"] = email.subject
        message["From"] = Address(email.from_name, addr_spec=email.from_address)
        message["To"] = Address(addr_spec=email.to)
    except (MessageError, ValueError):
        raise Undelivered(_MALFORMED, lasting=True) from None
    message["Date"] = format_datetime(time.now())
    message["Message-ID"] = email.message_id
    message["Auto-Submitted"] = "auto-generated"
    if email.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{email.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def _require_plain(email: Email) -> None:
    """Refuse what could end a header or an SMTP command and begin another."""
    named = email.subject.isprintable() and email.from_name.isprintable()
    addressed = all(address.isascii() and address.isprintable() for address in (email.to, email.from_address))
    linked = email.unsubscribe_url is None or _LINK.fullmatch(email.unsubscribe_url)
    if not (named and addressed and linked and _MESSAGE_ID.fullmatch(email.message_id)):
        raise Undelivered(_MALFORMED, lasting=True)


def mailer(settings: Settings) -> Mailer:
    """Return the mailer that TRACKMYCRIME_EMAIL_URL asks for. Raises WrongSetting for one that is not here yet."""
    if not settings.email_url:
        return MailboxMailer(Mailbox.of(settings))
    if urlsplit(settings.email_url).scheme not in {"smtp", "smtps"}:
        raise WrongSetting("TRACKMYCRIME_EMAIL_URL", "smtp://host:port in this version")
    return SmtpMailer(settings.email_url)
