"""Victims, reporters and proxies: who they are, how to reach them, and whether it is safe to."""

from trackmycrime.domain.people.hours import Hours
from trackmycrime.domain.people.person import Contact, Identity, Person, by_id, chosen_mobile, on_case, opened
from trackmycrime.domain.people.recording import PersonFact, Recorded, record
from trackmycrime.domain.people.safe_contact import SafeChannel, SafeContact
from trackmycrime.domain.people.safety import Leave, Risk, leaves, risks

__all__ = [
    "Contact",
    "Hours",
    "Identity",
    "Leave",
    "Person",
    "PersonFact",
    "Recorded",
    "Risk",
    "SafeChannel",
    "SafeContact",
    "by_id",
    "chosen_mobile",
    "leaves",
    "on_case",
    "opened",
    "record",
    "risks",
]
