"""A force keeps its own list of services: nobody sees a change before it is published, and nothing in it leads astray."""

import re
from collections.abc import AsyncIterator

import httpx
import msgspec
import pytest

from tests.cast import ADA, ALICE, HANNAH, HARRIET, OSMAN, Browser, World
from tests.web.admin.configured import filled, force_with, publish, victim_of
from trackmycrime.domain.support import spreadsheet
from trackmycrime.domain.tenancy.services import SupportService
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")
SUPPORT, NEW, NATIONAL, FILE = "/admin/support", "/admin/support/new", "/admin/support/national", "/admin/support/file"
CARE = {
    "name": "Victim Care",
    "helps_with": "Someone to talk to",
    "who_for": "Anyone",
    "category": "listening",
    "areas": "Harbour and Moor",
    "phone": "01632 960111",
    "text_relay": "18001 01632 960112",
    "web": "https://care.example.org/",
    "hours": "Every day",
    "languages": "English, Polish",
    "free": "yes",
    "crime_theft": "yes",
}
HEAD = "Name,Helps with,Who for,Phone"


async def revision(browser: Browser) -> str:
    return (await filled(browser, NEW))["revision"]


async def add(browser: Browser, **changes: str) -> httpx.Response:
    await browser.get(NEW)
    return await browser.submit(SUPPORT, **{**CARE, "revision": await revision(browser), **changes})


async def listed(browser: Browser, path: str = SUPPORT) -> dict[str, str]:
    """Return where each service of the list is, in its order."""
    page = (await browser.get(path)).text
    rows = re.findall(r'scope="row"[^>]*><a class="govuk-link" href="([^"]+)">([^<]+)</a>', page)
    return {name: href for href, name in rows}


def names(page: str) -> list[str]:
    return re.findall(r'<h3 class="govuk-heading-s">(.*?)</h3>', page)


async def send(browser: Browser, content: bytes | str, others: str = "keep") -> httpx.Response:
    """Choose a file, as a browser would."""
    await browser.get(FILE)
    body = content if isinstance(content, bytes) else content.encode()
    answer = await browser.http.post(
        f"{FILE}/preview",
        data={"_csrf": browser.csrf, "others": others},
        files={"file": ("list.csv", body, "text/csv")},
        headers={"origin": browser.origin},
    )
    marker = 'name="_csrf" value="'
    if marker in answer.text:
        browser.csrf = answer.text.split(marker, 1)[1].split('"', 1)[0]
    return answer


def hidden(page: str) -> dict[str, str]:
    """Return what the form of a preview sends along."""
    return dict(re.findall(r'<input type="hidden" name="(revision|others|packed)" value="([^"]*)"', page))


async def with_services(world: World, number: int) -> tuple[str, Browser]:
    """Return a force that lists so many services, and the browser of its administrator."""
    slug, (ada,) = await force_with(world, "Ada Ash")
    own = (await world.force(slug)).configuration
    support = tuple(
        SupportService(name=f"Service {n:04}", helps_with=f"Help {n}", who_for="Anyone", phone="01632 960111")
        for n in range(1, number + 1)
    )
    await world.onboarding.publish(service("test"), msgspec.structs.replace(own, support=support))
    return slug, ada


