"""Administrators read who did what: nobody is named who is a victim, nothing is said that somebody wrote, and all is recorded."""

import csv
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from html import unescape
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import msgspec
import pytest
import pytest_asyncio

from tests.cast import Browser, Victim, World, crime, event
from tests.web.admin.configured import force_with
from tests.web.admin.staffed import hired
from trackmycrime.domain import audit
from trackmycrime.domain.auditing import By, Group, checking, searching, wholeness
from trackmycrime.domain.auditing.searching import Asked
from trackmycrime.kit.actor import service
from trackmycrime.kit.time import now
from trackmycrime.store import auditing as rows

pytestmark = pytest.mark.asyncio(loop_scope="session")

AUDIT = "/admin/audit"
VERA = Victim("Vera", "Canarybird", "T/77/26", "vera.canarybird@example.org")
SECRET = "Canarytext: a window was measured."
WHY = "=SUM(1) Canaryreason: a neighbour rang 101 about the noise"
_MANY = """
insert into app.audit (force_id, id, at, actor_kind, actor_id, what, subject_id, case_id, reason, detail)
select $1, gen_random_uuid(), now() - n * interval '1 minute',
       case when n % 50 = 0 then 'staff' else (array['record_system', 'service', 'victim'])[1 + n % 3] end,
       case when n % 50 = 0 then $2::uuid else gen_random_uuid() end,
       case when n % 50 = 0 then (array['case.opened', 'case.read'])[1 + n % 2]
            else (array['event.applied', 'notification.sent', 'person.signed_in', 'task.done'])[1 + n % 4] end,
       null, ($4::uuid[])[1 + n % 2], null, '{}'
from generate_series(10, $3::int) n returning 1
"""


class Town:
    """A force with an administrator, an officer who opened the only case, and its victim."""

    def __init__(self, slug: str, ada: Browser, officer: Browser, officer_id: UUID, case_id: UUID) -> None:
        self.slug, self.ada, self.officer, self.officer_id, self.case_id = slug, ada, officer, officer_id, case_id


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def town(world: World) -> AsyncIterator[Town]:
    slug, (ada,) = await force_with(world, "Ada Ash")
    officer, officer_id = await hired(world, slug, "PC Olga Orr", "officer")
    await world.push(
        slug, [crime(VERA.reference, [VERA.as_event()]), event("update.published", VERA.reference, text=SECRET)]
    )
    await world.register(slug, VERA)
    vera = world.browser(slug)
    await vera.sign_in(VERA)
    await vera.submit("/messages", message=SECRET)
    ((case_id,),) = await world.ask(slug, "select id from app.case where force_id = $1")
    await officer.get(f"/staff/cases/{case_id}")
    await officer.submit(f"/staff/cases/{case_id}/openings", reason=WHY)
    assert SECRET in (await officer.get(f"/staff/cases/{case_id}")).text
    yield Town(slug, ada, officer, officer_id, case_id)


async def sealed(world: World, slug: str) -> None:
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        while await audit.seal(tx, world.heads):
            pass


async def deeds(world: World, slug: str, what: str) -> list[Any]:
    sql = "select detail, case_id, subject_id from app.audit where force_id = $1 and what = $2 order by at, id"
    return await world.ask(slug, sql, what)


def hides(text: str, *, reason: bool = True) -> None:
    """Demand that nothing of a victim is there, nor what anybody wrote."""
    for hidden in ("Canarybird", "Vera", "canarybird@", "Canarytext", *(["Canaryreason"] if reason else [])):
        assert hidden not in text, hidden


async def test_who_did_what_is_there_and_no_victim_is_named(town: Town) -> None:
    page = (await town.ada.get(AUDIT)).text
    assert "Who did what" in page
    assert "PC Olga Orr" in page
    assert "Opened a case with a reason" in page
    assert "opened with a reason" in page
    assert "Wrote a message" in page
    assert VERA.reference in page
    assert re.search(r"A victim \([A-Z2-7]{4}-[A-Z2-7]{4}\)", page)
    hides(page)


