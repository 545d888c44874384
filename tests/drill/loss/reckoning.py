"""The reckoning: what was answered for against what the database holds, and what should be told against what the post took."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct, structs

from tests.cast import Victim
from tests.drill.loss.killing import Kill
from tests.drill.loss.town import Stage, Town
from trackmycrime.domain.cases.timeline import place
from trackmycrime.domain.notifications import wording
from trackmycrime.kit.actor import service
from trackmycrime.tx import ForceTx

_ENTRIES = """
select e.id, e.body, c.data_key, pg_xact_commit_timestamp(e.xmin), e.author_kind
from app.timeline_entry e join app.case c on c.force_id = $1 and c.id = e.case_id where e.force_id = $1 and e.kind <> 'notice'
"""
_NOTICES = """
select n.id, n.kind, n.state, n.made_at, p.source_id from app.notification n
join app.person p on p.force_id = $1 and p.id = n.person_id where n.force_id = $1
"""
_ACCOUNTS = """
select p.source_id from app.account a join app.person p on p.force_id = $1 and p.id = a.person_id where a.force_id = $1
"""
_EVENTS = "select source_id, state from app.event where force_id = $1"
_CASES = "select reference, id from app.case where force_id = $1"
_INVITED = """
select p.source_id, i.id from app.invite i join app.person p on p.force_id = $1 and p.id = i.person_id where i.force_id = $1
"""
# What belongs to a victim's message: without these two nobody of the force would ever hear of it.
_TASKS = "select entry_id from app.task where force_id = $1 and kind = 'message'"
_FACTS = "select entry_id from app.feed_entry where force_id = $1 and type = 'message.sent'"
_ON_ITS_WAY = timedelta(seconds=1)  # what a dead worker had written is read a little later
_QUEUED = "select count(*) from app.notification where force_id = $1 and state in ('queued', 'leased')"


class Entry(Struct, frozen=True):
    """Something said, as the database has it."""

    id: UUID
    text: str
    committed: datetime
    by_victim: bool


class Notice(Struct, frozen=True):
    """A row of the outbox, and each time that the post took it."""

    id: UUID
    kind: str
    state: str
    made: datetime
    person: str
    taken: tuple[datetime, ...]


class Found(Struct, frozen=True):
    """What is not as it was promised. Of the `taken`, `extra_sends` are allowed where they are not `unexplained`."""

    lost: int
    duplicated: int
    missing: int
    extra_sends: int
    unexplained: int
    taken: int


async def waiting(on: Stage) -> int:
    """Return how many notices have not gone out yet."""
    return sum([(await on.ask(town.slug, _QUEUED))[0][0] for town in on.towns])


async def reckon(on: Stage, kills: Sequence[Kill]) -> Found:
    """Count everything, force by force; what the post took and no row of an outbox stands for is unexplained too."""
    found = [await _reckoned(on, town, kills) for town in on.towns]
    total = Found(*(sum(getattr(each, name) for each in found) for name in Found.__struct_fields__))
    return structs.replace(total, unexplained=total.unexplained + len(on.office.receipts) - total.taken)


async def _reckoned(on: Stage, town: Town, kills: Sequence[Kill]) -> Found:
    entries = await _entries(on, town)
    notices = await _notices(on, town)
    held = await _held(on, town, entries)
    promised = _promised(on, town)
    told = [(text, victim) for slug, text, victim in on.ledger.told if slug == town.slug]
    invited = [victim for slug, victim in on.ledger.invited if slug == town.slug]
    reasons = Counter(("news", victim.person) for _, victim in told)
    reasons.update(("invite", victim.person) for victim in invited)
    reasons.update(("device", victim.person) for slug, victim in on.ledger.new_devices if slug == town.slug)
    again = [notice for notice in notices if len(notice.taken) > 1]
    return Found(
        lost=sum(held[line] == 0 for line in promised) + await _torn(on, town, entries),
        duplicated=sum(number - 1 for number in held.values() if number > 1),
        missing=_untold(told, entries, notices) + _uninvited(invited, notices) + _unsent(notices),
        extra_sends=sum(len(notice.taken) - 1 for notice in again),
        unexplained=sum(not _explained(notice, kills) for notice in again) + _too_many(reasons, notices),
        taken=sum(len(notice.taken) for notice in notices),
    )


async def _entries(on: Stage, town: Town) -> list[Entry]:
    async with on.world.registry.door(await on.world.force(town.slug)).open(service("drill")) as tx:
        rows = await tx.all(lambda *row: row, _ENTRIES)
        return [
            Entry(row, tx.keys.unwrap(key).open(body, place(row)).decode(), committed, author == "victim")
            for row, body, key, committed, author in rows
        ]


async def _notices(on: Stage, town: Town) -> list[Notice]:
    taken: defaultdict[str, list[datetime]] = defaultdict(list)
    for receipt in on.office.receipts:
        taken[receipt.message_id].append(receipt.at)
    async with on.world.registry.door(await on.world.force(town.slug)).open(service("drill")) as tx:
        rows = await tx.all(lambda *row: row, _NOTICES)
        return [Notice(*row, taken=tuple(taken[_message_id(tx, row[0])])) for row in rows]


def _message_id(tx: ForceTx, notice: UUID) -> str:
    return wording.victim_email(tx, notice, "news", notice, "vera@example.org", None).message_id


async def _held(on: Stage, town: Town, entries: Sequence[Entry]) -> Counter[tuple[str, str]]:
    """Return how often the database has each thing."""
    held = Counter[tuple[str, str]](("said", entry.text) for entry in entries)
    for kind, sql in (("event", _EVENTS), ("case", _CASES), ("account", _ACCOUNTS), ("invite", _INVITED)):
        held.update((kind, row[0]) for row in await on.ask(town.slug, sql))
    held.update(("held event", source) for source, state in await on.ask(town.slug, _EVENTS) if state != "applied")
    return held


def _promised(on: Stage, town: Town) -> set[tuple[str, str]]:
    """Return what was answered for."""
    ledger = on.ledger
    return {
        *(("said", text) for slug, text in ledger.said if slug == town.slug),
        *(("event", source) for slug, source in ledger.events if slug == town.slug),
        *(("case", victim.reference) for slug, victim in ledger.invited if slug == town.slug),
        *(("invite", victim.person) for slug, victim in ledger.invited if slug == town.slug),
        *(("account", victim.person) for slug, victim in ledger.registered if slug == town.slug),
    }


async def _torn(on: Stage, town: Town, entries: Sequence[Entry]) -> int:
    """Count the messages of victims that came without their task or their fact."""
    messages = {entry.id for entry in entries if entry.by_victim}
    tasks = {row[0] for row in await on.ask(town.slug, _TASKS)}
    facts = {row[0] for row in await on.ask(town.slug, _FACTS)}
    return len(messages - tasks) + len(messages - facts)


def _untold(told: Sequence[tuple[str, Victim]], entries: Sequence[Entry], notices: Sequence[Notice]) -> int:
    """Count the news that no notice tells of: queued before the news was there, and taken by the post after it."""
    by_text = {entry.text: entry for entry in entries}
    by_person: defaultdict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        if notice.kind == "news":
            by_person[notice.person].append(notice)
    return sum(
        not any(_tells(notice, by_text[text].committed) for notice in by_person[victim.person])
        for text, victim in told
        if text in by_text
    )


def _tells(notice: Notice, committed: datetime) -> bool:
    return notice.made <= committed and any(at >= committed for at in notice.taken)


def _uninvited(invited: Sequence[Victim], notices: Sequence[Notice]) -> int:
    came = {notice.person for notice in notices if notice.kind == "invite" and notice.taken}
    return sum(victim.person not in came for victim in invited)


def _unsent(notices: Sequence[Notice]) -> int:
    """Count the rows of the outbox that say sent, or will never be, and that the post never had."""
    return sum(not notice.taken for notice in notices)


def _explained(notice: Notice, kills: Sequence[Kill]) -> bool:
    """Say whether before each repeat somebody died who had sent it, or was about to, and could not say so any more."""
    return all(
        any(notice.id in kill.unmarked and first - _ON_ITS_WAY <= kill.at <= again_at for kill in kills)
        for first, again_at in zip(notice.taken, notice.taken[1:], strict=False)
    )


def _too_many(reasons: Mapping[tuple[str, str], int], notices: Sequence[Notice]) -> int:
    """Count the notices for which there is no reason: more than one invitation, or than there were news or new devices."""
    made = Counter((notice.kind, notice.person) for notice in notices)
    return sum(max(0, number - reasons.get(line, 0)) for line, number in made.items())
