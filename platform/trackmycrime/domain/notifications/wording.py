"""What notifications say: nothing of the case, the same for everybody, in the reader's language.

No crime, reference, name or officer: the person on the sofa may read it first (security.md, "Notifications").
"""

import hashlib
from uuid import UUID

from markupsafe import escape
from msgspec import Struct

from trackmycrime.domain.identity import staff
from trackmycrime.domain.notifications.queueing import Channel, NoticeKind
from trackmycrime.domain.notifications.ready import Ready
from trackmycrime.domain.people import Leave, Person, Risk
from trackmycrime.domain.tenancy import own_words
from trackmycrime.domain.tenancy.brand import logo_address
from trackmycrime.domain.tenancy.registry import configuration, spoken
from trackmycrime.gateways.email import Email
from trackmycrime.gateways.text import Text
from trackmycrime.kit import links
from trackmycrime.kit.sealing import Keyring
from trackmycrime.kit.time import now
from trackmycrime.kit.words import WELSH, _, language, speaking
from trackmycrime.store.notifications import Due
from trackmycrime.tx import ForceTx

INVITE = "invite"
RESET = "reset"
UNSUBSCRIBE = "unsubscribe"
LOGO_HEIGHT = 44  # pixels, as on pages


class Words(Struct, frozen=True):
    """An email's words, in order."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str


class Manner(Struct, frozen=True):
    """How it is said.

    What is `neutral` names no force anywhere; news that is not `linked` says only that there is some. Only an email to
    somebody who is not at risk may be in the force's `own` words.
    """

    neutral: bool = False
    linked: bool = True
    own: bool = False


PLAIN = Manner()
"""As it is said where nobody asked for anything else."""


def invite_link(tx: ForceTx, invite_id: UUID, *, neutral: bool = False) -> str:
    """Return the link of an invitation, on the force's stored origin; a neutral one names no force."""
    token = links.token(tx.keys, INVITE, invite_id) + _spoken()
    return f"{_nobodys(tx)}/invitations/{tx.force.id}/{token}" if neutral else f"{tx.force.origin}/register/{token}"


def _spoken() -> str:
    """Lead to a page in the language of what the link stands in."""
    return f"?lang={WELSH}" if language() == WELSH else ""


def _reset_link(tx: ForceTx, reset_id: UUID, *, neutral: bool) -> str:
    token = links.token(tx.keys, RESET, reset_id) + _spoken()
    return f"{_nobodys(tx)}/resets/{tx.force.id}/{token}" if neutral else f"{tx.force.origin}/reset-password/{token}"


def is_of(keys: Keyring, purpose: str, token: str) -> bool:
    """Say whether the force with these keys made this link for this purpose."""
    return links.opened(keys, purpose, token) is not None


def _unsubscribe_link(tx: ForceTx, person_id: UUID, *, neutral: bool) -> str:
    token = links.token(tx.keys, UNSUBSCRIBE, person_id) + _spoken()
    return f"{_nobodys(tx)}/unsubscribe/{tx.force.id}/{token}" if neutral else f"{tx.force.origin}/unsubscribe/{token}"


def _nobodys(tx: ForceTx) -> str:
    """Return the origin that all forces share: the force's own without its name."""
    return tx.force.origin.replace(f"//{tx.force.slug}.", "//", 1)


def _sender(tx: ForceTx, *, neutral: bool) -> str:
    if neutral:
        return _("Online service")
    return own_words.sender(configuration(tx))


def _victim_words(tx: ForceTx, kind: str, opens: UUID | None, manner: Manner) -> Words:
    if kind == NoticeKind.INVITE and opens:
        opening = _("You have been invited to use an online service. Follow this link within 72 hours to set it up.")
        return Words(_("Your invitation"), (opening, _ignore()), invite_link(tx, opens, neutral=manner.neutral))
    if kind == NoticeKind.RESET and opens:
        opening = _("Follow this link within 30 minutes. It works once.")
        return Words(
            _("The link that was asked for"), (opening, _ignore()), _reset_link(tx, opens, neutral=manner.neutral)
        )
    opening = _("There is something new for you to read. Sign in to read it.")
    link = f"{tx.force.origin}/messages/latest{_spoken()}" if manner.linked and not manner.neutral else ""
    return Words(_("You have a new message"), (opening, _ignore()), link)


def _ignore() -> str:
    return _("If you did not expect this, you can ignore it. We will never ask for your password.")


def to_victim(
    tx: ForceTx, due: Due, person: Person, address: str, leave: Leave, opens: UUID | None, *, linked: bool = True
) -> Ready:
    """Return what a victim is sent, in their language; later, where it is not the time for it."""
    moment = now()
    later = leave.next_moment(moment)
    if later > moment:
        return Ready(due, None, later=later)
    own = leave.safe is None and leave.risk is Risk.NONE
    manner = Manner(neutral=leave.safe is not None, linked=linked, own=own)
    with speaking(spoken(tx, person.language)):
        if due.channel == Channel.EMAIL:
            return Ready(due, victim_email(tx, due.id, due.kind, person.id, address, opens, manner))
        return Ready(due, victim_text(tx, due.id, due.kind, address, opens, manner))


