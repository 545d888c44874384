"""`trackmycrime migrate`: brings the database to this version."""

import argparse
import json
import sys

from trackmycrime.cli import Commands
from trackmycrime.cli.embedded import LOCKS, attach
from trackmycrime.settings import Role, Settings

_FEW_LOCKS = (
    "This PostgreSQL has max_locks_per_transaction = {locks}. With many forces, pages will fail when many people come at once: "
    "set it to {wanted} or more, and restart PostgreSQL.\n"
)


def add(commands: Commands) -> None:
    """Add the command."""
    commands.add_parser("migrate", help="bring the database to this version")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Apply the migrations that the database lacks."""
    url = attach(settings).database_url_for(Role.MIGRATOR)
    from trackmycrime.store import migrate  # noqa: PLC0415  slow to import, and needed by this command alone

    migrate.upgrade(url)
    if (locks := migrate.locks(url)) < LOCKS:
        sys.stderr.write(_FEW_LOCKS.format(locks=locks, wanted=LOCKS))
    sys.stdout.write(json.dumps({"migrated": True}) + "\n" if arguments.json else "The database is up to date.\n")
    return 0
