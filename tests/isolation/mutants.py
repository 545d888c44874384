"""Every object check of the code, and what takes it away. What is not here is not proven to be noticed."""

from tests.isolation import (
    mutants_access,
    mutants_brand,
    mutants_clients,
    mutants_entry,
    mutants_retention,
    mutants_routing,
    mutants_staff,
    mutants_staff_in,
    mutants_ways,
    mutants_wording,
    mutants_words,
)
from tests.isolation.mutation import CodeMutant, broken
from tests.isolation.parts import PARTS
from tests.isolation.stage import Stage

MUTANTS: tuple[CodeMutant, ...] = (
    *mutants_access.ACCESS,
    *mutants_words.WORDS,
    *mutants_words.TASKS,
    *mutants_routing.ROUTING,
    *mutants_retention.RETENTION,
    *mutants_staff.DEPUTIES,
    *mutants_staff.STAFF,
    *mutants_entry.GATE,
    *mutants_entry.SESSIONS,
    *mutants_entry.LINKS,
    *mutants_entry.PASSWORDS,
    *mutants_entry.MACHINES,
    *mutants_clients.CLIENTS,
    *mutants_ways.PASSKEYS,
    *mutants_ways.STEPS,
    *mutants_wording.WORDING,
    *mutants_brand.BRAND,
    *mutants_staff_in.STAFF,
)


async def unnoticed(stage: Stage, mutant: CodeMutant) -> list[str]:
    """Return the parts of the suite that should have noticed a mutant, and did not."""
    silent: list[str] = []
    for part in mutant.parts:
        with broken(mutant):
            breaches = await PARTS[part](stage)
        await stage.restore()
        if not breaches:
            silent.append(part)
    return silent


async def false_alarms(stage: Stage) -> list[str]:
    """Return the parts that report a breach although nothing was taken away: what they notice would prove nothing."""
    alarmed: list[str] = []
    for part, run in PARTS.items():
        alarmed += [f"{part}: {breach}" for breach in await run(stage)]
        await stage.restore()
    return alarmed
