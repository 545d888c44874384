"""The command line: `trackmycrime <command>`, one module of this package for each command."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from trackmycrime.kit.errors import Refusal
from trackmycrime.settings import Settings, WrongSetting

COMMANDS = (
    *("run", "demo", "serve", "worker", "migrate"),
    *("force", "client", "staff", "operator", "audit", "openapi"),
)


class CommandLine(argparse.ArgumentParser):
    """A parser that knows --json, as do all the parsers of commands below it."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # pyright: ignore[reportArgumentType]  handed through as they came
        self.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="print JSON for a program to read"
        )


# argparse has no public name for what add_subparsers() returns.
type Commands = argparse._SubParsersAction[CommandLine]  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


class Command(Protocol):
    """What a module of this package offers."""

    def add(self, commands: Commands) -> None:
        """Add the command and its arguments: `commands.add_parser("name", help="...")`."""
        ...

    def run(self, arguments: argparse.Namespace, settings: Settings) -> int:
        """Do it and return the exit code; `arguments.json` is always there. A Refusal raised here is exit code 1."""
        ...


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 done, 1 refused with one line on the error output; a wrong call exits with 2."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    offered = _offered(words)
    asked = _parser(offered).parse_args(words, argparse.Namespace(json=False))
    try:
        return offered[asked.command].run(asked, Settings.from_environment())
    except (Refusal, WrongSetting) as refusal:
        sys.stderr.write(f"{refusal.message}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _offered(words: Sequence[str]) -> dict[str, Command]:
    """Import the command that is named, or all of them where none is, so that each starts without the others."""
    named = [name for name in COMMANDS if words and words[0] == name]
    modules = {name: f"{__name__}.{name}" for name in named or COMMANDS}
    return {name: cast("Command", import_module(module)) for name, module in modules.items() if find_spec(module)}


def _parser(offered: dict[str, Command]) -> CommandLine:
    parser = CommandLine(prog="trackmycrime", description="Victims of crime follow their investigation online.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for command in offered.values():
        command.add(commands)
    return parser
