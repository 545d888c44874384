"""The twelve rights of the Victims' Code in plain words, and what each means for a case: versioned data, read here."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files

from msgspec import Struct, convert

from trackmycrime.domain.cases import Case, hearings
from trackmycrime.domain.cases.stages import Stage
from trackmycrime.kit.time import LONDON, now, today
from trackmycrime.kit.words import _
from trackmycrime.store.cases import links
from trackmycrime.tx import ForceTx


class Fact(StrEnum):
    """A day that a sentence may name."""

    DUE = "due"
    LATE = "late"
    REPORTED = "reported"
    HEARING = "hearing"


class Right(Struct, frozen=True):
    """A right: its title, what it means for everybody, and for one case ("" where there is none).

    `now` has %(name)s places for the days in `days`.
    """

    id: str
    title: str
    means: tuple[str, ...]
    now: str = ""
    days: Mapping[str, date] = {}


class Situation(Struct, frozen=True):
    """What decides which sentence fits a case: where it stands, whose it is, and the days that are known."""

    stage: Stage
    enhanced: bool
    closed: bool
    days: Mapping[str, date]


class _Sentence(Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    stages: tuple[Stage, ...] = ()
    enhanced: bool | None = None
    closed: bool | None = None
    needs: tuple[Fact, ...] = ()


class _Rule(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    title: str
    means: tuple[str, ...]
    now: tuple[_Sentence, ...]


class _Code(Struct, frozen=True, forbid_unknown_fields=True):
    right: tuple[_Rule, ...]


def in_force(on: date | None = None) -> date:
    """Return since when the Code that holds on that day, or today, has been in force; ValueError before the first."""
    asked = on or today()
    return max(since for since in _codes() if since <= asked)


def for_everybody() -> tuple[Right, ...]:
    """Return the rights in the order of the Code, in the language of the moment."""
    return tuple(_right(rule) for rule in _codes()[in_force()].right)


async def for_case(tx: ForceTx, case: Case) -> tuple[Right, ...]:
    """Return the rights with what each means now for this case, which its victim was shown (Victims' Code, rights 1 to 12)."""
    situation = Situation(
        stage=Stage(case.stage),
        enhanced=await links.enhanced(tx, case.id, tx.actor.id),
        closed=case.closed,
        days=_days(case, [hearing.at for hearing in await hearings.on_case(tx, case)]),
    )
    return for_situation(situation)


def for_situation(situation: Situation) -> tuple[Right, ...]:
    """Return the rights with what each means in this situation."""
    return tuple(_right(rule, situation) for rule in _codes()[in_force()].right)


def _right(rule: _Rule, situation: Situation | None = None) -> Right:
    fitting = next((one.text for one in rule.now if _fits(one, situation)), "") if situation else ""
    means = tuple(_(text) for text in rule.means)
    return Right(rule.id, _(rule.title), means, _(fitting) if fitting else "", situation.days if situation else {})


def _fits(sentence: _Sentence, situation: Situation) -> bool:
    return (
        (not sentence.stages or situation.stage in sentence.stages)
        and sentence.enhanced in {None, situation.enhanced}
        and sentence.closed in {None, situation.closed}
        and all(fact in situation.days for fact in sentence.needs)
    )


def _days(case: Case, hearings_at: list[datetime]) -> Mapping[str, date]:
    """Return the days that are known: of the next update, whether it has passed or not, of the report, of the next hearing."""
    found: dict[str, date] = {}
    if case.reported_at:
        found[Fact.REPORTED] = _day(case.reported_at)
    if case.due_at:
        found[Fact.LATE if _day(case.due_at) < today() else Fact.DUE] = _day(case.due_at)
    if coming := [at for at in hearings_at if at > now()]:
        found[Fact.HEARING] = _day(min(coming))
    return found


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


@cache
def _codes() -> Mapping[date, _Code]:
    """Return every Code by the day from which it holds: the name of its file."""
    found = (files("trackmycrime.data") / "victims_code").iterdir()
    texts = {file.name.removesuffix(".toml"): file.read_text("utf-8") for file in found if file.name.endswith(".toml")}
    return {date.fromisoformat(name): convert(tomllib.loads(text), _Code) for name, text in texts.items()}
