"""The page of one person on a case: is it safe, how are they reached, and what can be done for them."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from msgspec import Struct

from trackmycrime.domain import cases
from trackmycrime.domain.cases import Case, contacts, parties, reissue
from trackmycrime.domain.cases.assessments import FLAGS
from trackmycrime.domain.cases.parties import Party
from trackmycrime.domain.cases.proxies import LASTS, ProxyKind
from trackmycrime.domain.people import Risk, SafeContact
from trackmycrime.domain.people.safe_contact import ASK_AGAIN
from trackmycrime.domain.tenancy.features import Feature
from trackmycrime.kit.errors import NotFound, Refusal
from trackmycrime.kit.time import LONDON, today
from trackmycrime.kit.words import _, ngettext
from trackmycrime.tx import ForceTx
from trackmycrime.web.common import dates
from trackmycrime.web.common.answers import Page, page
from trackmycrime.web.common.frame import Form
from trackmycrime.web.common.visit import Visit
from trackmycrime.web.staff import desk, party_lines
from trackmycrime.web.staff.party_lines import PartyLine
from trackmycrime.web.staff.task_lines import reason

_EMPTY = Form({}, {})
_WORKING_DAY = (9, 17)

type Options = tuple[tuple[str, str], ...]


class Filled(Struct, frozen=True):
    """What was filled in on the page's forms, and what is wrong with it."""

    assessment: Form | None = None
    contact: Form | None = None
    check: Form = _EMPTY
    other: Form = _EMPTY

    def errors(self) -> dict[str, str]:
        """Return everything that is wrong, in the order of the page."""
        forms = (self.other, self.check, self.assessment or _EMPTY, self.contact or _EMPTY)
        return {name: text for form in forms for name, text in form.errors.items()}


class PersonPage(Struct, frozen=True):
    """All that the page shows; what does not apply is empty.

    `pending` waits to be confirmed, and `seen` is its mark; `own` says that this reader put it forward. `obstacle` says why
    no invitation can be sent. `acts` says of somebody who acts for a victim whether and how long they may.
    """

    done: str
    case_href: str
    href: str
    person: PartyLine
    danger: str
    way: str
    wishes: str
    note: str
    ask_again: date | None
    two_people: bool
    pending: tuple[str, ...]
    seen: str
    own: bool
    acts: str
    kinds: Options
    lasts: Options
    not_named: Options
    check: Form
    suits: Options
    flags: Options
    channels: Options
    days: Options
    begins: Options
    ends: Options
    assessment: Form
    contact: Form
    errors: dict[str, str]
    obstacle: str
    coded: bool
    invited: bool


async def show(
    tx: ForceTx,
    visit: Visit,
    case_id: UUID,
    person_id: UUID,
    filled: Filled = Filled(),  # noqa: B008 - it is frozen
    *,
    status: int = 200,
    done: str = "",
) -> Page:
    """Show somebody on a case to a member of staff, and record that the case was read."""
    case = await cases.read_by_staff(tx, case_id)
    found = await parties.on_case(tx, case)
    party = next((each for each in found if each.id == person_id), None)
    if party is None:
        raise NotFound(_("Page not found"))
    shown = await _page(tx, visit, case, party, {each.id: each.name for each in found}, filled, done)
    return page("staff/people/show.html", await desk.frame(tx, visit, desk.CASES), status=status, page=shown)


async def show_again(
    tx: ForceTx, visit: Visit, case_id: UUID, person_id: UUID, filled: Filled, refusal: Refusal
) -> Page:
    """Show the page with what is wrong. What was refused is undone, but that the case was read again stays recorded."""
    await tx.close()
    async with visit.door.open(visit.actor) as reading:
        return await show(reading, visit, case_id, person_id, filled, status=refusal.status)