async def test_a_service_is_added_changed_moved_and_removed_and_victims_see_it_when_it_is_published(
    world: World,
) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    vera = await victim_of(world, slug)
    assert "There is none yet" in (await ada.get(SUPPORT)).text
    assert (await add(ada)).headers["location"] == f"{SUPPORT}?done=added"
    assert (await add(ada, name="Safe Homes", crime_theft="", seen="yes")).status_code == 303
    assert list(await listed(ada)) == ["Victim Care", "Safe Homes"]
    assert "Victim Care" not in (await vera.get("/support")).text
    await publish(ada, "Our first services")
    page = (await vera.get("/support")).text
    assert names(page)[:2] == ["Victim Care", "Safe Homes"]
    card = page.split("Victim Care", 1)[1].split("</section>", 1)[0]
    for said in ("Harbour and Moor", "18001 01632 960112", "English, Polish", "care.example.org", "Every day"):
        assert said in card, said
    where = await listed(ada)
    moved = await ada.submit(f"{where['Safe Homes']}/place", revision=await revision(ada), to="1")
    assert moved.headers["location"] == f"{SUPPORT}?done=moved"
    form = await filled(ada, where["Victim Care"])
    assert (form["phone"], form["crime_theft"], form["free"]) == (CARE["phone"], "yes", "yes")
    saved = await ada.submit(where["Victim Care"], **{**CARE, **form, "phone": "01632 960199", "hours": ""})
    assert saved.headers["location"] == f"{SUPPORT}?done=saved"
    await publish(ada, "In another order")
    page = (await vera.get("/support")).text
    assert names(page)[:2] == ["Safe Homes", "Victim Care"]
    assert "01632 960199" in page
    gone = await ada.submit(f"{where['Victim Care']}/removal", revision=await revision(ada))
    assert gone.headers["location"] == f"{SUPPORT}?done=removed"
    assert (await ada.get(where["Victim Care"])).status_code == 404
    assert "Victim Care" in (await vera.get("/support")).text
    await publish(ada, "It has closed")
    assert names((await vera.get("/support")).text)[0] == "Safe Homes"
    history = (await ada.get("/admin/history/4")).text
    assert "Support service Victim Care: telephone" in history


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "name", "Enter the name of the service"),
        ({"name": "x" * 81}, "name", "Enter the name of the service"),
        ({"name": "victim care"}, "name", "There is a service of this name already"),
        ({"helps_with": "x" * 301}, "helps_with", "Say what it helps with"),
        ({"who_for": "Any\u2028one"}, "who_for", "Say who it is for"),
        ({"helps_with": "Ask ((officer_name))"}, "helps_with", "Write plain words"),
        ({"hours": "{{ 7 * 7 }}"}, "hours", "Write plain words"),
        ({"phone": "", "web": ""}, "phone", "Enter a telephone number, or a website"),
        ({"phone": "0800-HELP"}, "phone", "Enter a telephone number that people can call"),
        ({"phone": "12"}, "phone", "Enter a telephone number that people can call"),
        ({"text_relay": "relay"}, "text_relay", "Enter a number for text relay"),
        ({"web": "javascript:alert(1)"}, "web", "Enter an address that begins with https://"),
        ({"web": "https://192.0.2.1/x"}, "web", "Enter a website by its name"),
        ({"web": "https://help.internal/"}, "web", "Enter a website by its name"),
        ({"web": "https://help.example.org:8443/"}, "web", "Enter an address that begins with https://"),
        ({"web": "https://you@example.org/"}, "web", "Enter an address that begins with https://"),
        ({"languages": "Klingonese"}, "languages", "Enter languages by their English names"),
        ({"category": "hugs"}, "category", "Choose one of"),
    ],
)
async def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(
    world: World, changes: dict[str, str], field: str, message: str
) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    await add(ada)
    answer = await add(ada, **{"name": "Another", "areas": "Kept words", **changes})
    assert (answer.status_code, message in answer.text) == (422, True), answer.text
    assert f'id="{field}-error"' in answer.text
    assert f'href="#{field}"' in answer.text
    assert "Kept words" in answer.text
    assert list(await listed(ada)) == ["Victim Care"]


