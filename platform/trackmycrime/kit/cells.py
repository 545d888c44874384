"""Cells of a spreadsheet that no spreadsheet runs: a text that looks like a formula gets a quote, which reading takes away.

Programs run what begins with one of these characters as a formula (OWASP, "CSV Injection"). A text that has quotes before
such a character gets one more, so that every text comes back as it was.
"""

import re

_RUN = re.compile(r"'*[=+\-@\t\r]")
_QUOTED = re.compile(r"'+[=+\-@\t\r]")
_BARE = re.compile(r"[=+\-@\t\r]")


def safe(text: str) -> str:
    """Return a text as a cell that is only a text."""
    return f"'{text}" if _RUN.match(text) else text


def plain(cell: str) -> str:
    """Return the text of a cell that `safe` made, or that never needed it."""
    return cell[1:] if _QUOTED.match(cell) else cell


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet would run a cell."""
    return _BARE.match(cell) is not None
