"""Small counts: nobody can work out a count of 1 to 4 from all that is shown, whatever they know of how it was made."""

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from trackmycrime.domain.figures.suppression import Hidden, Line, Row, Table, alone, joined, table

_COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 12), st.integers(0, 60))
_ROWS = st.lists(st.tuples(_COUNTS, _COUNTS), min_size=1, max_size=5)


def rows(counts: Sequence[tuple[int, int]]) -> list[Row]:
    return [Row(f"Unit {number}", *each) for number, each in enumerate(counts)]


def small(row: Row) -> list[str]:
    return [cell for cell in ("of", "kept", "missed") if 0 < getattr(row, cell) < 5]


def others_like(counts: tuple[tuple[int, int], ...]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield other counts that might lie behind the same page: units in each other's place, and people in another unit."""
    for pair in combinations(range(len(counts)), 2):
        swapped = list(counts)
        swapped[pair[0]], swapped[pair[1]] = counts[pair[1]], counts[pair[0]]
        yield tuple(swapped)
    places = [(unit, part) for unit in range(len(counts)) for part in (0, 1)]
    for (unit, part), (to, at), number in ((*ends, number) for ends in permutations(places, 2) for number in (1, 2, 3)):
        moved = [list(each) for each in counts]
        if moved[unit][part] >= number:
            moved[unit][part] -= number
            moved[to][at] += number
            yield tuple((each[0], each[1]) for each in moved)
    for unit, part in places:
        for number in (-3, -2, -1, 1, 2, 3):
            changed = [list(each) for each in counts]
            changed[unit][part] += number
            if changed[unit][part] >= 0:
                yield tuple((each[0], each[1]) for each in changed)


def might_be(counts: tuple[tuple[int, int], ...]) -> list[tuple[tuple[int, int], ...]]:
    """Return other counts of which exactly the same is shown: what somebody who knows the rules cannot tell apart."""
    shown = table(rows(counts))
    return [other for other in others_like(counts) if other != counts and table(rows(other)) == shown]


@settings(max_examples=400, deadline=None)
@given(_ROWS)
def test_no_small_count_is_the_only_one_that_the_same_page_is_shown_for(given_: list[tuple[int, int]]) -> None:
    counts = tuple(given_)
    alike = might_be(counts)
    for number, row in enumerate(rows(counts)):
        for cell in small(row):
            values = {getattr(rows(other)[number], cell) for other in alike} - {getattr(row, cell)}
            assert values, f"{cell} of {row} can be worked out from {table(rows(counts))}"


@given(_ROWS)
def test_what_is_shown_adds_up_and_has_no_small_count(counts: list[tuple[int, int]]) -> None:
    shown = table(rows(counts))
    lines = [*shown.rows, *([shown.others] if shown.others else [])]
    for line in lines:
        for number in (line.of, line.kept, line.missed):
            assert number == 0 or (not isinstance(number, Hidden) and number >= 5), line
    if lines:
        assert shown.total.of == sum(line.of for line in lines if not isinstance(line.of, Hidden))
        assert shown.total.kept == sum(line.kept for line in lines if not isinstance(line.kept, Hidden))
    named = [*(line.name for line in shown.rows), *shown.merged]
    assert shown.withheld or sorted(named) == [row.name for row in rows(counts) if row.of]
    assert len(shown.merged) != 1, "a line of one unit hides nothing"


@given(st.lists(_ROWS, min_size=2, max_size=3))
def test_months_together_are_made_of_what_each_month_shows(months: list[list[tuple[int, int]]]) -> None:
    tables = [table(rows(counts)) for counts in months]
    shown = joined(tables)
    apart = {name for one in tables for name in one.merged}
    assert not apart & {line.name for line in shown.rows}
    if any(one.withheld for one in tables):
        assert shown.withheld
        assert not shown.rows
    elif shown.rows or shown.others:
        lines = [*shown.rows, *([shown.others] if shown.others else [])]
        assert sum(line.of for line in lines if isinstance(line.of, int) and not isinstance(line.of, Hidden)) == sum(
            kept + missed for counts in months for kept, missed in counts
        )


@given(_COUNTS, _COUNTS)
def test_a_row_alone_says_no_number_that_gives_a_small_one_away(kept: int, missed: int) -> None:
    row, line = Row("", kept, missed), alone(Row("", kept, missed))
    if small(row):
        assert line.share is None
        numbers = [number for number in (line.of, line.kept, line.missed) if not isinstance(number, Hidden)]
        assert numbers in ([], [row.of]), "with two of the three numbers everybody has the third"
        reach = range(kept + missed + 4)
        alike = {(k, m) for k in reach for m in reach if alone(Row("", k, m)) == line}
        for index, number in enumerate((kept, missed)):
            if 0 < number < 5:
                assert len({each[index] for each in alike}) > 1
        assert row.of >= 5 or len({k + m for k, m in alike}) > 1
    else:
        assert (line.of, line.kept, line.missed) == (kept + missed, kept, missed)


def test_units_with_small_counts_are_put_together_with_the_smallest_other() -> None:
    shown = table([Row("Moor", 20, 2), Row("Harbour", 30, 9), Row("Mill", 50, 0), Row("Quay", 80, 20)])
    assert [line.name for line in shown.rows] == ["Quay", "Mill"]
    assert shown.merged == ("Harbour", "Moor")
    assert shown.others == Line("", 61, 50, 11)
    assert shown.total == Line("", 211, 180, 31)


def test_where_nothing_can_be_told_apart_the_whole_force_is_still_said() -> None:
    assert table([Row("Moor", 20, 2), Row("Mill", 50, 1)]) == Table(Line("", 73, Hidden.UNSAID, Hidden.FEW))
    assert table([Row("Moor", 20, 3), Row("Mill", 50, 4)]) == Table(Line("", 77, 70, 7))
    assert table([Row("Moor", 1, 2)]) == Table(Line("", Hidden.FEW, Hidden.UNSAID, Hidden.UNSAID))
    assert table([]) == Table(Line("", 0, 0, 0))
    assert not table([]).withheld


def test_a_share_is_all_or_none_only_where_it_is() -> None:
    assert [alone(Row("", *each)).share for each in ((1000, 0), (0, 7), (995, 5), (5, 995), (0, 0), (3, 40))] == [
        100,
        0,
        99,
        1,
        None,
        None,
    ]
