"""`trackmycrime demo`: prints who may sign in to the demonstration; `run` loads it with --load."""

import argparse
import json
import sys

from trackmycrime.cli import Commands
from trackmycrime.cli.home import Home
from trackmycrime.cli.run import table
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.words import _
from trackmycrime.settings import Settings


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("demo", help="print who may sign in to the demonstration")
    load = "load it into the running service, and print nothing: make run does it"
    parser.add_argument("--load", action="store_true", help=load)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the sign-ins, or load the demonstration. Raises Refusal where there is no demonstration."""
    if settings.production:
        raise Refusal(_("There is no demonstration in production: it needs TRACKMYCRIME_ENV to be embedded."))
    if arguments.load:
        _load(settings)  # whose output goes to a log, where no password belongs
        return 0
    file = Home(settings.home).demo_file
    if not file.exists():
        raise Refusal(_("There is no demonstration in %(home)s. Start the service with make run.", home=settings.home))
    people = json.loads(file.read_text(encoding="utf-8"))
    sys.stdout.write((json.dumps(people) if arguments.json else "\n".join(table(people))) + "\n")
    return 0


def _load(settings: Settings) -> None:
    from trackmycrime.cli.demonstration import loading  # noqa: PLC0415  slow to import, and needed by loading alone
    from trackmycrime.cli.service import carry_out  # noqa: PLC0415  as above

    carry_out(settings, loading.load)
