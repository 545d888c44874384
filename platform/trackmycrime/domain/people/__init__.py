"""Victims, reporters and proxies: who they are, how to reach them, and whether it is safe to."""

from trackmycrime.domain.people.person import Contact, Identity, Person, by_id, chosen_mobile, on_case, opened
from trackmycrime.domain.people.recording import PersonFact, Recorded, record
from trackmycrime.domain.people.safety import Risk, risks

__all__ = [
    "Contact",
    "Identity",
    "Person",
    "PersonFact",
    "Recorded",
    "Risk",
    "by_id",
    "chosen_mobile",
    "on_case",
    "opened",
    "record",
    "risks",
]
