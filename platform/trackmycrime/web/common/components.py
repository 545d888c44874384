"""The design system's components as template globals, wrapped so that their own words follow the reader's language.

The macros read parameters that were never given, so they live in a lenient Environment of their own; our templates stay
strict.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import cast

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from trackmycrime.kit.words import _, language
from trackmycrime.web.common import component_words

type Params = dict[str, object]
type Component = Callable[..., Markup]

COMPONENTS = (
    "back-link",
    "breadcrumbs",
    "button",
    "character-count",
    "checkboxes",
    "date-input",
    "details",
    "error-message",
    "error-summary",
    "exit-this-page",
    "fieldset",
    "file-upload",
    "hint",
    "input",
    "inset-text",
    "label",
    "notification-banner",
    "pagination",
    "panel",
    "password-input",
    "radios",
    "select",
    "skip-link",
    "summary-list",
    "table",
    "tag",
    "task-list",
    "textarea",
    "warning-text",
)

# Drawn from few different parameters, none of them about a person, so worth keeping once drawn; a control only while
# nobody has filled it in.
_KEPT = frozenset({"button", "exit-this-page", "skip-link", "tag"})
_KEPT_EMPTY = frozenset({"character-count", "input", "password-input", "textarea"})
_KEPT_AT_MOST = 2000
_kept: dict[tuple[str, str, str], Markup] = {}


def components() -> dict[str, Component]:
    """Return every component under its official name, such as `govukButton`, taking one dictionary of parameters."""
    return {macro_name(name): partial(_draw, name, macro) for name, macro in macros().items()}


def macros() -> dict[str, Component]:
    """Return the bare macros by component, in English and without our defaults."""
    package = "govuk_frontend_jinja"
    lenient = Environment(autoescape=True, auto_reload=False, loader=PrefixLoader({package: PackageLoader(package)}))
    pages = {name: lenient.get_template(f"{package}/components/{name}/macro.html") for name in COMPONENTS}
    return {name: cast("Component", getattr(page.module, macro_name(name))) for name, page in pages.items()}


def macro_name(component: str) -> str:
    """Return the official name of a component's macro: "skip-link" is `govukSkipLink`."""
    return "govuk" + "".join(word.capitalize() for word in component.split("-"))


def _draw(component: str, macro: Component, given: Mapping[str, object] | None = None, **caller: object) -> Markup:
    params = dict(given or {})
    if caller or not _worth_keeping(component, params):
        return macro(_worded(component, params), **caller)
    key = (component, language(), repr(params))
    if key not in _kept:
        if len(_kept) >= _KEPT_AT_MOST:
            _kept.clear()
        _kept[key] = macro(_worded(component, params))
    return _kept[key]


def _worth_keeping(component: str, params: Params) -> bool:
    empty = not params.get("value") and not params.get("errorMessage")
    return component in _KEPT or (component in _KEPT_EMPTY and empty)


def _worded(component: str, params: Params) -> Params:
    """Fill in what the component would otherwise say in English."""
    worded = component_words.defaults(component) | params
    if component == "notification-banner" and params.get("type") == "success":
        worded["titleText"] = params.get("titleText", _("Success"))
    for part, texts in component_words.nested(component).items():
        if isinstance(inner := params.get(part), dict):
            worded[part] = texts | cast("Params", inner)
    if component == "pagination" and "items" in params:
        worded["items"] = [_numbered(item) for item in cast("list[Params]", params["items"])]
    return worded


def _numbered(item: Params) -> Params:
    return item if "number" not in item else {"visuallyHiddenText": component_words.page_label(item["number"])} | item
