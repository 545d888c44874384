"""Many people from a file: every line is looked at, and all of them are carried out or none is."""

from uuid import UUID

import httpx
import pytest

from tests.cast import Browser, World, crime
from tests.web.admin.configured import force_with
from tests.web.admin.staffed import STAFF, about, hired, id_of, mails, state_of, two_administrators
from trackmycrime.domain.staffing import importing
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")
IMPORT = f"{STAFF}/import"
HEADS = "Name,Email address,Role,Unit,Collar number"


async def upload(browser: Browser, content: bytes | str) -> httpx.Response:
    """Send a file as a browser does."""
    await browser.get(IMPORT)
    raw = content.encode() if isinstance(content, str) else content
    files = {"file": ("staff.csv", raw, "text/csv")}
    return await browser.http.post(
        IMPORT, data={"_csrf": browser.csrf}, files=files, headers={"origin": browser.origin}
    )


async def looked_at(browser: Browser, content: bytes | str) -> tuple[str, str]:
    """Upload a file, and return where what it would change is shown, and that page."""
    answer = await upload(browser, content)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"], (await browser.get(answer.headers["location"])).text


def mark(page: str) -> str:
    return page.split('name="mark" value="', 1)[1].split('"', 1)[0]


async def test_a_file_is_looked_at_and_then_carried_out_as_a_whole(world: World) -> None:
    slug, ada, amos = await two_administrators(world)
    _olu, olu_id = await hired(world, slug, "Olu Oak", "officer")
    named = {"collar_number": "77", "name": "PC Nia Noor", "role": "PC", "unit": "Dock"}
    await world.push(slug, [crime("IM/1/26", [], officer=named)])
    file = "\r\n".join(
        (
            HEADS,
            f"Olu Oak,OAK@{slug}.example.org,Supervisor,Moor,",
            f'"Pym, Pip",pym@{slug}.example.org,contact team,"Call ""one""",',
            "",
            f"PC Nia Noor,noor@{slug}.example.org,officer,Dock,77",
            f"Una Usk,usk@{slug}.example.org,Administrator,,",
            f"Amos Ames,amos@{slug}.example.org,Administrator,,",
        )
    )
    address, page = await looked_at(ada, file)
    for said in (
        "3 people are new",
        "1 person is changed",
        "1 line changes nothing",
        "Line 2",
        "Officer becomes Supervisor",
    ):
        assert said in page, said
    assert "Line 5" in page, "empty lines count"
    assert "1 of them would be an administrator" in page
    assert await state_of(world, slug, f"oak@{slug}.example.org") == ("officer", True), "nothing is done yet"
    done = await ada.submit(address, mark=mark(page))
    assert done.headers["location"] == f"{STAFF}?done=imported", done.text
    assert await state_of(world, slug, f"oak@{slug}.example.org") == ("supervisor", True)
    assert await state_of(world, slug, f"usk@{slug}.example.org") == ("", True), "two people make an administrator"
    assert "Una Usk" in (await amos.get(f"{STAFF}/requests")).text
    ((nia, role),) = await world.ask(
        slug, "select id, role from app.staff where force_id = $1 and collar_number = '77'"
    )
    assert role == "officer"
    pym = await id_of(world, slug, f"pym@{slug}.example.org")
    assert [await mails(world, slug, each) for each in (nia, pym, olu_id)] == [1, 1, 0]
    assert (await ada.get(address)).status_code == 404, "it is not kept"
    again, page = await looked_at(ada, (await ada.get(f"{STAFF}/export")).content)
    assert "Carry it out" not in page
    assert "is wrong" in page, "who has no role yet is said to be wrong, and nobody else"
    assert page.count("Line ") == 1
    assert again != address


