"""What the domain refuses by itself, whoever called it: each object check asked directly, below the gate and the pages."""

from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

from msgspec import Struct, structs

from tests.isolation import deeds_retention, deeds_staff
from tests.isolation.matrix import Breach
from tests.isolation.side import Side
from tests.isolation.stage import Stage
from trackmycrime.domain import cases, configuring, data_requests, logos, messages, my_case, property, tasks, updates
from trackmycrime.domain.cases import NotOpened, assessments, contacts, losses, proxies, proxy_records, reissue, reports
from trackmycrime.domain.cases.assessments import Assessment
from trackmycrime.domain.cases.proxy_records import Acting
from trackmycrime.domain.identity import clients
from trackmycrime.domain.ingest import settling
from trackmycrime.domain.people import Identity
from trackmycrime.domain.tenancy.footer import FooterLink
from trackmycrime.domain.tenancy.wording import Wording
from trackmycrime.kit.actor import VISITOR, Actor
from trackmycrime.kit.errors import Refusal
from trackmycrime.store import progress as steps
from trackmycrime.tx import ForceTx

type Act = Callable[[ForceTx], Awaitable[object]]

_TEXT, _REASON = "A window was measured.", "The victim has called about it"


class Deed(Struct, frozen=True):
    """Something that an actor must be refused."""

    who: str
    what: str
    actor: Actor
    act: Act
    hides: bool = False  # not even that the case is there may be said


async def refused(stage: Stage) -> list[Breach]:
    """Try every deed, each in a transaction that is undone, and return those that were not refused."""
    return [
        Breach("domain", deed.who, deed.what, "was done") for deed in deeds(stage) if not await _refused(stage.a, deed)
    ]


async def _refused(side: Side, deed: Deed) -> bool:
    tx = side.door.begin(deed.actor)
    try:
        await deed.act(tx)
    except Refusal as refusal:
        return not (deed.hides and isinstance(refusal, NotOpened))
    except Exception:  # noqa: BLE001 - it came further than a refusal
        return False
    finally:
        await tx.close()
    return False


def deeds(stage: Stage) -> list[Deed]:
    """Return everything that somebody of the first force must be refused."""
    a, b = stage.a, stage.b
    foreign = [("another victim's case", a.ids["other_case"]), ("a case of another force", b.ids["case"])]
    found: list[Deed] = []
    for named, case in foreign:
        found += _as(a, "vera", a.victim("vera"), named, {**_by_victims(case), **_by_staff(a, case)})
        found += _as(a, "officer", a.employee("officer"), named, _unopened(a, case))
    found += _as(
        a, "admin", a.employee("admin"), "any case", {**_by_staff(a, a.ids["case"]), **_unopened(a, a.ids["case"])}
    )
    found.append(Deed("admin of a", "send victims to a site alone", a.employee("admin"), _led_alone))
    found.append(Deed("anybody", "see a logo that is not published", VISITOR, _draft_logo(a)))
    found.append(Deed("admin of a", "choose another force's logo", a.employee("admin"), _foreign_logo(b)))
    found.append(Deed("admin of a", "link victims to a site alone", a.employee("admin"), _linked_alone))
    found += _as(a, "hub", a.employee("hub"), "a case nobody opened", _unopened(a, a.ids["case"]))
    found += _as(a, "hub", a.employee("hub"), "a case nobody opened", _records(a.ids["case_event"]))
    found += _as(a, "officer", a.employee("officer"), "", _wrong_records(a))
    found += _as(a, "admin", a.employee("admin"), "", _ways_in(a, b))
    found += _as(a, "yvette", a.victim("yvette"), "a case on which she may not act", _by_victims(a.ids["hidden_case"]))
    found += _as(a, "rita", a.victim("rita"), "a case that she reported", _by_victims(a.ids["case"]))
    for who, case in (("rita", "hidden_case"), ("vera", "case"), ("xenia", "case")):
        found += _as(a, who, a.victim(who), "a case of which it was not", _by_reporters(a.ids[case]))
    # They opened two other cases, and hold a task on one.
    hidden = _unopened(a, a.ids["hidden_case"])
    found += _as(a, "colleague", a.employee("colleague"), "a case they did not open", hidden)
    found += _as(a, "officer", a.employee("officer"), "", {**_tasks(a, b), **_addressees(a, b), **_strangers(a, b)})
    for who, acts in (*deeds_staff.refused(a, b), *deeds_retention.refused(a, b)):
        found += _as(a, who, a.employee(who), "", acts)
    found += _as(a, "vera", a.victim("vera"), "her own case", _items(a, b))
    found += _as(a, "yves", a.victim("yves"), "", {"take data that others asked for": data_requests.download})
    found += _as(a, "yara", a.victim("yara"), "", {"take a copy before she chose to": my_case.require_shown})
    found += _as(a, "vera", a.victim("vera"), "her own case, as staff", _by_staff(a, a.ids["case"]))
    return found


