"""How a guard is taken out of the running code: a text of its source exchanged, for as long as a block lasts."""

import inspect
import textwrap
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import reduce
from importlib import import_module
from types import CodeType, FunctionType, ModuleType
from typing import cast

from msgspec import Struct


class CodeMutant(Struct, frozen=True):
    """One guard of the code, taken away. `parts` names the parts of the suite that have to notice.

    `where` is a module and what is in it: a function, a method, or a statement's text; `old` must stand in it.
    """

    name: str
    where: str
    old: str
    new: str
    parts: tuple[str, ...]


@contextmanager
def broken(mutant: CodeMutant) -> Generator[None]:
    """Run the block with the guard taken out. Raises LookupError when the code no longer has it."""
    module_name, _colon, path = mutant.where.partition(":")
    module = import_module(f"trackmycrime.{module_name}")
    found: object = reduce(getattr, path.split("."), module)
    with _text(module, path, found, mutant) if isinstance(found, str) else _code(module, found, mutant):
        yield


@contextmanager
def _text(module: ModuleType, name: str, text: str, mutant: CodeMutant) -> Generator[None]:
    setattr(module, name, _exchanged(text, mutant))
    try:
        yield
    finally:
        setattr(module, name, text)


@contextmanager
def _code(module: ModuleType, found: object, mutant: CodeMutant) -> Generator[None]:
    # The function stays the same object, whoever has imported it under whatever name; only what it does is exchanged.
    function = cast("FunctionType", inspect.unwrap(cast("Callable[..., object]", found)))
    kept: CodeType = function.__code__
    source = _exchanged(textwrap.dedent(inspect.getsource(function)), mutant)
    names = dict(vars(module))
    exec(compile(source, f"<{mutant.name}>", "exec"), names)  # noqa: S102 - our own source, one text of it exchanged
    changed = inspect.unwrap(cast("Callable[..., object]", names[function.__name__]))
    function.__code__ = cast("FunctionType", changed).__code__
    try:
        yield
    finally:
        function.__code__ = kept


def _exchanged(text: str, mutant: CodeMutant) -> str:
    if mutant.old not in text:
        message = f"{mutant.where} has no {mutant.old!r} any more: say what guards it now"
        raise LookupError(message)
    return text.replace(mutant.old, mutant.new)
