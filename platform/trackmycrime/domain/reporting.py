"""Figures of a force: written by its own jobs into a national table of counts, which is all that operators ever see."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from trackmycrime.domain import duties, tasks
from trackmycrime.domain.tenancy import files
from trackmycrime.domain.tenancy.registry import TYPICAL_REPLY
from trackmycrime.kit import ids, working_days
from trackmycrime.kit.time import LONDON, now
from trackmycrime.store import reporting as rows
from trackmycrime.store import tenancy
from trackmycrime.store.cases import rows as cases
from trackmycrime.store.reporting import Wait
from trackmycrime.store.tenancy import ForceRow
from trackmycrime.tx import ForceTx, NationalTx

_WELCOME_WITHIN = timedelta(hours=24)  # domain.md, "How it worked": a welcome within 24 hours of reporting
_WELCOMES_OF = timedelta(days=28)
FEWEST_REPLIES = 5  # below this a figure says more about one person than about the force
_MOST_REPLIES = 500
_LOOKED_AT = timedelta(days=90)


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


def typical_wait(waits: Sequence[Wait], at: datetime) -> int:
    """Return within how many working days most people (three in four) get a reply, or 0 when too few have had one.

    Who still waits and has waited longer than that counts too: silence must not look like speed.
    """
    answered = sorted(_days(wait.since, wait.answered_at) for wait in waits if wait.answered_at)
    if len(answered) < FEWEST_REPLIES:
        return 0
    waiting = (_days(wait.since, at) for wait in waits if not wait.answered_at)
    usual = _three_in_four(answered)
    return max(1, _three_in_four(sorted([*answered, *(days for days in waiting if days > usual)])))


def _three_in_four(days: Sequence[int]) -> int:
    return days[math.ceil(len(days) * 3 / 4) - 1]


def _days(since: datetime, until: datetime) -> int:
    return working_days.between(since.astimezone(LONDON).date(), until.astimezone(LONDON).date())


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
        TYPICAL_REPLY: typical_wait(await rows.waits(tx, ids.before(now() - _LOOKED_AT), _MOST_REPLIES), now()),
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