def victim_email(
    tx: ForceTx, notification_id: UUID, kind: str, person_id: UUID, to: str, opens: UUID | None, manner: Manner = PLAIN
) -> Email:
    """Return an email to a victim; its Message-ID is the same at every try. `opens` is what its link opens."""
    words = _own(tx, kind, _victim_words(tx, kind, opens, manner), manner)
    unsubscribe = _unsubscribe_link(tx, person_id, neutral=manner.neutral)
    logo = _logo(tx) if manner.own and not manner.neutral else ""
    return _email(tx, notification_id, to, words, unsubscribe, neutral=manner.neutral, logo=logo)


def _logo(tx: ForceTx) -> str:
    """Return the force's logo as an email shows it, "" unless the name that it comes from names the force anyway.

    Its address is the same for everybody, so that nobody learns who opened what.
    """
    published = configuration(tx)
    address = logo_address(published.brand)
    if not address or published.from_name != published.name:
        return ""
    name = escape(published.name_in(language()))
    return f'<p><img src="{escape(tx.force.origin + address)}" alt="{name}" height="{LOGO_HEIGHT}"></p>'


def _own(tx: ForceTx, kind: str, words: Words, manner: Manner) -> Words:
    """Return an email's words as the force says them: what stands above them is one of a few, and ours is what stands below."""
    if not manner.own or manner.neutral or kind == NoticeKind.RESET:
        return words
    name = "invite" if kind == NoticeKind.INVITE else "news"
    subject, opening = (own_words.line(configuration(tx), f"{of}.{name}") for of in ("subject", "email"))
    return Words(subject, (opening, *words.paragraphs[1:]), words.link)


def victim_text(
    tx: ForceTx, notification_id: UUID, kind: str, to: str, opens: UUID | None, manner: Manner = PLAIN
) -> Text:
    """Return a text message to a victim."""
    words = _victim_words(tx, kind, opens, manner)
    return Text(to=to, body=f"{words.paragraphs[0]} {words.link}".rstrip(), reference=str(notification_id))


def code(tx: ForceTx, due: Due, person: Person, number: str, figures: str) -> Ready:
    """Return a text message with a code. It says nothing of police: the number may not be theirs who typed it."""
    with speaking(spoken(tx, person.language)):
        body = _("%(code)s is your code. Nobody will ever ask you for it.", code=figures)
    return Ready(due, Text(to=number, body=body, reference=str(due.id)))


def to_staff(tx: ForceTx, notification_id: UUID, to: str, words: Words) -> Email:
    """Return an email to a member of staff."""
    return _email(tx, notification_id, to, words, None, logo=_logo(tx))


def staff_email(tx: ForceTx, notification_id: UUID, staff_id: UUID, to: str) -> Email:
    """Return an invitation to a member of staff."""
    link = f"{tx.force.origin}/staff/register/{staff.invitation_token(tx, staff_id)}"
    opening = _("You have been given access to the staff pages. Follow this link within 72 hours to create a password.")
    return to_staff(tx, notification_id, to, Words(_("Your access to TrackMyCrime"), (opening,), link))


def _email(
    tx: ForceTx,
    notification_id: UUID,
    to: str,
    words: Words,
    unsubscribe: str | None,
    *,
    neutral: bool = False,
    logo: str = "",
) -> Email:
    origin = _nobodys(tx) if neutral else tx.force.origin
    host = origin.partition("://")[2].partition(":")[0]
    stop = (_("To stop these emails: %(link)s", link=unsubscribe),) if unsubscribe else ()
    return Email(
        to=to,
        from_name=_sender(tx, neutral=neutral),
        from_address=f"no-reply@{host}",
        subject=words.subject,
        text="\n\n".join(filter(None, (*words.paragraphs[:1], words.link, *words.paragraphs[1:], *stop))) + "\n",
        html=_html(words, unsubscribe, logo),
        message_id=f"<{_stable(tx, notification_id)}@{host}>",
        unsubscribe_url=unsubscribe,
    )


def _stable(tx: ForceTx, notification_id: UUID) -> str:
    return hashlib.sha256(tx.keys.sign("message id", notification_id.bytes)).hexdigest()[:32]


def _html(words: Words, unsubscribe: str | None, logo: str) -> str:
    def paragraph(text: str) -> str:
        return f"<p>{escape(text)}</p>"

    link = f'<p><a href="{escape(words.link)}">{escape(words.link)}</a></p>' if words.link else ""
    stop = f'<p><a href="{escape(unsubscribe)}">{escape(_("Stop these emails"))}</a></p>' if unsubscribe else ""
    rest = "".join(paragraph(text) for text in words.paragraphs[1:])
    title = f"<title>{escape(words.subject)}</title>"
    opening = paragraph(words.paragraphs[0])
    body = f"{logo}{opening}{link}{rest}{stop}"
    return f'<!DOCTYPE html><html lang="{language()}"><head>{title}</head><body>{body}</body></html>'
