"""`trackmycrime openapi`: prints the OpenAPI document of the API for record systems."""

import argparse
import json
import sys

from trackmycrime.cli import Commands
from trackmycrime.settings import Settings


def add(commands: Commands) -> None:
    """Add the command."""
    commands.add_parser("openapi", help="print the OpenAPI document of the API for record systems")


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Print it; what one force serves at /api/openapi.json differs in the server alone."""
    from trackmycrime.web.api import document  # noqa: PLC0415  slow to import, and needed by this command alone

    sys.stdout.write(json.dumps(document.document(document.any_force(settings)), indent=2, ensure_ascii=False) + "\n")
    return 0
