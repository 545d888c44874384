"""`trackmycrime staff`: the people of a force."""

import argparse

from trackmycrime.cli import Commands
from trackmycrime.cli.service import COMMAND_LINE, Service, carry_out, tell
from trackmycrime.domain import onboarding
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.settings import Settings


def add(commands: Commands) -> None:
    """Add the command and what it can do."""
    parser = commands.add_parser("staff", help="invite a force's people")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="deed")
    invited = deeds.add_parser("invite", help="give somebody a role; they also get the link by email")
    invited.add_argument("--force", required=True, metavar="SLUG", help="the force they work for")
    invited.add_argument(
        "--role", required=True, choices=[role.value for role in StaffRole], help="what they are here for"
    )
    invited.add_argument("email", metavar="EMAIL")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Invite somebody and print the link by which they choose a password within 72 hours."""

    async def invite(service: Service) -> str:
        async with (await service.door(arguments.force)).open(COMMAND_LINE) as tx:
            return await onboarding.invite_staff(tx, arguments.email, arguments.role)

    link = carry_out(settings, invite)
    tell(arguments, link, {"force": arguments.force, "role": arguments.role, "link": link})
    return 0