async def test_a_file_is_read_however_a_spreadsheet_saves_it(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    line = f"Siân Ŵyn,sian@{slug}.example.org,Officer,Môn,"
    old = f"Siân Owen,sian@{slug}.example.org,Officer,Môn,"
    for content, name in (
        (f"{HEADS}\n{line}".encode(), "Siân Ŵyn"),
        (f"{HEADS}\n{line}".encode("utf-8-sig"), "Siân Ŵyn"),
        (f"{HEADS}\r\n{old}\r\n".encode("cp1252"), "Siân Owen"),
        (f"{HEADS}\n{line}".replace(",", ";").encode(), "Siân Ŵyn"),
        (f"{HEADS}\n{line}".replace(",", "\t").encode(), "Siân Ŵyn"),
        (f"{HEADS.upper()},More\n{line},what nobody reads".encode(), "Siân Ŵyn"),
    ):
        _address, page = await looked_at(ada, content)
        assert "1 person is new" in page, content
        assert name in page, content
        assert "Môn" in page, content


async def test_a_line_that_is_wrong_is_named_and_nothing_of_the_file_is_done(world: World) -> None:
    slug, ada, amos = await two_administrators(world)
    gone, gone_id = await hired(world, slug, "Gil Gone", "officer")
    assert (await ada.submit(f"{STAFF}/{gone_id}/departure")).status_code == 303
    del gone
    file = "\n".join(
        (
            HEADS,
            f"Good One,good@{slug}.example.org,Officer,,",
            f"=cmd|calc,evil@{slug}.example.org,Officer,,",
            f"Same Mail,same@{slug}.example.org,Officer,,1",
            f"Same Again,SAME@{slug}.example.org,Officer,,1",
            f"No Role,role@{slug}.example.org,King,,",
            "No Mail,,Officer,,",
            f"Ada Ash,ada@{slug}.example.org,Officer,,",
            f"Gil Gone,gone@{slug}.example.org,Officer,,",
            "Short",
        )
    )
    address, page = await looked_at(ada, file)
    for said in (
        "8 lines are wrong",
        "Line 3: =cmd|calc",
        "a spreadsheet would take it for a formula",
        "This address is in the file more than once",
        "This collar number is in the file more than once",
        "The role must be one of: Officer, Supervisor, Contact team, Administrator",
        "Enter an email address in the correct format",
        "You cannot change your own role",
        "They have left",
        "1 person is new",
    ):
        assert said in page, said
    assert "Carry it out" not in page
    before = await world.ask(slug, "select count(*) from app.staff where force_id = $1")
    forced = await ada.submit(address, mark="")
    assert (forced.status_code, "Some lines are wrong" in forced.text) == (409, True)
    assert await world.ask(slug, "select count(*) from app.staff where force_id = $1") == before
    await amos.get(STAFF)
    for browser in (amos, await _stranger(world)):
        assert (await browser.get(address)).status_code == 404, "it is only who uploaded it"
        assert (await browser.submit(address, mark="")).status_code == 404


async def _stranger(world: World) -> Browser:
    _slug, (ada,) = await force_with(world, "Ada Elsewhere")
    await ada.get(STAFF)
    return ada


async def test_what_was_not_looked_at_is_not_carried_out(world: World) -> None:
    slug, ada, amos = await two_administrators(world)
    _olu, olu_id = await hired(world, slug, "Olu Oak", "officer")
    address, page = await looked_at(ada, f"{HEADS}\nOlu Oak,oak@{slug}.example.org,Officer,Moor,")
    await amos.submit(f"{STAFF}/{olu_id}", **about("Olu Oak", slug, "hub", unit="Call centre"))
    late = await ada.submit(address, mark=mark(page))
    assert (late.status_code, "Your list of staff has changed" in late.text) == (409, True)
    assert "Contact team becomes Officer" in late.text
    assert await state_of(world, slug, f"oak@{slug}.example.org") == ("hub", True)
    assert (await ada.submit(address, mark=mark(late.text))).status_code == 303


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Choose a CSV file"),
        (HEADS.encode(), "There is nobody in this file"),
        (b"Who,Where\nA,B", "The first line must have these heads: Name, Email address"),
        (b"PK\x03\x04\x00\x00", "This is not a CSV file"),
        (HEADS.encode() + b'\n"A" b,c', "Line 2 cannot be read"),
        (HEADS.encode() + b'\n"never closed,a@example.org,Officer,,', "cannot be read"),
    ],
)
async def test_a_file_that_is_none_is_refused_in_words(world: World, content: bytes, message: str) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    answer = await upload(ada, content)
    assert (answer.status_code, message in answer.text) == (422, True), answer.text


async def test_a_file_that_is_too_large_is_refused_in_words(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    large = await upload(ada, b"x" * (3 * 1024 * 1024))
    assert (large.status_code, "A file can have 2 MB" in large.text) == (413, True), large.text
    many = HEADS + "\n" + "\n".join(f"P {n},p{n}@{slug}.example.org,Officer,," for n in range(10_001))
    answer = await upload(ada, many)
    assert (answer.status_code, "up to 10,000 people" in answer.text) == (413, True)


async def test_ten_thousand_people_are_carried_out_in_a_few_statements(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    many = HEADS + "\n" + "\n".join(f"Pat {n},p{n}@{slug}.example.org,Officer,U{n % 9},C{n}" for n in range(10_000))
    address, page = await looked_at(ada, many)
    assert "10000 people are new" in page
    assert "And 9900 more lines" in page
    assert (await ada.submit(address, mark=mark(page))).status_code == 303
    ((people, invited),) = await world.ask(
        slug,
        """select (select count(*) from app.staff where force_id = $1 and role = 'officer'),
                  (select count(*) from app.notification where force_id = $1 and kind = 'staff_invite')""",
    )
    assert (people, invited) == (10_000, 10_000)


async def test_a_file_is_sealed_and_forgotten_after_a_day(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    address, _page = await looked_at(ada, f"{HEADS}\nPip Secret,pip@{slug}.example.org,Officer,,")
    ((content,),) = await world.ask(slug, "select content from app.staff_import where force_id = $1")
    assert b"Secret" not in content
    await world.ask(
        slug, "update app.staff_import set made_at = now() - interval '25 hours' where force_id = $1 returning 1"
    )
    async with world.registry.door(await world.force(slug)).open(service("test")) as tx:
        assert await importing.sweep(tx) == 1
    assert (await ada.get(address)).status_code == 404
    assert isinstance(UUID(address.rsplit("/", 1)[1]), UUID)
