"""What types of events and their fields mean, in words for whoever connects a record system."""

from trackmycrime.kit.words import _


def event(kind: str) -> str:
    """Say what an event from the record system does."""
    return {
        "crime.recorded": _(
            "A crime was recorded. Send it again when something in it changes: the newest version counts."
        ),
        "victim.changed": _(
            "What is known of a victim changed. A new address of a registered person waits for a person."
        ),
        "officer.assigned": _("An officer now deals with the case."),
        "update.published": _("The officer tells the victim something. This is what the victim reads."),
        "stage.changed": _("The case reached another stage. Without a text the victim reads a sentence of ours."),
        "hearing.listed": _("A court hearing was listed."),
        "outcome.recorded": _("The investigation has an outcome. Without a text the victim reads a sentence of ours."),
        "property.recorded": _("Items were recorded, or their state changed."),
        "crime.closed": _(
            "The case was closed. The victim can read it for as long as the force has set, and cannot write any more."
        ),
        "crime.reopened": _("The case was opened again."),
    }[kind]


def facts() -> dict[str, str]:
    """Return every type of event that the force's systems can read, with what it tells."""
    return {
        "message.sent": _("A victim wrote a message. The detail says urgent where its words suggest danger."),
        "update_request.sent": _("A victim asked for an update."),
        "call_request.sent": _("A victim asked to be called, and said when it is safe."),
        "reply.sent": _("Staff answered a victim."),
        "update.published": _("Staff published an update here."),
        "update.read": _("A victim read entries for the first time. The detail lists them."),
        "safety.recorded": _("Staff recorded here how it is safe to reach somebody. The detail says what."),
        "proxy.checked": _(
            "Staff checked here that somebody may act for a victim. The detail says as whom, and until when."
        ),
        "proxy.recorded": _(
            "Staff recorded here that somebody acts for a victim. Your system does not know this person."
        ),
        "proxy.moved": _(
            "A corrected date of birth moved the day until which somebody may act for a victim. The detail says to when."
        ),
        "contact.changed": _("Staff changed an email address or a mobile number here. The detail says which."),
        "victim.registered": _("A victim made an account."),
        "data_request.asked": _("A victim asked for their data. It is there for them a day later."),
        "data_request.cancelled": _("A victim's request for their data was cancelled."),
        "preferences.changed": _("A victim chose how to be told. The detail says what."),
        "account.frozen": _(
            "A victim says that somebody else may be reading. Nobody can sign in, and nothing is sent."
        ),
        "account.closed": _("A victim has stopped using this service. Nothing is sent: tell them in other ways."),
        "account.opened": _("A victim uses this service again, after staff spoke with them."),
        "withdrawal.asked": _("A victim asks to withdraw. Do nothing by this alone: a person speaks with them first."),
    }


def field(name: str) -> str:
    """Say what a field of an event holds; an empty text where its name says it."""
    return _fields().get(name, "")


def _fields() -> dict[str, str]:
    return {
        "id": _("Your own number for this. The same id again with the same content changes nothing."),
        "type": _("The type of event."),
        "time": _("When it happened. This is the time that people see."),
        "crime": _("The crime reference, as the victim knows it."),
        "version": _("Orders events of one crime, type and subject. Without it time does, then id."),
        "offence": _("What happened."),
        "reported_at": _("When the crime was reported. Promises are counted from here."),
        "summary": _("What happened, in a few words."),
        "area": _(
            "Where it happened, by your own name for the area. A force can say which team reads about it. Left out: unknown."
        ),
        "officer": _("The officer in the case."),
        "victims": _("Everybody whom this crime concerns."),
        "victim": _("What is now known of this person."),
        "property": _("What is missing, damaged or recovered."),
        "items": _("The items. One that you leave out stays as it was."),
        "text": _("What the victim reads."),
        "to": _("For whom it is, by their person ids. Needed where a crime has several victims: else it is held."),
        "language": _("The language of the text or the person: English or Welsh."),
        "kind": _("What the update is about, such as note, arrest, bail, charge or property_recovered."),
        "stage": _("The stage, such as investigation, charging_decision or first_hearing."),
        "court": _("The court."),
        "hearing_type": _("The type of hearing."),
        "at": _("When the hearing is."),
        "code": _("The code: of the offence in the national list, or of the outcome (1 to 22)."),
        "title": _("The offence in words."),
        "collar_number": _("Says which officer this is."),
        "role": _("The rank of an officer, or a person's part: victim, reporter, or proxy for a victim."),
        "unit": _("The officer's team."),
        "email": _("An email address. An officer signs in by it."),
        "person": _("Your own number for this person, the same in all their crimes."),
        "date_of_birth": _("Needed to register. Nobody under 18 is invited without a person's decision."),
        "consent": _("Whether they want to follow their case online."),
        "suitability": _("Whether an officer found online contact suitable for them."),
        "mobile": _("A mobile number."),
        "enhanced": _("Whether they have enhanced rights under the Victims' Code."),
        "safety": _(
            "What makes contact risky, such as domestic_abuse. Left out: unknown. An empty list: asked, and none."
        ),
        "proxy_for": _("The person id of the victim for whom they act."),
        "description": _("The item in words."),
        "closed_at": _("When the closing that holds happened. Empty while the case is open."),
        "steps": _("Every stage, outcome, closing and opening again that you told us, the first one first."),
        "value": _("The stage, or the code of the outcome. Empty for a closing or an opening again."),
        "event": _("The id of your event that told it."),
        "value_pence": _("What it is worth, in pence."),
        "status": _("Where the item stands."),
    }
