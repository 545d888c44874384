"""What would change between two configurations of a force, for `force plan` and for the review pages."""

from collections.abc import Iterator, Sequence
from typing import cast

from msgspec import Struct, structs

from trackmycrime.domain.tenancy import shape
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.kit.words import _


class Change(Struct, frozen=True):
    """One setting that changes, in words to show: `before` is None when it is new, `after` when it goes."""

    path: str
    before: str | None
    after: str | None


def difference(old: Configuration | None, new: Configuration) -> tuple[Change, ...]:
    """List the settings that change from `old` (None: the force is new) to `new`, in the order of the file.

    What has a name or a key in a list is matched by it, so that one support service put first is new and not a change of all.
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
    yield from _flat("", structs.replace(configuration, support=(), wording=()))
    yield "support", ", ".join(service.name for service in configuration.support)
    known = {service.name: service for service in other.support} if other else {}
    for service in configuration.support:
        if known.get(service.name) != service:
            yield from _flat(f"support.{service.name}.", service)
    for text in configuration.wording:
        said = {"en": text.en, "cy": text.cy}
        yield from ((f"wording.{text.key}.{name}", words) for name, words in said.items() if words)


def _flat(prefix: str, part: Struct) -> Iterator[tuple[str, str]]:
    for field in structs.fields(part):
        path, value = prefix + field.name, getattr(part, field.name)
        if shape.item(field.type):
            yield from _listed(path, value)
        elif isinstance(value, Struct):
            yield from _flat(f"{path}.", value)
        else:
            yield path, _shown(value)


def _listed(path: str, items: Sequence[Struct]) -> Iterator[tuple[str, str]]:
    """Yield the settings of tables in a list: by their names, and the order of these, or else by their places, from one."""
    names = [str(getattr(each, "name", "")) for each in items]
    if any(names):
        yield path, ", ".join(names)
    for place, (name, each) in enumerate(zip(names, items, strict=True), start=1):
        yield from _flat(f"{path}.{name or place}.", each)


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
