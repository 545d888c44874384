"""`trackmycrime worker`: sends what waits in the outbox and keeps the clock."""

import argparse
import os

import uvloop

from trackmycrime.cli import Commands
from trackmycrime.cli.embedded import attach
from trackmycrime.settings import Settings

_POLITENESS = 5  # of nice(2): whoever waits for a page goes before what is sent behind their backs


def add(commands: Commands) -> None:
    """Add the command."""
    commands.add_parser("worker", help="send notifications and keep the clock (make run does it for you)")


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Work until asked to stop."""
    os.nice(_POLITENESS)
    from trackmycrime.jobs import worker  # noqa: PLC0415  slow to import, and needed by this command alone

    uvloop.run(worker.run(attach(settings)))
    return 0
