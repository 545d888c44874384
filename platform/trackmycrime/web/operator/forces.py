"""All forces of the country: how far each is, and where people wait longest."""

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect
from msgspec import Struct

from trackmycrime.domain import reporting
from trackmycrime.domain.reporting import Stage, Standing
from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import _
from trackmycrime.tx import NationalTx
from trackmycrime.web.common import answers
from trackmycrime.web.common.answers import Page
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.operator import console
from trackmycrime.web.operator.console import Count, StageTag, count, stage_tag, total

FIGURES = ("duties_late", "tasks_waiting", "events_held", "open_cases", "registered")
_WORST = "duties_late"
_ASCENDING, _DESCENDING = "ascending", "descending"
_MOST_NAMED = 5


class ForceLine(Struct, frozen=True):
    """A force in the list; `counts` are in the order of FIGURES. `href` leads to it, or to putting it on board."""

    slug: str
    name: str
    stage: Stage
    tag: StageTag
    href: str
    counts: tuple[Count, ...]


class Column(Struct, frozen=True):
    """A heading that sorts: where it leads, and which way the list is sorted by it now ("" for not at all)."""

    text: str
    href: str
    direction: str
    numeric: bool


class ForcesPage(Struct, frozen=True):
    """The list, what is worst in the country, and what was asked for."""

    late: tuple[ForceLine, ...]
    more_late: int
    totals: tuple[tuple[str, str], ...]
    values: dict[str, str]
    stages: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    lines: tuple[ForceLine, ...]


@get("/", opt={"permission": Permission.PUBLIC}, sync_to_thread=False)
def start(visit: NamedDependency[Visit]) -> Redirect:
    """Lead to the first page: the forces, or the way in."""
    return answers.go(console.HOME if visit.session else "/sign-in")


class ForcesController(Controller):
    """The list of forces."""

    path = "/forces"

    @get(opt={"permission": Permission.FORCES_READ})
    async def index(
        self,
        visit: NamedDependency[Visit],
        national: NamedDependency[NationalTx],
        q: FromQuery[str] = "",
        stage: FromQuery[str] = "",
        sort: FromQuery[str] = _WORST,
        direction: FromQuery[str] = "",
    ) -> Page:
        """Show the forces that were asked for, the worst first unless another order was."""
        lines = [_line(standing) for standing in await reporting.standings(national)]
        asked = _Asked(q[:100], stage, sort, direction)
        return answers.page("operator/forces/index.html", console.frame(visit, console.HOME), page=_page(lines, asked))


class _Asked(Struct, frozen=True):
    """What the address asks for; what makes no sense counts as not asked."""

    q: str
    stage: str
    sort: str
    direction: str

    @property
    def descending(self) -> bool:
        return (self.direction or _first_direction(self.sort)) == _DESCENDING

    def address(self, **changes: str) -> str:
        given = {"q": self.q, "stage": self.stage} | changes
        return "?" + urlencode({name: value for name, value in given.items() if value})


def _line(standing: Standing) -> ForceLine:
    absent = standing.stage is Stage.ABSENT
    return ForceLine(
        slug=standing.slug,
        name=standing.name,
        stage=standing.stage,
        tag=stage_tag(standing.stage),
        href=f"/forces/new?force={standing.slug}" if absent else f"/forces/{standing.slug}",
        counts=tuple(count(standing.figures.get(name)) for name in FIGURES),
    )


def _page(lines: Sequence[ForceLine], asked: _Asked) -> ForcesPage:
    late = sorted((line for line in lines if line.counts[0].rank > 0), key=_worst_first)
    return ForcesPage(
        late=tuple(late[:_MOST_NAMED]),
        more_late=max(len(late) - _MOST_NAMED, 0),
        totals=_totals(lines),
        values={"q": asked.q, "stage": asked.stage, "sort": asked.sort, "direction": asked.direction},
        stages=(("", _("Any stage")), *((stage, stage_tag(stage).text) for stage in Stage)),
        columns=tuple(_column(name, text, asked) for name, text in _headings().items()),
        lines=tuple(_sorted([line for line in lines if _matches(line, asked)], asked)),
    )


def _worst_first(line: ForceLine) -> tuple[tuple[int, ...], bool, str]:
    return tuple(-one.rank for one in line.counts), line.stage is Stage.ABSENT, line.name


def _totals(lines: Sequence[ForceLine]) -> tuple[tuple[str, str], ...]:
    def number(stage: Stage) -> str:
        return str(sum(line.stage is stage for line in lines))

    cases = total([line.counts[FIGURES.index("open_cases")] for line in lines])
    return (
        (number(Stage.LIVE), _("live")),
        (number(Stage.SETTING_UP), _("being set up")),
        (number(Stage.ABSENT), _("not on board yet")),
        (cases.text, _("open cases")),
    )


def _headings() -> dict[str, str]:
    return {
        "name": _("Force"),
        "stage": _("Stage"),
        "duties_late": _("Late updates"),
        "tasks_waiting": _("Tasks waiting"),
        "events_held": _("Events held"),
        "open_cases": _("Open cases"),
        "registered": _("People registered"),
    }


def _column(name: str, text: str, asked: _Asked) -> Column:
    now = ""
    other = _first_direction(name)
    if name == asked.sort:
        now, other = (_DESCENDING, _ASCENDING) if asked.descending else (_ASCENDING, _DESCENDING)
    return Column(text, asked.address(sort=name, direction=other), now, name in FIGURES)


def _first_direction(name: str) -> str:
    return _DESCENDING if name in FIGURES else _ASCENDING


def _matches(line: ForceLine, asked: _Asked) -> bool:
    words = fold(asked.q)
    named = words in fold(line.name) or words in fold(line.slug)
    return named and asked.stage in {"", line.stage}


def _sorted(lines: Sequence[ForceLine], asked: _Asked) -> list[ForceLine]:
    """Sort by what was asked for; among equals the worst come first."""
    key = _key(asked.sort)
    return sorted(sorted(lines, key=_worst_first), key=key, reverse=asked.descending) if key else list(lines)


def _key(name: str) -> Callable[[ForceLine], tuple[int, str]] | None:
    if name in FIGURES:
        position = FIGURES.index(name)
        return lambda line: (line.counts[position].rank, "")
    if name == "stage":
        return lambda line: (list(Stage).index(line.stage), "")
    return (lambda line: (0, line.name)) if name == "name" else None