def pages(town: Town) -> tuple[str, ...]:
    """Return every page and file of the audit; those from the fifth on name something of the town."""
    case, member = f"{AUDIT}/cases/{town.case_id}", f"{AUDIT}/staff/{town.officer_id}"
    return (
        *(AUDIT, f"{AUDIT}/export", f"{AUDIT}/sheet", f"{AUDIT}/whole"),
        *(case, f"{case}/sheet?reasons=yes", member, f"{member}/sheet?reasons=yes"),
        *(f"{AUDIT}?case={town.case_id}", f"{AUDIT}/export?staff={town.officer_id}"),
    )


async def test_nobody_of_the_force_but_administrators_finds_the_audit(world: World, town: Town) -> None:
    await sealed(world, town.slug)
    vera = world.browser(town.slug)
    await vera.sign_in(VERA)
    others = [town.officer, vera]
    for name, role in (("Sue Super", "supervisor"), ("Hal Hub", "hub")):
        others.append((await hired(world, town.slug, name, role))[0])
    for path in pages(town):
        assert (await town.ada.get(path)).status_code == 200, path
        assert [(await browser.get(path)).status_code for browser in others] == [404] * 4, path
        signed_out = await world.browser(town.slug).get(path)
        assert "/staff/sign-in" in signed_out.headers["location"], path
    for path in (f"{AUDIT}/searches", f"{AUDIT}/whole"):
        refused = [(await browser.submit(path, reference=VERA.reference)).status_code for browser in others]
        assert refused == [404] * 4, path


async def test_an_administrator_of_another_force_finds_nothing_of_this_one(world: World, town: Town) -> None:
    slug, (stranger,) = await force_with(world, "Sol Stone")
    await sealed(world, slug)
    for path in pages(town)[4:]:
        missing = path.replace(str(town.case_id), str(uuid4())).replace(str(town.officer_id), str(uuid4()))
        for asked in (path, missing):
            answer = await stranger.get(asked)
            assert answer.status_code == 404, asked
            hides(answer.text)
    await stranger.get("/admin")
    for form in ({"reference": VERA.reference}, {"staff": "Olga"}):
        assert (await stranger.submit(f"{AUDIT}/searches", **form)).status_code == 422, form
    for path in pages(town)[:4]:
        text = (await stranger.get(path)).text
        hides(text)
        assert [each for each in ("Olga", str(town.case_id), town.slug) if each in text] == [], path


async def test_a_name_and_a_reference_never_stand_in_an_address(world: World, town: Town) -> None:
    await town.ada.get(AUDIT)
    answer = await town.ada.submit(f"{AUDIT}/searches", reference=" t/77 26 ", first="1 11 2026", deed="opened")
    assert parse_qs(urlsplit(answer.headers["location"]).query) == {
        "case": [str(town.case_id)],
        "first": ["2026-11-01"],
        "deed": ["opened"],
    }
    answer = await town.ada.submit(f"{AUDIT}/searches", staff="olga orr", by="staff")
    assert answer.headers["location"] == f"{AUDIT}?by=staff&staff={town.officer_id}"
    page = (await town.ada.get(answer.headers["location"])).text
    assert 'value="PC Olga Orr"' in page
    assert "Which cases they opened, and why" in page
    await hired(world, town.slug, "PC Olga Orrell", "officer")
    several = await town.ada.submit(f"{AUDIT}/searches", staff="olga", first="2026-11-01")
    assert several.status_code == 422
    assert f"{AUDIT}?first=2026-11-01&amp;staff={town.officer_id}" in several.text
    assert "PC Olga Orrell" in several.text
    for form, said in (
        ({"reference": "T/78/26"}, "Your force has no crime with this reference"),
        ({"staff": "Nobody at all"}, "Nobody of your force is called so"),
        ({"first": "soon", "last": "31 2 2026"}, "Enter a day, such as 3 8 2026"),
    ):
        refused = await town.ada.submit(f"{AUDIT}/searches", **form)
        assert refused.status_code == 422
        assert said in refused.text, form
        assert all(f'value="{typed}"' in refused.text for typed in form.values()), form
    for odd in ("?first=x&last=9999-12-31&by=x&deed=x&after=x", "?last=0001-01-01&first=9999-12-31", "?after=9-1"):
        assert (await town.ada.get(AUDIT + odd)).status_code == 200, odd
    for odd in ("?case=x", "?staff=%00", f"?staff={uuid4()}", f"?case={uuid4()}"):
        assert (await town.ada.get(AUDIT + odd)).status_code == 404, odd


