"""`trackmycrime audit`: walks the chains over what was done, and names the first broken link; checks certificates of deletion."""

import argparse
from pathlib import Path

from trackmycrime.cli import Commands
from trackmycrime.cli.service import COMMAND_LINE, Service, carry_out, tell
from trackmycrime.domain import audit
from trackmycrime.domain.audit import Verdict
from trackmycrime.domain.retention import certificates
from trackmycrime.gateways.heads import HEADS, Heads
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.words import _, ngettext
from trackmycrime.settings import Settings


def add(commands: Commands) -> None:
    """Add the command and what it can do."""
    parser = commands.add_parser("audit", help="verify the audit")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="deed")
    verified = deeds.add_parser("verify", help="walk each force's chain; exit code 1 when a link is broken")
    verified.add_argument("--force", metavar="SLUG", help="one force only")
    checked = deeds.add_parser("certificate", help="check a certificate of deletion; exit code 1 when it is not true")
    checked.add_argument("--force", metavar="SLUG", required=True, help="whose it is")
    checked.add_argument("file", metavar="FILE", type=Path, help="the certificate, as it was downloaded")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Verify the chain of every force, or of one; or check a certificate."""
    if arguments.deed == "certificate":
        return _check(arguments, settings)

    async def verify(service: Service) -> dict[str, Verdict]:
        slugs = [arguments.force] if arguments.force else [force.ref.slug for force in await service.registry.all()]
        heads = Heads(settings.home / HEADS)
        return {slug: await _verdict(service, slug, heads) for slug in slugs}

    verdicts = carry_out(settings, verify)
    text = "\n".join(_line(slug, verdict) for slug, verdict in verdicts.items())
    tell(arguments, text or _("No force is on board."), [_facts(slug, verdict) for slug, verdict in verdicts.items()])
    return int(any(verdict.broken for verdict in verdicts.values()))


def _check(arguments: argparse.Namespace, settings: Settings) -> int:
    text = _read(arguments.file)

    async def check(service: Service) -> certificates.Verdict:
        async with (await service.door(arguments.force)).open(COMMAND_LINE) as tx:
            return await certificates.check(tx, text)

    found = carry_out(settings, check)
    told = _("This certificate is true.") if found.is_true else _("This certificate is not true.")
    tell(arguments, f"{told} {found.why}", {"is_true": found.is_true, "why": found.why})
    return int(not found.is_true)


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except (OSError, UnicodeDecodeError) as fault:
        raise Refusal(_("Cannot read %(file)s: give the certificate as it was downloaded.", file=file)) from fault


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
