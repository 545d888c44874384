"""Ten thousand people are read page by page: found, sorted and counted in the database, and taken away as a file."""

import csv
from collections.abc import AsyncIterator
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.cast import Browser, World
from tests.web.admin.configured import force_with
from tests.web.admin.staffed import STAFF
from trackmycrime.store.identity.members import _PLAIN, ORDERS

pytestmark = pytest.mark.asyncio(loop_scope="session")
MANY = 10_000
_CROWD = """
insert into app.staff (force_id, id, name, email, title, unit, role, active, invited_at, ordering, collar_number)
select $1, gen_random_uuid(), 'Pat Number' || lpad(n::text, 5, '0'), 'pat' || n || '@' || $2 || '.example.org', '',
       'Unit ' || n % 40, (array['officer', 'supervisor', 'hub'])[1 + n % 3], n % 100 <> 0, now(), '[]', 'C' || n
from generate_series(1, $3::int) n returning 1
"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def crowd(world: World) -> AsyncIterator[tuple[str, Browser]]:
    slug, (ada,) = await force_with(world, "Ada Ash")
    await world.ask(slug, _CROWD, slug, MANY)
    await ada.get(STAFF)
    yield slug, ada


async def test_the_first_page_counts_and_names_nobody(crowd: tuple[str, Browser]) -> None:
    _slug, ada = crowd
    page = (await ada.get("/admin")).text
    assert "1 person can sign in" in page
    assert "Pat Number" not in page
    assert "9900" in page
    assert "100" in page


async def test_a_page_holds_25_and_leads_to_the_next(crowd: tuple[str, Browser]) -> None:
    _slug, ada = crowd
    first = (await ada.get(STAFF)).text
    assert "10001 people" in first
    assert "1 to 25 of 10001" in first
    assert first.count("Pat Number") == 24, "and Ada herself"
    second = (await ada.get(f"{STAFF}?page=2")).text
    assert "26 to 50 of 10001" in second
    assert "Pat Number00025" in second
    assert "Pat Number00024" not in second
    last = (await ada.get(f"{STAFF}?page=401")).text
    assert "10001 to 10001 of 10001" in last
    for odd in ("0", "-1", "x", "99999", "9" * 30):
        assert (await ada.get(f"{STAFF}?page={odd}")).status_code == 200, odd


async def test_people_are_found_by_name_address_and_collar_number_and_no_name_stands_in_an_address(
    crowd: tuple[str, Browser],
) -> None:
    slug, ada = crowd
    for search, found in (
        (" number00777 ", "Pat Number00777"),
        (f"PAT778@{slug}", "Pat Number00778"),
        ("c9999", "Pat Number09999"),
    ):
        answer = await ada.submit(f"{STAFF}/searches", search=search)
        assert (answer.status_code, "1 person" in answer.text, found in answer.text) == (200, True, True), search
    many = await ada.submit(f"{STAFF}/searches", search="number001", role="hub", sort="unit")
    assert "33 people" in many.text
    assert 'name="page" value="2"' in many.text
    assert "?search" not in many.text
    more = await ada.submit(f"{STAFF}/searches", search="number001", role="hub", sort="unit", page="2")
    assert "26 to 33 of 33" in more.text
    for nobody in ("p%t number", "pat_number", "\\", "' or 1=1 --", "zzq\0"):
        answer = await ada.submit(f"{STAFF}/searches", search=nobody)
        assert "Nobody found" in answer.text, nobody
    plain = await ada.submit(f"{STAFF}/searches", search="", state="suspended", unit="Unit 0", sort="role")
    assert (
        plain.headers["location"] == f"{STAFF}?role=&unit=Unit+0".replace("role=&", "") + "&state=suspended&sort=role"
    )
    assert "100 people" not in (await ada.get(STAFF)).text
    found = (await ada.get(plain.headers["location"])).text
    assert "50 people" in found
    assert "Suspended" in found
    assert "Nobody found" in (await ada.get(f"{STAFF}?unit=Nowhere")).text


@pytest.mark.parametrize("sort", sorted(ORDERS))
async def test_a_page_reads_its_own_rows_however_many_there_are(
    world: World, crowd: tuple[str, Browser], sort: str
) -> None:
    slug, _ada = crowd
    sql = f"explain (analyze, format json) {_PLAIN} order by {ORDERS[sort]} limit $2 offset $3"
    ((told,),) = await world.ask(slug, sql, 25, 0)
    read = [node for node in nodes(told[0]["Plan"]) if node.get("Relation Name", "").startswith("staff")]
    assert read
    assert max(node["Actual Rows"] * node["Actual Loops"] for node in read) <= 30, read


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every step of a plan."""
    return [plan, *(node for below in plan.get("Plans", []) for node in nodes(below))]


async def test_the_list_is_a_file_in_which_nothing_is_a_formula(world: World, crowd: tuple[str, Browser]) -> None:
    slug, ada = crowd
    evil = "insert into app.staff (force_id, id, name, title, unit, role, active, ordering) values ($1, $2, $3, '', '@x', '', true, '[]') returning 1"
    await world.ask(slug, evil, uuid4(), '=HYPERLINK("http://192.0.2.1")')
    answer = await ada.get(f"{STAFF}/export")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[0][:5] == ["Name", "Email address", "Role", "Unit", "Collar number"]
    assert len(rows) == MANY + 3
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    assert '\'=HYPERLINK("http://192.0.2.1")' in {row[0] for row in rows}
    ((told,),) = await world.ask(slug, "select detail from app.audit where force_id = $1 and what = 'staff.exported'")
    assert told == {"number": MANY + 2}