async def test_it_is_filtered_by_whom_by_what_and_by_day(world: World, town: Town) -> None:
    for query, there, not_there in (
        ("by=victim", ["Wrote a message", "Registered"], ["Opened a case with", "Olga"]),
        ("by=staff", ["Opened a case with a reason", "Olga"], ["Wrote a message", "Ada Ash"]),
        ("by=administrator", ["Ada Ash"], ["PC Olga Orr</a>"]),
        ("by=record-system", ["A record came, and was used"], ["Olga"]),
        ("by=service", [], ["PC Olga Orr</a>", "Wrote a message"]),
        ("deed=opened", ["Olga"], ["Wrote a message", "Ada Ash"]),
        ("deed=victims&by=staff", ["Nothing was recorded that fits"], ["Wrote a message"]),
        (f"staff={town.officer_id}&deed=read", ["Read a case"], ["Opened a case with", "Ada Ash"]),
        (f"case={town.case_id}&by=victim", ["Wrote a message"], ["PC Olga Orr</a>"]),
        (f"case={town.case_id}&by=administrator", [], ["PC Olga Orr</a>", "Wrote a message"]),
        ("last=2001-01-01", ["Nothing was recorded that fits"], ["Olga"]),
        ("first=2001-01-01&last=2999-01-01&deed=told", ["Nothing was recorded that fits"], ["Wrote a message"]),
    ):
        page = (await town.ada.get(f"{AUDIT}?{query}")).text
        table = page.partition("<tbody")[2].partition("</tbody>")[0]
        for text in there:
            assert text in page, (query, text)
        for text in not_there:
            assert text not in table, (query, text)
        hides(page)


async def test_looking_is_recorded_by_what_was_asked_and_never_by_what_was_sought(world: World, town: Town) -> None:
    await town.ada.get(f"{AUDIT}?case={town.case_id}&first=2026-01-01&by=staff")
    told, case_id, _subject = (await deeds(world, town.slug, "audit.searched"))[-1]
    assert (told, case_id) == ({"by": ["period", "actor", "case"]}, None)
    await town.ada.get(f"{AUDIT}/cases/{town.case_id}")
    assert (await deeds(world, town.slug, "audit.openings_read"))[-1][1] == town.case_id
    await town.ada.get(f"{AUDIT}/staff/{town.officer_id}")
    assert (await deeds(world, town.slug, "audit.openings_read"))[-1][2] == town.officer_id
    page = (await town.ada.get(f"{AUDIT}?deed=audit")).text
    assert "Looked at who opened cases, and why" in page


async def test_who_opened_a_case_and_why(world: World, town: Town) -> None:
    page = unescape((await town.ada.get(f"{AUDIT}/cases/{town.case_id}")).text)
    assert VERA.reference in page
    assert f"<q>{WHY}</q>" in page
    assert "opened it once with a reason, looked at it" in page
    assert "They opened 1 case on this day" in page
    assert "opened with a reason" in page
    assert "Wrote a message" not in page
    hides(page, reason=False)
    assert VERA.reference not in re.findall(r"<title>[^<]*", page)[0]
    own = unescape((await town.ada.get(f"{AUDIT}/staff/{town.officer_id}?first=2001-01-01")).text)
    assert f"<q>{WHY}</q>" in own
    assert VERA.reference in own
    assert "They opened no case" in (await town.ada.get(f"{AUDIT}/staff/{town.officer_id}?last=2001-01-01")).text


