"""The frame of a page, made from whose site it is and who looks at it."""

import secrets
from collections.abc import Callable
from urllib.parse import quote

from msgspec import structs

from trackmycrime.domain.identity import sessions
from trackmycrime.domain.identity.sessions import Session
from trackmycrime.domain.tenancy import brand
from trackmycrime.domain.tenancy.brand import Brand, logo_address
from trackmycrime.kit.actor import Kind
from trackmycrime.kit.words import _, kept, language, ngettext
from trackmycrime.web.common import menu, speech
from trackmycrime.web.common.frame import CaseBar, Frame, Link, Logo
from trackmycrime.web.common.permissions import Permission, kind_for
from trackmycrime.web.common.visit import AnyRequest, Visit, visit_of

NATIONAL_COLOUR = "#1f2a37"
EXIT = "/exit"


def frame(
    visit: Visit,
    *,
    navigation: tuple[Link, ...] = (),
    case_bar: CaseBar | None = None,
    exit_href: str | None = None,
    home: str = "/",
    wide: bool = False,
    footnote: str = "",
    put: Callable[[str], str] = str,
) -> Frame:
    """Return the frame of a page on a force's site, on the console or on the national front page.

    `put` is where the reader's own things go on a page with holes.
    """
    force = visit.force
    published = force.configuration if force else None
    return Frame(
        language=language(),
        organisation=force.name if force else _("Ministry of Justice"),
        brand_href=brand.address(published.brand) if published else "",
        theme_colour=published.brand.header if published else NATIONAL_COLOUR,
        emblem=published.brand.emblem if published else "star",
        logo=_logo(published.brand) if published else None,
        service="TrackMyCrime",
        home=home,
        navigation=navigation,
        csrf=put(visit.csrf),
        once=put(secrets.token_urlsafe(16)),
        exit_href=exit_href,
        case_bar=case_bar,
        switch=speech.switch(visit),
        footer=(*_footer(), *_of_the_force(visit)) if force else (),
        footnote=footnote or _footnote(visit),
        wide=wide,
        body_class="",
        idle_seconds=_idle_seconds(visit),
    )


def _idle_seconds(visit: Visit) -> int:
    session = visit.session
    if isinstance(session, Session) and session.actor.kind is Kind.VICTIM:
        return int(sessions.idle(session).total_seconds())
    return 0


def plain(visit: Visit, current: str = "") -> Frame:
    """Return the frame of a page that anybody may see, with the menu of those who are signed in.

    `current` is the menu's place of the page.
    """
    if visit.actor.kind is Kind.VICTIM:
        links = menu.links(visit.site.configuration, menu.own_case(visit), current)
        return frame(visit, navigation=links, exit_href=EXIT, home="/messages")
    if visit.actor.kind is Kind.STAFF:
        start = "/admin" if visit.actor.role == "admin" else "/staff"
        links = (Link(_("Start"), start), Link(_("Sign out"), "/staff/sign-out"))
        return frame(visit, navigation=links, home=start, footnote=staff_footnote())
    return frame(visit)


def of_support(visit: Visit, current: str = "") -> Frame:
    """Return the plain frame of a page about help, which people may have to leave in a hurry without being signed in."""
    shown = plain(visit, current)
    return shown if visit.session else structs.replace(shown, exit_href=EXIT)


def staff_footnote() -> str:
    """Return what the pages of staff say at their foot."""
    return _("Staff only. What you open here is recorded.")


@kept
def _footer() -> tuple[Link, ...]:
    return (
        Link(_("Help"), "/help"),
        Link(_("Using this site safely"), "/help/safety"),
        Link(_("Your rights"), "/rights"),
        Link(_("Words explained"), "/glossary"),
        Link(_("Privacy"), "/privacy"),
        Link(_("Cookies"), "/cookies"),
        Link(_("Accessibility statement"), "/accessibility"),
    )


def _logo(brand: Brand) -> Logo | None:
    return Logo(logo_address(brand), brand.logo_says_name) if brand.logo else None


def _of_the_force(visit: Visit) -> tuple[Link, ...]:
    """Return the force's own links; whoever works there knows its website."""
    if visit.actor.kind is Kind.STAFF:
        return ()
    return tuple(Link(link.name_in(language()), link.web) for link in visit.site.configuration.footer)


def _footnote(visit: Visit) -> str:
    if visit.force is None:
        return _("TrackMyCrime is run by the Ministry of Justice for the police forces of England and Wales.")
    return f"{_promise(visit.force.name)} {_idle_words(_idle_seconds(visit))}".strip()


@kept
def _idle_words(seconds: int) -> str:
    if not seconds:
        return ""
    return ngettext(
        "For your safety we sign you out when you do nothing for %(num)s minute.",
        "For your safety we sign you out when you do nothing for %(num)s minutes.",
        seconds // 60,
    )


@kept
def _promise(force: str) -> str:
    return _(
        "%(force)s runs this service. We will never ask for your password by phone, email or in person.", force=force
    )


def phone(visit: Visit) -> str:
    """Return the force's own number when it is not an emergency; empty where the force has none."""
    return visit.site.configuration.contact.non_emergency


def contacts(visit: Visit) -> tuple[Link, ...]:
    """Return whom to turn to when a page does not work."""
    if visit.force is None:
        return ()
    number = phone(visit)
    call = (Link(_("Call %(number)s", number=number), f"tel:{number.replace(' ', '')}"),) if number else ()
    return (*call, Link(_("Go to the start page"), "/"))


def sign_in_address(request: AnyRequest, *, back: str, unsent: str = "") -> str:
    """Return the sign-in page for what was asked for; it leads back there, and says what became of something `unsent`."""
    staff = visit_of(request).force is not None and _for_staff(request)
    page = "/staff/sign-in" if staff else "/sign-in"
    asked = {"next": "" if back == "/" else back, "unsent": unsent}
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in asked.items() if value)
    return f"{page}?{query}" if query else page


def _for_staff(request: AnyRequest) -> bool:
    return kind_for(Permission(request.route_handler.opt["permission"])) is Kind.STAFF


def safe_next(text: str, otherwise: str) -> str:
    """Return where to go after signing in: a path of this site, or `otherwise`."""
    good = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable() and "\\" not in text
    return text if good else otherwise
