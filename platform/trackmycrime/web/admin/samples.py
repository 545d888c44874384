"""Made-up content of the shape that real content has: what a preview shows instead of anybody's case."""

from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain.cases import Officer, authors, offences, stages
from trackmycrime.domain.cases.stages import Stage
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.registry import Force
from trackmycrime.domain.tenancy.routing import destination
from trackmycrime.domain.tenancy.wording import Told
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _, language, ngettext
from trackmycrime.web.common.dates import day, day_line
from trackmycrime.web.common.frame import CaseBar, Form, Link
from trackmycrime.web.common.readers import who_reads
from trackmycrime.web.common.timeline import EntryLine, OfficerLine, timeline

_REFERENCE = "62/114907/26"
_OFFICER = Officer(UUID(int=0), "Sam Sample", "Detective Constable", "Investigations", "9999", None)


class SampleMessages(Struct, frozen=True):
    """What the page of messages shows of a case that does not exist."""

    new: str
    number_new: int
    latest: str
    earlier: str
    officer: OfficerLine | None
    can_write: bool
    who_reads: str
    due: str
    moves: bool
    interval: str
    phone: str
    urgent: str
    intro: Told
    support: tuple[Link, ...]
    older_href: str = ""
    due_passed: bool = False
    told_late: bool = False
    sent: str = ""
    case: str = ""
    danger: bool = False
    draft: bool = False
    closed: None = None


class SampleSignIn(Struct, frozen=True):
    """What the sign-in page shows to somebody new."""

    phone: str
    form: Form
    work: str = ""
    known: bool = False
    reset: bool = False
    card: bool = False


def messages(force: Force) -> SampleMessages:
    """Return a page of messages with something new on it."""
    configuration = force.configuration
    officer, days = authors.officer(configuration, _OFFICER), configuration.update_interval_days
    news, before = _entries(officer)
    to = destination(configuration, OffenceGroup.BURGLARY, "", now())
    return SampleMessages(
        new=timeline([news], language()),
        number_new=1,
        latest="",
        earlier=timeline(before, language()),
        officer=OfficerLine(officer, _OFFICER.unit, ""),
        can_write=configuration.has(Feature.TWO_WAY_MESSAGING),
        who_reads=who_reads(configuration, to, force.typical_reply),
        due=day(now() + timedelta(days=days)),
        moves=configuration.has(Feature.JOURNEY),
        interval=ngettext(
            "We update you at least once every %(num)s day.", "We update you at least once every %(num)s days.", days
        ),
        phone=configuration.contact.non_emergency,
        urgent=_("Messages here are not read 24 hours a day."),
        intro=force.told("page.messages"),
        support=(Link(_("Talk to someone who can help"), "/support"), Link(_("Your rights"), "/rights")),
    )


def sign_in(configuration: Configuration) -> SampleSignIn:
    """Return the sign-in page of somebody who comes for the first time."""
    return SampleSignIn(configuration.contact.non_emergency, Form({}, {}))


def case_bar(configuration: Configuration) -> CaseBar:
    """Return the bar of a burglary that never was."""
    due = day_line(now() + timedelta(days=configuration.update_interval_days))
    return CaseBar(offences.plain(OffenceGroup.BURGLARY), _REFERENCE, stages.plain(Stage.INVESTIGATION), due)


def navigation(configuration: Configuration) -> tuple[Link, ...]:
    """Return the menu that a victim of this force has."""
    has = configuration.has
    places = [
        (_("Messages"), True),
        (_("Progress"), has(Feature.JOURNEY)),
        (_("Property"), has(Feature.PROPERTY_PAGE)),
        (_("Support"), True),
        (_("Settings"), True),
    ]
    return tuple(Link(name, "/", current=place == 0) for place, (name, shown) in enumerate(places) if shown)


def _entries(officer: str) -> tuple[EntryLine, list[EntryLine]]:
    told = _(
        "We have looked at the pictures from the camera in your street. We will speak to two neighbours this week."
    )
    asked = _("Thank you. Is there anything I should do about the window?")
    noticed = _("An officer has been given your case")
    days = [now() - timedelta(days=number) for number in (1, 3, 6)]
    return EntryLine("sample-new", "officer", officer, days[0], told, language(), new=True, read_foot=""), [
        EntryLine("sample-sent", "sent", _("You"), days[1], asked, language(), new=False, read_foot=_("Not read yet")),
        EntryLine("sample-event", "system", noticed, days[2], "", language(), new=False, read_foot=""),
    ]
