"""Help: the questions people have about the service, answered for this force and the features that it has."""

from collections.abc import Iterator

from litestar import get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit.words import _, language, ngettext
from trackmycrime.web.common import frames
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.frame import Link
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.public.getting_in import getting_in
from trackmycrime.web.public.topics import Chapter, Topic, reach, relay, website


class HelpPage(Struct, frozen=True):
    """All that the page shows."""

    force: str
    phone: str
    chapters: tuple[Chapter, ...]


@get("/help", opt={"permission": Permission.PUBLIC})
async def help_page(visit: NamedDependency[Visit]) -> Page:
    """Answer what people ask about the service."""
    published = visit.site.configuration
    chapters = (
        Chapter("getting-in", _("Getting in"), tuple(getting_in(published))),
        Chapter("using", _("Using the service"), tuple(_using(published))),
        Chapter("telling-you", _("How we tell you that there is something new"), tuple(_telling(published))),
        Chapter("safe", _("Keeping your details safe"), tuple(_safe(published))),
        Chapter("other-ways", _("When to use something else"), tuple(_elsewhere(published))),
    )
    shown = HelpPage(visit.site.name, frames.phone(visit), chapters)
    return page("public/help/index.html", frames.of_support(visit), page=shown)


def _using(force: Configuration) -> Iterator[Topic]:
    yield Topic("pages", _("What is each page for?"), (), points=tuple(_pages(force)))
    if force.has(Feature.TWO_WAY_MESSAGING):
        yield Topic(
            "writing",
            _("How do I write to you?"),
            (_("Go to Messages. Write in the box and send it."), _readers(force)),
        )
    yield Topic("reply", _("How soon will I get an answer?"), tuple(_answers(force)))
    yield Topic(
        "updates",
        _("How often will I hear from you?"),
        (
            ngettext(
                "At least once every day, even if nothing has changed.",
                "At least once every %(num)s days, even if nothing has changed.",
                force.update_interval_days,
            ),
            _("We also tell you when something important happens. Your page shows the date of the next update."),
        ),
    )


def _pages(force: Configuration) -> Iterator[str]:
    yield _("Messages: news about your case, newest first")
    if force.has(Feature.JOURNEY):
        yield _("Progress: how far your case has come, and what may come next")
    if force.has(Feature.PROPERTY_PAGE):
        yield _("Property: what was taken or damaged, if you told us of anything")
    yield _("Support: people who can help you")
    yield _("Settings: how we tell you that there is something new")
    yield _("Your crimes: you see this only if you follow more than one")


def _readers(force: Configuration) -> str:
    team = force.routing.contact_team_in(language())
    return _("The %(team)s reads it first and passes it on. Then your officer reads it.", team=team)


def _answers(force: Configuration) -> Iterator[str]:
    if force.has(Feature.TWO_WAY_MESSAGING):
        days = force.routing.reply_working_days
        yield ngettext(
            "We aim to answer a message within %(num)s working day.",
            "We aim to answer a message within %(num)s working days.",
            days,
        )
        yield _("Messages are not read at night or all the time. Officers work shifts, so it may take longer.")
    else:
        yield _("You cannot write to us here. You can ask for an update or ask us to call you.")
    yield _("If it cannot wait, call us or use our website.")


def _telling(force: Configuration) -> Iterator[Topic]:
    choices = (
        _("Go to Settings. Turn emails and texts on or off, then choose Save.")
        if force.has(Feature.SMS)
        else _("Go to Settings. Turn emails on or off, then choose Save.")
    )
    yield Topic("notifications", _("How do I change how you tell me?"), (choices,), links=_settings())
    yield Topic(
        "email-address",
        _("How do I change my email address?"),
        (_("Only the police can change it. If anyone could, they could get into your account. Ask us."),),
        links=reach(force),
    )
    if force.has(Feature.SMS):
        number = (_("Go to Settings. Type the new number and choose Save. Then type the code that we send to it."),)
        yield Topic("mobile", _("How do I change my mobile number?"), number, links=_settings())
    yield Topic(
        "unsubscribe",
        _("How do I stop the emails?"),
        (
            _("Every email has a link to stop them. You do not have to sign in. You can start them again in Settings."),
            _("You can still sign in and read your messages here."),
        ),
        links=_settings(),
    )
    yield Topic(
        "what-emails-say",
        _("What do the emails say?"),
        (_("They say that there is something to read. They never name a crime, an officer or a crime reference."),),
    )


def _settings() -> tuple[Link, ...]:
    return (Link(_("Settings"), "/settings"),)


def _safe(force: Configuration) -> Iterator[Topic]:
    yield Topic(
        "details",
        _("How do I keep my details safe?"),
        (),
        (
            _("use a long password that nobody who knows you could guess"),
            _("do not use it anywhere else, and do not tell it to anyone"),
            _("sign out when you have finished"),
            _("on a phone or computer that others use, do not let it save your password"),
            _("we will never ask for your password, by phone, by email or face to face"),
        ),
    )
    yield Topic(
        "someone-else",
        _("I think someone else has been in my account"),
        (
            _("Choose a new password, from a phone or computer that only you use. This signs everyone else out."),
            _("Then tell us. If you are afraid of the person, call us first."),
        ),
        links=(Link(_("Choose a new password"), "/reset-password"), *reach(force)),
    )
    yield Topic(
        "safety",
        _("What if someone watches what I do?"),
        (_("Read how to use this site when someone may look at your phone or computer."),),
        links=(Link(_("Using this site safely"), "/help/safety"),),
    )


def _elsewhere(force: Configuration) -> Iterator[Topic]:
    yield Topic(
        "not-for",
        _("What must I not use this service for?"),
        (_("Nobody reads it all the time. Do not use it:"),),
        (
            _("when a crime is happening or someone is in danger: call 999"),
            _("to report a new crime"),
            _("to make, change or cancel an appointment"),
        ),
        reach(force),
    )
    yield Topic(
        "urgent",
        _("I have something urgent to tell you"),
        (
            _("In an emergency call 999. If you cannot speak, press 55 when you are asked to."),
            _("If it is not an emergency but it cannot wait, get in touch and give your crime reference."),
        ),
        links=(Link(_("Call 999"), "tel:999"), *reach(force)),
    )
    yield Topic(
        "contact",
        _("How do I contact the police?"),
        (_("Have your crime reference ready if you can."),),
        links=(*reach(force), *relay(force), *website(force)),
    )
    yield Topic(
        "support",
        _("I want to talk to someone who is not the police"),
        (_("There are people who can help you. They are not part of the police."),),
        links=(Link(_("Support and advice"), "/support"),),
    )
