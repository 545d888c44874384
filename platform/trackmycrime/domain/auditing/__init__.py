"""What a force's administrators can learn of the audit: who did what, who opened a case and why, and whether all is there."""

from trackmycrime.domain.auditing.deeds import DEEDS, Group
from trackmycrime.domain.auditing.exporting import Export, lines, prepare
from trackmycrime.domain.auditing.openings import Openings, of_case, of_member
from trackmycrime.domain.auditing.searching import PAGE, Asked, By, Cursor, Found, case_called, page, within

__all__ = [
    "DEEDS",
    "PAGE",
    "Asked",
    "By",
    "Cursor",
    "Export",
    "Found",
    "Group",
    "Openings",
    "case_called",
    "lines",
    "of_case",
    "of_member",
    "page",
    "prepare",
    "within",
]
