"""What is wrong with a table that should have the shape of a Struct: everything at once, in the reader's words."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import cast, get_args, get_origin

from msgspec import Meta, Struct, ValidationError, convert, structs

from trackmycrime.kit.words import _


def problems(part: type[Struct], value: object) -> dict[str, str]:
    """Return a sentence for each setting of `value` that `part` would refuse, by its path; items are counted from one.

    msgspec stops at the first fault. Whoever writes the file should hear of all of them, and in the words that the
    schema's own descriptions give.
    """
    return dict(_table_problems(part, value, ""))


def _table_problems(part: type[Struct], value: object, path: str) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict):
        yield path, _("%(path)s must be a table of settings", path=path)
        return
    table = cast("dict[str, object]", value)
    fields = {field.name: field for field in structs.fields(part)}
    for name in sorted(table.keys() - fields.keys()):
        at = _join(path, name)
        yield at, _("%(path)s is not a setting (there are: %(names)s)", path=at, names=", ".join(fields))
    for name, field in fields.items():
        at = _join(path, name)
        if name in table:
            yield from _value_problems(field.type, table[name], at)
        elif field.required:
            yield at, _("%(path)s is missing, it must be %(wanted)s", path=at, wanted=_wanted(field.type))


def _value_problems(kind: object, value: object, path: str) -> Iterator[tuple[str, str]]:
    part = _struct(kind)
    if part:
        yield from _table_problems(part, value, path)
    elif get_origin(kind) is tuple and isinstance(value, list | tuple):
        for position, item in enumerate(cast("Sequence[object]", value), start=1):
            yield from _value_problems(get_args(kind)[0], item, f"{path}[{position}]")
    elif not _fits(kind, value):
        yield path, _("%(path)s must be %(wanted)s", path=path, wanted=_wanted(kind))


def _struct(kind: object) -> type[Struct] | None:
    return kind if isinstance(kind, type) and issubclass(kind, Struct) else None


def item(kind: object) -> type[Struct] | None:
    """Return of which tables a setting of this kind is a list, or None where it is no list of tables."""
    inside = get_args(kind)
    return _struct(inside[0]) if get_origin(kind) is tuple and inside else None


def _fits(kind: object, value: object) -> bool:
    try:
        convert(value, kind)
    except ValidationError:
        return False
    return True


def _wanted(kind: object) -> str:
    described = [meta.description for meta in get_args(kind) if isinstance(meta, Meta) and meta.description]
    if described:
        return described[0]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _("one of %(names)s", names=", ".join(kind))
    if kind is bool:
        return _("true or false")
    return _("a list") if get_origin(kind) is tuple else _("a table of settings")


def _join(path: str, name: str) -> str:
    shown = name if name.isidentifier() else repr(name)
    return f"{path}.{shown}" if path else shown
