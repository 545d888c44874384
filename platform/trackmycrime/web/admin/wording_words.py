"""The words of administrators for the texts that a force may own: what each is, who reads it, what its places mean."""

from trackmycrime.domain.cases import offences
from trackmycrime.domain.tenancy import texts
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.texts import Event, Text, Where
from trackmycrime.kit.words import _
from trackmycrime.web.common import update_events

PATH = "wording"
# A text that nobody reads while a part of the service is off.
NEEDS = {
    "sent.message": Feature.TWO_WAY_MESSAGING,
    "page.progress": Feature.JOURNEY,
    "page.property": Feature.PROPERTY_PAGE,
}


def setting(path: str) -> str:
    """Name a text in one language by its path in the configuration."""
    key, _dot, spoken = path.removeprefix(f"{PATH}.").rpartition(".")
    text = texts.find(key)
    if text is None:
        return _("Wording")
    if text.choices:
        return title(text)
    name = title(text)
    return _("%(name)s, in Welsh", name=name) if spoken == "cy" else _("%(name)s, in English", name=name)


def title(text: Text) -> str:
    """Name a text."""
    if text.where is not Where.UPDATE:
        return _titles()[text.key]
    _update, event, *crime = text.key.split(".")
    name = update_events.events()[Event(event)]
    return _("%(event)s, after: %(crime)s", event=name, crime=offences.plain(OffenceGroup(crime[0]))) if crime else name


def _titles() -> dict[str, str]:
    return {
        "subject.invite": _("Subject of an invitation"),
        "subject.news": _("Subject when there is something to read"),
        "email.invite": _("Email: you are invited"),
        "email.news": _("Email: there is something to read"),
        "page.start": _("Start page: first sentence"),
        "page.messages": _("Messages: introduction"),
        "page.progress": _("Progress: introduction"),
        "page.property": _("Missing or damaged property: introduction"),
        "page.support": _("Support and advice: introduction"),
        "page.settings": _("Settings: introduction"),
        "sent.message": _("After a message was sent"),
    }


def headings() -> dict[Where, str]:
    """Name the places where texts are read."""
    return {
        Where.SUBJECT: _("Subjects of emails"),
        Where.EMAIL: _("Emails"),
        Where.PAGE: _("Pages"),
        Where.SENT: _("Confirmations"),
        Where.UPDATE: _("Texts for updates"),
    }


def read_by(text: Text) -> str:
    """Say who reads a text, and where."""
    return {
        Where.SUBJECT: _(
            "It shows in a list of emails, also to somebody who looks over a shoulder. So you choose one of these."
            " Victims at risk always get the national one."
        ),
        Where.EMAIL: _(
            "Victims read it in an email, and somebody else may read it first. It must not tell what it is about."
            " We add the link and the last lines. Victims at risk always get the national wording."
        ),
        Where.PAGE: _("Victims read it at the top of the page. On the start page and on Support everybody does."),
        Where.SENT: _("Victims read it right after they have sent a message."),
        Where.UPDATE: _(
            "Officers choose it on a case, change it as they need, and publish it. Victims read only what was published."
        ),
    }[text.where]


def places() -> dict[str, str]:
    """Say what is put into each place."""
    return {
        "force": _("the name of your force"),
        "officer": _("the officer in the case, as you show officers; “your officer” where there is none yet"),
        "phone": _("your number when it is not an emergency; your address online if you have no number"),
        "reply_days": _("within how many working days most replies come"),
        "sender": _("who emails come from"),
        "team": _("the name of the team that reads messages first"),
        "update_days": _("how often you promise an update, at least"),
    }
