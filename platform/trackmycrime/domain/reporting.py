"""Figures of a force: written by its own jobs into a national table of counts, which is all that operators ever see."""

from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from trackmycrime.domain import duties, tasks
from trackmycrime.domain.tenancy import files
from trackmycrime.store import reporting as rows
from trackmycrime.store import tenancy
from trackmycrime.store.cases import rows as cases
from trackmycrime.store.tenancy import ForceRow
from trackmycrime.tx import ForceTx, NationalTx

_WELCOME_WITHIN = timedelta(hours=24)  # domain.md, "How it worked": a welcome within 24 hours of reporting
_WELCOMES_OF = timedelta(days=28)


class Stage(StrEnum):
    """How far a force is: its victims are invited, it is being set up, it is stopped, or it is not on board."""

    LIVE = "live"
    SETTING_UP = "setting_up"
    SUSPENDED = "suspended"
    ABSENT = "absent"


class Standing(Struct, frozen=True):
    """A force as the nation sees it; `figures` is empty until its jobs have counted."""

    slug: str
    name: str
    stage: Stage
    figures: dict[str, int]


async def count(tx: ForceTx) -> None:
    """Count this force's cases, tasks, late duties and late welcomes, and write the figures."""
    open_cases, all_cases = await cases.numbers(tx)
    welcomed_late, welcomed = await rows.welcomed(tx, _WELCOME_WITHIN, _WELCOMES_OF)
    figures = {
        "open_cases": open_cases,
        "cases": all_cases,
        "tasks_waiting": await tasks.number_waiting(tx),
        "duties_late": await duties.number_late(tx),
        "registered": await rows.registered(tx),
        "events_held": await rows.held(tx),
        "welcomed": welcomed,
        "welcomed_late": welcomed_late,
    }
    await rows.write(tx, figures)


async def figures(tx: NationalTx) -> dict[str, dict[str, int]]:
    """Return the newest figures of every force, by slug and by name."""
    return await rows.figures(tx)


async def standings(tx: NationalTx) -> list[Standing]:
    """Return every force of the country by name, on board or not, with its newest figures."""
    counted = await figures(tx)
    on_board = {
        row.slug: Standing(row.slug, row.name, _stage(row), counted.get(row.slug, {}))
        for row in await tenancy.listed(tx)
    }
    absent = {slug: Standing(slug, known.name, Stage.ABSENT, {}) for slug, known in files.known().items()}
    return sorted((absent | on_board).values(), key=lambda standing: standing.name)


def _stage(row: ForceRow) -> Stage:
    if row.state == Stage.SUSPENDED:
        return Stage.SUSPENDED
    return Stage.LIVE if row.configuration.get("live") else Stage.SETTING_UP
