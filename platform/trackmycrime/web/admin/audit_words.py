"""The words of administrators for what is recorded: who did it, what was done, and what it rested on."""

from trackmycrime.domain.audit import Fault
from trackmycrime.domain.auditing.deeds import Group
from trackmycrime.domain.auditing.searching import By, Found
from trackmycrime.kit.words import _


def groups() -> dict[str, str]:
    """Name what deeds can be about, as a choice."""
    return {
        Group.OPENED: _("Opened a case, and said why"),
        Group.READ: _("Read a case, a message or contact details"),
        Group.TOLD: _("Told a victim something"),
        Group.VICTIMS: _("What victims wrote, asked for or took away"),
        Group.CONTACT: _("Contact details, safety and preferences"),
        Group.PROXIES: _("People who act for a victim"),
        Group.INVITED: _("Invitations and registration"),
        Group.SIGNED_IN: _("Signing in, passwords and codes"),
        Group.TASKS: _("Work that waits, and who has it"),
        Group.SETTINGS: _("Changed a setting"),
        Group.STAFF: _("Who works here, and their access"),
        Group.RECORDS: _("Connections and records"),
        Group.SENT: _("Emails and texts that went out"),
        Group.KEPT: _("What is kept, what was deleted, and requests about data"),
        Group.AUDIT: _("Looked at this record"),
    }


def actors() -> dict[str, str]:
    """Name who can have done something, as a choice."""
    return {
        By.STAFF: _("Staff"),
        By.ADMINISTRATOR: _("Administrators"),
        By.VICTIM: _("Victims"),
        By.VISITOR: _("Somebody not signed in"),
        By.RECORD_SYSTEM: _("Record system"),
        By.OPERATOR: _("The national team"),
        By.SERVICE: _("The service itself"),
    }


def who(found: Found) -> str:
    """Say who did something: staff and connections by name, a victim by what tells them from another, and no more."""
    nameless = {
        By.STAFF: _("Somebody who is not listed any more"),
        By.RECORD_SYSTEM: _("Record system"),
        By.VICTIM: victim(found.handle),
        By.VISITOR: _("Somebody not signed in"),
        By.OPERATOR: _("The national team"),
        By.SERVICE: _("The service itself"),
    }
    return found.actor or (nameless.get(found.by, "") if found.by else "") or _("Not known")


def victim(handle: str) -> str:
    """Say that it was a victim, and which."""
    return _("A victim (%(handle)s)", handle=handle)


def about(found: Found) -> str:
    """Say who something was done about, "" where there is nobody to name."""
    return victim(found.about) if found.about else found.subject if found.subject_id != found.actor_id else ""


def basis(found: Found) -> str:
    """Say what a look at a case rested on."""
    return {
        "assigned": _("their own case"),
        "claimed": _("they had taken a task on it"),
        "acting": _("acting for somebody who is away"),
        "opened": _("opened with a reason"),
    }.get(found.basis, "")


def faults() -> dict[Fault, str]:
    """Say how the record can be broken."""
    return {
        Fault.MISSING: _("A link of the chain is missing."),
        Fault.REMOVED: _("An entry was removed."),
        Fault.CHANGED: _("An entry was changed after it was sealed."),
        Fault.ALTERED: _("What is kept outside the database was changed."),
        Fault.REWRITTEN: _("The chain was written anew."),
        Fault.CUT: _("The end of the chain was cut off."),
    }


def deed(what: str) -> str:
    """Say what was done; what nobody gave words to is only said to be something else."""
    return deeds().get(what) or _("Something else")


