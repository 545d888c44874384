"""Emails and texts as they went out, with links that can be followed."""

import re
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from trackmycrime.gateways.mailbox import Kind, Mailbox, Sent
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.words import _
from trackmycrime.web.common import answers, frames
from trackmycrime.web.common.answers import Page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit

MOST = 200
_HEADERS = ("List-Unsubscribe", "Message-ID")
_LINK = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)])")


class SentLine(Struct, frozen=True):
    """A message in the list."""

    href: str
    subject: str
    to: str
    at: datetime


class Piece(Struct, frozen=True):
    """A piece of text; a link where `link` is set."""

    text: str
    link: bool


class SentPage(Struct, frozen=True):
    """A message, its headers and its text, line by line."""

    subject: str
    at: datetime
    headers: tuple[tuple[str, tuple[Piece, ...]], ...]
    paragraphs: tuple[tuple[tuple[Piece, ...], ...], ...]


@get("/", opt={"permission": Permission.PUBLIC}, sync_to_thread=True)
def index(visit: NamedDependency[Visit], mailbox: NamedDependency[Mailbox]) -> Page:
    """Show what was sent, newest first."""
    lines = [SentLine(f"/messages/{sent.id}", _subject(sent), sent.to, sent.at) for sent in mailbox.newest(MOST)]
    return answers.page("mailbox/messages/index.html", frames.frame(visit), lines=lines, most=MOST)


@get("/messages/{sent_id:uuid}", opt={"permission": Permission.PUBLIC}, sync_to_thread=True)
def show(visit: NamedDependency[Visit], mailbox: NamedDependency[Mailbox], sent_id: FromPath[UUID]) -> Page:
    """Show one message."""
    sent = mailbox.find(sent_id)
    if sent is None:
        raise NotFound(_("Page not found"))
    return answers.page("mailbox/messages/show.html", frames.frame(visit), page=_page(sent))


def _subject(sent: Sent) -> str:
    return sent.subject or (_("Text message") if sent.kind is Kind.TEXT else _("No subject"))


def _page(sent: Sent) -> SentPage:
    headers = {"To": sent.to, "From": sent.from_, "Subject": sent.subject}
    headers |= {name: sent.headers.get(name, "") for name in _HEADERS}
    blocks = re.split(r"\n[^\S\n]*\n\s*", sent.text.replace("\r\n", "\n").strip())
    return SentPage(
        subject=_subject(sent),
        at=sent.at,
        headers=tuple((name, tuple(_pieces(value))) for name, value in headers.items() if value),
        paragraphs=tuple(tuple(tuple(_pieces(line)) for line in block.split("\n")) for block in blocks),
    )


def _pieces(line: str) -> Iterator[Piece]:
    for position, text in enumerate(_LINK.split(line)):
        if text:
            yield Piece(text, link=position % 2 == 1)
