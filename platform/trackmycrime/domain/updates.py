"""What the force tells victims: an update keeps the promise of the next date."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import audit, cases, duties, feed, notifications
from trackmycrime.domain.cases import Case, authors
from trackmycrime.domain.cases.sides import addressed, on_case
from trackmycrime.domain.cases.timeline import Draft, EntryKind, say
from trackmycrime.domain.feed import Fact
from trackmycrime.domain.tenancy import own_words
from trackmycrime.domain.tenancy.kinds import OffenceGroup
from trackmycrime.domain.tenancy.registry import configuration, spoken
from trackmycrime.domain.tenancy.texts import Event
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.time import now
from trackmycrime.kit.words import ENGLISH, LANGUAGES, _, speaking
from trackmycrime.tx import ForceTx

LONGEST = 5000


class Beginning(Struct, frozen=True):
    """What an update begins with, and the language that it is in."""

    text: str
    language: str


async def begin(tx: ForceTx, case_id: UUID, about: str, typed: str) -> Beginning:
    """Return what an update about an event may begin with, after what was `typed` so far; nothing of it is kept.

    `about` names the event and the language, such as "arrest.en". Raises Invalid for what is no event.
    """
    case = await cases.seen_by_actor(tx, case_id)
    event, _dot, language = about.partition(".")
    if event not in set(Event) or language not in LANGUAGES:
        raise Invalid({"about": _("Choose a text to begin with")})
    with speaking(spoken(tx, language)):
        officer = authors.officer(configuration(tx), case.officer) if case.officer else ""
        text = own_words.update(configuration(tx), Event(event), OffenceGroup(case.offence_group), officer)
    return Beginning("\n\n".join(filter(None, (typed.strip(), text))), spoken(tx, language))


async def publish(
    tx: ForceTx, case_id: UUID, text: str, *, to: Sequence[UUID] = (), language: str = ENGLISH, once: str = ""
) -> UUID:
    """Publish an update for the victims named in `to` (or the only one), tell them there is something to read, record it.

    `language` is that of the text; what the force does not speak is taken for English.

    Raises Invalid for an empty or too long text, or when a case with several victims has no addressee, and
    SaidAlready when the same form (`once`) said it before.
    """
    case = await cases.seen_by_actor(tx, case_id)
    to = await _addressees(tx, case, to)
    said_in = spoken(tx, language) if language in LANGUAGES else ENGLISH
    entry_id = await tell(tx, case, EntryKind.UPDATE, clean(text, "update"), to, language=said_in, once=once)
    await audit.record(tx, "update.published", subject_id=entry_id, case_id=case.id)
    return entry_id


async def tell(
    tx: ForceTx,
    case: Case,
    kind: EntryKind,
    text: str,
    to: Sequence[UUID],
    *,
    language: str = ENGLISH,
    once: str = "",
) -> UUID:
    """Write what staff say to named victims, meet the duty, and tell the victims and the force's systems.

    Raises SaidAlready.
    """
    draft = Draft(
        kind=kind,
        text=text,
        to=tuple(to),
        author_kind=tx.actor.kind,
        author_id=tx.actor.id,
        author_name=tx.actor.name,
        language=language,
        happened_at=now(),
    )
    entry_id = await say(tx, case, draft, once=once)
    await duties.recompute(tx, [case.id])
    await notifications.news(tx, {case.id: to})
    fact = "update.published" if kind is EntryKind.UPDATE else "reply.sent"
    await feed.tell(tx, [Fact(fact, case.id, person, entry_id) for person in to])
    return entry_id


async def _addressees(tx: ForceTx, case: Case, to: Sequence[UUID]) -> Sequence[UUID]:
    found = addressed(await on_case(tx, case.id), to)
    if found is None:
        raise Invalid({"to": _("Choose who this update is for")})
    return found


def clean(text: str, field: str) -> str:
    """Return what somebody wrote, or raise Invalid when it is empty or too long. Nothing of it is lost: the form keeps it."""
    told = text.strip().replace("\r\n", "\n")
    if not told:
        raise Invalid({field: _("Enter your message") if field == "message" else _("Enter what you want to say")})
    if len(told) > LONGEST:
        raise Invalid({field: _("Your text must be %(number)s characters or fewer", number=LONGEST)})
    return told
