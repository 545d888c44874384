"""What people ask who cannot get in, or want to get in more safely."""

from collections.abc import Iterator

from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit.words import _, language
from trackmycrime.web.common.frame import Link
from trackmycrime.web.public.topics import Topic, reach


def getting_in(force: Configuration) -> Iterator[Topic]:
    """Give the questions, with their answers."""
    yield Topic(
        "who",
        _("Who can use this service?"),
        (
            _(
                "You can use it if you are the victim of a crime, you are 18 or over, and we have sent you an invitation."
            ),
            _(
                "Not every crime can be followed here. Sometimes we talk to you first, to find out if it is safe for you."
            ),
            *filter(None, [force.offences.elsewhere_in(language())]),
        ),
    )
    yield Topic(
        "no-invitation",
        _("I have not had a welcome email"),
        (_("It can take a day or more. Look in your junk or spam folder too. The link in it works for 3 days."),),
        (
            _("ask us if we have the right email address for you"),
            _("ask us for a new link if yours has stopped working"),
            _("ask us if your crime can be followed here"),
        ),
        reach(force),
    )
    yield Topic(
        "lost-reference",
        _("I have lost my crime reference number"),
        (_("It is in the letter, email or text you got when you reported the crime. If you cannot find it, ask us."),),
        links=reach(force),
    )
    yield Topic(
        "forgotten-password",
        _("I have forgotten my password"),
        (
            _("Ask for a link to choose a new one. We send it to the email address that we have for you."),
            _("If you cannot get into that email, or someone else can, talk to us."),
        ),
        links=(Link(_("Choose a new password"), "/reset-password"), *reach(force)),
    )
    yield Topic(
        "cannot-sign-in",
        _("I cannot sign in"),
        (
            _("Check your crime reference, your date of birth, and your last name as we wrote it down."),
            _("After several wrong tries you have to wait. It may take up to an hour."),
        ),
        links=(Link(_("Sign in"), "/sign-in"), *reach(force)),
    )
    yield Topic(
        "more-than-a-password",
        _("Can I sign in with more than a password?"),
        (_("Yes. Go to Settings, then to How you sign in. You can add:"),),
        tuple(_ways(force)),
        (Link(_("Settings"), "/settings"),),
    )
    yield Topic(
        "lost-phone",
        _("I have lost my phone or my card of codes"),
        (_("Call us. When we know that it is you, we take the old ones away, so that nobody else can use them."),),
        links=reach(force),
    )
    yield Topic(
        "wrong-details",
        _("My name or my date of birth is wrong"),
        (_("Only the police can change them. This keeps your account yours."),),
        links=reach(force),
    )


def _ways(force: Configuration) -> Iterator[str]:
    yield _("a passkey: you use your finger, your face or the code of your phone, and type nothing")
    yield _("an app that shows a new code every 30 seconds")
    if force.has(Feature.SMS):
        yield _("a code that we send to your phone by text")
    yield _("a card of ten codes on paper, which lets you in when someone tries to keep you out")
