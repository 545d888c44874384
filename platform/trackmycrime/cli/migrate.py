"""`trackmycrime migrate`: brings the database to this version."""

import argparse
import json
import sys

from trackmycrime.cli import Commands
from trackmycrime.cli.embedded import attach
from trackmycrime.settings import Role, Settings


def add(commands: Commands) -> None:
    """Add the command."""
    commands.add_parser("migrate", help="bring the database to this version")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Apply the migrations that the database lacks."""
    url = attach(settings).database_url_for(Role.MIGRATOR)
    from trackmycrime.store import migrate  # noqa: PLC0415  slow to import, and needed by this command alone

    migrate.upgrade(url)
    sys.stdout.write(json.dumps({"migrated": True}) + "\n" if arguments.json else "The database is up to date.\n")
    return 0