def _as(side: Side, who: str, actor: Actor, on: str, acts: dict[str, Act]) -> list[Deed]:
    hides = actor.role in {"victim", "admin"}
    return [Deed(f"{who} of {side.letter}", f"{what} {on}".strip(), actor, act, hides) for what, act in acts.items()]


async def _led_alone(tx: ForceTx) -> None:
    """Write a link into a text, and publish it oneself."""
    draft = await configuring.draft(tx)
    link = Wording(key="page.support", en="Ask https://example.org/ first")
    await configuring.save(tx, structs.replace(draft.configuration, wording=(link,)), draft.revision)
    await configuring.publish(tx, draft.revision + 1, _REASON)


async def _linked_alone(tx: ForceTx) -> None:
    """Write a link of the footer, and publish it oneself."""
    draft = await configuring.draft(tx)
    link = FooterLink(name="Ask here first", web="https://www.example.org/")
    await configuring.save(tx, structs.replace(draft.configuration, footer=(link,)), draft.revision)
    await configuring.publish(tx, draft.revision + 1, _REASON)


def _draft_logo(side: Side) -> Act:
    return lambda tx: logos.seen_by_all(tx, side.marks["drafted_logo"])


def _foreign_logo(other: Side) -> Act:
    async def choose(tx: ForceTx) -> None:
        draft = await configuring.draft(tx)
        branded = structs.replace(draft.configuration.brand, logo=other.marks["logo"])
        await configuring.save(tx, structs.replace(draft.configuration, brand=branded), draft.revision)

    return choose


def _by_victims(case: UUID) -> dict[str, Act]:
    return {
        "see": lambda tx: cases.seen_by_actor(tx, case),
        "see the property of": lambda tx: property.on_case(tx, case),
    }


def _by_reporters(case: UUID) -> dict[str, Act]:
    return {"see the report of": lambda tx: reports.seen_by_actor(tx, case)}


def _items(a: Side, b: Side) -> dict[str, Act]:
    case = a.ids["case"]
    return {
        "see another victim's item as one of": lambda tx: property.item(tx, case, a.ids["other_item"]),
        "see another force's item as one of": lambda tx: property.item(tx, case, b.ids["item"]),
    }


def _by_staff(side: Side, case: UUID) -> dict[str, Act]:
    return {
        "read": lambda tx: cases.read_by_staff(tx, case),
        "list": lambda tx: cases.listed(tx, case),
        "find": lambda tx: cases.found_by_staff(tx, ""),
        "open": lambda tx: cases.open_with_reason(tx, case, _REASON),
    }


def _unopened(side: Side, case: UUID) -> dict[str, Act]:
    return {
        "see": lambda tx: cases.seen_by_actor(tx, case),
        "read": lambda tx: cases.read_by_staff(tx, case),
        "publish on": lambda tx: updates.publish(tx, case, _TEXT),
        "begin an update on": lambda tx: updates.begin(tx, case, "arrest.en", _TEXT),
        "reply on": lambda tx: messages.reply(tx, case, _TEXT),
        "see the property of": lambda tx: property.on_case(tx, case),
        **_for(case, side.ids["vera"], "somebody on"),
        "record who acts for somebody on": lambda tx: proxy_records.record(tx, case, _acting(side.ids["vera"])),
        "open without a reason": lambda tx: cases.open_with_reason(tx, case, " "),
    }


def _records(event: UUID) -> dict[str, Act]:
    return {
        "read a record of": lambda tx: settling.record(tx, event),
        "correct a record of": lambda tx: settling.correct(tx, event, "", []),
        "put aside a record of": lambda tx: settling.dismiss(tx, event, _REASON),
    }


def _wrong_records(a: Side) -> dict[str, Act]:
    xenia = a.victims["xenia"].person
    return {
        "say that a record is for another case's victim": lambda tx: settling.correct(
            tx, a.ids["case_event"], "", [xenia]
        ),
        "read a record that was used": lambda tx: settling.record(tx, a.ids["used_event"]),
    }


def _ways_in(a: Side, b: Side) -> dict[str, Act]:
    return {
        "end another connection's way in": lambda tx: clients.end_key(tx, a.ids["spare_client"], a.client_key),
        "end another force's way in": lambda tx: clients.end_key(tx, a.ids["spare_client"], b.ids["spare_key"]),
    }


