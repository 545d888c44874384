"""Questions with their answers, and how to reach the force when an answer is not enough."""

from msgspec import Struct

from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.kit.words import _, language
from trackmycrime.web.common.frame import Link


class Topic(Struct, frozen=True):
    """One question with its answer: paragraphs, then points, then where to go. `id` is the heading's, for links."""

    id: str
    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


class Chapter(Struct, frozen=True):
    """Questions that belong together."""

    id: str
    heading: str
    topics: tuple[Topic, ...]


def reach(force: Configuration) -> tuple[Link, ...]:
    """Return how to reach this force when it is not an emergency: its number, else its site."""
    number = force.contact.non_emergency
    return (Link(_("Call %(number)s", number=number), tel(number)),) if number else website(force)


def relay(force: Configuration) -> tuple[Link, ...]:
    """Return how to reach this force by text relay, where it can be."""
    number = force.contact.text_relay
    return (Link(_("Text relay: %(number)s", number=number), tel(number)),) if number else ()


def website(force: Configuration) -> tuple[Link, ...]:
    """Return this force's own site, where it has one."""
    web = force.contact.web or force.website
    name = force.name_in(language())
    return (Link(_("The website of %(force)s", force=name), web),) if web else ()


def tel(number: str) -> str:
    """Return the address of a telephone number."""
    return f"tel:{number.replace(' ', '')}"
