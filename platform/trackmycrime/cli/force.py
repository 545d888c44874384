"""`trackmycrime force`: the forces' configurations as files, planned, applied and exported."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import to_builtins

from trackmycrime.cli import Commands
from trackmycrime.cli.service import COMMAND_LINE, Service, carry_out, tell
from trackmycrime.domain import logos, onboarding, reporting
from trackmycrime.domain.reporting import Stage, Standing
from trackmycrime.domain.tenancy import plan
from trackmycrime.domain.tenancy.configuration import Configuration, load
from trackmycrime.domain.tenancy.files import FILE, PICTURE
from trackmycrime.domain.tenancy.plan import Change
from trackmycrime.kit.errors import Conflict, Invalid, Refusal
from trackmycrime.kit.pictures import Picture
from trackmycrime.kit.words import _
from trackmycrime.settings import Settings


def add(commands: Commands) -> None:
    """Add the command and what it can do."""
    parser = commands.add_parser("force", help="plan, apply, export or list the forces' configurations")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="deed")
    planned = deeds.add_parser("plan", help="show what applying a file would change")
    planned.add_argument("path", type=Path, metavar="PATH", help="a force.toml, or the folder it is in")
    applied = deeds.add_parser("apply", help="publish files; a force that is not on board is put on board")
    applied.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="a force.toml, or the folder it is in")
    applied.add_argument("--live", action="store_true", help="also change forces that are live")
    exported = deeds.add_parser("export", help="print a force's configuration as its file")
    exported.add_argument("slug", metavar="SLUG", help="the force's part of the address, such as kent")
    exported.add_argument("--to", type=Path, metavar="FOLDER", help="write it there, and the logo beside it")
    deeds.add_parser("list", help="list the forces that are on board")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do what was asked."""
    {"plan": _plan, "apply": _apply, "export": _export, "list": _list}[arguments.deed](arguments, settings)
    return 0


def _plan(arguments: argparse.Namespace, settings: Settings) -> None:
    configuration, _logo = _read(arguments.path)
    changes = carry_out(settings, lambda service: service.onboarding.plan(configuration))
    tell(arguments, _shown(configuration, changes), _facts(configuration, changes))


def _apply(arguments: argparse.Namespace, settings: Settings) -> None:
    read = [_read(path) for path in arguments.paths]
    configurations = [configuration for configuration, _logo in read]

    async def apply(service: Service) -> list[tuple[Change, ...]]:
        for one in read:
            await service.onboarding.require_logo(*one)
        if not arguments.live:
            for configuration in configurations:
                await _require_allowed(service, configuration)
        return [await service.onboarding.publish(COMMAND_LINE, *one) for one in read]

    made = list(zip(configurations, carry_out(settings, apply), strict=True))
    text = "\n".join(_shown(configuration, changes) for configuration, changes in made)
    tell(arguments, text, [_facts(configuration, changes) for configuration, changes in made])


async def _require_allowed(service: Service, configuration: Configuration) -> None:
    """Refuse before anything is applied, and show what would change: victims see it, or administrators have set it otherwise."""
    changes = await service.onboarding.plan(configuration)
    why = await service.onboarding.why_ask(configuration) if changes else ""
    if why:
        sys.stdout.write(_shown(configuration, changes) + "\n")
        raise Conflict(why)


def _read(path: Path) -> tuple[Configuration, Picture | None]:
    """Return what a file says, and the logo that lies beside it."""
    file = path / FILE if path.is_dir() else path
    try:
        content = file.read_bytes()
    except OSError as missing:
        raise Refusal(_("%(file)s cannot be read. Give a force.toml or its folder.", file=file)) from missing
    configuration, picture = load(content, where=str(file)), file.with_name(PICTURE)
    if not picture.is_file():
        return configuration, None
    try:
        return asyncio.run(onboarding.with_logo(configuration, picture.read_bytes()))
    except Invalid as unusable:
        raise Refusal(f"{picture}: {unusable.fields[logos.FIELD]}") from unusable


def _shown(configuration: Configuration, changes: Sequence[Change]) -> str:
    return f"{configuration.slug}:\n{plan.render(changes)}"


def _facts(configuration: Configuration, changes: Sequence[Change]) -> dict[str, object]:
    return {"slug": configuration.slug, "changes": to_builtins(changes)}


def _export(arguments: argparse.Namespace, settings: Settings) -> None:
    files = carry_out(settings, lambda service: onboarding.exported(service.registry, arguments.slug))
    if arguments.to:
        arguments.to.mkdir(parents=True, exist_ok=True)
        (arguments.to / PICTURE).unlink(missing_ok=True)
        for name, each in files.items():
            (arguments.to / name).write_bytes(each)
        tell(
            arguments,
            "\n".join(str(arguments.to / name) for name in files),
            {"slug": arguments.slug, "files": [*files]},
        )
        return
    content = files[FILE]
    if arguments.json:
        tell(arguments, "", {"slug": arguments.slug, "content": content.decode()})
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _list(arguments: argparse.Namespace, settings: Settings) -> None:
    async def standings(service: Service) -> list[Standing]:
        async with service.database.national("console").open(COMMAND_LINE) as tx:
            return [one for one in await reporting.standings(tx) if one.stage is not Stage.ABSENT]

    found = carry_out(settings, standings)
    lines = [f"{one.slug:<24}{one.stage:<12}{one.name}" for one in found]
    facts = [{"slug": one.slug, "name": one.name, "state": one.stage} for one in found]
    tell(arguments, "\n".join(lines) or _("No force is on board."), facts)