def _tasks(a: Side, b: Side) -> dict[str, Act]:
    acts: dict[str, Act] = {}
    for named, task in (("another officer's task", a.ids["other_task"]), ("a task of another force", b.ids["task"])):
        acts[f"claim {named}"] = lambda tx, task=task: tasks.claim(tx, task)
        acts[f"finish {named}"] = lambda tx, task=task: tasks.finish(tx, task)
        acts[f"forward {named}"] = lambda tx, task=task: tasks.give(tx, task, a.ids["hub"])
    for named, person in (("an administrator", a.ids["admin"]), ("another force", b.ids["hub"])):
        acts[f"forward a task to {named}"] = lambda tx, person=person: tasks.give(tx, a.ids["task"], person)
    acts["claim what a colleague has"] = lambda tx: tasks.claim(tx, a.ids["taken_task"])
    acts["finish what a colleague has"] = lambda tx: tasks.finish(tx, a.ids["taken_task"])
    return acts


def _addressees(a: Side, b: Side) -> dict[str, Act]:
    case = a.ids["case"]
    acts: dict[str, Act] = {
        "publish for nobody named": lambda tx: updates.publish(tx, case, _TEXT),
        "reply to nobody named": lambda tx: messages.reply(tx, case, _TEXT),
    }
    for named, person in (("another case's victim", a.ids["xenia"]), ("another force's victim", b.ids["vera"])):
        acts[f"publish for {named}"] = lambda tx, person=person: updates.publish(tx, case, _TEXT, to=[person])
        acts[f"reply to {named}"] = lambda tx, person=person: messages.reply(tx, case, _TEXT, to=person)
    return acts


def _for(case: UUID, person: UUID, named: str) -> dict[str, Act]:
    """Return everything that is done for one person on a case."""
    found = Assessment(suitable=True, safety=(), safe=None)
    return {
        f"assess {named}": lambda tx: assessments.assess(tx, case, person, found),
        f"change the address of {named}": lambda tx: contacts.change(tx, case, person, "x@example.org", ""),
        f"confirm an address of {named}": lambda tx: contacts.confirm(tx, case, person, ""),
        f"keep the address of {named}": lambda tx: contacts.keep(tx, case, person, ""),
        f"check {named}": lambda tx: proxies.check(tx, case, person, "spokesperson", 90, not_named=True),
        f"remove the ways to sign in of {named}": lambda tx: losses.remove(tx, case, person, _REASON),
        f"invite {named}": lambda tx: reissue.issue(tx, case, person),
    }


def _acting(victim: UUID) -> Acting:
    who = Identity("Sam", "Speaker", date(1984, 3, 9))
    return Acting(victim, who, "sam@example.org", "", "spokesperson", 90, not_named=True)


def _strangers(a: Side, b: Side) -> dict[str, Act]:
    """Return what is done for those whom one's own case does not concern."""
    case = a.ids["case"]
    return {
        **_for(case, a.ids["xenia"], "another case's victim"),
        **_for(case, b.ids["vera"], "another force's victim"),
        "record who acts for another case's victim": lambda tx: proxy_records.record(tx, case, _acting(a.ids["xenia"])),
        "record who acts for another force's victim": lambda tx: proxy_records.record(tx, case, _acting(b.ids["vera"])),
        "record who acts for a reporter": lambda tx: proxy_records.record(tx, case, _acting(a.ids["rita"])),
    }


async def lists(stage: Stage) -> list[Breach]:
    """Return what is in somebody's own lists that is not their own."""
    a, breaches = stage.a, list[Breach]()
    for who, actor in (("vera", a.victim("vera")), ("officer", a.employee("officer"))):
        async with a.door.open(actor) as tx:
            own = {case.id for case in await cases.of_actor(tx)}
            counted = await tasks.number_in_inbox(tx) if who == "officer" else 0
            waiting = await tasks.inbox(tx) if who == "officer" else []
        if own != {a.ids["case"]} or counted != len(waiting) or {task.case_id for task in waiting} - own:
            breaches.append(
                Breach("domain", who, "their own list", f"{len(own)} cases, {counted} of {len(waiting)} tasks")
            )
    async with a.door.open(a.victim("vera")) as tx:
        way = [step.value for step in await steps.on_case(tx, a.ids["case"])]
    if way != ["investigation"]:
        breaches.append(Breach("domain", "vera", "the way of her case", f"{len(way)} steps"))
    return breaches