async def test_two_who_change_the_list_at_once_never_overwrite_each_other_silently(world: World) -> None:
    _slug, (ada, amos) = await force_with(world, "Ada Ash", "Amos Ames")
    await add(ada)
    old = await revision(amos)
    href = (await listed(amos))["Victim Care"]
    await add(ada, name="Safe Homes")
    for path, more in (
        (SUPPORT, CARE),
        (href, CARE),
        (f"{href}/place", {"to": "2"}),
        (f"{href}/removal", {}),
        (f"{href}/review", {}),
    ):
        late = await amos.submit(path, **{**more, "name": "Mine", "revision": old})
        assert (late.status_code, "Ada Ash has changed these settings" in late.text) == (409, True), path
    assert list(await listed(ada)) == ["Victim Care", "Safe Homes"]
    await amos.get(NEW)
    stale = await send(amos, f"{HEAD}\nFrom a file,b,c,101\n")
    await add(ada, name="Third")
    await amos.get(SUPPORT)
    late = await amos.submit(FILE, **hidden(stale.text))
    assert late.status_code == 409
    assert "From a file" in late.text, "what it would change is still there"
    again = await amos.submit(FILE, **hidden(late.text))
    assert again.headers["location"] == f"{SUPPORT}?done=imported"
    assert list(await listed(ada)) == ["Victim Care", "Safe Homes", "Third", "From a file"]


async def test_a_place_is_a_number_of_the_list(world: World) -> None:
    _slug, ada = await with_services(world, 3)
    where = await listed(ada)
    for wrong in ("", "first", "-1", "0", "9999999"):
        answer = await ada.submit(f"{where['Service 0002']}/place", revision="0", to=wrong)
        assert (answer.status_code, "Enter the number of a place" in answer.text) == (422, True), wrong
    assert (await ada.submit(f"{where['Service 0001']}/place", revision="0", to="99")).status_code == 303
    assert list(await listed(ada)) == ["Service 0002", "Service 0003", "Service 0001"]
    assert (await ada.submit("/admin/support/0123456789ab/place", revision="1", to="1")).status_code == 404


