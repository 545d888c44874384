"""How a task reads: what it asks for in plain words, how long it has waited, and who has it."""

from datetime import datetime

from msgspec import Struct

from trackmycrime.domain import tasks
from trackmycrime.domain.tasks import ANSWERED_BY_REPLY, Task, TaskKind
from trackmycrime.kit.actor import Actor
from trackmycrime.kit.time import now
from trackmycrime.kit.words import _, ngettext
from trackmycrime.web.staff.desk import offence

_LONGEST_TEXT = 300
_DONE_ON_PERSON = frozenset(
    {
        *(TaskKind.ASSESS_SUITABILITY, TaskKind.CONFIRM_ADDRESS, TaskKind.INVITE_ENDED),
        *(TaskKind.INVITE_WITH_CODE, TaskKind.SAFE_CONTACT_OLD, TaskKind.TELL_IN_PERSON),
        TaskKind.CHECK_PROXY,
    }
)
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


class TaskLine(Struct, frozen=True):
    """All that is shown of a task; what does not apply is empty.

    `text` is what the victim wrote, in `language`. `who` is the person it is about, where the reader may know their name,
    and `who_href` where it is done, when it is done for one person.
    """

    id: str
    heading: str
    advice: str
    reasons: tuple[str, ...]
    who: str
    who_href: str
    text: str
    language: str
    reference: str
    case_href: str
    about: str
    waited: str
    due: datetime
    late: bool
    urgent: bool
    owner: str
    team: str
    can_take: bool
    can_finish: bool


def line(task: Task, reader: Actor, *, who: str = "", whole: bool = False) -> TaskLine:
    """Return a task as `reader` sees it; `whole` shows all of what the victim wrote."""
    mine, free = task.owner_id == reader.id, task.owner_id is None
    text = task.text or ""
    return TaskLine(
        id=str(task.id),
        heading=heading(task.kind),
        advice=_advice(task.kind),
        reasons=tuple(filter(None, (reason(name) for name in task.why))),
        who=who,
        who_href=f"/staff/cases/{task.case_id}/people/{task.person_id}" if who and task.kind in _DONE_ON_PERSON else "",
        text=text if whole or len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT].rstrip()}…",
        language=task.language,
        reference=task.reference or "",
        case_href=f"/staff/cases/{task.case_id}" if task.case_id else "",
        about=_about(task),
        waited=waited(task.made_at),
        due=task.due_at,
        late=task.due_at < now() and not task.urgent,
        urgent=task.urgent,
        owner=_("You have this") if mine else _("%(who)s has this", who=task.owner_name or "") if not free else "",
        team=_("For %(team)s", team=task.unit) if task.unit else "",
        can_take=free or task.away,
        can_finish=(free or mine) and task.kind not in ANSWERED_BY_REPLY and tasks.may_close(task, reader),
    )


def heading(kind: TaskKind) -> str:
    """Say what sort of thing waits."""
    return {
        TaskKind.MESSAGE: _("A victim has written a message"),
        TaskKind.UPDATE_REQUEST: _("A victim asks for an update"),
        TaskKind.CALL_REQUEST: _("A victim asks for a call"),
        TaskKind.ASSESS_SUITABILITY: _("Decide whether a victim can be invited"),
        TaskKind.CONFIRM_ADDRESS: _("Confirm a new address or number"),
        TaskKind.NAME_ADDRESSEE: _("An update does not say who it is for"),
        TaskKind.MISSING_PERSON: _("Somebody is missing from the record"),
        TaskKind.INVITE_ENDED: _("An invitation has ended"),
        TaskKind.TELL_IN_PERSON: _("Tell somebody in person"),
        TaskKind.INVITE_WITH_CODE: _("Invite a victim and give them their code"),
        TaskKind.SAFE_CONTACT_OLD: _("Ask whether it is still safe to reach somebody"),
        TaskKind.BROKEN_PROMISE: _("A victim was promised an update and has not had one"),
        TaskKind.PASSWORD_HELP: _("Somebody asks for a new password"),
        TaskKind.ACCOUNT_FROZEN: _("A victim says that somebody else may be reading"),
        TaskKind.FACTORS_LOST: _("A victim lost their phone or card"),
        TaskKind.WITHDRAWAL: _("A victim asks to withdraw"),
        TaskKind.CHECK_PROXY: _("Check whether somebody may act for a victim"),
    }[kind]


