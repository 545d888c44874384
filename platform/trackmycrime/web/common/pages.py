"""Draws pages: one strict template environment for every audience, with the components and the reader's language."""

import base64
import hashlib
from collections.abc import Callable, Hashable, MutableMapping
from functools import cache, lru_cache, partial
from pathlib import Path
from types import FunctionType
from typing import Any, cast, override

from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.runtime import Context
from markupsafe import Markup, escape

from trackmycrime.kit import words
from trackmycrime.web.common.components import components
from trackmycrime.web.common.dates import day, moment
from trackmycrime.web.common.frame import Frame
from trackmycrime.web.common.static_files import static_href
from trackmycrime.web.common.timeline import paragraphs, timeline

_PLAIN = (FunctionType, partial)  # what our own globals are; none of them wants Jinja's context
_AT_DESK = (
    "staff/",
    "admin/",
    "operator/",
    "api/",
    "mailbox/",
)  # whose pages use components that a victim's phone is spared
AUDIENCES = ("public", "victim", "staff", "admin", "operator", "api", "mailbox", "common")

# The design system's documented one line, which has to run before the page is drawn. The content security policy allows
# this script by its hash, and no other inline script.
SNIPPET = (
    "document.body.className += ' js-enabled' + "
    "('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');"
)
SNIPPET_HASH = f"sha256-{base64.b64encode(hashlib.sha256(SNIPPET.encode()).digest()).decode()}"


def render(template: str, frame: Frame, **values: object) -> str:
    """Draw a page, such as "victim/messages/index.html", in the language of the moment."""
    at_desk = template.startswith(_AT_DESK)
    return environment().get_template(template).render(frame=frame, at_desk=at_desk, **values)


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
    names = {
        "_": _say,
        "kept": kept,
        "ngettext": _say_many,
        "snippet": Markup(SNIPPET),  # noqa: S704  ours
        "static_href": static_href,
        "timeline": timeline,
    }
    cast("dict[str, object]", strict.globals).update(components() | names)
    cast("dict[str, object]", strict.filters).update(day=day, moment=moment, paragraphs=paragraphs)
    return strict


def warm() -> None:
    """Compile every template now, so that nobody's first page waits for it."""
    strict = environment()
    for name in strict.list_templates():
        strict.get_template(name)


class _Context(Context):
    @override
    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call a function of ours as Python does: Jinja first asks each callable what else it wants to be given."""
        if type(obj) not in _PLAIN:
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)


class _Environment(Environment):
    context_class = _Context

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Share the one dictionary: Jinja's chain of two costs a Python look-up for each name and import."""
        return {**self.globals, **d} if d else self.globals


def kept(macro: Callable[..., Markup], *arguments: Hashable) -> Markup:
    """Draw a macro once for the same arguments and language; only for what is the same for many people."""
    return _drawn(macro, words.language(), arguments)


@lru_cache(maxsize=2000)
def _drawn(macro: Callable[..., Markup], _language: str, arguments: tuple[Hashable, ...]) -> Markup:
    return macro(*arguments)


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
