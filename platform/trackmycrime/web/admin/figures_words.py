"""The words of the page of figures: what each figure is, what it says, and what can be done about it."""

from datetime import date

from trackmycrime.domain.figures import By, Measure, Overview, Period, this_month
from trackmycrime.domain.figures.finding import Finding
from trackmycrime.domain.figures.names import FAILED, LONGEST_WAIT, Figure
from trackmycrime.domain.figures.suppression import Hidden, Number
from trackmycrime.domain.notifications.queueing import Channel
from trackmycrime.domain.notifications.ready import Dropped
from trackmycrime.kit.words import _, ngettext
from trackmycrime.web.admin import desk
from trackmycrime.web.common.dates import month

_TENTHS = range(15, 95)  # of these shares "9 of 10" says enough; nearer to all or none it would hide who was left out


def figures() -> dict[Figure, str]:
    """Name every figure."""
    return {
        Figure.TOLD: _("Updates in time"),
        Figure.REPLY: _("First replies in time"),
        Figure.REGISTERED: _("People who registered"),
        Figure.DELIVERED: _("Notices that went out"),
    }


def heading(measure: Measure) -> str:
    """Say what a figure's newest month says, in a sentence."""
    said = {Figure.TOLD: _told, Figure.REPLY: _replied, Figure.REGISTERED: _registered, Figure.DELIVERED: _delivered}
    return said[measure.figure]()[measure.finding] % {
        "share": _share(measure.spoken.line.share),
        "month": month_of(measure.spoken.begins),
        "before": month(measure.before.begins),
    }


def month_of(begins: date) -> str:
    """Name a month that is shown."""
    return _("%(month)s so far", month=month(begins)) if begins == this_month() else month(begins)


def span(first: date, last: date) -> str:
    """Name the months from one to another, both included."""
    return _("%(first)s to %(last)s", first=month(first), last=month(last))


def _told() -> dict[Finding, str]:
    return {
        Finding.NOTHING: _("No update fell due in %(month)s"),
        Finding.TOO_FEW: _("Too few updates fell due in %(month)s to say how many came in time"),
        Finding.ALMOST_ALL: _("All but a few updates came in time in %(month)s"),
        Finding.ALMOST_NONE: _("Only a few updates came in time in %(month)s"),
        Finding.BETTER: _("%(share)s updates came in time in %(month)s, more than in %(before)s"),
        Finding.WORSE: _("%(share)s updates came in time in %(month)s, fewer than in %(before)s"),
        Finding.SAME: _("%(share)s updates came in time in %(month)s, much as in %(before)s"),
        Finding.ALONE: _("%(share)s updates came in time in %(month)s"),
    }


def _replied() -> dict[Finding, str]:
    return {
        Finding.NOTHING: _("No message waited for a reply in %(month)s"),
        Finding.TOO_FEW: _("Too few messages came in %(month)s to say how many were answered in time"),
        Finding.ALMOST_ALL: _("All but a few messages were answered in time in %(month)s"),
        Finding.ALMOST_NONE: _("Only a few messages were answered in time in %(month)s"),
        Finding.BETTER: _("%(share)s messages were answered in time in %(month)s, more than in %(before)s"),
        Finding.WORSE: _("%(share)s messages were answered in time in %(month)s, fewer than in %(before)s"),
        Finding.SAME: _("%(share)s messages were answered in time in %(month)s, much as in %(before)s"),
        Finding.ALONE: _("%(share)s messages were answered in time in %(month)s"),
    }


def _registered() -> dict[Finding, str]:
    return {
        Finding.NOTHING: _("Nobody was invited in %(month)s"),
        Finding.TOO_FEW: _("Too few people were invited in %(month)s to say how many registered"),
        Finding.ALMOST_ALL: _("All but a few people invited in %(month)s have registered"),
        Finding.ALMOST_NONE: _("Only a few people invited in %(month)s have registered"),
        Finding.BETTER: _("%(share)s people invited in %(month)s have registered, more than of %(before)s"),
        Finding.WORSE: _("%(share)s people invited in %(month)s have registered, fewer than of %(before)s"),
        Finding.SAME: _("%(share)s people invited in %(month)s have registered, much as of %(before)s"),
        Finding.ALONE: _("%(share)s people invited in %(month)s have registered"),
    }


def _delivered() -> dict[Finding, str]:
    return {
        Finding.NOTHING: _("There was no notice to send in %(month)s"),
        Finding.TOO_FEW: _("Too few notices were written in %(month)s to say how many went out"),
        Finding.ALMOST_ALL: _("All but a few notices went out in %(month)s"),
        Finding.ALMOST_NONE: _("Only a few notices went out in %(month)s"),
        Finding.BETTER: _("%(share)s notices went out in %(month)s, more than in %(before)s"),
        Finding.WORSE: _("%(share)s notices went out in %(month)s, fewer than in %(before)s"),
        Finding.SAME: _("%(share)s notices went out in %(month)s, much as in %(before)s"),
        Finding.ALONE: _("%(share)s notices went out in %(month)s"),
    }


