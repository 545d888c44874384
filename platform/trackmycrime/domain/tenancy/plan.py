"""What would change between two configurations of a force, for `force plan` and for the review pages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from msgspec import Struct, structs, to_builtins

from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.kit.words import _


class Change(Struct, frozen=True):
    """One setting that changes, in words to show: `before` is None when it is new, `after` when it goes."""

    path: str
    before: str | None
    after: str | None


def difference(old: Configuration | None, new: Configuration) -> tuple[Change, ...]:
    """List the settings that change from `old` (None: the force is new) to `new`, in the order of the file.

    Support services are matched by name and texts by key, so that one put first is new and not a change of all of them.
    """
    before, after = dict(_settings(old, new)) if old else {}, dict(_settings(new, old))
    paths = dict.fromkeys([*after, *before])
    return tuple(
        Change(path, before.get(path), after.get(path)) for path in paths if before.get(path) != after.get(path)
    )


def render(changes: Sequence[Change]) -> str:
    """Write the changes as text, one line each: `+` is new, `-` goes, `~` changes."""
    return "\n".join(map(_line, changes)) if changes else _("Nothing changes.")


def _settings(configuration: Configuration, other: Configuration | None) -> Iterator[tuple[str, str]]:
    """Yield the settings, but of thousands of services only those that the other configuration has not got as they are."""
    table = cast("dict[str, object]", to_builtins(structs.replace(configuration, support=(), wording=())))
    del table["support"], table["wording"]
    yield from _flat("", table)
    yield "support", ", ".join(service.name for service in configuration.support)
    known = {service.name: service for service in other.support} if other else {}
    for service in configuration.support:
        if known.get(service.name) != service:
            yield from _flat(f"support.{service.name}.", cast("dict[str, object]", to_builtins(service)))
    for text in configuration.wording:
        said = {"en": text.en, "cy": text.cy}
        yield from ((f"wording.{text.key}.{name}", words) for name, words in said.items() if words)


def _flat(prefix: str, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{prefix}{name}.", cast("Mapping[str, object]", value))
        else:
            yield prefix + name, _shown(value)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("on") if value else _("off")
    if isinstance(value, list | tuple):
        return ", ".join(map(str, cast("list[object]", value)))
    return str(value)


def _line(change: Change) -> str:
    before, after = _on_one_line(change.before), _on_one_line(change.after)
    if change.before is None:
        return f"+ {change.path}: {after}"
    if change.after is None:
        return f"- {change.path}: {before}"
    return f"~ {change.path}: {before} -> {after}"


def _on_one_line(value: str | None) -> str:
    return (value or "").replace("\n", "\\n")
