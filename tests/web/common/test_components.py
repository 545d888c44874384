"""The components as we call them are those of the design system: every official example, compared as a document."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from lxml import html  # pyright: ignore[reportMissingTypeStubs]  it has none
from msgspec import Struct

from trackmycrime.kit import words
from trackmycrime.web.common import component_words, components

COMMON = Path(components.__file__).parent
OFFICIAL = COMMON / "frontend" / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"

# Where the Python macros, made for an earlier release, draw something else than the official ones, and why.
KNOWN_DRIFTS: dict[str, frozenset[str]] = {
    # the macros put no span around the start button's text; we have no start button
    "button": frozenset(
        {
            "start link with html",
        }
    ),
    # the macros do not know `countType`; we count characters, which is what it means without
    "character-count": frozenset(
        {
            "with maxwords",
            "with count type 'length'",
            "with count type 'characters'",
            "with count type 'characters' and value",
            "with count type 'characters' and error message",
            "with count type 'characters' and threshold",
            "with count type 'words'",
            "with count type 'words' and value",
            "with count type 'words' and error message",
            "with count type 'words' and threshold",
        }
    ),
    # the macros do not know `values`, `errors` and `field`; ours are given part by part
    "date-input": frozenset(
        {
            "with translations",
            "with values",
            "with values and name prefix",
            "with values, name prefix and custom names",
            "day and month",
            "month and year",
            "with errors only",
            "with errors only (using classes)",
            "with errors only (using items)",
            "with error message and hint",
            "with error message and hint (using items)",
            "with error on day input",
            "with error on day input (using items)",
            "with error on month input",
            "with error on month input (using items)",
            "with error on year input",
            "with error on year input (using items)",
            "custom pattern",
            "custom inputmode",
            "with nested name",
            "with id on items",
            "suffixed id",
            "with item value",
            "with field value",
            "with field value and items",
            "with field value and item value",
            "with field value, item value and values",
            "with field value overriding values",
            "with error message and described by",
            "with error on single field",
            "with error on single field by omission",
            "with error on single field using classes",
            "with error on single item",
            "with error on single item by omission",
            "items with classes",
            "items without classes",
        }
    ),
    # the macros have no interruption panel
    "panel": frozenset(
        {
            "interruption",
            "interruption-with-content-with-long-line-length",
            "interruption-with-headings-content-and-lists",
            "interruption with custom classes",
            "interruption, with actions classes and attributes",
            "interruption, submit action",
            "interruption, button link",
            "interruption, no actions",
            "interruption, no actions items",
        }
    ),
}

type Tree = tuple[object, ...]


class Example(Struct, frozen=True):
    """One official example: what is asked of a component and what it draws."""

    component: str
    name: str
    options: dict[str, Any]
    html: str


def examples() -> Iterator[Example]:
    """Return every official example of the components we use; none where the front end was never installed."""
    for component in components.COMPONENTS:
        path = OFFICIAL / component / "fixtures.json"
        fixtures: list[dict[str, Any]] = json.loads(path.read_text())["fixtures"] if path.exists() else []
        for fixture in fixtures:
            yield Example(component, fixture["name"], fixture["options"], fixture["html"])


EXAMPLES = list(examples())


def test_enough_official_examples_are_compared() -> None:
    assert len(EXAMPLES) > 500, "they come with the front end: python hatch_build.py"
    assert {example.component for example in EXAMPLES} == set(components.COMPONENTS)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.component}: {example.name}")
def test_a_component_draws_the_official_example(example: Example) -> None:
    drawn = str(_MACROS[example.component](example.options))
    same = _tree(drawn) == _tree(example.html)
    if example.name in KNOWN_DRIFTS.get(example.component, ()):
        assert not same, "this drift is gone: take it off the list"
    else:
        assert same, f"{drawn}\n\nofficially:\n\n{example.html}"


@pytest.mark.parametrize(
    ("component", "params", "english"),
    [
        ("back-link", {}, "Back"),
        ("breadcrumbs", {"items": []}, "Breadcrumb"),
        ("character-count", {"id": "a", "maxlength": 9, "label": {"text": "a"}}, "You can enter up to"),
        ("error-message", {"text": "a"}, "Error"),
        ("error-summary", {"errorList": []}, "There is a problem"),
        ("exit-this-page", {}, "Exit this page"),
        ("input", {"id": "a", "label": {"text": "a"}, "errorMessage": {"text": "a"}}, "Error"),
        ("notification-banner", {"text": "a"}, "Important"),
        ("notification-banner", {"text": "a", "type": "success"}, "Success"),
        ("pagination", {"next": {"href": "a"}, "previous": {"href": "a"}}, "Next page"),
        ("pagination", {"items": [{"number": 2, "href": "a"}]}, "Page 2"),
        ("password-input", {"id": "a", "label": {"text": "a"}}, "Show password"),
        ("skip-link", {}, "Skip to main content"),
        ("warning-text", {"text": "a"}, "Warning"),
    ],
)
def test_a_component_says_its_own_words_in_the_language_of_the_moment(
    component: str,
    params: dict[str, Any],
    english: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draw = components.components()[components.macro_name(component)]
    assert english in draw(params)
    for module in (components, component_words):
        monkeypatch.setattr(module, "_", _shouted)
    monkeypatch.setattr(components, "_kept", {})  # what earlier pages drew in Welsh, and what shouts must not stay
    with words.speaking(words.WELSH):
        drawn = str(draw(params))
    assert english not in drawn
    assert english.upper() in drawn


def test_a_kept_component_follows_the_language_and_its_parameters() -> None:
    button = components.components()["govukButton"]
    assert "First" in button({"text": "First"})
    assert "Second" in button({"text": "Second"})
    assert "<script>" not in button({"text": "<script>"})


_MACROS = components.macros()


def _shouted(text: str, **values: object) -> str:
    return (text % values if values else text).upper()


def _tree(source: str) -> Tree:
    return _normal(cast("Any", html).fragment_fromstring(f"<div>{source}</div>"))


def _normal(element: Any) -> Tree:
    attributes = sorted((name, _value(name, value)) for name, value in element.attrib.items())
    children = [(_normal(child), _text(child.tail)) for child in element if isinstance(child.tag, str)]
    return (element.tag, tuple(attributes), _text(element.text), tuple(children))


def _value(name: str, value: str) -> str:
    return " ".join(sorted(value.split())) if name == "class" else _text(value)


def _text(text: str | None) -> str:
    return " ".join((text or "").split())
