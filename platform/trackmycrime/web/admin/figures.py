"""Figures: how the force keeps its promises, month by month and unit by unit, the worst first."""

from collections.abc import Sequence
from datetime import date

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from msgspec import Struct

from trackmycrime.domain import figures
from trackmycrime.domain.figures import By, Measure, Month, Overview, Parts, Period
from trackmycrime.domain.figures.names import Figure
from trackmycrime.domain.figures.reading import chosen
from trackmycrime.domain.figures.suppression import Hidden, Line
from trackmycrime.kit.words import _
from trackmycrime.tx import ForceTx
from trackmycrime.web.admin import desk, figures_file, figures_words
from trackmycrime.web.admin.figures_charts import Chart, chart
from trackmycrime.web.common import dates, sheets
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.frame import Link
from trackmycrime.web.common.permissions import Permission
from trackmycrime.web.common.visit import AnyRequest, Visit

_MOST_BARS = 12


class Bar(Struct, frozen=True):
    """A row of a chart of bars; a `width` of "" draws none."""

    name: str
    width: str
    said: str


class Grid(Struct, frozen=True):
    """A table: its caption, its heads and its rows, whose first cell names them."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class PartsView(Struct, frozen=True):
    """A figure told apart: bars, the same as a table, what to know of them, and why there is nothing, "" if there is."""

    heading: str
    bars: tuple[Bar, ...]
    grid: Grid
    notes: tuple[str, ...]
    withheld: str


class Section(Struct, frozen=True):
    """All that is shown of a figure."""

    key: str
    heading: str
    meaning: str
    chart: Chart | None
    months: Grid
    parts: tuple[PartsView, ...]
    to_do: str
    link: Link


class FiguresPage(Struct, frozen=True):
    """All that the page shows; `counted` is "" before the first count."""

    counted: str
    numbers: tuple[tuple[str, str], ...]
    periods: tuple[Link, ...]
    export: str
    sections: tuple[Section, ...]


class FiguresController(Controller):
    """How the force keeps its promises."""

    path = desk.FIGURES

    @get(opt={"permission": Permission.ADMIN_READ})
    async def show(self, request: AnyRequest, tx: NamedDependency[ForceTx], visit: NamedDependency[Visit]) -> Page:
        """Show every figure, told apart in the period that is asked for."""
        found = await figures.overview(tx, _period(request))
        shown = FiguresPage(
            counted=dates.moment(found.counted_at) if found.counted_at else "",
            numbers=tuple(_number(measure) for measure in found.measures),
            periods=_periods(found.period),
            export=f"{desk.FIGURES}/export?period={found.period}",
            sections=tuple(_section(measure, found) for measure in found.measures),
        )
        return page("admin/figures/index.html", desk.frame(visit, desk.FIGURES), page=shown)

    @get("/export", opt={"permission": Permission.ADMIN_READ})
    async def export(self, request: AnyRequest, tx: NamedDependency[ForceTx]) -> Response[bytes]:
        """Return all that the page shows as a file."""
        found = await figures.overview(tx, _period(request))
        return sheets.download("figures.csv", sheets.written(figures_file.heads(), figures_file.rows(found)))


def _period(request: AnyRequest) -> Period:
    asked = request.query_params.get("period", "")
    return Period(asked) if asked in set(Period) else Period.LAST


def _periods(current: Period) -> tuple[Link, ...]:
    return tuple(
        Link(name, f"{desk.FIGURES}?period={period}#by", current=period is current)
        for period, name in figures_words.periods().items()
    )


def _number(measure: Measure) -> tuple[str, str]:
    """Return a figure's newest share, and what it is of."""
    share = measure.spoken.line.share
    name = figures_words.figures()[measure.figure]
    said = _("%(figure)s, %(month)s", figure=name, month=figures_words.month_of(measure.spoken.begins))
    return (_("Too few") if share is None else f"{share}%"), said


def _section(measure: Measure, found: Overview) -> Section:
    to_do, words, href = figures_words.to_do(measure.figure)
    begins = [month.begins for month in measure.months]
    return Section(
        key=measure.figure,
        heading=figures_words.heading(measure),
        meaning=figures_words.meaning(measure.figure, found),
        chart=chart(begins, [month.line.share for month in measure.months]),
        months=_months(measure),
        parts=tuple(_parts(measure.figure, parts, _when(found, begins)) for parts in measure.parts),
        to_do=to_do,
        link=Link(words, href),
    )


