"""`trackmycrime operator`: the national operators; the first one has nobody at the console to invite them."""

import argparse

from trackmycrime.cli import Commands
from trackmycrime.cli.service import COMMAND_LINE, Service, carry_out, tell
from trackmycrime.domain.identity import operators
from trackmycrime.settings import Settings


def add(commands: Commands) -> None:
    """Add the command and what it can do."""
    parser = commands.add_parser("operator", help="invite national operators")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="deed")
    invited = deeds.add_parser("invite", help="invite an operator; the link is printed once and not kept")
    invited.add_argument("email", metavar="EMAIL")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Invite an operator and print the link by which they choose a password within 72 hours."""

    async def invite(service: Service) -> str:
        async with service.database.national("console").open(COMMAND_LINE) as tx:
            token = await operators.invite(tx, arguments.email)
        return f"{service.settings.origin('console')}/register/{token}"

    link = carry_out(settings, invite)
    tell(arguments, link, {"link": link})
    return 0
