"""The texts that a force may say in its own words: where each is read, what may stand in it, and the national wording."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from msgspec import Struct

from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.wording import Wording
from trackmycrime.kit.words import ENGLISH, WELSH, _, language, speaking


class Where(StrEnum):
    """Where a text is read."""

    SUBJECT = "subject"
    EMAIL = "email"
    PAGE = "page"
    SENT = "sent"
    UPDATE = "update"


class Event(StrEnum):
    """What an update is about, in the words of the events of record systems."""

    WITNESS_IDENTIFIED = "witness_identified"
    SUSPECT_IDENTIFIED = "suspect_identified"
    ARREST = "arrest"
    INTERVIEW = "interview"
    BAIL = "bail"
    CHARGE = "charge"
    NO_FURTHER_ACTION = "no_further_action"
    PROPERTY_RECOVERED = "property_recovered"


class Text(Struct, frozen=True):
    """A text that a force may own.

    `national` says it without a force's own words, in the language of the moment. `places` are the ((places)) that it may
    have, `longest` its most characters. Some have several `lines`, some may have links. Of one with `choices` a force
    chooses one, as it stands: nobody types it.
    """

    key: str
    where: Where
    national: Callable[[], str]
    places: tuple[str, ...] = ()
    longest: int = 400
    lines: bool = False
    links: bool = False
    choices: Callable[[], tuple[str, ...]] | None = None


_OF_FORCE = ("force", "phone", "team", "reply_days", "update_days")
_OF_EMAIL = ("sender", "phone")
_OF_UPDATE = ("officer", "force", "phone", "team", "update_days")


def invite_subjects() -> tuple[str, ...]:
    """Return what may stand above an invitation: nothing that tells what it is about."""
    return (_("Your invitation"), _("You can now set up your account"), _("An invitation from an online service"))


def news_subjects() -> tuple[str, ...]:
    """Return what may stand above news: nothing that tells what it is about."""
    return (_("You have a new message"), _("There is something new to read"), _("Something new in your account"))


def _update(event: Event) -> str:
    return {
        Event.WITNESS_IDENTIFIED: _("Somebody has told us what they saw. We are looking at what they said."),
        Event.SUSPECT_IDENTIFIED: _("We think we know who did this. We will tell you here what happens next."),
        Event.ARREST: _("We have arrested somebody in your case. We will tell you here what happens next."),
        Event.INTERVIEW: _("We have asked somebody about what happened to you. We will tell you here what comes next."),
        Event.BAIL: _(
            "Somebody we arrested in your case has been let go for now. They must come back when we tell them to."
            " Tell us if you do not feel safe. In an emergency call 999."
        ),
        Event.CHARGE: _("Somebody has been charged in your case. It now goes to court. We will tell you the date."),
        Event.NO_FURTHER_ACTION: _(
            "We have looked at all that we could find. We are not going further with your case for now."
            " You can ask us why. You can also ask us to look at it again."
        ),
        Event.PROPERTY_RECOVERED: _("We have found something that may be yours. We will tell you how to get it back."),
    }[event]


def _start() -> str:
    force = "((force))"
    return _(
        "If you reported a crime to %(force)s and we invited you, you can see here what is happening with it.",
        force=force,
    )


def _nothing() -> str:
    return ""


def _page(name: str, national: Callable[[], str] = _nothing) -> Text:
    return Text(f"page.{name}", Where.PAGE, national, _OF_FORCE, 400, lines=True, links=True)


def _of_update(event: Event, crime: OffenceGroup | None = None) -> Text:
    key = update_key(event, crime)
    return Text(key, Where.UPDATE, lambda: _update(event), _OF_UPDATE, 2000, lines=True, links=True)


def update_key(event: Event, crime: OffenceGroup | None = None) -> str:
    """Name the text of an update about an event, after one kind of crime or after all."""
    return f"update.{event}.{crime}" if crime else f"update.{event}"


_OWNED = (
    Text("subject.invite", Where.SUBJECT, lambda: invite_subjects()[0], choices=invite_subjects),
    Text("subject.news", Where.SUBJECT, lambda: news_subjects()[0], choices=news_subjects),
    Text(
        "email.invite",
        Where.EMAIL,
        lambda: _("You have been invited to use an online service. Follow this link within 72 hours to set it up."),
        _OF_EMAIL,
    ),
    Text(
        "email.news",
        Where.EMAIL,
        lambda: _("There is something new for you to read. Sign in to read it."),
        _OF_EMAIL,
    ),
    _page("start", _start),
    _page("messages"),
    _page("progress"),
    _page("property", lambda: _("This is what we have recorded for your case.")),
    _page(
        "support",
        lambda: _(
            "You can use these services if you did not report a crime. You can use them whatever happens with your case."
        ),
    ),
    _page("settings"),
    Text("sent.message", Where.SENT, lambda: _("Your message has been sent"), _OF_FORCE, 200),
    *(_of_update(event) for event in Event),
)
_OF_CRIMES = tuple(_of_update(event, crime) for event in Event for crime in OffenceGroup)
_BY_KEY = {text.key: text for text in (*_OWNED, *_OF_CRIMES)}


def all_of_them() -> tuple[Text, ...]:
    """Return every text, in the order in which people meet them; an update's texts for kinds of crime come with `of_crimes`."""
    return _OWNED


def of_crimes() -> tuple[Text, ...]:
    """Return the texts of updates that are for one kind of crime only: their national wording is that for all crimes."""
    return _OF_CRIMES


def find(key: str) -> Text | None:
    """Return the text of a name, or None."""
    return _BY_KEY.get(key)


def said(own: Iterable[Wording], text: Text) -> str:
    """Return what a force says, in the language of the moment, with its ((places)); the national text where it has no own."""
    found = next((wording for wording in own if wording.key == text.key), None)
    if found is None:
        return text.national()
    if text.choices:
        return _chosen(text.choices, found.en) or text.national()
    return (found.cy if language() == WELSH else found.en) or text.national()


def _chosen(choices: Callable[[], tuple[str, ...]], english: str) -> str:
    with speaking(ENGLISH):
        position = {sentence: at for at, sentence in enumerate(choices())}.get(english)
    return "" if position is None else choices()[position]
