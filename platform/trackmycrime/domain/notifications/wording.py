"""What notifications say: nothing of the case, the same for everybody, in the reader's language.

No crime, reference, name or officer: the person on the sofa may read it first (security.md, "Notifications").
"""

import hashlib
from uuid import UUID

from markupsafe import escape
from msgspec import Struct

from trackmycrime.domain.identity import staff
from trackmycrime.domain.notifications.queueing import NoticeKind
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.gateways.email import Email
from trackmycrime.gateways.text import Text
from trackmycrime.kit import links
from trackmycrime.kit.words import WELSH, _, language
from trackmycrime.tx import ForceTx

INVITE = "invite"
UNSUBSCRIBE = "unsubscribe"


class Words(Struct, frozen=True):
    """An email's words, in order."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str


def invite_link(tx: ForceTx, invite_id: UUID) -> str:
    """Return the link of an invitation, on the force's stored origin."""
    return f"{tx.force.origin}/register/{links.token(tx.keys, INVITE, invite_id)}{_spoken()}"


def _unsubscribe_link(tx: ForceTx, person_id: UUID) -> str:
    return f"{tx.force.origin}/unsubscribe/{links.token(tx.keys, UNSUBSCRIBE, person_id)}{_spoken()}"


def _spoken() -> str:
    """Lead to a page in the language of what the link stands in."""
    return f"?lang={WELSH}" if language() == WELSH else ""


def _sender(tx: ForceTx) -> str:
    published = configuration(tx)
    return published.name_cy if language() == WELSH and published.name_cy else published.from_name


def _victim_words(tx: ForceTx, kind: str, invite_id: UUID | None) -> Words:
    if kind == NoticeKind.INVITE and invite_id:
        opening = _("You have been invited to use an online service. Follow this link within 72 hours to set it up.")
        return Words(_("Your invitation"), (opening, _ignore()), invite_link(tx, invite_id))
    opening = _("There is something new for you to read. Sign in to read it.")
    return Words(_("You have a new message"), (opening, _ignore()), f"{tx.force.origin}/messages{_spoken()}")


def _ignore() -> str:
    return _("If you did not expect this, you can ignore it. We will never ask for your password.")


def victim_email(
    tx: ForceTx, notification_id: UUID, kind: str, person_id: UUID, to: str, invite_id: UUID | None
) -> Email:
    """Return an email to a victim; its Message-ID is the same at every try."""
    words = _victim_words(tx, kind, invite_id)
    return _email(tx, notification_id, to, words, _unsubscribe_link(tx, person_id))


def victim_text(tx: ForceTx, notification_id: UUID, kind: str, to: str, invite_id: UUID | None) -> Text:
    """Return a text message to a victim."""
    words = _victim_words(tx, kind, invite_id)
    return Text(to=to, body=f"{words.paragraphs[0]} {words.link}", reference=str(notification_id))


def staff_email(tx: ForceTx, notification_id: UUID, staff_id: UUID, to: str) -> Email:
    """Return an invitation to a member of staff."""
    link = f"{tx.force.origin}/staff/register/{staff.invitation_token(tx, staff_id)}"
    opening = _("You have been given access to the staff pages. Follow this link within 72 hours to create a password.")
    return _email(tx, notification_id, to, Words(_("Your access to TrackMyCrime"), (opening,), link), None)


def _email(tx: ForceTx, notification_id: UUID, to: str, words: Words, unsubscribe: str | None) -> Email:
    host = tx.force.origin.partition("://")[2].partition(":")[0]
    stop = (_("To stop these emails: %(link)s", link=unsubscribe),) if unsubscribe else ()
    return Email(
        to=to,
        from_name=_sender(tx),
        from_address=f"no-reply@{host}",
        subject=words.subject,
        text="\n\n".join((*words.paragraphs[:1], words.link, *words.paragraphs[1:], *stop)) + "\n",
        html=_html(words, unsubscribe),
        message_id=f"<{_stable(tx, notification_id)}@{host}>",
        unsubscribe_url=unsubscribe,
    )


def _stable(tx: ForceTx, notification_id: UUID) -> str:
    return hashlib.sha256(tx.keys.sign("message id", notification_id.bytes)).hexdigest()[:32]


def _html(words: Words, unsubscribe: str | None) -> str:
    def paragraph(text: str) -> str:
        return f"<p>{escape(text)}</p>"

    link = f'<p><a href="{escape(words.link)}">{escape(words.link)}</a></p>'
    stop = f'<p><a href="{escape(unsubscribe)}">{escape(_("Stop these emails"))}</a></p>' if unsubscribe else ""
    rest = "".join(paragraph(text) for text in words.paragraphs[1:])
    title = f"<title>{escape(words.subject)}</title>"
    opening = paragraph(words.paragraphs[0])
    return (
        f'<!DOCTYPE html><html lang="{language()}"><head>{title}</head><body>{opening}{link}{rest}{stop}</body></html>'
    )
