"""The one way to write a configuration as TOML: fixed order, every setting, no comments, the same bytes every time."""

from collections.abc import Iterator
from typing import cast

from msgspec import Struct, structs

from trackmycrime.domain.tenancy import shape
from trackmycrime.domain.tenancy.configuration import Configuration

_WIDTH = 100
_LISTS = ("support", "wording")  # lists of tables: each item gets one
_SHORT_ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def write(configuration: Configuration) -> bytes:
    """Write a force's file: its own settings, then a table for each subject, and one for each item of a list of tables.

    What `load` reads from it is equal to what was written, so a file that was exported, applied and exported again
    is the same byte for byte.
    """
    return "\n".join(_blocks("", "", configuration)).encode()


def _blocks(heading: str, path: str, part: Struct) -> Iterator[str]:
    """Yield the blocks of a table: its own settings, the tables inside it, and then the lists of tables inside it."""
    kinds = {field.name: field.type for field in structs.fields(part)}
    values = {name: getattr(part, name) for name in kinds}
    lists = [name for name, kind in kinds.items() if shape.item(kind)]
    tables = [name for name, value in values.items() if isinstance(value, Struct)]
    plain = [name for name in values if name not in {*lists, *tables}]
    yield heading + "".join(f"{name} = {_value(values[name])}\n" for name in plain)
    for name in tables:
        yield from _blocks(f"[{path}{name}]\n", f"{path}{name}.", values[name])
    for name in lists:
        for each in values[name]:
            yield from _blocks(f"[[{path}{name}]]\n", f"{path}{name}.", each)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + "".join(_escaped(value)) + '"'
    if isinstance(value, list | tuple):
        return _list([_value(item) for item in cast("list[object]", value)])
    return str(value)


def _escaped(text: str) -> Iterator[str]:
    for character in text:
        if character in _SHORT_ESCAPES:
            yield _SHORT_ESCAPES[character]
        else:
            yield character if character.isprintable() else f"\\U{ord(character):08X}"


def _list(items: list[str]) -> str:
    line = "[" + ", ".join(items) + "]"
    return line if len(line) <= _WIDTH else "[\n" + "".join(f"    {item},\n" for item in items) + "]"
