"""Every table, so that the migrations and the catalogue test see them all."""

from trackmycrime.store.tables.cases import (
    Case,
    CasePerson,
    Draft,
    Duty,
    Hearing,
    Opening,
    PropertyItem,
    ReadMark,
    Step,
    TimelineEntry,
)
from trackmycrime.store.tables.people import Account, Client, DataRequest, Failure, Invite, Person, Session, Staff
from trackmycrime.store.tables.registry import (
    Force,
    ForceFigure,
    NationalAudit,
    Operator,
    OperatorFailure,
    OperatorSession,
)
from trackmycrime.store.tables.work import Audit, AuditSeal, Event, FeedEntry, Notification, Task

__all__ = [
    "Account",
    "Audit",
    "AuditSeal",
    "Case",
    "CasePerson",
    "Client",
    "DataRequest",
    "Draft",
    "Duty",
    "Event",
    "Failure",
    "FeedEntry",
    "Force",
    "ForceFigure",
    "Hearing",
    "Invite",
    "NationalAudit",
    "Notification",
    "Opening",
    "Operator",
    "OperatorFailure",
    "OperatorSession",
    "Person",
    "PropertyItem",
    "ReadMark",
    "Session",
    "Staff",
    "Step",
    "Task",
    "TimelineEntry",
]
