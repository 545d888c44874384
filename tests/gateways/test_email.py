"""Emails leave as SMTP and RFC 8058 want them, and every way of failing has its name."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from trackmycrime.gateways import email as email_module
from trackmycrime.gateways.email import Email, MailboxMailer, Mailer, SmtpMailer, mailer
from trackmycrime.gateways.mailbox import Mailbox
from trackmycrime.gateways.undelivered import Undelivered
from trackmycrime.kit.time import now
from trackmycrime.settings import Settings, WrongSetting

TAKEN = "250 OK"
type MakeEmail = Callable[..., Email]


class Server:
    """What the server answers to RCPT and DATA, and what it was given."""

    def __init__(self) -> None:
        self.rcpt = self.data = TAKEN
        self.port = 0
        self.taken: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.encrypted: list[bool] = []
        self.sign_ins: list[bytes] = []

    async def handle_RCPT(self, _server: object, _session: object, envelope: Any, address: str, _: object) -> str:  # noqa: N802
        """Answer to a recipient, in words that name the address."""
        if self.rcpt == TAKEN:
            envelope.rcpt_tos.append(address)
        return self.rcpt.replace("ADDRESS", address)

    async def handle_DATA(self, _server: object, session: Any, envelope: Any) -> str:  # noqa: N802
        """Answer to a message, and keep one that is taken."""
        if self.data == TAKEN:
            self.raw.append(envelope.content)
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients += envelope.rcpt_tos
            self.encrypted.append(session.ssl is not None)
        return self.data

    def authenticate(self, _server: object, _session: object, _envelope: object, _how: object, data: Any) -> AuthResult:
        """Let in whoever knows the password."""
        self.sign_ins.append(data.password)
        return AuthResult(success=data.password == b"se:cret", handled=False)


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Generator[Server]:
    """Run a server on a port of its own; with `tls` it offers STARTTLS and takes sign-ins."""
    server = Server()
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=_free_port(),
        tls_context=tls,
        authenticator=server.authenticate if tls else None,
    )
    controller.start()
    try:
        server.port = controller.port
        yield server
    finally:
        controller.stop()


def contexts(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return the TLS context of a server at 127.0.0.1, and that of a client who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example.org")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    chain = folder / "server.pem"
    chain.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(chain)
    return server, ssl.create_default_context(cadata=certificate.public_bytes(serialization.Encoding.PEM).decode())


def _content(part: object) -> str:
    assert isinstance(part, EmailMessage)
    return part.get_content()


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return listener.getsockname()[1]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture(params=["smtp", "mailbox"])
def any_mailer(request: pytest.FixtureRequest, server: Server, tmp_path: Path) -> Mailer:
    if request.param == "smtp":
        return SmtpMailer(f"smtp://127.0.0.1:{server.port}")
    return MailboxMailer(Mailbox(tmp_path))


@pytest.mark.asyncio
async def test_an_email_arrives_as_it_was_written(server: Server, make_email: MakeEmail) -> None:
    email = make_email()

    await SmtpMailer(f"smtp://127.0.0.1:{server.port}").send(email)

    (taken,) = server.taken
    assert server.recipients == ["alice@example.org"]
    assert taken["Subject"] == email.subject
    assert taken["From"].addresses[0].display_name == email.from_name
    assert taken["From"].addresses[0].addr_spec == email.from_address
    assert taken["To"].addresses[0].addr_spec == email.to
    assert taken["Message-ID"] == email.message_id
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken.get_content_type() == "multipart/alternative"
    plain, html = taken.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert _content(plain).splitlines() == email.text.splitlines()
    assert _content(html).splitlines() == email.html.splitlines()


@pytest.mark.asyncio
async def test_the_link_to_unsubscribe_stays_on_one_line_as_it_is(server: Server, make_email: MakeEmail) -> None:
    email = make_email()

    await SmtpMailer(f"smtp://127.0.0.1:{server.port}").send(email)

    lines = server.raw[0].split(b"\r\n")
    assert f"List-Unsubscribe: <{email.unsubscribe_url}>".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert max(map(len, lines)) < 998


@pytest.mark.asyncio
async def test_without_a_link_there_is_no_header_for_it(server: Server, make_email: MakeEmail) -> None:
    await SmtpMailer(f"smtp://127.0.0.1:{server.port}").send(make_email(unsubscribe_url=None))
    assert not [name for name in server.taken[0] if name.startswith("List-")]


@pytest.mark.asyncio
@pytest.mark.parametrize("part", ["to", "from_name", "from_address", "subject", "message_id", "unsubscribe_url"])
@pytest.mark.parametrize("poison", ["\r\nBcc: eve@example.org", "\nX: y", "\x00", "\u2028"])
async def test_no_part_can_forge_a_header(any_mailer: Mailer, make_email: MakeEmail, part: str, poison: str) -> None:
    whole = getattr(make_email(), part)
    for value in (whole + poison, whole[:3] + poison + whole[3:]):
        with pytest.raises(Undelivered) as refused:
            await any_mailer.send(make_email(**{part: value}))
        assert (refused.value.why, refused.value.lasting) == ("malformed", True)


@pytest.mark.asyncio
@pytest.mark.parametrize("to", ["", "alice", "a@example.org, b@example.org", "<a@example.org>", "a b@example.org"])
async def test_only_one_plain_address_is_written_to(any_mailer: Mailer, make_email: MakeEmail, to: str) -> None:
    with pytest.raises(Undelivered, match="malformed"):
        await any_mailer.send(make_email(to=to))


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("rcpt", "data", "why", "lasting"),
    [
        ("550 5.1.1 ADDRESS is unknown", TAKEN, "refused 550", True),
        ("451 4.7.1 ADDRESS comes too early", TAKEN, "refused 451", False),
        (TAKEN, "554 5.7.1 refused", "refused 554", True),
        (TAKEN, "452 4.3.1 full", "refused 452", False),
    ],
)
async def test_a_refusal_lasts_when_the_server_says_never(
    server: Server, make_email: MakeEmail, rcpt: str, data: str, why: str, *, lasting: bool
) -> None:
    server.rcpt, server.data = rcpt, data

    with pytest.raises(Undelivered) as refused:
        await SmtpMailer(f"smtp://127.0.0.1:{server.port}").send(make_email())

    assert (refused.value.why, refused.value.lasting) == (why, lasting)
    assert refused.value.__context__ is None, "what the server wrote may name the address"


@pytest.mark.asyncio
async def test_a_server_that_is_not_there_may_come_back(make_email: MakeEmail) -> None:
    with pytest.raises(Undelivered, match="connection") as refused:
        await SmtpMailer(f"smtp://127.0.0.1:{_free_port()}").send(make_email())
    assert not refused.value.lasting


@pytest.mark.asyncio
async def test_a_server_that_drips_gets_no_more_than_the_time_there_is(
    make_email: MakeEmail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(email_module, "_TIMEOUT_SECONDS", 0.4)

    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer):
            while not writer.is_closing():
                writer.write(b"220-slow\r\n")
                await writer.drain()
                await asyncio.sleep(0.05)

    async with await asyncio.start_server(drip, "127.0.0.1", 0) as slow:
        with pytest.raises(Undelivered, match="timeout") as refused:
            await SmtpMailer(f"smtp://127.0.0.1:{slow.sockets[0].getsockname()[1]}").send(make_email())
    assert not refused.value.lasting


@pytest.mark.asyncio
async def test_a_password_travels_by_tls_alone(server: Server, make_email: MakeEmail, tmp_path: Path) -> None:
    served, trusting = contexts(tmp_path)
    with serving(served) as secured:
        await SmtpMailer(f"smtp://us%40er:se%3Acret@127.0.0.1:{secured.port}", tls=trusting).send(make_email())
        assert (secured.encrypted, secured.sign_ins) == ([True], [b"se:cret"])

        with pytest.raises(Undelivered, match="server 535") as refused:
            await SmtpMailer(f"smtp://us%40er:wrong@127.0.0.1:{secured.port}", tls=trusting).send(make_email())
        assert not refused.value.lasting

        with pytest.raises(Undelivered, match="connection"):  # a certificate of nobody we know
            await SmtpMailer(f"smtp://127.0.0.1:{secured.port}").send(make_email())

    with pytest.raises(Undelivered, match="connection"):  # no STARTTLS
        await SmtpMailer(f"smtp://us%40er:se%3Acret@127.0.0.1:{server.port}").send(make_email())
    assert not server.taken


@pytest.mark.asyncio
async def test_the_mailbox_shows_what_a_server_would_have_got(make_email: MakeEmail, tmp_path: Path) -> None:
    email = make_email()
    mailbox = Mailbox(tmp_path)

    for _ in range(2):
        await MailboxMailer(mailbox).send(email)

    second, first = mailbox.newest(10)
    assert first.at <= second.at
    assert (first.to, first.subject, first.text, first.html) == (email.to, email.subject, email.text, email.html)
    assert first.from_ == f"{email.from_name} <{email.from_address}>"
    assert first.headers["Message-ID"] == second.headers["Message-ID"] == email.message_id
    assert first.headers["List-Unsubscribe"] == f"<{email.unsubscribe_url}>"
    assert first.headers["Auto-Submitted"] == "auto-generated"


def test_the_settings_choose_the_mailer(tmp_path: Path) -> None:
    def chosen(url: str) -> Mailer:
        return mailer(Settings.from_environment({"TRACKMYCRIME_HOME": str(tmp_path), "TRACKMYCRIME_EMAIL_URL": url}))

    assert isinstance(chosen(""), MailboxMailer)
    assert isinstance(chosen("smtp://mail.example.org:587"), SmtpMailer)
    for url in ("ses://eu-west-2", "notify://"):
        with pytest.raises(WrongSetting, match="TRACKMYCRIME_EMAIL_URL takes smtp://host:port in this version"):
            chosen(url)
