"""Loads the demonstration into the running service, the way real forces would: over the API, by invitation, in messages."""

import asyncio
from datetime import date
from pathlib import Path
from uuid import UUID

from trackmycrime.cli.demonstration import letter_box, record_system, sign_ins
from trackmycrime.cli.demonstration.day import Day, day
from trackmycrime.cli.demonstration.past import past
from trackmycrime.cli.demonstration.people import DemoStaff
from trackmycrime.cli.demonstration.sign_ins import Plan
from trackmycrime.cli.home import Home, write_private
from trackmycrime.cli.service import Service
from trackmycrime.domain import figures, people
from trackmycrime.domain.cases import registration
from trackmycrime.domain.cases.registration import Facts
from trackmycrime.domain.identity import clients, operators, second_step, staff
from trackmycrime.domain.identity.staff import StaffRole
from trackmycrime.domain.notifications.wording import INVITE
from trackmycrime.domain.people import Person
from trackmycrime.domain.tenancy.configuration import load as read_configuration
from trackmycrime.domain.tenancy.demonstration import demonstration, forces
from trackmycrime.kit import links
from trackmycrime.kit.actor import service
from trackmycrime.kit.errors import Conflict
from trackmycrime.kit.words import _
from trackmycrime.store import people as people_rows
from trackmycrime.tx import ForceDoor

TENANTS = Path(__file__).parents[4] / "tenants"
_ACTOR = service("demonstration")


async def load(running: Service) -> None:
    """Load what is not loaded yet, and write down who may sign in. Loading again changes nothing but the addresses."""
    home = Home(running.settings.home)
    plan = sign_ins.plan(home)
    days = {slug: day(slug, seed=plan.seed, today=plan.made_at) for slug in forces()}
    for slug in days:
        await _put_on_board(running, plan, slug)
    await asyncio.gather(*(_load_force(running, plan, slug, told) for slug, told in days.items()))
    await _make_operator(running, plan)
    listed = [each for slug, told in days.items() for each in sign_ins.of_force(running.settings, plan, slug, told)]
    listed.append(sign_ins.of_operator(running.settings, plan))
    write_private(home.demo_file, listed)


async def _put_on_board(running: Service, plan: Plan, slug: str) -> None:
    if await running.registry.find(slug) is None:
        if slug in plan.loaded:  # into a database that is gone
            plan.loaded.remove(slug)
        file = TENANTS / slug / "force.toml"
        own = read_configuration(file.read_bytes(), where=f"{slug}/force.toml")
        await running.onboarding.provision(_ACTOR, demonstration(slug, own))


async def _load_force(running: Service, plan: Plan, slug: str, told: Day) -> None:
    if slug in plan.loaded:
        return
    door = await running.door(slug)
    async with door.open(_ACTOR) as tx:
        client = await clients.make(tx, _("Record system of the demonstration"))
    # Who wrote about a case that is closed by now wrote while it was open.
    late = [event for event in told.events if _closes_a_case_with_letters(event, told)]
    await record_system.push(running.settings, slug, client, [event for event in told.events if event not in late])
    hired = await _hire_all(door, plan, slug, told)
    victims = await _register_all(door, plan, slug, told)
    async with door.open(_ACTOR) as tx:
        await letter_box.replay(tx, told, victims, hired)
    await record_system.push(running.settings, slug, client, late)
    async with door.open(_ACTOR) as tx:
        await figures.keep(tx, past(slug, plan.seed))
        await figures.count(tx)
    plan.loaded.append(slug)
    sign_ins.keep(Home(running.settings.home), plan)


def _closes_a_case_with_letters(event: dict[str, object], told: Day) -> bool:
    return event["type"] == "crime.closed" and event["crime"] in {letter.crime for letter in told.messages}


async def _hire_all(door: ForceDoor, plan: Plan, slug: str, told: Day) -> dict[str, UUID]:
    """Give everybody their role, and a password to those who are printed; return everybody's id by address."""
    printed = {told.officer.email: "officer", told.hub.email: "hub", told.admin.email: "admin"}
    roles = [(told.hub, StaffRole.HUB), (told.admin, StaffRole.ADMIN), (told.supervisor, StaffRole.SUPERVISOR)]
    roles += [(officer, StaffRole.OFFICER) for officer in told.officers]
    hired: dict[str, UUID] = {}
    for person, role in roles:
        who = printed.get(person.email)
        hired[person.email] = await _hire(door, person, role, plan.password(who, slug) if who else None)
    return hired


async def _hire(door: ForceDoor, person: DemoStaff, role: StaffRole, password: str | None) -> UUID:
    async with door.open(_ACTOR) as tx:
        staff_id = await staff.invite(tx, person.email, role, name=person.name)
        token = staff.invitation_token(tx, staff_id)
        known = await staff.by_id(tx, staff_id)
    if password and not known.password_hash:
        await staff.register(door, token, password, password)
        async with door.open(_ACTOR) as tx:
            await second_step.waive(tx, staff_id)
    return staff_id


async def _register_all(door: ForceDoor, plan: Plan, slug: str, told: Day) -> dict[str, Person]:
    """Let the printed victim and everybody who wrote make their accounts."""
    writers = {letter.person: letter.crime for letter in told.messages}
    references = writers | {told.victim.person: told.victim.crime_reference}
    found: dict[str, Person] = {}
    for person, reference in references.items():
        is_printed = person == told.victim.person
        password = plan.password("victim", slug) if is_printed else sign_ins.new_password()
        found[person] = await _register(door, person, reference, password)
    return found


async def _register(door: ForceDoor, source_id: str, reference: str, password: str) -> Person:
    """Let somebody register by the invitation that waits for them in the outbox, unless they did before."""
    async with door.open(_ACTOR) as tx:
        person = next(each for each in await people.on_case(tx, reference) if each.source_id == source_id)
        invite_id = await people_rows.open_invite(tx, person.id)
    identity = person.identity
    if invite_id:
        token = links.token(door.force.keys, INVITE, invite_id)
        facts = Facts(reference, identity.last_name, identity.date_of_birth or date.min)
        await registration.register(door, token, facts, password, password)
    return person


async def _make_operator(running: Service, plan: Plan) -> None:
    door = running.database.national("console")
    password = plan.password(sign_ins.OPERATOR)
    try:
        async with door.open(_ACTOR) as tx:
            token = await operators.invite(tx, sign_ins.OPERATOR_EMAIL, "Opal Okonkwo")
    except Conflict:
        return
    await operators.register(door, token, password, password)