def _months(measure: Measure) -> Grid:
    figure = measure.figure
    heads = (_("Month"), *figures_words.heads(figure), *_more_heads(figure))
    rows = tuple(
        (figures_words.month_of(month.begins), *_cells(month.line), *_more(figure, month)) for month in measure.months
    )
    return Grid(figures_words.figures()[figure], heads, rows[::-1])


def _more_heads(figure: Figure) -> tuple[str, ...]:
    return {
        Figure.REPLY: (_("Three in four had a reply within"),),
        Figure.REGISTERED: (_("Needed another invitation"),),
    }.get(figure, ())


def _more(figure: Figure, month: Month) -> tuple[str, ...]:
    if figure is Figure.REPLY:
        return (figures_words.wait(month.wait),)
    if figure is Figure.REGISTERED:
        return (figures_words.number(month.again.missed if month.again else Hidden.UNSAID),)
    return ()


def _cells(line: Line) -> tuple[str, ...]:
    if line.of == 0:
        return (figures_words.number(0), "", "", "")
    return (*map(figures_words.number, (line.of, line.kept, line.missed)), figures_words.percent(line.share))


def _when(found: Overview, months: Sequence[date]) -> str:
    first, *_between, last = [*chosen(months, found.period)] * 2
    return figures_words.month_of(last) if first == last else figures_words.span(first, last)


def _parts(figure: Figure, parts: Parts, when: str) -> PartsView:
    shown = parts.table
    rows = list(shown.rows)
    named = [(line, figures_words.part(parts.by, line.name)) for line in rows]
    together = figures_words.others(parts.by, len(shown.merged))
    named += [(shown.others, together)] if shown.others else []
    names = [figures_words.part(parts.by, name) for name in shown.merged]
    return PartsView(
        heading=_("%(parts)s, %(months)s", parts=figures_words.by(parts.by), months=when),
        bars=_bars(parts.by, named),
        grid=_grid(figure, parts, named),
        notes=_notes(together, names, len(named)),
        withheld=_withheld(shown.total) if shown.withheld or not named else "",
    )


def _notes(together: str, names: Sequence[str], rows: int) -> tuple[str, ...]:
    drawn = _("The first %(number)s of %(all)s are drawn. All are in the table.", number=_MOST_BARS, all=rows)
    who = _("%(row)s: %(names)s", row=together, names="; ".join(names))
    return (*([drawn] if rows > _MOST_BARS else []), *([who] if names else []))


def _withheld(total: Line) -> str:
    if total.of == 0:
        return _("There is nothing to tell apart.")
    return _("The numbers are too small to tell apart: they would say too much about one person.")


def _bars(by: By, named: Sequence[tuple[Line, str]]) -> tuple[Bar, ...]:
    if by is not By.REASON:
        return tuple(
            Bar(name, f"{line.share}%", figures_words.percent(line.share)) for line, name in named[:_MOST_BARS]
        )
    counted = [(line.of if isinstance(line.of, int) else 0, name) for line, name in named]
    most = max((number for number, _name in counted), default=0) or 1
    return tuple(
        Bar(name, f"{100 * number // most}%", figures_words.number(number)) for number, name in sorted(counted)[::-1]
    )


def _grid(figure: Figure, parts: Parts, named: Sequence[tuple[Line, str]]) -> Grid:
    caption = f"{figures_words.figures()[figure]}: {figures_words.by(parts.by)}"
    if parts.by is By.REASON:
        heads = (_("Why"), _("Notices"))
        return Grid(caption, heads, tuple((name, figures_words.number(line.of)) for line, name in named))
    heads = (_("Unit") if parts.by is By.UNIT else _("Way"), *figures_words.heads(figure))
    rows = tuple((name, *_cells(line), *_wait(figure, parts, line)) for line, name in named)
    return Grid(caption, (*heads, *(_more_heads(figure) if figure is Figure.REPLY else ())), rows)


def _wait(figure: Figure, parts: Parts, line: Line) -> tuple[str, ...]:
    if figure is not Figure.REPLY:
        return ()
    return (figures_words.wait(parts.waits.get(line.name, 0)) if line is not parts.table.others else "",)
