"""A case's way so far: what happened on it and when, where it stands, and what may come next."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from trackmycrime.domain.cases import hearings, outcomes, stages
from trackmycrime.domain.cases.access import Case
from trackmycrime.domain.cases.hearings import Hearing
from trackmycrime.domain.cases.stages import Stage
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.domain.tenancy.registry import configuration
from trackmycrime.kit.errors import NotFound
from trackmycrime.kit.words import _
from trackmycrime.store import progress as rows
from trackmycrime.store.progress import StepRow
from trackmycrime.tx import ForceTx


class StepKind(StrEnum):
    """What sort of step it is. The words are stored."""

    STAGE = "stage"
    OUTCOME = "outcome"
    CLOSED = "closed"
    REOPENED = "reopened"


class Step(Struct, frozen=True):
    """Something that happened, in plain words; `at` is None where nobody told us when."""

    title: str
    meaning: str
    at: datetime | None


class Progress(Struct, frozen=True):
    """A case's way: where it stands and what may come next ("" when nothing more is to come), and what came before."""

    now: str
    meaning: str
    next: str
    steps: tuple[Step, ...]
    hearings: tuple[Hearing, ...]


async def of(tx: ForceTx, case: Case) -> Progress:
    """Return the way of a case that this actor was shown. Raises NotFound where the force does not show it."""
    if not configuration(tx).has(Feature.JOURNEY):
        raise NotFound(_("Page not found"))
    listed = tuple(await hearings.on_case(tx, case))
    steps = tuple(_steps(case, await rows.on_case(tx, case.id)))
    now, meaning, coming = _standing(case)
    return Progress(now, meaning, coming, steps, listed)


def _standing(case: Case) -> tuple[str, str, str]:
    if case.closed:
        outcome = outcomes.outcome(case.outcome) if case.outcome else None
        return _("Closed"), outcome.sentence if outcome else _("We are not working on your case any more."), ""
    stage = Stage(case.stage)
    explained = stages.explained(stage)
    return stages.plain(stage), explained.meaning, explained.next


def _steps(case: Case, found: Iterable[StepRow]) -> Iterator[Step]:
    """Yield what happened, the first step first; saying a stage again at once says nothing new.

    What a case is at stands there even when nobody told us since when.
    """
    told = list(_changes(found))
    stages_told = [row.value for row in told if row.what == StepKind.STAGE]
    if case.reported_at and Stage.REPORTED not in stages_told:
        yield _stage(Stage.REPORTED, case.reported_at)
    if not stages_told and not case.closed:
        yield _stage(Stage(case.stage), None)
    for row in told:
        yield _step(row)


def _changes(found: Iterable[StepRow]) -> Iterator[StepRow]:
    last: tuple[str, str] | None = None
    for row in found:
        if (row.what, row.value) != last:
            yield row
        last = row.what, row.value


def _stage(stage: Stage, at: datetime | None) -> Step:
    return Step(stages.plain(stage), stages.explained(stage).meaning, at)


def _step(row: StepRow) -> Step:
    match StepKind(row.what):
        case StepKind.STAGE:
            return _stage(Stage(row.value), row.at)
        case StepKind.OUTCOME:
            outcome = outcomes.outcome(int(row.value))
            return Step(_("The investigation has a result"), outcome.sentence if outcome else "", row.at)
        case StepKind.CLOSED:
            return Step(_("Your case was closed"), "", row.at)
        case StepKind.REOPENED:
            return Step(_("Your case was opened again"), _("We are working on your case again."), row.at)
