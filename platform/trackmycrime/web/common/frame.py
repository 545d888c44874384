"""What is around every page: whose it is, where one can go from it, and the case it is about."""

from msgspec import Struct


class Link(Struct, frozen=True):
    """Somewhere to go.

    A badge is a count worth seeing, with the words that say what it counts. `language` is that of the text, where it is
    not the page's.
    """

    text: str
    href: str
    current: bool = False
    badge: int = 0
    badge_text: str = ""
    language: str = ""


class Day(Struct, frozen=True):
    """A date as a page writes it: for machines, and in words."""

    iso: str
    words: str


class CaseBar(Struct, frozen=True):
    """What is my case, where does it stand, when do I hear next; `due` is None when nothing is promised."""

    offence: str
    reference: str
    status: str
    due: Day | None


class Logo(Struct, frozen=True):
    """A force's own picture: where it is, and whether it says the force's name by itself."""

    href: str
    says_name: bool


class Frame(Struct, frozen=True):
    """Everything a layout shows around the page itself.

    `brand_href` is the force's own small style sheet ("" for none), `emblem` one of `star`, `shield`, `wave`, `oak`
    for a force without a `logo`,
    `csrf` the token of this session for the forms of the page, and `once` what makes sending one of them twice sending it
    once. `switch` is empty where there is only one language.
    The exit is shown where `exit_href` is set. Where `idle_seconds` is not 0, whoever does nothing for so long is signed out,
    and is warned first.
    """

    language: str
    organisation: str
    brand_href: str
    theme_colour: str
    emblem: str
    logo: Logo | None
    service: str
    home: str
    navigation: tuple[Link, ...]
    csrf: str
    once: str
    exit_href: str | None
    case_bar: CaseBar | None
    switch: tuple[Link, ...]
    footer: tuple[Link, ...]
    footnote: str
    wide: bool
    body_class: str
    idle_seconds: int = 0


class Form(Struct, frozen=True):
    """What somebody filled in, and what is wrong with it: one message for each field, by the field's name."""

    values: dict[str, str]
    errors: dict[str, str]


class Problem(Struct, frozen=True):
    """An error page: what happened, what to do about it in one paragraph each, and whom to turn to."""

    heading: str
    advice: tuple[str, ...]
    contacts: tuple[Link, ...]
