"""`trackmycrime audit`: walks the chains over what was done, and reads files and certificates that administrators took away."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from trackmycrime.cli import Commands
from trackmycrime.cli.service import COMMAND_LINE, Service, carry_out, tell
from trackmycrime.domain import audit
from trackmycrime.domain.audit import Verdict
from trackmycrime.domain.auditing import checking, exporting
from trackmycrime.domain.auditing.checking import Checked, Wrong
from trackmycrime.domain.retention import certificates
from trackmycrime.gateways.heads import HEADS, Heads
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.words import _, ngettext
from trackmycrime.settings import Settings


def add(commands: Commands) -> None:
    """Add the command and what it can do."""
    parser = commands.add_parser("audit", help="verify the audit, or a file of it")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="deed")
    verified = deeds.add_parser("verify", help="walk each force's chain; exit code 1 when a link is broken")
    verified.add_argument("--force", metavar="SLUG", help="one force only")
    read = deeds.add_parser(
        "check", help="read an exported file; exit code 1 and the first wrong line when it was altered"
    )
    read.add_argument("file", metavar="FILE", type=Path)
    certificate = deeds.add_parser(
        "certificate", help="check a certificate of deletion; exit code 1 when it is not true"
    )
    certificate.add_argument("--force", metavar="SLUG", required=True, help="whose it is")
    certificate.add_argument("file", metavar="FILE", type=Path, help="the certificate, as it was downloaded")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Verify the chain of every force, or of one; or read a file, or a certificate."""
    return {"check": _check, "certificate": _certified, "verify": _verify}[arguments.deed](arguments, settings)


def _check(arguments: argparse.Namespace, settings: Settings) -> int:
    async def check(service: Service) -> tuple[Checked, bool]:
        try:
            with arguments.file.open("rb") as file:
                door = await service.door(_force(file.readline(checking.LONGEST)))
                file.seek(0)
                checked = checking.check(door.force.keys, _lines(file))
        except OSError as lost:
            raise Refusal(_("The file %(file)s cannot be read.", file=arguments.file)) from lost
        async with door.open(COMMAND_LINE) as tx:
            stands = await exporting.digest_at(tx, checked.last) if checked.rows else None
        return checked, not checked.rows or (stands is not None and stands.hex() == checked.digest)

    checked, same = carry_out(settings, check)
    facts = {"chain": checked.chain, "rows": checked.rows, "first": checked.first, "last": checked.last}
    wrong = {"line": checked.wrong.line, "what": checked.wrong.what} if checked.wrong else None
    tell(arguments, _said(checked, checked.wrong, same=same), {**facts, "wrong": wrong, "same": same})
    return int(checked.wrong is not None or not same)


def _force(first: bytes) -> str:
    slug = checking.force_of(first)
    if not slug:
        raise Refusal(_("wrong at line 1: this is not how such a file begins"))
    return slug


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Read line by line; what is longer than any line is read in pieces, none of which is a line."""
    while line := file.readline(checking.LONGEST):
        yield line


def _said(checked: Checked, wrong: Wrong | None, *, same: bool) -> str:
    if wrong:
        return _("wrong at line %(line)s: %(what)s", line=wrong.line, what=wrong.what)
    if not same:
        return _("the file is as it was written, but the chain of the force is not what it was then")
    rows = ngettext("%(num)s row, as it was written", "%(num)s rows, as they were written", checked.rows)
    if not checked.chain:
        return rows
    return rows + _(", all of the chain from %(first)s to %(last)s", first=checked.first, last=checked.last)


def _verify(arguments: argparse.Namespace, settings: Settings) -> int:
    async def verify(service: Service) -> dict[str, Verdict]:
        slugs = [arguments.force] if arguments.force else [force.ref.slug for force in await service.registry.all()]
        heads = Heads(settings.home / HEADS)
        return {slug: await _verdict(service, slug, heads) for slug in slugs}

    verdicts = carry_out(settings, verify)
    text = "\n".join(_line(slug, verdict) for slug, verdict in verdicts.items())
    tell(arguments, text or _("No force is on board."), [_facts(slug, verdict) for slug, verdict in verdicts.items()])
    return int(any(verdict.broken for verdict in verdicts.values()))


def _certified(arguments: argparse.Namespace, settings: Settings) -> int:
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