async def _page(
    tx: ForceTx, visit: Visit, case: Case, party: Party, names: dict[UUID, str], filled: Filled, done: str
) -> PersonPage:
    case_href = f"{desk.CASES}/{case.id}"
    waiting = party.pending
    invite = await reissue.prospect(tx, case, party.id)
    pending = await contacts.pending(tx, party.id)
    return PersonPage(
        done=done,
        case_href=case_href,
        href=f"{case_href}/people/{party.id}",
        person=party_lines.line(party, names, case_href),
        danger=reason(party.refused or party.risk),
        way=party_lines.safe_way(party.safe),
        wishes=party_lines.own_hours(party.hours),
        note=party.safe.note if party.safe else "",
        ask_again=(party.safe_at + ASK_AGAIN).astimezone(LONDON).date() if party.safe and party.safe_at else None,
        two_people=party.risk is not Risk.NONE,
        pending=tuple(filter(None, (waiting.email, waiting.mobile))) if waiting else (),
        seen=pending.mark,
        own=party.risk is not Risk.NONE and pending.by == tx.actor.id,
        acts=_acts(party),
        kinds=kinds(),
        lasts=lasts(),
        not_named=not_named(),
        check=filled.check if filled.check.values else Form({"kind": party.proxy_kind}, {}),
        suits=(("suitable", _("Yes")), ("unsuitable", _("No"))),
        flags=_flags(),
        channels=_channels(visit, party),
        days=tuple((f"day_{each}", dates.days([each])) for each in dates.DAYS),
        begins=tuple((str(each), dates.hour(each)) for each in range(24)),
        ends=tuple((str(each), dates.hour(each)) for each in range(1, 25)),
        assessment=filled.assessment or Form(_found(party), {}),
        contact=filled.contact or Form({"email": party.contact.email or "", "mobile": party.contact.mobile or ""}, {}),
        errors=filled.errors(),
        obstacle=invite.obstacle,
        coded=invite.coded,
        invited=party.invited,
    )


def _acts(party: Party) -> str:
    if party.role != "proxy":
        return ""
    if party.proxy_until is None:
        return _(
            "Nobody has checked that they may act for the victim. Until then they are not invited and see nothing."
        )
    if party.proxy_until < today():
        return _(
            "They could act for the victim until %(when)s. Now they see nothing.", when=dates.day(party.proxy_until)
        )
    return _("They may act for the victim until %(when)s.", when=dates.day(party.proxy_until))


def lasts() -> Options:
    """Return for how long somebody may act for a victim, as a form offers it."""
    return tuple((str(days), ngettext("%(num)s day", "%(num)s days", days)) for days in LASTS)


def not_named() -> Options:
    """Return what a member of staff says that they have checked, as a form asks it."""
    return (("not_named", _("I have checked that they are no suspect and not otherwise named in it")),)


def kinds() -> Options:
    """Return as whom somebody may act for a victim, as a form offers it."""
    words = {
        ProxyKind.PARENT: _("Parent"),
        ProxyKind.GUARDIAN: _("Guardian"),
        ProxyKind.SPOKESPERSON: _("Spokesperson"),
        ProxyKind.NAMED_CONTACT: _("Named contact of a business"),
    }
    return tuple((str(kind), text) for kind, text in words.items())


def _flags() -> Options:
    words = {
        "domestic_abuse": _("Domestic abuse"),
        "sexual": _("A sexual offence"),
        "stalking": _("Stalking or harassment"),
        "honour_based": _("So-called honour-based abuse"),
        "other_risk": _("Another risk"),
    }
    return (*((f"risk_{flag}", words[flag]) for flag in FLAGS), ("asked_none", _("None of these: we asked them")))


def _channels(visit: Visit, party: Party) -> Options:
    found = [("email", _("Email")), ("call", _("No messages: a person calls them"))]
    if visit.site.has(Feature.SMS):
        found.insert(1, ("text", _("Text message")))
    if party.risk is not Risk.AT_RISK:
        found.append(("any", _("Any way: they are not at risk")))
    return tuple(found)


def _found(party: Party) -> dict[str, str]:
    """Return what is recorded, as the form fills it in again."""
    values = {f"risk_{flag}": "yes" for flag in party.safety or ()}
    if party.safety == ():
        values["asked_none"] = "yes"
    if party.suitability != "not_assessed":
        values["suits"] = party.suitability
    return {**values, **_when(party.safe)}


def _when(safe: SafeContact | None) -> Mapping[str, str]:
    begins, ends = (safe.begins, safe.ends) if safe else _WORKING_DAY
    hours = {"begins": str(begins), "ends": str(ends)}
    if safe is None:
        return hours
    return {**hours, **{f"day_{day}": "yes" for day in safe.days}, "channel": safe.channel, "note": safe.note}
