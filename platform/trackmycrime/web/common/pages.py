"""Draws pages: one strict template environment for every audience, with the components and the reader's language."""

import base64
import hashlib
import re
from collections.abc import Callable, Hashable, Mapping, MutableMapping
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from babel.dates import get_day_names, get_month_names
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup, escape

from trackmycrime.kit import words
from trackmycrime.kit.time import LONDON
from trackmycrime.web.common.components import components
from trackmycrime.web.common.frame import Frame
from trackmycrime.web.common.static_files import static_href

AUDIENCES = ("public", "victim", "staff", "admin", "operator", "api", "mailbox", "common")

# The design system's documented one line, which has to run before the page is drawn. The content security policy allows
# this script by its hash, and no other inline script.
SNIPPET = (
    "document.body.className += ' js-enabled' + "
    "('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');"
)
SNIPPET_HASH = f"sha256-{base64.b64encode(hashlib.sha256(SNIPPET.encode()).digest()).decode()}"

_BABEL = {words.ENGLISH: "en_GB", words.WELSH: "cy"}
_NOON = 12


def render(template: str, frame: Frame, **values: object) -> str:
    """Draw a page, such as "victim/messages/index.html", in the language of the moment."""
    return environment().get_template(template).render(frame=frame, **values)


@cache
def environment() -> Environment:
    """Return the environment that every page is drawn with; templates are compiled once."""
    web = Path(__file__).parent.parent
    strict = _Environment(
        autoescape=True,
        auto_reload=False,
        loader=PrefixLoader({name: FileSystemLoader(web / name / "templates") for name in AUDIENCES}),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    names = {"_": _say, "kept": kept, "ngettext": _say_many, "snippet": Markup(SNIPPET), "static_href": static_href}  # noqa: S704  ours
    cast("dict[str, object]", strict.globals).update(components() | names)
    cast("dict[str, object]", strict.filters).update(day=day, moment=moment, paragraphs=paragraphs)
    return strict


def warm() -> None:
    """Compile every template now, so that nobody's first page waits for it."""
    strict = environment()
    for name in strict.list_templates():
        strict.get_template(name)


class _Environment(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Share the one dictionary: Jinja's chain of two costs a Python look-up for each name and import."""
        return {**self.globals, **d} if d else self.globals


def kept(macro: Callable[..., Markup], *arguments: Hashable) -> Markup:
    """Draw a macro once for the same arguments and language; only for what is the same for many people."""
    return _drawn(macro, words.language(), arguments)


@lru_cache(maxsize=2000)
def _drawn(macro: Callable[..., Markup], _language: str, arguments: tuple[Hashable, ...]) -> Markup:
    return macro(*arguments)


def day(when: date | datetime) -> str:
    """Return a date in words: 9 December 2026. A moment counts as its day in London."""
    local = when.astimezone(LONDON) if isinstance(when, datetime) else when
    return f"{local.day} {_months(words.language())[local.month]} {local.year}"


def moment(when: datetime) -> str:
    """Return a day and time in London in words: Saturday 21 November 2026, 4:12pm."""
    local = when.astimezone(LONDON)
    return f"{_days(words.language())[local.weekday()]} {day(local)}, {_clock(local)}"


def paragraphs(text: str) -> list[str]:
    """Split what somebody wrote where they left an empty line."""
    if "\n" not in text:
        return [text]
    return [part for part in re.split(r"\s*\n[^\S\n]*\n\s*", text.replace("\r\n", "\n").strip()) if part]


def _clock(local: datetime) -> str:
    if words.language() == words.WELSH:
        return f"{local.hour:02}:{local.minute:02}"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % _NOON or _NOON}{minutes}{'am' if local.hour < _NOON else 'pm'}"


@cache
def _days(language: str) -> Mapping[int, str]:
    return get_day_names("wide", locale=_BABEL[language])


@cache
def _months(language: str) -> Mapping[int, str]:
    return get_month_names("wide", locale=_BABEL[language])


def _say(text: str, **values: object) -> Markup:
    if not values:
        return _said(text, words.language())
    return Markup(words._(text, **_escaped(values)))  # noqa: S704  the sentence is ours, what goes into it is escaped


@lru_cache(maxsize=4000)
def _said(text: str, _language: str) -> Markup:
    return Markup(words._(text))  # noqa: S704  as above


def _say_many(one: str, many: str, number: int, **values: object) -> Markup:
    return Markup(words.ngettext(one, many, number, **_escaped(values)))  # noqa: S704  as above


def _escaped(values: dict[str, object]) -> dict[str, Markup]:
    return {name: escape(value) for name, value in values.items()}
