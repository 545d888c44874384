"""The figures as a file: all that the page shows, and no more of a small count than the page."""

from collections.abc import Iterator

from trackmycrime.domain.figures import By, Measure, Overview, Parts
from trackmycrime.domain.figures.names import Figure
from trackmycrime.domain.figures.suppression import Line
from trackmycrime.kit.words import _
from trackmycrime.web.admin import figures_words


def heads() -> tuple[str, ...]:
    """Return the heads of the file."""
    return (
        _("Figure"),
        _("Told apart"),
        _("When"),
        _("Which"),
        _("How many"),
        _("Of them in time, registered or sent"),
        _("Of them not"),
        _("Of 100"),
        _("Three in four had a reply within"),
        _("Needed another invitation"),
    )


def rows(found: Overview) -> Iterator[tuple[str, ...]]:
    """Return a row for each row of the page."""
    for measure in found.measures:
        yield from _months(measure)
        for parts in measure.parts:
            yield from _parts(measure.figure, parts, figures_words.periods()[found.period])


def _months(measure: Measure) -> Iterator[tuple[str, ...]]:
    name = figures_words.figures()[measure.figure]
    for month in reversed(measure.months):
        wait = figures_words.wait(month.wait) if measure.figure is Figure.REPLY else ""
        again = figures_words.number(month.again.missed) if month.again else ""
        yield (
            name,
            _("By month"),
            figures_words.month_of(month.begins),
            _("The whole force"),
            *_cells(month.line),
            wait,
            again,
        )


def _parts(figure: Figure, parts: Parts, period: str) -> Iterator[tuple[str, ...]]:
    first = (figures_words.figures()[figure], figures_words.by(parts.by), period)
    for line in parts.table.rows:
        wait = figures_words.wait(parts.waits.get(line.name, 0)) if figure is Figure.REPLY else ""
        yield (*first, figures_words.part(parts.by, line.name), *_of_part(parts.by, line), wait, "")
    if parts.table.others:
        names = "; ".join(figures_words.part(parts.by, name) for name in parts.table.merged)
        yield (*first, names, *_of_part(parts.by, parts.table.others), "", "")


def _of_part(by: By, line: Line) -> tuple[str, ...]:
    return (figures_words.number(line.of), "", "", "") if by is By.REASON else _cells(line)


def _cells(line: Line) -> tuple[str, ...]:
    share = "" if line.of == 0 else figures_words.percent(line.share)
    return (*map(figures_words.number, (line.of, line.kept, line.missed)), share)
