"""The catalogue call: every sentence a person reads goes through here, in the language of the moment."""

import gettext
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ENGLISH, WELSH = "en", "cy"
LANGUAGES = (ENGLISH, WELSH)
_KEPT = 1000
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def language() -> str:
    """Return the language of the moment, "en" or "cy"."""
    return _language.get()


def use(name: str) -> None:
    """Speak `name` for the rest of this request or job; anything we do not speak means English."""
    _language.set(name if name in LANGUAGES else ENGLISH)


@contextmanager
def speaking(name: str) -> Generator[None]:
    """Speak `name` inside the block, for one email or one text."""
    token = _language.set(name if name in LANGUAGES else ENGLISH)
    try:
        yield
    finally:
        _language.reset(token)


def _(text: str, **values: object) -> str:
    """Return the sentence in the language of the moment, with its %(name)s places filled in."""
    found = _catalogue(language()).gettext(text)
    return found % values if values else found


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """Return the form of the sentence that `number` asks for; %(num)s is filled in with it."""
    return _catalogue(language()).ngettext(one, many, number) % {"num": number, **values}


def kept[**P, T](say: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function says, in each language: for what every page says of few different things, none of them personal."""

    @lru_cache(maxsize=_KEPT)
    def said(_language: str, *args: P.args, **kwargs: P.kwargs) -> T:
        return say(*args, **kwargs)

    @wraps(say)
    def saying(*args: P.args, **kwargs: P.kwargs) -> T:
        return said(language(), *args, **kwargs)

    return saying


@cache
def _catalogue(name: str) -> gettext.NullTranslations:
    """Return a language's sentences. A draft that nobody has reviewed (`fuzzy`) is better than another language."""
    path = files("trackmycrime") / "locale" / f"{name}.po"
    if not path.is_file():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as written:
        write_mo(compiled, read_po(written), use_fuzzy=True)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
