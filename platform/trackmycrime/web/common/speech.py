"""Which language a page is in: the one its address asks for, else the one this browser asked for last, else English."""

import re

from litestar.types import HTTPScope

from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit import words
from trackmycrime.web.common.frame import Link
from trackmycrime.web.common.visit import Visit

COOKIE = "__Host-language"
_YEAR = 365 * 24 * 3600
_ASKED = re.compile(rb"(?:^|&)lang=(cy|en)(?:&|$)")
_KEPT = re.compile(rb"(?:^|;\s*)__Host-language=(cy|en)(?:;|$)")
_ENGLISH_ONLY = ("/staff", "/admin", "/api", "/oauth")  # where nobody is a victim
_SWITCH = (Link("English", "?lang=en", language=words.ENGLISH), Link("Cymraeg", "?lang=cy", language=words.WELSH))
_MARKED = {
    spoken: tuple(
        Link(link.text, link.href, current=link.language == spoken, language=link.language) for link in _SWITCH
    )
    for spoken in words.LANGUAGES
}


def listen(scope: HTTPScope, visit: Visit) -> None:
    """Speak the reader's language from here on; a force without Welsh has only English, whatever is asked for."""
    force, path = visit.force, scope["path"]
    visit.has_welsh = force is not None and force.has(Feature.WELSH) and not path.startswith(_ENGLISH_ONLY)
    if not visit.has_welsh:
        return
    if asked := _ASKED.search(scope["query_string"]):
        prefer(visit, asked[1].decode())
    elif kept := _kept(scope):
        words.use(kept)


def prefer(visit: Visit, language: str, *, shared: bool = False) -> None:
    """Speak a language from here on, and remember it in this browser; on a `shared` device only until the browser is closed."""
    if visit.has_welsh:
        words.use(language)
        visit.set_cookie(COOKIE, words.language(), max_age=None if shared else _YEAR)


def is_chosen(scope: HTTPScope) -> bool:
    """Say whether a language was chosen in this browser."""
    return _kept(scope) is not None


def switch(visit: Visit) -> tuple[Link, ...]:
    """Return the links to the page in either language; none where there is only one."""
    return _MARKED[words.language()] if visit.has_welsh else ()


def _kept(scope: HTTPScope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"cookie" and (found := _KEPT.search(value)):
            return found[1].decode()
    return None