def _advice(kind: TaskKind) -> str:
    return {
        TaskKind.MESSAGE: "",
        TaskKind.UPDATE_REQUEST: _("Write to them, even if nothing has changed."),
        TaskKind.CALL_REQUEST: _("Call at the time they say is safe."),
        TaskKind.ASSESS_SUITABILITY: _(
            "Nobody is invited until a person has looked. Open them under People on the case, and record what you find."
        ),
        TaskKind.CONFIRM_ADDRESS: _(
            "There are new contact details for a victim. The old ones stay in use. "
            "Ask the victim which are right, then say so under People on the case."
        ),
        TaskKind.NAME_ADDRESSEE: _(
            "The case has several victims, so nobody has been shown this update. "
            "Publish it here for the right person, or send it again from the record system with a name."
        ),
        TaskKind.MISSING_PERSON: _(
            "A newer version of the record leaves out somebody it named before. Check which is right."
        ),
        TaskKind.INVITE_ENDED: _(
            "The victim has not registered. Check how to reach them, then invite them again under People on the case."
        ),
        TaskKind.TELL_IN_PERSON: _("There is something new for them, and nobody is told automatically."),
        TaskKind.INVITE_WITH_CODE: _(
            "They can be invited now. Do it under People on the case: you get a code to give them by another way."
        ),
        TaskKind.SAFE_CONTACT_OLD: _(
            "It is 90 days since somebody asked. Ask again, and record the answer under People on the case. "
            "Until then, nothing more is sent to them automatically."
        ),
        TaskKind.BROKEN_PROMISE: _(
            "Their page says that the date has passed and that a supervisor was told. See that somebody writes to them, "
            "even if nothing has changed: that closes this."
        ),
        TaskKind.PASSWORD_HELP: _(
            "No link was sent, because it may not be safe. Speak with the victim by the safe channel, and make sure it is "
            "them. Then send the link from the case, under People."
        ),
        TaskKind.ACCOUNT_FROZEN: _(
            "Nobody can sign in, and nothing is sent. Speak with the victim by the safe channel now, and make sure it is "
            "them. Then send a link for a new password from the case, under People."
        ),
        TaskKind.FACTORS_LOST: _(
            "A colleague asks to remove their other ways to sign in. Speak with the victim yourself, by the safe channel, and "
            "make sure it is them. Then confirm it where a link for a new password is sent, under People on the case."
        ),
        TaskKind.WITHDRAWAL: _(
            "Speak with the victim by the safe channel, and ask whether it is their own wish. Nothing has been changed."
        ),
        TaskKind.CHECK_PROXY: _(
            "Look at who they are under People on the case, and say whether they may act. Until then they see nothing."
        ),
    }[kind]


def reason(name: str) -> str:
    """Word a reason by its name; the name of an event is no reason for a reader, and gives nothing."""
    return {
        "danger": _("Their words suggest that somebody may be in danger. They were shown 999 and sent it all the same"),
        "silent_team": _("Nobody opened this in time, so it has come to this team"),
        "silent_supervisors": _("Nobody opened this in time, so a supervisor has to see to it"),
        "not_assessed": _("Nobody has recorded whether this service suits them"),
        "safety_unknown": _("Nobody has recorded whether it is safe to write to them"),
        "at_risk": _("They are at risk: a message could put them in danger"),
        "under_18": _("They are under 18"),
        "age_unknown": _("Their date of birth is not recorded, so they may be under 18"),
        "no_contact": _("No email address and no mobile number is recorded"),
        "wrong_facts": _("Somebody used the link and gave the wrong details five times"),
        "safe_new_risk": _("Something new is known of their safety since the safe way was recorded"),
        "safe_too_old": _("Nobody has asked for 90 days whether it is still safe to reach them"),
        "safe_no_time": _("The times that they chose are none of those that are safe"),
        "safe_call": _("They are only called: nothing is sent to them"),
        "switched_off": _("They have switched off the one safe way"),
        "other_channel": _("The safe way to reach them has changed"),
        "no_address": _("There is no address or number for the safe way"),
        "second_person": _("They are at risk, so a second person has to confirm the change"),
        "recorded_by_one": _("The victim is at risk, so whoever recorded them cannot be the one who lets them act"),
        "birthday": _("The victim's date of birth was corrected, and shows that they are 18 or older"),
        "expired": _("The link was not used within 72 hours"),
        "unsuitable": _("It is recorded that this service does not suit them"),
        "frozen": _("They say that somebody else may be reading"),
        "left": _("They have stopped using this service"),
    }.get(name, "")


def _about(task: Task) -> str:
    if task.offence_group is None:
        return ""
    officer = _("Officer: %(name)s", name=task.officer_name) if task.officer_name else _("No officer yet")
    return f"{offence(task.offence_group)}. {officer}."


def waited(since: datetime) -> str:
    """Say how long something has waited."""
    seconds = int((now() - since).total_seconds())
    if seconds < _HOUR:
        return ngettext("Waiting %(num)s minute", "Waiting %(num)s minutes", max(1, seconds // _MINUTE))
    if seconds < 2 * _DAY:
        return ngettext("Waiting %(num)s hour", "Waiting %(num)s hours", seconds // _HOUR)
    return ngettext("Waiting %(num)s day", "Waiting %(num)s days", seconds // _DAY)
