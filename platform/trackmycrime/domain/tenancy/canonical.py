"""The one way to write a configuration as TOML: fixed order, every setting, no comments, the same bytes every time."""

from collections.abc import Iterator, Mapping
from typing import cast

from msgspec import to_builtins

from trackmycrime.domain.tenancy.configuration import Configuration

_WIDTH = 100
_LISTS = ("support", "wording")  # lists of tables: each item gets one
_SHORT_ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def write(configuration: Configuration) -> bytes:
    """Write a force's file: its own settings, then one table a subject, then one for each support service and each own text.

    What `load` reads from it is equal to what was written, so a file that was exported, applied and exported again
    is the same byte for byte.
    """
    settings = cast("dict[str, object]", to_builtins(configuration))
    plain = {name: value for name, value in settings.items() if not isinstance(value, Mapping) and name not in _LISTS}
    tables = {name: cast("dict[str, object]", value) for name, value in settings.items() if isinstance(value, Mapping)}
    blocks = [_block("", plain)]
    blocks += [_block(f"[{name}]\n", table) for name, table in tables.items()]
    for name in _LISTS:
        blocks += [_block(f"[[{name}]]\n", item) for item in cast("list[dict[str, object]]", settings[name])]
    return "\n".join(blocks).encode()


def _block(heading: str, table: Mapping[str, object]) -> str:
    return heading + "".join(f"{name} = {_value(value)}\n" for name, value in table.items())


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
