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
from trackmycrime.store.tables.configurations import ConfigurationDraft, ConfigurationVersion
from trackmycrime.store.tables.connections import Client, ClientKey, ClientProof, FeedAlert, FirstLoad
from trackmycrime.store.tables.factors import CardCode, Challenge, Factor, Halfway
from trackmycrime.store.tables.figures import MonthlyFigure
from trackmycrime.store.tables.people import (
    Account,
    DataRequest,
    Failure,
    Invite,
    Person,
    Reset,
    Session,
    Staff,
    TextCode,
)
from trackmycrime.store.tables.providers import Provider, ProviderLink, ProviderSession, ProviderSignIn
from trackmycrime.store.tables.registry import (
    Force,
    ForceFigure,
    NationalAudit,
    Operator,
    OperatorFailure,
    OperatorSession,
)
from trackmycrime.store.tables.retention import Deletion, Gone, LegalHold, RightsRequest
from trackmycrime.store.tables.staff import AdminRequest, Deputy, StaffImport
from trackmycrime.store.tables.steps import StaffFactor, StaffHalfway
from trackmycrime.store.tables.work import Audit, AuditCheck, AuditSeal, Event, FeedEntry, Notification, Task

__all__ = [
    "Account",
    "AdminRequest",
    "Audit",
    "AuditCheck",
    "AuditSeal",
    "CardCode",
    "Case",
    "CasePerson",
    "Challenge",
    "Client",
    "ClientKey",
    "ClientProof",
    "ConfigurationDraft",
    "ConfigurationVersion",
    "DataRequest",
    "Deletion",
    "Deputy",
    "Draft",
    "Duty",
    "Event",
    "Factor",
    "Failure",
    "FeedAlert",
    "FeedEntry",
    "FirstLoad",
    "Force",
    "ForceFigure",
    "Gone",
    "Halfway",
    "Hearing",
    "Invite",
    "LegalHold",
    "MonthlyFigure",
    "NationalAudit",
    "Notification",
    "Opening",
    "Operator",
    "OperatorFailure",
    "OperatorSession",
    "Person",
    "PropertyItem",
    "Provider",
    "ProviderLink",
    "ProviderSession",
    "ProviderSignIn",
    "ReadMark",
    "Reset",
    "RightsRequest",
    "Session",
    "Staff",
    "StaffFactor",
    "StaffHalfway",
    "StaffImport",
    "Step",
    "Task",
    "TextCode",
    "TimelineEntry",
]
