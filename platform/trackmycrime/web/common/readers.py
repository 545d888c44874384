"""What victims are told about who reads what they write, and when: on the page that they write on, and to whoever tries it out."""

from datetime import datetime

from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.routing import Destination
from trackmycrime.kit.words import WELSH, _, kept, language, ngettext
from trackmycrime.web.common.dates import coming_at


def who_reads(configuration: Configuration, to: Destination, measured: int) -> str:
    """Say who reads a message first, how soon people get a reply, and out of hours when they are back.

    `measured` is within how many working days most people get a reply, 0 while nobody can say.
    """
    first = _promised(to.name_in(language()), to.reply_working_days, measured)
    return f"{first} {away(configuration, to)}" if to.back_at else first


def away(configuration: Configuration, to: Destination) -> str:
    """Say when those who read it are on duty next, and what the force adds; "" while they are, or where nobody says."""
    routing = configuration.routing
    added = (language() == WELSH and routing.out_of_hours_cy) or routing.out_of_hours
    return _away(to.name_in(language()), to.back_at, added) if to.back_at else ""


@kept
def _promised(team: str, aim: int, measured: int) -> str:
    first = _("The %(team)s reads your message first, then your officer.", team=team)
    return f"{first} {_most_replies(measured) if measured else _aim(aim)}"


@kept
def _away(team: str, back_at: datetime, added: str) -> str:
    said = _("The %(team)s is not at work now. They are back on %(when)s.", team=team, when=coming_at(back_at))
    return f"{said} {added}".rstrip()


def _most_replies(days: int) -> str:
    return ngettext(
        "Most people get a reply within %(num)s working day.",
        "Most people get a reply within %(num)s working days.",
        days,
    )


def _aim(days: int) -> str:
    return ngettext("We aim to reply within %(num)s working day.", "We aim to reply within %(num)s working days.", days)
