"""The demonstration's forces: their own configurations, with fictional colours, features and support on top."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import cast

from msgspec import convert, to_builtins

from trackmycrime.domain.tenancy.configuration import Configuration


def forces() -> tuple[str, ...]:
    """Return the slugs of the forces that the demonstration loads."""
    return tuple(_overrides())


def demonstration(slug: str, configuration: Configuration) -> Configuration:
    """Return the configuration that the demonstration gives this force; raise KeyError for one it does not load."""
    own = cast("dict[str, object]", to_builtins(configuration))
    return convert(_merged(own, _overrides()[slug]), Configuration)


def _merged(own: dict[str, object], overrides: dict[str, object]) -> dict[str, object]:
    """Merge tables setting by setting; a value or a list takes the other's place."""
    merged = own | overrides
    for name, value in overrides.items():
        if isinstance(value, dict):
            merged[name] = cast("dict[str, object]", own[name]) | cast("dict[str, object]", value)
    return merged


@cache
def _overrides() -> dict[str, dict[str, object]]:
    return tomllib.loads((files("trackmycrime.data") / "demonstration.toml").read_text("utf-8"))
