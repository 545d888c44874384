"""What a force says in its own words, filled in: for pages, emails and the officers who write updates."""

from trackmycrime.domain.tenancy import texts
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.texts import Event, Text, Where
from trackmycrime.domain.tenancy.wording import Told, filled, told
from trackmycrime.kit.words import WELSH, _, language, ngettext, speaking


def values(configuration: Configuration, officer: str = "") -> dict[str, str]:
    """Return what is put into ((places)), in the language of the moment; each says something, whatever is missing."""
    contact, routing = configuration.contact, configuration.routing
    return {
        "force": configuration.name_in(language()),
        "officer": officer.strip() or _("your officer"),
        "phone": contact.non_emergency or contact.web,
        "reply_days": _days_of_work(routing.reply_working_days),
        "sender": sender(configuration),
        "team": routing.contact_team_in(language()),
        "update_days": ngettext("%(num)s day", "%(num)s days", configuration.update_interval_days),
    }


def _days_of_work(days: int) -> str:
    return ngettext("%(num)s working day", "%(num)s working days", days)


def sender(configuration: Configuration) -> str:
    """Return who emails come from, in the language of the moment."""
    return (language() == WELSH and configuration.name_cy) or configuration.from_name


def line(configuration: Configuration, key: str) -> str:
    """Return a text of one paragraph, in the language of the moment. Raises KeyError for one that there is not."""
    return filled(texts.said(configuration.wording, _need(key)), values(configuration))


def paragraphs(configuration: Configuration, key: str) -> Told:
    """Return a page's text, in the language of the moment. Raises KeyError for one that there is not."""
    return told(texts.said(configuration.wording, _need(key)), values(configuration))


def on_pages(configuration: Configuration, spoken: str) -> dict[str, Told]:
    """Return every text that stands on a page, in a language, by its name."""
    with speaking(spoken):
        on_page = [text.key for text in texts.all_of_them() if text.where in {Where.PAGE, Where.SENT}]
        return {key: paragraphs(configuration, key) for key in on_page}


def update(configuration: Configuration, event: Event, crime: OffenceGroup, officer: str) -> str:
    """Return what an update about an event may begin with: the force's own words for this crime, for all, or the national."""
    owned = {wording.key for wording in configuration.wording}
    key = texts.update_key(event, crime)
    text = _need(key if key in owned else texts.update_key(event))
    return filled(texts.said(configuration.wording, text), values(configuration, officer))


def _need(key: str) -> Text:
    found = texts.find(key)
    if found is None:
        raise KeyError(key)
    return found