async def test_reasons_are_in_a_file_only_where_they_are_asked_for_and_are_no_formulas(
    world: World, town: Town
) -> None:
    for path in (f"{AUDIT}/cases/{town.case_id}/sheet", f"{AUDIT}/staff/{town.officer_id}/sheet"):
        plain = (await town.ada.get(path)).content.decode("utf-8-sig")
        hides(plain)
        told = (await town.ada.get(f"{path}?reasons=yes")).content.decode("utf-8-sig")
        found = list(csv.reader(StringIO(told, newline="")))
        assert found[0][-1] == "Reason"
        assert f"'{WHY}" in {row[-1] for row in found[1:]}
        hides(told, reason=False)
    assert len(await deeds(world, town.slug, "audit.openings_exported")) >= 4


async def test_when_the_key_is_gone_the_page_says_so(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    officer, _id = await hired(world, slug, "PC Olga Orr", "officer")
    await world.push(slug, [crime("T/1/26", [])])
    ((case_id,),) = await world.ask(slug, "select id from app.case where force_id = $1")
    await officer.get(f"/staff/cases/{case_id}")
    await officer.submit(f"/staff/cases/{case_id}/openings", reason=WHY)
    assert "Canaryreason" in (await ada.get(f"{AUDIT}/cases/{case_id}")).text
    await world.ask(slug, "update app.case set data_key = null where force_id = $1 returning 1")
    page = (await ada.get(f"{AUDIT}/cases/{case_id}")).text
    assert "The key of the case is gone, and nobody can read it any more" in page
    hides(page)


async def test_the_file_proves_itself_and_holds_nothing_of_a_victim(world: World, town: Town) -> None:
    await sealed(world, town.slug)
    for path in (f"{AUDIT}/export", f"{AUDIT}/export?deed=opened", f"{AUDIT}/export?case={town.case_id}"):
        answer = await town.ada.get(path)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("application/jsonl")
        assert "attachment" in answer.headers["content-disposition"]
        lines = answer.content.splitlines(keepends=True)
        force = await world.force(town.slug)
        found = checking.check(force.ref.keys, lines)
        assert found.wrong is None, path
        assert found.rows > 0, path
        hides(answer.text)
        assert VERA.reference not in answer.text
        await sealed(world, town.slug)
    ((reason,),) = await world.ask(
        town.slug, "select reason from app.audit where force_id = $1 and what = 'case.opened' and reason is not null"
    )
    opened = msgspec.json.decode((await town.ada.get(f"{AUDIT}/export?deed=opened")).content.splitlines()[1])
    assert msgspec.json.decode(f'"{opened["row"][7]}"', type=bytes) == reason, "as it is sealed"
    none = await town.ada.get(f"{AUDIT}/export?last=2001-01-01")
    assert none.status_code == 422
    assert "Nothing of these days is in the chain yet" in none.text


async def test_the_sheet_is_for_reading(town: Town) -> None:
    answer = await town.ada.get(f"{AUDIT}/sheet?by=staff")
    found = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert found[0][:4] == ["When", "Who", "What", "Crime reference"]
    assert {"PC Olga Orr"} <= {row[1] for row in found[1:]}
    assert [cell for row in found for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    hides(answer.text)


async def test_pages_follow_each_other_without_missing_or_repeating_anything(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    door = world.registry.door(await world.force(slug))
    async with door.open(service("test")) as tx:
        for _number in range(130):
            await audit.record(tx, "task.entered", subject_id=uuid4())
    seen: list[str] = []
    path = f"{AUDIT}?deed=tasks"
    while path:
        page = (await ada.get(path)).text
        seen.append(page.partition("<tbody")[2].partition("</tbody>")[0])
        older = re.search(r'href="(/admin/audit\?[^"]*after=[^"]*)"', page)
        path = unescape(older[1]) if older else ""
    assert [rows.count("A task was entered") for rows in seen] == [50, 50, 30], "all of one moment"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def crowded(world: World, town: Town) -> AsyncIterator[Town]:
    slug, (ada,) = await force_with(world, "Ada Ash")
    officer, officer_id = await hired(world, slug, "PC Olga Orr", "officer")
    await world.push(slug, [crime("T/1/26", []), crime("T/2/26", [])])
    cases = [row[0] for row in await world.ask(slug, "select id from app.case where force_id = $1")]
    await world.ask(slug, _MANY, officer_id, 30_000, [*cases, uuid4()])
    yield Town(slug, ada, officer, officer_id, cases[0])


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every step of a plan."""
    return [plan, *(node for below in plan.get("Plans", []) for node in nodes(below))]


@pytest.mark.parametrize(
    "kind",
    [
        {},
        {"by": By.VICTIM},
        {"by": By.OPERATOR},
        {"by": By.STAFF},
        {"by": By.ADMINISTRATOR},
        {"group": Group.READ},
        {"group": Group.SIGNED_IN},
        {"group": Group.TOLD, "by": By.SERVICE},
        {"staff": True},
        {"staff": True, "group": Group.OPENED},
    ],
)
async def test_every_question_is_answered_by_an_index(world: World, crowded: Town, kind: dict[str, Any]) -> None:
    asked = Asked(
        by=kind.get("by"), group=kind.get("group"), staff_id=crowded.officer_id if kind.get("staff") else None
    )
    door = world.registry.door(await world.force(crowded.slug))
    async with door.open(service("test")) as tx:
        wanted = await searching.wanted(tx, asked)
        sql, args = await rows.statement(tx, wanted)
        told = await tx.value(
            f"explain (analyze, format json) {sql}", wanted.since, now(), UUID(int=0), searching.PAGE + 1, *args
        )
    read = [node for node in nodes(told[0]["Plan"]) if node.get("Relation Name", "").startswith("audit")]
    assert read
    assert {node["Node Type"] for node in read} <= {"Index Scan", "Index Only Scan"}, read
    passed = sum((node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"] for node in read)
    assert passed <= 10 * (searching.PAGE + 1), "a page reads about a page, however much there is"


async def test_a_case_reads_its_own_rows(world: World, crowded: Town) -> None:
    door = world.registry.door(await world.force(crowded.slug))
    async with door.open(service("test")) as tx:
        sql, args = await rows.statement(tx, await searching.wanted(tx, Asked(case_id=crowded.case_id)))
        told = await tx.value(f"explain (format json) {sql}", now() - timedelta(days=9), now(), UUID(int=0), 51, *args)
    read = [node for node in nodes(told[0]["Plan"]) if node.get("Relation Name", "").startswith("audit")]
    assert {node["Node Type"] for node in read} <= {"Index Scan", "Index Only Scan"}, read
    assert (await crowded.ada.get(f"{AUDIT}?case={crowded.case_id}")).status_code == 200


async def test_a_record_that_is_not_whole_is_told_on_the_first_page_and_by_one_email(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    door = world.registry.door(await world.force(slug))
    assert "Nobody has looked yet" in (await ada.get(f"{AUDIT}/whole")).text
    await sealed(world, slug)
    async with door.open(service("test")) as tx:
        await wholeness.work(tx, world.heads)
    for _once in (1, 2):
        async with door.open(service("test")) as tx:
            await wholeness.work(tx, world.heads)
    page = (await ada.get(f"{AUDIT}/whole")).text
    assert "The record was whole on" in page
    assert "is not whole" not in (await ada.get("/admin")).text
    answer = await ada.submit(f"{AUDIT}/whole")
    assert answer.headers["location"] == f"{AUDIT}/whole?done=asked"
    assert "It is being looked at" in (await ada.get(answer.headers["location"])).text
    for _again in (1, 2):
        await world.ask(
            slug,
            "insert into app.audit_seal (force_id, id, position, audit_id, audit_at, digest) select $1, gen_random_uuid(), max(position) + 2, gen_random_uuid(), now(), 'x' from app.audit_seal where force_id = $1 returning 1",
        )
        async with door.open(service("test")) as tx:
            await wholeness.work(tx, world.heads)
        await ada.submit(f"{AUDIT}/whole")
    for path in ("/admin", AUDIT, f"{AUDIT}/whole"):
        assert "is not whole" in (await ada.get(path)).text, path
    assert "A link of the chain is missing." in (await ada.get(f"{AUDIT}/whole")).text
    sql = "select count(*) from app.notification where force_id = $1 and kind = 'audit_broken'"
    assert await world.ask(slug, sql) == [(1,)]