def deeds() -> dict[str, str]:
    """Say what was done, by the name under which it is recorded."""
    return {
        "account.closed": _("Stopped using the service"),
        "account.frozen": _("Locked their account"),
        "account.opened": _("An account that was locked was opened again"),
        "audit.broken": _("Found that this record is not whole"),
        "audit.check_asked": _("Asked whether this record is whole"),
        "audit.exported": _("Took this record away as a file"),
        "audit.openings_exported": _("Took away who opened cases as a file"),
        "audit.openings_read": _("Looked at who opened cases, and why"),
        "audit.searched": _("Looked at this record"),
        "call_request.sent": _("Asked for a call"),
        "case.copied": _("Took away a copy of their case"),
        "case.opened": _("Opened a case with a reason"),
        "case.read": _("Read a case"),
        "cases.called_risky": _("Cases were marked as risky after a change of settings"),
        "client.changed": _("Changed a connection"),
        "client.disabled": _("Stopped a connection"),
        "client.enabled": _("Let a connection work again"),
        "client.key_added": _("Added a key to a connection"),
        "client.key_ended": _("Ended a key of a connection"),
        "client.made": _("Added a connection"),
        "code.failed": _("Typed a wrong code"),
        "code.sent": _("Was sent a code by text"),
        "configuration.changed": _("Changed the settings, not yet published"),
        "configuration.discarded": _("Gave up a change of settings"),
        "configuration.published": _("Published settings"),
        "contact.changed": _("Changed contact details"),
        "contact.kept": _("Kept contact details as they were"),
        "contact.proposed": _("Proposed new contact details"),
        "contact.read": _("Looked at contact details"),
        "copies.hidden": _("Chose to hide copies of their case"),
        "copies.shown": _("Chose to see copies of their case"),
        "crime.compared": _("Read a crime to compare it with the record system"),
        "data_request.asked": _("Asked for their data"),
        "data_request.cancelled": _("Took back a request for their data"),
        "data_request.deleted": _("A file of somebody's data was deleted, its time being over"),
        "data_request.downloaded": _("Downloaded their data"),
        "data_request.made": _("A file of somebody's data was made"),
        "deputy.ended": _("Ended acting for somebody who is away"),
        "deputy.named": _("Said who acts for somebody who is away"),
        "device.told": _("Was told of a sign-in on a new device"),
        "draft.begun": _("Began a message"),
        "duty.said": _("Said when they are next on duty"),
        "event.applied": _("A record came, and was used"),
        "event.brought_back": _("Brought back a record that was put aside"),
        "event.corrected": _("Corrected a record"),
        "event.dismissed": _("Put a record aside"),
        "event.held": _("A record came, and waits"),
        "event.read": _("Read a record that waits"),
        "event.refused": _("A record about what was deleted came, and was refused"),
        "event.tried_out": _("Tried out a connection"),
        "events.tried_again": _("Tried records that wait again"),
        "factor.added": _("Added another way to prove who they are"),
        "factor.removed": _("Removed a way to prove who they are"),
        "factors.loss_proposed": _("Asked a colleague to confirm that a victim has lost their second step"),
        "factors.lost": _("Removed the second step of a victim who lost it"),
        "factors.removed": _("Every second step of somebody was removed"),
        "feed.back": _("Records came again"),
        "feed.late": _("Told administrators that no records came"),
        "first_load.begun": _("Began to let the first cases go"),
        "first_load.paused": _("Paused letting the first cases go"),
        "first_load.released": _("Let some of the first cases go"),
        "first_load.running": _("Went on letting the first cases go"),
        "first_load.stopped": _("Stopped letting the first cases go"),
        "hold.lifted": _("Lifted a legal hold"),
        "hold.no_case": _("Tried to place a legal hold on a case that is not here"),
        "hold.placed": _("Placed a legal hold on a case"),
        "hours.chosen": _("Chose when they may be told"),
        "inbox.read": _("Read messages in the inbox"),
        "invite.failed": _("Typed facts that do not fit an invitation"),
        "invite.withdrawn": _("An invitation was withdrawn"),
        "logo.chosen": _("Chose a logo, not yet published"),
        "message.sent": _("Wrote a message"),
        "notification.dead": _("An email or text could not be sent"),
        "notification.sent": _("An email or text was sent"),
        "number.confirmed": _("Confirmed a mobile number"),
        "password.changed": _("Changed their password"),
        "password.reset": _("Chose a new password by a link"),
        "person.assessed": _("Recorded whether and how a victim may be told safely"),
        "person.half_way": _("Gave the right password, before the second step"),
        "person.invited": _("A victim was invited"),
        "person.registered": _("Registered"),
        "person.signed_in": _("Signed in"),
        "person.unsubscribed": _("Stopped emails by a link"),
        "preferences.changed": _("Changed how they are told"),
        "property.copied": _("Took away a list of their property"),
        "provider.changed": _("Changed how staff sign in"),
        "provider.off": _("Switched off single sign-on"),
        "provider.on": _("Switched on single sign-on"),
        "provider.refused": _("A sign-in by single sign-on was refused"),
        "provider.signed_out": _("Single sign-on signed somebody out"),
        "provider.tried": _("Tried out single sign-on"),
        "proxy.checked": _("Checked that somebody may act for a victim"),
        "proxy.moved": _("Changed until when somebody may act for a victim"),
        "proxy.recorded": _("Recorded that somebody acts for a victim"),
        "reply.sent": _("Answered a victim"),
        "reset.asked": _("Asked for a link to a new password"),
        "reset.sent": _("Sent a victim a link to a new password"),
        "retention.certificate_taken": _("Took away the proof of a deletion"),
        "retention.deleted": _("Something was deleted, its time being over or because somebody asked"),
        "retention.let_back": _("Let a case come again that had been deleted"),
        "rights.entered": _("Entered somebody's request about their data"),
        "rights.granted": _("Granted somebody's request about their data"),
        "rights.nobody_found": _("Entered a request for somebody who is not here"),
        "rights.refused": _("Refused somebody's request about their data"),
        "session.ended": _("Signed out one of their browsers"),
        "sessions.ended": _("Signed out all of their other browsers"),
        "settings.looked_at": _("Said that a part of the settings is right"),
        "settings.to_look_at": _("Said that a part of the settings has to be looked at again"),
        "staff.admin_approved": _("Approved a new administrator"),
        "staff.admin_asked": _("Asked for a new administrator"),
        "staff.admin_refused": _("Refused a new administrator"),
        "staff.came": _("Came in by single sign-on for the first time"),
        "staff.changed": _("Changed what is known of somebody who works here"),
        "staff.exported": _("Took away the list of staff"),
        "staff.factor_added": _("Set up their second step"),
        "staff.factor_waived": _("A second step is not asked of somebody"),
        "staff.factors_removed": _("Removed somebody's second step"),
        "staff.half_way": _("Gave the right password, before the second step"),
        "staff.imported": _("Imported a list of staff"),
        "staff.invited": _("Invited somebody to work here"),
        "staff.invited_again": _("Sent an invitation to work here again"),
        "staff.left": _("Removed somebody's access for good"),
        "staff.linked": _("Signed in by single sign-on for the first time"),
        "staff.registered": _("Chose their first password"),
        "staff.role_changed": _("Gave somebody another role"),
        "staff.signed_in": _("Signed in"),
        "staff.suspended": _("Suspended somebody"),
        "staff.suspension_ended": _("Took a suspension back"),
        "task.claimed": _("Took a task"),
        "task.done": _("Closed a task"),
        "task.entered": _("A task was entered"),
        "task.escalated": _("A message that nobody opened in time went on"),
        "task.forwarded": _("Passed a task on"),
        "task.returned": _("A task went back to the inbox"),
        "update.published": _("Published an update"),
        "update_request.sent": _("Asked for an update"),
        "withdrawal.asked": _("Asked to withdraw from their case"),
    }