async def test_welsh_is_asked_for_where_the_force_speaks_it(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    assert 'name="name_cy"' not in (await ada.get(NEW)).text
    own = (await world.force(slug)).configuration
    features = msgspec.structs.replace(own.features, welsh=True)
    await world.onboarding.publish(
        service("test"), msgspec.structs.replace(own, name_cy="Heddlu'r Dref", features=features)
    )
    assert 'name="areas_cy"' in (await ada.get(NEW)).text
    await add(ada, name_cy="Gofal", helps_with_cy="Rhywun i siarad", areas_cy="Yr Harbwr", category="money")
    await publish(ada)
    page = (await world.browser(slug).get("/support?lang=cy")).text
    welsh = (await world.browser(slug).follow("/support?lang=cy")).text if "Gofal" not in page else page
    for said in ("Gofal", "Rhywun i siarad", "Yr Harbwr"):
        assert said in welsh
    assert "Harbour and Moor" not in welsh


async def test_who_has_not_looked_for_a_year_is_reminded_and_victims_are_not(world: World) -> None:
    slug, ada = await with_services(world, 3)
    vera = await victim_of(world, slug)
    assert "3 services have to be looked at again" in (await ada.get(SUPPORT)).text
    assert "3 support services have to be looked at again" in (await ada.get("/admin")).text
    where = await listed(ada)
    seen = await ada.submit(f"{where['Service 0002']}/review", revision="0")
    assert seen.headers["location"] == f"{SUPPORT}?done=seen"
    assert list(await listed(ada, f"{SUPPORT}?due=yes")) == ["Service 0001", "Service 0003"]
    assert (await ada.submit(f"{SUPPORT}/review", revision="1")).status_code == 303
    assert "to be looked at again" not in (await ada.get(SUPPORT)).text
    assert "3 support services" in (await ada.get("/admin")).text, "it counts when it is published"
    await publish(ada, "All is right")
    assert "to be looked at again" not in (await ada.get("/admin")).text
    page = (await vera.get("/support")).text
    assert "Service 0001" in page
    assert not re.search(r"look(ed)? at|Look again", page)


async def test_a_hidden_national_service_is_nowhere_and_some_can_never_be(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    vera = await victim_of(world, slug)
    site = re.findall(r'href="(/support/sites/[0-9a-f]{12})"[^>]*>mensadviceline', (await vera.get("/support")).text)[0]
    page = (await ada.get(NATIONAL)).text
    assert 'name="hide_childline"' in page
    for always in ("victim-support", "samaritans"):
        assert f'name="hide_{always}"' not in page
        refused = await ada.submit(NATIONAL, **{f"hide_{always}": "yes"}, revision="0")
        assert (refused.status_code, "may not be hidden" in refused.text) == (422, True)
    for unknown in ("nobody", "../x", ""):
        refused = await ada.submit(NATIONAL, **{f"hide_{unknown}": "yes"}, revision="0")
        assert (refused.status_code, "is not there" in refused.text) == (422, True), unknown
    saved = await ada.submit(NATIONAL, **{"hide_childline": "yes", "hide_mens-advice-line": "yes"}, revision="0")
    assert saved.headers["location"] == "/admin/review"
    assert "National services that are hidden" in (await ada.get("/admin/review")).text
    assert "Childline" in (await vera.get("/support")).text
    await publish(ada, "We have our own")
    for path in ("/support", "/support?q=childline", "/support?page=2"):
        assert "Childline" not in names((await vera.get(path)).text)
    assert (await vera.get(site)).status_code == 404
    assert "Samaritans" in (await vera.get("/support")).text
    assert "Childline" in (await world.browser("avonside").get("/support")).text, "another force shows it"


async def test_a_list_goes_out_as_a_file_and_comes_back_after_a_look_at_it(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    await add(ada, name="=SUM(A1)", helps_with="-1 day")
    await add(ada, name="Safe Homes")
    answer = await ada.get(f"{FILE}/download")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="support-services.csv"'
    assert "\n'=SUM(A1)," in answer.text
    same = await send(ada, answer.content, "remove")
    assert same.status_code == 200
    assert "2 services in the file are as you have them" in same.text
    changed = answer.content.replace(b"Safe Homes", b"Safer Homes")
    preview = await send(ada, changed, "remove")
    for title in ("Added: 1", "Changed: 0", "Removed: 1"):
        assert title in preview.text
    assert list(await listed(ada)) == ["=SUM(A1)", "Safe Homes"], "nothing is changed by looking"
    await ada.get(SUPPORT)
    used = await ada.submit(FILE, **hidden(preview.text))
    assert used.headers["location"] == f"{SUPPORT}?done=imported"
    assert list(await listed(ada)) == ["=SUM(A1)", "Safer Homes"]
    assert names((await world.browser(slug).get("/support")).text)[0] == "Victim Support", "nor before it is published"


async def test_a_file_goes_in_as_a_whole_or_not_at_all(world: World) -> None:
    _slug, ada = await with_services(world, 2)
    wrong = f"{HEAD}\nGood,b,c,101\n=cmd(),b,c,101\nBad,((unknown)),c,\nGood,b,c,101\n"
    answer = await send(ada, wrong)
    assert answer.status_code == 422
    for said in ("Line 3, Name: this begins like a formula", "Line 4, Helps with: Write plain words", "Lines 2 and 5"):
        assert said in answer.text
    assert len(re.findall(r'<li><a href="#file\d*">', answer.text)) >= 4
    assert list(await listed(ada)) == ["Service 0001", "Service 0002"]
    for nothing in (b"", b"\0", b"not a list"):
        assert (await send(ada, nothing)).status_code == 422
    for packed in ("", "!!", "AAAA", "eJwDAAAAAAE="):
        lost = await ada.submit(FILE, revision="0", others="keep", packed=packed)
        assert (lost.status_code, "We have lost this file" in lost.text) == (422, True), packed
    no_file = await ada.submit(f"{FILE}/preview", others="keep")
    assert (no_file.status_code, "Choose a file" in no_file.text) == (422, True)


async def test_a_file_of_a_hundred_megabytes_is_refused_in_words_before_it_is_read(world: World) -> None:
    _slug, ada = await with_services(world, 1)
    sent = 0

    async def parts() -> AsyncIterator[bytes]:
        nonlocal sent
        head = f'--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n{ada.csrf}\r\n'
        yield f'{head}--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'.encode()
        for _part in range(100):
            sent += 1
            yield b"a" * 1024 * 1024

    await ada.get(FILE)
    length = str(100 * 1024 * 1024)
    kind = {"content-type": "multipart/form-data; boundary=x", "content-length": length, "origin": ada.origin}
    answer = await ada.http.post(f"{FILE}/preview", content=parts(), headers=kind)
    assert answer.status_code == 413
    assert "What you sent is too large" in answer.text
    assert "at most 8 MB" in answer.text
    assert list(await listed(ada)) == ["Service 0001"]


async def test_five_thousand_services_are_paged_searched_and_reviewed(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    made = tuple(
        SupportService(name=f"Service {n:04}", helps_with=f"Help {n}", who_for="Anyone", phone="01632 960111")
        for n in range(1, 5001)
    )
    preview = await send(ada, spreadsheet.write(made))
    assert "Added: 5000" in preview.text
    assert "and 4900 more" in preview.text
    await ada.get(SUPPORT)
    used = await ada.http.post(
        FILE, data={"_csrf": ada.csrf}, files={name: (None, value) for name, value in hidden(preview.text).items()},
        headers={"origin": ada.origin},
    )  # fmt: skip
    assert used.headers["location"] == f"{SUPPORT}?done=imported"
    assert len(await listed(ada)) == 50
    assert list(await listed(ada, f"{SUPPORT}?page=100"))[-1] == "Service 5000"
    assert list(await listed(ada, f"{SUPPORT}?q=help+4321")) == ["Service 4321"]
    review = await ada.get("/admin/review")
    assert len(review.content) < 400_000
    assert "more changes" in review.text
    await publish(ada, "The whole county")
    shown = (await ada.get("/admin/history/2")).content
    assert len(shown) < 400_000
    everybody = world.browser(slug)
    first, last = await everybody.get("/support"), await everybody.get("/support?page=167")
    assert names(first.text)[0] == "Service 0001"
    assert len(names(first.text)) == 30
    assert "Page 1 of 168" in first.text
    assert "Service 5000" in names(last.text)
    assert names(last.text)[-1] != "Service 5000", "the national ones follow"
    assert names((await everybody.get("/support?page=9999")).text)[-1] == "Samaritans"
    assert names((await everybody.get("/support?q=help+4321")).text) == ["Service 4321"]
    assert "page=2" in (await everybody.get("/support?q=service")).text


async def test_the_list_is_the_administrators_of_one_force_alone(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    await add(ada, name="Not yours")
    href = (await listed(ada))["Not yours"]
    strangers = [world.browser("avonside") for _employee in range(4)]
    for browser, employee in zip(strangers, (ADA, OSMAN, HANNAH), strict=False):
        await browser.sign_in_as(employee)
    await strangers[3].sign_in(ALICE)
    pages = (SUPPORT, NEW, NATIONAL, FILE, f"{FILE}/download", href)
    posts = (
        SUPPORT,
        href,
        f"{href}/place",
        f"{href}/review",
        f"{href}/removal",
        f"{SUPPORT}/review",
        NATIONAL,
        FILE,
        f"{FILE}/preview",
    )
    for browser in strangers:
        for path in pages:
            answer = await browser.get(path)
            assert "Not yours" not in answer.text
            assert answer.status_code == (200 if browser is strangers[0] and path != href else 404), path
        if browser is not strangers[0]:
            for path in posts:
                assert (await browser.submit(path, revision="0", **{**CARE, "to": "1"})).status_code == 404, path
    for path in (href, f"{href}/place", f"{href}/review", f"{href}/removal"):
        assert (await strangers[0].submit(path, revision="0", **{**CARE, "to": "1"})).status_code == 404, path
    elsewhere = world.browser("brackenshire")
    await elsewhere.sign_in_as(HARRIET)
    assert (await elsewhere.get(SUPPORT)).status_code == 404
    nobody = await world.browser("avonside").get(SUPPORT)
    assert nobody.headers["location"] == "/staff/sign-in?next=%2Fadmin%2Fsupport"
