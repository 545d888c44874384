"""Every deed that is recorded, by the group that somebody looks for it in. What is recorded under another name has no group."""

from collections.abc import Mapping
from enum import StrEnum


class Group(StrEnum):
    """What a deed is about. The words stand in addresses."""

    OPENED = "opened"
    READ = "read"
    TOLD = "told"
    VICTIMS = "victims"
    CONTACT = "contact"
    PROXIES = "proxies"
    INVITED = "invited"
    SIGNED_IN = "signed-in"
    TASKS = "tasks"
    SETTINGS = "settings"
    STAFF = "staff"
    RECORDS = "records"
    SENT = "sent"
    KEPT = "kept"
    AUDIT = "audit"


OPENED = "case.opened"
_OF_GROUP: Mapping[Group, tuple[str, ...]] = {
    Group.OPENED: (OPENED,),
    Group.READ: ("case.read", "contact.read", "crime.compared", "event.read", "inbox.read"),
    Group.TOLD: ("reply.sent", "update.published"),
    Group.VICTIMS: (
        *("call_request.sent", "draft.begun", "message.sent", "update_request.sent", "withdrawal.asked"),
        *("case.copied", "copies.hidden", "copies.shown", "property.copied"),
        *("data_request.asked", "data_request.cancelled", "data_request.deleted"),
        *("data_request.downloaded", "data_request.made"),
    ),
    Group.CONTACT: (
        *("contact.changed", "contact.kept", "contact.proposed", "hours.chosen", "number.confirmed"),
        *("person.assessed", "person.unsubscribed", "preferences.changed"),
    ),
    Group.PROXIES: ("proxy.checked", "proxy.moved", "proxy.recorded"),
    Group.INVITED: ("invite.failed", "invite.withdrawn", "person.invited", "person.registered"),
    Group.SIGNED_IN: (
        *("account.closed", "account.frozen", "account.opened", "code.failed", "code.sent", "device.told"),
        *("factor.added", "factor.removed", "factors.loss_proposed", "factors.lost", "factors.removed"),
        *("password.changed", "password.reset", "person.half_way", "person.signed_in", "provider.refused"),
        *("provider.signed_out", "reset.asked", "reset.sent", "session.ended", "sessions.ended"),
        *("staff.factor_added", "staff.factor_waived", "staff.factors_removed", "staff.half_way", "staff.signed_in"),
    ),
    Group.TASKS: (
        *("duty.said", "task.claimed", "task.done", "task.entered", "task.escalated", "task.forwarded"),
        "task.returned",
    ),
    Group.SETTINGS: (
        *("cases.called_risky", "configuration.changed", "configuration.discarded", "configuration.published"),
        "logo.chosen",
        *("provider.changed", "provider.off", "provider.on", "provider.tried"),
        *("settings.looked_at", "settings.to_look_at"),
    ),
    Group.STAFF: (
        *("deputy.ended", "deputy.named", "staff.admin_approved", "staff.admin_asked", "staff.admin_refused"),
        *("staff.came", "staff.changed", "staff.exported", "staff.imported", "staff.invited", "staff.invited_again"),
        *("staff.left", "staff.linked", "staff.registered", "staff.role_changed", "staff.suspended"),
        "staff.suspension_ended",
    ),
    Group.RECORDS: (
        *("client.changed", "client.disabled", "client.enabled", "client.key_added", "client.key_ended", "client.made"),
        *("event.applied", "event.brought_back", "event.corrected", "event.dismissed", "event.held", "event.refused"),
        *("event.tried_out", "events.tried_again", "feed.back", "feed.late"),
        *("first_load.begun", "first_load.paused", "first_load.released", "first_load.running", "first_load.stopped"),
    ),
    Group.SENT: ("notification.dead", "notification.sent"),
    Group.KEPT: (
        *("hold.lifted", "hold.no_case", "hold.placed", "retention.certificate_taken", "retention.deleted"),
        *("retention.let_back", "rights.entered", "rights.granted", "rights.nobody_found", "rights.refused"),
    ),
    Group.AUDIT: (
        *("audit.broken", "audit.check_asked", "audit.exported", "audit.openings_exported", "audit.openings_read"),
        "audit.searched",
    ),
}
DEEDS: Mapping[str, Group] = {deed: group for group, deeds in _OF_GROUP.items() for deed in deeds}

LOOKS = (OPENED, "case.read", "contact.read", "crime.compared", "event.read", "case.copied", "property.copied")
"""What shows somebody what is in a case."""

ABOUT_VICTIMS = frozenset(
    {
        *("contact.changed", "contact.kept", "contact.proposed", "contact.read", "person.assessed", "proxy.checked"),
        *("proxy.moved", "proxy.recorded", "reset.sent", "factors.loss_proposed", "factors.lost", "factors.removed"),
    }
)
"""Deeds whose subject is a victim, or who acts for one, and that somebody else does."""


def of_group(group: Group) -> tuple[str, ...]:
    """Return the names of the deeds of a group."""
    return _OF_GROUP[group]
