"""`trackmycrime client`: the record systems that may push events to a force."""

import argparse

from trackmycrime.cli import Commands
from trackmycrime.cli.service import COMMAND_LINE, Service, carry_out, tell
from trackmycrime.domain import onboarding
from trackmycrime.domain.identity import clients
from trackmycrime.settings import Settings


def add(commands: Commands) -> None:
    """Add the command and what it can do."""
    parser = commands.add_parser("client", help="make clients for record systems")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="deed")
    created = deeds.add_parser("create", help="make a client; its secret is printed once and not kept")
    created.add_argument("--force", required=True, metavar="SLUG", help="the force it belongs to")
    created.add_argument("--name", required=True, metavar="NAME", help="what the force calls the record system")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make a client and print what it needs."""

    async def create(service: Service) -> dict[str, str]:
        async with (await service.door(arguments.force)).open(COMMAND_LINE) as tx:
            made = await clients.make(tx, arguments.name)
            found = {"client_id": made.client_id, "client_secret": made.client_secret}
            return {**found, "token_url": onboarding.token_url(tx)}

    facts = carry_out(settings, create)
    tell(arguments, "\n".join(f"{name:<14}{value}" for name, value in facts.items()), facts)
    return 0
