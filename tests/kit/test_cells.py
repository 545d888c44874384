"""What leaves for a spreadsheet never runs there, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackmycrime.kit import cells


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@now", "\tx", "\rx", "'=1", "''=1"])
def test_what_a_spreadsheet_would_run_it_takes_for_text(text: str) -> None:
    assert cells.safe(text) == f"'{text}"
    assert not cells.is_formula(cells.safe(text))


@pytest.mark.parametrize("text", ["", "Help", "'quoted'", "a=b", "'"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert cells.safe(text) == cells.plain(text) == text


@given(st.text(st.sampled_from("'=+-@\t\ra"), max_size=6))
def test_every_text_comes_back(text: str) -> None:
    assert cells.plain(cells.safe(text)) == text