def _share(share: int | None) -> str:
    """Return how many of all, before what is counted."""
    if share is None:
        return ""
    if share in _TENTHS:
        return _("About %(number)s of 10", number=(share + 5) // 10)
    return {100: _("All"), 0: _("None of the")}.get(share) or _("%(number)s%% of", number=share)


def meaning(figure: Figure, found: Overview) -> str:
    """Say in a sentence or two what a figure counts."""
    days = ngettext("%(num)s day", "%(num)s days", found.interval_days)
    usual = ngettext("%(num)s working day", "%(num)s working days", found.usual)
    return {
        Figure.TOLD: _(
            "Of the updates that fell due in the month, how many had come by then. One is due %(days)s after the report, and again %(days)s after each update, as victims are promised. Whoever still waits counts as late.",
            days=days,
        ),
        Figure.REPLY: _(
            "Of the messages that victims wrote in the month, how many were answered within %(days)s, as they are told to expect. Whoever still waits after that counts as late.",
            days=usual,
        ),
        Figure.REGISTERED: _(
            "Of the people who were invited for the first time in the month, how many have registered by the end of the next."
        ),
        Figure.DELIVERED: _(
            "Of the emails and text messages to people that were to go out in the month, how many were sent. They say only that there is something to read."
        ),
    }[figure]


def heads(figure: Figure) -> tuple[str, str, str, str]:
    """Return the heads of the columns: how many there were, how many were kept and not, and how many of a hundred."""
    return {
        Figure.TOLD: (_("Fell due"), _("In time"), _("Late"), _("In time, of 100")),
        Figure.REPLY: (_("Messages"), _("In time"), _("Late"), _("In time, of 100")),
        Figure.REGISTERED: (_("Invited"), _("Registered"), _("Not registered"), _("Registered, of 100")),
        Figure.DELIVERED: (_("Notices"), _("Sent"), _("Not sent"), _("Sent, of 100")),
    }[figure]


def to_do(figure: Figure) -> tuple[str, str, str]:
    """Say in a sentence what can be done, and where: the words of the link, and its address."""
    return {
        Figure.TOLD: (
            _("Ask the supervisors of the units at the top what waits, and whether somebody acts for whoever is away."),
            _("See who works where"),
            desk.STAFF,
        ),
        Figure.REPLY: (
            _(
                "Check which team reads what victims write, when it is on duty, and where a message goes that nobody opens."
            ),
            _("See who reads first"),
            desk.ROUTING,
        ),
        Figure.REGISTERED: (
            _(
                "Read the invitation as a victim does: it must say plainly what they get, and that it is really from you."
            ),
            _("Change its words"),
            desk.WORDING,
        ),
        Figure.DELIVERED: (
            _(
                "An officer puts a missing address or number right on the case. Without text messages only email is left."
            ),
            _("See what is switched on"),
            desk.FEATURES,
        ),
    }[figure]


def periods() -> dict[Period, str]:
    """Name what the parts of a figure can be shown of."""
    return {
        Period.LAST: _("Last month"),
        Period.THIS: _("This month so far"),
        Period.THREE: _("Last 3 whole months"),
    }


def by(what: By) -> str:
    """Name what a figure is told apart by."""
    return {By.UNIT: _("By unit"), By.CHANNEL: _("By email and text"), By.REASON: _("Why notices did not go out")}[what]


def part(what: By, name: str) -> str:
    """Name a row; units are named by the force."""
    if what is By.UNIT:
        return name or _("No unit yet")
    named: dict[str, str] = _ways() if what is By.CHANNEL else _reasons()
    return named.get(name, name)


def _ways() -> dict[str, str]:
    return {Channel.EMAIL: _("Email"), Channel.TEXT: _("Text message")}


def _reasons() -> dict[str, str]:
    return {
        FAILED: _("Nobody took it: the address or number does not work, or the provider failed"),
        Dropped.AT_RISK: _("It was not safe to write to them"),
        Dropped.OTHER_CHANNEL: _("Only another way is safe for them"),
        Dropped.NO_ADDRESS: _("No address or number is known"),
        Dropped.SWITCHED_OFF: _("They switched notices off, or had registered already"),
        Dropped.INVITE_ENDED: _("The invitation had ended"),
        Dropped.RESET_ENDED: _("The link for a new password had ended"),
        Dropped.CODE_ENDED: _("The code had ended"),
    }


def others(what: By, number: int) -> str:
    """Name the row of those that are put together."""
    if what is By.UNIT:
        return ngettext("%(num)s unit together", "%(num)s units together", number)
    return ngettext("%(num)s together", "%(num)s together", number)


def number(counted: Number) -> str:
    """Return a count as it may be shown."""
    if isinstance(counted, Hidden):
        return {Hidden.FEW: _("Fewer than 5"), Hidden.UNSAID: _("Not shown")}[counted]
    return f"{counted:,}"


def percent(share: int | None) -> str:
    """Return how many of a hundred."""
    return _("Not shown") if share is None else f"{share}%"


def wait(days: int) -> str:
    """Return the typical wait for a reply."""
    if not days:
        return _("Too few replies")
    if days == LONGEST_WAIT:
        return _("More than %(number)s working days", number=LONGEST_WAIT - 1)
    return ngettext("%(num)s working day", "%(num)s working days", days)
