"""`trackmycrime audit`: walks the chains over what was done, and names the first broken link."""

import argparse

from trackmycrime.cli import Commands
from trackmycrime.cli.service import COMMAND_LINE, Service, carry_out, tell
from trackmycrime.domain import audit
from trackmycrime.domain.audit import Verdict
from trackmycrime.gateways.heads import HEADS, Heads
from trackmycrime.kit.words import _, ngettext
from trackmycrime.settings import Settings


def add(commands: Commands) -> None:
    """Add the command and what it can do."""
    parser = commands.add_parser("audit", help="verify the audit")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="deed")
    verified = deeds.add_parser("verify", help="walk each force's chain; exit code 1 when a link is broken")
    verified.add_argument("--force", metavar="SLUG", help="one force only")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Verify the chain of every force, or of one."""

    async def verify(service: Service) -> dict[str, Verdict]:
        slugs = [arguments.force] if arguments.force else [force.ref.slug for force in await service.registry.all()]
        heads = Heads(settings.home / HEADS)
        return {slug: await _verdict(service, slug, heads) for slug in slugs}

    verdicts = carry_out(settings, verify)
    text = "\n".join(_line(slug, verdict) for slug, verdict in verdicts.items())
    tell(arguments, text or _("No force is on board."), [_facts(slug, verdict) for slug, verdict in verdicts.items()])
    return int(any(verdict.broken for verdict in verdicts.values()))


async def _verdict(service: Service, slug: str, heads: Heads) -> Verdict:
    async with (await service.door(slug)).open(COMMAND_LINE) as tx:
        return await audit.verify(tx, heads)


def _line(slug: str, verdict: Verdict) -> str:
    if verdict.broken is None:
        return f"{slug}: " + ngettext("%(num)s link, unbroken", "%(num)s links, unbroken", verdict.links)
    broken = verdict.broken
    row = _(" (audit row %(row)s)", row=broken.audit_id) if broken.audit_id else ""
    return f"{slug}: " + _("broken at link %(position)s", position=broken.position) + f"{row}: {broken.what}"


def _facts(slug: str, verdict: Verdict) -> dict[str, object]:
    broken = verdict.broken
    first = (
        {"position": broken.position, "audit_id": str(broken.audit_id or ""), "what": broken.what} if broken else None
    )
    return {"force": slug, "links": verdict.links, "head": verdict.head.hex(), "broken": first}
